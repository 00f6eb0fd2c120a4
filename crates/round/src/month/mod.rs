//! A round: before a meeting, each owner is asked for an update; who stays silent is reminded, and then
//! escalated.
//!
//! The audit manager of the plan collects updates from owners each month before the papers are due (S001
//! 2.5, DOMAIN D17), and papers show what happens when nobody does: “no progress has been reported since the
//! last update” above the paragraph of the year before (DOMAIN 9, fault 16). Each request, reminder and
//! escalation is a fact, and the fact itself is what keeps it from happening twice. Whether somebody has
//! answered is never typed: it is derived from the recommendation’s own updates.

pub mod answers;
pub mod asks;
pub mod due;
mod export;
mod foreseen;
mod forms;
pub mod pages;
mod requests;
pub mod rows;
pub mod rules;
#[cfg(test)]
mod rules_test;
pub mod telling;
mod tick;
mod ticked;
mod timeline;
mod told;
mod views;
mod words;

pub use answers::{Asked, asked_for, asked_in};
pub use tick::tick;
pub use told::{Told, ToldKind};

/// Who acts when a step is due and nobody pressed a button: the journal’s “who” of such an entry.
pub const SERVICE: &str = "answerable";
