//! Figures as they were at an entry, day by day: what was published from them can be counted again.

pub mod rows;
