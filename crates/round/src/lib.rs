//! The month: who is asked for what, when, and what they are told.
//!
//! A governance group meets in a cycle. Before a meeting each owner is asked for an update, reminded, and
//! what stays silent is escalated; the agenda is what is due. Deadlines are counted in Scottish working days.

pub mod attention;
pub mod calendar;
pub mod notice;

mod fold;
pub mod group;
pub mod meeting;
pub mod month;
mod named;
pub mod workday;

pub use fold::{Memory, TABLES, refold};
pub use named::named;

/// The room's addresses.
pub fn routes() -> axum::Router<web::Site> {
    axum::Router::new()
        .merge(group::pages::routes())
        .merge(meeting::pages::routes())
        .merge(month::pages::routes())
        .merge(attention::pages::routes())
        .merge(calendar::pages::routes())
        .merge(notice::pages::routes())
}
