//! A finding of the check of the register, accepted with a reason.
//!
//! Some of what the check finds is so and stays so: a report called "2020" that came out in 2021, a count
//! on purpose without one recommendation. Somebody who may says why, once; for one, or for `several` at once.
//! The acceptance holds for this very finding: when its figures or names change it is another one, and is shown
//! again.

pub mod pages;
pub mod rows;
pub mod rules;
pub mod several;
