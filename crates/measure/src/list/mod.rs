//! All measures, each with what it was in the last four weeks and in the four before.

pub mod pages;
pub mod views;
