//! A committee paper: what members of the authority read about the improvement plans.
//!
//! Its shape is the authority's form: a cover, PURPOSE, BACKGROUND, what was closed and with what impact,
//! what is open and why, eight implications always in the same order, RECOMMENDATIONS, and the plan as an
//! appendix (DOMAIN 7). Its figures are counted from the very rows it lists, so they cannot disagree. A
//! frozen paper keeps its tree and the journal position it was counted at: it renders the same for ever.

mod compose;
mod forms;
pub mod pages;
pub mod rows;
pub mod rules;
mod sections;

pub use compose::compose;
