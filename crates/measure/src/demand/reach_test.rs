//! Calls that were given up and systems that were down, from the entries to what a contact was: tables of cases.

use contact::{
    contact::{
        given_up::rules::GivenUp,
        rules::{self as contact_rules, Channel, Coded, Earlier, Link, Purpose},
    },
    outage::rules::{self as outage_rules, Told as Said},
};
use failure::{
    classify_in_force,
    code::Code,
    definition::definitions,
    rule::Rule,
    story::{EndedBy, What},
};
use jiff::Timestamp;

use super::testing::*;
use super::told::Fact;

/// What contact `number` is counted as, with the strong rules that hold.
fn judged(steps: &[Step], number: u8) -> (Option<Code>, Vec<Rule>) {
    let all = classify_in_force(definitions(), &story(steps).issue(), Timestamp::MAX);
    let found = all.into_iter().find(|one| one.contact == id(number).to_string()).unwrap();
    (found.primary, found.fired.iter().map(|fired| fired.rule).collect())
}

fn came(channel: Channel, minute: &str) -> Fact {
    Fact::Contact(contact_rules::Fact::Received(arrival(minute, channel)))
}

fn coded(code: Code) -> Fact {
    Fact::Contact(contact_rules::Fact::Coded(Coded { code, definition: 1 }))
}

fn said(began: &str, ended: Option<&str>) -> Said {
    let (system, callers) = ("radio".to_owned(), String::new());
    Said { system, began_at: at(began), ended_at: ended.map(at), callers }
}

fn began(minute: &str, ended: Option<&str>) -> Fact {
    Fact::Outage(outage_rules::Fact::Began { told: said(minute, ended), source: words() })
}

fn corrected(minute: &str, ended: Option<&str>) -> Fact {
    Fact::Outage(outage_rules::Fact::Corrected { told: said(minute, ended), reason: words() })
}

const OUTAGE: u8 = 20;
const OTHER: u8 = 21;

#[test]
fn an_outage_and_the_advisors_word_together_are_a_failure() {
    let back = |minute| Fact::Outage(outage_rules::Fact::Ended { at: at(minute), source: words() });
    let none = || Fact::Outage(outage_rules::Fact::TakenBack { reason: words() });
    // The contact comes at 20:30; its day is the day of everything.
    for (case, outages, holds) in [
        ("none", vec![], false),
        ("open", vec![(OUTAGE, began("20:00", None))], true),
        ("told late", vec![(OUTAGE, began("20:00", Some("20:10")))], true),
        ("ended", vec![(OUTAGE, began("20:00", None)), (OUTAGE, back("20:10"))], true),
        ("still to begin", vec![(OUTAGE, began("20:31", None))], false),
        ("taken back", vec![(OUTAGE, began("20:00", None)), (OUTAGE, none())], false),
        (
            "corrected to later",
            vec![(OUTAGE, began("20:00", None)), (OUTAGE, corrected("20:40", None))],
            false,
        ),
        (
            "corrected to earlier",
            vec![(OUTAGE, began("20:40", None)), (OUTAGE, corrected("20:00", None))],
            true,
        ),
        (
            "another of the same system is over, this one is not",
            vec![
                (OTHER, began("19:00", Some("20:00"))),
                (OUTAGE, began("20:00", None)),
                (OTHER, corrected("19:10", Some("20:00"))),
            ],
            true,
        ),
    ] {
        for is_told_first in [true, false] {
            let told = outages.iter().cloned().map(|(outage, fact)| (outage, "23:00", None, fact));
            let contact = [
                (1, "20:30", Some("20:30"), came(Channel::NonEmergency, "20:30")),
                (1, "20:31", None, coded(Code::F14)),
            ];
            let steps: Vec<Step> = if is_told_first {
                told.chain(contact).collect()
            } else {
                contact.into_iter().chain(told).collect()
            };
            let expected =
                if holds { (Some(Code::F14), vec![Rule::SystemDown]) } else { (Some(Code::V1), vec![]) };
            assert_eq!(judged(&steps, 1), expected, "{case}, told first: {is_told_first}");
            // Where the advisor says nothing or something else an outage only asks.
            for word in [None, Some(Code::V3)] {
                let said = word.map(|code| (1, "20:32", None, coded(code)));
                let taken = Fact::Contact(contact_rules::Fact::CodeTakenBack(Coded {
                    code: Code::F14,
                    definition: 1,
                }));
                let silent: Vec<Step> =
                    steps.iter().cloned().chain([(1, "20:32", None, taken)]).chain(said).collect();
                assert_eq!(judged(&silent, 1), (Some(Code::V1), vec![]), "{case}, {word:?}");
            }
        }
    }
}

#[test]
fn an_outage_is_told_for_as_long_as_it_was_ever_said_to_be() {
    use super::down::ever;
    let told = |facts: Vec<(&'static str, Fact)>| -> Vec<super::told::Told> {
        let one = |(minute, fact): (&str, Fact)| super::told::Told {
            seq: 1,
            recorded_at: at(minute),
            at: at(minute),
            subject: id(OUTAGE),
            fact,
        };
        facts.into_iter().map(one).collect()
    };
    let back = |minute| Fact::Outage(outage_rules::Fact::Ended { at: at(minute), source: words() });
    for (case, facts, expected) in [
        ("not of an outage", vec![("20:00", received("20:00"))], None),
        ("open", vec![("20:05", began("20:00", None))], Some(("20:00", None))),
        ("told late", vec![("23:00", began("20:00", Some("20:10")))], Some(("20:00", Some("20:10")))),
        // Until that was recorded it was taken to be down.
        (
            "ended",
            vec![("20:05", began("20:00", None)), ("22:00", back("20:10"))],
            Some(("20:00", Some("22:00"))),
        ),
        (
            "shorter than was said",
            vec![("23:00", began("20:00", Some("21:00"))), ("23:10", corrected("20:20", Some("20:30")))],
            Some(("20:00", Some("21:00"))),
        ),
        (
            "down after all",
            vec![("23:00", began("20:00", Some("21:00"))), ("23:10", corrected("20:20", None))],
            Some(("20:00", None)),
        ),
    ] {
        let found = ever(&told(facts));
        assert_eq!(found, expected.map(|(from, until)| (at(from), until.map(at))), "{case}");
    }
}

fn given_up(minute: &str, waited_seconds: i64, ended_by: &str) -> Fact {
    Fact::Contact(contact_rules::Fact::GivenUpBefore(GivenUp {
        attempt: id(30),
        channel: Channel::NonEmergency,
        at: at(minute),
        waited_seconds,
        ended_by: ended_by.to_owned(),
    }))
}

#[test]
fn who_gave_up_on_101_and_is_heard_otherwise_could_not_get_through() {
    let failure = (Some(Code::F11), vec![Rule::GaveUpWaiting]);
    let value = (Some(Code::V1), vec![]);
    for (case, channel, fact, expected) in [
        ("999", Channel::Emergency, given_up("20:00", 30, "caller"), &failure),
        ("in writing", Channel::WebForm, given_up("20:00", 300, "caller"), &failure),
        ("cut off", Channel::Emergency, given_up("20:00", 300, "network"), &failure),
        ("too short a wait", Channel::Emergency, given_up("20:00", 29, "caller"), &value),
        ("in the menu", Channel::Emergency, given_up("20:00", 300, "menu"), &value),
        ("101 again", Channel::NonEmergency, given_up("20:00", 300, "caller"), &value),
    ] {
        let steps = [
            (1, "20:30", Some("20:30"), came(channel, "20:30")),
            (1, "20:30", None, fact.clone()),
            // Another caller of the same issue had not given up.
            (2, "20:50", Some("20:50"), came(Channel::Emergency, "20:50")),
            (2, "20:51", None, link(1)),
        ];
        assert_eq!(judged(&steps, 1), *expected, "{case}");
        assert!(!judged(&steps, 2).1.contains(&Rule::GaveUpWaiting), "{case}");
        let all = story(&steps).issue().happenings;
        let attempts =
            all.iter().filter(|one| matches!(one.what, What::Attempted(_)) && one.incident.is_none());
        assert_eq!(attempts.map(|one| one.order).collect::<Vec<_>>(), [2], "{case}");
    }
}

fn link(to: u8) -> Fact {
    let link = Link { to: id(to), kind: Earlier::Contact, purpose: Purpose::Chase, evidence: vec![] };
    Fact::Contact(contact_rules::Fact::Linked(link))
}

#[test]
fn a_call_that_somebody_links_is_an_attempt_of_the_issue() {
    let attempt = |ended_by: &str| {
        Fact::Contact(contact_rules::Fact::Discontinued {
            arrival: contact_rules::Arrival { answered_at: None, ..arrival("20:05", Channel::NonEmergency) },
            at: at("20:10"),
            ended_by: ended_by.into(),
        })
    };
    for (ended_by, expected, code) in [
        ("caller", EndedBy::Caller, Some(Code::F11)),
        ("network", EndedBy::Service, Some(Code::F11)),
        ("menu", EndedBy::Advice, None),
    ] {
        let steps = begun(&[
            (3, "20:10", Some("20:10"), attempt(ended_by)),
            (3, "20:11", None, link(1)),
            (2, "20:30", Some("20:30"), came(Channel::Emergency, "20:30")),
            (2, "20:31", None, link(1)),
        ]);
        let all = story(&steps).issue().happenings;
        let own = all.iter().find_map(|one| match &one.what {
            What::Attempted(attempt) => Some((one.at, one.incident.clone(), attempt.clone())),
            _ => None,
        });
        let (when, incident, told) = own.unwrap();
        assert_eq!((when, incident), (at("20:10"), Some(id(INCIDENT).to_string())));
        assert_eq!((told.waited_seconds, told.ended_by, told.number), (300, expected, None));
        let fired = judged(&steps, 2).1;
        assert_eq!(fired.contains(&Rule::GaveUpWaiting), code.is_some(), "{ended_by}");
    }
}
