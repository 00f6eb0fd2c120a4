//! What may be said as an update. Pure.

#![expect(missing_docs, reason = "the variant says what its fields are; their names say the rest")]

use journal::Refusal;
use serde::{Deserialize, Serialize};

use crate::{
    recommendation::rules::{Recommendation, still_open},
    words::{UPDATE, required},
};

/// The updates of a recommendation, oldest first.
pub type Updates = Vec<String>;

/// What somebody wants to say.
#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    /// An update.
    Add { text: String },
}

/// What was said.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    /// An update.
    Added { text: String },
}

impl journal::Fact for Fact {
    const NOUN: &'static str = "update";
}

/// What happens, or why not. `known` is the recommendation.
pub fn decide(
    known: &Option<Recommendation>,
    was: Option<&Updates>,
    command: Command,
) -> Result<Fact, Refusal> {
    let recommendation =
        known.as_ref().ok_or_else(|| Refusal::of("reference", "There is no such recommendation."))?;
    still_open(recommendation)?;
    let Command::Add { text } = command;
    let text = required("text", "The update", &text, UPDATE)?;
    if was.and_then(|was| was.last()) == Some(&text) {
        let sentence = "This is word for word the last update. Say what has happened since.";
        return Err(Refusal::of("text", sentence));
    }
    Ok(Fact::Added { text })
}

/// What they are after `fact`.
pub fn apply(was: Option<Updates>, fact: &Fact) -> Updates {
    let mut now = was.unwrap_or_default();
    let Fact::Added { text } = fact;
    now.push(text.clone());
    now
}
