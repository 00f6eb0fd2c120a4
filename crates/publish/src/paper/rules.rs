//! What may happen to a paper. Pure.

use jiff::civil::Date;
use journal::Refusal;
use plan::words::counted;
use serde::{Deserialize, Serialize};

use super::details::{Details, Typed, read};
use crate::document::Document;

/// A paper as it is.
#[derive(Debug, Clone, PartialEq)]
pub struct Paper {
    /// What was said about it.
    pub details: Details,
    /// Once it is frozen.
    pub frozen: Option<Frozen>,
}

/// A frozen paper.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Frozen {
    /// The journal position it was counted at.
    pub counted_at: i64,
    /// The day it was counted.
    pub on: Date,
    /// The paper itself. Whoever presents it is not in it (see [`crate::paper::compose()`]).
    pub tree: Box<Document>,
}

/// What the check of the register found and somebody accepted, with their reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Accepted {
    /// What was found, in a sentence.
    pub sentence: String,
    /// Why it stands.
    pub reason: String,
}

/// A paper at the moment when it becomes final.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Freezing {
    /// The journal position it is counted at.
    pub counted_at: i64,
    /// The day it is counted.
    pub on: Date,
    /// The paper itself.
    pub tree: Box<Document>,
    /// What was found and accepted; the paper prints it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub accepted: Vec<Accepted>,
}

/// A frozen paper that later papers look back to: all of it but its tree.
#[derive(Debug, Clone, PartialEq)]
pub struct Earlier {
    /// What was said about it.
    pub details: Details,
    /// The journal position it was counted at.
    pub counted_at: i64,
    /// The day it was counted.
    pub on: Date,
}

/// What else the rule knows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Known {
    /// The bodies that recommendations are addressed to: whom a paper can count for.
    pub bodies: Vec<String>,
    /// The faults that the check of the register found and nobody has accepted.
    pub unaccepted: Vec<String>,
}

/// What somebody wants to happen.
#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    /// A new draft.
    Draft(Typed),
    /// Other words.
    Edit(Typed),
    /// It is final.
    Freeze(Freezing),
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    /// It was drafted.
    Drafted(Details),
    /// It was edited.
    Edited(Details),
    /// It was frozen.
    Frozen(Freezing),
}

impl journal::Fact for Fact {
    const NOUN: &'static str = "paper";
}

/// Refuses what would change a frozen paper.
pub fn still_a_draft(was: Option<&Paper>) -> Result<(), Refusal> {
    if was.is_some_and(|was| was.frozen.is_some()) {
        let sentence = "This paper is frozen: it stays as members had it. Draft a new one.";
        return Err(Refusal::of("title", sentence));
    }
    Ok(())
}

/// What happens, or why not.
pub fn decide(known: &Known, was: Option<&Paper>, command: Command) -> Result<Fact, Refusal> {
    still_a_draft(was)?;
    match (was, command) {
        (None, Command::Draft(typed)) => Ok(Fact::Drafted(read(&known.bodies, &typed)?)),
        (Some(_), Command::Draft(_)) => Err(Refusal::of("title", "This paper is drafted already.")),
        (None, _) => Err(Refusal::of("title", "There is no such paper. Draft it first.")),
        (Some(was), Command::Edit(typed)) => {
            let details = read(&known.bodies, &typed)?;
            if details == was.details {
                return Err(Refusal::of("title", "Nothing is different. Change something, or go back."));
            }
            Ok(Fact::Edited(details))
        }
        (Some(_), Command::Freeze(freezing)) => {
            resolved(&known.unaccepted)?;
            Ok(Fact::Frozen(freezing))
        }
    }
}

/// Refuses while a fault is neither mended nor accepted: nobody should find it in the committee's room.
fn resolved(unaccepted: &[String]) -> Result<(), Refusal> {
    let [first, more @ ..] = unaccepted else { return Ok(()) };
    let others = match more.len() {
        0 => String::new(),
        number => {
            format!(" There {} more.", if number == 1 { "is 1".to_owned() } else { format!("are {number}") })
        }
    };
    let faults = counted(unaccepted.len(), "fault", "faults");
    Err(Refusal::of(
        "findings",
        format!(
            "The check of the register found {faults} that nobody has accepted: {}{others} Resolve each where it is, or accept it there with a reason, and freeze the paper again.",
            sentence(first)
        ),
    ))
}

/// Ends with a full stop.
fn sentence(words: &str) -> String {
    format!("{}.", words.trim_end().trim_end_matches('.'))
}

/// What it is after `fact`.
pub fn apply(was: Option<Paper>, fact: &Fact) -> Paper {
    match fact.clone() {
        Fact::Drafted(details) | Fact::Edited(details) => {
            Paper { details, frozen: was.and_then(|was| was.frozen) }
        }
        Fact::Frozen(Freezing { counted_at, on, tree, .. }) => Paper {
            details: was.map(|was| was.details).expect("decide freezes only what was drafted"),
            frozen: Some(Frozen { counted_at, on, tree }),
        },
    }
}

/// The last paper about the same inspections and for the same body, of any kind, that was counted before entry
/// `before`: what "since the last paper" means. One about all inspections is about each of them.
pub fn last_about(all: Vec<Earlier>, details: &Details, before: i64) -> Option<Earlier> {
    let same = |earlier: &Earlier| {
        let (theirs, ours) = (earlier.details.scope(), details.scope());
        let covers = theirs.is_empty() || !ours.is_empty() && ours.iter().all(|one| theirs.contains(one));
        covers && earlier.details.addressee == details.addressee && earlier.counted_at < before
    };
    all.into_iter().filter(same).max_by_key(|earlier| earlier.counted_at)
}

#[cfg(test)]
#[path = "rules_test.rs"]
mod tests;
