//! Referring somebody: who could take them, and the form.
//!
//! The incident is another room’s: [`pages::About`] tells of it what has to be known, its division and its assessment.

pub mod pages;
pub mod views;
