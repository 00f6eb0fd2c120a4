//! An inspection: a published report whose recommendations are tracked here.
//!
//! HMICS and other inspectorates publish thematic, joint, assurance and audit reports, each addressed to
//! one or more bodies (HMICS's fourteen mental health recommendations are Police Scotland's thirteen: the
//! first is the Scottish Government's). Age is counted from the day of publication: from December 2025
//! the authority highlights whatever is open two years after it (DOMAIN 0.7).

pub mod pages;
pub mod rows;
pub mod rules;
