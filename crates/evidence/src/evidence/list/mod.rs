//! The list of measured evidence: filtered by its address, the newest first; and as a file.

pub mod pages;
pub mod rows;
pub mod views;
