//! What needs attention, for each person by the posts they hold: what is overdue or due soon, what they
//! are asked for, what waits for others, what nobody has said anything about, and what came back; for who drafts papers, which are due before the next meetings.
//!
//! An owner has a few recommendations among hundreds. This is the page they open in the morning; it is
//! derived from the register when it is looked at, and holds nothing of its own.

pub mod export;
pub mod pages;
pub mod papers;
pub mod rules;
mod views;
