//! What the tests of crime reports begin with.

use jiff::Timestamp;
use journal::Id;

use super::rules::{
    About, Answer, Command, Content, Ending, Enquired, Enquiry, Evidence, Fact, Filing, Item, Known, Person,
    Report, Said, Secured, apply, decide,
};

/// 26 November 2026, a Thursday, at that time of the winter.
pub fn clock(time: &str) -> Timestamp {
    format!("2026-11-26T{time}:00Z").parse().unwrap()
}

/// An identity that a test knows again.
pub fn id(number: u8) -> Id {
    Id::read(&format!("018a645b-0000-7bb7-b19b-0000000000{number:02x}")).unwrap()
}

/// The team at that time, about an open incident of 9 o’clock in which nobody is vulnerable.
pub fn known(time: &str) -> Known {
    Known {
        now: clock(time),
        about: About {
            incident: id(1),
            opened_at: clock("09:00"),
            is_closed: false,
            division: "D".into(),
            place: "14 Rowan Court, Kinmuir".to_owned().into(),
            team: "resolution_team".into(),
            is_vulnerable: Some(false),
        },
        may_override: false,
    }
}

/// A line of enquiry.
pub fn enquiry(line: &str, outcome: Enquired) -> Enquiry {
    Enquiry { line: line.into(), outcome, words: String::new().into() }
}

/// An answer.
pub fn said(question: &str, said: Said) -> Answer {
    Answer { question: question.into(), said }
}

/// A person.
pub fn person(role: &str, name: &str) -> Person {
    Person { role: role.into(), name: name.to_owned().into(), reach: "01632 960700".to_owned().into() }
}

/// A theft that may be recorded and filed.
pub fn theft() -> Content {
    Content {
        crime_type: "theft".into(),
        counts: 1,
        happened_from: clock("07:00"),
        happened_until: Some(clock("08:30")),
        account: "A bicycle was taken from a shed.".to_owned().into(),
        persons: vec![person("victim", "Mòrag Bàn")],
        property: vec![Item {
            what: "Bicycle; red".to_owned().into(),
            pence: Some(45_000),
            marks: "frame WBK 12345".to_owned().into(),
        }],
        answers: vec![said("theft_last_seen", Said::At(clock("07:00"))), said("theft_was_locked", Said::Yes)],
        enquiries: ["cctv", "witnesses", "suspect", "property_trace"]
            .map(|line| enquiry(line, Enquired::NotPossible))
            .to_vec(),
        evidence: vec![Evidence { item: "doorbell".into(), state: Secured::None }],
        ending: Ending::RecordAndFile,
        filing: Some(Filing {
            reason: "no_lines_of_enquiry".into(),
            way: "spoken".into(),
            at: clock("10:00"),
        }),
        definition: 0,
    }
}

/// Recording that content.
pub fn recording(content: Content) -> Command {
    Command::Record { content: Box::new(content), override_reason: String::new() }
}

/// What it is after a command that is not refused.
pub fn then(was: Option<Report>, time: &str, command: Command) -> Report {
    let fact = fact(was.as_ref(), time, command);
    apply(was, &fact)
}

/// The fact of a command that is not refused.
pub fn fact(was: Option<&Report>, time: &str, command: Command) -> Fact {
    decide(&known(time), was, command).unwrap_or_else(|refusal| panic!("{refusal}"))
}

/// The theft, recorded at 10 o’clock.
pub fn recorded() -> Report {
    then(None, "10:00", recording(theft()))
}

/// Returned for a line that was missed.
pub fn giving_back() -> Command {
    Command::Return {
        unit: "division_d".into(),
        reason: "lines_missed".into(),
        words: "Ask the neighbour.".into(),
    }
}

/// The theft, reworked.
pub fn resubmitting() -> Command {
    let mut content = theft();
    content.account = "A bicycle was taken from a locked shed.".to_owned().into();
    let (override_reason, words) = (String::new(), "The neighbour was asked.".to_owned());
    Command::Resubmit { content: Box::new(content), override_reason, words }
}

/// The theft, amended.
pub fn amending() -> Command {
    let mut content = theft();
    content.counts = 2;
    let (override_reason, words) = (String::new(), "Two were taken.".to_owned());
    Command::Amend { content: Box::new(content), override_reason, words }
}

/// It was recorded twice.
pub fn withdrawing() -> Command {
    Command::Withdraw { words: "It is there already.".into() }
}

/// An export.
pub fn exporting() -> Command {
    Command::Export { format: 1, json_sha256: "aa".into(), csv_sha256: "bb".into() }
}

/// The crime system has it.
pub fn acknowledging() -> Command {
    Command::Acknowledge { reference: "CR/0012345/26".into() }
}
