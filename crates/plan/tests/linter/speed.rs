//! How long the check takes. Not a test that can fail by itself: a machine may be slow.
//! `cargo test --release -p plan --test linter -- --ignored --nocapture` prints it.

use std::time::Instant;

use crate::desk::{Desk, action, given, said, waits};
use plan::source::rules::{About, Quantity};

/// 1,000 recommendations, 4,000 actions, 12,000 updates, 3,000 moves, in 40 plans.
#[test]
#[ignore = "it measures, and says nothing about right or wrong"]
fn a_large_register_is_checked_quickly() {
    let mut desk = Desk::new();
    let paragraph = "Work is ongoing with partners to improve compliance, and a divisional working group is reviewing progress to identify what further action can be taken at this time; evidence will be submitted to HMICS in due course. ";
    for plan in 0..40 {
        desk.plan(&format!("Inspection {plan}"), &format!("I{plan}"), "2023-01-31");
        for number in 1..=25 {
            desk.add(&format!("R{number}"), |item| {
                item.recommendation.owner_post = format!("Superintendent of {} {}", word(plan), word(number));
                item.targets =
                    (0..4).map(|at| given(&format!("202{}-0{}", at + 3, at + 1), "2025-01-01")).collect();
                item.actions = (1..=4)
                    .map(|at| {
                        action(
                            &format!("{number}.{at}"),
                            &format!("Report quarterly on {} of the improvement plan.", word(at * number)),
                        )
                    })
                    .collect();
                item.updates = (1..=12)
                    .map(|at| {
                        said(
                            &format!("{}{} {at}", paragraph.repeat(2), word(number * plan + at % 3)),
                            &format!("2024-{at:02}-01"),
                        )
                    })
                    .collect();
                item.waits_for = desk_neighbour(number, plan);
            });
        }
        desk.paper(&format!("Paper {plan}"), &format!("S{plan}"), "2025-03-01");
        desk.says(desk.about(), Quantity::Open, "9", "nine");
        desk.says(About::Portfolio, Quantity::Open, "104", "");
    }
    let start = Instant::now();
    let findings = desk.findings();
    println!("{} findings in {:?}", findings.len(), start.elapsed());
    assert_eq!(desk.register.items.len(), 1_000);
}

fn word(number: usize) -> String {
    let letters: String = (0_u32..6)
        .map(|at| {
            char::from(b'a' + u8::try_from((number * 7 + at as usize * number) % 26).expect("a letter"))
        })
        .collect();
    format!("{letters}ing")
}

/// Each waits for the one before it in its plan.
fn desk_neighbour(number: usize, plan: usize) -> Vec<plan::dependency::rows::Waiting> {
    if number == 1 { Vec::new() } else { vec![waits(&crate::desk::id(2 + plan * 27 + number - 1), "first")] }
}
