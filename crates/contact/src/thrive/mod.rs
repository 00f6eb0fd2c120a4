//! The THRIVE assessment: threat, harm, risk, investigation, vulnerability, engagement.
//!
//! Each contact that is answered is assessed, and each change of circumstances calls for a re-THRIVE (DOMAIN 1). An
//! assessment is complete when all six were considered: "considered, none identified" is an answer, blank is not.

pub mod definition;
pub mod rows;
pub mod rules;

#[cfg(test)]
mod rules_test;
