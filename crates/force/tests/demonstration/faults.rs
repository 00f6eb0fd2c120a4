//! The 23 faults of DOMAIN 9, each with the sentences that tell it, or why data cannot show it.

/// The evening of the plan of March 2023.
pub const PLAN: &str = "2023-03-16";
/// The evening of the paper of September 2025.
pub const PAPER: &str = "2025-09-16";
/// The day of the demonstration.
pub const TODAY: &str = "today";

/// Days on which a fault is told.
pub type Days = &'static [&'static str];
/// What is told on the paper's evening, and for ever after.
pub const SINCE_PAPER: Days = &[PAPER, TODAY];

/// What there is to say of a fault.
pub enum Told {
    /// On these days, by this check, in a sentence with all these words.
    On(Days, &'static str, &'static [&'static str]),
    /// No data can show it, and why.
    Not(&'static str),
}

fn on(fault: u8, days: Days, check: &'static str, words: &'static [&'static str]) -> (u8, Told) {
    (fault, Told::On(days, check, words))
}

fn not(fault: u8, why: &'static str) -> (u8, Told) {
    (fault, Told::Not(why))
}

/// The 23 faults, each with everything that there is to say of it.
pub fn faults() -> Vec<(u8, Told)> {
    [in_figures(), in_words(), in_papers()].into_iter().flatten().collect()
}

/// Faults 1 to 9.
fn in_figures() -> Vec<(u8, Told)> {
    vec![
        on(
            1,
            SINCE_PAPER,
            "figure_against_list",
            &[
                "(S004) gives 9 open recommendations of Domestic Abuse 2023",
                "the register lists 10: R1, R5, R7",
            ],
        ),
        on(
            2,
            SINCE_PAPER,
            "base_of_count",
            &[
                "Mental Health 2023 is counted on more than one base",
                "gives 14",
                "(K8, K9) 13",
                "(R1, Scottish Government)",
            ],
        ),
        on(
            3,
            SINCE_PAPER,
            "delayed_by_which_rule",
            &["(S004) gives 6 delayed recommendations of Mental Health 2023", "the target of 7 was moved"],
        ),
        on(
            4,
            SINCE_PAPER,
            "target_told_otherwise",
            &[
                "(S003) gives May 2023 as the first target of CAM22-R3",
                "the register has May 2024, as does",
                "(S001)",
            ],
        ),
        on(
            5,
            SINCE_PAPER,
            "areas_counted",
            &["(S000)", "(S001)", "(S002)", "give 5 areas for development", "lists 9, under 5 headings"],
        ),
        on(
            6,
            &[PLAN, PAPER, TODAY],
            "areas_mapped",
            &["No action takes up area for development AFD6 of Contact"],
        ),
        on(6, &[PLAN, PAPER, TODAY], "areas_mapped", &["area AFD9 by actions 7.5 and 5.5"]),
        on(
            6,
            &[PLAN, PAPER, TODAY],
            "areas_mapped",
            &["AFD9", "is contested", "Contact Engagement and Resolution"],
        ),
        on(
            7,
            &[PLAN],
            "frequency",
            &["Action 8.2 of CAM22-R8 says quarterly, the update of", "says six-monthly"],
        ),
        on(
            7,
            SINCE_PAPER,
            "frequency",
            &[
                "(S001) and",
                "(S002) were before their meeting on 16 March 2023, action 8.2 of CAM22-R8 said quarterly",
            ],
        ),
        on(
            8,
            SINCE_PAPER,
            "publication_day",
            &["(S001) gives September 2022 as the publication", "31 August 2022"],
        ),
        on(
            9,
            SINCE_PAPER,
            "year_in_title",
            &["CA20 was published on 10 March 2021", "(S004) calls it “Crime Audit 2020”"],
        ),
    ]
}

/// Faults 10 to 16.
fn in_words() -> Vec<(u8, Told)> {
    vec![
        on(
            10,
            SINCE_PAPER,
            "coming_but_past",
            &["(S004) speaks", "30 June 2025 as still to come for MH23-R2", "(“‘Imminent’, though past.”)"],
        ),
        on(
            10,
            SINCE_PAPER,
            "coming_but_past",
            &["MH23-R2", "August 2025 as still to come", "comes out with Op Evolve's newsletter"],
        ),
        not(
            10,
            "that R02 is called “missed” and “imminent” in one breath: each is told by itself, and no rule says which one is meant",
        ),
        on(11, &[PAPER], "target_past", &["MH23-R3 is open past its target, 31 August 2025"]),
        on(
            11,
            &[TODAY],
            "target_past",
            &["of Mental Health 2023 are past their target", "R3 (31 August 2025)"],
        ),
        on(
            11,
            &[PAPER],
            "target_past",
            &[
                "MP24-R4 is due this month (September 2025)",
                "has been delayed",
                "nothing counts it as delayed",
            ],
        ),
        on(
            11,
            &[PAPER],
            "target_past",
            &["MP24-R9 is due this month (September 2025) and waits for MP24-R4", "has been delayed"],
        ),
        on(
            11,
            &[TODAY],
            "target_past",
            &["(S004)", "MP24-R4 was due that month (September 2025)", "nothing counted it as delayed"],
        ),
        on(
            11,
            &[TODAY],
            "target_past",
            &["(S004)", "MP24-R9 was due that month (September 2025)", "MP24-R4, for which it waits"],
        ),
        on(
            12,
            &[PAPER],
            "blank_in_sentence",
            &["The last update of MH23-R9 leaves a gap", "The first target of cannot be kept"],
        ),
        on(
            12,
            &[TODAY],
            "blank_in_sentence",
            &["(S004)", "the update of MH23-R9, of 3 September 2025, left a gap"],
        ),
        on(
            13,
            SINCE_PAPER,
            "target_missing",
            &["(S004) leaves the first target of DA23-R1 blank", "(S003) gives September 2024"],
        ),
        on(
            14,
            SINCE_PAPER,
            "risk_missing",
            &["DA23-R14 is open and has no sentence that says what the risk is"],
        ),
        on(
            15,
            SINCE_PAPER,
            "revised_without_move",
            &["(S003) says on 19 March 2025 that targets were revised", "10 of 10 of Domestic Abuse 2023"],
        ),
        on(
            15,
            SINCE_PAPER,
            "target_missing",
            &["(S004) leaves the target of CA20-R4 blank", "(K8, K9) gives June 2025"],
        ),
        on(
            16,
            &[PAPER],
            "repeated_update",
            &[
                "7 of 10 open recommendations of Domestic Abuse 2023 say nothing new",
                "R1 (2 times since 5 March 2025)",
            ],
        ),
        on(
            16,
            &[TODAY],
            "repeated_update",
            &[
                "(S004)",
                "7 of 10 open recommendations of Domestic Abuse 2023 said nothing new",
                "R14 (2 times",
            ],
        ),
    ]
}

/// Faults 17 to 23.
fn in_papers() -> Vec<(u8, Told)> {
    vec![
        on(
            17,
            SINCE_PAPER,
            "fell_without_closure",
            &[
                "theme “Custody” fell by 5 from 31 on 10 June 2025",
                "to 26 on 16 September 2025",
                "none closed",
            ],
        ),
        not(
            17,
            "that the five proposed for closure are the five that are missing: DOMAIN 9 calls it a guess, and the demonstration only takes it up",
        ),
        on(
            18,
            SINCE_PAPER,
            "impact_unproven",
            &["CAM22-R3 was closed on an impact in the future tense and without a figure", "will help"],
        ),
        on(
            19,
            SINCE_PAPER,
            "name_two_ways",
            &[
                "“Investigation and Safeguarding Project”",
                "“Investigations and Safeguarding Project”",
                "S004",
            ],
        ),
        on(19, SINCE_PAPER, "name_two_ways", &["“PPWW” stands in", "(S001); the name is written PPCW"]),
        on(19, SINCE_PAPER, "name_two_ways", &["“SPA PCC” stands in", "(S004); the name is written SPA PPC"]),
        on(
            19,
            SINCE_PAPER,
            "name_two_ways",
            &["“SPA PPCW” stands in", "(S001); the name is written SPA PPC"],
        ),
        on(19, SINCE_PAPER, "name_two_ways", &["“Unifit” stands in", "(S001); the name is written UNIFI"]),
        on(19, SINCE_PAPER, "name_two_ways", &["“HIMCS” stands in", "(S000); the name is written HMICS"]),
        on(19, SINCE_PAPER, "name_two_ways", &["“PSDS” stands in", "(S001)"]),
        on(19, SINCE_PAPER, "name_two_ways", &["“SAS” (S001) and “SAs” (S001)", "SAs are service advisors"]),
        on(19, &[PLAN], "name_two_ways", &["“SAS” (CAM22-R5", "“SAs” (CAM22-R5", "SAs are service advisors"]),
        on(19, &[PLAN], "name_two_ways", &["“Unifit” stands in R3 of Contact Assessment Model 2022"]),
        not(
            19,
            "which of the three is meant where “PPC” stands alone: the papers use the letters for a programme, a division and a committee",
        ),
        on(20, SINCE_PAPER, "numbered_two_ways", &["R02", "and R2 (in the update of R3)"]),
        on(21, SINCE_PAPER, "published_late", &["(S000) was published on 25 September 2023, 13 days after"]),
        on(
            22,
            SINCE_PAPER,
            "total_against_list",
            &["Domestic Abuse 2023", "gives 14 and", "13; the register has 14"],
        ),
        on(
            23,
            SINCE_PAPER,
            "over_two_years",
            &["10 recommendations of Domestic Abuse 2023 are open more than two years"],
        ),
        on(23, SINCE_PAPER, "over_two_years", &["of Crime Audit 2020 are open more than two years"]),
        on(
            23,
            SINCE_PAPER,
            "over_two_years",
            &["1 recommendation of Hate Crime 2021 is open more than two years"],
        ),
        on(
            23,
            &[PAPER],
            "over_two_years",
            &["of Mental Health 2023 will have been open for two years on 18 October 2025"],
        ),
        on(23, &[TODAY], "over_two_years", &["of Mental Health 2023 are open more than two years"]),
    ]
}
