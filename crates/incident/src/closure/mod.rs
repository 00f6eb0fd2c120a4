//! Closing an incident with its four accounts, a second person’s endorsement, opening it again.

pub mod rows;
pub mod rules;

#[cfg(test)]
mod rules_test;
