//! The four units, what is beside them, and the two cut-offs of “abandoned and recalled”.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use crate::{
    abandoned::{Abandonment, abandoned},
    classify, classify_in_force,
    code::Code,
    definition::{Abandoned, Definitions, Ni14},
    rules::Judged,
    sensitivity::{USUAL, sensitivity, side_by_side},
    story::{Attempt, Contact, EndedBy, Grade, Happening, Issue, Kind, Link, State, What},
    testing::*,
    units::{Dimension, Disagreement, Issues, Minutes, Rate, by, percent, repeat_victimisation},
};

fn took(minutes: Option<u32>, contact: Contact) -> Contact {
    Contact { handling_minutes: minutes, ..contact }
}

fn named(incident: &str, facts: Vec<(i64, What)>) -> Issue {
    let facts = facts.into_iter().map(|(minute, what)| fact(minute, incident, what)).collect();
    Issue { incident: incident.to_owned(), ..issue(facts) }
}

/// Two issues: one that failed three times, one in which all is well.
fn week() -> Vec<Issue> {
    let missed = |minute| (minute, appointment(State::MissedByPolice));
    let contacted = |minute, contact| (minute, What::Contacted(contact));
    let worst = named(
        "W",
        vec![
            contacted(0, took(Some(10), call("w1"))),
            (1, graded(Grade::Immediate, Some(15))),
            contacted(20, took(Some(5), said(Code::F01, call("w2")))),
            (25, What::Arrived),
            missed(DAY),
            contacted(DAY + 1, took(None, said(Code::F15, through("web_form", call("w3"))))),
            contacted(2 * DAY, took(Some(7), said(Code::V3, call("w4")))),
            contacted(2 * DAY + 1, Contact { is_answered: false, ..call("w5") }),
            contacted(2 * DAY + 2, Contact { kind: Some(Kind::Media), ..call("w6") }),
            contacted(2 * DAY + 3, Contact { kind: None, ..call("w7") }),
        ],
    );
    let best = named(
        "B",
        vec![
            contacted(0, took(Some(4), call("b1"))),
            contacted(60, took(None, Contact { division: None, ..call("b2") })),
            contacted(70, took(Some(2), said(Code::F12, new_information(call("b3"))))),
        ],
    );
    vec![worst, best]
}

fn judged_week() -> Vec<Judged> {
    week().iter().flat_map(|issue| classify(fd1(), issue, far())).collect()
}

#[test]
fn unit_a_is_failure_contacts_of_eligible_contacts() {
    let rate = Rate::of(&judged_week());
    let expected = Rate {
        failures: 3,
        eligible: 7,
        value: 3,
        neutral: 0,
        unknown: 1,
        never: 1,
        not_known_whether: 1,
        discontinued: 1,
        by_primary: BTreeMap::from([(Code::F01, 1), (Code::F02, 2)]),
        by_any: BTreeMap::from([(Code::F01, 1), (Code::F02, 2), (Code::F15, 1)]),
    };
    assert_eq!(rate, expected);
    assert!((rate.percent().unwrap() - 300.0 / 7.0).abs() < 1e-9);
    assert_eq!((Rate::default().percent(), percent(0, 5), percent(5, 5)), (None, Some(0.0), Some(100.0)));
    assert_eq!(rate.by_ni14(fd1()), BTreeMap::from([(Some(Ni14::Chasing), 3)]));
    let all =
        Rate { by_primary: Code::ALL.into_iter().take(15).map(|code| (code, 1)).collect(), ..rate.clone() };
    let classes = all.by_ni14(fd1());
    let counts: Vec<_> =
        classes.iter().map(|(class, count)| (class.map_or("none", Ni14::words), *count)).collect();
    let expected = [
        ("none", 6),
        ("Unnecessary clarification", 1),
        ("Poor signposting or call transfer", 2),
        ("Repeat notification of the same information", 1),
        ("Progress chasing", 4),
        ("Repeat contact after premature closure", 1),
    ];
    assert_eq!(counts, expected, "as the table has them");
    let text = serde_json::to_string(&rate).unwrap();
    assert!(text.contains("\"by_primary\":{\"F01\":1,\"F02\":2}"), "{text}");
}

#[test]
fn unit_a_by_dimension_keeps_what_is_not_known_apart() {
    let judged = judged_week();
    let rates = |dimension| -> Vec<(Option<String>, usize, usize)> {
        by(&judged, dimension).into_iter().map(|(key, rate)| (key, rate.failures, rate.eligible)).collect()
    };
    let some = |key: &str| Some(key.to_owned());
    assert_eq!(rates(Dimension::Division), [(None, 0, 1), (some("G"), 3, 6)]);
    assert_eq!(rates(Dimension::Channel), [(some("non_emergency"), 2, 6), (some("web_form"), 1, 1)]);
    assert_eq!(rates(Dimension::Family), [(None, 3, 7)]);
    assert_eq!(rates(Dimension::Grade), [(None, 0, 3), (some("immediate"), 3, 4)]);
    assert_eq!(rates(Dimension::Month), [(some("2026-03"), 3, 7)]);
    let days = [(some("2026-03-02"), 1, 5), (some("2026-03-03"), 1, 1), (some("2026-03-04"), 1, 1)];
    assert_eq!(rates(Dimension::Day), days);
}

#[test]
fn a_day_is_a_day_in_scotland() {
    let began = |text: &str| -> Option<String> {
        let moment: Timestamp = text.parse().unwrap();
        let what = What::Contacted(call("c"));
        let happening = Happening { at: moment, order: 0, incident: Some("A".to_owned()), what };
        let judged =
            classify(fd1(), &Issue { incident: "A".to_owned(), happenings: vec![happening] }, moment);
        by(&judged, Dimension::Day).into_keys().next().unwrap()
    };
    for (moment, day) in [
        ("2026-03-28T23:59:59Z", "2026-03-28"),
        ("2026-03-29T00:00:00Z", "2026-03-29"),
        ("2026-03-29T22:59:59Z", "2026-03-29"),
        ("2026-03-29T23:00:00Z", "2026-03-30"),
        ("2026-10-25T22:59:59Z", "2026-10-25"),
        ("2026-10-25T23:59:59Z", "2026-10-25"),
    ] {
        assert_eq!(began(moment).as_deref(), Some(day), "{moment}");
    }
}

#[test]
fn units_b_c_and_d() {
    let judged = judged_week();
    let issues = Issues::of(&judged);
    assert_eq!((issues.with_failure, issues.all, issues.percent()), (1, 2, Some(50.0)));
    assert_eq!(issues.episodes, BTreeMap::from([(0, 1), (3, 1)]));
    let minutes = Minutes::of(&judged);
    assert_eq!(minutes, Minutes { on_failures: 12, on_all: 28, failures_not_known: 1, all_not_known: 2 });
    let once: Vec<Judged> = judged.into_iter().filter(|one| one.contact == "w2").collect();
    assert_eq!((Issues::of(&once).with_failure, Issues::of(&once).all), (1, 1), "one is enough");
    assert_eq!(Issues::of(&[]).percent(), None);
}

#[test]
fn disagreement_is_counted_where_both_are_there() {
    // w2 the same; w3 another reason; w4 value against failure; b3 failure against value.
    let found = Disagreement::of(&judged_week());
    assert_eq!(found, Disagreement { comparable: 4, other_reason: 1, other_class: 2, unsupported: 1 });
    assert_eq!(found.percent(), Some(75.0));
    assert_eq!(Disagreement::default().percent(), None);
}

#[test]
fn a_repeat_victim_is_flagged() {
    let contacted = |id| What::Contacted(about("domestic", call(id)));
    let facts = vec![
        fact(0, "A", contacted("a")),
        fact(DAY, "B", contacted("b")),
        fact(DAY + 5, "B", What::Linked(Link::NewOccurrence)),
    ];
    let again = classify(fd1(), &issue(facts), far());
    assert_eq!(repeat_victimisation(&again), BTreeSet::from(["A"]));
    assert_eq!(repeat_victimisation(&judged_week()), BTreeSet::new());
}

#[test]
fn sensitivity_shows_what_other_windows_would_count() {
    // Missed at minute 0; again after one, two, four and seven days.
    let contacts = [1, 2, 4, 7].map(|days| (days * DAY, What::Contacted(call(&format!("c{days}")))));
    let missed = (1, appointment(State::MissedByPolice));
    let facts = [vec![(0, What::Contacted(call("first"))), missed], contacts.to_vec()].concat();
    let rows = sensitivity(fd1(), &[named("A", facts)], far(), &USUAL);
    let counts: Vec<_> =
        rows.iter().map(|row| (row.windows_percent, row.rate.by_primary[&Code::F02])).collect();
    assert_eq!(counts, [(50, 1), (100, 2), (200, 3)]);
}

#[test]
fn a_contact_is_judged_by_the_version_of_its_day_and_by_any_other_beside_it() {
    // The second version, from 4 March on, gives a missed appointment one day instead of three.
    let first = fd1().clone();
    let mut second = first.clone();
    (second.number, second.from) = (2, "2026-03-04".parse().unwrap());
    for window in &mut second.window {
        window.days = window.days.map(|days| if days == 3 { 1 } else { days });
    }
    let both = Definitions { version: vec![first, second] };
    let contacts = [-90, 0, 2, 3, 5].map(|days| (days * DAY + 2, What::Contacted(call(&format!("c{days}")))));
    let missed = (DAY, appointment(State::MissedByPolice));
    let issue = named("A", [vec![missed], contacts.to_vec()].concat());
    let judged = classify_in_force(&both, &issue, far());
    let told: Vec<_> = judged.iter().map(|one| (one.contact.as_str(), one.version, one.primary)).collect();
    let expected = [("c0", 1, None), ("c2", 2, None), ("c3", 2, None), ("c5", 2, None)];
    assert_eq!(told, expected, "2 December is before the first version");
    let rates = side_by_side(&both, &[issue], far());
    let failures: Vec<_> = rates.iter().map(|(version, rate)| (*version, rate.failures)).collect();
    assert_eq!(failures, [(1, 2), (2, 0)]);
}

#[test]
fn abandoned_and_recalled_has_two_cut_offs() {
    let from = |number: Option<&str>, waited_seconds, ended_by| {
        let number = number.map(str::to_owned);
        What::Attempted(Attempt { channel: "non_emergency".to_owned(), number, waited_seconds, ended_by })
    };
    let n1 = |waited| from(Some("n1"), waited, EndedBy::Caller);
    let again = |minute| fact(minute, "A", What::Contacted(call("c")));
    let one = |slot: fn(&mut Abandonment) -> &mut usize| {
        let mut counted = Abandonment { attempts: 1, ..Abandonment::default() };
        *slot(&mut counted) = 1;
        counted
    };
    let cut_offs = fd1().abandoned;
    assert_eq!(cut_offs, Abandoned { wait_seconds: 30, recall_minutes: 120, guess: true });
    let unanswered = What::Contacted(Contact { is_answered: false, ..call("c") });
    let other = What::Contacted(Contact { number: Some("n2".to_owned()), ..call("c") });
    for (name, facts, expected) in [
        ("29 s", vec![fact(0, "", n1(29)), again(5)], one(|it| &mut it.short)),
        ("30 s", vec![fact(0, "", n1(30)), again(5)], one(|it| &mut it.recalled)),
        ("31 s", vec![fact(0, "", n1(31)), again(5)], one(|it| &mut it.recalled)),
        ("119 min", vec![fact(0, "", n1(30)), again(119)], one(|it| &mut it.recalled)),
        ("120 min", vec![fact(0, "", n1(30)), again(120)], one(|it| &mut it.recalled)),
        ("121 min", vec![fact(0, "", n1(30)), again(121)], one(|it| &mut it.not_recalled)),
        ("before", vec![fact(0, "", n1(30)), again(-1)], one(|it| &mut it.not_recalled)),
        ("not answered", vec![fact(0, "", n1(30)), fact(5, "A", unanswered)], one(|it| &mut it.not_recalled)),
        ("another number", vec![fact(0, "", n1(30)), fact(5, "A", other)], one(|it| &mut it.not_recalled)),
        (
            "withheld",
            vec![fact(0, "", from(None, 30, EndedBy::Caller)), again(5)],
            one(|it| &mut it.no_number),
        ),
        (
            "advice",
            vec![fact(0, "", from(Some("n1"), 90, EndedBy::Advice)), again(5)],
            one(|it| &mut it.advised),
        ),
        (
            "cut off",
            vec![fact(0, "", from(Some("n1"), 90, EndedBy::Service)), again(5)],
            one(|it| &mut it.recalled),
        ),
    ] {
        assert_eq!(abandoned(cut_offs, &issue(facts).happenings, far()), expected, "{name}");
    }
    let facts = [fact(0, "", n1(30)), again(60)];
    for (minute, expected) in
        [(59, one(|it| &mut it.open)), (60, one(|it| &mut it.recalled)), (-1, Abandonment::default())]
    {
        assert_eq!(abandoned(cut_offs, &facts, at(minute)), expected, "as at {minute}");
    }
    let alone = [fact(0, "", n1(30)), fact(0, "", n1(30))];
    for (minute, expected) in [(119, one(|it| &mut it.open)), (120, one(|it| &mut it.not_recalled))] {
        assert_eq!(abandoned(cut_offs, &alone, at(minute)), expected, "told twice, counted once; {minute}");
    }
    let wider = Abandoned { wait_seconds: 31, ..cut_offs };
    assert_eq!(abandoned(wider, &alone, far()), one(|it| &mut it.short));
    let longer = Abandoned { recall_minutes: 121, ..cut_offs };
    assert_eq!(abandoned(longer, &[fact(0, "", n1(30)), again(121)], far()), one(|it| &mut it.recalled));
}

#[test]
fn what_was_recorded_can_be_kept_as_text() {
    for issue in week() {
        let text = serde_json::to_string(&issue).unwrap();
        assert_eq!(serde_json::from_str::<Issue>(&text).unwrap(), issue);
    }
    let text = serde_json::to_string(&judged_week()).unwrap();
    assert!(text.contains("\"primary\":\"F01\"") && text.contains("\"rule\":\"nobody_sent\""), "{text}");
    let unknown = serde_json::from_str::<Code>("\"F16\"").unwrap_err();
    assert!(unknown.to_string().contains("write one of"), "{unknown}");
}
