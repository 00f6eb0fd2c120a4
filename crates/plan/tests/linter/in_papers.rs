//! Faults 17 to 23: figures that fell, impacts, names, numbers, lateness, totals, age.

use plan::{
    linter::KnownName,
    recommendation::status::Status,
    source::rules::{About, Quantity},
};

use crate::{
    desk::{Desk, closed, day},
    faults::{Case, summary, updated},
    in_figures::fourteen_of_which_one_is_another_bodys,
};

fn custody(desk: &mut Desk, closures: usize) {
    desk.plan("Custody at Tayside", "CT24", "2024-12-01");
    for number in 0..31 {
        desk.add(&format!("R{}", number + 10), |item| {
            if number < closures {
                closed(item, "2025-08-01");
            }
        });
    }
    let theme = || About::Theme("Custody".into());
    desk.paper("June paper", "S003b", "2025-06-10");
    desk.says(theme(), Quantity::Open, "31", "");
    summary(desk);
    desk.says(theme(), Quantity::Open, "26", "");
}

pub fn cases() -> Vec<Case> {
    vec![
        Case {
            fault: 17,
            check: "fell_without_closure",
            told: &[
                "The open recommendations of the theme “Custody” fell by 5 from 31 on 10 June 2025 (“June paper” (S003b)) to 26 on 16 September 2025 (“Progress Summary” (S004)), but the register has none closed in between.",
            ],
            with: |desk| custody(desk, 0),
            without: |desk| custody(desk, 5),
        },
        Case {
            fault: 18,
            check: "impact_unproven",
            told: &[
                "MH24-R3 was closed on an impact in the future tense and without a figure (“Incorporating it into performance reporting will assist.”).",
                "The impact of MH24-R4 is told without a figure (“Families are told earlier.”).",
            ],
            with: |desk| {
                for (reference, impact) in [
                    ("R3", "Incorporating it into performance reporting will assist."),
                    ("R4", "Families are told earlier."),
                ] {
                    desk.add(reference, |item| {
                        closed(item, "2025-08-01");
                        item.recommendation.impact_achieved = impact.into();
                    });
                }
            },
            without: |desk| {
                desk.add("R3", |item| closed(item, "2025-08-01"));
                desk.add("R4", |item| {
                    closed(item, "2023-08-01");
                    item.recommendation.impact_achieved = "It will help.".into();
                });
            },
        },
        Case {
            fault: 19,
            check: "name_two_ways",
            told: &[
                "“HIMCS” stands in R1 and R2 of Mental Health 2024; the name is written HMICS.",
                "“PPDP” stands in R2 of Mental Health 2024, but that was its name until 31 March 2025; it is “Policing for our Communities” now.",
                "One name is written in more than one way: “Investigation and Safeguarding Project” (MH24-R1) and “Investigations and Safeguarding Project” (MH24-R2). Choose one.",
                "“PPWW” stands in “Progress Summary” (S004); the name is written PPCW.",
            ],
            with: |desk| {
                desk.names = vec![KnownName {
                    name: "PPDP".into(),
                    now: "Policing for our Communities".into(),
                    from: None,
                    until: Some(day("2025-03-31")),
                    alias: None,
                }];
                updated(desk, "R1", "HIMCS agree with the Investigation and Safeguarding Project.");
                updated(desk, "R2", "HIMCS met PPDP and the Investigations and Safeguarding Project.");
                summary(desk);
                desk.says(About::Portfolio, Quantity::Name, "PPCW", "PPWW to review ongoing work");
            },
            without: |desk| {
                desk.names = vec![KnownName {
                    name: "PPDP".into(),
                    now: "Policing for our Communities".into(),
                    from: None,
                    until: Some(day("2025-03-31")),
                    alias: None,
                }];
                updated(desk, "R1", "HMICS agree with the Investigations and Safeguarding Project.");
                updated(
                    desk,
                    "R2",
                    "HMICS met PPDP (Policing for our Communities) and the Investigations and Safeguarding Project.",
                );
            },
        },
        Case {
            fault: 20,
            check: "numbered_two_ways",
            told: &[
                "Mental Health 2024 numbers its recommendations in two ways: R02 and R03; and R2 (in the update of R3).",
            ],
            with: |desk| {
                desk.add("R02", |_| {});
                updated(desk, "R03", "It was approved at R2 above; SC07 and R99 are something else.");
            },
            without: |desk| {
                desk.add("R02", |_| {});
                updated(desk, "R03", "It was approved at R02 above; see recommendation 2.");
                desk.add("R10", |_| {});
            },
        },
        Case {
            fault: 21,
            check: "published_late",
            told: &[
                "“Assurance Review” (S000) was published on 25 September 2023, 13 days after the meeting of 12 September 2023. A paper is due 3 days before.",
                "“Progress Summary” (S004) was published on 15 September 2025, only 1 day before the meeting of 16 September 2025. A paper is due 3 days before.",
            ],
            with: |desk| {
                desk.paper("Assurance Review", "S000", "2023-09-12");
                desk.sources[0].1.published_on = Some(day("2023-09-25"));
                summary(desk);
                desk.sources[1].1.published_on = Some(day("2025-09-15"));
            },
            without: |desk| {
                desk.paper("Improvement Update", "S002", "2023-03-16");
                desk.sources[0].1.published_on = Some(day("2023-03-13"));
            },
        },
        Case {
            fault: 22,
            check: "total_against_list",
            told: &[
                "Mental Health 2024: “Thematic review” (K12) gives 6; the register has 4 recommendations, 3 of them addressed to Caledonia Police.",
                "Mental Health 2024: more than one recommendation goes by R3, so the plan counts one twice.",
            ],
            with: |desk| {
                fourteen_of_which_one_is_another_bodys(desk);
                desk.says(desk.about(), Quantity::Total, "6", "");
                desk.register.items[3].recommendation.aliases = vec!["R03".into()];
            },
            without: |desk| {
                fourteen_of_which_one_is_another_bodys(desk);
                desk.says(desk.about(), Quantity::Total, "3", "");
            },
        },
        Case {
            fault: 23,
            check: "over_two_years",
            told: &[
                "2 recommendations of Hate Crime 2021 are open more than two years after its publication on 1 June 2021: R6 and R7.",
                "1 recommendation of Mental Health 2023 will have been open for two years on 18 October 2025: R2.",
            ],
            with: |desk| {
                desk.plan("Hate Crime 2021", "HC21", "2021-06-01");
                desk.add("R5", |item| closed(item, "2023-08-01"));
                desk.add("R6", |_| {});
                desk.add("R7", |item| item.recommendation.status = Status::Returned);
                desk.plan("Mental Health 2023", "MH23", "2023-10-18");
                desk.add("R02", |_| {});
            },
            without: |desk| {
                desk.plan("Hate Crime 2021", "HC21", "2021-06-01");
                desk.add("R5", |item| closed(item, "2023-08-01"));
                desk.plan("Missing Persons 2024", "MP24", "2024-01-18");
                desk.add("R1", |_| {});
            },
        },
    ]
}
