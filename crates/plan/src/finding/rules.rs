//! When a finding may be accepted, and when the acceptance is taken back. Pure.

#![expect(missing_docs, reason = "the variant says what its fields are; their names say the rest")]

use std::collections::BTreeMap;

use journal::Refusal;
use serde::{Deserialize, Serialize};

use crate::words::{PARAGRAPH, required};

/// What has been accepted about one subject, by check and fingerprint.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Acceptances {
    /// The sentence that was accepted, and why.
    pub standing: BTreeMap<(String, String), Acceptance>,
    /// The one that the last fact was about: whose row is to be saved.
    pub touched: (String, String),
}

/// One acceptance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Acceptance {
    /// The finding as it was told.
    pub sentence: String,
    /// Why it is accepted.
    pub reason: String,
}

/// What somebody wants to happen.
#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    /// It is so, and may stay so.
    Accept { check: String, fingerprint: String, reason: String },
    /// It may not stay so after all.
    Withdraw { check: String, fingerprint: String, reason: String },
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    /// It was accepted.
    Accepted { check: String, fingerprint: String, sentence: String, reason: String },
    /// The acceptance was taken back.
    Withdrawn { check: String, fingerprint: String, reason: String },
}

impl journal::Fact for Fact {
    const NOUN: &'static str = "finding";
}

/// What else the rule knows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Known {
    /// The finding as it stands; none when the check does not find it any more.
    pub sentence: Option<String>,
}

/// What happens, or why not.
pub fn decide(known: &Known, was: Option<&Acceptances>, command: Command) -> Result<Fact, Refusal> {
    let stands = |check: &String, fingerprint: &String| {
        was.is_some_and(|was| was.standing.contains_key(&(check.clone(), fingerprint.clone())))
    };
    match command {
        Command::Accept { check, fingerprint, reason } => {
            let Some(sentence) = known.sentence.clone() else {
                let sentence = "The check does not find this any more: it was mended, or its figures have changed. Open the check again.";
                return Err(Refusal::of("finding", sentence));
            };
            if stands(&check, &fingerprint) {
                return Err(Refusal::of("finding", "This finding is accepted already."));
            }
            let reason = required("reason", "The reason", &reason, PARAGRAPH)?;
            Ok(Fact::Accepted { check, fingerprint, sentence, reason })
        }
        Command::Withdraw { check, fingerprint, reason } => {
            if !stands(&check, &fingerprint) {
                return Err(Refusal::of(
                    "finding",
                    "This finding is not accepted, so there is nothing to withdraw.",
                ));
            }
            let reason = required("reason", "The reason", &reason, PARAGRAPH)?;
            Ok(Fact::Withdrawn { check, fingerprint, reason })
        }
    }
}

/// What is accepted after `fact`.
pub fn apply(was: Option<Acceptances>, fact: &Fact) -> Acceptances {
    let mut now = was.unwrap_or_default();
    match fact.clone() {
        Fact::Accepted { check, fingerprint, sentence, reason } => {
            now.touched = (check, fingerprint);
            now.standing.insert(now.touched.clone(), Acceptance { sentence, reason });
        }
        Fact::Withdrawn { check, fingerprint, .. } => {
            now.touched = (check, fingerprint);
            now.standing.remove(&now.touched);
        }
    }
    now
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accept(fingerprint: &str, reason: &str) -> Command {
        Command::Accept {
            check: "year_in_title".into(),
            fingerprint: fingerprint.into(),
            reason: reason.into(),
        }
    }

    fn withdraw(reason: &str) -> Command {
        Command::Withdraw { check: "year_in_title".into(), fingerprint: "a1".into(), reason: reason.into() }
    }

    #[test]
    fn a_finding_is_accepted_with_a_reason_while_it_is_there_and_taken_back_with_another() {
        let found = Known { sentence: Some("“Crime Audit 2020” was published in 2021.".into()) };
        let gone = Known::default();
        let fact = decide(&found, None, accept("a1", " It is the name of the audit. ")).unwrap();
        let accepted = apply(None, &fact);
        assert_eq!(accepted.standing.values().next().unwrap().reason, "It is the name of the audit.");
        let cases = [
            (&found, None, accept("a1", " "), "reason"),
            (&gone, None, accept("a1", "why"), "finding"),
            (&found, Some(&accepted), accept("a1", "why"), "finding"),
            (&found, None, withdraw("why"), "finding"),
            (&gone, Some(&accepted), withdraw(""), "reason"),
        ];
        for (known, was, command, field) in cases {
            let refusal = decide(known, was, command.clone()).unwrap_err();
            assert_eq!(refusal.field, field, "{command:?}: {refusal}");
        }
        assert!(
            decide(&found, Some(&accepted), accept("b2", "why")).is_ok(),
            "changed figures are another finding"
        );
        let fact = decide(&gone, Some(&accepted), withdraw("The audit was renamed.")).unwrap();
        assert!(apply(Some(accepted), &fact).standing.is_empty());
    }
}
