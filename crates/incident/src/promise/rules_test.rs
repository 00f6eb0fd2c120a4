//! Promises: a table of cases.

use contact::grade::Grade;
use journal::Refusal;

use super::rules::{Command, Promise, State};
use crate::{
    change::Change,
    closure::rules::{Command as Closing, Form},
    testing::{Sample, at, same},
};

fn make(kind: &str, due_at: &str) -> Command {
    Command::Make { kind: kind.into(), due_at: at(due_at), words: String::new() }
}

fn fulfil(number: usize, minute: &str, way: &str) -> Command {
    Command::Fulfil { number, at: at(minute), way: way.into(), words: String::new() }
}

fn withdraw(number: usize, reason: &str) -> Command {
    Command::Withdraw { number, reason: reason.into() }
}

/// Promised at 20:10 to call back by 21:00, and at 20:11 to tell by 22:00.
fn promised() -> Sample {
    Sample::opened(Grade::Prompt, &[])
        .then("20:10", "advisor", Change::Promise(make("call_back", "21:00")))
        .then("20:11", "advisor", Change::Promise(make("update", "22:00")))
}

fn told(sample: &mut Sample, minute: &str, command: Command) -> Result<&'static str, Refusal> {
    sample.told(minute, "officer", Change::Promise(command))
}

#[test]
fn a_promise_is_made_fulfilled_and_withdrawn_once() {
    let far = Command::Make {
        kind: "update".into(),
        due_at: at("20:00") + jiff::SignedDuration::from_hours(24 * 400),
        words: String::new(),
    };
    let cases = [
        (make("call_back", "21:30"), Ok("promise_made")),
        (make("call_back", "21:00"), Err(("due_at", "promised already"))),
        (make("call_back", "20:20"), Err(("due_at", "is past"))),
        (make("flowers", "21:30"), Err(("kind", "choose one"))),
        (far, Err(("due_at", "days away"))),
        (fulfil(0, "20:19", "call"), Ok("promise_fulfilled")),
        (fulfil(0, "20:21", "call"), Err(("at", "still to come"))),
        (fulfil(0, "20:09", "call"), Err(("at", "before it was promised"))),
        (fulfil(0, "20:19", "pigeon"), Err(("way", "how the person was reached"))),
        (fulfil(0, "20:19", "shown"), Err(("way", "how the person was reached"))),
        (fulfil(2, "20:19", "call"), Err(("number", "no such promise"))),
        (withdraw(1, "She rang and knows."), Ok("promise_withdrawn")),
        (withdraw(1, " "), Err(("reason", "missing"))),
        (withdraw(7, "So"), Err(("number", "no such promise"))),
    ];
    for (command, expected) in cases {
        let case = format!("{command:?}");
        same(&told(&mut promised(), "20:20", command), expected, &case);
    }
    let mut kept = promised().then("20:30", "officer", Change::Promise(fulfil(0, "20:29", "call")));
    same(&told(&mut kept, "20:31", withdraw(0, "So")), Err(("number", "was fulfilled at")), "twice");
    let mut none = Sample::default();
    same(&told(&mut none, "20:31", make("update", "22:00")), Err(("incident", "no such")), "none");
}

#[test]
fn broken_is_counted_from_the_facts_and_stays_so() {
    let state = |sample: &Sample, number: usize, now: &str| -> State {
        let promise: &Promise = &sample.standing().promises.0[number];
        promise.state(at(now))
    };
    let (mut kept, mut late) = (promised(), promised());
    let promise = kept.standing().promises.0[0].clone();
    let in_its_minute = at("21:00") + jiff::SignedDuration::from_secs(59);
    assert_eq!((promise.state(in_its_minute), state(&kept, 0, "21:01")), (State::Due, State::Broken));
    kept = kept.then("21:30", "officer", Change::Promise(fulfil(0, "21:00", "visit")));
    late = late.then("21:30", "officer", Change::Promise(fulfil(0, "21:01", "visit")));
    assert_eq!((state(&kept, 0, "23:00"), state(&late, 0, "23:00")), (State::Kept, State::KeptLate));
    let early = promised().then("21:30", "officer", Change::Promise(withdraw(1, "She knows.")));
    let after = promised().then("22:30", "officer", Change::Promise(withdraw(1, "She knows.")));
    assert_eq!(
        (state(&early, 1, "23:00"), state(&after, 1, "23:00")),
        (State::Withdrawn, State::WithdrawnLate)
    );
    for (state, is_broken) in [
        (State::Due, false),
        (State::Broken, true),
        (State::Kept, false),
        (State::KeptLate, true),
        (State::Withdrawn, false),
        (State::WithdrawnLate, true),
    ] {
        assert_eq!(state.is_broken(), is_broken, "{}", state.words());
    }
}

#[test]
fn the_next_promise_stands_beside_the_clock_of_the_queue_and_outlives_the_closing() {
    let of_the_queue = |sample: &Sample| {
        let queued = sample.queued();
        (queued.clock.unwrap().words, queued.promised.map(|promised| promised.due_at))
    };
    let opened = Sample::opened(Grade::Immediate, &[]);
    let promised = opened.clone().then("20:05", "advisor", Change::Promise(make("call_back", "20:30")));
    // However late, it never hides the clock of officers.
    assert_eq!(of_the_queue(&promised), ("officers to be sent", Some(at("20:30"))));
    let kept = promised.clone().then("20:20", "officer", Change::Promise(fulfil(0, "20:19", "text")));
    assert_eq!(of_the_queue(&kept), ("officers to be sent", None));
    let promised = Sample::opened(Grade::OtherResolution, &[]).then(
        "20:05",
        "advisor",
        Change::Promise(make("call_back", "20:30")),
    );
    let part = || "All is told.".to_owned();
    let (overview, updates, action, outcome) = (part(), part(), part(), part());
    let form = Form { code: "SC01".into(), overview, updates, action, outcome, ..Form::default() };
    let mut closed = promised.then("20:21", "advisor", Change::Closure(Closing::Close(form)));
    assert_eq!(closed.standing().promises.next_due_at(), Some(at("20:30")));
    same(&told(&mut closed, "20:29", fulfil(0, "20:28", "call")), Ok("promise_fulfilled"), "closed");
}
