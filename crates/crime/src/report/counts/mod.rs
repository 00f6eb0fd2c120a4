//! What crime reports and their returns add up to, by team and division (HMICS CAM 2022, R4).
//!
//! Each figure opens the list of exactly those that it counts. Every return either waits or was resubmitted, so the two
//! add up to the returns; the reasons add up to them, too.

pub mod pages;
pub mod rows;
pub mod rules;
pub mod views;
