//! Diaries: tables of cases.

use jiff::{
    Timestamp,
    civil::{date, time},
};
use journal::Refusal;
use web::Typed;

use super::{
    forms,
    rules::{Command, Diary, Fact, Known, Officer, Shift, apply, decide},
};
use crate::place::{Gender, Mode};

fn now() -> Timestamp {
    "2026-11-27T10:00:00Z".parse().unwrap()
}

fn known() -> Known {
    Known { now: now(), is_taken: false }
}

fn open() -> Diary {
    let command = Command::Open { unit: "division_e".into(), station: "Shore Street".into() };
    apply(None, &decide(&known(), None, command).unwrap())
}

fn shift() -> Shift {
    Shift {
        weekdays: vec![1, 2, 3, 4, 5],
        first: date(2026, 11, 30),
        last: None,
        from: time(8, 0, 0, 0),
        until: time(20, 0, 0, 0),
        slot_minutes: 60,
        modes: vec![Mode::Home],
        officers: vec![
            Officer::default(),
            Officer { gender: Some(Gender::Woman), skills: vec!["cyber".into()] },
        ],
    }
}

fn with_shift() -> Diary {
    apply(Some(open()), &Fact::ShiftAdded(shift()))
}

fn told(result: &Result<Fact, Refusal>, expected: &str, case: &str) {
    let told = match result {
        Ok(_) => "ok".to_owned(),
        Err(refusal) => {
            assert!(refusal.sentence.ends_with('.'), "{case}: {refusal}");
            format!("{}: {}", refusal.field, refusal.sentence)
        }
    };
    assert!(told.starts_with(expected), "{case}: {told}");
}

#[test]
fn a_diary_is_opened_once_for_a_station_of_a_division() {
    let open_it = |unit: &str, station: &str, is_taken| {
        let command = Command::Open { unit: unit.into(), station: station.into() };
        decide(&Known { is_taken, ..known() }, None, command)
    };
    told(&open_it("division_e", "Shore Street", false), "ok", "new");
    told(&open_it("division_e", "Shore Street", true), "station: There is a diary of", "twice");
    told(&open_it("division_e", " ", false), "station", "no station");
    told(
        &open_it("control_room_east", "Shore Street", false),
        "unit: “control_room_east” is not a division",
        "unit",
    );
    told(&open_it("division_b", "Shore Street", false), "unit", "a division that was");
    let command = Command::AddShift(shift());
    told(&decide(&known(), None, command), "diary: There is no such diary", "none");
    let command = Command::Open { unit: "division_e".into(), station: "Shore Street".into() };
    told(&decide(&known(), Some(&open()), command), "station: It is open", "again");
}

#[test]
fn a_shift_is_one_that_somebody_can_be_booked_for() {
    let cases: Vec<(&str, Shift)> = vec![
        ("ok", shift()),
        ("weekdays: Say on which", Shift { weekdays: vec![], ..shift() }),
        ("weekdays: Say on which", Shift { weekdays: vec![8], ..shift() }),
        ("last: The last day is before", Shift { last: Some(date(2026, 11, 29)), ..shift() }),
        (
            "last: Its last day is past",
            Shift { first: date(2026, 1, 1), last: Some(date(2026, 11, 26)), ..shift() },
        ),
        ("first: That day cannot be meant", Shift { first: date(26, 11, 30), ..shift() }),
        ("weekdays: From its first", Shift { weekdays: vec![7], last: Some(date(2026, 12, 4)), ..shift() }),
        ("slot_minutes: A slot has 10 to 480", Shift { slot_minutes: 9, ..shift() }),
        ("until: It lasts 30 minutes", Shift { until: time(8, 30, 0, 0), ..shift() }),
        ("ok", Shift { from: time(22, 0, 0, 0), until: time(6, 0, 0, 0), ..shift() }),
        ("modes: Say how", Shift { modes: vec![], ..shift() }),
        ("officers: Nobody is on it", Shift { officers: vec![], ..shift() }),
        ("officers: A shift has at most 40", Shift { officers: vec![Officer::default(); 10_000], ..shift() }),
        (
            "officers: Officer 1: “magic” is no skill",
            Shift { officers: vec![Officer { gender: None, skills: vec!["magic".into()] }], ..shift() },
        ),
    ];
    for (expected, shift) in cases {
        let case = format!("{shift:?}");
        told(&decide(&known(), Some(&open()), Command::AddShift(shift)), expected, &case);
    }
    told(
        &decide(&known(), Some(&with_shift()), Command::AddShift(shift())),
        "first: That shift is in",
        "twice",
    );
}

#[test]
fn a_shift_ends_from_today_on_and_once() {
    let end = |number, last| Command::EndShift { number, last };
    let diary = with_shift();
    told(&decide(&known(), Some(&diary), end(0, date(2026, 12, 4))), "ok", "later");
    told(&decide(&known(), Some(&diary), end(0, date(2026, 11, 26))), "ok", "from today on there is none");
    told(&decide(&known(), Some(&diary), end(0, date(2026, 11, 25))), "last: That day is past", "past");
    told(
        &decide(&known(), Some(&diary), end(1, date(2026, 12, 4))),
        "number: There is no such shift",
        "none",
    );
    let ended = apply(Some(diary), &Fact::ShiftEnded { number: 0, last: date(2026, 12, 4) });
    told(&decide(&known(), Some(&ended), end(0, date(2026, 12, 5))), "last: It ends on", "ended");
    told(&decide(&known(), Some(&ended), end(0, date(2026, 12, 3))), "ok", "earlier");
}

#[test]
fn a_time_is_blocked_and_unblocked_while_it_is_to_come() {
    let at = |text: &str| text.parse::<Timestamp>().unwrap();
    let block = |from: &str, until: &str, shift, officer| Command::Block {
        from: at(from),
        until: at(until),
        shift,
        officer,
        reason: "A course".into(),
    };
    let (nine, noon) = ("2026-11-30T09:00:00Z", "2026-11-30T12:00:00Z");
    let cases = [
        ("ok", block(nine, noon, None, None)),
        ("ok", block(nine, noon, Some(0), Some(1))),
        ("until: It ends before", block(noon, nine, None, None)),
        ("until: That time is past", block("2026-11-26T09:00:00Z", "2026-11-26T12:00:00Z", None, None)),
        ("shift: There is no such shift", block(nine, noon, Some(1), None)),
        ("shift: Say of which shift", block(nine, noon, None, Some(0))),
        ("officer: That shift has no such", block(nine, noon, Some(0), Some(2))),
        ("officer: That shift has no such", block(nine, noon, Some(0), Some(-1))),
    ];
    for (expected, command) in cases {
        let case = format!("{command:?}");
        told(&decide(&known(), Some(&with_shift()), command), expected, &case);
    }
    let fact = decide(&known(), Some(&with_shift()), block(nine, noon, None, None)).unwrap();
    let blocked = apply(Some(with_shift()), &fact);
    told(
        &decide(&known(), Some(&blocked), block(nine, noon, None, None)),
        "from: That time is blocked",
        "twice",
    );
    told(
        &decide(&known(), Some(&blocked), Command::Unblock { number: 1 }),
        "number: There is no such",
        "none",
    );
    let late = Known { now: at("2026-11-30T13:00:00Z"), ..known() };
    told(&decide(&late, Some(&blocked), Command::Unblock { number: 0 }), "number: That time is past", "past");
    let fact = decide(&known(), Some(&blocked), Command::Unblock { number: 0 }).unwrap();
    let unblocked = apply(Some(blocked), &fact);
    told(
        &decide(&known(), Some(&unblocked), Command::Unblock { number: 0 }),
        "number: That time was unblocked",
        "twice",
    );
    told(&decide(&known(), Some(&unblocked), block(nine, noon, None, None)), "ok", "blocked again");
}

#[test]
fn a_filled_form_means_what_it_says() {
    let typed = |pairs: &[(&str, &str)]| {
        pairs.iter().fold(Typed::default(), |typed, (name, value)| typed.with(name, *value))
    };
    let form = [
        ("weekdays", "1\n2\n3\n4\n5"),
        ("first", "2026-11-30"),
        ("from", "08:00"),
        ("until", "20:00"),
        ("slot_minutes", "60"),
        ("modes", "home"),
        ("officers", "-\n\nwoman: online crime"),
    ];
    assert_eq!(forms::meant("shift", &typed(&form)).unwrap(), Command::AddShift(shift()));
    for (field, value) in [
        ("weekdays", "Monday"),
        ("first", ""),
        ("first", "30 November"),
        ("last", "soon"),
        ("from", "8"),
        ("until", "24:00"),
        ("slot_minutes", "an hour"),
        ("modes", "pigeon"),
        ("officers", "lady"),
    ] {
        let refusal = forms::meant("shift", &typed(&form).with(field, value)).unwrap_err();
        assert!(
            refusal.field == field && refusal.sentence.ends_with(['.', ':']),
            "{field} {value}: {refusal}"
        );
    }
    let day = typed(&[("from", "2026-11-30"), ("until", "2026-11-30"), ("reason", "Saint Andrew")]);
    let Command::Block { from, until, .. } = forms::meant("block", &day).unwrap() else { panic!() };
    assert_eq!(
        (from.to_string().as_str(), until.to_string().as_str()),
        ("2026-11-30T00:00:00Z", "2026-12-01T00:00:00Z")
    );
    let summer = typed(&[
        ("from", "2027-07-01 08:00"),
        ("until", "2027-07-01 12:00"),
        ("officer", "2"),
        ("shift", "0"),
    ]);
    let Command::Block { from, officer, .. } = forms::meant("block", &summer).unwrap() else { panic!() };
    assert_eq!((from.to_string().as_str(), officer), ("2027-07-01T07:00:00Z", Some(1)));
    assert_eq!(forms::told(&shift()), "Monday to Friday, 08:00–20:00, from 30 November 2026");
}
