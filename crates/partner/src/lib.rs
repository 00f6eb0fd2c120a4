//! Who else can help: the partner agencies, and what becomes of those who are referred to them.
//!
//! HMICS asks that incidents are passed to a partner “whenever that agency is better placed” (CAM 2022, R5), that
//! officers at a scene can speak to a clinician (R6), and that the diversion is monitored (action 5.7). So there is a
//! directory of agencies, a suggestion of who could take somebody, and for each referral a life of facts: sent, accepted
//! or declined, finished or given back. Which incident it is about is an identity here and nothing more.

pub mod definition;
pub mod directory;
pub mod hours;
pub mod referral;
pub mod suggestion;

#[cfg(test)]
mod definition_test;
mod fold;

pub use fold::{Memory, TABLES, refold};

/// The room's addresses.
pub fn routes() -> axum::Router<web::Site> {
    axum::Router::new().merge(directory::pages::routes()).merge(referral::routes())
}
