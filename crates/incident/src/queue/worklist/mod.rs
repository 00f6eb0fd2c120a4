//! The list of one queue: what it is narrowed to, in which order, and a page of it at a time.

pub mod choices;
pub mod rows;
pub mod rules;
pub mod views;

#[cfg(test)]
mod rules_test;
