//! A few words in which the tests tell what happened: minutes from nine o’clock on a Monday, incidents by a letter.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};

use crate::{
    classify,
    code::Code,
    definition::{Definition, definitions},
    rules::Judged,
    story::{Attempt, Contact, EndedBy, Grade, Ground, Happening, Issue, Kind, Mark, State, What},
};

pub const HOUR: i64 = 60;
pub const DAY: i64 = 24 * HOUR;

pub fn fd1() -> &'static Definition {
    definitions().version.first().unwrap()
}

/// So many minutes after Monday, 2 March 2026, 09:00.
pub fn at(minute: i64) -> Timestamp {
    "2026-03-02T09:00:00Z".parse::<Timestamp>().unwrap() + SignedDuration::from_mins(minute)
}

pub fn far() -> Timestamp {
    at(1_000 * DAY)
}

/// A 101 call about something, of which no more is recorded.
pub fn call(id: &str) -> Contact {
    Contact {
        id: id.to_owned(),
        channel: "non_emergency".to_owned(),
        division: Some("G".to_owned()),
        family: None,
        number: Some("n1".to_owned()),
        is_answered: true,
        kind: Some(Kind::Ordinary),
        has_risk: false,
        advisor: None,
        handling_minutes: Some(6),
        is_new_information: None,
        marks: BTreeSet::new(),
    }
}

pub fn through(channel: &str, contact: Contact) -> Contact {
    Contact { channel: channel.to_owned(), ..contact }
}

pub fn about(family: &str, contact: Contact) -> Contact {
    Contact { family: Some(family.to_owned()), ..contact }
}

pub fn said(code: Code, contact: Contact) -> Contact {
    Contact { advisor: Some(code), ..contact }
}

pub fn marked(mark: Mark, contact: Contact) -> Contact {
    Contact { marks: BTreeSet::from([mark]), ..contact }
}

pub fn new_information(contact: Contact) -> Contact {
    Contact { is_new_information: Some(true), ..contact }
}

pub fn graded(grade: Grade, due: Option<i64>) -> What {
    What::Graded { grade, due_at: due.map(at), reason: None }
}

pub fn regraded(grade: Grade, reason: Ground) -> What {
    What::Graded { grade, due_at: None, reason: Some(reason) }
}

pub fn assessed(considered: u8, vulnerabilities: &[&str], reason: Option<Ground>) -> What {
    let vulnerabilities = vulnerabilities.iter().map(|&one| one.to_owned()).collect();
    What::Assessed { considered, vulnerabilities, reason }
}

pub fn promised(due: i64) -> What {
    What::Promised { promise: "p".to_owned(), due_at: at(due) }
}

pub fn appointment(state: State) -> What {
    What::Appointment { appointment: "a".to_owned(), state }
}

pub fn attempt(waited_seconds: u32, ended_by: EndedBy) -> What {
    let channel = "non_emergency".to_owned();
    What::Attempted(Attempt { channel, number: Some("n1".to_owned()), waited_seconds, ended_by })
}

/// A fact about an incident; about none where that is empty.
pub fn fact(minute: i64, incident: &str, what: What) -> Happening {
    let incident = Some(incident.to_owned()).filter(|incident| !incident.is_empty());
    Happening { at: at(minute), order: 0, incident, what }
}

/// The issue that begins with incident A, its facts numbered as they are told.
pub fn issue(mut happenings: Vec<Happening>) -> Issue {
    happenings.iter_mut().zip(0..).for_each(|(one, order)| one.order = order);
    Issue { incident: "A".to_owned(), happenings }
}

/// What the contact of that identity was, as all is known.
pub fn judged(definition: &Definition, issue: &Issue, id: &str) -> Judged {
    let all = classify(definition, issue, far());
    all.into_iter().find(|one| one.contact == id).unwrap()
}

/// The codes of the strong rules that held.
pub fn fired(judged: &Judged) -> Vec<Code> {
    judged.fired.iter().map(|fired| fired.rule.code()).collect()
}

/// A seeded generator, so that a failure can be had again.
pub struct Chance(pub u64);

impl Chance {
    pub fn below(&mut self, most: i64) -> i64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        i64::try_from(self.0 >> 33).unwrap() % most
    }

    /// True in so many of a hundred.
    pub fn percent(&mut self, percent: i64) -> bool {
        self.below(100) < percent
    }

    pub fn one_of<T: Clone>(&mut self, all: &[T]) -> T {
        all[usize::try_from(self.below(i64::try_from(all.len()).unwrap())).unwrap()].clone()
    }

    pub fn shuffle<T>(&mut self, all: &mut [T]) {
        for last in (1..all.len()).rev() {
            all.swap(last, usize::try_from(self.below(i64::try_from(last + 1).unwrap())).unwrap());
        }
    }
}
