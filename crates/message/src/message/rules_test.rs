//! The table of cases for the life of a message.

use contact::preference::rules::{Preference, Unsafe, Way};
use jiff::{SignedDuration, Timestamp};
use journal::{Id, Refusal};

use super::rules::*;
use crate::{definition::definitions, route::Reach};

fn noon() -> Timestamp {
    "2026-11-26T12:00:00Z".parse().unwrap()
}

fn known(minutes: i64, unsafe_ways: &[Way]) -> Known {
    let unsafe_ways = unsafe_ways
        .iter()
        .map(|way| Unsafe { way: *way, to: None, hours: None, why: "He reads it.".to_owned().into() })
        .collect();
    let wish = Preference { preferred: vec![], unsafe_ways, safe_hours: None, interviewer: String::new() };
    Known { now: noon() + SignedDuration::from_mins(minutes), preferences: vec![wish] }
}

fn draft(way: Option<Way>) -> Draft {
    let pairs = [("when", "27 November 2026, 10:00"), ("where", "at the station"), ("reference", "I-1-X")];
    Draft {
        incident: Id::new(noon()),
        contact: None,
        reference: "I-1-X".into(),
        template: "appointment_booked".into(),
        values: pairs.map(|(key, value)| (key.to_owned(), value.to_owned())).into(),
        reach: Reach {
            phone: "07700900123".into(),
            email: "m.reid@example.org".into(),
            address: "4 Muir Road".into(),
        },
        language: "en".into(),
        way,
        is_urgent: false,
        not_after: None,
    }
}

fn say(known: &Known, draft: Draft) -> Result<Message, Refusal> {
    decide(known, None, Command::Say(Box::new(draft))).map(|fact| apply(None, &fact))
}

fn step(known: &Known, was: &Message, command: Command) -> Result<Message, Refusal> {
    decide(known, Some(was), command).map(|fact| apply(Some(was.clone()), &fact))
}

const RELEASE: Command = Command::Release { is_carried: true };

fn sent() -> Command {
    Command::Send { by: Carrier::Text, reference: "abc\r\n1".into() }
}

#[test]
fn a_message_waits_is_taken_up_and_leaves_once() {
    let was = say(&known(0, &[]), draft(None)).unwrap();
    assert_eq!(
        (was.state, was.said.way, was.said.origin),
        (State::Waiting, Some(Way::Text), Origin::Automatic)
    );
    let taken = step(&known(1, &[]), &was, RELEASE).unwrap();
    assert_eq!(taken.state, State::Leaving);
    assert!(step(&known(2, &[]), &taken, RELEASE).is_err(), "nobody takes it up twice");
    let left = step(&known(2, &[]), &taken, sent()).unwrap();
    assert_eq!(left.state, State::Sent);
    for command in [RELEASE, sent(), Command::Withdraw { reason: "x".into() }, Command::Post] {
        assert!(step(&known(3, &[]), &left, command).is_err(), "it has left");
    }
}

#[test]
fn what_became_unsafe_meanwhile_is_held_back() {
    let was = say(&known(0, &[]), draft(None)).unwrap();
    for ways in [&[Way::Text][..], &[Way::Email], &[Way::Text, Way::Letter]] {
        // Whatever became unsafe: the words say who they come from, and now must not.
        let held = step(&known(1, ways), &was, RELEASE).unwrap();
        assert_eq!((held.state, held.reason), (State::HeldBack, Some(Reason::Unsafe)), "{ways:?}");
    }
    // It was discreet from the start: then another way may be unsafe, and this one not.
    let was = say(&known(0, &[Way::Letter]), draft(None)).unwrap();
    assert!(was.said.is_discreet && !was.said.body.shown().contains("Police"), "{was:?}");
    assert_eq!(step(&known(1, &[Way::Letter]), &was, RELEASE).unwrap().state, State::Leaving);
    assert_eq!(step(&known(1, &[Way::Text, Way::Letter]), &was, RELEASE).unwrap().state, State::HeldBack);
}

#[test]
fn what_cannot_go_is_a_fact_and_somebody_calls() {
    let nowhere = Draft { reach: Reach::default(), ..draft(None) };
    let late = Draft { not_after: Some(noon() - SignedDuration::from_mins(1)), ..draft(None) };
    for (draft, unsafe_ways, reason) in [
        (draft(None), &[Way::Text, Way::Email][..], Reason::Unsafe),
        (nowhere, &[], Reason::NoAddress),
        (late, &[], Reason::TooLate),
    ] {
        let held = say(&known(0, unsafe_ways), draft).unwrap();
        assert_eq!((held.state, held.reason), (State::HeldBack, Some(reason)));
        assert!(held.why.as_ref().unwrap().shown().ends_with('.'));
        assert!(step(&known(1, unsafe_ways), &held, RELEASE).is_err(), "it never leaves");
        let settled =
            step(&known(5, unsafe_ways), &held, Command::Settle { words: "Called".into() }).unwrap();
        assert_eq!(settled.state, State::Settled);
    }
}

#[test]
fn a_way_that_somebody_chooses_is_refused_where_it_is_unsafe() {
    for (way, unsafe_ways, field) in [
        (Way::Text, &[Way::Text][..], Some("way")),
        (Way::Letter, &[Way::Letter], Some("way")),
        (Way::Email, &[Way::Text], None),
        (Way::Call, &[], Some("way")),
    ] {
        let said = say(&known(0, unsafe_ways), draft(Some(way)));
        assert_eq!(said.err().map(|refusal| refusal.field.to_string()).as_deref(), field, "{way:?}");
    }
}

#[test]
fn a_failure_is_tried_again_later_each_time_and_then_given_up() {
    let mut was = say(&known(0, &[]), draft(None)).unwrap();
    let mut minutes = 0;
    for wait in &definitions().delivery.again_after_minutes {
        was = step(&known(minutes, &[]), &was, RELEASE).unwrap();
        let no = Command::Fail { why: "450\r\nbusy".into(), is_certain: true };
        was = step(&known(minutes, &[]), &was, no).unwrap();
        assert_eq!(was.state, State::Retrying);
        assert!(step(&known(minutes + wait - 1, &[]), &was, RELEASE).is_err(), "not before its time");
        minutes += wait;
    }
    was = step(&known(minutes, &[]), &was, RELEASE).unwrap();
    was = step(&known(minutes, &[]), &was, Command::Fail { why: "no".into(), is_certain: true }).unwrap();
    assert_eq!((was.state, was.reason), (State::GivenUp, Some(Reason::Failed)));
}

#[test]
fn where_nobody_knows_whether_it_left_it_is_not_sent_again() {
    let was = say(&known(0, &[]), draft(None)).unwrap();
    let taken = step(&known(1, &[]), &was, RELEASE).unwrap();
    let unsure =
        step(&known(1, &[]), &taken, Command::Fail { why: "no answer".into(), is_certain: false }).unwrap();
    assert_eq!((unsure.state, unsure.reason), (State::HeldBack, Some(Reason::Uncertain)));
    let after = 1 + definitions().delivery.lease_minutes;
    let lost = step(&known(after, &[]), &taken, RELEASE).unwrap();
    assert_eq!((lost.state, lost.reason), (State::HeldBack, Some(Reason::Uncertain)));
}

#[test]
fn quiet_hours_put_off_what_is_not_urgent_and_a_changed_wish_puts_off_again() {
    let night = known(10 * 60, &[]);
    let was = say(&night, draft(None)).unwrap();
    assert_eq!(was.due_at, "2026-11-27T08:00:00Z".parse().unwrap());
    let urgent = say(&night, Draft { is_urgent: true, ..draft(None) }).unwrap();
    assert_eq!(urgent.due_at, night.now);
    let mut morning = known(20 * 60, &[]);
    morning.preferences[0].safe_hours = Some(("10:00".parse().unwrap(), "11:00".parse().unwrap()));
    let later = step(&morning, &was, RELEASE).unwrap();
    assert_eq!((later.state, later.due_at), (State::Waiting, "2026-11-27T10:00:00Z".parse().unwrap()));
}

#[test]
fn a_letter_is_posted_by_hand_and_only_where_it_is_safe() {
    let was = say(&known(0, &[]), draft(Some(Way::Letter))).unwrap();
    assert!(step(&known(1, &[]), &was, RELEASE).is_err(), "a letter does not leave by itself");
    assert!(step(&known(1, &[Way::Letter]), &was, Command::Post).is_err());
    assert!(may_be_printed(&known(1, &[Way::Letter]).preferences, &was, noon()).is_err());
    assert_eq!(step(&known(1, &[]), &was, Command::Post).unwrap().state, State::Sent);
    let text = say(&known(0, &[]), draft(None)).unwrap();
    assert!(step(&known(1, &[]), &text, Command::Post).is_err());
}

#[test]
fn each_refusal_names_its_field() {
    let was = say(&known(0, &[]), draft(None)).unwrap();
    let refused = |known: &Known, was: Option<&Message>, command| decide(known, was, command).unwrap_err();
    let empty = Draft { values: [].into(), ..draft(None) };
    let stray = Draft { template: "poem".into(), ..draft(None) };
    for (number, (was, command, field, told)) in [
        (None, Command::Say(Box::new(empty)), "when", "is missing"),
        (None, Command::Say(Box::new(stray)), "template", "no such message"),
        (None, RELEASE, "message", "no such message"),
        (Some(&was), Command::Say(Box::new(draft(None))), "message", "said already"),
        (Some(&was), Command::Withdraw { reason: " ".into() }, "reason", "is missing"),
        (Some(&was), Command::Settle { words: "Called".into() }, "message", "did not fail"),
        (Some(&was), sent(), "message", "Nobody took"),
        (Some(&was), Command::Fail { why: "x".into(), is_certain: true }, "message", "Nobody took"),
    ]
    .into_iter()
    .enumerate()
    {
        let refusal = refused(&known(1, &[]), was, command);
        assert_eq!(refusal.field, field, "case {number}: {refusal}");
        assert!(refusal.sentence.contains(told), "case {number}: {refusal}");
    }
    assert_eq!(
        step(&known(1, &[]), &was, Command::Release { is_carried: false }).unwrap().reason,
        Some(Reason::NoCarrier)
    );
}
