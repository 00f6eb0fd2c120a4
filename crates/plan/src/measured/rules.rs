//! What may be told of measured evidence, and what is asked while it does not show its claim. Pure.

#![expect(missing_docs, reason = "the variant says what its fields are; their names say the rest")]

use std::collections::BTreeMap;

use journal::{Id, Refusal};
use serde::{Deserialize, Serialize};

use crate::{
    recommendation::rules::{Recommendation, still_open},
    words::{LINE, PARAGRAPH, required},
};

/// What one piece of evidence says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// Its measure, claim and verdict, in a sentence.
    pub sentence: String,
    /// Whether it shows what it is claimed to show.
    pub is_shown: bool,
}

/// All that stands of a recommendation.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Measured {
    pub all: BTreeMap<Id, Told>,
    /// The one that the last fact was about: whose row is to be saved.
    pub touched: Option<Id>,
}

impl Measured {
    /// The sentences of those that do not show their claim.
    pub fn not_shown(&self) -> Vec<&str> {
        self.all.values().filter(|one| !one.is_shown).map(|one| one.sentence.as_str()).collect()
    }
}

/// A step that asks why.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Closing {
    Propose,
    Discharge,
}

impl Closing {
    /// The step of a form's word.
    pub fn of(word: &str) -> Option<Self> {
        match word {
            "closure" => Some(Self::Propose),
            "discharge" => Some(Self::Discharge),
            _ => None,
        }
    }
}

/// What somebody wants to happen.
#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    Tell {
        evidence: Id,
        sentence: String,
        is_shown: bool,
    },
    TakeBack {
        evidence: Id,
        reason: String,
    },
    /// It is closed although something is not shown.
    Overlook {
        step: Closing,
        reason: String,
    },
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    Told { evidence: Id, sentence: String, is_shown: bool },
    TakenBack { evidence: Id, reason: String },
    Overlooked { step: Closing, sentences: Vec<String>, reason: String },
}

impl journal::Fact for Fact {
    const NOUN: &'static str = "measured";
}

/// The recommendation that it is about, if there is such a one.
pub type Known = Option<Recommendation>;

/// What happens, or why not.
pub fn decide(known: &Known, was: Option<&Measured>, command: Command) -> Result<Fact, Refusal> {
    let about = known.as_ref().ok_or_else(|| {
        Refusal::of("recommendation", "Evidence belongs to a recommendation. Add the recommendation first.")
    })?;
    still_open(about)?;
    let none = Measured::default();
    let was = was.unwrap_or(&none);
    match command {
        Command::Tell { evidence, sentence, is_shown } => {
            if was.all.contains_key(&evidence) {
                return Err(Refusal::of("recommendation", "It is told of this evidence already."));
            }
            let sentence = required("recommendation", "What it shows", &sentence, LINE)?;
            Ok(Fact::Told { evidence, sentence, is_shown })
        }
        Command::TakeBack { evidence, reason } => {
            if !was.all.contains_key(&evidence) {
                return Err(Refusal::of("recommendation", "It was never told of this evidence."));
            }
            Ok(Fact::TakenBack { evidence, reason: required("reason", "The reason", &reason, PARAGRAPH)? })
        }
        Command::Overlook { step, reason } => {
            let sentences: Vec<String> = was.not_shown().into_iter().map(str::to_owned).collect();
            if sentences.is_empty() {
                return Err(Refusal::of("although", "No measure is in the way. Leave this out."));
            }
            if reason.trim().is_empty() {
                let sentence = format!(
                    "A measure does not show what is claimed: {} Say why it is closed all the same.",
                    sentences.join(" ")
                );
                return Err(Refusal::of("although", sentence));
            }
            let reason = required("although", "The reason", &reason, PARAGRAPH)?;
            Ok(Fact::Overlooked { step, sentences, reason })
        }
    }
}

/// What stands after `fact`.
pub fn apply(was: Option<Measured>, fact: &Fact) -> Measured {
    let mut now = was.unwrap_or_default();
    now.touched = None;
    match fact.clone() {
        Fact::Told { evidence, sentence, is_shown } => {
            now.touched = Some(evidence.clone());
            now.all.insert(evidence, Told { sentence, is_shown });
        }
        Fact::TakenBack { evidence, .. } => {
            now.all.remove(&evidence);
            now.touched = Some(evidence);
        }
        Fact::Overlooked { .. } => {}
    }
    now
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recommendation::rules::{Fact as Made, apply as made};

    fn about(is_closed: bool) -> Recommendation {
        let id = Id::new("2026-11-26T12:00:00Z".parse().unwrap());
        let fact = Made::Made {
            inspection: id,
            reference: "3".into(),
            text: "Count it.".into(),
            exposure: None,
            risk_statement: String::new(),
            impact: String::new(),
            owner_post: String::new(),
            owner_team: String::new(),
        };
        let discharged = Made::Discharged { reason: "So.".into(), on: jiff::civil::date(2026, 11, 25) };
        let one = made(None, &fact);
        if is_closed { made(Some(one), &discharged) } else { one }
    }

    fn told(evidence: &Id, is_shown: bool) -> Fact {
        let sentence = "“Failure demand” is claimed to have gone down, and does not show it.".to_owned();
        Fact::Told { evidence: evidence.clone(), sentence, is_shown }
    }

    #[test]
    fn closing_asks_why_only_while_a_claim_is_not_shown() {
        let id = Id::new("2026-11-26T12:00:00Z".parse().unwrap());
        let shown = apply(None, &told(&id, true));
        let not_shown = apply(None, &told(&id, false));
        let taken_back = Fact::TakenBack { evidence: id.clone(), reason: "Counted wrongly.".into() };
        let gone = apply(Some(not_shown.clone()), &taken_back);
        let overlook = |reason: &str| Command::Overlook { step: Closing::Propose, reason: reason.into() };
        for (was, reason, expected) in [
            (Some(&not_shown), "", Err("Say why it is closed all the same")),
            (Some(&not_shown), "  ", Err("Say why it is closed all the same")),
            (Some(&not_shown), "It fell before it was counted.", Ok(())),
            (Some(&shown), "Whatever.", Err("No measure is in the way")),
            (Some(&gone), "Whatever.", Err("No measure is in the way")),
            (None, "Whatever.", Err("No measure is in the way")),
        ] {
            let done = decide(&Some(about(false)), was, overlook(reason));
            match expected {
                Ok(()) => assert!(matches!(done, Ok(Fact::Overlooked { .. })), "{reason}: {done:?}"),
                Err(words) => {
                    let refusal = done.unwrap_err();
                    assert!(refusal.field == "although" && refusal.sentence.contains(words), "{refusal}");
                }
            }
        }
        let done = decide(&Some(about(false)), Some(&not_shown), overlook("So."));
        assert_eq!(apply(Some(not_shown.clone()), &done.unwrap()).not_shown().len(), 1);
    }

    #[test]
    fn it_is_told_once_and_taken_back_once_and_of_nothing_that_is_closed() {
        let id = Id::new("2026-11-26T12:00:00Z".parse().unwrap());
        let was = apply(None, &told(&id, false));
        let tell = || Command::Tell { evidence: id.clone(), sentence: "So.".into(), is_shown: true };
        let back = |reason: &str| Command::TakeBack { evidence: id.clone(), reason: reason.into() };
        for (known, was, command, words) in [
            (Some(about(false)), Some(&was), tell(), "already"),
            (Some(about(true)), None, tell(), "its record is closed"),
            (Some(about(true)), Some(&was), back("So."), "its record is closed"),
            (None, None, tell(), "Add the recommendation first"),
            (Some(about(false)), None, back("So."), "never told"),
            (Some(about(false)), Some(&was), back(" "), "is missing"),
        ] {
            let refusal = decide(&known, was, command).unwrap_err();
            assert!(refusal.sentence.contains(words), "{words}: {refusal}");
        }
        assert_eq!(
            decide(&Some(about(false)), Some(&was), back("So.")).unwrap(),
            Fact::TakenBack { evidence: id.clone(), reason: "So.".into() }
        );
    }
}
