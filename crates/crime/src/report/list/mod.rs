//! The list of crime reports: filtered by its address, the newest first; and as a file.

pub mod export;
pub mod pages;
pub mod rows;
pub mod views;
