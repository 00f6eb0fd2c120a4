//! A promise to a person: to call back, to tell how it stands, by some time.
//!
//! HMICS Domestic Abuse 2023 R11 asks for updates to victims in "acceptable timeframes", and a caller who chases a
//! promise that was broken is failure demand (MEASURES 1, F03). So what was promised is a fact with a time, and whether
//! it was kept is counted and never typed.

pub mod pages;
pub mod rows;
pub mod rules;
pub mod views;

#[cfg(test)]
mod rules_test;
