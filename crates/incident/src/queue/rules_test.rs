//! The one queue of an open incident, its clock and its debts: a table of cases.

use contact::{contact::rules::Location, grade::Grade};

use super::rules::{Endorsement, Waits, queued, tally};
use crate::{
    change::{Change, Opening},
    closure::rules::{Command as Closing, Form},
    custody::rules::Command as Handing,
    incident::rules::{Command as Itself, Kind},
    response::rules::Command as Responding,
    standing::Standing,
    testing::{Sample, at, choose, id},
};

fn sent(minute: &str) -> Change {
    Change::Response(Responding::Dispatch { call_sign: "KM21".into(), at: at(minute) })
}

fn there(minute: &str) -> Change {
    Change::Response(Responding::Arrive { call_sign: "KM21".into(), at: at(minute) })
}

fn free(minute: &str, result: &str) -> Change {
    let (call_sign, result) = ("KM21".into(), result.into());
    Change::Response(Responding::Result { call_sign, at: at(minute), result, words: String::new() })
}

fn offer(to: &str, new_grade: Grade, is_life_at_risk: bool) -> Change {
    let (rationale, reason, words) = ("He has left the house.".into(), "information".into(), String::new());
    Change::Custody(Handing::Offer { to: to.into(), new_grade, rationale, reason, words, is_life_at_risk })
}

/// An incident, and what its queue has to say: its unit, what it waits for, its clock and when that is due.
type Case = (&'static str, Sample, &'static str, Waits, Option<(&'static str, &'static str)>);

fn cases() -> Vec<Case> {
    let of = |grade| Sample::opened(grade, &[]);
    let domestic = |grade| Sample::opened(grade, &["domestic"]);
    let attended = || of(Grade::Prompt).then("20:10", "d", sent("20:10")).then("20:20", "d", there("20:20"));
    let east = "control_room_east";
    let (to_send, at_scene) = ("officers to be sent", "officers at the scene");
    let (review, endorsement) = ("a supervisor’s review", "a second person’s endorsement");
    vec![
        ("Immediate", of(Grade::Immediate), east, Waits::Dispatch, Some((to_send, "20:05"))),
        ("Prompt", of(Grade::Prompt), east, Waits::Dispatch, Some((review, "20:45"))),
        (
            "Standard",
            of(Grade::Standard),
            "division_e",
            Waits::Appointment,
            Some(("an appointment to be made", "44:00")),
        ),
        (
            "other",
            of(Grade::OtherResolution),
            "resolution_team",
            Waits::Resolution,
            Some(("work on it", "44:00")),
        ),
        (
            "Immediate, sent",
            of(Grade::Immediate).then("20:04", "d", sent("20:03")),
            east,
            Waits::Attendance,
            Some((at_scene, "20:15")),
        ),
        (
            "Prompt, sent",
            of(Grade::Prompt).then("20:10", "d", sent("20:10")),
            east,
            Waits::Attendance,
            Some((at_scene, "21:00")),
        ),
        ("there", attended(), east, Waits::Attendance, None),
        (
            "free",
            attended().then("20:50", "d", free("20:50", "report")),
            east,
            Waits::Resolution,
            Some(("work on it", "44:50")),
        ),
        (
            "stood down before they were there",
            of(Grade::Prompt).then("20:10", "d", sent("20:10")).then("20:12", "d", free("20:12", "diverted")),
            east,
            Waits::Dispatch,
            Some((review, "20:45")),
        ),
        (
            "raised after they were there",
            attended().then("20:50", "d", free("20:50", "report")).then(
                "21:00",
                "a",
                choose(Grade::Immediate),
            ),
            east,
            Waits::Dispatch,
            Some((to_send, "21:05")),
        ),
        (
            "Immediate said again after they were there",
            attended()
                .then("20:30", "a", choose(Grade::Immediate))
                .then("20:50", "d", free("20:50", "report"))
                .then("21:00", "a", choose(Grade::Immediate)),
            east,
            Waits::Dispatch,
            Some((to_send, "21:05")),
        ),
        (
            "a lower grade asked for, nobody sent",
            domestic(Grade::Immediate).then("20:02", "a", choose(Grade::Standard)),
            east,
            Waits::Dispatch,
            Some((to_send, "20:05")),
        ),
        (
            "a lower grade asked for, officers there",
            domestic(Grade::Prompt)
                .then("20:10", "d", sent("20:10"))
                .then("20:20", "d", there("20:20"))
                .then("20:30", "a", choose(Grade::Standard)),
            east,
            Waits::Endorsement,
            Some((endorsement, "22:30")),
        ),
        (
            "offered",
            of(Grade::Standard).assessed("20:02", 6).then(
                "20:05",
                "a",
                offer("resolution_team", Grade::Standard, false),
            ),
            "division_e",
            Waits::Acceptance,
            Some(("the other unit’s answer", "20:35")),
        ),
        (
            "offered for a life at risk, nobody sent",
            of(Grade::Prompt).then("20:05", "a", offer("control_room_west", Grade::Prompt, true)),
            east,
            Waits::Acceptance,
            Some(("the other unit’s answer", "20:10")),
        ),
        (
            "lowered: the new grade’s clock, from when it was chosen",
            of(Grade::Immediate).then("20:10", "a", choose(Grade::Prompt)),
            east,
            Waits::Dispatch,
            Some((review, "20:55")),
        ),
    ]
}

#[test]
fn every_open_incident_is_in_one_queue_with_its_earliest_clock() {
    for (case, sample, unit, waits, clock) in cases() {
        let queued = sample.queued();
        assert_eq!((queued.unit.as_str(), queued.waits), (unit, waits), "{case}");
        // "44:00" is eight o’clock in the evening of the next day.
        let due = clock.map(|(words, minute)| {
            let (hour, rest) = minute.split_once(':').unwrap();
            let hour: i64 = hour.parse().unwrap();
            let same_day = at(&format!("{:02}:{rest}", hour % 24));
            (words, same_day + jiff::SignedDuration::from_hours(hour - hour % 24))
        });
        assert_eq!(queued.clock.map(|clock| (clock.words, clock.due_at)), due, "{case}");
    }
}

#[test]
fn a_second_person_has_a_clock_of_their_own_while_officers_are_still_to_be_sent() {
    let domestic = Sample::opened(Grade::Prompt, &["domestic"]);
    assert_eq!(domestic.queued().endorse_by, None);
    let queued = domestic.then("20:30", "a", choose(Grade::Standard)).queued();
    assert_eq!((queued.waits, queued.clock.unwrap().words), (Waits::Dispatch, "a supervisor’s review"));
    assert_eq!(queued.endorse_by.unwrap().due_at, at("22:30"));
}

#[test]
fn in_the_country_officers_have_longer() {
    let words = "A farm".to_owned().into();
    let rural = Location { words, division: "N".into(), is_rural: Some(true), ..Location::default() };
    let sample = Sample::opened(Grade::Immediate, &[])
        .then("20:01", "a", Change::Incident(Itself::Locate(rural)))
        .then("20:04", "d", sent("20:03"));
    assert_eq!(sample.queued().clock.unwrap().due_at, at("20:20"));
}

#[test]
fn what_is_owed_on_an_immediate_incident_is_told_and_goes_as_it_is_supplied() {
    let bare = Sample::of(Opening {
        contact: id(1),
        kind: Kind { incident_type: String::new(), qualifiers: vec![] },
        location: None,
        summary: String::new(),
        persons: vec![],
        warnings: vec![],
        grade: Grade::Immediate,
        suggestion: None,
        rationale: String::new(),
    });
    let words =
        |sample: &Sample| sample.queued().debts.iter().map(|debt| debt.words.clone()).collect::<Vec<_>>();
    assert_eq!(
        words(&bare),
        ["THRIVE assessment, 0 of 6 considered", "type of incident", "where it is", "what happened"]
    );
    assert!(bare.queued().debts.iter().all(|debt| debt.due_at == at("20:30")));
    let kind = Kind { incident_type: "assault".into(), qualifiers: vec![] };
    let typed = bare.then("20:05", "a", Change::Incident(Itself::Classify { kind, reason: String::new() }));
    let place = Location { words: "4 Shore Street".to_owned().into(), ..Location::default() };
    let placed = typed.then("20:06", "a", Change::Incident(Itself::Locate(place)));
    assert_eq!(words(&placed.clone().assessed("20:07", 6)), ["what happened"]);
    let log = Itself::Log { words: "He is back.".into(), changes_circumstances: true };
    let changed = placed.assessed("20:07", 6).then("20:40", "a", Change::Incident(log));
    let owed = changed.queued().debts;
    assert_eq!(owed[1].words, "new THRIVE assessment, the circumstances changed at 21 November 2026, 20:40");
    assert_eq!(owed[1].due_at, at("21:10"));
}

#[test]
fn in_the_moment_of_opening_and_once_closed() {
    let sample = Sample::opened(Grade::Prompt, &[]);
    let bare = Standing::opened(sample.standing().incident.clone());
    let queue = queued(&bare).unwrap();
    assert_eq!(
        (queue.grade, queue.unit.as_str(), queue.waits),
        (Grade::Immediate, "control_room_west", Waits::Dispatch)
    );
    let part = || "All is told.".to_owned();
    let (overview, updates, action, outcome) = (part(), part(), part(), part());
    let form = Form { code: "SC01".into(), overview, updates, action, outcome, ..Form::default() };
    let closed = sample.then("20:30", "a", Change::Closure(Closing::Close(form)));
    assert_eq!(queued(closed.standing()), None);
}

#[test]
fn queues_are_counted_with_their_longest_wait() {
    let all: Vec<_> = cases().into_iter().map(|(_, sample, ..)| sample.queued()).collect();
    let tallies = tally(&all, at("20:30"));
    assert_eq!(tallies.values().map(|one| one.count).sum::<usize>(), all.len());
    let dispatch = tallies[&("control_room_east".to_owned(), Waits::Dispatch)];
    assert_eq!((dispatch.count, dispatch.overdue, dispatch.longest_since), (7, 2, Some(at("20:00"))));
    assert_eq!(all.iter().filter(|one| one.endorsement == Some(Endorsement::Downgrade)).count(), 2);
    assert!(
        Waits::ALL.into_iter().all(|one| Waits::of(one.as_str()) == Some(one) && !one.words().is_empty())
    );
}
