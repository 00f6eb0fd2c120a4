//! What a filled form means.

use std::collections::BTreeMap;

use contact::{
    contact::rules::Location,
    grade::Grade,
    thrive::{
        definition::definition,
        rules::{Assessment, Command as Thrive, Element, considered},
    },
};
use jiff::{Timestamp, ToSpan, civil::Time};
use journal::{Id, Refusal, time_to_come};
use web::Typed;

use super::appointments;
use crate::{
    Change,
    closure::rules::{Command as Closure, Form as Closing},
    codes,
    custody::rules::Command as Custody,
    grade::rules::Command as GradeCommand,
    incident::rules::{Command, Kind, Person},
    promise::rules::Command as Promise,
    response::rules::Command as Response,
    standing::Standing,
};

/// The change that the form called `word` means. `linked` is the incident that a reference means, where one was typed.
pub fn change(
    word: &str,
    standing: &Standing,
    typed: &Typed,
    now: Timestamp,
    linked: Option<Id>,
) -> Result<Change, Refusal> {
    Ok(match word {
        "assessment" => Change::Thrive(Thrive::Assess(assessment(standing, typed)?)),
        "grade" | "explanation" | "downgrade" => Change::Grade(of_grade(word, typed)?),
        "dispatch" | "arrival" | "result" | "review" | "attendance" => {
            Change::Response(response(word, typed, now)?)
        }
        "offer" | "acceptance" | "return" | "withdrawal" => Change::Custody(of_custody(word, typed)?),
        "promise" | "fulfilment" | "release" => Change::Promise(of_promise(word, typed, now)?),
        word if appointments::is_one(word) => Change::Appointment(appointments::meant(word, typed, now)?),
        "closure" | "endorsement" | "reopening" => Change::Closure(of_closure(word, typed)?),
        _ => Change::Incident(of_incident(word, standing, typed, linked)?),
    })
}

fn text(typed: &Typed, name: &str) -> String {
    typed.get(name).to_owned()
}

fn is(typed: &Typed, name: &str) -> bool {
    typed.get(name) == "yes"
}

fn of_grade(word: &str, typed: &Typed) -> Result<GradeCommand, Refusal> {
    let (rationale, reason, words) = (text(typed, "rationale"), text(typed, "reason"), text(typed, "words"));
    Ok(match word {
        "grade" => GradeCommand::Choose { grade: grade(typed)?, suggestion: None, rationale, reason },
        "explanation" => GradeCommand::Explain { rationale, reason },
        _ if endorses(typed)? => GradeCommand::EndorseDowngrade { words },
        _ => GradeCommand::RefuseDowngrade { reason: words },
    })
}

fn of_custody(word: &str, typed: &Typed) -> Result<Custody, Refusal> {
    let (reason, words) = (text(typed, "reason"), text(typed, "words"));
    Ok(match word {
        "offer" => Custody::Offer {
            to: text(typed, "to"),
            new_grade: grade(typed)?,
            rationale: text(typed, "rationale"),
            reason,
            words,
            is_life_at_risk: is(typed, "is_life_at_risk"),
        },
        "acceptance" => Custody::Accept,
        "return" => Custody::Return { reason, words },
        _ => Custody::Withdraw { reason },
    })
}

fn of_promise(word: &str, typed: &Typed, now: Timestamp) -> Result<Promise, Refusal> {
    let text = |name: &str| text(typed, name);
    if word == "promise" {
        return Ok(Promise::Make {
            kind: text("kind"),
            due_at: time_to_come("due_at", typed.get("due_at"), now)?,
            words: text("words"),
        });
    }
    let unknown = || Refusal::of("number", "Choose the promise.");
    let number = typed.get("number").trim().parse().map_err(|_| unknown())?;
    Ok(match word {
        "fulfilment" => Promise::Fulfil {
            number,
            at: moment(typed.get("at"), now)?,
            way: text("way"),
            words: text("words"),
        },
        _ => Promise::Withdraw { number, reason: text("reason") },
    })
}

fn of_closure(word: &str, typed: &Typed) -> Result<Closure, Refusal> {
    let text = |name: &str| text(typed, name);
    Ok(match word {
        "closure" => Closure::Close(Closing {
            code: text("code"),
            overview: text("overview"),
            updates: text("updates"),
            action: text("action"),
            outcome: text("outcome"),
            accounts_conflict: is(typed, "accounts_conflict"),
            explanation: text("explanation"),
        }),
        "reopening" => Closure::Reopen { reason: text("reason") },
        _ if endorses(typed)? => Closure::Endorse { words: text("words") },
        _ => Closure::SendBack { reason: text("words") },
    })
}

fn of_incident(
    word: &str,
    standing: &Standing,
    typed: &Typed,
    linked: Option<Id>,
) -> Result<Command, Refusal> {
    Ok(match word {
        "log" => Command::Log {
            words: text(typed, "words"),
            changes_circumstances: is(typed, "changes_circumstances"),
        },
        "classification" => Command::Classify {
            kind: Kind { incident_type: text(typed, "incident_type"), qualifiers: typed.all("qualifiers") },
            reason: text(typed, "reason"),
        },
        "location" => Command::Locate(location(standing, typed)),
        "person" => Command::AddPerson(person(typed)),
        "warnings" => Command::Warn { warnings: typed.all("warnings") },
        "link" => {
            let unknown =
                "No incident has that reference. Look at it again: I-, signs, and a last one that checks it.";
            let to = linked.ok_or_else(|| Refusal::of("to", unknown))?;
            Command::Link { to, why: text(typed, "why") }
        }
        other => unreachable!("{other:?} is no form: pages look it up before they come here"),
    })
}

fn endorses(typed: &Typed) -> Result<bool, Refusal> {
    match typed.get("decision") {
        "endorse" => Ok(true),
        "refuse" => Ok(false),
        _ => Err(Refusal::of("decision", "Choose one of the two.")),
    }
}

fn grade(typed: &Typed) -> Result<Grade, Refusal> {
    Grade::of(typed.get("grade")).ok_or_else(|| Refusal::of("grade", "Choose a grade."))
}

fn response(word: &str, typed: &Typed, now: Timestamp) -> Result<Response, Refusal> {
    let text = |name: &str| typed.get(name).trim().to_owned();
    let number = |name: &'static str, what: &str| {
        let told = || Refusal::of(name, format!("{what} is not a number. Enter it in digits."));
        text(name).parse::<i64>().map_err(|_| told())
    };
    let call_sign = text("call_sign");
    Ok(match word {
        "dispatch" => Response::Dispatch { call_sign, at: moment(typed.get("at"), now)? },
        "arrival" => Response::Arrive { call_sign, at: moment(typed.get("at"), now)? },
        "result" => Response::Result {
            call_sign,
            at: moment(typed.get("at"), now)?,
            result: text("result"),
            words: text("words"),
        },
        "review" => Response::Review {
            next_in_minutes: number("next_in_minutes", "The time to the next review")?,
            words: text("words"),
        },
        _ => {
            if text("policy").is_empty() {
                return Err(Refusal::of(
                    "policy",
                    "Choose the policy. If none is offered, none is about this type of incident.",
                ));
            }
            Response::DecideAttendance {
                policy: number("policy", "The policy")?,
                is_excepted: typed.get("is_excepted") == "yes",
                reason: text("reason"),
            }
        }
    })
}

/// A time as typed: "20:14" or "20:14:07" is today's, or yesterday's where that is still to come by more than a minute;
/// nothing is now; anything longer is a moment as programs write it.
pub fn moment(typed: &str, now: Timestamp) -> Result<Timestamp, Refusal> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(now);
    }
    if let Ok(at) = typed.parse::<Timestamp>() {
        return Ok(at);
    }
    let told = || {
        Refusal::of("at", format!("“{typed}” is not a time. Give it as 20:14, or leave it empty for now."))
    };
    let pattern = if typed.matches(':').count() == 2 { "%H:%M:%S" } else { "%H:%M" };
    let time = Time::strptime(pattern, typed).map_err(|_| told())?;
    let local = now.to_zoned(codes::scotland());
    // The minute that runs is typed without its seconds.
    if time.hour() == local.hour() && time.minute() == local.minute() && pattern == "%H:%M" {
        return Ok(now);
    }
    let on =
        |date: jiff::civil::Date| date.to_datetime(time).to_zoned(codes::scotland()).map(|at| at.timestamp());
    let today = on(local.date()).map_err(|_| told())?;
    if today.duration_since(now).as_secs() <= 60 {
        return Ok(today);
    }
    on(local.date().saturating_sub(1.day())).map_err(|_| told())
}

fn assessment(standing: &Standing, typed: &Typed) -> Result<Assessment, Refusal> {
    let mut elements = BTreeMap::new();
    for element in Element::ALL {
        let name = element.as_str();
        let narrative = typed.get(&format!("{name}_narrative"));
        if let Some(considered) = considered(element, typed.get(name), narrative)? {
            elements.insert(element, considered);
        }
    }
    let was = standing.assessment.as_ref().map(|(was, _)| was);
    Ok(Assessment {
        elements,
        markers: typed.all("markers"),
        for_want_of_ambulance: was.is_some_and(|was| was.for_want_of_ambulance),
        clinical_assessment_made: was.and_then(|was| was.clinical_assessment_made),
        definition: definition().version,
        change: typed.get("change").to_owned().into(),
    })
}

fn location(standing: &Standing, typed: &Typed) -> Location {
    let was = standing.incident.location.clone().unwrap_or_default();
    let words = typed.get("place_words").trim().to_owned();
    let same = was.words.shown() == words;
    Location {
        place: if same { was.place } else { String::new().into() },
        is_rural: was.is_rural.filter(|_| same),
        words: words.into(),
        division: typed.get("division").to_owned(),
        beat: typed.get("beat").trim().to_owned(),
    }
}

fn person(typed: &Typed) -> Person {
    let text = |name: &str| typed.get(name).trim().to_owned();
    Person {
        name: text("name").into(),
        born: text("born").into(),
        number: text("number").into(),
        role: text("role"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_todays_or_yesterdays_never_to_come() {
        let now: Timestamp = "2026-11-26T00:30:40Z".parse().unwrap();
        let summer: Timestamp = "2026-07-01T00:30:00Z".parse().unwrap();
        for (now, typed, expected) in [
            (now, "", "2026-11-26T00:30:40Z"),
            (now, "00:30", "2026-11-26T00:30:40Z"),
            (now, "00:10", "2026-11-26T00:10:00Z"),
            (now, "00:10:30", "2026-11-26T00:10:30Z"),
            (now, "23:50", "2026-11-25T23:50:00Z"),
            (now, "2026-11-25T20:00:00Z", "2026-11-25T20:00:00Z"),
            (summer, "01:10", "2026-07-01T00:10:00Z"),
            (summer, "23:50", "2026-06-30T22:50:00Z"),
        ] {
            assert_eq!(moment(typed, now).unwrap(), expected.parse().unwrap(), "{typed}");
        }
        for typed in ["late", "25:00", "12.30"] {
            assert_eq!(moment(typed, now).unwrap_err().field, "at", "{typed}");
        }
    }
}
