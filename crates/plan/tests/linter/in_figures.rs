//! Faults 1 to 8: figures, bases, rules, targets, areas, frequencies, days of publication.

use plan::source::rules::{About, Quantity};

use crate::{
    desk::{Desk, action, closed, given, said},
    faults::{Case, summary},
};

fn three(desk: &mut Desk) {
    for reference in ["R1", "R5", "R14"] {
        desk.add(reference, |_| {});
    }
    summary(desk);
}

pub fn fourteen_of_which_one_is_another_bodys(desk: &mut Desk) {
    desk.add("R1", |item| {
        item.recommendation.text = "Scottish Government should commission a review.".into();
    });
    desk.add("R2", |item| closed(item, "2025-07-01"));
    desk.add("R3", |_| {});
    desk.add("R4", |_| {});
    desk.paper("Thematic review", "K12", "2024-10-18");
}

fn moved(desk: &mut Desk) {
    let targets = [
        ("R02", "2025-01-31", "2025-06-30"),
        ("R03", "2025-07-31", "2025-08-31"),
        ("R04", "2025-01-31", "2025-12-31"),
    ];
    for (reference, first, current) in targets {
        desk.add(reference, |item| {
            item.targets = vec![given(first, "2024-11-01"), given(current, "2025-05-01")];
        });
    }
    desk.add("R05", |_| {});
    summary(desk);
}

fn nine_areas(desk: &mut Desk) {
    desk.add("R8", |_| {});
    let headings = [
        "Service Delivery",
        "Service Delivery",
        "THRIVE",
        "THRIVE",
        "Demand",
        "Partnership",
        "Workforce",
        "Workforce",
        "Workforce",
    ];
    for (number, heading) in (1..).zip(headings) {
        desk.area(&number.to_string(), heading, &["8.1"]);
    }
}

const QUARTERLY: &str =
    "Engage with the SPA in relation to quarterly reporting on progress on the CAM Improvement Plan";

fn says_how_often(desk: &mut Desk, update: &str) {
    desk.add("R8", |item| {
        item.actions = vec![action("8.2", QUARTERLY)];
        item.updates = vec![said(update, "2025-09-01")];
    });
}

pub fn cases() -> Vec<Case> {
    vec![
        Case {
            fault: 1,
            check: "figure_against_list",
            told: &[
                "“Progress Summary” (S004) gives 2 open recommendations of Mental Health 2024 on 16 September 2025; the register lists 3: R1, R5 and R14.",
            ],
            with: |desk| {
                three(desk);
                desk.says(desk.about(), Quantity::Open, "2", "Mental Health | 0 | 2 (0)");
            },
            without: |desk| {
                three(desk);
                desk.says(desk.about(), Quantity::Open, "3", "");
            },
        },
        Case {
            fault: 2,
            check: "base_of_count",
            told: &[
                "Mental Health 2024 is counted on more than one base: “Thematic review” (K12) gives 4 and “Progress Summary” (S004) 3 (1 closed and 2 open). The register has 4 recommendations, 3 of them addressed to Caledonia Police and 1 not (R1, Scottish Government). Say for whom a figure counts.",
            ],
            with: |desk| {
                fourteen_of_which_one_is_another_bodys(desk);
                desk.says(desk.about(), Quantity::Total, "4", "");
                summary(desk);
                desk.says(desk.about(), Quantity::Closed, "1", "");
                desk.says(desk.about(), Quantity::Open, "2", "");
            },
            without: |desk| {
                fourteen_of_which_one_is_another_bodys(desk);
                desk.says(desk.about(), Quantity::Total, "4", "");
            },
        },
        Case {
            fault: 3,
            check: "delayed_by_which_rule",
            told: &[
                "“Progress Summary” (S004) gives 1 delayed recommendation of Mental Health 2024 on 16 September 2025, but no rule gives 1: 3 are past the first target, 2 are past the target of that day, and the target of 3 was moved.",
            ],
            with: |desk| {
                moved(desk);
                desk.says(desk.about(), Quantity::Delayed, "1", "");
            },
            without: |desk| {
                moved(desk);
                desk.says(desk.about(), Quantity::Delayed, "3", "");
            },
        },
        Case {
            fault: 4,
            check: "target_told_otherwise",
            told: &[
                "“Plan” (S001) gives May 2024 as the first target of MH24-R3; the register has 31 May 2026, as does “Progress Summary” (S004).",
            ],
            with: |desk| {
                let r3 = desk.add("R3", |item| item.targets = vec![given("2026-05-31", "2024-11-01")]);
                desk.paper("Plan", "S001", "2025-03-16");
                desk.says(About::Recommendation(r3.clone()), Quantity::FirstTarget, "2024-05", "");
                summary(desk);
                desk.says(About::Recommendation(r3), Quantity::FirstTarget, "2026-05", "");
            },
            without: |desk| {
                let r3 = desk.add("R3", |item| item.targets = vec![given("2026-05-31", "2024-11-01")]);
                summary(desk);
                desk.says(About::Recommendation(r3), Quantity::FirstTarget, "2026-05", "");
            },
        },
        Case {
            fault: 5,
            check: "areas_counted",
            told: &[
                "“Plan” (S001) and “Progress Summary” (S004) give 5 areas for development of Mental Health 2024; the register lists 9, under 5 headings.",
            ],
            with: |desk| {
                nine_areas(desk);
                for (title, reference) in [("Plan", "S001"), ("Progress Summary", "S004")] {
                    desk.paper(title, reference, "2025-03-16");
                    desk.says(
                        desk.about(),
                        Quantity::AreasForDevelopment,
                        "5",
                        "5 Areas for Development (AFD)",
                    );
                }
            },
            without: |desk| {
                nine_areas(desk);
                summary(desk);
                desk.says(desk.about(), Quantity::AreasForDevelopment, "9", "");
            },
        },
        Case {
            fault: 6,
            check: "areas_mapped",
            told: &[
                "No action takes up area for development 6 of Mental Health 2024 (“Establish indicators of partnership working.”).",
                "More than one action takes up the same area for development of Mental Health 2024: area 9 by actions 7.5 and 5.5. Say which is to be counted.",
                "The mapping of area for development 9 of Mental Health 2024 is contested: CERP says that 7.5 does not fit.",
            ],
            with: |desk| {
                nine_areas(desk);
                desk.areas[5].actions.clear();
                let mapped = desk.areas[8].actions[0].0.clone();
                desk.areas[8].actions = vec![(mapped.clone(), "7.5".into()), (mapped, "5.5".into())];
                desk.areas[8].contested = "CERP says that 7.5 does not fit".into();
            },
            without: nine_areas,
        },
        Case {
            fault: 7,
            check: "frequency",
            told: &[
                "Action 8.2 of MH24-R8 says quarterly, the update of 1 September 2025 says six-monthly (“SPA PPC will consider the improvement plan on 6 monthly basis during delivery.”).",
            ],
            with: |desk| {
                says_how_often(
                    desk,
                    "CAM Tactical Group formed and monthly meetings in place. SPA PPC will consider the improvement plan on 6 monthly basis during delivery.",
                );
            },
            without: |desk| {
                says_how_often(
                    desk,
                    "Monthly meetings in place. SPA PPC will consider the improvement plan every quarter.",
                );
            },
        },
        Case {
            fault: 8,
            check: "publication_day",
            told: &[
                "“Plan” (S001) gives September 2022 as the publication of Contact Assessment Model; the register has 31 August 2022.",
            ],
            with: |desk| {
                desk.plan("Contact Assessment Model", "CAM22", "2022-08-31");
                desk.paper("Plan", "S001", "2025-03-16");
                desk.says(desk.about(), Quantity::Published, "2022-09", "(9/22)");
                desk.says(desk.about(), Quantity::Published, "2022-08", "August 2022");
            },
            without: |desk| {
                desk.plan("Contact Assessment Model", "CAM22", "2022-08-31");
                desk.paper("Plan", "S001", "2025-03-16");
                desk.says(desk.about(), Quantity::Published, "2022-08", "August 2022");
            },
        },
    ]
}
