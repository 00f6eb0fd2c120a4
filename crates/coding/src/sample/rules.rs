//! What may happen to a week’s sample. Pure: the seed, the clock and what was counted are handed in.

#![expect(missing_docs, reason = "the variant says what its fields are; their names say the rest")]

use std::collections::{BTreeMap, BTreeSet};

use failure::code::{Class, Code};
use jiff::Timestamp;
use journal::{
    Id, Private, Refusal,
    words::{PARAGRAPH, moment, optional, required},
};
use serde::{Deserialize, Serialize};

use super::week::Week;
use crate::definition;

/// What an address, a form and a row call what cannot be told; the measure calls it the same.
pub const UNKNOWN: &str = "unknown";

/// A contact that was counted: of the population, and of the sample.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counted {
    pub contact: Id,
    /// When it is counted.
    pub at: Timestamp,
    /// The letter of the division; empty where none is known.
    pub division: String,
    /// What was derived; nothing where no fact and no advisor says.
    pub derived: Option<Code>,
}

/// What somebody wants to happen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    Draw { week: Week, seed: String },
    Code { contact: Id, code: Option<Code>, note: String },
    Amend { contact: Id, code: Option<Code>, note: String, reason: String },
    Close { reason: String },
}

/// A draw.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Drawn {
    pub week: Week,
    pub seed: String,
    /// The entry of the journal at which the week was counted.
    pub entry: i64,
    /// The definitions by which it was counted.
    pub edition: String,
    /// The version of the rules of sampling.
    pub definition: i64,
    /// Who drew.
    pub by: String,
    pub at: Timestamp,
    /// How many contacts were counted.
    pub contacts: u32,
    /// How many of them as failure demand.
    pub failures: u32,
    /// In the order drawn.
    pub sample: Vec<Counted>,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    Drawn(Box<Drawn>),
    Coded {
        contact: Id,
        /// Nothing where it cannot be told.
        code: Option<Code>,
        note: Private<String>,
        by: String,
        at: Timestamp,
    },
    Amended {
        contact: Id,
        code: Option<Code>,
        note: Private<String>,
        reason: Private<String>,
        at: Timestamp,
    },
    Closed {
        /// Why something is missing; empty where nothing is.
        reason: Private<String>,
        missing: u32,
        at: Timestamp,
    },
}

impl journal::Fact for Fact {
    const NOUN: &'static str = "sample";
}

/// What else the rule knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    pub now: Timestamp,
    /// The account that acts.
    pub who: String,
    /// Whether the week was drawn before.
    pub is_drawn: bool,
    /// The entry up to which everything is counted, and the one up to which the week reaches.
    pub counted_to: i64,
    pub reaches: i64,
    pub edition: String,
    /// What was counted in the week.
    pub population: Vec<Counted>,
    /// Who recorded something of the contact.
    pub advisors: BTreeSet<String>,
}

/// One second coding; the last of a contact holds, and those before it stay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coding {
    pub code: Option<Code>,
    pub note: Private<String>,
    /// Why it was amended; nothing for the first.
    pub reason: Option<Private<String>>,
    pub by: String,
    pub at: Timestamp,
}

/// A sample.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sample {
    pub drawn: Drawn,
    pub codings: BTreeMap<Id, Vec<Coding>>,
    /// When it was closed and why something is missing.
    pub closed: Option<(Timestamp, Private<String>)>,
}

impl Sample {
    /// The codings of a contact, the first first.
    pub fn codings(&self, contact: &Id) -> &[Coding] {
        self.codings.get(contact).map_or(&[], Vec::as_slice)
    }

    /// How many were drawn and are not coded.
    pub fn missing(&self) -> usize {
        self.drawn.sample.iter().filter(|one| self.codings(&one.contact).is_empty()).count()
    }

    /// Whether the contact was drawn.
    pub fn has(&self, contact: &Id) -> bool {
        self.drawn.sample.iter().any(|one| one.contact == *contact)
    }
}

/// What happens, or why not.
pub fn decide(known: &Known, was: Option<&Sample>, command: Command) -> Result<Fact, Refusal> {
    match (was, command) {
        (None, Command::Draw { week, seed }) => {
            draw(known, week, seed).map(|drawn| Fact::Drawn(Box::new(drawn)))
        }
        (Some(was), Command::Draw { .. }) => Err(twice(was.drawn.week)),
        (None, _) => Err(Refusal::of("week", "This week was not drawn. Draw it first.")),
        (Some(was), Command::Code { contact, code, note }) => {
            is_open(was)?;
            is_drawn(was, &contact)?;
            is_somebody_elses(known)?;
            is_not_coded(known, was, &contact)?;
            let note = optional("note", "The note", &note, PARAGRAPH)?.into();
            Ok(Fact::Coded { contact, code, note, by: known.who.clone(), at: known.now })
        }
        (Some(was), Command::Amend { contact, code, note, reason }) => {
            is_open(was)?;
            is_drawn(was, &contact)?;
            amend(known, was, (contact, code), (&note, &reason))
        }
        (Some(was), Command::Close { reason }) => close(known, was, &reason),
    }
}

/// What whoever draws a week the second time is told.
pub fn twice(week: Week) -> Refusal {
    let sentence = format!(
        "The week {week} was drawn already, and a week is drawn once: who could draw again could choose. Open its sample."
    );
    Refusal::of("week", sentence)
}

fn draw(known: &Known, week: Week, seed: String) -> Result<Drawn, Refusal> {
    if known.now < week.ends_at() {
        let sentence = format!(
            "The week {week} ends on {}. Draw it from the Monday after it, or choose a week that is over.",
            journal::words::day(week.sunday())
        );
        return Err(Refusal::of("week", sentence));
    }
    if known.is_drawn {
        return Err(twice(week));
    }
    let Some(rules) = definition::on(week.monday()) else {
        let sentence = format!("No rules of sampling were in force in the week {week}. Choose a later one.");
        return Err(Refusal::of("week", sentence));
    };
    if known.counted_to < known.reaches {
        let sentence = format!(
            "Measures are counted to entry {}, and the week reaches to entry {}. Wait a minute and draw again.",
            known.counted_to, known.reaches
        );
        return Err(Refusal::of("week", sentence));
    }
    if known.population.is_empty() {
        let sentence = format!(
            "Nothing is to be drawn: in the week {week} no contact was counted that could be failure demand. Choose another week."
        );
        return Err(Refusal::of("week", sentence));
    }
    let sample = chosen(week, &seed, &known.population, rules.contacts)?;
    let failures = known.population.iter().filter(|one| is_failure(one.derived)).count();
    Ok(Drawn {
        week,
        seed,
        entry: known.counted_to,
        edition: known.edition.clone(),
        definition: rules.number,
        by: known.who.clone(),
        at: known.now,
        contacts: count(known.population.len()),
        failures: count(failures),
        sample,
    })
}

/// Those of the population that the seed draws, in the order drawn: the same for everybody.
pub fn chosen(week: Week, seed: &str, population: &[Counted], many: usize) -> Result<Vec<Counted>, Refusal> {
    let refused = |told: String| Refusal::of("week", told);
    let ids: Vec<&str> = population.iter().map(|one| one.contact.as_str()).collect();
    let drawn = sampling::draw(seed, week.drawn_as().map_err(refused)?, &ids, many).map_err(refused)?;
    let by_id: BTreeMap<&str, &Counted> = population.iter().map(|one| (one.contact.as_str(), one)).collect();
    Ok(drawn.iter().filter_map(|id| by_id.get(id.as_str()).map(|one| (*one).clone())).collect())
}

/// Whether a code is failure demand; what cannot be told is not counted as such, as in the measure.
pub fn is_failure(code: Option<Code>) -> bool {
    code.is_some_and(|code| code.class() == Class::Failure)
}

/// A count as figures have it: there are never four thousand million contacts in a week.
pub fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn is_open(was: &Sample) -> Result<(), Refusal> {
    match &was.closed {
        None => Ok(()),
        Some((at, _)) => {
            let sentence = format!(
                "The sample of {} was closed at {}. What was coded is published and stays; look at its results.",
                was.drawn.week,
                moment(*at)
            );
            Err(Refusal::of("sample", sentence))
        }
    }
}

fn is_drawn(was: &Sample, contact: &Id) -> Result<(), Refusal> {
    if was.has(contact) {
        return Ok(());
    }
    let sentence = format!(
        "This contact was not drawn in the week {}: coding it would make a sample of choice. Code one of the list.",
        was.drawn.week
    );
    Err(Refusal::of("contact", sentence))
}

/// The second person has to be another one.
fn is_somebody_elses(known: &Known) -> Result<(), Refusal> {
    if known.advisors.contains(&known.who) {
        return Err(Refusal::of(
            "contact",
            "You recorded something of this contact, so that you would not be a second person. Leave it to a colleague.",
        ));
    }
    Ok(())
}

fn is_not_coded(known: &Known, was: &Sample, contact: &Id) -> Result<(), Refusal> {
    match was.codings(contact).first() {
        None => Ok(()),
        Some(first) if first.by == known.who => {
            Err(Refusal::of("code", "You coded this contact already. Amend it, and say why."))
        }
        Some(_) => Err(Refusal::of(
            "code",
            "Somebody else coded this contact already, and each is coded once. Code another one of the list.",
        )),
    }
}

fn amend(
    known: &Known,
    was: &Sample,
    (contact, code): (Id, Option<Code>),
    (note, reason): (&str, &str),
) -> Result<Fact, Refusal> {
    let Some(last) = was.codings(&contact).last() else {
        return Err(Refusal::of("code", "This contact is not coded yet. Code it first."));
    };
    if last.by != known.who {
        return Err(Refusal::of(
            "code",
            "Somebody else coded this contact, and only they can amend it. Tell them what you think.",
        ));
    }
    let note: String = optional("note", "The note", note, PARAGRAPH)?;
    if last.code == code && last.note.known().is_some_and(|was| *was == note) {
        return Err(Refusal::of("code", "Nothing is different. Choose another code, or leave it as it is."));
    }
    let reason = required("reason", "The reason for amending it", reason, PARAGRAPH)?.into();
    Ok(Fact::Amended { contact, code, note: note.into(), reason, at: known.now })
}

fn close(known: &Known, was: &Sample, reason: &str) -> Result<Fact, Refusal> {
    is_open(was)?;
    let missing = was.missing();
    let reason = if missing == 0 {
        optional("reason", "The reason", reason, PARAGRAPH)?
    } else {
        let left = format!("{missing} {}", if missing == 1 { "contact is" } else { "contacts are" });
        required("reason", "The reason", reason, PARAGRAPH).map_err(|refusal| {
            if reason.trim().is_empty() {
                let sentence =
                    format!("{left} not coded. Say why the sample is closed without, or code first.");
                Refusal::of("reason", sentence)
            } else {
                refusal
            }
        })?
    };
    if missing == was.drawn.sample.len() {
        return Err(Refusal::of(
            "reason",
            "Nothing of this sample was coded, so that it would say nothing. Code some of it first.",
        ));
    }
    Ok(Fact::Closed { reason: reason.into(), missing: count(missing), at: known.now })
}

/// What a sample is after a fact.
pub fn apply(was: Option<Sample>, fact: &Fact) -> Sample {
    let mut sample = match (was, fact) {
        (_, Fact::Drawn(drawn)) => {
            return Sample { drawn: (**drawn).clone(), codings: BTreeMap::new(), closed: None };
        }
        (Some(sample), _) => sample,
        // No fact precedes the draw; should one, it changes a sample of nothing.
        (None, _) => nothing(),
    };
    match fact {
        Fact::Drawn(_) => {}
        Fact::Coded { contact, code, note, by, at } => {
            let coding = Coding { code: *code, note: note.clone(), reason: None, by: by.clone(), at: *at };
            sample.codings.entry(contact.clone()).or_default().push(coding);
        }
        Fact::Amended { contact, code, note, reason, at } => {
            let all = sample.codings.entry(contact.clone()).or_default();
            let by = all.last().map_or_else(String::new, |last| last.by.clone());
            all.push(Coding { code: *code, note: note.clone(), reason: Some(reason.clone()), by, at: *at });
        }
        Fact::Closed { reason, at, .. } => sample.closed = Some((*at, reason.clone())),
    }
    sample
}

fn nothing() -> Sample {
    let drawn = Drawn {
        week: Week::of(jiff::civil::Date::ZERO),
        seed: String::new(),
        entry: 0,
        edition: String::new(),
        definition: 0,
        by: String::new(),
        at: Timestamp::UNIX_EPOCH,
        contacts: 0,
        failures: 0,
        sample: Vec::new(),
    };
    Sample { drawn, codings: BTreeMap::new(), closed: None }
}

/// A code as a form, an address or a row has it: one of the 23, or that it cannot be told.
pub fn read_code(text: &str) -> Result<Option<Code>, Refusal> {
    let text = text.trim();
    match text {
        "" => Err(Refusal::of("code", "Choose the code that fits best, or that it cannot be told.")),
        UNKNOWN => Ok(None),
        _ => Code::try_from(text.to_owned()).map(Some).map_err(|told| Refusal::of("code", told)),
    }
}

/// The same, written.
pub fn code_key(code: Option<Code>) -> String {
    code.map_or_else(|| UNKNOWN.to_owned(), |code| code.to_string())
}
