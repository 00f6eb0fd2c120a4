//! What the tests of referrals begin with.

use jiff::Timestamp;
use journal::Id;

use super::{
    rules::{Answer, Command, Consent, Fact, Known, Referral, Said, apply, decide},
    sending::Sending,
};

/// A moment.
pub fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// 26 November 2026, a Thursday, at that time of the winter.
pub fn clock(time: &str) -> Timestamp {
    at(&format!("2026-11-26T{time}Z"))
}

/// An identity that a test knows again.
pub fn id(number: u8) -> Id {
    Id::read(&format!("018a645b-0000-7bb7-b19b-0000000000{number:02x}")).unwrap()
}

/// The police at that time.
pub fn known(time: &str) -> Known {
    Known { now: clock(time), link: None, open: Vec::new() }
}

/// An answer.
pub fn said(question: &str, said: Said) -> Answer {
    Answer { question: question.to_owned(), said }
}

/// The person agreed.
pub fn agreed() -> Consent {
    Consent::Given { by: "the_person".into(), way: "spoken".into() }
}

/// A general referral that may be sent.
pub fn general() -> Sending {
    Sending {
        incident: id(1),
        agency: "fire_and_rescue".into(),
        kind: "general".into(),
        division: "D".into(),
        consent: Some(agreed()),
        age: None,
        person: "Mòrag Bàn".into(),
        reach: "07700 900480".into(),
        summary: "She lives alone and her cooker smoulders.".into(),
        answers: Vec::new(),
        preferences: Vec::new(),
    }
}

/// A Distress Brief Intervention that may be sent.
pub fn brief() -> Sending {
    Sending {
        agency: "distress_north_east".into(),
        kind: "distress_brief_intervention".into(),
        age: Some(16),
        answers: vec![said("in_distress", Said::Yes), said("no_emergency_treatment", Said::Yes)],
        ..general()
    }
}

/// A call to a clinician from the scene, started at that time.
pub fn call(started: &str) -> Sending {
    Sending {
        agency: "mental_health_hub".into(),
        kind: "direct_contact_from_scene".into(),
        consent: None,
        answers: vec![said("call_started_at", Said::At(clock(started)))],
        ..general()
    }
}

/// `sending`, sent at that time.
pub fn sent(time: &str, sending: Sending) -> Referral {
    then(None, &known(time), Command::Send(Box::new(sending)))
}

/// What it is after a command that is not refused.
pub fn then(was: Option<Referral>, known: &Known, command: Command) -> Referral {
    let fact = fact(was.as_ref(), known, command);
    apply(was, &fact)
}

/// The fact of a command that is not refused.
pub fn fact(was: Option<&Referral>, known: &Known, command: Command) -> Fact {
    decide(known, was, command).unwrap_or_else(|refusal| panic!("{refusal}"))
}

/// Accepted just now.
pub fn accept() -> Command {
    Command::Accept { at: None, by: "R. Baird".into(), words: String::new() }
}

/// Declined just now.
pub fn decline() -> Command {
    Command::Decline { at: None, reason: "no_capacity".into(), words: "Full until Monday".into() }
}

/// Finished just now.
pub fn finish() -> Command {
    Command::Finish { at: None, outcome: "supported".into(), words: String::new(), answers: Vec::new() }
}

/// Given back.
pub fn bounce() -> Command {
    Command::BounceBack { reason: "risk_rose".into(), words: "He has a knife.".into() }
}

/// Taken back by the police.
pub fn withdraw() -> Command {
    Command::Withdraw { reason: "She moved away.".into() }
}
