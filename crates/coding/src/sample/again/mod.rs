//! Drawing a sample again: from its seed, and what the week was counted as at its entry.

pub mod pages;
pub mod rules;
pub mod views;
