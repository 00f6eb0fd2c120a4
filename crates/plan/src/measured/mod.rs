//! What measures show of a recommendation, as far as its record has to know it.
//!
//! “What we did and the impact” is what closes a recommendation. Another room attaches measures as evidence, judges whether
//! they show what is claimed, and tells it here as a fact about the recommendation. While one of them does not show its
//! claim, proposing closure and discharging ask why all the same, and the reason is a fact too. This room knows no measure.

pub mod pages;
pub mod rows;
pub mod rules;
