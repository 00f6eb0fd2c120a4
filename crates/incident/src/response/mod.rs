//! The response: officers sent, there, free again; a supervisor’s review; a policy under which nobody is sent.

pub mod rows;
pub mod rules;

#[cfg(test)]
mod rules_test;
