//! The grade: what was suggested, what was chosen, and what a supervisor has to agree to. Pure.
//!
//! "Domestic incidents being downgraded must be reviewed by a supervisor" (S004, Domestic Abuse R5): until then the
//! graver grade stays in force.

#![expect(missing_docs, reason = "the variant says what its fields are; their names say the rest")]

use contact::{codes as code, grade::Grade, suggestion::rules::Suggestion};
use jiff::Timestamp;
use journal::{
    Private, Refusal,
    words::{PARAGRAPH, moment, optional},
};
use serde::{Deserialize, Serialize};

use crate::{
    codes,
    standing::Known,
    words::{rationale as in_a_sentence, reason as why, shown},
};

/// A person in a session: a second person is another account and another session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct By {
    pub account: String,
    /// The session's own identity, never its secret; empty for a program.
    pub session: String,
}

impl By {
    /// Whether the two are two persons: other accounts in other sessions. Two programs, which have no session, are not.
    pub fn is_second_to(&self, first: &Self) -> bool {
        self.account != first.account && self.session != first.session
    }
}

/// A choice of grade.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    pub at: Timestamp,
    pub grade: Grade,
    /// What was suggested when it was chosen.
    pub suggestion: Option<Suggestion>,
    /// Needed where it is another grade than was suggested, and for every change.
    pub rationale: Private<String>,
    /// A key of `codes::regrade_reasons()` (the National Decision Model); empty for the first choice.
    pub reason: String,
    pub by: By,
}

impl Choice {
    /// Whether nobody gave one. What was erased was given.
    fn has_no_rationale(&self) -> bool {
        self.rationale.known().is_some_and(String::is_empty)
    }
}

/// The grade of an incident.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Graded {
    /// The choice in force.
    pub in_force: Choice,
    /// A lower one that waits for a supervisor.
    pub waiting: Option<Choice>,
    /// Every choice that was ever in force, oldest first.
    pub history: Vec<Grade>,
    /// What it was lowered from by one person, while nobody knew that it was domestic.
    pub lowered_from: Option<Choice>,
    /// When the grade in force last became as grave as it is or graver, or Immediate was said again: officers who were
    /// there before were there for something less.
    pub graver_at: Timestamp,
}

/// What somebody wants to happen.
#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    /// Immediate is never refused while the incident is open: what is missing is owed.
    Choose {
        grade: Grade,
        suggestion: Option<Suggestion>,
        rationale: String,
        reason: String,
    },
    /// Another unit accepted it with another grade; `by` offered it so.
    TakeOver {
        grade: Grade,
        rationale: Private<String>,
        reason: String,
        by: By,
    },
    EndorseDowngrade {
        words: String,
    },
    RefuseDowngrade {
        reason: String,
    },
    /// The reasons that are owed.
    Explain {
        rationale: String,
        reason: String,
    },
    /// It turned out to be domestic after one person had lowered it.
    Reconsider,
}

/// What happened to it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    /// In force at once.
    Chosen(Choice),
    /// Lower, for a domestic incident: in force when a supervisor endorses it.
    DowngradeAsked(Choice),
    DowngradeEndorsed {
        at: Timestamp,
        by: By,
        words: Private<String>,
    },
    DowngradeRefused {
        at: Timestamp,
        by: By,
        reason: Private<String>,
    },
    /// The reasons for the grade in force, which were owed.
    Explained {
        at: Timestamp,
        by: By,
        rationale: Private<String>,
        reason: String,
    },
    /// It turned out to be domestic: the graver grade is in force again, and the lower one waits for a second person.
    DowngradeReconsidered {
        at: Timestamp,
    },
}

impl journal::Fact for Fact {
    const NOUN: &'static str = "grade";
}

/// What happens, or why not.
pub fn decide(known: &Known, was: Option<&Graded>, command: Command) -> Result<Fact, Refusal> {
    let standing = known.open()?;
    match (was, command) {
        (was, Command::Choose { grade: Grade::Immediate, suggestion, rationale, reason }) => {
            let reason =
                if was.is_none() { String::new() } else { known_reason(known, &reason).unwrap_or_default() };
            let rationale = shown(&rationale).into();
            let by = known.by.clone();
            Ok(Fact::Chosen(Choice {
                at: known.now,
                grade: Grade::Immediate,
                suggestion,
                rationale,
                reason,
                by,
            }))
        }
        (None, Command::Choose { grade, suggestion, rationale, .. }) => {
            first(known, grade, suggestion, &rationale)
        }
        (None, _) => Err(Refusal::of("grade", "It has no grade yet. Choose one.")),
        (Some(was), Command::Choose { grade, suggestion, rationale, reason }) => {
            if grade == was.in_force.grade {
                let sentence = format!("It is {} already. Choose another grade, or go back.", grade.words());
                return Err(Refusal::of("grade", sentence));
            }
            let (rationale, reason) = (in_a_sentence(&rationale)?.into(), known_reason(known, &reason)?);
            let by = known.by.clone();
            let choice = Choice { at: known.now, grade, suggestion, rationale, reason, by };
            Ok(settle(was, standing.incident.was_domestic(), choice))
        }
        (Some(was), Command::TakeOver { grade, rationale, reason, by }) => {
            let choice = Choice { at: known.now, grade, suggestion: None, rationale, reason, by };
            Ok(settle(was, standing.incident.was_domestic(), choice))
        }
        (Some(was), Command::EndorseDowngrade { words }) => endorse(known, was, &words),
        (Some(was), Command::RefuseDowngrade { reason }) => {
            waiting(was)?;
            Ok(Fact::DowngradeRefused { at: known.now, by: known.by.clone(), reason: why(&reason)?.into() })
        }
        (Some(was), Command::Explain { rationale, reason }) => {
            if !was.owes_reasons() {
                return Err(Refusal::of("rationale", "The reasons for the grade are there already."));
            }
            let rationale = in_a_sentence(&rationale)?.into();
            let reason = if was.history.len() > 1 { known_reason(known, &reason)? } else { String::new() };
            Ok(Fact::Explained { at: known.now, by: known.by.clone(), rationale, reason })
        }
        (Some(was), Command::Reconsider) => {
            if !was.is_to_reconsider(standing.incident.was_domestic()) {
                return Err(Refusal::of("grade", "Nobody lowered it alone, or it is not domestic."));
            }
            Ok(Fact::DowngradeReconsidered { at: known.now })
        }
    }
}

fn first(
    known: &Known,
    grade: Grade,
    suggestion: Option<Suggestion>,
    rationale: &str,
) -> Result<Fact, Refusal> {
    let rationale = match &suggestion {
        Some(suggested) if suggested.grade != grade => in_a_sentence(rationale)?,
        _ => optional("rationale", "The reason for the grade", rationale, PARAGRAPH)?,
    };
    let (rationale, reason, by) = (rationale.into(), String::new(), known.by.clone());
    Ok(Fact::Chosen(Choice { at: known.now, grade, suggestion, rationale, reason, by }))
}

/// A lower grade of what is or was domestic waits for a second person; everything else is in force at once.
fn settle(was: &Graded, was_domestic: bool, choice: Choice) -> Fact {
    if was_domestic && choice.grade < was.in_force.grade {
        Fact::DowngradeAsked(choice)
    } else {
        Fact::Chosen(choice)
    }
}

fn endorse(known: &Known, was: &Graded, words: &str) -> Result<Fact, Refusal> {
    let asked = waiting(was)?;
    if !known.by.is_second_to(&asked.by) {
        let sentence = "Who asked for the lower grade cannot endorse it. Another person, in a session of their own, has to.";
        return Err(Refusal::of("endorsement", sentence));
    }
    let changed_at = known.open()?.incident.changed_at;
    if changed_at > asked.at {
        let sentence = format!(
            "The circumstances changed at {}, after the lower grade was asked for. Refuse it; it can be asked for anew.",
            moment(changed_at)
        );
        return Err(Refusal::of("endorsement", sentence));
    }
    let words = optional("words", "The endorsement", words, PARAGRAPH)?.into();
    Ok(Fact::DowngradeEndorsed { at: known.now, by: known.by.clone(), words })
}

fn waiting(was: &Graded) -> Result<&Choice, Refusal> {
    was.waiting.as_ref().ok_or_else(|| Refusal::of("grade", "No lower grade waits for endorsement."))
}

fn known_reason(known: &Known, key: &str) -> Result<String, Refusal> {
    if code::known(codes::regrade_reasons(), key, codes::day_of(known.now)) {
        return Ok(key.to_owned());
    }
    Err(Refusal::of("reason", "Say what kind of reason it is: choose one of the list."))
}

impl Graded {
    /// Whether reasons are missing that only life at risk excuses: for a first choice where it is not what was
    /// suggested, for every later one.
    pub fn owes_reasons(&self) -> bool {
        let choice = &self.in_force;
        if self.history.len() > 1 {
            return choice.has_no_rationale() || choice.reason.is_empty();
        }
        let differs = choice.suggestion.as_ref().is_some_and(|suggested| suggested.grade != choice.grade);
        differs && choice.has_no_rationale()
    }

    /// Whether one person lowered what is domestic: it was not known to be so then.
    pub fn is_to_reconsider(&self, was_domestic: bool) -> bool {
        was_domestic && self.lowered_from.is_some()
    }

    fn put_in_force(&mut self, choice: Choice) {
        if choice.grade >= self.in_force.grade {
            self.graver_at = choice.at;
        }
        self.history.push(choice.grade);
        self.in_force = choice;
        self.waiting = None;
    }
}

/// What it is after `fact`.
pub fn apply(was: Option<Graded>, fact: &Fact) -> Graded {
    let Some(mut now) = was else {
        let (Fact::Chosen(choice) | Fact::DowngradeAsked(choice)) = fact.clone() else {
            unreachable!("decide lets nothing happen to a grade before it is chosen")
        };
        let (history, graver_at) = (vec![choice.grade], choice.at);
        return Graded { in_force: choice, waiting: None, history, lowered_from: None, graver_at };
    };
    match fact.clone() {
        Fact::Chosen(choice) => {
            let graver = now.lowered_from.take().unwrap_or_else(|| now.in_force.clone());
            now.lowered_from = (choice.grade < graver.grade).then_some(graver);
            now.put_in_force(choice);
        }
        Fact::DowngradeAsked(choice) => now.waiting = Some(choice),
        Fact::DowngradeEndorsed { at, .. } => {
            if let Some(choice) = now.waiting.take() {
                now.put_in_force(Choice { at, ..choice });
            }
        }
        Fact::DowngradeReconsidered { at } => {
            if let Some(graver) = now.lowered_from.take() {
                let lower = Choice { at, ..now.in_force.clone() };
                now.history.push(graver.grade);
                // Officers who came when it was first that grave came for this: `graver_at` stands.
                now.in_force = Choice { at, ..graver };
                now.waiting = Some(lower);
            }
        }
        Fact::DowngradeRefused { .. } => now.waiting = None,
        Fact::Explained { rationale, reason, .. } => {
            (now.in_force.rationale, now.in_force.reason) = (rationale, reason);
        }
    }
    now
}
