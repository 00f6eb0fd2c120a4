//! A diary: the shifts of one station, and the times that are blocked.
//!
//! A shift is never changed: it is ended from a day, and another is added, so that its slots stay on one grid and a place
//! that was booked stays what it was. A holiday, a course or an illness is a blocked time.

pub mod forms;
pub mod pages;
pub mod rows;
pub mod rules;
pub mod views;

#[cfg(test)]
mod rules_test;
