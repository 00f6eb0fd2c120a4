//! What became of contacts, drawn as a flow from channels by ways to ends, and as a table of the same (HMICS CAM 2022).

pub mod drawing;
pub mod pages;
pub mod rules;
pub mod views;
