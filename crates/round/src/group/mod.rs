//! A governance group: who meets, with which terms of reference, how often, and who sits on it.
//!
//! The plan of 2022 set up a “Tactical Group” with its own terms of reference that reports monthly, under a
//! strategic owners’ group and an oversight board; committees stand above them (DOMAIN D6). A member is a
//! post and never a name; each may have an alternate post that sits in its place. One of them is the chair:
//! what stays unanswered goes there, unless a recommendation has a strategic owner. It looks after the plans that
//! it names, or after all: its agendas and its rounds are about these.

pub mod cadence;
mod forms;
pub mod pages;
pub mod rows;
pub mod rules;
#[cfg(test)]
mod rules_test;
pub(crate) mod views;
