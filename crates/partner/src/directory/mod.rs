//! The directory of partner agencies: what they take, when they are there, how they are reached.
//!
//! A force had no one list of who takes what (CAM 2022, R5 and action 5.2). It is data, with the days on which an agency
//! is there; the page shows it as at today.

pub mod pages;
pub mod views;
