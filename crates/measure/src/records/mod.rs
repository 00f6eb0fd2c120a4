//! The records behind a figure: they add up to it.

pub mod pages;
pub mod views;
