//! What may happen to a response: a table of cases.

use contact::{grade::Grade, thrive::rules::Level};

use super::rules::Command;
use crate::{
    change::Change,
    queue::rules::Waits,
    testing::{Sample, assessment, at, choose, same},
};

fn sent(call_sign: &str, minute: &str) -> Change {
    Change::Response(Command::Dispatch { call_sign: call_sign.into(), at: at(minute) })
}

fn there(minute: &str) -> Change {
    Change::Response(Command::Arrive { call_sign: " km21 ".into(), at: at(minute) })
}

fn free(minute: &str, result: &str) -> Change {
    let (call_sign, result) = ("KM21".into(), result.into());
    Change::Response(Command::Result { call_sign, at: at(minute), result, words: String::new() })
}

fn review(next_in_minutes: i64, words: &str) -> Change {
    Change::Response(Command::Review { next_in_minutes, words: words.into() })
}

fn attendance(policy: i64, is_excepted: bool, reason: &str) -> Change {
    Change::Response(Command::DecideAttendance { policy, is_excepted, reason: reason.into() })
}

#[test]
fn officers_are_sent_arrive_and_are_free_in_that_order_and_at_moments_that_can_be() {
    let none = Sample::opened(Grade::Prompt, &[]);
    let under_way = none.clone().then("20:10", "dispatcher", sent("km21", "20:08"));
    let at_scene = under_way.clone().then("20:20", "dispatcher", there("20:18"));
    let done = at_scene.clone().then("20:50", "dispatcher", free("20:45", "dealt_with"));
    let cases = [
        (&none, sent("KM21", "20:59"), Ok("dispatched")),
        (&none, sent("KM21", "19:30"), Ok("dispatched")),
        (&none, sent("KM21", "21:01"), Err(("at", "still to come"))),
        (&none, sent(" ", "20:59"), Err(("call_sign", "missing"))),
        (&none, sent(&"K".repeat(21), "20:59"), Err(("call_sign", "21 characters"))),
        (&none, there("20:59"), Err(("call_sign", "not recorded as sent"))),
        (&none, free("20:59", "stood_down"), Err(("call_sign", "not recorded as sent"))),
        (&under_way, sent("KM21", "20:59"), Err(("call_sign", "already"))),
        (&under_way, sent("KM22", "20:59"), Ok("dispatched")),
        (&under_way, there("20:07"), Err(("at", "before officers were sent"))),
        (&under_way, there("21:01"), Err(("at", "still to come"))),
        (&under_way, free("20:30", "dealt_with"), Err(("result", "no arrival yet"))),
        (&under_way, free("20:30", "stood_down"), Ok("resulted")),
        (&under_way, free("20:07", "stood_down"), Err(("at", "before officers were sent"))),
        (&at_scene, there("20:19"), Err(("call_sign", "arrived at"))),
        (&at_scene, free("20:17", "dealt_with"), Err(("at", "before they arrived"))),
        (&at_scene, free("20:30", "stood_down"), Err(("result", "having attended"))),
        (&at_scene, free("20:30", "vanished"), Err(("result", "“vanished”"))),
        (&at_scene, free("20:30", "arrest"), Ok("resulted")),
        (&done, sent("KM21", "20:40"), Err(("at", "was there until"))),
        (&done, sent("KM21", "20:50"), Ok("dispatched")),
    ];
    for (sample, change, expected) in cases {
        let case = format!("{change:?}");
        same(&sample.clone().told("21:00", "dispatcher", change), expected, &case);
    }
    let long_ago = Change::Response(Command::Dispatch {
        call_sign: "KM21".into(),
        at: "1999-12-31T12:00:00Z".parse().unwrap(),
    });
    same(&none.clone().told("21:00", "dispatcher", long_ago), Err(("at", "cannot be meant")), "1999");
    let days_ago = Change::Response(Command::Dispatch {
        call_sign: "KM21".into(),
        at: "2026-11-19T12:00:00Z".parse().unwrap(),
    });
    same(
        &none.clone().told("21:00", "dispatcher", days_ago),
        Err(("at", "earliest that can be meant")),
        "days ago",
    );
}

#[test]
fn a_supervisor_says_when_to_look_again() {
    let cases = [
        (review(30, "No car is free."), Ok("reviewed")),
        (review(0, "No car is free."), Err(("next_in_minutes", "1 to 1440"))),
        (review(1441, "No car is free."), Err(("next_in_minutes", "1 to 1440"))),
        (review(i64::MAX, "No car is free."), Err(("next_in_minutes", "1 to 1440"))),
        (review(30, ""), Err(("words", "missing"))),
    ];
    for (change, expected) in cases {
        let case = format!("{change:?}");
        let mut sample = Sample::opened(Grade::Prompt, &[]);
        same(&sample.told("20:40", "supervisor", change), expected, &case);
        let due = sample.queued().clock.unwrap().due_at;
        // The next review would be at 21:10; officers should be there by 21:00.
        assert_eq!(due, if expected.is_ok() { at("21:00") } else { at("20:45") }, "{case}");
    }
}

#[test]
fn a_policy_is_applied_by_somebody_with_a_reason_and_never_where_police_always_attend() {
    let plain = || Sample::opened(Grade::Prompt, &[]);
    let vulnerable = || plain().then("20:02", "advisor", assessment(6, Level::High));
    let cases = vec![
        (plain(), attendance(1, false, "No second sign; the caller was told."), Ok(Waits::Resolution)),
        (plain(), attendance(1, true, "Somebody was heard."), Ok(Waits::Dispatch)),
        (plain(), attendance(1, false, ""), Err(("reason", "missing"))),
        (plain(), attendance(3, false, "So"), Err(("policy", "not about an incident of this type"))),
        (plain(), attendance(9, false, "So"), Err(("policy", "not about"))),
        (vulnerable(), attendance(1, false, "So"), Err(("policy", "Somebody is vulnerable"))),
        (vulnerable(), attendance(1, true, "She is alone."), Ok(Waits::Dispatch)),
        (
            Sample::opened(Grade::Immediate, &[]),
            attendance(1, false, "So"),
            Err(("policy", "graded Immediate")),
        ),
        (
            Sample::opened(Grade::Prompt, &["domestic"]),
            attendance(1, false, "So"),
            Err(("policy", "domestic")),
        ),
        (
            plain().then("20:03", "dispatcher", sent("KM21", "20:03")),
            attendance(1, false, "So"),
            Err(("policy", "KM21 was sent")),
        ),
    ];
    for (mut sample, change, expected) in cases {
        let case = format!("{change:?}");
        let told = sample.told("20:05", "advisor", change);
        same(&told, expected.map(|_| "attendance_decided"), &case);
        if let Ok(waits) = expected {
            assert_eq!(sample.queued().waits, waits, "{case}");
        }
    }
    // What becomes known later calls officers all the same.
    let applied = plain().then("20:05", "advisor", attendance(1, false, "No second sign."));
    let raised = applied.clone().then("20:06", "advisor", choose(Grade::Immediate));
    let alone = applied.then("20:06", "advisor", assessment(6, Level::High));
    assert_eq!((raised.queued().waits, alone.queued().waits), (Waits::Dispatch, Waits::Dispatch));
}
