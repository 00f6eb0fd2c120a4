//! What happened, and what is done about it.
//!
//! An incident is opened from a contact, graded, sent to, transferred, closed and, where the rules ask for a second
//! person, endorsed (DOMAIN 1, 2). Its life is told by five nouns that share its subject: the incident itself, its
//! grade, whose it is, the response, and its closing; beside them what was promised to people, and the appointments
//! with them. Every open incident is in exactly one queue, which is a pure function of those facts and the clock.

pub mod after;
pub mod appointment;
pub mod attendance;
pub mod beside;
pub mod call;
pub mod change;
pub mod closure;
pub mod codes;
pub mod custody;
pub mod grade;
pub mod incident;
pub mod promise;
pub mod queue;
pub mod response;
pub mod standing;

mod brings;
mod clocks;
mod doing;
mod fold;
mod words;
mod writing;

#[cfg(test)]
mod testing;

pub use change::{Change, Opening};
pub use contact::unit;
pub use doing::{Acting, Stored, change, open};
pub use fold::{Memory, TABLES, refold};
pub use incident::rows::recall;
pub use standing::Standing;

/// The room's addresses.
pub fn routes() -> axum::Router<web::Site> {
    axum::Router::new()
        .merge(appointment::list::pages::routes())
        .merge(appointment::offers::pages::routes())
        .merge(call::pages::routes())
        .merge(incident::pages::routes())
        .merge(promise::pages::routes())
        .merge(queue::pages::routes())
}
