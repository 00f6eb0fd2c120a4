//! Whose an open incident is: one unit at any time; offered to another, accepted or returned. Pure.
//!
//! "A thorough THRIVE assessment should be provided, along with the rationale for the incident being re-graded"
//! (S001 3.5). Until the receiver accepts, it stays the sender's.

#![expect(missing_docs, reason = "the variant says what its fields are; their names say the rest")]

use contact::{codes as code, grade::Grade};
use jiff::Timestamp;
use journal::{
    Private, Refusal,
    words::{PARAGRAPH, moment, optional, required},
};
use serde::{Deserialize, Serialize};

use crate::{
    codes,
    grade::rules::By,
    standing::{Known, Standing},
    unit::{self, UnitKind},
    words::{rationale as in_a_sentence, reason as why, shown},
};

/// An offer to another unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    pub at: Timestamp,
    /// A key of `unit`.
    pub to: String,
    /// "SC07" for a transfer to local policing; empty between other units.
    pub code: String,
    pub old_grade: Grade,
    pub new_grade: Grade,
    /// Needed where the two differ.
    pub rationale: Private<String>,
    /// A key of `codes::regrade_reasons()`, needed where the two differ.
    pub reason: String,
    pub words: Private<String>,
    /// Passed first for a life at risk, with its paperwork owed.
    pub is_life_at_risk: bool,
    /// How many of the six the assessment had when it was offered.
    pub considered: usize,
    pub by: By,
}

/// Whose it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Custody {
    /// A key of `unit`.
    pub unit: String,
    /// Since when it is theirs.
    pub since: Timestamp,
    /// Offered and not yet answered.
    pub offer: Option<Offer>,
    /// How often an offer was returned.
    pub bounces: i64,
    /// How often it was offered before somebody else than the first unit accepted.
    pub offers: i64,
    /// How often another unit accepted it.
    pub accepted: i64,
    /// When it last passed to another unit for a life at risk, before its assessment was made.
    pub passed_first: Option<Timestamp>,
}

/// What somebody wants to happen.
#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    /// Where it begins.
    Place {
        unit: String,
    },
    /// It became an emergency while it was with a unit that sends nobody: at once to one that does, offered or not.
    Call {
        unit: String,
    },
    Offer {
        to: String,
        new_grade: Grade,
        rationale: String,
        reason: String,
        words: String,
        is_life_at_risk: bool,
    },
    Accept,
    Return {
        reason: String,
        words: String,
    },
    Withdraw {
        reason: String,
    },
}

/// What happened to it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    /// Where it began, by its grade and place.
    Placed {
        at: Timestamp,
        unit: String,
    },
    /// Where it went at once when it became Immediate; an offer that was open is no more.
    Called {
        at: Timestamp,
        unit: String,
        assessment_owed: bool,
    },
    Offered(Offer),
    /// `assessment_owed`: it passed first for a life at risk, without a complete and current assessment.
    Accepted {
        at: Timestamp,
        by: By,
        assessment_owed: bool,
    },
    /// `reason`: a key of `codes::return_reasons()` ("incomplete", "wrong_place", …).
    Returned {
        at: Timestamp,
        reason: String,
        words: Private<String>,
        by: By,
    },
    Withdrawn {
        at: Timestamp,
        reason: Private<String>,
    },
}

impl journal::Fact for Fact {
    const NOUN: &'static str = "custody";
}

/// What happens, or why not.
pub fn decide(known: &Known, was: Option<&Custody>, command: Command) -> Result<Fact, Refusal> {
    let standing = known.open()?;
    let (at, by) = (known.now, known.by.clone());
    match (was, command) {
        (None, Command::Place { unit }) => {
            valid_unit(known, "unit", &unit)?;
            Ok(Fact::Placed { at, unit })
        }
        (Some(was), Command::Call { unit }) => {
            valid_unit(known, "unit", &unit)?;
            if !is_called(standing, was, &unit) {
                let sentence = "Only what is Immediate goes at once to who sends officers. Offer it instead.";
                return Err(Refusal::of("unit", sentence));
            }
            Ok(Fact::Called { at, unit, assessment_owed: !standing.is_assessed() })
        }
        (Some(was), Command::Place { .. }) => {
            let sentence =
                format!("It is with {} already. Offer it to another unit instead.", unit::name(&was.unit));
            Err(Refusal::of("unit", sentence))
        }
        (None, _) => Err(Refusal::of("unit", "It is with no unit yet.")),
        (Some(was), Command::Accept) => {
            let offer = offered(was)?;
            by_another(known, offer)?;
            let assessment_owed = !standing.is_assessed();
            if assessment_owed && !passes_first(standing, offer) {
                let sentence = format!(
                    "{} It can be accepted when it has been assessed again; or return it.",
                    not_assessed(standing)
                );
                return Err(Refusal::of("assessment", sentence));
            }
            Ok(Fact::Accepted { at, by, assessment_owed })
        }
        (Some(was), Command::Return { reason, words }) => {
            by_another(known, offered(was)?)?;
            if !code::known(codes::return_reasons(), &reason, codes::day_of(at)) {
                return Err(Refusal::of("reason", "Say why it is returned: choose one of the list."));
            }
            let words = required("words", "What is missing or wrong", &words, PARAGRAPH)?.into();
            Ok(Fact::Returned { at, reason, words, by })
        }
        (Some(was), Command::Withdraw { reason }) => {
            offered(was)?;
            Ok(Fact::Withdrawn { at, reason: why(&reason)?.into() })
        }
        (Some(was), offer @ Command::Offer { .. }) => offer_it(known, standing, was, offer),
    }
}

/// Whether it is Immediate, with a unit that sends nobody, and goes to one that does.
fn is_called(standing: &Standing, was: &Custody, to: &str) -> bool {
    let is_immediate =
        standing.grade.as_ref().is_some_and(|graded| graded.in_force.grade == Grade::Immediate);
    let sends = |key: &str| unit::of(key).is_some_and(|unit| unit.kind == UnitKind::ControlRoom);
    is_immediate && !sends(&was.unit) && sends(to)
}

fn offer_it(known: &Known, standing: &Standing, was: &Custody, command: Command) -> Result<Fact, Refusal> {
    let Command::Offer { to, new_grade, rationale, reason, words, is_life_at_risk } = command else {
        return Err(Refusal::of("to", "Say to which unit it is offered."));
    };
    if let Some(offer) = &was.offer {
        let sentence = format!(
            "It is offered to {} since {}. Wait for the answer, or withdraw that offer first.",
            unit::name(&offer.to),
            moment(offer.at)
        );
        return Err(Refusal::of("to", sentence));
    }
    if standing.closure.waiting.is_some() {
        let sentence = "Its closing waits for a second person. Have it endorsed or sent back first.";
        return Err(Refusal::of("to", sentence));
    }
    let unit = valid_unit(known, "to", &to)?;
    if to == was.unit {
        return Err(Refusal::of("to", format!("It is with {} already. Choose another unit.", unit.name)));
    }
    let Some(old_grade) = standing.grade.as_ref().map(|graded| graded.in_force.grade) else {
        return Err(Refusal::of("grade", "It has no grade yet. Choose one first."));
    };
    if unit.kind != UnitKind::ControlRoom {
        sends_nobody(standing, unit, old_grade, new_grade)?;
    }
    if is_life_at_risk && !(old_grade.is_sent_to() && new_grade.is_sent_to()) {
        let sentence =
            "Where a life is at risk it is Immediate or Prompt. Choose that grade first; it takes one step.";
        return Err(Refusal::of("is_life_at_risk", sentence));
    }
    let mut offer = Offer {
        at: known.now,
        to,
        code: if unit.kind == UnitKind::Division {
            codes::TO_LOCAL_POLICING.to_owned()
        } else {
            String::new()
        },
        old_grade,
        new_grade,
        rationale: shown(&rationale).into(),
        reason,
        words: optional("words", "The words for the other unit", &words, PARAGRAPH)?.into(),
        is_life_at_risk: is_life_at_risk || old_grade == Grade::Immediate,
        considered: standing.assessed().map_or(0, |assessed| assessed.considered),
        by: known.by.clone(),
    };
    if !passes_first(standing, &offer) {
        papers(known, standing, &offer)?;
    } else if !is_regrade_reason(known, &offer.reason) {
        offer.reason = String::new();
    }
    Ok(Fact::Offered(offer))
}

/// What is Immediate stays with who sends officers; and so does what is domestic until a second person endorsed less.
fn sends_nobody(
    standing: &Standing,
    unit: &unit::Unit,
    old_grade: Grade,
    new_grade: Grade,
) -> Result<(), Refusal> {
    if new_grade == Grade::Immediate {
        let sentence = format!(
            "{} sends nobody, and it is Immediate. Offer it to a control room, or choose another grade first.",
            unit.name
        );
        return Err(Refusal::of("to", sentence));
    }
    if old_grade == Grade::Immediate && standing.incident.was_domestic() {
        let sentence = "The lower grade of a domestic incident is for a second person to endorse. Choose it, and offer the incident \
             once it is endorsed.";
        return Err(Refusal::of("grade", sentence));
    }
    Ok(())
}

/// What a transfer needs unless a life is at risk: an assessment, complete and newer than the last change of
/// circumstances, and the reasons for another grade.
fn papers(known: &Known, standing: &Standing, offer: &Offer) -> Result<(), Refusal> {
    if !standing.is_assessed() {
        let sentence = format!("{} Assess it before it is offered to another unit.", not_assessed(standing));
        return Err(Refusal::of("assessment", sentence));
    }
    if offer.new_grade != offer.old_grade {
        in_a_sentence(offer.rationale.shown())?;
        if !is_regrade_reason(known, &offer.reason) {
            return Err(Refusal::of(
                "reason",
                "Say what kind of reason the other grade has: choose one of the list.",
            ));
        }
    }
    Ok(())
}

/// Whether it passes before its papers: a life is at risk, by the grade in force or because it was said, and neither
/// the offer nor a choice made since makes it less.
fn passes_first(standing: &Standing, offer: &Offer) -> bool {
    let Some(in_force) = standing.grade.as_ref().map(|graded| graded.in_force.grade) else { return false };
    let was_said = offer.is_life_at_risk && in_force.is_sent_to() && in_force >= offer.old_grade;
    (in_force == Grade::Immediate || was_said) && offer.new_grade >= offer.old_grade
}

fn is_regrade_reason(known: &Known, key: &str) -> bool {
    code::known(codes::regrade_reasons(), key, codes::day_of(known.now))
}

fn not_assessed(standing: &Standing) -> String {
    match standing.assessed() {
        None => "It has no THRIVE assessment yet.".to_owned(),
        Some(assessed) if !assessed.is_complete => {
            format!("Its THRIVE assessment is not complete: {} of 6 were considered.", assessed.considered)
        }
        Some(assessed) => format!(
            "The circumstances changed at {}, after its THRIVE assessment of {}.",
            moment(standing.incident.changed_at),
            moment(assessed.at)
        ),
    }
}

fn offered(was: &Custody) -> Result<&Offer, Refusal> {
    was.offer
        .as_ref()
        .ok_or_else(|| Refusal::of("offer", "It is not offered to another unit now. Look at it again."))
}

/// Who offered it does not answer for the other unit.
fn by_another(known: &Known, offer: &Offer) -> Result<(), Refusal> {
    if known.by.account == offer.by.account {
        let sentence = format!(
            "You offered it. Somebody of {} accepts or returns it; you can withdraw the offer.",
            unit::name(&offer.to)
        );
        return Err(Refusal::of("offer", sentence));
    }
    Ok(())
}

fn valid_unit(known: &Known, field: &'static str, key: &str) -> Result<&'static unit::Unit, Refusal> {
    unit::of(key)
        .filter(|unit| unit.is_valid_on(codes::day_of(known.now)))
        .ok_or_else(|| Refusal::of(field, format!("“{key}” is not a unit today. Choose one of the list.")))
}

/// What it is after `fact`.
pub fn apply(was: Option<Custody>, fact: &Fact) -> Custody {
    let Some(mut now) = was else {
        let Fact::Placed { at, unit } = fact.clone() else {
            unreachable!("decide lets nothing happen to a custody before it begins")
        };
        return Custody {
            unit,
            since: at,
            offer: None,
            bounces: 0,
            offers: 0,
            accepted: 0,
            passed_first: None,
        };
    };
    match fact.clone() {
        Fact::Placed { at, unit } => (now.unit, now.since) = (unit, at),
        Fact::Called { at, unit, assessment_owed } => {
            (now.unit, now.since, now.offer) = (unit, at, None);
            now.passed_first = assessment_owed.then_some(at).or(now.passed_first);
        }
        Fact::Offered(offer) => {
            now.offers += i64::from(now.accepted == 0);
            now.offer = Some(offer);
        }
        Fact::Accepted { at, assessment_owed, .. } => {
            if let Some(offer) = now.offer.take() {
                (now.unit, now.since) = (offer.to, at);
            }
            now.passed_first = assessment_owed.then_some(at).or(now.passed_first);
            now.accepted += 1;
        }
        Fact::Returned { .. } => {
            now.offer = None;
            now.bounces += 1;
        }
        Fact::Withdrawn { .. } => now.offer = None,
    }
    now
}
