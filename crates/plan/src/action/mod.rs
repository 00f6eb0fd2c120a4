//! The actions of a recommendation: what is to be done, by whom, and whether it is done.
//!
//! An improvement plan has them numbered under their recommendation ("3.4 Revise the reports"). They are
//! facts about the recommendation, so there is no action without one.

pub mod pages;
pub mod rows;
pub mod rules;
