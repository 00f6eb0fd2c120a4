//! What may happen to an outage: tables of cases.

use super::rules::*;
use jiff::Timestamp;

/// A minute of 21 November 2026; the clock stands at 20:30.
fn at(minute: &str) -> Timestamp {
    format!("2026-11-21T{minute}:00Z").parse().unwrap()
}

fn told(system: &str, began: &str, ended: Option<&str>) -> Told {
    let callers = "Please ring again in an hour.".to_owned();
    Told { system: system.to_owned(), began_at: at(began), ended_at: ended.map(at), callers }
}

fn begin(system: &str, began: &str, ended: Option<&str>) -> Command {
    Command::Begin { told: told(system, began, ended), source: " Service desk ".to_owned() }
}

fn end(minute: &str) -> Command {
    Command::End { at: at(minute), source: "Service desk".to_owned() }
}

fn correct(told: Told) -> Command {
    Command::Correct { told, reason: "It was noticed later than it began.".to_owned() }
}

fn take_back() -> Command {
    Command::TakeBack { reason: "It was a drill.".to_owned() }
}

/// An outage after commands that are all allowed.
fn after(commands: Vec<Command>) -> Outage {
    let known = Known { now: at("20:30"), others: vec![] };
    let mut was = None;
    for command in commands {
        let fact = decide(&known, was.as_ref(), command).unwrap();
        was = Some(apply(was, &fact));
    }
    was.unwrap()
}

#[test]
fn an_outage_begins_ends_is_corrected_and_taken_back() {
    let open = after(vec![begin("radio", "19:00", None)]);
    assert_eq!((open.state(), open.source.shown()), (State::Open, "Service desk"));
    let ended = after(vec![begin("radio", "19:00", None), end("19:45")]);
    assert_eq!((ended.state(), ended.told.ended_at), (State::Ended, Some(at("19:45"))));
    // Told late, it is over when it is told.
    assert_eq!(after(vec![begin("radio", "19:00", Some("19:45"))]).state(), State::Ended);
    let other = told("network", "18:50", Some("19:40"));
    let corrected = after(vec![begin("radio", "19:00", None), end("19:45"), correct(other.clone())]);
    assert_eq!(corrected.told, other);
    // It was not back after all.
    let again = after(vec![begin("radio", "19:00", Some("19:45")), correct(told("radio", "19:00", None))]);
    assert_eq!(again.state(), State::Open);
    assert_eq!(after(vec![begin("radio", "19:00", None), take_back()]).state(), State::TakenBack);
}

#[test]
fn what_cannot_be_is_refused_at_its_field() {
    let open = || vec![begin("radio", "19:00", None)];
    let ended = || vec![begin("radio", "19:00", None), end("19:45")];
    let none = Vec::new;
    let others = [(at("17:00"), Some(at("18:00")))];
    let down = [(at("18:30"), None)];
    let long = Command::Begin { told: told("radio", "19:00", None), source: "x".repeat(301) };
    for (case, before, others, command, field, words) in [
        ("to come", none(), &others[..], begin("radio", "20:31", None), "began_at", "still to come"),
        ("no system", none(), &[], begin("", "19:00", None), "system", "Say which system"),
        ("a stray one", none(), &[], begin("fax", "19:00", None), "system", "“fax” is not known"),
        (
            "ends before it began",
            none(),
            &[],
            begin("radio", "19:00", Some("18:59")),
            "ended_at",
            "not after the beginning",
        ),
        ("ends as it began", none(), &[], begin("radio", "19:00", Some("19:00")), "ended_at", "not after"),
        ("ends to come", none(), &[], begin("radio", "19:00", Some("21:00")), "ended_at", "still to come"),
        ("down already", none(), &down, begin("radio", "19:00", None), "system", "down since 21 November"),
        ("down later", none(), &down, begin("radio", "18:00", None), "system", "down since 21 November"),
        ("overlaps", none(), &others, begin("radio", "17:59", Some("18:30")), "began_at", "overlaps"),
        ("nobody says so", none(), &[], long, "source", "at most 300 fit"),
        ("twice", open(), &[], begin("radio", "19:00", None), "system", "recorded already"),
        ("an end too early", open(), &[], end("19:00"), "ended_at", "not after the beginning"),
        ("an end to come", open(), &[], end("20:40"), "ended_at", "still to come"),
        ("ended already", ended(), &[], end("19:50"), "ended_at", "ended at 21 November 2026, 19:45 already"),
        (
            "corrected to an end",
            open(),
            &[],
            correct(told("radio", "19:00", Some("19:30"))),
            "ended_at",
            "has not ended",
        ),
        ("corrected to the same", open(), &[], correct(told("radio", "19:00", None)), "system", "Nothing is"),
        (
            "corrected into another",
            ended(),
            &down,
            correct(told("network", "18:00", Some("19:45"))),
            "system",
            "down since",
        ),
        (
            "no reason",
            open(),
            &[],
            Command::Correct { told: told("radio", "18:00", None), reason: " ".into() },
            "reason",
            "is missing",
        ),
        (
            "taken back for nothing",
            open(),
            &[],
            Command::TakeBack { reason: String::new() },
            "reason",
            "missing",
        ),
        (
            "after it was taken back",
            vec![begin("radio", "19:00", None), take_back()],
            &[],
            end("19:50"),
            "id",
            "anew",
        ),
        ("of nothing", none(), &[], end("19:50"), "id", "no such outage"),
    ] {
        let known = Known { now: at("20:30"), others: others.to_vec() };
        let was = (!before.is_empty()).then(|| after(before));
        let refusal = decide(&known, was.as_ref(), command).unwrap_err();
        assert_eq!(refusal.field, field, "{case}: {refusal}");
        assert!(refusal.sentence.contains(words), "{case}: {refusal}");
    }
}

#[test]
fn one_outage_may_follow_another_at_once() {
    let others = vec![(at("17:00"), Some(at("18:00"))), (at("19:00"), Some(at("19:30")))];
    let known = Known { now: at("20:30"), others };
    for (began, ended) in [("18:00", Some("19:00")), ("19:30", None), ("16:00", Some("17:00"))] {
        assert!(decide(&known, None, begin("radio", began, ended)).is_ok(), "{began}");
    }
}
