//! Failure demand: contacts that a failure of ours caused, of all that are eligible. Pure (FD-1; HMICS CAM 2022 R3).
//!
//! A contact is judged by all that is recorded of its issue, by the version of the definition that was in force on its day.

use std::collections::BTreeMap;

use failure::{
    classify_in_force,
    code::{Class, Code},
    definition::{Eligibility, definitions},
    rules::Judged,
};
use jiff::Timestamp;

use crate::{contribution::Contribution, demand::translate::Story};

/// Contacts that are failure demand, of all that are eligible.
pub const FAILURE_DEMAND: &str = "failure_demand";

/// The reason of a contact of which no fact and no advisor says what it was.
pub const UNKNOWN: &str = "unknown";

/// What each eligible contact of an issue contributes, by its identity. Nothing depends on the clock: all that is told so
/// far is looked at.
pub fn contributions(story: &Story) -> BTreeMap<String, Contribution> {
    let judged = classify_in_force(definitions(), &story.issue(), Timestamp::MAX);
    let eligible = judged.into_iter().filter(|one| one.eligibility == Eligibility::Eligible);
    eligible.map(|one| (one.contact.clone(), contribution(&one))).collect()
}

fn contribution(judged: &Judged) -> Contribution {
    Contribution {
        measure: FAILURE_DEMAND,
        at: judged.began_at,
        division: judged.division.clone().unwrap_or_default(),
        reason: judged.primary.map_or_else(|| UNKNOWN.to_owned(), |code| code.to_string()),
        numerator: i64::from(judged.class == Some(Class::Failure)),
        denominator: 1,
    }
}

/// A reason as a page says it: "F02 We missed, cancelled or were late for an appointment", in the words of the latest
/// version of the definition.
pub fn told(key: &str) -> String {
    let code = Code::try_from(key.to_owned()).ok();
    let reason = code.and_then(|code| definitions().version.last()?.reason(code));
    reason.map_or_else(|| "Not known".to_owned(), |reason| format!("{} {}", reason.key, reason.words))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_has_its_words() {
        for code in Code::ALL {
            let words = told(&code.to_string());
            assert!(words.starts_with(&format!("{code} ")) && words.len() > 6, "{words}");
        }
        assert_eq!((told(UNKNOWN), told("F99")), ("Not known".to_owned(), "Not known".to_owned()));
    }
}
