//! What needs attention: all measures by whether they change and by whether they will meet their targets.

pub mod pages;
pub mod rules;
pub mod views;
