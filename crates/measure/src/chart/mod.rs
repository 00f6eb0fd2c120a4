//! Control charts: whether a measure changed, and whether its process can meet its target.
//!
//! An XmR chart in the convention of NHSRplotthedots 0.2.2, with its quirks, so that figures can be compared: limits from
//! the moving ranges, one pass of screening, phases that nothing crosses, runs of seven and two of three. `profile` nhsr
//! screens outliers out of the limits; nhs-excel does not. The chart knows no database.

pub mod drawing;
pub mod life;
pub mod rules;
pub mod series;
pub mod sparkline;
pub mod words;

#[cfg(test)]
mod rules_test;
