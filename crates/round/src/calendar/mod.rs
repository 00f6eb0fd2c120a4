//! The calendar: when recommendations and actions are due, when groups meet, and when papers and updates are due
//! before that.
//!
//! As a month on a page, and as an address that a calendar program subscribes to (iCalendar, RFC 5545). A
//! target given as a month stands on its last day, the last on which it is met. Nothing in the calendar is
//! about a person: references, dates and what a meeting is called.

pub mod feed;
pub mod ical;
pub mod pages;
pub mod rows;
pub mod rules;
mod views;
