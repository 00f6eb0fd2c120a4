//! Measures as evidence: what was counted is tied to the recommendation that it was counted for.
//!
//! A measure over a period is attached to a recommendation, or to one of its actions, with what it is claimed to show. It
//! is frozen with its value and the entry at which it was counted, and anyone entitled can run it again. Whether it shows
//! the claim is judged by the rules of the control chart, not by whoever attaches it. The plan is told by a fact of its own
//! (`plan::measured`), so that closing asks why where a claim is not shown (HMICS closes by impact, DOMAIN D11).

pub mod evidence;
mod fold;

pub use fold::{Memory, TABLES, refold};

/// The room's addresses.
pub fn routes() -> axum::Router<web::Site> {
    evidence::routes()
}
