//! A pack: which measures stand in a report, in which sections, for whom and how often.

pub mod definition;
pub mod rules;
