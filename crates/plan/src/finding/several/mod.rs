//! Several findings of one check, accepted with one reason: shown first, then each accepted as a fact of its own.
//!
//! Thirty open recommendations of an old plan have no risk statement, for one and the same reason. What is said
//! of one is said of all of them, once; what of them is mended or changes before that is not accepted unseen.

pub mod pages;
pub mod rules;
