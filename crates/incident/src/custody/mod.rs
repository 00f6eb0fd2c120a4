//! Whose an incident is: exactly one unit’s, offered to another, accepted or returned with a reason.

pub mod rows;
pub mod rules;

#[cfg(test)]
mod rules_test;
