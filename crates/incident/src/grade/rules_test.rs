//! What may happen to a grade: a table of cases.

use contact::{grade::Grade, suggestion::rules::Suggestion};

use super::rules::Command;
use crate::{
    change::{Change, Opening},
    incident::rules::{Command as Itself, Kind},
    testing::{Sample, by, choose, id, same},
};

fn chosen(grade: Grade, rationale: &str, reason: &str) -> Change {
    let (rationale, reason) = (rationale.into(), reason.into());
    Change::Grade(Command::Choose { grade, suggestion: None, rationale, reason })
}

fn endorse() -> Change {
    Change::Grade(Command::EndorseDowngrade { words: String::new() })
}

fn refuse() -> Change {
    Change::Grade(Command::RefuseDowngrade { reason: "He has a key.".into() })
}

fn explain(rationale: &str, reason: &str) -> Change {
    Change::Grade(Command::Explain { rationale: rationale.into(), reason: reason.into() })
}

fn changed() -> Change {
    Change::Incident(Itself::Log { words: "He is back.".into(), changes_circumstances: true })
}

#[test]
fn another_grade_has_its_reasons_and_only_immediate_goes_without() {
    let why = "He has left the house.";
    let cases = [
        (Grade::Standard, why, "information", Ok("chosen")),
        (Grade::Prompt, why, "information", Err(("grade", "Prompt already"))),
        (Grade::Standard, "", "information", Err(("rationale", "missing"))),
        (Grade::Standard, "gone", "information", Err(("rationale", "10 characters or more"))),
        (Grade::Standard, why, "whim", Err(("reason", "kind of reason"))),
        (Grade::Immediate, "", "", Ok("chosen")),
        (Grade::Immediate, "no\u{7}", "whim", Ok("chosen")),
    ];
    for (grade, rationale, reason, expected) in cases {
        let mut sample = Sample::opened(Grade::Prompt, &[]);
        let told = sample.told("20:05", "advisor", chosen(grade, rationale, reason));
        same(&told, expected, &format!("{grade:?} {rationale:?} {reason:?}"));
        let in_force = sample.standing().grade.as_ref().unwrap().grade();
        assert_eq!(in_force, if expected.is_ok() { grade } else { Grade::Prompt });
    }
}

#[test]
fn a_first_choice_has_a_reason_where_it_is_not_what_was_suggested() {
    let opening = |grade, rationale: &str| Opening {
        contact: id(1),
        kind: Kind { incident_type: "alarm".into(), qualifiers: vec![] },
        location: None,
        summary: "An alarm".into(),
        persons: vec![],
        warnings: vec![],
        grade,
        suggestion: Some(Suggestion { grade: Grade::Prompt, reasons: vec![], ask: vec![], definition: 1 }),
        rationale: rationale.into(),
    };
    let cases = [
        (Grade::Prompt, "", Ok(false)),
        (Grade::Standard, "The key holder is there.", Ok(false)),
        (Grade::Standard, "", Err("rationale")),
        (Grade::Immediate, "", Ok(true)),
        (Grade::Immediate, "Somebody screamed.", Ok(false)),
    ];
    for (grade, rationale, owes) in cases {
        let mut sample = Sample::default();
        let steps = crate::change::opening(&sample.known("20:00", "advisor"), opening(grade, rationale));
        let told = steps.into_iter().try_for_each(|step| sample.told("20:00", "advisor", step).map(|_| ()));
        assert_eq!(told.as_ref().err().map(|refusal| &*refusal.field), owes.err(), "{grade:?} {rationale:?}");
        if let Ok(owes) = owes {
            assert_eq!(
                sample.standing().grade.as_ref().unwrap().owes_reasons(),
                owes,
                "{grade:?} {rationale:?}"
            );
        }
    }
}

#[test]
fn a_domestic_incident_is_lowered_by_two_persons_only() {
    let asked = |grade| {
        let mut sample = Sample::opened(Grade::Immediate, &["domestic"]);
        same(&sample.told("20:05", "one/a", choose(grade)), Ok("downgrade_asked"), "asked");
        assert_eq!(
            sample.standing().grade.as_ref().unwrap().grade(),
            Grade::Immediate,
            "until then it is in force"
        );
        sample
    };
    let second = [("two/b", true), ("one/a", false), ("one/b", false), ("two/a", false), ("program/", true)];
    for (who, may) in second {
        let expected = if may { Ok("downgrade_endorsed") } else { Err(("endorsement", "Another person")) };
        let mut sample = asked(Grade::Standard);
        same(&sample.told("20:10", who, endorse()), expected, who);
        let grade = if may { Grade::Standard } else { Grade::Immediate };
        assert_eq!(sample.standing().grade.as_ref().unwrap().grade(), grade, "{who}");
    }
    let programs =
        Sample::opened(Grade::Prompt, &["domestic"]).then("20:05", "one/", choose(Grade::Standard));
    same(
        &programs.clone().told("20:10", "two/", endorse()),
        Err(("endorsement", "")),
        "two programs are no two",
    );
    assert!(by("one/a").is_second_to(&by("two/")) && !by("one/").is_second_to(&by("two/")));
}

/// The first grade, those that one person chose then, the qualifiers it gets, the grade in force and the one that waits.
type Reconsidered<'a> = (Grade, &'a [Grade], &'a [&'a str], Grade, Option<Grade>);

#[test]
fn what_turns_out_to_be_domestic_after_one_person_lowered_it_waits_for_a_second() {
    let domestic = |keys: &[&str]| {
        let qualifiers = keys.iter().map(|one| (*one).to_owned()).collect();
        let kind = Kind { incident_type: "alarm".into(), qualifiers };
        Change::Incident(Itself::Classify { kind, reason: "It is her former partner.".into() })
    };
    let cases: [Reconsidered<'_>; 7] = [
        (Grade::Immediate, &[Grade::Standard], &["domestic"], Grade::Immediate, Some(Grade::Standard)),
        (
            Grade::Immediate,
            &[Grade::Prompt, Grade::Standard],
            &["domestic"],
            Grade::Immediate,
            Some(Grade::Standard),
        ),
        (
            Grade::Immediate,
            &[Grade::Standard, Grade::Prompt],
            &["domestic"],
            Grade::Immediate,
            Some(Grade::Prompt),
        ),
        (Grade::Prompt, &[Grade::Standard], &[" domestic "], Grade::Prompt, Some(Grade::Standard)),
        (Grade::Prompt, &[Grade::Standard, Grade::Prompt], &["domestic"], Grade::Prompt, None),
        (Grade::Standard, &[Grade::Prompt], &["domestic"], Grade::Prompt, None),
        (Grade::Immediate, &[Grade::Standard], &["hate"], Grade::Standard, None),
    ];
    for (first, chosen, qualifiers, in_force, waiting) in cases {
        let mut sample = Sample::opened(first, &[]);
        for grade in chosen {
            sample = sample.then("20:05", "one/a", choose(*grade));
        }
        sample = sample.then("20:10", "three/c", domestic(qualifiers));
        let graded = sample.standing().grade.clone().unwrap();
        let case = format!("{first:?} {chosen:?} {qualifiers:?}");
        assert_eq!((graded.grade(), graded.waiting.map(|one| one.grade)), (in_force, waiting), "{case}");
        if waiting.is_some() {
            same(
                &sample.clone().told("20:15", "one/b", endorse()),
                Err(("endorsement", "Another person")),
                &case,
            );
            same(&sample.told("20:15", "three/c", endorse()), Ok("downgrade_endorsed"), &case);
            assert_eq!(Some(sample.standing().grade.as_ref().unwrap().grade()), waiting, "{case}");
        }
    }
}

#[test]
fn a_lower_grade_that_waits_is_endorsed_refused_or_overtaken() {
    let asked = Sample::opened(Grade::Prompt, &["domestic"]).then("20:05", "one/a", choose(Grade::Standard));
    let waits = |sample: &Sample| sample.standing().grade.as_ref().unwrap().waiting.is_some();
    let refused = asked.clone().then("20:10", "two/b", refuse());
    assert!(waits(&asked) && !waits(&refused));
    same(
        &refused.clone().told("20:11", "two/b", endorse()),
        Err(("grade", "No lower grade waits")),
        "refused",
    );
    let overtaken = asked.clone().then("20:10", "one/a", chosen(Grade::Immediate, "", ""));
    assert!(!waits(&overtaken));
    let mut late = asked.then("20:10", "one/a", changed());
    same(
        &late.told("20:12", "two/b", endorse()),
        Err(("endorsement", "changed at 21 November 2026, 20:10")),
        "late",
    );
    // Taking the qualifier off does not take the second person away.
    let kind = Kind { incident_type: "alarm".into(), qualifiers: vec![] };
    let off = Change::Incident(Itself::Classify { kind, reason: "A mistake".into() });
    let mut sticky = Sample::opened(Grade::Prompt, &["domestic"]).then("20:05", "one/a", off);
    same(&sticky.told("20:06", "one/a", choose(Grade::Standard)), Ok("downgrade_asked"), "sticky");
}

#[test]
fn reasons_that_are_owed_are_given_once() {
    let owing = Sample::opened(Grade::Prompt, &[]).then("20:05", "advisor", chosen(Grade::Immediate, "", ""));
    let cases = [
        (explain("A scream was heard.", "information"), Ok("explained")),
        (explain("", "information"), Err(("rationale", "missing"))),
        (explain("A scream was heard.", ""), Err(("reason", "kind of reason"))),
    ];
    for (change, expected) in cases {
        let case = format!("{change:?}");
        let mut sample = owing.clone();
        same(&sample.told("20:08", "advisor", change), expected, &case);
        assert_eq!(sample.standing().grade.as_ref().unwrap().owes_reasons(), expected.is_err(), "{case}");
    }
    let mut paid = Sample::opened(Grade::Prompt, &[]);
    let told = paid.told("20:08", "advisor", explain("A scream was heard.", "information"));
    same(&told, Err(("rationale", "there already")), "nothing is owed");
}
