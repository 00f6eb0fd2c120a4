//! A week’s sample: the contacts that were drawn, what each was coded the second time, and its closing.
//!
//! “Weekly seeded random sample double-coded blind” (MEASURES 1, QA). The draw is a fact with its seed and the entry at
//! which the week was counted, so that anybody can draw it again. What was derived stays in the fact, and no page shows
//! it while the sample is open: results come with its closing.

pub mod again;
pub mod list;
pub mod pages;
pub mod rows;
pub mod rules;
pub mod views;
pub mod week;

#[cfg(test)]
mod rules_test;
