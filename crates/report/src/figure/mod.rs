//! The figures of a report: each measure for its period and for those that it is held against.

pub mod again;
pub mod gather;
pub mod rules;
