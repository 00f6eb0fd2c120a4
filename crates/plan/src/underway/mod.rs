//! An inspection under way: announced, in its fieldwork or being drafted, not yet published.
//!
//! Papers list them by kind: "Drug Harm Reduction (Thematic Inspection)", "Best Value (HMICS/Audit Scotland
//! Joint Inspection)", "Tools of the Trade (Frontline Focus Review)" (DOMAIN D15). When the report is out, the
//! inspection itself is registered with its recommendations, and this one points to it.

mod forms;
pub mod pages;
pub mod rows;
pub mod rules;
pub mod views;

#[cfg(test)]
mod rules_test;
