//! The local mailbox: what would have left, where nothing is set up by which it could.

pub mod pages;
pub mod views;
