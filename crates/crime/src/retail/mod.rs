//! A retailer’s form: many thefts from shops at once, each with its shop, what was taken, and whether there is CCTV.
//!
//! HMICS CAM 2022, 4.7 asks how retail crime and other external agencies are dealt with. Each row becomes a contact by the
//! web form, an incident of the resolution team and, where nobody was threatened or hurt, a crime report whose lines of
//! enquiry are still to be followed: the form files nothing. Where somebody was, it is opened as Prompt and assessed. All rows or none; a row that was sent before makes nothing.

pub mod carry;
pub mod pages;
pub mod rules;
pub mod views;

#[cfg(test)]
mod rules_test;
