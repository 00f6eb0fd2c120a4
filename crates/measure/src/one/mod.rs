//! One measure: its figure, its periods, by division and by reason, its versions side by side, and its definition.

pub mod file;
pub mod filters;
pub mod heat;
pub mod merged;
pub mod pages;
pub mod parts;
pub mod versions;
pub mod views;
pub mod waits;
