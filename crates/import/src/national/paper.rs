//! What a national progress paper says, once it is placed.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{PlacedCell, TargetDate, Unsure};

/// A committee's progress summary over several inspections, with an account of every cell that was read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NationalPaper {
    /// The block at the top of the paper.
    pub cover: Cover,
    /// The publications in the order in which the paper first names them.
    pub publications: Vec<Publication>,
    /// The summary table, in its order.
    pub summary: Vec<SummaryRow>,
    /// The summary's own row of totals, where it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total: Option<SummaryRow>,
    /// The figures that the prose states with certainty, in its order.
    pub stated: Vec<StatedFigure>,
    /// What a person has to look at before the paper is kept.
    pub unsure: Vec<Unsure>,
    /// Every cell that holds words, exactly once, in the order of the file.
    pub cells: Vec<PlacedCell>,
    /// How many cells hold words: always the length of `cells`.
    pub cells_read: usize,
}

impl NationalPaper {
    /// How many cells became something; the others are listed in `unsure`.
    #[must_use]
    pub fn cells_placed(&self) -> usize {
        self.cells.iter().filter(|cell| cell.placed_as != crate::place::ledger::NOWHERE).count()
    }
}

/// The block at the top of a paper to a committee, as printed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cover {
    /// The committee that meets.
    pub meeting: Option<String>,
    /// The day of the meeting, where the cover gives a day.
    pub date: Option<Date>,
    /// Where it meets.
    pub location: Option<String>,
    /// The title of the paper.
    pub title: Option<String>,
    /// Who presents it.
    pub presented_by: Option<String>,
    /// What members are asked to do: "For Discussion".
    pub recommendation_to_members: Option<String>,
    /// Whether an appendix is attached, in the cover's words.
    pub appendix_attached: Option<String>,
    /// The number of the item on the agenda.
    pub agenda_item: Option<String>,
    /// Where the block begins; nothing where the paper has none.
    pub at: Option<String>,
}

/// One inspectorate publication and what the paper says about its recommendations.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Publication {
    /// Its title without the year: "Domestic Abuse".
    pub title: String,
    /// Its year: the first that the paper gives it. Another one is listed as unsure.
    pub year: Option<i16>,
    /// Each way in which the paper prints it: "Crime Audit (2021)", "Crime Audit 2020".
    pub printed: Vec<String>,
    /// The recommendations that were closed in the reporting period.
    pub closed: Vec<Closed>,
    /// The recommendations that are open.
    pub open: Vec<OpenOne>,
    /// Where the paper first names it.
    pub at: String,
}

/// A recommendation that was closed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closed {
    /// The reference as printed: "R8", "R02".
    pub reference: String,
    /// The reference for comparing: see [`crate::normal_reference`].
    pub key: String,
    /// What was recommended; its paragraphs and items are parted by `\n`.
    pub text: String,
    /// What was done and the impact; its paragraphs and items are parted by `\n`.
    pub what_we_did: String,
    /// Its target, word for word, where the table has a column of targets.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target_words: Option<String>,
    /// Where it begins.
    pub at: String,
}

/// A recommendation that is open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenOne {
    /// The reference as printed: "R8", "R02".
    pub reference: String,
    /// The reference for comparing: see [`crate::normal_reference`].
    pub key: String,
    /// What is recommended; its paragraphs and items are parted by `\n`.
    pub text: String,
    /// What is being done, without the sentences that say nothing but the target and without the risk.
    pub update: String,
    /// The target first set.
    pub initial_target: Option<TargetDate>,
    /// The target it was moved to, where the paper gives one.
    pub revised_target: Option<TargetDate>,
    /// The sentences about the target, word for word: "(imminent)" and "Revised timescales are awaited." stand
    /// only here. What a column of targets says is "Target: May 2026".
    pub target_words: Option<String>,
    /// The risk of not doing it, without the word "Risk:".
    pub risk: Option<String>,
    /// Whether the update is "As above": then it is the one of the recommendation before.
    pub as_above: bool,
    /// Where it begins.
    pub at: String,
}

/// One row of the summary table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SummaryRow {
    /// The publication as the row prints it.
    pub publication: String,
    /// How many of its recommendations are closed.
    pub closed: Option<u32>,
    /// How many are open.
    pub open: Option<u32>,
    /// How many of the open ones are delayed.
    pub delayed: Option<u32>,
    /// The milestones of the business plan that it is linked to.
    pub links: Vec<PlanLink>,
    /// Where the row begins.
    pub at: String,
}

/// One milestone of the business plan: "Safer Communities 1.02".
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanLink {
    /// The part of the plan: "Safer Communities".
    pub area: String,
    /// The milestone's number as printed: "1.02".
    pub number: String,
}

/// What a stated figure counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// Recommendations that are open in all.
    Open,
    /// Improvement plans that address them.
    Plans,
    /// Open recommendations that one part of the organisation answers for.
    OpenOfOne,
    /// The improvement plans that these are in.
    PlansOfOne,
    /// Recommendations addressed since the organisation began.
    Addressed,
    /// Recommendations proposed for closure that the inspectorate has not assessed yet.
    ProposedForClosure,
    /// Recommendations closed in the reporting period.
    ClosedInPeriod,
    /// Per cent of the open recommendations that were added lately.
    PercentAddedLately,
    /// Inspections that take place.
    InspectionsUnderWay,
}

/// One figure that the prose states.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatedFigure {
    /// What it counts.
    pub measure: Measure,
    /// The figure.
    pub figure: u32,
    /// Whose it is ("Policing Together") or since when ("August 2023 onwards"), where the sentence says so.
    pub of: Option<String>,
    /// What the paper lists below the figure: the inspections under way.
    pub named: Vec<Named>,
    /// The sentence that the figure stands in.
    pub words: String,
    /// Where the sentence stands.
    pub at: String,
}

/// One inspection that a list in the prose names: "Citations (HMICS/IPS joint inspection)".
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    /// Its title: "Citations".
    pub title: String,
    /// Its kind, in the paper's words: "HMICS/IPS joint inspection".
    pub kind: String,
    /// Where it stands.
    pub at: String,
}
