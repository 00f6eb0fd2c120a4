//! What may be said as an update. Pure.

#![expect(missing_docs, reason = "the variant says what its fields are; their names say the rest")]

use journal::{Id, Refusal};
use serde::{Deserialize, Serialize};

use crate::{
    recommendation::rules::{Recommendation, still_open},
    words::{UPDATE, optional, required},
};

/// One update.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Update {
    /// What it says; may be empty where it stands for another's.
    pub text: String,
    /// The recommendation whose update it stands for: "as above" (S004, Crime Audit R4 to R6).
    pub inherited_from: Option<Id>,
}

/// The updates of a recommendation, oldest first.
pub type Updates = Vec<Update>;

/// What somebody wants to say.
#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    /// An update.
    Add { text: String },
    /// As for another recommendation; the note may be empty.
    Inherit { from: Id, note: String },
}

/// What was said.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    /// An update.
    Added { text: String },
    /// As for another recommendation.
    Inherited { from: Id, note: String },
}

impl journal::Fact for Fact {
    const NOUN: &'static str = "update";
}

/// What else the rule knows.
#[derive(Debug, Clone, Default)]
pub struct Known {
    /// The recommendation.
    pub recommendation: Option<Recommendation>,
    /// The one whose update it would stand for, and whose that one's last update stands for in turn.
    pub other: Option<Other>,
}

/// The recommendation whose update another's stands for.
#[derive(Debug, Clone)]
pub struct Other {
    /// It.
    pub recommendation: Recommendation,
    /// Its last update, if it has one.
    pub last: Option<Update>,
}

/// What happens, or why not.
pub fn decide(known: &Known, was: Option<&Updates>, command: Command) -> Result<Fact, Refusal> {
    let recommendation = known
        .recommendation
        .as_ref()
        .ok_or_else(|| Refusal::of("reference", "There is no such recommendation."))?;
    still_open(recommendation)?;
    let last = was.and_then(|was| was.last());
    match command {
        Command::Add { text } => {
            let text = required("text", "The update", &text, UPDATE)?;
            if last.is_some_and(|last| last.text == text && last.inherited_from.is_none()) {
                let sentence = "This is word for word the last update. Say what has happened since.";
                return Err(Refusal::of("text", sentence));
            }
            Ok(Fact::Added { text })
        }
        Command::Inherit { from, note } => {
            let note = optional("note", "The note", &note, UPDATE)?;
            let Some(other) = known.other.as_ref().filter(|other| other.recommendation != *recommendation)
            else {
                return Err(Refusal::of(
                    "from",
                    "Choose the other recommendation whose update holds for this one.",
                ));
            };
            // One step only: whoever reads "as R4" must find words at R4, not another "as R3".
            match &other.last {
                Some(last) if last.inherited_from.is_none() => Ok(Fact::Inherited { from, note }),
                Some(_) => Err(Refusal::of(
                    "from",
                    format!(
                        "The last update of {} itself stands for another’s. Choose that one.",
                        other.recommendation.reference
                    ),
                )),
                None => Err(Refusal::of(
                    "from",
                    format!("{} has no update yet. Choose one that has.", other.recommendation.reference),
                )),
            }
        }
    }
}

/// What they are after `fact`.
pub fn apply(was: Option<Updates>, fact: &Fact) -> Updates {
    let mut now = was.unwrap_or_default();
    now.push(match fact.clone() {
        Fact::Added { text } => Update { text, inherited_from: None },
        Fact::Inherited { from, note } => Update { text: note, inherited_from: Some(from) },
    });
    now
}
