//! One measure: its figure, its periods, by division and by reason, and its definition.

pub mod heat;
pub mod pages;
pub mod parts;
pub mod views;
