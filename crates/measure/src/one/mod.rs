//! One measure: its figure, its periods, by division and by reason, and its definition.

pub mod pages;
pub mod views;
