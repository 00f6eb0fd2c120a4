//! Outages as a list: the latest first, by state and system.

pub mod pages;
pub mod rows;
pub mod views;
