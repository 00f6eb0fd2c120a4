//! What may happen to a paper, case by case.

use super::*;
use crate::{
    document::Draft,
    paper::details::{Kind, Typed},
};

fn typed() -> Typed {
    let fields = [
        ("meeting", "Policing Performance Committee"),
        ("date", "9 December 2026"),
        ("location", "Video conference"),
        ("title", "Improvement plans"),
        ("presented_by", "A. Person"),
        ("ask", "discuss"),
        ("period_from", "2026-09-01"),
        ("period_to", "30 November 2026"),
    ];
    Typed {
        fields: fields.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect(),
        inspections: Vec::new(),
    }
}

fn with(more: &[(&str, &str)]) -> Typed {
    let mut typed = typed();
    typed.fields.extend(more.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())));
    typed
}

fn known() -> Known {
    Known { bodies: vec!["Caledonia Police".to_owned()], unaccepted: Vec::new() }
}

fn drafted() -> Paper {
    apply(None, &decide(&known(), None, Command::Draft(typed())).unwrap())
}

fn freezing() -> Freezing {
    let tree = Draft::new("Improvement plans", "2026-12-09".parse().unwrap()).finish().unwrap();
    Freezing { counted_at: 7, on: "2026-12-01".parse().unwrap(), tree: Box::new(tree), accepted: Vec::new() }
}

#[test]
fn a_frozen_paper_stays_as_it_is() {
    let fact = decide(&known(), Some(&drafted()), Command::Freeze(freezing())).unwrap();
    let paper = apply(Some(drafted()), &fact);
    for command in [Command::Edit(typed()), Command::Freeze(freezing()), Command::Draft(typed())] {
        assert!(decide(&known(), Some(&paper), command).unwrap_err().sentence.contains("frozen"));
    }
}

#[test]
fn each_field_is_refused_by_name() {
    for (field, text) in [
        ("kind", "poem"),
        ("meeting", ""),
        ("date", "December"),
        ("location", " "),
        ("title", ""),
        ("presented_by", ""),
        ("ask", "applaud"),
        ("period_from", "Spring"),
        ("period_to", "2026-08-31"),
        ("addressee", "caledonia police"),
        ("theme", "weather"),
        ("added_since", "2023"),
    ] {
        let refusal = decide(&known(), None, Command::Draft(with(&[(field, text)]))).unwrap_err();
        assert_eq!(refusal.field, field);
    }
    let elsewhere = Typed { inspections: vec!["nowhere".to_owned()], ..typed() };
    assert_eq!(decide(&known(), None, Command::Draft(elsewhere)).unwrap_err().field, "inspection");
    assert_eq!(decide(&known(), Some(&drafted()), Command::Edit(typed())).unwrap_err().field, "title");
    assert!(decide(&known(), None, Command::Freeze(freezing())).is_err());
}

#[test]
fn the_kind_and_what_it_counts_are_said() {
    let given = with(&[
        ("kind", "portfolio"),
        ("addressee", "Caledonia Police"),
        ("theme", "custody"),
        ("added_since", "1 August 2023"),
    ]);
    let Fact::Drafted(details) = decide(&known(), None, Command::Draft(given)).unwrap() else {
        panic!("it is drafted");
    };
    assert_eq!((details.kind, &*details.addressee), (Kind::Portfolio, "Caledonia Police"));
    assert_eq!(details.added_since, Some("2023-08-01".parse().unwrap()));
    for (kind, appendix, has) in [
        ("plan", "", true),
        ("", "", true),
        ("period", "", false),
        ("period", "yes", true),
        ("portfolio", "yes", false),
    ] {
        let given = with(&[("kind", kind), ("appendix", appendix)]);
        let paper = apply(None, &decide(&known(), None, Command::Draft(given)).unwrap());
        assert_eq!(paper.details.has_appendix(), has, "{kind} {appendix}");
    }
}

#[test]
fn a_paper_waits_for_faults_that_nobody_accepted() {
    let cases: [(&[&str], Option<&str>); 4] = [
        (&[], None),
        (&["R1 has no target"], Some("found 1 fault that nobody has accepted: R1 has no target. Resolve")),
        (
            &["R1 has no target.", "B"],
            Some("2 faults that nobody has accepted: R1 has no target. There is 1 more. Resolve"),
        ),
        (&["A.", "B.", "C."], Some("3 faults that nobody has accepted: A. There are 2 more. Resolve")),
    ];
    for (unaccepted, told) in cases {
        let known = Known { unaccepted: unaccepted.iter().map(|one| (*one).to_owned()).collect(), ..known() };
        let outcome = decide(&known, Some(&drafted()), Command::Freeze(freezing()));
        match told {
            None => assert!(matches!(outcome.unwrap(), Fact::Frozen(_))),
            Some(told) => {
                let refusal = outcome.unwrap_err();
                assert!(refusal.sentence.contains(told), "{refusal}");
                assert_eq!(refusal.field, "findings");
            }
        }
        assert!(decide(&known, Some(&drafted()), Command::Edit(with(&[("title", "Other")]))).is_ok());
    }
}

#[test]
fn what_was_accepted_is_in_the_fact() {
    let accepted = vec![Accepted { sentence: "9 or 10.".into(), reason: "R14 is apart.".into() }];
    let command = Command::Freeze(Freezing { accepted: accepted.clone(), ..freezing() });
    let Fact::Frozen(frozen) = decide(&known(), Some(&drafted()), command).unwrap() else {
        panic!("it is frozen");
    };
    assert_eq!(frozen.accepted, accepted);
}

#[test]
fn the_last_paper_is_the_latest_about_the_same_inspections_for_the_same_body() {
    use Kind::{Period, Plan, Portfolio};
    let of = |kind: Kind, inspections: &[&str], addressee: &str| Details {
        kind,
        inspections: inspections.iter().map(|id| (*id).to_owned()).collect(),
        addressee: addressee.to_owned(),
        ..drafted().details
    };
    let earlier = |counted_at: i64, details: Details| Earlier {
        details,
        counted_at,
        on: "2026-06-01".parse().unwrap(),
    };
    let all = vec![
        earlier(10, of(Plan, &[], "")),
        earlier(20, of(Period, &["a"], "")),
        earlier(30, of(Plan, &["a", "b"], "")),
        earlier(40, of(Portfolio, &["b"], "")),
        earlier(50, of(Plan, &["c"], "")),
        earlier(60, of(Portfolio, &[], "Caledonia Police")),
    ];
    let cases: [(Details, i64, Option<i64>); 9] = [
        (of(Plan, &["a"], ""), 25, Some(20)),
        (of(Plan, &["a"], ""), 20, Some(10)),
        (of(Plan, &["a"], ""), 10, None),
        (of(Period, &["b", "a"], ""), 35, Some(30)),
        (of(Period, &["a"], ""), 99, Some(40)),
        (of(Plan, &["c", "a"], ""), 99, Some(40)),
        (of(Plan, &[], ""), 39, Some(10)),
        (of(Portfolio, &["c"], ""), 99, Some(40)),
        (of(Plan, &["a"], "Caledonia Police"), 99, Some(60)),
    ];
    for (details, before, expected) in cases {
        let found = last_about(all.clone(), &details, before).map(|paper| paper.counted_at);
        assert_eq!(found, expected, "{:?} {before}", details.inspections);
    }
}
