//! What is due: the last period that is over, of each pack and division, that nobody froze yet.

pub mod pages;
pub mod views;
