//! What the service says to people: texts, e-mails and letters, through one gate.
//!
//! HMICS asks that people are reached in the way that is safe for them (Domestic Abuse 2023, R11) and kept informed.
//! Words come from templates, in the person’s language where there are words in it; the way is the one that they
//! prefer and that is safe at that hour; what was sent, and what could not be, is a fact. Which incident it is about
//! is an identity here and nothing more.

pub mod compose;
pub mod definition;
pub mod message;
pub mod route;
pub mod sending;

mod fold;

#[cfg(test)]
mod definition_test;
#[cfg(test)]
mod route_test;

pub use fold::{Memory, TABLES, refold};

/// The room's addresses.
pub fn routes() -> axum::Router<web::Site> {
    message::routes()
}
