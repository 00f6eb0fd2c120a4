//! Incidents in lists: what a queue, a search and a contact show of them.

pub mod pages;
pub mod rows;
pub mod views;
