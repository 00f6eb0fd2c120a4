//! What may happen to a closing: a table of cases.

use contact::grade::Grade;

use super::rules::{Command, Form};
use crate::{
    change::Change,
    custody::rules::Command as Handing,
    incident::rules::Command as Itself,
    queue::rules::{Endorsement, Waits},
    response::rules::Command as Responding,
    testing::{Sample, at, choose, same},
};

fn form(code: &str) -> Form {
    let part = || "All is told.".to_owned();
    let (overview, updates, action, outcome) = (part(), part(), part(), part());
    Form { code: code.into(), overview, updates, action, outcome, ..Form::default() }
}

fn close(code: &str) -> Change {
    Change::Closure(Command::Close(form(code)))
}

fn endorse() -> Change {
    Change::Closure(Command::Endorse { words: String::new() })
}

fn send_back() -> Change {
    Change::Closure(Command::SendBack { reason: "Say what she said.".into() })
}

fn reopen() -> Change {
    Change::Closure(Command::Reopen { reason: "She rang again.".into() })
}

fn offer(to: &str) -> Change {
    let (rationale, reason, words) = (String::new(), String::new(), String::new());
    let (to, new_grade) = (to.into(), Grade::Prompt);
    Change::Custody(Handing::Offer { to, new_grade, rationale, reason, words, is_life_at_risk: false })
}

fn sent() -> Change {
    Change::Response(Responding::Dispatch { call_sign: "KM21".into(), at: at("20:05") })
}

fn changed() -> Change {
    Change::Incident(Itself::Log { words: "He is back.".into(), changes_circumstances: true })
}

fn with_division(qualifiers: &[&str]) -> Sample {
    Sample::opened(Grade::Prompt, qualifiers)
        .assessed("20:02", 6)
        .then("20:05", "advisor", offer("division_e"))
        .then("20:10", "diary", Change::Custody(Handing::Accept))
}

#[test]
fn a_closing_has_its_code_its_four_accounts_and_an_explanation_where_they_conflict() {
    let cases = [
        (form("SC01"), Ok("closed")),
        (form("F01"), Ok("closed")),
        (form("SC03"), Err(("code", "“SC03”"))),
        (form("SC07"), Err(("code", "Offer it to the division first"))),
        (Form { overview: " ".into(), ..form("SC01") }, Err(("overview", "missing"))),
        (Form { updates: String::new(), ..form("SC01") }, Err(("updates", "missing"))),
        (Form { action: String::new(), ..form("SC01") }, Err(("action", "missing"))),
        (Form { outcome: "x".repeat(1_000_000), ..form("SC01") }, Err(("outcome", "at most 20,000 fit"))),
        (Form { accounts_conflict: true, ..form("SC02") }, Err(("explanation", "differ is missing"))),
        (Form { accounts_conflict: true, explanation: "A film.".into(), ..form("SC02") }, Ok("closed")),
    ];
    for (form, expected) in cases {
        let case = format!("{} {} {}", form.code, form.accounts_conflict, form.outcome.len());
        let told = Sample::opened(Grade::Prompt, &[]).told(
            "20:30",
            "advisor",
            Change::Closure(Command::Close(form)),
        );
        same(&told, expected, &case);
    }
}

#[test]
fn what_still_goes_on_is_not_closed() {
    let plain = || Sample::opened(Grade::Prompt, &[]);
    let cases = [
        (plain().then("20:05", "dispatcher", sent()), Err(("code", "KM21 is still recorded as sent"))),
        (
            plain().assessed("20:02", 6).then("20:05", "advisor", offer("division_e")),
            Err(("code", "withdraw the offer")),
        ),
        (Sample::opened(Grade::Immediate, &[]), Err(("code", "still owed: THRIVE assessment, 0 of 6"))),
        (Sample::opened(Grade::Immediate, &[]).assessed("20:02", 6), Ok("closed")),
    ];
    for (mut sample, expected) in cases {
        same(&sample.told("20:30", "advisor", close("SC01")), expected, &format!("{expected:?}"));
    }
}

#[test]
fn a_domestic_incident_waits_for_a_second_person_whatever_says_that_there_was_no_crime() {
    let cases = [
        ("SC01", "closed"),
        ("SC02", "endorsement_asked"),
        ("SC07", "endorsement_asked"),
        ("F01", "endorsement_asked"),
    ];
    for (code, expected) in cases {
        let mut sample = with_division(&["domestic"]);
        same(&sample.told("20:30", "one/a", close(code)), Ok(expected), code);
        assert_eq!(sample.standing().is_open(), expected != "closed", "{code}");
        same(&with_division(&[]).told("20:30", "one/a", close(code)), Ok("closed"), code);
    }
    let asked = with_division(&["domestic"]).then("20:30", "one/a", close("SC02"));
    let queued = asked.queued();
    assert_eq!((queued.endorsement, queued.unit.as_str()), (Some(Endorsement::Closing), "division_e"));
    let refused = Err(("endorsement", "Who closed it"));
    for (who, expected) in
        [("two/b", Ok("endorsed")), ("one/a", refused), ("one/b", refused), ("two/a", refused)]
    {
        let mut sample = asked.clone();
        same(&sample.told("20:40", who, endorse()), expected, who);
        assert_eq!(sample.standing().is_open(), expected.is_err(), "{who}");
    }
}

#[test]
fn a_closing_that_waits_is_endorsed_as_things_stand_or_sent_back() {
    let asked = with_division(&["domestic"]).then("20:30", "one/a", close("SC02"));
    let mut late = asked.clone().then("20:35", "one/a", changed());
    same(&late.told("20:40", "two/b", endorse()), Err(("endorsement", "new was recorded at")), "late");
    // What is Immediate waits for nobody’s second look.
    let raised = asked.clone().then("20:35", "one/a", choose(Grade::Immediate));
    assert_eq!((raised.queued().endorsement, raised.queued().waits), (None, Waits::Dispatch));
    assert!(raised.queued().is_emergency() && raised.queued().unit == "control_room_east");
    same(&asked.clone().told("20:40", "one/a", offer("division_g")), Err(("to", "closing waits")), "offer");
    let back = asked.then("20:40", "two/b", send_back());
    assert_eq!((back.standing().closure.times_sent_back, back.queued().endorsement), (1, None));
    for change in [endorse(), send_back()] {
        same(
            &back.clone().told("20:41", "two/b", change),
            Err(("incident", "No closing of it waits")),
            "back",
        );
    }
    let again = back.then("20:45", "one/a", close("SC02")).then("20:50", "two/b", endorse());
    let closure = &again.standing().closure;
    assert_eq!(closure.endorsed.as_ref().map(|(endorsed_at, _)| *endorsed_at), Some(at("20:50")));
}

#[test]
fn a_closing_that_waits_takes_nothing_away_from_those_who_send() {
    let asked = Sample::opened(Grade::Prompt, &["domestic"]).then("20:10", "one/a", close("SC02"));
    let queued = asked.queued();
    assert_eq!((queued.waits, queued.endorsement), (Waits::Dispatch, Some(Endorsement::Closing)));
}

#[test]
fn what_is_closed_is_opened_again_with_a_reason_and_its_clocks_begin_anew() {
    let mut open = Sample::opened(Grade::Prompt, &[]);
    same(&open.told("20:05", "advisor", reopen()), Err(("incident", "It is open")), "open");
    let mut closed = open.then("20:30", "advisor", close("SC02"));
    same(&closed.told("20:35", "advisor", close("SC02")), Err(("incident", "Open it again first")), "closed");
    let silent = Change::Closure(Command::Reopen { reason: " ".into() });
    same(&closed.told("20:36", "advisor", silent), Err(("reason", "missing")), "silent");
    let again = closed.then("20:40", "advisor", reopen());
    let clock = again.queued().clock.unwrap();
    assert_eq!(
        (clock.words, clock.due_at, again.queued().waits),
        ("a supervisor’s review", at("21:25"), Waits::Dispatch)
    );
    assert_eq!(again.standing().closure.times_reopened, 1);
}
