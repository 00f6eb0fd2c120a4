//! A diary's address for calendar programs: how many places of each time are taken, read without signing in.
//!
//! Officers' own calendars and a station's screen look at a diary this way. Whoever has the address reads it, so it can be
//! taken back at any time, and it tells of nobody: times and counts, no name and no incident. The secret is 256 random bits
//! and shown once; only its hash is kept.

pub mod ical;
pub mod pages;
pub mod rows;
pub mod rules;
pub mod views;
