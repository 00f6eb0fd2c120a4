//! What may depend on what. Pure.

#![expect(missing_docs, reason = "the variant says what its fields are; their names say the rest")]

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use journal::{Id, Refusal};
use serde::{Deserialize, Serialize};

use crate::{
    programme::rules::plain,
    recommendation::rules::{Recommendation, still_open},
    words::{LINE, PARAGRAPH, required},
};

/// What a recommendation can wait for.
///
/// A recommendation is stored as its identity alone, as version 0.1.0 wrote it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Awaited {
    /// Another recommendation.
    Recommendation(Id),
    /// Something else.
    Other(Outside),
}

/// What a recommendation can wait for that is not a recommendation.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outside {
    /// One action of another recommendation.
    Action { recommendation: Id, number: String },
    /// A programme of change.
    Programme(Id),
    /// A body outside the force, by its name.
    Body(String),
}

impl Awaited {
    /// The recommendation that has to come first, itself or with one of its actions.
    pub fn recommendation(&self) -> Option<&Id> {
        match self {
            Self::Recommendation(id) | Self::Other(Outside::Action { recommendation: id, .. }) => Some(id),
            Self::Other(_) => None,
        }
    }
}

/// Why it waits, and since when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wait {
    /// Why.
    pub reason: String,
    /// Since which day; none where nobody said.
    pub since: Option<Date>,
}

/// What one recommendation waits for, and the last fact's.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Dependencies {
    /// For which, and why.
    pub on: BTreeMap<Awaited, Wait>,
    /// The one that the last fact was about: whose row is to be saved.
    pub touched: Option<Awaited>,
}

/// What somebody wants to happen.
#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    /// It waits.
    Add { on: Awaited, reason: String, since: Option<Date> },
    /// It waits no more.
    Remove { on: Awaited, reason: String },
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    /// It waits.
    Added {
        on: Awaited,
        reason: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        since: Option<Date>,
    },
    /// It waits no more.
    Removed { on: Awaited, reason: String },
}

impl journal::Fact for Fact {
    const NOUN: &'static str = "dependency";
}

/// What else the rule knows: the recommendation, what it is to wait for, and who waits for whom.
#[derive(Debug, Clone)]
pub struct Known {
    /// The recommendation that waits.
    pub id: Id,
    /// It.
    pub recommendation: Option<Recommendation>,
    /// Today, in Scotland.
    pub today: Date,
    /// What it is to wait for, as it is called, if there is such a thing.
    pub other: Option<String>,
    /// How that came about already, in words ("discharged", "finished"); none while it is still to come.
    pub has_come: Option<&'static str>,
    /// The bodies that recommendations wait for, as each was written first.
    pub bodies: Vec<String>,
    /// Every dependency there is between recommendations: who waits, for whom.
    pub edges: Vec<(Id, Id)>,
}

/// What happens, or why not.
pub fn decide(known: &Known, was: Option<&Dependencies>, command: Command) -> Result<Fact, Refusal> {
    let recommendation = known
        .recommendation
        .as_ref()
        .ok_or_else(|| Refusal::of("reference", "There is no such recommendation."))?;
    still_open(recommendation)?;
    let waits_for = |on: &Awaited| was.is_some_and(|was| was.on.contains_key(on));
    match command {
        Command::Add { on, reason, since } => {
            let on = read(known, was, on)?;
            let other = known.other.as_ref().ok_or_else(|| Refusal::of("on", missing(&on)))?;
            if on.recommendation() == Some(&known.id) {
                return Err(Refusal::of("on", "A recommendation cannot wait for itself. Choose another."));
            }
            if waits_for(&on) {
                return Err(Refusal::of("on", format!("It waits for {other} already.")));
            }
            if let Some(how) = known.has_come {
                let sentence = format!(
                    "{other} is {how} already, so there is nothing to wait for. Choose something that is still to come."
                );
                return Err(Refusal::of("on", sentence));
            }
            if on.recommendation().is_some_and(|on| reaches(&known.edges, on, &known.id)) {
                let sentence = format!(
                    "{other} waits for this one already, directly or through others, so this would be a loop. Remove that dependency first."
                );
                return Err(Refusal::of("on", sentence));
            }
            if let Some(day) = since.filter(|day| *day > known.today) {
                let sentence = format!(
                    "It cannot have waited since {day}, which is still to come. Give a day that is past."
                );
                return Err(Refusal::of("since", sentence));
            }
            Ok(Fact::Added { on, reason: required("reason", "The reason", &reason, PARAGRAPH)?, since })
        }
        Command::Remove { on, reason } => {
            let on = read(known, was, on)?;
            if !waits_for(&on) {
                return Err(Refusal::of("on", "It does not wait for that. Choose from what it waits for."));
            }
            Ok(Fact::Removed { on, reason: required("reason", "The reason", &reason, PARAGRAPH)? })
        }
    }
}

/// A body by the name under which it is waited for already, here or else by another, whatever its capitals and
/// spaces; everything else as it is.
fn read(known: &Known, was: Option<&Dependencies>, on: Awaited) -> Result<Awaited, Refusal> {
    let Awaited::Other(Outside::Body(name)) = on else { return Ok(on) };
    let name = required("body", "The body outside the force", &name, LINE)?;
    let here = was.into_iter().flat_map(|was| was.on.keys()).filter_map(|on| match on {
        Awaited::Other(Outside::Body(body)) => Some(body),
        _ => None,
    });
    let first = here.chain(&known.bodies).find(|body| is_same_body(body, &name)).cloned();
    Ok(Awaited::Other(Outside::Body(first.unwrap_or(name))))
}

/// Whether two names are one body: the same words but for capitals, spaces and punctuation.
pub fn is_same_body(a: &str, b: &str) -> bool {
    a == b || (plain(a) == plain(b) && !plain(a).is_empty())
}

fn missing(on: &Awaited) -> &'static str {
    match on {
        Awaited::Recommendation(_) => "Choose the recommendation it waits for. It has to be in the register.",
        Awaited::Other(Outside::Action { .. }) => {
            "That action is not in the register. Choose the recommendation and the number of its action."
        }
        Awaited::Other(Outside::Programme(_)) => {
            "That programme is not in the register. Register it first, or choose another."
        }
        Awaited::Other(Outside::Body(_)) => "Name the body outside the force that it waits for.",
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
        Fact::Added { on, reason, since } => {
            now.touched = Some(on.clone());
            now.on.insert(on, Wait { reason, since });
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
    fn a_recommendation_is_stored_as_its_identity_and_the_rest_by_its_kind() {
        let id = Id::new(Timestamp::UNIX_EPOCH);
        let all = [
            Awaited::Recommendation(id.clone()),
            Awaited::Other(Outside::Action { recommendation: id.clone(), number: "3.1".into() }),
            Awaited::Other(Outside::Programme(id.clone())),
            Awaited::Other(Outside::Body("Scottish Government".into())),
        ];
        for one in all {
            let text = serde_json::to_string(&one).unwrap();
            assert_eq!(serde_json::from_str::<Awaited>(&text).unwrap(), one, "{text}");
            assert_eq!(text.starts_with('"'), matches!(one, Awaited::Recommendation(_)));
        }
    }

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
