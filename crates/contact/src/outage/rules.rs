//! What may happen to an outage: it begins, ends, is corrected, or was none. Pure.

#![expect(missing_docs, reason = "the variant says what its fields are; their names say the rest")]

use jiff::Timestamp;
use journal::{
    Private, Refusal, day_of,
    words::{LINE, PARAGRAPH, moment, optional, required},
};
use serde::{Deserialize, Serialize};

use super::definition;
use crate::{codes, contact::happened};

/// What is said of an outage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// A key of `definitions/outage.toml`.
    pub system: String,
    pub began_at: Timestamp,
    /// When it was back; nothing while it is down.
    pub ended_at: Option<Timestamp>,
    /// What callers are told; empty where nothing was agreed.
    pub callers: String,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    Began {
        told: Told,
        /// Who says so: a desk, a reference, perhaps somebody by name.
        source: Private<String>,
    },
    Ended {
        at: Timestamp,
        source: Private<String>,
    },
    /// What was said of it was wrong: all of it as it should have been said.
    Corrected {
        told: Told,
        reason: Private<String>,
    },
    /// Nothing was down.
    TakenBack {
        reason: Private<String>,
    },
}

impl journal::Fact for Fact {
    const NOUN: &'static str = "outage";

    fn happened_at(&self) -> Option<Timestamp> {
        match self {
            Self::Began { told, .. } => Some(told.began_at),
            Self::Ended { at, .. } => Some(*at),
            Self::Corrected { .. } | Self::TakenBack { .. } => None,
        }
    }
}

/// What somebody wants to say of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    Begin { told: Told, source: String },
    End { at: Timestamp, source: String },
    Correct { told: Told, reason: String },
    TakeBack { reason: String },
}

/// Where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// The system is down.
    Open,
    Ended,
    TakenBack,
}

impl State {
    pub const ALL: [Self; 3] = [Self::Open, Self::Ended, Self::TakenBack];

    /// As an address and a row have it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Ended => "ended",
            Self::TakenBack => "taken_back",
        }
    }

    /// As a page says it.
    pub fn words(self) -> &'static str {
        match self {
            Self::Open => "Down",
            Self::Ended => "Back",
            Self::TakenBack => "Taken back",
        }
    }

    pub fn of(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == key)
    }
}

/// An outage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outage {
    pub told: Told,
    /// Who said last that it began or ended.
    pub source: Private<String>,
    pub is_taken_back: bool,
}

impl Outage {
    /// Where it stands.
    pub fn state(&self) -> State {
        match (self.is_taken_back, self.told.ended_at) {
            (true, _) => State::TakenBack,
            (false, None) => State::Open,
            (false, Some(_)) => State::Ended,
        }
    }
}

/// What else the rule knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    pub now: Timestamp,
    /// From when until when the system was down by the other records of it.
    pub others: Vec<(Timestamp, Option<Timestamp>)>,
}

/// What happens, or why not.
pub fn decide(known: &Known, was: Option<&Outage>, command: Command) -> Result<Fact, Refusal> {
    match (was, command) {
        (None, Command::Begin { told, source }) => {
            let told = checked(known, &told)?;
            Ok(Fact::Began { told, source: required("source", "Who says so", &source, LINE)?.into() })
        }
        (None, _) => Err(Refusal::of("id", "There is no such outage. Record it first.")),
        (Some(_), Command::Begin { .. }) => {
            Err(Refusal::of("system", "It is recorded already. Open it to end or to correct it."))
        }
        (Some(was), _) if was.is_taken_back => {
            let sentence = "It was taken back: nothing was down. Record the outage anew if there was one.";
            Err(Refusal::of("id", sentence))
        }
        (Some(was), Command::End { at, source }) => ended(known, was, at, &source),
        (Some(was), Command::Correct { told, reason }) => {
            if told.ended_at.is_some() && was.told.ended_at.is_none() {
                let sentence = "It has not ended yet. Leave the end out, and end it on its own page.";
                return Err(Refusal::of("ended_at", sentence));
            }
            let told = checked(known, &told)?;
            if told == was.told {
                return Err(Refusal::of("system", "Nothing is different. Change what is wrong."));
            }
            let reason = required("reason", "The reason", &reason, PARAGRAPH)?.into();
            Ok(Fact::Corrected { told, reason })
        }
        (Some(_), Command::TakeBack { reason }) => {
            Ok(Fact::TakenBack { reason: required("reason", "The reason", &reason, PARAGRAPH)?.into() })
        }
    }
}

fn ended(known: &Known, was: &Outage, at: Timestamp, source: &str) -> Result<Fact, Refusal> {
    if let Some(ended_at) = was.told.ended_at {
        let sentence = format!("It ended at {} already. Correct it if that is wrong.", moment(ended_at));
        return Err(Refusal::of("ended_at", sentence));
    }
    happened("ended_at", "The end", at, known.now)?;
    after_its_beginning(was.told.began_at, at)?;
    Ok(Fact::Ended { at, source: required("source", "Who says so", source, LINE)?.into() })
}

/// What may be said of an outage: a known system, moments that can have been, and no second record of the same hours.
fn checked(known: &Known, told: &Told) -> Result<Told, Refusal> {
    happened("began_at", "The beginning", told.began_at, known.now)?;
    let (system, day) = (told.system.trim(), day_of(told.began_at));
    if !definition::is_known(system, day) {
        let may: Vec<&str> =
            codes::on(definition::systems(), day).iter().map(|one| one.key.as_str()).collect();
        let system: String = system.chars().take(40).collect();
        let sentence = if system.is_empty() {
            "Say which system is down: choose one of the list.".to_owned()
        } else {
            format!("The system “{system}” is not known on that day. Choose one of: {}.", may.join(", "))
        };
        return Err(Refusal::of("system", sentence));
    }
    if let Some(ended_at) = told.ended_at {
        happened("ended_at", "The end", ended_at, known.now)?;
        after_its_beginning(told.began_at, ended_at)?;
    }
    not_said_twice(known, system, told)?;
    let callers = optional("callers", "What callers are told", &told.callers, PARAGRAPH)?;
    Ok(Told { system: system.to_owned(), callers, began_at: told.began_at, ended_at: told.ended_at })
}

fn after_its_beginning(began_at: Timestamp, ended_at: Timestamp) -> Result<(), Refusal> {
    if ended_at > began_at {
        return Ok(());
    }
    let sentence = format!(
        "The end, {}, is not after the beginning, {}. Correct one of them.",
        moment(ended_at),
        moment(began_at)
    );
    Err(Refusal::of("ended_at", sentence))
}

/// A system is down once at a time: two records of the same hours would be two answers to when it was back.
fn not_said_twice(known: &Known, system: &str, told: &Told) -> Result<(), Refusal> {
    let is_before = |at: Timestamp, end: Option<Timestamp>| end.is_none_or(|end| at < end);
    let overlaps = |(from, until): &&(Timestamp, Option<Timestamp>)| {
        is_before(told.began_at, *until) && is_before(*from, told.ended_at)
    };
    let Some((from, until)) = known.others.iter().find(overlaps) else { return Ok(()) };
    let words = definition::words(system);
    Err(match until {
        None => {
            let sentence = format!(
                "“{words}” is recorded as down since {} already. End or correct that outage, or choose another system.",
                moment(*from)
            );
            Refusal::of("system", sentence)
        }
        Some(until) => {
            let sentence = format!(
                "“{words}” is recorded as down from {} to {} already, which overlaps. Correct one of them.",
                moment(*from),
                moment(*until)
            );
            Refusal::of("began_at", sentence)
        }
    })
}

/// What it is after `fact`.
pub fn apply(was: Option<Outage>, fact: &Fact) -> Outage {
    match (was, fact.clone()) {
        (_, Fact::Began { told, source }) => Outage { told, source, is_taken_back: false },
        (Some(was), Fact::Ended { at, source }) => {
            Outage { told: Told { ended_at: Some(at), ..was.told }, source, ..was }
        }
        (Some(was), Fact::Corrected { told, .. }) => Outage { told, ..was },
        (Some(was), Fact::TakenBack { .. }) => Outage { is_taken_back: true, ..was },
        (None, _) => unreachable!("decide lets nothing happen to an outage before it begins"),
    }
}
