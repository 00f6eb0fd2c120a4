//! Failure demand: FD-1, a definition of what was “neither defined nor counted” (HMICS CAM 2022 R3; MEASURES 1).
//!
//! The definition is data with versions (`definitions/failure.toml`). The rules are pure: from the recorded facts of an
//! issue, up to a moment, to what each contact was. They know no database and no other room.
//!
//! The way of a figure: a room translates the journal into [`story::Issue`]; [`classify`] (one version) or
//! [`classify_in_force`] (that of each day) judge its contacts; [`units`] count them, [`abandoned`] counts the calls that
//! nobody answered, [`sensitivity`] counts with other windows and versions.
//!
//! Who translates sees to it that a contact is in one issue only; that an issue holds every incident that is linked to it or
//! might be, and every attempt from the numbers of its contacts; and that each fact keeps its moment and its number.

pub mod abandoned;
pub mod check;
pub mod code;
pub mod definition;
pub mod early;
pub mod moment;
pub mod packed;
pub mod passed;
pub mod reach;
pub mod rule;
pub mod rules;
pub mod seen;
pub mod sensitivity;
pub mod story;
pub mod time;
pub mod units;
pub mod value;

pub use rules::{classify, classify_in_force};

#[cfg(test)]
mod check_test;
#[cfg(test)]
mod issues_testing;
#[cfg(test)]
mod packed_test;
#[cfg(test)]
mod properties_test;
#[cfg(test)]
mod rules_test;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod units_test;
#[cfg(test)]
mod value_test;
