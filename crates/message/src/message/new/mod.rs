//! A new message by hand: what is said is chosen, filled in, shown, and only then sent.

pub mod pages;
pub mod views;
