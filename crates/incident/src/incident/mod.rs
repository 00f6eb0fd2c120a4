//! An incident: what kind it is, where, who is in it, and the log of what became known.
//!
//! One incident may be told of by several callers, and a contact that brings something new makes the assessment out of
//! date ("a change in circumstances triggers a RE-THRIVE").

pub mod forms;
pub mod list;
pub mod pages;
mod read;
pub mod rows;
pub mod rules;
pub mod views;

pub mod told;

#[cfg(test)]
mod rules_test;
