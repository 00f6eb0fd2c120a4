//! A comment: what somebody remarks on a recommendation, beside its official updates.
//!
//! A committee member asks, an owner answers, the inspectorate says what it would look at first. None of it is
//! the force's word, so it is no update: it changes no figure and stands in no paper. What should not have
//! been said is withdrawn with a reason: nobody is shown it again, and everybody sees that there was something.

pub mod pages;
pub mod rows;
pub mod rules;
pub mod views;
