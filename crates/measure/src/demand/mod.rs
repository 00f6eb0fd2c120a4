//! Failure demand, FD-1 (crate `failure`), counted from the journal (HMICS CAM 2022 R3; decisions/0023).
//!
//! What a contact was follows from the whole issue that it belongs to: an incident with its contacts, its crime reports
//! and its referrals; from calls that were given up before from its number; and from when systems were [`down`]. [`told`] reads their entries, [`translate`] tells them in the words of the definition.

pub mod belongs;
pub mod down;
pub mod facts;
pub mod nouns;
pub mod reach;
pub mod told;
pub mod translate;

#[cfg(test)]
mod caller_test;
#[cfg(test)]
mod reach_test;
#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod translate_test;
