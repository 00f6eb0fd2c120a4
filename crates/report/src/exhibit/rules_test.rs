//! The table of what may be chosen, and what is refused at which field.

use std::collections::BTreeSet;

use jiff::Timestamp;
use journal::{Id, Refusal};

use super::rules::{Choice, Command, Fact, Known, MOST, Shown, Told, Wish, apply, decide};

fn id(number: usize) -> Id {
    Id::read(&format!("018a645b-0000-7bb7-b19b-{number:012}")).expect("an identity")
}

fn now() -> Timestamp {
    "2026-11-26T12:00:00Z".parse().expect("a moment")
}

/// The paper tells the first recommendation, which failure demand serves; one piece of evidence is attached to it.
fn known() -> Known {
    let served_by = BTreeSet::from(["failure_demand".to_owned(), "contacts".to_owned()]);
    let told = vec![Told { id: id(1), label: "CAM22-R3".to_owned(), served_by }];
    Known { is_frozen: Some(false), told, attached: vec![id(50)] }
}

fn wish(measure: &str) -> Wish {
    Wish {
        recommendation: id(1).to_string(),
        measure: measure.to_owned(),
        from: "2026-09-07".to_owned(),
        until: "2026-11-22".to_owned(),
        by: "week".to_owned(),
        division: String::new(),
    }
}

fn choose(number: usize, wish: &Wish) -> Result<Command, Refusal> {
    Ok(Command::Choose(Box::new(wish.read(id(number), now())?)))
}

fn choice(number: usize, until: &str) -> Choice {
    let wanted = Wish { until: until.to_owned(), ..wish("failure_demand") }.read(id(number), now());
    wanted.expect("it can be meant").choice
}

/// What a paper shows after so many choices, each of another period.
fn shown(many: usize) -> Shown {
    let choices = (0..many).map(|number| choice(100 + number, &format!("2026-11-{:02}", number + 1)));
    choices.fold(Shown::default(), |was, choice| apply(Some(was), &Fact::Chosen(choice)))
}

#[test]
fn what_is_typed_is_understood_or_refused_at_its_field() {
    let plain = wish("failure_demand");
    assert_eq!(plain.read(id(9), now()).expect("it can be meant").choice.by, "week");
    for (typed, field, told) in [
        (Wish { recommendation: String::new(), ..plain.clone() }, "recommendation", "choose one of the list"),
        (wish(""), "measure", "Say which measure"),
        (wish("luck"), "measure", "There is no measure “luck”"),
        (Wish { until: "2026-11-27".into(), ..plain.clone() }, "until", "still to come"),
        (Wish { from: "2026-11-23".into(), ..plain.clone() }, "from", "before it begins"),
        (Wish { by: "hour".into(), ..plain.clone() }, "by", "day, week or month"),
        (Wish { by: "day".into(), from: "2026-01-01".into(), ..plain.clone() }, "by", "at most 54"),
        (Wish { division: "YY".into(), ..plain.clone() }, "division", "no division"),
    ] {
        let refusal = typed.read(id(9), now()).expect_err(told);
        assert!(refusal.field == field && refusal.sentence.contains(told), "{refusal}");
    }
}

#[test]
fn a_choice_is_taken_or_refused_at_its_field() {
    let frozen = Known { is_frozen: Some(true), ..known() };
    let none = Known { is_frozen: None, ..known() };
    let plain = wish("failure_demand");
    let elsewhere = Wish { recommendation: id(2).to_string(), ..plain.clone() };
    assert!(matches!(
        decide(&known(), None, choose(9, &plain).expect("it can be meant")),
        Ok(Fact::Chosen(choice)) if choice.measure == "failure_demand"
    ));
    let same = apply(None, &Fact::Chosen(choice(100, "2026-11-22")));
    for (known, was, wish, field, told) in [
        (&none, shown(0), &plain, "measure", "There is no such paper"),
        (&frozen, shown(0), &plain, "measure", "This paper is frozen"),
        (&known(), shown(0), &elsewhere, "recommendation", "does not tell that recommendation"),
        (&known(), shown(0), &self::wish("calls_back"), "measure", "There is no measure"),
        (
            &known(),
            shown(0),
            &self::wish("appointments_kept"),
            "measure",
            "does not say that it serves CAM22-R3",
        ),
        (&known(), same, &plain, "measure", "shows just that already"),
        (&known(), shown(MOST - 1), &plain, "measure", "at most 12 measures, and this one shows 12"),
    ] {
        let refusal = choose(9, wish).and_then(|command| decide(known, Some(&was), command)).expect_err(told);
        assert!(refusal.field == field && refusal.sentence.contains(told), "{refusal}");
    }
    // With the evidence left out there is room.
    let roomy = apply(Some(shown(MOST - 1)), &Fact::LeftOut { shown: id(50) });
    assert!(decide(&known(), Some(&roomy), choose(9, &plain).expect("it can be meant")).is_ok());
}

#[test]
fn what_is_shown_is_left_out_and_shown_again() {
    let (known, was) = (known(), shown(1));
    assert_eq!(was.many(&known), 2);
    let left = decide(&known, Some(&was), Command::LeaveOut(id(100))).expect("what was chosen");
    assert_eq!(apply(Some(was.clone()), &left), Shown::default());
    let left = decide(&known, Some(&was), Command::LeaveOut(id(50))).expect("what is attached");
    let without = apply(Some(was.clone()), &left);
    assert_eq!((without.many(&known), without.left_out.len()), (1, 1));
    let again = decide(&known, Some(&without), Command::ShowAgain(id(50))).expect("it is shown again");
    assert_eq!(apply(Some(without.clone()), &again), was);
    let full = apply(Some(shown(MOST)), &Fact::LeftOut { shown: id(50) });
    let frozen = Known { is_frozen: Some(true), ..known.clone() };
    for (known, was, command, field) in [
        (&known, &was, Command::LeaveOut(id(7)), "leave_out"),
        (&known, &without, Command::LeaveOut(id(50)), "leave_out"),
        (&known, &was, Command::ShowAgain(id(50)), "show_again"),
        (&known, &full, Command::ShowAgain(id(50)), "show_again"),
        (&frozen, &was, Command::LeaveOut(id(50)), "leave_out"),
        (&frozen, &without, Command::ShowAgain(id(50)), "show_again"),
    ] {
        let refusal = decide(known, Some(was), command.clone()).expect_err("it is refused");
        assert!(refusal.field == field && refusal.sentence.ends_with('.'), "{command:?}: {refusal}");
    }
}
