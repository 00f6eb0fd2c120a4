//! A measure that a committee paper shows: the evidence that is attached to what it tells, and what its drafter chose.
//!
//! The paper knows no measure (`publish::paper::exhibit`): it asks this room what stands beside the recommendations that it
//! tells. Everything is counted at the paper’s own entry, so that no figure disagrees with its lists, and a frozen paper
//! keeps it (decisions/0033).

pub mod compose;
pub mod pages;
pub mod room;
pub mod rows;
pub mod rules;
pub mod together;
pub mod views;

#[cfg(test)]
mod rules_test;
#[cfg(test)]
mod together_test;
