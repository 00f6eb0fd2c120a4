//! What may be remarked, and withdrawn. Pure.

#![expect(missing_docs, reason = "the variant says what its fields are; their names say the rest")]

use std::collections::BTreeSet;

use journal::{Private, Refusal};
use serde::{Deserialize, Serialize};

use crate::{
    recommendation::rules::{Recommendation, still_open},
    words::{PARAGRAPH, required},
};

/// The comments on a recommendation: how many were made, and which of them, by entry, were withdrawn.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comments {
    pub said: usize,
    pub struck: BTreeSet<i64>,
}

/// What somebody wants to happen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// Remark something.
    Say { text: String },
    /// Withdraw what the entry holds.
    Strike { entry: i64, reason: String },
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    /// Something was remarked. People name people in remarks, so the words can be destroyed.
    Said { text: Private<String> },
    /// What the entry holds was withdrawn.
    Struck { entry: i64, reason: String },
}

impl journal::Fact for Fact {
    const NOUN: &'static str = "comment";
}

/// What else the rule knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// The recommendation.
    pub recommendation: Option<Recommendation>,
    /// The account that acts.
    pub who: String,
    /// Whether it may withdraw what others said.
    pub may_strike_any: bool,
    /// Who said what is to be withdrawn; nothing if that entry holds no comment on this recommendation.
    pub author: Option<String>,
}

/// What happens, or why not.
pub fn decide(known: &Known, was: Option<&Comments>, command: Command) -> Result<Fact, Refusal> {
    let recommendation = known
        .recommendation
        .as_ref()
        .ok_or_else(|| Refusal::of("reference", "There is no such recommendation."))?;
    match command {
        Command::Say { text } => {
            still_open(recommendation)?;
            Ok(Fact::Said { text: required("text", "The comment", &text, PARAGRAPH)?.into() })
        }
        // Also once it is closed: what names a person wrongly does not stay because the work is done.
        Command::Strike { entry, reason } => {
            let author = known.author.as_ref().ok_or_else(|| {
                Refusal::of("entry", format!("Entry {entry} is no comment on this recommendation."))
            })?;
            if was.is_some_and(|was| was.struck.contains(&entry)) {
                return Err(Refusal::of("entry", "This comment is withdrawn already."));
            }
            if *author != known.who && !known.may_strike_any {
                let sentence = "Only the person who made this comment, or who keeps the plan, may withdraw it. Ask one of them.";
                return Err(Refusal::of("entry", sentence));
            }
            Ok(Fact::Struck { entry, reason: required("reason", "The reason", &reason, PARAGRAPH)? })
        }
    }
}

/// What they are after `fact`.
pub fn apply(was: Option<Comments>, fact: &Fact) -> Comments {
    let mut now = was.unwrap_or_default();
    match fact {
        Fact::Said { .. } => now.said += 1,
        Fact::Struck { entry, .. } => {
            now.struck.insert(*entry);
        }
    }
    now
}
