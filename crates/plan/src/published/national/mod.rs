//! A committee's national progress paper: several inspections in one file, each held against the register and
//! carried in the way a single plan is.
//!
//! The paper tells of recommendations that the register has: their targets, risks and updates come in; their words
//! are the inspectorate's and stay. What it lists as closed is compared and told, never discharged. Nobody but the
//! reviewer records a decision of the inspectorate.

pub mod carry;
mod drafting;
pub mod matching;
pub mod past;
pub mod rules;
pub mod views;
