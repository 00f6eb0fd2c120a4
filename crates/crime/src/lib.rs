//! Crime recorded directly, and what becomes of the report.
//!
//! The resolution team records a crime without a visit, by questions of its type, after its lines of enquiry were
//! considered (HMICS CAM 2022, 4.6); where somebody is vulnerable only a supervisor may let it. The report goes to the
//! crime system with a receipt. What comes back for rework is a fact with its reason, and is counted by the team that
//! wrote it (R4: “reduce the number of crime reports returned”). Retailers report in bulk (4.7).

pub mod definition;
pub mod report;
pub mod retail;

#[cfg(test)]
mod definition_test;
mod fold;

pub use fold::{Memory, TABLES, refold};

/// The room's addresses.
pub fn routes() -> axum::Router<web::Site> {
    axum::Router::new().merge(report::routes()).merge(retail::pages::routes())
}
