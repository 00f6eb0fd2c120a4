//! What may happen to a report. Pure.

use jiff::civil::Date;
use journal::{
    Refusal,
    words::{PARAGRAPH, required},
};
use publish::document::Document;
use serde::{Deserialize, Serialize};

use crate::{
    figure::rules::{Change, Counted, changes},
    pack::rules::About,
    publication::rules::Shown,
};

/// A report as it is: its last edition.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// What it is about.
    pub about: About,
    /// Its last edition.
    pub last: Edition,
}

/// An edition: counted once, and the same for ever.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Edition {
    /// 1, 2, 3.
    pub number: i64,
    /// Why there is another; empty of the first.
    pub reason: String,
    /// The version of the pack.
    pub pack_version: i64,
    /// What was counted.
    pub counted: Counted,
    /// Whether its period was under way, or a measure had not settled.
    pub is_provisional: bool,
    /// The report itself.
    pub tree: Box<Document>,
    /// What of it is for everybody; nothing where its pack is not published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<Published>,
}

/// What of an edition is for everybody.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Published {
    /// The report with its small numbers suppressed.
    pub tree: Box<Document>,
    /// What it shows, measure by measure.
    pub shown: Vec<Shown>,
}

/// What else the rule knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Known {
    /// The day.
    pub today: Date,
}

/// What somebody wants to happen.
#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    /// It is final.
    Freeze(Frozen),
}

/// A report at the moment when it is frozen.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Frozen {
    /// What it is about.
    pub about: About,
    /// The edition.
    pub edition: Edition,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    /// It was frozen.
    Frozen(Frozen),
}

impl journal::Fact for Fact {
    const NOUN: &'static str = "report";
}

/// The reason for another edition, or why there is none; the first needs none.
pub fn reason(was: Option<&Edition>, typed: &str) -> Result<String, Refusal> {
    match was {
        None => Ok(String::new()),
        Some(_) => required("reason", "The reason for another edition", typed, PARAGRAPH),
    }
}

/// What differs from the edition before; nothing where there is none.
pub fn changed(was: Option<&Edition>, now: &Counted) -> Vec<Change> {
    was.map(|was| changes(&was.counted, now)).unwrap_or_default()
}

/// What happens, or why not.
pub fn decide(known: &Known, was: Option<&Report>, command: Command) -> Result<Fact, Refusal> {
    let Command::Freeze(mut frozen) = command;
    if frozen.about.period.is_to_come(known.today) {
        let sentence = format!("{} is still to come. Choose an earlier period.", frozen.about.period.words());
        return Err(Refusal::of("period", sentence));
    }
    let last = was.map(|was| &was.last);
    let next = last.map_or(1, |last| last.number + 1);
    if frozen.edition.number != next {
        let sentence = format!(
            "Somebody froze edition {} in the meantime. Look at it, and freeze another only where it is wrong.",
            next - 1
        );
        return Err(Refusal::of("period", sentence));
    }
    frozen.edition.reason = reason(last, &frozen.edition.reason)?;
    if let Some(last) = last
        && changed(Some(last), &frozen.edition.counted).is_empty()
        && last.is_provisional == frozen.edition.is_provisional
    {
        let sentence = format!(
            "No figure changed since edition {}, which was counted at entry {}. It stays as it is.",
            last.number, last.counted.at
        );
        return Err(Refusal::of("period", sentence));
    }
    Ok(Fact::Frozen(frozen))
}

/// What it is after `fact`: its last edition says all of it.
pub fn apply(fact: &Fact) -> Report {
    let Fact::Frozen(Frozen { about, edition }) = fact.clone();
    Report { about, last: edition }
}

#[cfg(test)]
#[path = "rules_test.rs"]
mod tests;
