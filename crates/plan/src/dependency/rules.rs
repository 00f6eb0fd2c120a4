//! What may depend on what. Pure.

#![expect(missing_docs, reason = "the variant says what its fields are; their names say the rest")]

use std::collections::{BTreeMap, BTreeSet};

use journal::{Id, Refusal};
use serde::{Deserialize, Serialize};

use crate::{
    recommendation::rules::{Recommendation, still_open},
    words::{PARAGRAPH, required},
};

/// What one recommendation waits for, and the last fact's.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Dependencies {
    /// On which, and why.
    pub on: BTreeMap<Id, String>,
    /// The one that the last fact was about: whose row is to be saved.
    pub touched: Option<Id>,
}

/// What somebody wants to happen.
#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    /// It waits for another.
    Add { on: Id, reason: String },
    /// It waits no more.
    Remove { on: Id, reason: String },
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    /// It waits for another.
    Added { on: Id, reason: String },
    /// It waits no more.
    Removed { on: Id, reason: String },
}

impl journal::Fact for Fact {
    const NOUN: &'static str = "dependency";
}

/// What else the rule knows: the recommendation, the one it is to wait for, and who waits for whom.
#[derive(Debug, Clone)]
pub struct Known {
    /// The recommendation that waits.
    pub id: Id,
    /// It.
    pub recommendation: Option<Recommendation>,
    /// What it is to wait for, if there is such a one.
    pub other: Option<Recommendation>,
    /// Every dependency there is: who waits, for whom.
    pub edges: Vec<(Id, Id)>,
}

/// What happens, or why not.
pub fn decide(known: &Known, was: Option<&Dependencies>, command: Command) -> Result<Fact, Refusal> {
    let recommendation = known
        .recommendation
        .as_ref()
        .ok_or_else(|| Refusal::of("reference", "There is no such recommendation."))?;
    still_open(recommendation)?;
    let waits_for = |id: &Id| was.is_some_and(|was| was.on.contains_key(id));
    match command {
        Command::Add { on, reason } => {
            let other = known.other.as_ref().ok_or_else(|| {
                Refusal::of("on", "Choose the recommendation it waits for. It has to be in the register.")
            })?;
            if on == known.id {
                return Err(Refusal::of("on", "A recommendation cannot wait for itself. Choose another."));
            }
            if waits_for(&on) {
                return Err(Refusal::of("on", format!("It waits for {} already.", other.reference)));
            }
            if reaches(&known.edges, &on, &known.id) {
                let sentence = format!(
                    "{} waits for this one already, directly or through others, so this would be a loop. Remove that dependency first.",
                    other.reference
                );
                return Err(Refusal::of("on", sentence));
            }
            Ok(Fact::Added { on, reason: required("reason", "The reason", &reason, PARAGRAPH)? })
        }
        Command::Remove { on, reason } => {
            if !waits_for(&on) {
                return Err(Refusal::of("on", "It does not wait for that one."));
            }
            Ok(Fact::Removed { on, reason: required("reason", "The reason", &reason, PARAGRAPH)? })
        }
    }
}

/// Whether `from` waits for `to`, directly or through others.
fn reaches(edges: &[(Id, Id)], from: &Id, to: &Id) -> bool {
    let mut seen = BTreeSet::new();
    let mut next = vec![from];
    while let Some(id) = next.pop() {
        if id == to {
            return true;
        }
        if seen.insert(id) {
            next.extend(edges.iter().filter(|(waits, _)| waits == id).map(|(_, on)| on));
        }
    }
    false
}

/// What they are after `fact`.
pub fn apply(was: Option<Dependencies>, fact: &Fact) -> Dependencies {
    let mut now = was.unwrap_or_default();
    match fact.clone() {
        Fact::Added { on, reason } => {
            now.touched = Some(on.clone());
            now.on.insert(on, reason);
        }
        Fact::Removed { on, .. } => {
            now.on.remove(&on);
            now.touched = Some(on);
        }
    }
    now
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;

    #[test]
    fn a_loop_is_found_however_long_and_a_diamond_is_none() {
        let ids: Vec<Id> =
            (0..5).map(|n| Id::new(Timestamp::from_second(1_700_000_000 + n).unwrap())).collect();
        let edge = |from: usize, to: usize| (ids[from].clone(), ids[to].clone());
        let edges = [edge(0, 1), edge(1, 2), edge(2, 3), edge(0, 4), edge(4, 3)];
        assert!(reaches(&edges, &ids[0], &ids[3]));
        assert!(!reaches(&edges, &ids[3], &ids[0]));
        assert!(!reaches(&edges, &ids[1], &ids[4]));
        // An old loop in the data must not hang the search.
        let looped = [edge(0, 1), edge(1, 0)];
        assert!(!reaches(&looped, &ids[0], &ids[2]));
    }
}
