//! Attaching a measure to a recommendation as evidence.

pub mod pages;
pub mod views;
