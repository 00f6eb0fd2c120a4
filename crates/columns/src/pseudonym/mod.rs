//! Who or what a row is about, without saying it (decisions/0029).

pub mod keep;
pub mod rules;
