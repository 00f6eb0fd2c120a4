//! A fault of a paper stays that paper's: once the register has other words, it is told of the paper; where only the
//! paper says it, it is mended on the paper's page; and what one paper says of closure, the next may not forget.

use plan::{
    linter::{Finding, Severity},
    recommendation::{rows::Taken, status::Status},
    source::rules::{About, Quantity},
    update::rows::Said,
};

use crate::desk::{Desk, action, closed, day, given, said, waits};

/// The update that a paper of 16 September 2025 printed, and one that came after it.
fn updates(printed: &str, later: Option<&str>) -> Vec<Said> {
    let mut all = vec![Said { seq: 1, ..said(printed, "2025-09-03") }];
    all.extend(later.map(|text| Said { seq: 2, ..said(text, "2025-10-20") }));
    all
}

/// A paper that speaks of the last plan, and a day two months after it.
fn summary(desk: &mut Desk) -> String {
    let paper = desk.paper("Progress Summary", "S004", "2025-09-16");
    desk.says(desk.about(), Quantity::Title, "Mental Health 2024", "");
    desk.today = day("2025-11-20");
    format!("/sources/{paper}")
}

fn of<'a>(found: &'a [Finding], check: &str) -> Vec<&'a Finding> {
    found.iter().filter(|one| one.check == check).collect()
}

const WHEN: &str = "When “Progress Summary” (S004) was before its meeting on 16 September 2025,";

#[test]
fn what_a_paper_printed_stays_its_fault_once_the_register_has_other_words() {
    let quarterly = "Agree with the SPA on quarterly reports.";
    let cases = [
        (
            "blank_in_sentence",
            "The first target of  cannot be kept.",
            "the update of MH24-R9, of 3 September 2025, left a gap in a sentence (“The first target of cannot be kept.”).",
        ),
        (
            "coming_but_past",
            "It comes out with the newsletter of August 2025.",
            "the update of MH24-R9, of 3 September 2025, spoke of August 2025 as still to come (“It comes out with the newsletter of August 2025.”); it was past by then.",
        ),
        (
            "frequency",
            "The SPA PPC looks at it every six months.",
            "action 9.1 of MH24-R9 said quarterly, the update of 3 September 2025 said six-monthly (“The SPA PPC looks at it every six months.”).",
        ),
        (
            "target_past",
            "The move to consultation has been delayed.",
            "MH24-R9 was due that month (September 2025), and its update, of 3 September 2025, spoke of a delay (“The move to consultation has been delayed.”); but its target was not moved, and nothing counted it as delayed.",
        ),
    ];
    for (check, printed, told) in cases {
        // As long as the register has the words, it is told of the register; then of the paper.
        for (later, expected) in [(None, None), (Some("All is in order since."), Some(told))] {
            let mut desk = Desk::new();
            desk.add("R9", |item| {
                item.actions = vec![action("9.1", quarterly)];
                item.targets = vec![given("2025-09", "2024-11-01")];
                item.targets.extend(later.map(|_| given("2026-03", "2025-10-20")));
                item.updates = updates(printed, later);
            });
            let page = summary(&mut desk);
            let found = desk.findings();
            let notes: Vec<&Finding> =
                of(&found, check).into_iter().filter(|one| one.severity == Severity::Note).collect();
            if check == "target_past" && later.is_none() {
                continue; // by then it is simply past
            }
            assert_eq!(notes.len(), usize::from(expected.is_some()), "{check} {later:?}: {found:#?}");
            for (note, told) in notes.iter().zip(expected) {
                assert_eq!((note.sentence.as_str(), &note.mend), (&*format!("{WHEN} {told}"), &page));
                assert_eq!(note.label, "MH24-R9");
            }
            if later.is_none() {
                assert_eq!(of(&found, check).len(), 1, "the register tells it: {found:#?}");
            }
        }
    }
}

#[test]
fn a_closed_recommendation_does_not_take_its_papers_faults_with_it() {
    let mut desk = Desk::new();
    desk.add("R9", |item| {
        item.updates = updates("The first target of  cannot be kept.", None);
        closed(item, "2025-10-30");
    });
    summary(&mut desk);
    let found = desk.findings();
    assert_eq!(of(&found, "blank_in_sentence").len(), 1, "{found:#?}");
    // A paper before it was said, and one that speaks of something else, have nothing to do with it.
    desk.sources[0].1.meeting_on = Some(day("2025-08-01"));
    assert_eq!(of(&desk.findings(), "blank_in_sentence").len(), 0);
    desk.sources[0].1.meeting_on = Some(day("2025-09-16"));
    desk.plan("Hate Crime 2025", "HC25", "2025-01-01");
    desk.sources[0].1.statements[0].statement.about = desk.about();
    assert_eq!(of(&desk.findings(), "blank_in_sentence").len(), 0);
}

#[test]
fn the_rows_of_a_paper_that_said_nothing_new_are_counted_for_that_paper() {
    let mut desk = Desk::new();
    for reference in ["R1", "R8", "R9"] {
        desk.add(reference, |item| {
            let again = "Work goes on. No progress has been reported since the last update.";
            item.updates = vec![
                Said { seq: 1, ..said("Work goes on.", "2025-03-05") },
                Said { seq: 2, ..said(again, "2025-08-27") },
            ];
            if reference != "R9" {
                item.updates.push(Said { seq: 3, ..said("The pilot began.", "2025-10-20") });
            }
        });
    }
    desk.add("R10", |_| {});
    let page = summary(&mut desk);
    let found = desk.findings();
    let told: Vec<&str> = of(&found, "repeated_update").iter().map(|one| one.sentence.as_str()).collect();
    assert_eq!(
        told,
        [
            "The last update of MH24-R9 repeats itself, 2 times since 5 March 2025, and says itself that there is no progress.",
            &format!(
                "{WHEN} 3 of 4 open recommendations of Mental Health 2024 said nothing new in their update, 3 of them in so many words (“no progress”): R1 (2 times since 5 March 2025), R8 (2 times since 5 March 2025) and R9 (2 times since 5 March 2025)."
            ),
        ]
    );
    assert_eq!(of(&found, "repeated_update")[1].mend, page);
}

#[test]
fn what_waits_for_what_is_late_by_its_own_words_is_late_too() {
    let mut desk = Desk::new();
    let r4 = desk.add("R4", |item| {
        item.targets = vec![given("2025-09", "2024-11-01")];
        item.updates = vec![said("The consultation has been delayed.", "2025-09-03")];
    });
    desk.add("R9", |item| {
        item.targets = vec![given("2025-09", "2024-11-01")];
        item.waits_for = vec![waits(&r4, "It goes into the same guidance.")];
    });
    let told = |desk: &Desk| {
        desk.sentences("target_past").into_iter().filter(|one| one.starts_with("MH24-R9")).collect::<Vec<_>>()
    };
    assert_eq!(
        told(&desk),
        [
            "MH24-R9 is due this month (September 2025) and waits for MH24-R4, whose last update, of 3 September 2025, speaks of a delay (“The consultation has been delayed.”); but its target was not moved, and nothing counts it as delayed."
        ]
    );
    desk.register.items[0].updates = vec![said("The consultation is over.", "2025-09-03")];
    assert_eq!(told(&desk), Vec::<String>::new());
}

#[test]
fn what_only_a_paper_says_is_mended_on_the_papers_page() {
    let mut desk = Desk::new();
    let about = About::Recommendation(desk.add("R2", |_| {}));
    let paper = desk.paper("Progress Summary", "S004", "2025-09-16");
    desk.says(about.clone(), Quantity::CurrentTarget, "2025-06-30", "“Imminent”, though past.");
    desk.says(about.clone(), Quantity::FirstTarget, "", "The first target of  is blank.");
    desk.says(about, Quantity::Status, "Proposed for closure", "");
    let found = desk.findings();
    for (check, told) in [
        ("coming_but_past", "(“‘Imminent’, though past.”)"),
        ("target_told_otherwise", "gives 30 June 2025 as the target of MH24-R2"),
        ("target_missing", "leaves the first target of MH24-R2 blank"),
        ("closure_forgotten", "was proposed for closure on 16 September 2025"),
    ] {
        let one = of(&found, check);
        assert_eq!(one.len(), 1, "{check}: {found:#?}");
        assert!(one[0].sentence.contains(told), "{check}: {}", one[0].sentence);
        assert_eq!(one[0].mend, format!("/sources/{paper}"), "{check}");
        assert_eq!(one[0].label, "MH24-R2", "it is still about the recommendation");
    }
}

#[test]
fn what_one_paper_says_of_closure_the_next_may_not_forget() {
    let said_then = [
        ("proposed_for_closure", "open", ""),
        ("evidence_assembled", "open", "“No progress”."),
        ("proposed_for_closure", "open", "It came back: closure is not supported."),
        ("proposed_for_closure", "returned", ""),
        ("open", "open", ""),
    ];
    let mut desk = Desk::new();
    let ids: Vec<_> = (0..said_then.len())
        .map(|number| {
            desk.add(&format!("R{}", number + 10), |item| {
                // Whatever was proposed since does not mend the papers.
                item.recommendation.status = Status::EvidenceAssembled;
                item.recommendation.what_we_did = "It was proposed again.".into();
                if number == 0 {
                    item.steps = vec![Taken { status: Status::Returned, on: day("2024-11-20"), seq: 1 }];
                }
            })
        })
        .collect();
    desk.paper("Summary", "K8", "2024-09-18");
    for (id, (before, _, _)) in ids.iter().zip(said_then) {
        desk.says(About::Recommendation(id.clone()), Quantity::Status, before, "");
    }
    let later = desk.paper("Progress Summary", "S004", "2025-09-16");
    for (id, (_, after, words)) in ids.iter().zip(said_then) {
        desk.says(About::Recommendation(id.clone()), Quantity::Status, after, words);
    }
    let found = desk.findings();
    let told: Vec<(Severity, &str, &str)> = of(&found, "closure_forgotten")
        .iter()
        .map(|one| (one.severity, one.sentence.as_str(), one.mend.as_str()))
        .collect();
    let page = format!("/sources/{later}");
    assert_eq!(
        told,
        [
            (
                Severity::Fault,
                "“Summary” (K8) speaks on 18 September 2024 of evidence for the closure of MH24-R11; “Progress Summary” (S004) has it open on 16 September 2025 and does not say why; nor does the register have a return in between.",
                page.as_str()
            ),
            (
                Severity::Warning,
                "“Summary” (K8) speaks on 18 September 2024 of the proposed closure of MH24-R10; “Progress Summary” (S004) has it open on 16 September 2025 and does not say why; the register has the return, on 20 November 2024.",
                page.as_str()
            ),
        ]
    );
}

#[test]
fn a_closure_belongs_to_the_paper_whose_period_it_falls_in_however_long_ago() {
    let mut desk = Desk::new();
    for (reference, on) in
        [("R1", "2023-06-01"), ("R2", "2025-03-01"), ("R3", "2025-08-20"), ("R4", "2026-10-01")]
    {
        desk.add(reference, |item| {
            closed(item, on);
            item.recommendation.impact_achieved = "It will help.".into();
        });
    }
    for (title, reference, on) in
        [("Summary", "S003", "2025-03-19"), ("Progress Summary", "S004", "2025-09-16")]
    {
        desk.paper(title, reference, on);
        desk.says(desk.about(), Quantity::Title, "Mental Health 2024", "");
    }
    desk.today = day("2026-11-20");
    let found = desk.findings();
    let told: Vec<(&str, Severity)> =
        of(&found, "impact_unproven").iter().map(|one| (one.label.as_str(), one.severity)).collect();
    // R1 is older than every paper; R2 is of the paper before the last; R4 is of the one to come.
    let expected =
        [("MH24-R3", Severity::Warning), ("MH24-R4", Severity::Warning), ("MH24-R2", Severity::Note)];
    assert_eq!(told, expected);
}
