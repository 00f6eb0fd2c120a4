//! The table of cases of a week’s sample.

use super::{
    rules::{Command, Counted, Fact, Known, Sample, apply, chosen, code_key, decide, is_failure, read_code},
    week::Week,
};
use failure::code::Code;
use journal::{Id, Refusal};

/// What is changed of what the rule knows.
type Change = fn(&mut Known);

const SEED: &str = "8d1f";
const ADVISOR: &str = "advisor";
const ANALYST: &str = "analyst";
const SUPERVISOR: &str = "supervisor";

fn id(number: usize) -> Id {
    Id::read(&format!("018a645b-0000-7bb7-b19b-{number:012}")).unwrap()
}

fn week() -> Week {
    Week::read("2026-W47").unwrap()
}

fn counted(number: usize) -> Counted {
    let derived = [Some(Code::V1), Some(Code::F02), None, Some(Code::X1)][number % 4];
    Counted {
        contact: id(number),
        at: "2026-11-18T10:00:00Z".parse().unwrap(),
        division: "E".into(),
        derived,
    }
}

fn known(who: &str, many: usize) -> Known {
    Known {
        now: "2026-11-26T12:00:00Z".parse().unwrap(),
        who: who.to_owned(),
        is_drawn: false,
        counted_to: 700,
        reaches: 600,
        edition: "1: failure_demand@1".to_owned(),
        population: (0..many).map(counted).collect(),
        advisors: [ADVISOR.to_owned()].into(),
    }
}

fn draw() -> Command {
    Command::Draw { week: week(), seed: SEED.to_owned() }
}

fn code(number: usize, code: Option<Code>) -> Command {
    Command::Code { contact: id(number), code, note: " As it is told. ".to_owned() }
}

fn amend(number: usize, code: Option<Code>, reason: &str) -> Command {
    Command::Amend { contact: id(number), code, note: "As it is told.".to_owned(), reason: reason.to_owned() }
}

fn close(reason: &str) -> Command {
    Command::Close { reason: reason.to_owned() }
}

/// The sample after commands, each by somebody.
fn after(many: usize, commands: Vec<(&str, Command)>) -> Sample {
    let all = [(ANALYST, draw())].into_iter().chain(commands);
    all.fold(None, |was, (who, command)| {
        let fact = decide(&known(who, many), was.as_ref(), command).unwrap();
        Some(apply(was, &fact))
    })
    .unwrap()
}

#[track_caller]
fn refused(told: Result<Fact, Refusal>, field: &str, part: &str) {
    let refusal = told.expect_err(part);
    assert!(refusal.field == field && refusal.sentence.contains(part), "{part}: {refusal}");
}

#[test]
fn a_week_that_ended_is_drawn_once_and_never_when_it_is_empty_or_not_counted() {
    let Ok(Fact::Drawn(drawn)) = decide(&known(ANALYST, 100), None, draw()) else { panic!("it is drawn") };
    assert_eq!((drawn.contacts, drawn.failures, drawn.sample.len(), drawn.entry), (100, 25, 40, 700));
    assert_eq!((drawn.by.as_str(), drawn.seed.as_str(), drawn.definition), (ANALYST, SEED, 1));
    let Ok(Fact::Drawn(all)) = decide(&known(ANALYST, 3), None, draw()) else { panic!("it is drawn") };
    assert_eq!(all.sample.len(), 3, "all of them where there are no more");

    let cases: [(Change, &str); 6] = [
        (|known| known.now = "2026-11-22T23:59:59Z".parse().unwrap(), "ends on 22 November 2026"),
        (|known| known.now = "2026-11-18T12:00:00Z".parse().unwrap(), "choose a week that is over"),
        (|known| known.is_drawn = true, "was drawn already"),
        (|known| known.counted_to = 599, "counted to entry 599, and the week reaches to entry 600"),
        (|known| known.population.clear(), "no contact was counted"),
        (|known| known.population.push(counted(0)), "stands there twice"),
    ];
    for (change, told) in cases {
        let mut known = known(ANALYST, 10);
        change(&mut known);
        refused(decide(&known, None, draw()), "week", told);
    }
    let mut at_once = known(ANALYST, 10);
    (at_once.now, at_once.counted_to) = ("2026-11-23T00:00:00Z".parse().unwrap(), 600);
    assert!(decide(&at_once, None, draw()).is_ok(), "from the first moment after it");
    let long_ago = Command::Draw { week: Week::read("2020-W44").unwrap(), seed: SEED.to_owned() };
    refused(decide(&known(ANALYST, 10), None, long_ago), "week", "No rules of sampling");
    let line = Command::Draw { week: week(), seed: "a\nb".to_owned() };
    refused(decide(&known(ANALYST, 10), None, line), "week", "line break");
    let sample = after(10, vec![]);
    refused(decide(&known(ANALYST, 10), Some(&sample), draw()), "week", "was drawn already");
    for command in [code(1, None), amend(1, None, "Why"), close("Why")] {
        refused(decide(&known(SUPERVISOR, 10), None, command), "week", "was not drawn");
    }
}

#[test]
fn the_same_seed_draws_the_same_whatever_the_order_and_another_draws_others() {
    let population: Vec<Counted> = (0..100).map(counted).collect();
    let mut turned = population.clone();
    turned.reverse();
    let ids = |seed: &str, of: &[Counted]| -> Vec<String> {
        let drawn = chosen(week(), seed, of, 40).unwrap();
        drawn.into_iter().map(|one| one.contact.to_string()).collect()
    };
    assert_eq!(ids(SEED, &population), ids(SEED, &turned));
    assert_ne!(ids(SEED, &population), ids("8d20", &population));
}

#[test]
fn a_contact_is_coded_once_by_a_second_person_and_only_if_it_was_drawn() {
    let sample = after(10, vec![(SUPERVISOR, code(1, Some(Code::F02)))]);
    let coded = sample.codings(&id(1));
    assert_eq!((coded.len(), coded[0].code, coded[0].note.shown()), (1, Some(Code::F02), "As it is told."));
    assert_eq!((sample.missing(), coded[0].by.as_str()), (9, SUPERVISOR));
    for (who, command, field, told) in [
        (ADVISOR, code(2, None), "contact", "would not be a second person"),
        (SUPERVISOR, code(1, None), "code", "You coded this contact already"),
        (ANALYST, code(1, None), "code", "Somebody else coded"),
        (SUPERVISOR, code(77, None), "contact", "was not drawn"),
    ] {
        refused(decide(&known(who, 10), Some(&sample), command), field, told);
    }
    let long = Command::Code { contact: id(2), code: None, note: "x".repeat(4_001) };
    refused(decide(&known(SUPERVISOR, 10), Some(&sample), long), "note", "at most 4,000");
    // Who drew may code: the seed was not theirs to choose, and the draw shows nobody what was derived.
    assert!(decide(&known(ANALYST, 10), Some(&sample), code(2, None)).is_ok());
}

#[test]
fn a_coding_is_amended_by_its_coder_with_a_reason_and_both_stay() {
    let sample = after(
        10,
        vec![(SUPERVISOR, code(1, Some(Code::F02))), (SUPERVISOR, amend(1, None, "It was never booked."))],
    );
    let codes: Vec<_> = sample.codings(&id(1)).iter().map(|one| (one.code, one.by.as_str())).collect();
    assert_eq!(codes, [(Some(Code::F02), SUPERVISOR), (None, SUPERVISOR)]);
    for (who, command, field, told) in [
        (SUPERVISOR, amend(1, Some(Code::V1), " "), "reason", "missing"),
        (SUPERVISOR, amend(1, None, "Why"), "code", "Nothing is different"),
        (ANALYST, amend(1, Some(Code::V1), "Why"), "code", "only they can amend"),
        (SUPERVISOR, amend(2, Some(Code::V1), "Why"), "code", "not coded yet"),
        (SUPERVISOR, amend(77, Some(Code::V1), "Why"), "contact", "was not drawn"),
    ] {
        refused(decide(&known(who, 10), Some(&sample), command), field, told);
    }
}

#[test]
fn a_sample_closes_when_all_is_coded_or_with_a_reason_and_then_nothing_changes() {
    let whole = after(2, vec![(SUPERVISOR, code(0, None)), (SUPERVISOR, code(1, None))]);
    let part = after(2, vec![(SUPERVISOR, code(0, None))]);
    let none = after(2, vec![]);
    let known = known(ANALYST, 2);
    assert!(matches!(decide(&known, Some(&whole), close("")), Ok(Fact::Closed { missing: 0, .. })));
    refused(decide(&known, Some(&part), close("")), "reason", "1 contact is not coded");
    refused(decide(&known, Some(&part), close(&"x".repeat(4_001))), "reason", "at most 4,000");
    refused(
        decide(&known, Some(&none), close("Nobody was there")),
        "reason",
        "Nothing of this sample was coded",
    );
    let fact = decide(&known, Some(&part), close("Nobody else is there.")).unwrap();
    assert!(matches!(&fact, Fact::Closed { missing: 1, .. }));
    let closed = apply(Some(part), &fact);
    for command in [code(1, None), amend(0, Some(Code::V1), "Why"), close("")] {
        refused(decide(&known, Some(&closed), command), "sample", "was closed at 26 November 2026, 12:00");
    }
}

#[test]
fn a_code_is_read_and_written_and_only_failure_codes_are_failure() {
    for code in Code::ALL.into_iter().map(Some).chain([None]) {
        assert_eq!(read_code(&code_key(code)).unwrap(), code);
        assert_eq!(is_failure(code), code_key(code).starts_with('F'), "{code:?}");
    }
    for (text, told) in [("", "Choose the code"), ("F99", "is unknown"), ("f01", "is unknown")] {
        let refusal = read_code(text).unwrap_err();
        assert!(refusal.field == "code" && refusal.sentence.contains(told), "{refusal}");
    }
}
