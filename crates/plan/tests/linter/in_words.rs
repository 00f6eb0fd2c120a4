//! Faults 9 to 16: years, what is past, gaps, what is missing, what is repeated.

use plan::source::rules::{About, Quantity};

use crate::{
    desk::{Desk, closed, given, said},
    faults::{Case, summary, updated},
};

const PARAGRAPH: &str = "Work is ongoing to improve compliance.";

fn repeated(desk: &mut Desk, reference: &str, times: usize) {
    desk.add(reference, |item| {
        let days = ["2025-03-19", "2025-06-10", "2025-09-10"];
        item.updates = days[..times]
            .iter()
            .enumerate()
            .map(|(at, on)| {
                let none = if at > 0 {
                    "\nNo progress has been reported since the last update (above)."
                } else {
                    ""
                };
                said(&format!("{PARAGRAPH}{none}"), on)
            })
            .collect();
    });
}

pub fn cases() -> Vec<Case> {
    vec![
        Case {
            fault: 9,
            check: "year_in_title",
            told: &[
                "CA21 was published on 10 March 2021, but “Progress Summary” (S004) calls it “Crime Audit 2020”: the year in the title is not the year of publication.",
            ],
            with: |desk| {
                desk.plan("Crime Audit 2021", "CA21", "2021-03-10");
                summary(desk);
                desk.says(desk.about(), Quantity::Title, "Crime Audit 2020", "");
                desk.says(desk.about(), Quantity::Title, "Crime Audit (2021)", "");
            },
            without: |desk| {
                desk.plan("Crime Audit 2021", "CA21", "2021-03-10");
                summary(desk);
                desk.says(desk.about(), Quantity::Title, "Crime Audit (2021)", "");
            },
        },
        Case {
            fault: 10,
            check: "coming_but_past",
            told: &[
                "“Progress Summary” (S004) speaks on 16 September 2025 of 30 June 2025 as still to come for MH24-R2 (“revised to 30 June 2025 (imminent).”); it was past by then.",
                "The last update of MH24-R2, of 4 September 2025, speaks of August 2025 as still to come (“It will be published in the newsletter in August 2025.”); it is past.",
            ],
            with: |desk| {
                updated(
                    desk,
                    "R02",
                    "A document is ready. It will be published in the newsletter in August 2025.",
                );
                let r02 = About::Recommendation(desk.register.items[0].id.clone());
                summary(desk);
                desk.says(r02, Quantity::CurrentTarget, "2025-06-30", "revised to 30 June 2025 (imminent).");
            },
            without: |desk| {
                updated(
                    desk,
                    "R02",
                    "It was published in the newsletter in August 2025. More will follow in March 2026.",
                );
                let r02 = About::Recommendation(desk.register.items[0].id.clone());
                summary(desk);
                desk.says(r02, Quantity::CurrentTarget, "2026-06", "due in June 2026 (imminent).");
            },
        },
        Case {
            fault: 11,
            check: "target_past",
            told: &[
                "MH24-R3 is open past its target, 31 August 2025, and has no later one.",
                "MH24-R4 is due this month (September 2025), and its last update, of 4 September 2025, speaks of a delay (“The move to consultation has been delayed.”); but its target was not moved, and nothing counts it as delayed.",
            ],
            with: |desk| {
                desk.add("R03", |item| item.targets = vec![given("2025-08-31", "2024-11-01")]);
                updated(desk, "R4", "The guidance is reviewed. The move to consultation has been delayed.");
                desk.register.items[1].targets = vec![given("2025-09", "2024-11-01")];
            },
            without: |desk| {
                desk.add("R03", |item| {
                    item.targets = vec![given("2025-08-31", "2024-11-01"), given("2025-12-31", "2025-08-20")];
                });
                updated(desk, "R4", "The guidance is out for consultation.");
                desk.register.items[1].targets = vec![given("2025-09", "2024-11-01")];
            },
        },
        Case {
            fault: 12,
            check: "blank_in_sentence",
            told: &[
                "The last update of MH24-R9 leaves a gap in a sentence (“The original target date of will not be met.”).",
            ],
            with: |desk| updated(desk, "R09", "The original target date of will not be met."),
            without: |desk| updated(desk, "R09", "The original target date of 31 July 2025 will not be met."),
        },
        Case {
            fault: 13,
            check: "target_missing",
            told: &[
                "MH24-R2 is open and has no target.",
                "“Progress Summary” (S004) leaves the first target of MH24-R1 blank on 16 September 2025; “Summary” (S003) gives June 2026.",
            ],
            with: |desk| {
                let r1 = About::Recommendation(desk.add("R1", |_| {}));
                desk.add("R2", |item| item.targets.clear());
                desk.paper("Summary", "S003", "2025-03-19");
                desk.says(r1.clone(), Quantity::FirstTarget, "2026-06", "");
                summary(desk);
                desk.says(r1, Quantity::FirstTarget, "", "");
            },
            without: |desk| {
                let r1 = About::Recommendation(desk.add("R1", |_| {}));
                summary(desk);
                desk.says(r1, Quantity::FirstTarget, "2026-06", "");
            },
        },
        Case {
            fault: 14,
            check: "risk_missing",
            told: &["MH24-R14 is open and has no sentence that says what the risk is and no rating."],
            with: |desk| {
                desk.add("R14", |item| {
                    item.recommendation.risk_statement.clear();
                    item.recommendation.exposure = None;
                });
            },
            without: |desk| {
                desk.add("R14", |item| item.recommendation.exposure = None);
                desk.add("R15", |item| {
                    closed(item, "2025-08-01");
                    item.recommendation.risk_statement.clear();
                });
            },
        },
        Case {
            fault: 15,
            check: "revised_without_move",
            told: &[
                "“Summary” (S003) says on 19 March 2025 that targets were revised (“The original targets are shown; these have all since been revised.”), but no move is on record for 2 of 3 recommendations open then and now: 2 of 3 of Mental Health 2024.",
                "The last update of MH24-R8 speaks of a revised target (“The target date has now been extended.”), but no move is on record.",
            ],
            with: |desk| {
                desk.add("R1", |_| {});
                desk.add("R2", |item| item.targets.push(given("2026-08", "2025-02-01")));
                updated(desk, "R8", "The target date has now been extended.");
                desk.paper("Summary", "S003", "2025-03-19");
                desk.says(
                    About::Portfolio,
                    Quantity::CurrentTarget,
                    "",
                    "The original targets are shown; these have all since been revised.",
                );
            },
            without: |desk| {
                desk.add("R2", |item| item.targets.push(given("2026-08", "2025-02-01")));
                desk.paper("Summary", "S003", "2025-03-19");
                desk.says(
                    About::Portfolio,
                    Quantity::CurrentTarget,
                    "",
                    "The original targets are shown; these have all since been revised.",
                );
            },
        },
        Case {
            fault: 16,
            check: "repeated_update",
            told: &[
                "3 of 4 open recommendations of Mental Health 2024 say nothing new in their last update, 3 of them in so many words (“no progress”): R1 (3 times since 19 March 2025), R8 (2 times since 19 March 2025) and R9 (2 times since 19 March 2025).",
            ],
            with: |desk| {
                repeated(desk, "R1", 3);
                repeated(desk, "R8", 2);
                repeated(desk, "R9", 2);
                repeated(desk, "R10", 1);
            },
            without: |desk| {
                repeated(desk, "R1", 1);
                desk.add("R8", |item| {
                    item.updates = vec![
                        said(PARAGRAPH, "2025-03-19"),
                        said(&format!("{PARAGRAPH} The pilot began in two divisions."), "2025-09-10"),
                    ];
                });
            },
        },
    ]
}
