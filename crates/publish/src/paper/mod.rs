//! A committee paper: what members of the authority read about the improvement plans.
//!
//! Its shape is the authority's form: a cover, PURPOSE, BACKGROUND, what changed since the last paper, what was
//! closed and with what impact, what is open and why, eight implications always in the same order,
//! RECOMMENDATIONS, and the plan as an appendix (DOMAIN 7). It is about a plan (S001), a period or the whole
//! portfolio (S004). Its figures are counted from the very rows it lists, so they cannot disagree. A frozen
//! paper keeps its tree and the journal position it was counted at: it renders the same for ever.

mod appendix;
pub mod around;
mod background;
mod beside;
mod cells;
mod changed;
mod closures;
mod compose;
mod cut;
pub mod details;
pub mod exhibit;
mod forms;
pub mod gathered;
mod news;
mod open;
pub mod pages;
mod portfolio;
pub mod rows;
pub mod rules;
mod since;
mod subject;
mod views;

pub use compose::compose;
