//! A notice: what the service tells somebody, once; and the mailbox where everybody finds theirs.
//!
//! Who is asked for an update, reminded, or told that a thing was escalated gets a notice, and whoever wants
//! it a digest a day of what needs them. Each is a fact before anything is sent: the mailbox page shows it
//! whatever becomes of the e-mail. In the demonstration nothing leaves, and the page is the mailbox.
//!
//! A notice names recommendations, posts and days, and no person.

pub mod digest;
pub mod pages;
pub mod reach;
pub mod rows;
pub mod rules;
pub mod send;
pub mod subscription;
pub mod tell;
pub mod transport;
mod views;
