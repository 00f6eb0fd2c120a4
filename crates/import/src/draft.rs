//! The draft plan: what was understood, what was not, and where each cell went.

use serde::{Deserialize, Serialize};

use crate::TargetDate;

/// A draft plan, with an account of every cell that was read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Placed {
    /// The title of the inspection, where the file says it.
    pub title: Option<String>,
    /// The recommendations, in the order in which the file has them.
    pub recommendations: Vec<DraftRecommendation>,
    /// What a person has to look at before the draft is kept.
    pub unsure: Vec<Unsure>,
    /// Every cell that holds words, exactly once, in the order of the file.
    pub cells: Vec<PlacedCell>,
    /// How many cells hold words: always the length of `cells`.
    pub cells_read: usize,
}

/// One recommendation as the plan prints it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DraftRecommendation {
    /// The reference as printed: "1", "R02", "Recommendation 3".
    pub reference: String,
    /// The reference for comparing: see [`crate::normal_reference`].
    pub key: String,
    /// What is recommended.
    pub text: String,
    /// "Low", "Medium" or "High".
    pub risk_exposure: Option<String>,
    /// The risk told in a sentence, where the plan has one.
    pub risk_statement: Option<String>,
    /// Who owns it.
    pub owner: Option<String>,
    /// What it is meant to bring about.
    pub impact: Option<String>,
    /// The target first set.
    pub first_target: Option<TargetDate>,
    /// The target as it stands; the first one while none is revised.
    pub current_target: Option<TargetDate>,
    /// The words about the target that are no date ("Spring"): listed as unsure too.
    pub target_words: Option<String>,
    /// The status as printed.
    pub status: Option<String>,
    /// The updates, in the order of the file.
    pub updates: Vec<String>,
    /// The actions, in the order of the file.
    pub actions: Vec<DraftAction>,
    /// Where the recommendation begins.
    pub at: String,
}

/// One action of a recommendation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DraftAction {
    /// Its number as printed ("1.1"), or the next free one where none is printed.
    pub number: String,
    /// What is to be done.
    pub text: String,
    /// Its own owner, where the plan has one for each action.
    pub owner: Option<String>,
    /// Its own target, where the plan has one for each action.
    pub target: Option<TargetDate>,
    /// Whether the plan says that it is done.
    pub done: Option<bool>,
    /// Where it stood.
    pub at: String,
}

/// Something a person has to look at.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Unsure {
    /// Where it stands.
    pub at: String,
    /// The words in question.
    pub text: String,
    /// Why it is listed and what to do about it, in whole sentences.
    pub why: String,
}

/// Where one cell went.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PlacedCell {
    /// Where it stood.
    pub at: String,
    /// Its words.
    pub text: String,
    /// What it became: "Recommendation 3, owner".
    pub placed_as: String,
    /// Whether something about it is listed as unsure.
    pub unsure: bool,
}
