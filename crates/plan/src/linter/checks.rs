//! The table of checks: what each is, why it matters, where it comes from.

use super::{
    Finding, Look, alike, areas, closures, figures, frequency, links, missing, names, publication, repeats,
    targets, totals, updates,
};

/// One check.
pub struct Check {
    /// Its stable key: in addresses, files and acceptances.
    pub key: &'static str,
    /// Its name on a page.
    pub title: &'static str,
    /// What it looks for and why it matters.
    pub why: &'static str,
    /// The paper in which the fault was read first.
    pub source: &'static str,
    /// The numbers of the faults of DOMAIN 9 that it finds.
    pub faults: &'static [u8],
    find: fn(&Look<'_>) -> Vec<Finding>,
}

impl Check {
    /// What it finds.
    pub(super) fn run(&self, look: &Look<'_>) -> Vec<Finding> {
        (self.find)(look)
    }

    /// The check with that key.
    pub fn of(key: &str) -> Option<&'static Self> {
        CHECKS.iter().find(|check| check.key == key)
    }
}

/// Every check. The faults 1 to 23 of DOMAIN 9 come first, in their order.
pub static CHECKS: [Check; 27] = [
    Check {
        key: "figure_against_list",
        title: "A figure of a paper is not what the list has",
        why: "A committee is told a number of open, closed or proposed recommendations; the list for that day has another. One of the two is wrong, or the figure counts by a rule that nobody states.",
        source: "Committee paper, 16 September 2025: Domestic Abuse, 9 in the table and 10 in the list",
        faults: &[1],
        find: figures::against_list,
    },
    Check {
        key: "base_of_count",
        title: "An inspection is counted on more than one base",
        why: "What an inspectorate made and what the service answers for differ where a recommendation is addressed to another body. A figure has to say for whom it counts, or two right papers contradict each other.",
        source: "Mental Health: 14 made by the inspectorate, 13 in the papers",
        faults: &[2],
        find: totals::base_of_count,
    },
    Check {
        key: "delayed_by_which_rule",
        title: "It does not show by which rule delay is counted",
        why: "Past the first target, past the present one, or moved: the three give different numbers. A figure that fits none of them cannot be checked, and figures by different rules cannot be compared.",
        source: "Committee paper, 16 September 2025: Mental Health, 6 delayed and 7 with a revised date",
        faults: &[3],
        find: figures::delayed_by_which_rule,
    },
    Check {
        key: "target_told_otherwise",
        title: "A paper gives another target than the register",
        why: "The first target is kept for ever, and delay is counted from it. When two papers give two first targets, one of them has moved the goal without saying so.",
        source: "Contact Assessment Model, recommendation 3: May 2024 in 2023, May 2023 in 2025",
        faults: &[4],
        find: targets::told_otherwise,
    },
    Check {
        key: "areas_counted",
        title: "A paper counts other areas for development than are listed",
        why: "Areas for development that are not counted are not followed up either.",
        source: "Papers of March and September 2023: “5 Areas for Development” above nine of them",
        faults: &[5],
        find: areas::counted,
    },
    Check {
        key: "areas_mapped",
        title: "An area for development has no action, or several",
        why: "An area that no action takes up is forgotten; one that two take up is counted twice, or by nobody.",
        source: "Improvement plan of March 2023: area 6 in no action, area 9 in two, one of them contested",
        faults: &[6],
        find: areas::mapped,
    },
    Check {
        key: "frequency",
        title: "What was promised quarterly is told six-monthly",
        why: "An action that promises a report every quarter is not done by one every half year.",
        source: "Improvement plan of March 2023, recommendation 8",
        faults: &[7],
        find: frequency::frequency,
    },
    Check {
        key: "publication_day",
        title: "The day of publication is told in two ways",
        why: "Age, and the rule of two years, are counted from the day of publication.",
        source: "Paper of March 2023: “August 2022” in the plan, “(9/22)” in the title",
        faults: &[8],
        find: publication::told_otherwise,
    },
    Check {
        key: "year_in_title",
        title: "The year in the title is not the year of publication",
        why: "Readers take the year in a title for the report’s age, and two titles for two reports.",
        source: "Committee paper, 16 September 2025: Crime Audit (2021) and Crime Audit 2020",
        faults: &[9],
        find: publication::year_in_title,
    },
    Check {
        key: "coming_but_past",
        title: "What is past is spoken of as still to come",
        why: "“Imminent”, “in August 2025”: words that were true when they were written and were carried into the next paper.",
        source: "Committee paper, 16 September 2025: 30 June 2025 (imminent)",
        faults: &[10],
        find: updates::coming_but_past,
    },
    Check {
        key: "target_past",
        title: "The target is past and was not moved",
        why: "A target that is past with no later one says that nobody decided anything. Nor does one that is due this month, and will be late by its own update, count as delayed anywhere.",
        source: "Committee paper, 16 September 2025: Mental Health 3, Missing Persons 4 and 9",
        faults: &[11],
        find: targets::past,
    },
    Check {
        key: "blank_in_sentence",
        title: "A sentence has a gap",
        why: "“The original target date of will not be met”: the date was to be filled in and never was.",
        source: "Committee paper, 16 September 2025: Mental Health 9",
        faults: &[12],
        find: missing::value,
    },
    Check {
        key: "target_missing",
        title: "A target is missing",
        why: "Without a target nothing can be delayed. What one paper leaves blank and another gives was lost on the way.",
        source: "Domestic Abuse 1: September 2024 in the paper of March 2025, no target in that of September",
        faults: &[13],
        find: missing::target,
    },
    Check {
        key: "risk_missing",
        title: "No sentence says what the risk is",
        why: "A committee weighs what is left open by what may happen meanwhile.",
        source: "Committee paper, 16 September 2025: Domestic Abuse 14",
        faults: &[14],
        find: missing::risk,
    },
    Check {
        key: "revised_without_move",
        title: "Targets were revised in words only",
        why: "A paper says that targets were revised and gives no new ones. Until a move is on record, the old target stands.",
        source: "Paper of 19 March 2025: “these have all since been revised”",
        faults: &[15],
        find: targets::revised_without_move,
    },
    Check {
        key: "repeated_update",
        title: "The last update repeats an earlier one",
        why: "The same paragraph, paper after paper, hides that nothing has happened. How often it was said, and since when, shows it.",
        source: "Committee paper, 16 September 2025: seven of ten Domestic Abuse rows",
        faults: &[16],
        find: repeats::repeated,
    },
    Check {
        key: "fell_without_closure",
        title: "A figure fell by more than was closed",
        why: "Fewer are open than before, and nothing was closed in between: some were lost from the count.",
        source: "Custody: 31 open in June 2025, about 26 in September, no closure among the ten",
        faults: &[17],
        find: figures::fell_without_closure,
    },
    Check {
        key: "impact_unproven",
        title: "The impact of a closure is a promise, or has no figure",
        why: "What “will assist” has not yet assisted. A closure is worth what it can show.",
        source: "Committee paper, 16 September 2025: Contact Assessment Model 3",
        faults: &[18],
        find: closures::impact_unproven,
    },
    Check {
        key: "name_two_ways",
        title: "A name is misspelt, out of date, or written in two ways",
        why: "Whoever searches for one form misses the other, and counts by owner or programme split.",
        source: "Papers of 2023 and 2025: HIMCS, Unifit, PPWW and PPCW, two forms of one project",
        faults: &[19],
        find: names::misspelt,
    },
    Check {
        key: "numbered_two_ways",
        title: "Recommendations are numbered in two ways",
        why: "R02 and R2 are one; a reader who looks for the one does not find the other.",
        source: "Committee paper, 16 September 2025: Mental Health R02, “approved at R2 above”",
        faults: &[20],
        find: names::numbered_two_ways,
    },
    Check {
        key: "published_late",
        title: "A paper was published late",
        why: "A paper that is published after its meeting could not be read before it. Members are owed three days.",
        source: "Paper of 12 September 2023, published on 25 September",
        faults: &[21],
        find: publication::published_late,
    },
    Check {
        key: "total_against_list",
        title: "The plan has not as many recommendations as were made",
        why: "One that was made and is not in the register is followed up by nobody; one that is there twice is counted twice.",
        source: "Papers of September 2024 and March 2025: totals of Mental Health that closed and open ones do not make",
        faults: &[22],
        find: totals::total_against_list,
    },
    Check {
        key: "over_two_years",
        title: "Open more than two years after publication",
        why: "From December 2025 the authority highlights whatever is open two years after its publication.",
        source: "Authority, 9 December 2025",
        faults: &[23],
        find: publication::over_two_years,
    },
    Check {
        key: "closure_forgotten",
        title: "Closure was spoken of, then no more",
        why: "Proposed in one paper, silently open in the next. A proposal ends in a discharge or in a return with a reason.",
        source: "Domestic Abuse 12, September 2024 and September 2025; Domestic Abuse 9, March and September 2025",
        faults: &[],
        find: closures::closure_forgotten,
    },
    Check {
        key: "same_text_twice",
        title: "The same recommendation stands twice",
        why: "A recommendation that was renamed or taken up again is counted once for each name.",
        source: "No paper at hand: it was asked of this register, for duplicate and renamed references",
        faults: &[],
        find: links::same_text_twice,
    },
    Check {
        key: "waiting",
        title: "It waits for what is over, or comes too late",
        why: "A target before that of what it waits for cannot be met; a dependency on what is closed excuses nothing.",
        source: "Committee paper, 16 September 2025: dependencies of Mental Health and Missing Persons",
        faults: &[],
        find: links::waiting,
    },
    Check {
        key: "names_alike",
        title: "Two names look like one",
        why: "A post, team or body whose name differs by a letter or two is likely to be one, and is counted as two.",
        source: "Papers of 2023 and 2025: PPWW and PPCW, Investigation and Investigations",
        faults: &[19],
        find: alike::alike,
    },
];
