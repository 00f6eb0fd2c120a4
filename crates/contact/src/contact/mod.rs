//! A contact: somebody gets in touch, and is answered, or gives up before anybody does.
//!
//! Every contact gets the same start, whatever way it comes (DOMAIN 2). An attempt that nobody answered is counted
//! apart, never as a contact (MEASURES 1). What another system tells of arrives by `POST /contacts`, described in
//! `crates/contact/API.md`: the same reference twice is the same contact.

mod checks;
pub mod given_up;
pub mod intake;
pub mod list;
pub mod pages;
pub mod rows;
pub mod rules;
mod standing;
mod stored;
pub mod views;
pub mod why;
mod words;

#[cfg(test)]
mod rules_test;

pub use checks::happened;
