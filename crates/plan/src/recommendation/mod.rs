//! A recommendation of an inspection, and its way to discharge.
//!
//! Bodies send the inspectorate evidence, "which we consider and as appropriate discharge upon suitable
//! evidence": only the inspectorate's decision discharges (DOMAIN 7). What the papers lose without a trace –
//! proposed for closure one year, silently open the next – is a state here: returned, with the reason.

pub mod beside;
mod changes;
pub mod pages;
pub mod rows;
pub mod rules;
#[cfg(test)]
mod rules_test;
pub mod status;
pub mod timeline;
pub mod views;
