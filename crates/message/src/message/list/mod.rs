//! The list of messages: what waits, what left, and what somebody has to call about.

pub mod export;
pub mod pages;
pub mod rows;
pub mod views;
