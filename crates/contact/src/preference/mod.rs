//! How somebody wants to be reached, and how they must not be.
//!
//! HMICS Domestic Abuse 2023 R11 asks for preferred and safe ways of contact, and the Victims and Witnesses
//! (Scotland) Act 2014, section 8, for the choice of who interviews. **Every outward path asks [`gate::may_reach`]
//! first**: a call back, a text, a letter, a visit, a calendar entry that others see. There is no other way out.

pub mod gate;
pub mod rows;
pub mod rules;
pub mod words;

#[cfg(test)]
mod gate_test;
#[cfg(test)]
mod rules_test;
