//! The register: every recommendation with all that is known of it, as at a position of the journal.
//!
//! One loading serves the page, the export and the committee's paper, so their figures cannot disagree.
//! It has no facts of its own; what is late, old or stale is derived from the day it is looked at.

pub mod export;
mod filters;
pub mod items;
pub mod kept;
pub mod list;
pub mod pages;
pub mod rows;
pub mod rules;
mod views;
