//! An evening’s entries for the tables of cases: contact 1 opens incident 9 at 20:00.

use std::collections::BTreeMap;

use contact::{
    contact::rules::{self as contact_rules, Arrival, Channel, Location},
    grade::Grade,
    thrive::rules::{self as thrive_rules, Assessment, Considered, Element, Level},
};
use diary::place::{Mode, Place};
use failure::story::{self, Ground, What};
use incident::{
    appointment::{
        life::{Booking, Party},
        rules::{self as appointment_rules, Because},
    },
    closure::rules::{self as closure_rules, Closing},
    custody::rules::{self as custody_rules, Offer},
    grade::rules::{self as grade_rules, By, Choice as Chosen},
    incident::rules::{self as incident_rules, Kind},
    promise::rules::{self as promise_rules, Promise},
    response::rules::{self as response_rules},
    standing::Happened,
};
use jiff::{SignedDuration, Timestamp};
use journal::{Id, Private};
use partner::referral::rules::{self as referral_rules, Consent, Sent};

use super::{
    told::{Fact, Told},
    translate::Story,
};
/// A minute of the evening of 2 March 2026.
pub fn at(minute: &str) -> Timestamp {
    format!("2026-03-02T{minute}:00Z").parse().unwrap()
}

pub fn id(number: u8) -> Id {
    Id::read(&format!("018a645b-0000-7bb7-b19b-0000000000{number:02x}")).unwrap()
}

pub const INCIDENT: u8 = 9;

pub fn by() -> By {
    By { account: "a1".into(), session: "s1".into() }
}

pub fn words() -> Private<String> {
    "words".to_owned().into()
}

pub fn arrival(minute: &str, channel: Channel) -> Arrival {
    Arrival {
        channel,
        option: String::new(),
        line: String::new(),
        number: words(),
        arrived_at: at(minute),
        answered_at: Some(at(minute)),
        their_reference: String::new(),
    }
}

pub fn received(minute: &str) -> Fact {
    Fact::Contact(contact_rules::Fact::Received(arrival(minute, Channel::NonEmergency)))
}

pub fn place(division: &str, is_rural: Option<bool>) -> Location {
    Location { words: words(), division: division.into(), is_rural, ..Location::default() }
}

pub fn opened(incident_type: &str, qualifiers: &[&str]) -> Fact {
    let qualifiers = qualifiers.iter().map(|one| (*one).to_owned()).collect();
    Fact::Incident(Happened::Incident(incident_rules::Fact::Opened {
        at: at("20:00"),
        contact: id(1),
        kind: Kind { incident_type: incident_type.into(), qualifiers },
        location: Some(place("E", None)),
        summary: words(),
    }))
}

pub fn attached() -> Fact {
    Fact::Contact(contact_rules::Fact::Attached { incident: id(INCIDENT) })
}

pub fn chosen(minute: &str, grade: Grade, reason: &str) -> Chosen {
    let (rationale, reason) = (words(), reason.to_owned());
    Chosen { at: at(minute), grade, suggestion: None, rationale, reason, by: by() }
}

pub fn graded(minute: &str, grade: Grade, reason: &str) -> Fact {
    Fact::Incident(Happened::Grade(grade_rules::Fact::Chosen(chosen(minute, grade, reason))))
}

pub fn custody(fact: custody_rules::Fact) -> Fact {
    Fact::Incident(Happened::Custody(fact))
}

pub fn offered(minute: &str, code: &str) -> Fact {
    custody(custody_rules::Fact::Offered(Offer {
        at: at(minute),
        to: "division_e".into(),
        code: code.into(),
        old_grade: Grade::Standard,
        new_grade: Grade::Standard,
        rationale: words(),
        reason: String::new(),
        words: words(),
        is_life_at_risk: false,
        considered: 6,
        by: by(),
    }))
}

pub fn returned(minute: &str, reason: &str) -> Fact {
    let (reason, words) = (reason.to_owned(), words());
    custody(custody_rules::Fact::Returned { at: at(minute), reason, words, by: by() })
}

pub fn response(fact: response_rules::Fact) -> Fact {
    Fact::Incident(Happened::Response(fact))
}

pub fn closure(fact: closure_rules::Fact) -> Fact {
    Fact::Incident(Happened::Closure(fact))
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

pub fn promise(fact: promise_rules::Fact) -> Fact {
    Fact::Incident(Happened::Promise(fact))
}

pub fn made(due: &str) -> Fact {
    promise(promise_rules::Fact::Made(Promise {
        kind: "update".into(),
        made_at: at("20:10"),
        by: by(),
        due_at: at(due),
        words: words(),
        ended: None,
    }))
}

pub fn appointment(fact: appointment_rules::Fact) -> Fact {
    Fact::Incident(Happened::Appointment(fact))
}

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

pub fn kept(minute: &str, late_by_minutes: i64, as_asked: Option<bool>) -> Fact {
    let (at, words) = (at(minute), words());
    appointment(appointment_rules::Fact::Kept {
        number: 0,
        at,
        late_by_minutes,
        is_late: false,
        as_asked,
        words,
    })
}

pub fn assessment(considered: usize, markers: &[&str]) -> Fact {
    let one = |element| (element, Considered { level: Level::Low, narrative: words() });
    let elements: BTreeMap<_, _> = Element::ALL.into_iter().take(considered).map(one).collect();
    let markers = markers.iter().map(|one| (*one).to_owned()).collect();
    Fact::Thrive(thrive_rules::Fact::Assessed(Assessment { elements, markers, ..Assessment::default() }))
}

pub fn sent() -> Fact {
    Fact::Referral(referral_rules::Fact::Sent(Box::new(Sent {
        incident: id(INCIDENT),
        agency: "a".into(),
        kind: "k".into(),
        division: "E".into(),
        at: at("20:10"),
        reply_by: at("22:00"),
        consent: Consent::Given { by: "the_person".into(), way: "spoken".into() },
        is_age_confirmed: true,
        person: words(),
        reach: words(),
        summary: words(),
        cautions: words(),
        answers: vec![],
        definition: 1,
    })))
}

pub fn declined(reason: &str) -> Fact {
    let (reason, words) = (reason.to_owned(), words());
    Fact::Referral(referral_rules::Fact::Declined { at: at("20:40"), reason, words, link: None })
}

/// An entry: of whom, when it was recorded, and when it happened, where that is another minute.
pub type Step = (u8, &'static str, Option<&'static str>, Fact);

pub fn story(steps: &[Step]) -> Story {
    let mut story = Story::of(id(INCIDENT));
    for (seq, (subject, recorded, happened, fact)) in (1..).zip(steps) {
        story.tell(&Told {
            seq,
            recorded_at: at(recorded),
            at: at(happened.unwrap_or(recorded)),
            subject: id(*subject),
            fact: fact.clone(),
        });
    }
    story
}

/// Contact 1 opens incident 9 at 20:00; then the steps.
pub fn begun(steps: &[Step]) -> Vec<Step> {
    let begin = [
        (1, "20:00", Some("19:55"), received("19:55")),
        (INCIDENT, "20:00", None, opened("alarm", &[])),
        (1, "20:00", None, attached()),
    ];
    begin.into_iter().chain(steps.iter().cloned()).collect()
}

/// What happened to the incident, in the order of time, without its contacts.
pub fn happened(steps: &[Step]) -> Vec<(String, What)> {
    let mut all = story(&begun(steps)).issue().happenings;
    all.sort();
    all.retain(|one| !matches!(one.what, What::Contacted(_)));
    assert!(all.iter().all(|one| one.incident == Some(id(INCIDENT).to_string())));
    all.into_iter().map(|one| (one.at.to_string()[11..16].to_owned(), one.what)).collect()
}

pub fn on(steps: Vec<(&'static str, Fact)>) -> Vec<Step> {
    steps.into_iter().map(|(minute, fact)| (INCIDENT, minute, None, fact)).collect()
}

/// What it is about, the steps, and what is told of them.
pub type Case<'a> = (&'a str, Vec<Step>, Vec<(&'a str, What)>);

pub fn check(cases: Vec<Case<'_>>) {
    for (case, steps, expected) in cases {
        let expected: Vec<_> = expected.into_iter().map(|(minute, what)| (minute.to_owned(), what)).collect();
        assert_eq!(happened(&steps), expected, "{case}");
    }
}

pub fn grade(grade: story::Grade, due: Option<&str>, reason: Option<Ground>) -> What {
    What::Graded { grade, due_at: due.map(at), reason }
}
