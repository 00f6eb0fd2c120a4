//! The table of cases for an area for development.

use std::collections::{BTreeMap, BTreeSet};

use journal::Id;

use super::rules::*;

fn id(second: i64) -> Id {
    Id::read(&format!("018a645b-0000-7bb7-b19b-{second:012}")).unwrap()
}

fn known() -> Known {
    Known {
        today: "2026-11-21".parse().unwrap(),
        published_on: Some("2022-08-31".parse().unwrap()),
        taken: BTreeMap::from([("1".to_owned(), "AFD 01".to_owned()), ("2".to_owned(), "2".to_owned())]),
        recommendations: BTreeSet::from([id(7), id(8)]),
        actions: Some(["7.5", "5.5"].map(str::to_owned).into()),
    }
}

fn printed() -> Printed {
    Printed {
        number: "AFD6".into(),
        text: "Measure how partnership works.".into(),
        heading: "Partnership working".into(),
        recommendation: Some(id(8)),
    }
}

fn made() -> Command {
    Command::Make { inspection: Some(id(1)), printed: printed() }
}

fn mapped(action: &str) -> Command {
    Command::Map { recommendation: id(7), action: action.into(), note: String::new() }
}

fn contested() -> Command {
    Command::Contest {
        recommendation: id(7),
        action: "7.5".into(),
        by: "CERP".into(),
        words: "It is not ours.".into(),
    }
}

fn settled() -> Command {
    Command::Settle { recommendation: id(7), action: "7.5".into(), words: "It is theirs.".into() }
}

fn unmapped(reason: &str) -> Command {
    Command::Unmap { recommendation: id(7), action: "7.5".into(), reason: reason.into() }
}

fn closed(reason: &str, on: &str) -> Command {
    Command::Close { reason: reason.into(), on: on.into() }
}

fn reopened() -> Command {
    Command::Reopen { reason: "It was not met.".into() }
}

fn reworded(change: fn(&mut Printed), reason: &str) -> Command {
    let mut printed = printed();
    change(&mut printed);
    Command::Reword { printed, reason: reason.into() }
}

/// given(facts)
fn given(commands: Vec<Command>) -> Option<Area> {
    commands.into_iter().fold(None, |was, command| {
        let fact = decide(&known(), was.as_ref(), command).expect("given what may be");
        Some(apply(was, &fact))
    })
}

#[test]
fn what_happens_to_an_area_is_kept_in_order() {
    let area = given(vec![
        made(),
        mapped(" 7.5 "),
        mapped("5.5"),
        contested(),
        settled(),
        reworded(|printed| printed.heading = "Partners".into(), "As printed."),
    ])
    .unwrap();
    assert_eq!((area.number.as_str(), area.heading.as_str()), ("AFD6", "Partners"));
    let actions: Vec<_> = area.mappings.iter().map(|one| one.action.as_str()).collect();
    assert_eq!(actions, ["7.5", "5.5"]);
    assert!(area.is_mapped_twice() && !area.is_contested() && !area.is_unmapped());
    assert_eq!(area.mappings[0].settled, "It is theirs.");
    let life = vec![made(), mapped("7.5"), contested(), unmapped("Agreed.")];
    let area = given(life).unwrap();
    assert!(area.is_unmapped() && !area.is_contested());
    let area = given(vec![made(), closed("Met.", "30 November 2025")]).unwrap();
    assert!(area.closed.is_some() && !area.is_unmapped(), "what is closed asks for no action");
    let area = given(vec![made(), closed("Met.", "2022-08-31"), reopened()]).unwrap();
    assert!(area.closed.is_none() && area.is_unmapped());
}

#[test]
fn an_area_without_a_printed_number_gets_the_next_free_one() {
    let without = Printed { number: " ".into(), ..printed() };
    let command = Command::Make { inspection: Some(id(1)), printed: without };
    let Ok(Fact::Made { number, .. }) = decide(&known(), None, command.clone()) else { panic!("not made") };
    assert_eq!(number, "3");
    let mut known = known();
    known.taken.insert("4".into(), "4".into());
    let Ok(Fact::Made { number, .. }) = decide(&known, None, command) else { panic!("not made") };
    assert_eq!(number, "5", "3 and 4 areas before it: the fourth is there");
}

#[test]
fn one_number_printed_in_many_ways_has_one_key() {
    for printed in ["6", "06", "AFD6", "AFD 06", "afd-6", "Area for Development 6", "Area 6", "No. 6", "(6)"]
    {
        assert_eq!(key(printed), "6", "{printed}");
    }
    assert_eq!((key("AFD"), key("6a"), key("SD1")), ("afd".into(), "6a".into(), "sd1".into()));
    let mut area = given(vec![made()]).unwrap();
    assert_eq!((area.label("CAM22"), area.order()), ("CAM22-AFD6".to_owned(), (6, "6".to_owned())));
    area.number = "SD1".into();
    assert_eq!((area.label("CAM22"), area.order().0), ("CAM22-AFD-sd1".to_owned(), i64::MAX));
}

#[test]
fn each_refusal_names_its_field_and_says_what_to_do() {
    let closed_one = || vec![made(), closed("Met.", "2025-11-30")];
    let elsewhere = Command::Map { recommendation: id(9), action: "7.5".into(), note: String::new() };
    let unfit = |change: fn(&mut Printed)| {
        let mut printed = printed();
        change(&mut printed);
        Command::Make { inspection: Some(id(1)), printed }
    };
    let (by, words) = (
        Command::Contest { recommendation: id(7), action: "7.5".into(), by: " ".into(), words: "No.".into() },
        Command::Contest {
            recommendation: id(7),
            action: "7.5".into(),
            by: "CERP".into(),
            words: String::new(),
        },
    );
    let silent = Command::Settle { recommendation: id(7), action: "7.5".into(), words: " ".into() };
    let long = Command::Map { recommendation: id(7), action: "7.5".into(), note: "x".repeat(5_000) };
    let cases: Vec<(Vec<Command>, Command, &str, &str)> = vec![
        (vec![], closed("Met.", "2025-11-30"), "number", "no such area"),
        (vec![], reopened(), "number", "no such area"),
        (vec![made()], made(), "number", "already"),
        (
            vec![],
            Command::Make { inspection: None, printed: printed() },
            "inspection",
            "Choose the inspection",
        ),
        (vec![], unfit(|one| one.number = "AFD 2".into()), "number", "is area for development 2"),
        (vec![], unfit(|one| one.number = "1".into()), "number", "is area for development AFD 01"),
        (vec![], unfit(|one| one.number = "–".into()), "number", "neither a digit nor a letter"),
        (vec![], unfit(|one| one.number = "1".repeat(41)), "number", "at most 40"),
        (vec![], unfit(|one| one.text = " ".into()), "text", "is missing"),
        (vec![], unfit(|one| one.heading = "x".repeat(301)), "heading", "at most 300"),
        (vec![], unfit(|one| one.recommendation = Some(id(3))), "recommendation", "its own inspection"),
        (vec![made()], reworded(|_| {}, "why"), "text", "as it was"),
        (vec![made()], reworded(|one| one.text = "Else.".into(), " "), "reason", "is missing"),
        (vec![made()], reworded(|one| one.number = " ".into(), "why"), "number", "is missing"),
        (vec![made()], reworded(|one| one.number = "2".into(), "why"), "number", "already"),
        (vec![made()], mapped("9.9"), "action", "no such action"),
        (vec![made(), mapped("7.5")], mapped("7.5"), "action", "already"),
        (vec![made()], long, "note", "at most 4,000"),
        (vec![made()], unmapped("why"), "action", "not mapped"),
        (vec![made(), mapped("7.5")], unmapped(""), "reason", "is missing"),
        (vec![made()], contested(), "action", "not mapped"),
        (vec![made(), mapped("7.5"), contested()], contested(), "action", "CERP contests this already"),
        (vec![made(), mapped("7.5")], by, "by", "is missing"),
        (vec![made(), mapped("7.5")], words, "words", "is missing"),
        (vec![made(), mapped("7.5")], settled(), "action", "Nobody contests"),
        (vec![made(), mapped("7.5"), contested()], silent, "words", "is missing"),
        (vec![made(), mapped("7.5"), contested()], closed("Met.", "2025-11-30"), "closed", "Settle that"),
        (vec![made()], closed(" ", "2025-11-30"), "reason", "is missing"),
        (vec![made()], closed("Met.", "November"), "on", "is not a day"),
        (vec![made()], closed("Met.", "2026-11-22"), "on", "still to come"),
        (vec![made()], closed("Met.", "2022-08-30"), "on", "before the inspection was published"),
        (vec![made()], reopened(), "reason", "not closed"),
        (closed_one(), mapped("7.5"), "closed", "30 November 2025"),
        (closed_one(), reworded(|one| one.text = "Else.".into(), "why"), "closed", "Reopen it first"),
        (closed_one(), Command::Reopen { reason: " ".into() }, "reason", "is missing"),
    ];
    for (number, (before, command, field, told)) in cases.into_iter().enumerate() {
        let refusal = decide(&known(), given(before).as_ref(), command).expect_err(&format!("case {number}"));
        assert_eq!(refusal.field, field, "case {number}: {refusal}");
        assert!(refusal.sentence.contains(told), "case {number}: {refusal}");
    }
    // The same number is another action in another recommendation.
    let was = given(vec![made(), mapped("7.5")]);
    assert!(decide(&known(), was.as_ref(), elsewhere).is_ok());
    let nowhere = Known { actions: None, ..known() };
    assert!(decide(&nowhere, was.as_ref(), mapped("5.5")).is_err(), "no such recommendation");
    let unpublished = Known { published_on: None, ..known() };
    assert!(decide(&unpublished, None, made()).is_err(), "no such inspection");
}

#[test]
fn a_reworded_area_keeps_its_own_number() {
    let was = given(vec![made()]);
    let command = reworded(|printed| printed.number = "Area for development 06".into(), "As printed.");
    assert!(decide(&known(), was.as_ref(), command).is_ok());
}
