//! The days that a report is about, and those that it is held against.

pub mod rules;
