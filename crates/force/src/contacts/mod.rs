//! A day of Caledonia Police's contacts, and as many as a benchmark wants.
//!
//! Everything goes in by the same doors as people's: the contact is received, described, placed and assessed, an
//! incident is opened, sent to, offered, closed. People, places and numbers are invented; the numbers are those that
//! Ofcom keeps for drama, so that nobody has them.

mod again;
mod behaviours;
mod crimes;
mod day;
mod diaries;
mod follow;
mod many;
mod messages;
mod people;
mod places;
mod referrals;
mod rhythm;
mod sampled;
mod weeks;

pub use behaviours::{Advisor, Behaviour, Behaviours, Truth};
pub use many::contacts;
pub use rhythm::Rhythm;
pub(crate) use sampled::sample;
pub(crate) use weeks::{Calls, SHORTER_SINCE_WEEKS};
