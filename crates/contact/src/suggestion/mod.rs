//! The suggestion of a grade, with its reasons: from published rules, for the advisor to take or leave.

pub mod definition;
pub mod rules;
pub mod words;

#[cfg(test)]
mod rules_test;
