//! What may happen in a round: tables of cases.

use jiff::Timestamp;

use super::{due::due_steps, rules::*, told::told};
use crate::{
    meeting::rules::{Meeting, Standing},
    workday::rules::Calendar,
};
use jiff::civil::Date;
use journal::{Id, Refusal};

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

fn id(number: i64) -> Id {
    // The same for the same number: an identity’s chance would make each one new.
    Id::read(&format!("00000000-0000-7000-8000-{number:012}")).unwrap()
}

fn ask(number: i64, post: &str) -> Ask {
    Ask { recommendation: id(number), post: post.into(), escalate_to: "Chair".into() }
}

fn known(today: &str) -> Known<'static> {
    let seen = |number: i64| {
        let (label, post) = (format!("CAM22-R{number}"), format!("Owner {number}"));
        (id(number), Seen { label, post, answered_on: None, is_closed: number == 9 })
    };
    Known {
        today: date(today),
        calendar: Calendar::scotland(),
        meeting: Some(Meeting {
            group: Id::new(Timestamp::UNIX_EPOCH),
            on: date("2024-03-13"),
            place: String::new(),
            standing: Standing::Called,
        }),
        is_taken: false,
        seen: [1, 2, 9].map(seen).into(),
    }
}

fn open(due_on: &str, asks: Vec<Ask>) -> Command {
    Command::Open { meeting: Some(id(7)), due_on: due_on.into(), asks }
}

/// Due on Friday 1 March 2024: reminders on 23 and 29 February, escalated on 4 March.
fn round() -> Round {
    let fact = decide(&known("2024-02-12"), None, open("", vec![ask(1, "Owner 1"), ask(2, "Owner 2")]));
    apply(None, &fact.unwrap())
}

fn after(today: &str, was: &Round, command: Command) -> Round {
    apply(Some(was.clone()), &decide(&known(today), Some(was), command).unwrap())
}

fn remind(number: i64) -> Command {
    Command::Remind { recommendation: id(number) }
}

fn escalate(number: i64) -> Command {
    Command::Escalate { recommendation: id(number) }
}

#[test]
fn a_round_keeps_the_days_of_its_steps() {
    let round = round();
    assert_eq!(round.due_on, date("2024-03-01"));
    assert_eq!(round.remind_on, ["2024-02-23", "2024-02-29"].map(date));
    assert_eq!(round.escalate_on, date("2024-03-04"));
    // Opened late, it reminds only where there is time to.
    let late = decide(&known("2024-02-23"), None, open("1 March 2024", vec![ask(1, "Owner 1")])).unwrap();
    assert_eq!(apply(None, &late).remind_on, [date("2024-02-29")]);
    let told = told(&id(5), &round, &Fact::Closed { on: date("2024-03-04") });
    assert_eq!(told, []);
}

#[test]
fn a_step_is_due_once_however_often_and_late_one_looks() {
    let fresh = round();
    let reminded = |on: &[&str]| on.iter().fold(fresh.clone(), |was, on| after(on, &was, remind(1)));
    let escalated = after("2024-03-04", &reminded(&["2024-02-23", "2024-02-29"]), escalate(1));
    let withdraw = Command::Withdraw { recommendation: id(1), reason: "Merged".into() };
    let cases: [(&str, Round, &str, &[Command]); 15] = [
        ("before its day", fresh.clone(), "2024-02-22", &[]),
        ("on its day", fresh.clone(), "2024-02-23", &[remind(1)]),
        ("once it has happened", reminded(&["2024-02-23"]), "2024-02-23", &[]),
        ("the days after", reminded(&["2024-02-23"]), "2024-02-28", &[]),
        ("days late", fresh.clone(), "2024-02-26", &[remind(1)]),
        ("once, late", reminded(&["2024-02-26"]), "2024-02-27", &[]),
        ("the second on 29 February", reminded(&["2024-02-26"]), "2024-02-29", &[remind(1)]),
        ("both missed: one for both", fresh.clone(), "2024-02-29", &[remind(1)]),
        ("both missed, and made up for", reminded(&["2024-02-29"]), "2024-03-01", &[]),
        ("by hand the day before does not count", reminded(&["2024-02-22"]), "2024-02-23", &[remind(1)]),
        ("escalated", reminded(&["2024-02-23", "2024-02-29"]), "2024-03-04", &[escalate(1)]),
        ("all missed", fresh.clone(), "2024-03-20", &[remind(1), escalate(1)]),
        ("once escalated", escalated, "2024-03-05", &[]),
        ("withdrawn", after("2024-02-20", &fresh, withdraw), "2024-03-05", &[]),
        ("closed", after("2024-02-20", &fresh, Command::Close), "2024-03-05", &[]),
    ];
    for (case, round, today, expected) in cases {
        let mut seen = known(today).seen;
        seen.get_mut(&id(2)).unwrap().answered_on = Some(date("2024-02-13"));
        assert_eq!(due_steps(&round, &seen, date(today)), expected, "{case}");
        // Whatever is due, the rule lets happen.
        for command in due_steps(&round, &seen, date(today)) {
            assert!(decide(&Known { seen: seen.clone(), ..known(today) }, Some(&round), command).is_ok());
        }
    }
}

#[test]
fn who_owns_it_by_then_is_reminded() {
    let mut known = known("2024-02-23");
    known.seen.get_mut(&id(1)).unwrap().post = "Its new owner".into();
    let fact = decide(&known, Some(&round()), remind(1)).unwrap();
    let now = apply(Some(round()), &fact);
    assert_eq!(now.request(&id(1)).unwrap().post, "Its new owner");
    assert_eq!(told(&id(5), &now, &fact)[0].post, "Its new owner");
}

#[test]
fn what_does_not_fit_is_refused_by_its_field() {
    let base = known("2024-02-12");
    let one = || vec![ask(1, "Owner 1")];
    let held =
        Meeting { standing: Standing::Held { minutes: String::new() }, ..base.meeting.clone().unwrap() };
    let no_chair = vec![Ask { escalate_to: String::new(), ..ask(1, "Owner 1") }];
    let nowhere = Command::Open { meeting: None, due_on: String::new(), asks: one() };
    let cases: [(Known<'_>, Command, &str, &str); 15] = [
        (base.clone(), nowhere, "meeting", "Choose the meeting"),
        (Known { meeting: None, ..base.clone() }, open("", one()), "meeting", "Choose the meeting"),
        (Known { meeting: Some(held), ..base.clone() }, open("", one()), "meeting", "was held"),
        (Known { is_taken: true, ..base.clone() }, open("", one()), "meeting", "is open"),
        (base.clone(), open("soon", one()), "due_on", "is not a day"),
        (base.clone(), open("2024-02-12", one()), "due_on", "after today"),
        (base.clone(), open("2024-03-13", one()), "due_on", "before the meeting"),
        (base.clone(), open("2024-03-09", one()), "due_on", "no working day"),
        (known("2024-03-04"), open("", one()), "due_on", "were due on 1 March 2024"),
        (base.clone(), open("", vec![]), "owner", "No open recommendation"),
        (base.clone(), open("", vec![ask(3, "Owner 3")]), "owner", "not in the register"),
        (base.clone(), open("", vec![ask(9, "Owner 9")]), "owner", "is closed"),
        (base.clone(), open("", vec![ask(1, " ")]), "owner", "Nobody owns CAM22-R1"),
        (base.clone(), open("", no_chair), "meeting", "Name a chair"),
        (base.clone(), open("", vec![ask(1, "A"), ask(1, "B")]), "owner", "twice"),
    ];
    for (known, command, field, told) in cases {
        refused(&known, None, command, field, told);
    }
}

#[test]
fn nobody_is_bothered_who_has_answered_or_was_just_reminded() {
    let round = round();
    let mut answered = known("2024-02-20");
    answered.seen.get_mut(&id(1)).unwrap().answered_on = Some(date("2024-02-19"));
    let mut over = known("2024-02-20");
    over.seen.get_mut(&id(1)).unwrap().is_closed = true;
    let reminded = after("2024-02-20", &round, remind(1));
    let told = after("2024-02-20", &round, escalate(1));
    let withdraw = |reason: &str| Command::Withdraw { recommendation: id(1), reason: reason.into() };
    let back = after("2024-02-20", &round, withdraw("Merged"));
    let closed = after("2024-02-20", &round, Command::Close);
    let today = known("2024-02-20");
    let cases: [(&Known<'_>, &Round, Command, &str, &str); 12] = [
        (&answered, &round, remind(1), "recommendation", "answered on 19 February 2024"),
        (&answered, &round, escalate(1), "recommendation", "answered on"),
        (&answered, &round, withdraw("Why"), "recommendation", "answered on"),
        (&over, &round, remind(1), "recommendation", "is closed"),
        (&today, &round, remind(3), "recommendation", "Nobody was asked"),
        (&today, &reminded, remind(1), "recommendation", "was reminded of it today"),
        (&today, &told, escalate(1), "recommendation", "escalated to Chair on 20 February 2024"),
        (&today, &back, remind(1), "recommendation", "was withdrawn"),
        (&today, &round, withdraw(" "), "reason", "missing"),
        (&today, &closed, remind(1), "round", "is closed"),
        (&today, &closed, Command::Close, "round", "is closed"),
        (&today, &round, open("", vec![ask(1, "A")]), "meeting", "open already"),
    ];
    for (known, was, command, field, told) in cases {
        refused(known, Some(was), command, field, told);
    }
    refused(&today, None, Command::Close, "meeting", "no such round");
}

fn refused(known: &Known<'_>, was: Option<&Round>, command: Command, field: &str, told: &str) {
    let refusal: Refusal = decide(known, was, command).unwrap_err();
    assert_eq!(refusal.field, field, "{refusal}");
    assert!(refusal.sentence.contains(told), "{told}: {refusal}");
}
