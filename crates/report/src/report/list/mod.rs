//! The list of reports.

pub mod pages;
pub mod views;
