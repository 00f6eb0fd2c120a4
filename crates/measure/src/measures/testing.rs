//! An incident’s evening for the tables of cases: it is opened at 20:00 in Edinburgh.

use contact::{contact::rules::Location, grade::Grade};
use diary::place::{Mode, Place};
use incident::{
    appointment::{
        life::{Booking, Party},
        rules::Because,
    },
    closure::rules::{self as closure_rules, Closing},
    custody::rules::{self as custody_rules, Offer},
    grade::rules::{self as grade_rules, By, Choice},
    incident::rules::{self as incident_rules, Kind},
    standing::Happened,
};
use jiff::{SignedDuration, Timestamp};
use journal::{Id, Private};

use crate::{contribution::Contribution, gist::of::IncidentGist, life::IncidentLife};

/// A minute of the evening of 2 March 2026.
pub fn at(minute: &str) -> Timestamp {
    format!("2026-03-02T{minute}:00Z").parse().unwrap()
}

pub fn id(number: u8) -> Id {
    Id::read(&format!("018a645b-0000-7bb7-b19b-0000000000{number:02x}")).unwrap()
}

pub fn by() -> By {
    By { account: "a1".into(), session: "s1".into() }
}

pub fn words() -> Private<String> {
    "words".to_owned().into()
}

pub fn kind(incident_type: &str, qualifiers: &[&str]) -> Kind {
    let qualifiers = qualifiers.iter().map(|one| (*one).to_owned()).collect();
    Kind { incident_type: incident_type.into(), qualifiers }
}

/// The gist of an incident to which this happened, in order.
pub fn incident(incident_type: &str, qualifiers: &[&str], happened: Vec<Happened>) -> IncidentGist {
    let opened = Happened::Incident(incident_rules::Fact::Opened {
        at: at("20:00"),
        contact: id(1),
        kind: kind(incident_type, qualifiers),
        location: Some(Location { words: words(), division: "E".into(), ..Location::default() }),
        summary: words(),
    });
    let life = std::iter::once(opened)
        .chain(happened)
        .fold(None, |life, one| IncidentLife::after(life, at("20:00"), &one));
    IncidentGist::of(&life.expect("it was opened"))
}

pub fn grade(fact: grade_rules::Fact) -> Happened {
    Happened::Grade(fact)
}

pub fn choice(minute: &str, grade: Grade) -> Choice {
    let (rationale, reason) = (words(), String::new());
    Choice { at: at(minute), grade, suggestion: None, rationale, reason, by: by() }
}

pub fn closure(fact: closure_rules::Fact) -> Happened {
    Happened::Closure(fact)
}

pub fn closing(minute: &str) -> Closing {
    Closing {
        at: at(minute),
        code: "SC02".into(),
        overview: words(),
        updates: words(),
        action: words(),
        outcome: words(),
        accounts_conflict: false,
        explanation: words(),
        by: by(),
    }
}

pub fn custody(fact: custody_rules::Fact) -> Happened {
    Happened::Custody(fact)
}

/// It begins with the resolution team.
pub fn placed() -> Happened {
    custody(custody_rules::Fact::Placed { at: at("20:00"), unit: "resolution_team".into() })
}

/// An offer to a unit, with a code, and so many of the six considered.
pub fn offer(minute: &str, to: &str, code: &str, considered: usize) -> Offer {
    Offer {
        at: at(minute),
        to: to.into(),
        code: code.into(),
        old_grade: Grade::Prompt,
        new_grade: Grade::Prompt,
        rationale: words(),
        reason: String::new(),
        words: words(),
        is_life_at_risk: false,
        considered,
        by: by(),
    }
}

/// An appointment with a division, booked at 20:10.
pub fn booking(starts: &str) -> Booking {
    Booking {
        family: "general".into(),
        unit: "division_e".into(),
        station: String::new(),
        place: Place { diary: id(8), shift: 0, starts_at: at(starts), officer: 0 },
        ends_at: at(starts) + SignedDuration::from_hours(1),
        mode: Mode::Home,
        gender: None,
        why_later: words(),
        at: at("20:10"),
        by: by(),
    }
}

pub fn because(minute: &str, by: Party) -> Because {
    Because { at: at(minute), by, reason: "demand".into(), words: words(), told: None }
}

/// What is contributed to one measure: reason, numerator, denominator.
pub fn counted(measure: &str, all: &[Contribution]) -> Vec<(String, i64, i64)> {
    let of = all.iter().filter(|one| one.measure == measure);
    of.map(|one| (one.reason.clone(), one.numerator, one.denominator)).collect()
}
