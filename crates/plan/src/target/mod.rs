//! The target date of a recommendation, and every move of it.
//!
//! The first target is kept for ever: papers have given one recommendation's first target as May 2023 and
//! as May 2024 (DOMAIN 0.4). Each move has its reason and approver. Whether it is late is derived, twice:
//! against the first target and against the current one; a count says which (DOMAIN 0.3).

pub mod pages;
pub mod rows;
pub mod rules;
