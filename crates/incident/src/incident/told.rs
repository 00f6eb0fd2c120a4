//! What happened to an incident, told in the words of its timeline.

use std::collections::BTreeMap;

use contact::{codes::words, thrive::rules as thrive};
use journal::{DatabaseError, Entry, words::moment};

use super::{rules::Fact, views::Moment};
use crate::{
    appointment::{rules::Fact as Appointment, told::told as appointment},
    closure::rules::{Closing, Fact as Closure},
    codes,
    custody::rules::Fact as Custody,
    grade::rules::{Choice, Fact as GradeFact},
    promise::rules::Fact as Promise,
    response::rules::Fact as Response,
    unit,
};

/// The title of a moment, its details, and its kind.
pub(crate) type Told = (String, Vec<(String, String)>, &'static str);

/// One entry as a moment of the timeline.
pub fn told(entry: &Entry, names: &BTreeMap<String, String>) -> Result<Moment, DatabaseError> {
    let (title, details, kind) = words_of(entry)?;
    let details = details.into_iter().filter(|(_, words)| !words.trim().is_empty()).collect();
    let who = names.get(&entry.actor.who).map_or(entry.actor.who.as_str(), String::as_str);
    let role = entry.actor.role.replace('_', " ");
    let when = match entry.happened_at {
        Some(happened) => format!("{}, recorded {}", moment(happened), moment(entry.at)),
        None => moment(entry.at),
    };
    let at = entry.happened_at.unwrap_or(entry.at).to_string();
    Ok(Moment { entry: entry.seq, title, who: format!("{who}, {role}"), at, when, details, kind })
}

fn words_of(entry: &Entry) -> Result<Told, DatabaseError> {
    if let Some(fact) = entry.fact::<Fact>()? {
        return Ok(incident(fact));
    }
    if let Some(fact) = entry.fact::<GradeFact>()? {
        return Ok(grade(fact));
    }
    if let Some(fact) = entry.fact::<Custody>()? {
        return Ok(custody(fact));
    }
    if let Some(fact) = entry.fact::<Response>()? {
        return Ok(response(fact));
    }
    if let Some(fact) = entry.fact::<Closure>()? {
        return Ok(closure(fact));
    }
    if let Some(fact) = entry.fact::<Promise>()? {
        return Ok(promise(fact));
    }
    if let Some(fact) = entry.fact::<Appointment>()? {
        return Ok(appointment(fact));
    }
    if let Some(thrive::Fact::Assessed(assessment)) = entry.fact::<thrive::Fact>()? {
        let title = format!("THRIVE assessment, {} of 6 considered", assessment.considered());
        return Ok((title, vec![pair("What changed", assessment.change.shown())], "update"));
    }
    Ok((entry.kind.clone(), Vec::new(), "update"))
}

fn pair(name: &str, words: &str) -> (String, String) {
    (name.to_owned(), words.to_owned())
}

fn incident(fact: Fact) -> Told {
    match fact {
        Fact::Opened { kind, .. } => {
            ("Opened".to_owned(), vec![pair("Type", words(codes::types(), &kind.incident_type))], "decision")
        }
        Fact::ContactAttached { attached, .. } => {
            let purpose = attached.purpose.map_or("", |purpose| purpose.words());
            ("A contact was added".to_owned(), vec![pair("What it is about it", purpose)], "update")
        }
        Fact::Classified { kind, reason, .. } => {
            let qualifiers: Vec<&str> =
                kind.qualifiers.iter().map(|key| words(codes::qualifiers(), key)).collect();
            let details = vec![
                pair("Type", words(codes::types(), &kind.incident_type)),
                pair("Qualifiers", &qualifiers.join(", ")),
                pair("Reason", reason.shown()),
            ];
            ("Type and qualifiers changed".to_owned(), details, "update")
        }
        Fact::Located { location, .. } => {
            ("Place changed".to_owned(), vec![pair("Place", location.words.shown())], "update")
        }
        Fact::PersonAdded { person } => {
            let role = words(codes::roles(), &person.role);
            (
                format!("Person added, {}", role.to_lowercase()),
                vec![pair("Name", person.name.shown())],
                "update",
            )
        }
        Fact::PersonChanged { person, .. } => {
            ("Person described anew".to_owned(), vec![pair("Name", person.name.shown())], "update")
        }
        Fact::Warned { warnings, .. } => {
            let told: Vec<&str> = warnings.iter().map(|key| words(codes::warnings(), key)).collect();
            ("Warning markers".to_owned(), vec![pair("Now", &told.join(", "))], "update")
        }
        Fact::Logged { words, changes_circumstances, .. } => {
            let title = if changes_circumstances { "Log: the circumstances changed" } else { "Log" };
            (title.to_owned(), vec![pair("", words.shown())], "update")
        }
        Fact::Linked { why, .. } => {
            ("Linked to another incident".to_owned(), vec![pair("Why", why.shown())], "update")
        }
        Fact::CrimeRecorded { .. } => ("A crime was recorded on it".to_owned(), Vec::new(), "target"),
        Fact::CrimeWithdrawn { .. } => {
            ("A crime report on it was withdrawn".to_owned(), Vec::new(), "decision")
        }
    }
}

fn choice(title: String, choice: &Choice) -> Told {
    let suggested = choice.suggestion.as_ref().map_or("", |suggestion| suggestion.grade.words());
    let details = vec![
        pair("Suggested", suggested),
        pair("Reason", words(codes::regrade_reasons(), &choice.reason)),
        pair("Rationale", choice.rationale.shown()),
    ];
    (title, details, "decision")
}

fn grade(fact: GradeFact) -> Told {
    match fact {
        GradeFact::Chosen(chosen) => choice(format!("Graded {}", chosen.grade.words()), &chosen),
        GradeFact::DowngradeAsked(chosen) => {
            choice(format!("Lower grade asked for: {}", chosen.grade.words()), &chosen)
        }
        GradeFact::DowngradeEndorsed { words, .. } => {
            ("Lower grade endorsed".to_owned(), vec![pair("", words.shown())], "decision")
        }
        GradeFact::DowngradeRefused { reason, .. } => {
            ("Lower grade refused".to_owned(), vec![pair("Why", reason.shown())], "decision")
        }
        GradeFact::Explained { rationale, reason, .. } => {
            let reason = pair("Reason", words(codes::regrade_reasons(), &reason));
            let details = vec![reason, pair("Rationale", rationale.shown())];
            ("Grade explained".to_owned(), details, "update")
        }
        GradeFact::DowngradeReconsidered { .. } => {
            let why = "It is domestic, and one person alone had lowered it: the graver grade is in force until another endorses the lower one.";
            ("Lower grade to be endorsed".to_owned(), vec![pair("", why)], "decision")
        }
    }
}

fn custody(fact: Custody) -> Told {
    match fact {
        Custody::Placed { unit, .. } => (format!("Placed with {}", unit::name(&unit)), Vec::new(), "target"),
        Custody::Called { unit, assessment_owed, .. } => {
            let owed = if assessment_owed { "The assessment is owed." } else { "" };
            (format!("At once to {}", unit::name(&unit)), vec![pair("", owed)], "target")
        }
        Custody::Offered(offer) => {
            let code = if offer.code.is_empty() { String::new() } else { format!(" as {}", offer.code) };
            let grades = format!("{} to {}", offer.old_grade.words(), offer.new_grade.words());
            let details = vec![
                pair("Grade", if offer.old_grade == offer.new_grade { "" } else { &grades }),
                pair("Rationale", offer.rationale.shown()),
                pair("", offer.words.shown()),
                pair(
                    "",
                    if offer.is_life_at_risk {
                        "A life is at risk: it passes first, its paperwork is owed."
                    } else {
                        ""
                    },
                ),
            ];
            (format!("Offered to {}{code}", unit::name(&offer.to)), details, "target")
        }
        Custody::Accepted { assessment_owed, .. } => {
            let owed = if assessment_owed { "The assessment is owed." } else { "" };
            ("Offer accepted".to_owned(), vec![pair("", owed)], "target")
        }
        Custody::Returned { reason, words: told, .. } => {
            let details =
                vec![pair("Reason", words(codes::return_reasons(), &reason)), pair("", told.shown())];
            ("Offer returned".to_owned(), details, "target")
        }
        Custody::Withdrawn { reason, .. } => {
            ("Offer withdrawn".to_owned(), vec![pair("Reason", reason.shown())], "target")
        }
    }
}

fn response(fact: Response) -> Told {
    match fact {
        Response::Dispatched { call_sign, .. } => (format!("{call_sign} sent"), Vec::new(), "done"),
        Response::Arrived { call_sign, .. } => (format!("{call_sign} arrived"), Vec::new(), "done"),
        Response::Resulted { call_sign, result, words, .. } => {
            let result =
                codes::result(&result).map_or(result.as_str(), |code| code.words.as_str()).to_owned();
            (format!("{call_sign} is free"), vec![pair("Result", &result), pair("", words.shown())], "done")
        }
        Response::Reviewed(reviewed) => {
            let details = vec![pair("", reviewed.words.shown()), pair("Next", &moment(reviewed.next_at))];
            ("Reviewed by a supervisor".to_owned(), details, "decision")
        }
        Response::AttendanceDecided(attendance) => {
            let title = if attendance.is_excepted {
                "Exception to the attendance policy"
            } else {
                "Attendance policy applied"
            };
            (
                format!("{title} {}", attendance.policy),
                vec![pair("Reason", attendance.reason.shown())],
                "decision",
            )
        }
    }
}

fn promise(fact: Promise) -> Told {
    match fact {
        Promise::Made(made) => {
            let title = format!("Promised: {}", words(codes::promises(), &made.kind).to_lowercase());
            (title, vec![pair("By", &moment(made.due_at)), pair("", made.words.shown())], "target")
        }
        Promise::Fulfilled { way, words, .. } => {
            let details = vec![pair("By way of", way.words()), pair("", words.shown())];
            ("Promise fulfilled".to_owned(), details, "done")
        }
        Promise::Withdrawn { reason, .. } => {
            ("Promise withdrawn".to_owned(), vec![pair("Reason", reason.shown())], "target")
        }
    }
}

fn closing(title: &str, closing: &Closing) -> Told {
    let details = vec![
        pair("Code", &codes::closure_words(&closing.code)),
        pair("Overview", closing.overview.shown()),
        pair("Updates", closing.updates.shown()),
        pair("Action", closing.action.shown()),
        pair("Outcome", closing.outcome.shown()),
        pair("Why the accounts differ", closing.explanation.shown()),
    ];
    (title.to_owned(), details, "decision")
}

fn closure(fact: Closure) -> Told {
    match fact {
        Closure::Closed(told) => closing("Closed", &told),
        Closure::EndorsementAsked(told) => closing("Closing waits for a second person", &told),
        Closure::Endorsed { words, .. } => {
            ("Closing endorsed".to_owned(), vec![pair("", words.shown())], "decision")
        }
        Closure::SentBack { reason, .. } => {
            ("Closing sent back".to_owned(), vec![pair("Why", reason.shown())], "decision")
        }
        Closure::Reopened { reason, .. } => {
            ("Opened again".to_owned(), vec![pair("Reason", reason.shown())], "decision")
        }
    }
}
