//! Composing a report: choose, look, freeze.

pub mod pages;
pub mod views;
