//! The one queue of an open incident, its clock and what is owed: counted from the facts, never stored.

mod clocks;
pub mod pages;
pub mod rules;
pub mod views;
pub mod worklist;

#[cfg(test)]
mod rules_test;
