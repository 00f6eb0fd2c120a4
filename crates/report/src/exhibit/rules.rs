//! What may happen to what a paper shows. Pure.

use std::collections::BTreeSet;

use jiff::{Timestamp, civil::Date};
use journal::{Id, Refusal};
use measure::{
    asked::Query,
    catalogue::{Definition, definition},
};
use serde::{Deserialize, Serialize};

/// The most measures that a paper shows. Members read a page of each. A guess.
pub const MOST: usize = 12;

/// The most periods that one of them has: a year of weeks, and one that begins it. A guess.
const MOST_PERIODS: usize = 54;

/// A measure that somebody chose for a paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// Its own identity: what leaves it out again names it.
    pub id: Id,
    /// The recommendation under which it stands.
    pub recommendation: Id,
    /// A key of the catalogue.
    pub measure: String,
    /// The first day.
    pub from: Date,
    /// The last day.
    pub until: Date,
    /// "day", "week" or "month".
    pub by: String,
    /// The letter of a division; empty for all.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub division: String,
}

/// What a paper shows beside the evidence that is attached.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shown {
    /// What was chosen, the first first.
    pub chosen: Vec<Choice>,
    /// The attached evidence that it does not show.
    pub left_out: BTreeSet<Id>,
}

/// What was typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wish {
    /// The identity of a recommendation.
    pub recommendation: String,
    /// A key of the catalogue.
    pub measure: String,
    /// The first day.
    pub from: String,
    /// The last day.
    pub until: String,
    /// How days are put together.
    pub by: String,
    /// The letter of a division.
    pub division: String,
}

/// What was typed, understood.
#[derive(Debug, Clone, PartialEq)]
pub struct Wanted {
    /// The measure.
    pub definition: &'static Definition,
    /// What is chosen.
    pub choice: Choice,
}

impl Wish {
    /// What it means, or what of it cannot be meant.
    ///
    /// # Errors
    /// A measure that there is not, a period to come, too many periods.
    pub fn read(&self, id: Id, now: Timestamp) -> Result<Wanted, Refusal> {
        let recommendation = Id::read(&self.recommendation).ok_or_else(|| {
            Refusal::of("recommendation", "Say under which recommendation it stands: choose one of the list.")
        })?;
        let definition = definition(&self.measure).ok_or_else(|| {
            let sentence = match self.measure.as_str() {
                "" => "Say which measure it is: choose one of the list.".to_owned(),
                key => format!("There is no measure “{key}”. Choose one of the list."),
            };
            Refusal::of("measure", sentence)
        })?;
        let query = Query {
            from: self.from.clone(),
            until: self.until.clone(),
            by: self.by.clone(),
            division: self.division.clone(),
            ..Query::default()
        };
        let period = query.read(definition, now)?;
        let (from, until) = (period.asked.from, period.asked.until);
        let periods = period.step.between(from, until).len();
        if periods > MOST_PERIODS {
            let sentence = format!(
                "The period has {periods} parts; a paper shows at most {MOST_PERIODS}. Count by week or by month, or begin later."
            );
            return Err(Refusal::of("by", sentence));
        }
        let by = evidence::evidence::rules::step_word(period.step).to_owned();
        let division = period.asked.division;
        let choice =
            Choice { id, recommendation, measure: definition.key.clone(), from, until, by, division };
        Ok(Wanted { definition, choice })
    }
}

/// A recommendation that the paper tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// Its identity.
    pub id: Id,
    /// "CAM22-R3".
    pub label: String,
    /// The keys of the measures that say that they serve it.
    pub served_by: BTreeSet<String>,
}

/// What else the rule knows, read in the same transaction.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Known {
    /// Whether the paper is frozen; nothing where there is none.
    pub is_frozen: Option<bool>,
    /// The recommendations that it tells.
    pub told: Vec<Told>,
    /// The evidence that is attached to them and stands.
    pub attached: Vec<Id>,
}

/// What somebody wants to happen.
#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    /// It is shown.
    Choose(Box<Wanted>),
    /// What was chosen, or is attached, is not shown.
    LeaveOut(Id),
    /// What is attached is shown after all.
    ShowAgain(Id),
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    /// A measure was chosen.
    Chosen(Choice),
    /// What was chosen, or is attached, is not shown.
    LeftOut {
        /// Which.
        shown: Id,
    },
    /// What is attached is shown after all.
    ShownAgain {
        /// Which.
        evidence: Id,
    },
}

impl journal::Fact for Fact {
    const NOUN: &'static str = "paper_measure";
}

impl Shown {
    /// How many measures it makes the paper show.
    pub fn many(&self, known: &Known) -> usize {
        let is_told = |choice: &&Choice| known.told.iter().any(|one| one.id == choice.recommendation);
        let attached = known.attached.iter().filter(|id| !self.left_out.contains(*id));
        self.chosen.iter().filter(is_told).count() + attached.count()
    }

    fn has(&self, choice: &Choice) -> bool {
        self.chosen.iter().any(|one| Choice { id: choice.id.clone(), ..one.clone() } == *choice)
    }
}

/// What happens, or why not.
///
/// # Errors
/// A frozen paper, what it does not tell, what serves something else, too many.
pub fn decide(known: &Known, was: Option<&Shown>, command: Command) -> Result<Fact, Refusal> {
    let none = Shown::default();
    let was = was.unwrap_or(&none);
    match command {
        Command::Choose(wanted) => {
            open(known, "measure")?;
            choose(known, was, &wanted)?;
            Ok(Fact::Chosen(wanted.choice))
        }
        Command::LeaveOut(id) => {
            open(known, "leave_out")?;
            let is_attached = known.attached.contains(&id) && !was.left_out.contains(&id);
            if !is_attached && !was.chosen.iter().any(|one| one.id == id) {
                let sentence = "This paper does not show it. Look at the list as it is now.";
                return Err(Refusal::of("leave_out", sentence));
            }
            Ok(Fact::LeftOut { shown: id })
        }
        Command::ShowAgain(id) => {
            open(known, "show_again")?;
            if !was.left_out.contains(&id) || !known.attached.contains(&id) {
                let sentence = "There is nothing left out of that name. Look at the list as it is now.";
                return Err(Refusal::of("show_again", sentence));
            }
            room(known, was, "show_again")?;
            Ok(Fact::ShownAgain { evidence: id })
        }
    }
}

fn open(known: &Known, field: &'static str) -> Result<(), Refusal> {
    match known.is_frozen {
        Some(false) => Ok(()),
        Some(true) => {
            Err(Refusal::of(field, "This paper is frozen: it stays as members had it. Draft a new one."))
        }
        None => Err(Refusal::of(field, "There is no such paper. Draft it first.")),
    }
}

fn room(known: &Known, was: &Shown, field: &'static str) -> Result<(), Refusal> {
    let many = was.many(known);
    if many < MOST {
        return Ok(());
    }
    let sentence =
        format!("A paper shows at most {MOST} measures, and this one shows {many}. Leave one out first.");
    Err(Refusal::of(field, sentence))
}

fn choose(known: &Known, was: &Shown, wanted: &Wanted) -> Result<(), Refusal> {
    let Wanted { definition, choice } = wanted;
    let Some(told) = known.told.iter().find(|one| one.id == choice.recommendation) else {
        let sentence = "This paper does not tell that recommendation. Choose one of the list.";
        return Err(Refusal::of("recommendation", sentence));
    };
    if !told.served_by.contains(&definition.key) {
        let sentence = format!(
            "“{}” does not say that it serves {}. Choose one that does, or attach it there as evidence with the reason.",
            definition.name, told.label
        );
        return Err(Refusal::of("measure", sentence));
    }
    if was.has(choice) {
        let sentence = "This paper shows just that already. Choose another period or division.";
        return Err(Refusal::of("measure", sentence));
    }
    room(known, was, "measure")
}

/// What it is after `fact`.
pub fn apply(was: Option<Shown>, fact: &Fact) -> Shown {
    let mut shown = was.unwrap_or_default();
    match fact.clone() {
        Fact::Chosen(choice) => shown.chosen.push(choice),
        Fact::LeftOut { shown: id } => {
            let before = shown.chosen.len();
            shown.chosen.retain(|one| one.id != id);
            if shown.chosen.len() == before {
                shown.left_out.insert(id);
            }
        }
        Fact::ShownAgain { evidence } => {
            shown.left_out.remove(&evidence);
        }
    }
    shown
}
