//! What is not one of the twenty-three: forgotten closures, doubles, dependencies, names; how a finding is
//! grouped, where it is mended, and when it is another one.

use plan::{
    linter::{Severity, register_says, staleness},
    recommendation::status::Status,
    source::rules::{About, Quantity},
};

use crate::desk::{Desk, action, closed, day, given, said, waits};

#[test]
fn a_register_in_order_gives_no_finding() {
    let mut desk = Desk::new();
    desk.add("R1", |_| {});
    desk.add("R2", |item| closed(item, "2025-08-01"));
    desk.paper("Progress Summary", "S004", "2025-09-16");
    desk.says(desk.about(), Quantity::Open, "1", "Mental Health | 1 | 1 (0)");
    desk.says(desk.about(), Quantity::Closed, "1", "");
    desk.says(desk.about(), Quantity::Delayed, "0", "");
    desk.says(About::Portfolio, Quantity::Plans, "1", "");
    desk.says(About::Portfolio, Quantity::ProposedForClosure, "0", "");
    assert_eq!(desk.findings(), [], "nothing is wrong with it");
}

#[test]
fn a_closure_that_was_spoken_of_and_then_forgotten_is_found() {
    let mut desk = Desk::new();
    let r12 = desk.add("R12", |_| {});
    let returned = desk.add("R3", |item| item.recommendation.status = Status::Returned);
    desk.add("R9", |item| {
        item.updates = vec![
            said("Evidence is being collated for submission to HMICS and proposed closure.", "2025-03-10"),
            said("The hub was launched.", "2025-09-10"),
        ];
    });
    desk.paper("Improvement update", "K8", "2025-02-18");
    for id in [r12.clone(), returned] {
        desk.says(About::Recommendation(id), Quantity::Status, "Proposed for closure", "");
    }
    desk.says(About::Recommendation(r12), Quantity::Status, "Closed", "");
    assert_eq!(
        desk.sentences("closure_forgotten"),
        [
            "“Improvement update” (K8) says that MH24-R12 was proposed for closure on 18 February 2025; the register shows it open, with neither a proposal nor a return.",
            "“Improvement update” (K8) says that MH24-R12 was closed on 18 February 2025; the register has it open on that day.",
            "The update of MH24-R9 of 10 March 2025 speaks of closure (“Evidence is being collated for submission to HMICS and proposed closure.”), the one of 10 September 2025 does not, and nothing was proposed or returned.",
        ]
    );
}

#[test]
fn the_same_words_twice_and_dependencies_that_lead_nowhere_are_found() {
    let mut desk = Desk::new();
    let words = "Caledonia Police should review the training of everybody who answers calls.";
    let r1 = desk.add("R1", |item| item.recommendation.text = words.into());
    let r2 = desk.add("R2", |item| closed(item, "2025-08-01"));
    let r3 = desk.add("R3", |item| {
        item.targets = vec![given("2026-01-31", "2024-11-01")];
        item.waits_for = vec![waits(&r1, "first"), waits(&r2, "first")];
    });
    desk.add("R4", |item| item.waits_for = vec![waits(&r3, "it")]);
    assert_eq!(
        desk.sentences("waiting"),
        [
            "MH24-R3 is due on 31 January 2026, but waits for MH24-R1, which is due later, in June 2026.",
            "MH24-R3 still waits for MH24-R2, which was discharged on 1 August 2025. End the dependency, or say what it waits for now.",
        ]
    );
    desk.register.items[0].waits_for = vec![waits(&r3, "it")];
    let circle =
        desk.findings().into_iter().find(|one| one.check == "waiting" && one.severity == Severity::Fault);
    let circle = circle.expect("it is found");
    assert_eq!(
        circle.sentence,
        "MH24-R1 and MH24-R3 wait for each other in a circle, so none of them can be first."
    );
    desk.plan("Calls 2025", "C25", "2025-02-01");
    desk.add("1", |item| item.recommendation.text = words.to_uppercase());
    assert_eq!(
        desk.sentences("same_text_twice"),
        [
            "MH24-R1 and C25-R1 have the same words. If one took the other up, say so; if one was renamed, give it both references."
        ]
    );
}

#[test]
fn posts_that_differ_by_a_letter_are_found_where_the_rarer_one_is() {
    let mut desk = Desk::new();
    for reference in ["R1", "R2"] {
        desk.add(reference, |item| {
            item.recommendation.owner_post = "Chief Inspector C3 Resolution Team".into();
        });
    }
    let r3 = desk.add("R3", |item| {
        item.recommendation.owner_post = "Chief Inspector C3 Resolutions Team".into();
        item.actions = vec![action("3.1", "Do it.")];
        item.actions[0].owner = "Chief Inspector C4 Resolution Team".into();
    });
    let found: Vec<_> = desk.findings().into_iter().filter(|one| one.check == "names_alike").collect();
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!(
        found[0].sentence,
        "“Chief Inspector C3 Resolution Team” (2 places) and “Chief Inspector C3 Resolutions Team” (MH24-R3) look like one post written in two ways."
    );
    assert_eq!(
        (&found[0].subject, found[0].mend.as_str()),
        (&r3, format!("/recommendations/{r3}/owner").as_str())
    );
}

#[test]
fn what_many_recommendations_of_a_plan_share_is_one_finding() {
    let mut desk = Desk::new();
    for reference in ["R1", "R5", "R7", "R8"] {
        desk.add(reference, |item| item.targets = vec![given("2025-03", "2024-11-01")]);
    }
    let found: Vec<_> = desk.findings().into_iter().filter(|one| one.check == "target_past").collect();
    assert_eq!(found.len(), 1);
    assert_eq!(
        found[0].sentence,
        "4 open recommendations of Mental Health 2024 are past their target and have no later one: R1 (March 2025), R5 (March 2025), R7 (March 2025) and R8 (March 2025)."
    );
    assert_eq!(found[0].label, "MH24");
    assert!(found[0].mend.starts_with("/recommendations?inspection="));
}

#[test]
fn a_finding_is_the_same_until_its_figures_change_and_not_by_the_day() {
    let broken = |target: &str| {
        let mut desk = Desk::new();
        desk.add("R3", |item| item.targets = vec![given(target, "2024-11-01")]);
        desk.findings().remove(0)
    };
    let (first, again, other) = (broken("2025-08-31"), broken("2025-08-31"), broken("2025-07-31"));
    assert_eq!(first, again);
    assert_ne!(first.fingerprint, other.fingerprint);
    assert_eq!(first.fingerprint.len(), 16);
    let mut later = Desk::new();
    later.add("R3", |item| item.targets = vec![given("2025-08-31", "2024-11-01")]);
    later.register.items[0].updates = vec![said("Something else was done.", "2025-09-10")];
    assert_eq!(later.findings()[0].fingerprint, first.fingerprint);
}

#[test]
fn a_closed_recommendation_has_no_form_and_is_mended_on_its_page() {
    let mut desk = Desk::new();
    let r3 = desk.add("R3", |item| {
        closed(item, "2025-08-01");
        item.recommendation.impact_achieved = "It will help.".into();
    });
    assert_eq!(desk.findings()[0].mend, format!("/recommendations/{r3}"));
}

#[test]
fn figures_that_fit_by_different_rules_are_told_for_the_whole_paper() {
    let mut desk = Desk::new();
    desk.add("R1", |item| {
        item.targets = vec![given("2025-01", "2024-11-01"), given("2026-01", "2024-12-20")];
    });
    let first = desk.about();
    desk.plan("Hate Crime 2024", "HC24", "2024-06-01");
    desk.add("R6", |item| item.targets = vec![given("2025-01", "2024-11-01")]);
    desk.paper("Progress Summary", "S004", "2025-09-16");
    desk.says(first, Quantity::Delayed, "0", "");
    desk.says(desk.about(), Quantity::Delayed, "1", "");
    assert_eq!(
        desk.sentences("delayed_by_which_rule"),
        Vec::<String>::new(),
        "past the target of that day gives both"
    );
    desk.register.items[0].targets.truncate(1);
    desk.register.items[0].targets[0] = given("2026-06", "2024-11-01");
    desk.register.items[0].targets.push(given("2026-08", "2025-01-01"));
    desk.sources[0].1.statements[0].statement.value = "1".into();
    assert_eq!(
        desk.sentences("delayed_by_which_rule"),
        [
            "“Progress Summary” (S004) counts “delayed” by more than one rule: 1 of Mental Health 2024 (target moved), 1 of Hate Crime 2024 (past the first target or past the target of that day). Say which rule a figure counts by."
        ]
    );
}

#[test]
fn a_number_that_a_paper_leaves_blank_is_told_with_the_registers_own() {
    let mut desk = Desk::new();
    desk.add("R1", |item| {
        item.targets = vec![given("2025-01", "2024-11-01"), given("2026-01", "2024-12-20")];
    });
    desk.paper("September paper", "K9", "2025-02-18");
    desk.says(
        desk.about(),
        Quantity::Delayed,
        "",
        "Total Closed Ongoing – on track Ongoing – delayed 13 0 13",
    );
    assert_eq!(
        desk.sentences("target_missing"),
        [
            "“September paper” (K9) leaves the number of delayed recommendations of Mental Health 2024 blank on 18 February 2025; the register has 1 past the first target, 0 past the target of that day, 1 with a target that was moved."
        ]
    );
}

#[test]
fn the_register_answers_each_statement_for_its_day() {
    let mut desk = Desk::new();
    let r1 = desk.add("R1", |item| item.targets.push(given("2026-08-31", "2025-06-01")));
    desk.add("R2", |item| closed(item, "2025-08-01"));
    desk.paper("June paper", "S003b", "2025-05-10");
    let of = |id: &journal::Id| About::Recommendation(id.clone());
    desk.says(desk.about(), Quantity::Open, "2", "");
    desk.says(of(&r1), Quantity::CurrentTarget, "2026-06-30", "");
    desk.says(of(&r1), Quantity::Status, "Open", "");
    desk.says(desk.about(), Quantity::Published, "2024-10", "");
    desk.says(About::Theme("Custody".into()), Quantity::Open, "31", "");
    desk.says(About::Portfolio, Quantity::ProposedForClosure, "5", "");
    let readings = plan::linter::Readings::of(&desk.register, &[]);
    let input = desk.input(&readings);
    let look = plan::linter::Look::at(&input);
    let answers: Vec<(String, Option<bool>)> = desk.sources[0]
        .1
        .standing()
        .map(|cited| register_says(&look, &cited.statement))
        .map(|says| (says.words, says.agrees))
        .collect();
    let expected = [
        ("2 open recommendations: R1 and R2", Some(true)),
        ("June 2026", Some(true)),
        ("Open today", None),
        ("18 October 2024", Some(true)),
        ("The register cannot tell for that day.", None),
        // R2's steps say that it was not with the inspectorate in May.
        ("0 recommendations proposed for closure", Some(false)),
    ];
    let expected: Vec<(String, Option<bool>)> =
        expected.iter().map(|(words, agrees)| ((*words).to_owned(), *agrees)).collect();
    assert_eq!(answers, expected);
}

/// What was said, and on which day.
type Updates<'a> = &'a [(&'a str, &'a str)];

/// How often, since when, and whether it says so itself.
type Expected<'a> = Option<(usize, &'a str, bool)>;

#[test]
fn staleness_counts_how_often_and_since_when() {
    let mut desk = Desk::new();
    let none = "No progress has been reported since the last update.";
    let same = |text: &str, more: &str| format!("{text}\n{more}");
    let cases: [(Updates<'_>, Expected<'_>); 6] = [
        (&[("The pilot began.", "2025-03-01")], None),
        (&[("A.", "2025-03-01"), ("B.", "2025-06-01")], None),
        (&[("A pilot.", "2025-03-01"), ("a  pilot", "2025-06-01")], Some((2, "2025-03-01", false))),
        (&[("A.", "2025-03-01"), (none, "2025-06-01"), (none, "2025-09-01")], Some((2, "2025-06-01", true))),
        (&[("A.", "2025-01-01"), (none, "2025-03-01"), ("B.", "2025-06-01")], None),
        (
            &[(none, "2025-01-01"), ("A.", "2025-03-01"), (none, "2025-06-01"), ("A.", "2025-09-01")],
            Some((3, "2025-03-01", false)),
        ),
    ];
    for (updates, expected) in cases {
        desk.register.items.clear();
        desk.add("R1", |item| item.updates = updates.iter().map(|(text, on)| said(text, on)).collect());
        let stale = staleness(&desk.register.items[0]);
        let told = stale.map(|stale| (stale.times, stale.since, stale.says_no_progress));
        assert_eq!(told, expected.map(|(times, since, none)| (times, day(since), none)), "{updates:?}");
    }
    desk.register.items.clear();
    desk.add("R1", |item| {
        item.updates = vec![said("A.", "2025-03-01"), said(&same("A.", none), "2025-06-01")];
    });
    let stale = staleness(&desk.register.items[0]).expect("it repeats itself");
    assert_eq!((stale.times, stale.since, stale.says_no_progress), (2, day("2025-03-01"), true));
}
