//! What may happen to a piece of measured evidence. Pure.

#![expect(missing_docs, reason = "the variant says what its fields are; their names say the rest")]

use jiff::{Timestamp, civil::Date};
use journal::{
    Id, Refusal,
    words::{LINE, PARAGRAPH, optional, required},
};
use measure::{
    asked::{Period, Query, Step},
    catalogue::{Catalogue, Definition, Timeline, Unit, Versions, all},
    chart::series::Direction,
};
use serde::{Deserialize, Serialize};

/// The most periods that one figure may have: a chart of more is read by nobody.
const MOST: usize = 400;

/// So many entries the counting may be behind: more, and the measures are being counted anew, and the figure would be an
/// old one. A guess.
const BEHIND: i64 = 1_000;

/// What a figure is claimed to show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Claim {
    WentUp,
    WentDown,
    TargetMet,
    /// It was not counted before, and is now.
    IsCounted,
}

impl Claim {
    pub const ALL: [Self; 4] = [Self::WentDown, Self::WentUp, Self::TargetMet, Self::IsCounted];

    /// The word of a form and a row.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::WentUp => "went_up",
            Self::WentDown => "went_down",
            Self::TargetMet => "target_met",
            Self::IsCounted => "is_counted",
        }
    }

    /// As a page says it.
    pub fn words(self) -> &'static str {
        match self {
            Self::WentUp => "Went up",
            Self::WentDown => "Went down",
            Self::TargetMet => "Target met",
            Self::IsCounted => "Is counted now",
        }
    }

    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == word)
    }
}

/// What of its definition a figure keeps, so that it is judged on as it was.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Kept {
    pub name: String,
    pub version: i64,
    pub unit: Unit,
    pub good: Direction,
    pub target: Option<f64>,
    pub settles_after_days: i64,
}

impl Kept {
    /// What is kept of that definition.
    pub fn of(definition: &Definition) -> Self {
        Self {
            name: definition.name.clone(),
            version: definition.version,
            unit: definition.unit,
            good: definition.good,
            target: definition.target,
            settles_after_days: definition.settles_after_days,
        }
    }

    /// A definition that counts, divides and tells as the one that was kept.
    pub fn definition(&self) -> Definition {
        Definition {
            name: self.name.clone(),
            version: self.version,
            unit: self.unit,
            good: self.good,
            target: self.target,
            settles_after_days: self.settles_after_days,
            ..all()[0].clone()
        }
    }
}

/// One period of a figure: a day, a week, a month, or what of it lies in the whole period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    pub from: Date,
    pub until: Date,
    pub numerator: i64,
    pub denominator: i64,
    /// Whether all of it lies in the period and was over when it was counted: only these are judged.
    pub is_whole: bool,
}

/// A figure as it was counted at an entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counted {
    /// The entry.
    pub entry: i64,
    /// With which definitions everything was counted then.
    pub edition: String,
    /// By which versions it was counted: it is counted again by them. What was attached before they were kept has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub versions: Option<Versions>,
    pub numerator: i64,
    pub denominator: i64,
    /// How many records it counts.
    pub records: i64,
    pub parts: Vec<Part>,
}

/// What was attached.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Attached {
    pub recommendation: Id,
    /// The number of one of its actions; empty where it is about all of it.
    pub action: String,
    /// A key of the catalogue.
    pub measure: String,
    pub kept: Kept,
    pub from: Date,
    pub until: Date,
    /// "day", "week" or "month".
    pub by: String,
    /// The letter of a division; empty for all.
    pub division: String,
    pub claim: Claim,
    pub words: String,
    /// Why it is attached although the measure serves something else, or the recommendation is closed.
    pub although: String,
    /// The day of the counting.
    pub on: Date,
    pub counted: Counted,
}

impl Attached {
    /// When which version of the measure was in force as it was counted: by these it is counted again.
    pub fn timeline(&self) -> Timeline {
        let kept = self.counted.versions.as_ref().map(|carried| carried.definition.clone());
        kept.unwrap_or_else(|| Timeline::of_one(self.kept.version))
    }
}

/// A piece of evidence as it is.
#[derive(Debug, Clone, PartialEq)]
pub struct Evidence {
    pub attached: Attached,
    /// Why it was withdrawn; nothing while it stands.
    pub withdrawn: Option<String>,
}

/// What was typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wish {
    pub action: String,
    pub measure: String,
    pub from: String,
    pub until: String,
    pub by: String,
    pub division: String,
    pub claim: String,
    pub words: String,
    pub although: String,
}

/// What was typed, understood: it can be counted now.
#[derive(Debug, Clone, PartialEq)]
pub struct Wanted {
    pub action: String,
    pub definition: &'static Definition,
    /// By what it is counted.
    pub versions: Versions,
    pub period: Period,
    pub claim: Claim,
    pub words: String,
    pub although: String,
}

impl Wish {
    /// What it means by the published definitions, or what of it cannot be meant.
    pub fn read(&self, now: Timestamp) -> Result<Wanted, Refusal> {
        self.read_by(Catalogue::published(), now)
    }

    /// The same by other definitions.
    pub fn read_by(&self, catalogue: &'static Catalogue, now: Timestamp) -> Result<Wanted, Refusal> {
        let unknown = || {
            let sentence = match self.measure.as_str() {
                "" => "Say which measure it is: choose one of the list.".to_owned(),
                key => format!("There is no measure “{key}”. Choose one of the list."),
            };
            Refusal::of("measure", sentence)
        };
        if catalogue.versions(&self.measure).is_empty() {
            return Err(unknown());
        }
        let query = Query {
            from: self.from.clone(),
            until: self.until.clone(),
            by: self.by.clone(),
            division: self.division.clone(),
            ..Query::default()
        };
        let period = query.read_by(catalogue, &self.measure, now)?;
        let definition = catalogue.on(&self.measure, period.asked.until).ok_or_else(unknown)?;
        let parts = period.step.between(period.asked.from, period.asked.until).len();
        if parts > MOST {
            let sentence = format!(
                "The period has {parts} parts; at most {MOST} can be looked at. Count by week or by month."
            );
            return Err(Refusal::of("by", sentence));
        }
        let claim = Claim::of(&self.claim)
            .ok_or_else(|| Refusal::of("claim", "Say what it is claimed to show: choose one of the list."))?;
        if claim == Claim::TargetMet && definition.target.is_none() {
            let sentence =
                format!("“{}” has no target that could be met. Claim something else.", definition.name);
            return Err(Refusal::of("claim", sentence));
        }
        Ok(Wanted {
            action: self.action.trim().to_owned(),
            definition,
            versions: catalogue.carried(&self.measure),
            period,
            claim,
            words: required("words", "What it shows, in words,", &self.words, PARAGRAPH)?,
            although: optional("although", "The reason", &self.although, PARAGRAPH)?,
        })
    }
}

/// The word of a step, as an address has it.
pub fn step_word(step: Step) -> &'static str {
    Step::ALL.iter().find(|(one, ..)| *one == step).map_or("week", |(_, key, _)| key)
}

/// The step of a word.
pub fn step_of(word: &str) -> Step {
    Step::ALL.iter().find(|(_, key, _)| *key == word).map_or(Step::Week, |(step, ..)| *step)
}

/// What the rule knows of a recommendation, read in the same transaction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct About {
    pub id: Id,
    /// "CAM22-R3".
    pub label: String,
    /// How it ended, in words; nothing while it is open.
    pub closed: Option<String>,
    /// The numbers of its actions.
    pub actions: Vec<String>,
    /// Whether the measure says that it serves it.
    pub is_served: bool,
}

/// What else the rule knows.
#[derive(Debug, Clone, PartialEq)]
pub struct Known {
    pub today: Date,
    pub about: Option<About>,
    /// The figure; nothing where it is not counted anew.
    pub counted: Option<Counted>,
    /// So many entries of the journal are not counted yet.
    pub behind: i64,
}

/// What somebody wants to happen.
#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    Attach(Box<Wanted>),
    Withdraw { reason: String },
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    Attached(Box<Attached>),
    Withdrawn { reason: String },
}

impl journal::Fact for Fact {
    const NOUN: &'static str = "measure_evidence";
}

/// What happens, or why not.
pub fn decide(known: &Known, was: Option<&Evidence>, command: Command) -> Result<Fact, Refusal> {
    match (was, command) {
        (None, Command::Attach(wanted)) => attach(known, *wanted).map(|one| Fact::Attached(Box::new(one))),
        (Some(_), Command::Attach(_)) => {
            Err(Refusal::of("measure", "It is attached already. Withdraw it, and attach another."))
        }
        (None, Command::Withdraw { .. }) => {
            Err(Refusal::of("reason", "There is no such evidence. Look for it in the list."))
        }
        (Some(was), Command::Withdraw { reason }) => {
            if was.withdrawn.is_some() {
                return Err(Refusal::of("reason", "It was withdrawn already. Go back to its page."));
            }
            Ok(Fact::Withdrawn { reason: required("reason", "The reason", &reason, PARAGRAPH)? })
        }
    }
}

fn attach(known: &Known, wanted: Wanted) -> Result<Attached, Refusal> {
    let about = known.about.as_ref().ok_or_else(|| {
        let sentence = "There is no such recommendation. Begin on the recommendation’s page.";
        Refusal::of("recommendation", sentence)
    })?;
    if !wanted.action.is_empty() && !about.actions.contains(&wanted.action) {
        let sentence =
            format!("{} has no action {}. Choose one of the list.", about.label, short(&wanted.action));
        return Err(Refusal::of("action", sentence));
    }
    if known.behind > BEHIND {
        let sentence = format!(
            "The measures are being counted anew: {} entries are still to come. Attach it in a minute.",
            known.behind
        );
        return Err(Refusal::of("measure", sentence));
    }
    let Some(counted) = known.counted.clone().filter(|counted| counted.records > 0) else {
        let sentence =
            "Nothing was counted in this period, so it shows nothing. Choose another period or division.";
        return Err(Refusal::of("from", sentence));
    };
    said_although(about, &wanted)?;
    let asked = wanted.period.asked;
    Ok(Attached {
        recommendation: about.id.clone(),
        action: wanted.action,
        measure: wanted.definition.key.clone(),
        kept: Kept::of(wanted.definition),
        from: asked.from,
        until: asked.until,
        by: step_word(wanted.period.step).to_owned(),
        division: asked.division,
        claim: wanted.claim,
        words: wanted.words,
        although: wanted.although,
        on: known.today,
        counted,
    })
}

/// What is out of the ordinary is allowed, with the reason.
fn said_although(about: &About, wanted: &Wanted) -> Result<(), Refusal> {
    if !wanted.although.is_empty() {
        return Ok(());
    }
    let name = &wanted.definition.name;
    let sentence = if let Some(closed) = &about.closed {
        format!(
            "{} is {}: what is attached now is no part of what was decided on. Say why it is attached all the same.",
            about.label,
            closed.to_lowercase()
        )
    } else if !about.is_served {
        format!(
            "“{name}” does not say that it serves {}. Choose one that does, or say why it is evidence all the same.",
            about.label
        )
    } else {
        return Ok(());
    };
    Err(Refusal::of("although", sentence))
}

fn short(text: &str) -> String {
    text.chars().take(LINE / 10).collect()
}

/// What it is after `fact`.
pub fn apply(was: Option<Evidence>, fact: &Fact) -> Evidence {
    match fact.clone() {
        Fact::Attached(attached) => Evidence { attached: *attached, withdrawn: None },
        Fact::Withdrawn { reason } => {
            Evidence { withdrawn: Some(reason), ..was.expect("decide withdraws only what was attached") }
        }
    }
}
