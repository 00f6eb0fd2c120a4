//! The contacts as a list: the latest first, by channel, state, division and day, and by reference.

pub mod pages;
pub mod rows;
pub mod views;
