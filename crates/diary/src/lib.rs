//! When somebody can be seen: the diaries of local policing, their shifts, and the places that can be booked.
//!
//! A diary belongs to a station of a division (HMICS CAM 2022 R1; R7, action 7.6 "SMART DIARY"). It has shifts, each with
//! officers, and times that are blocked. From these follow the slots that can be offered; who takes one is told by the
//! incident room, which books it. It knows no incident.

pub mod busy;
pub mod definition;
pub mod diary;
pub mod feed;
pub mod hold;
pub mod import;
pub mod place;
pub mod slot;

mod fold;

pub use fold::{Memory, TABLES, refold};
pub use hold::rows::free;

/// The room's addresses.
pub fn routes() -> axum::Router<web::Site> {
    diary::pages::routes().merge(feed::pages::routes()).merge(import::pages::routes())
}
