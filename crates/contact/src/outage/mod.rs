//! An outage: a system of ours is down, and people have to ring back (MEASURES 1, F14; decisions/0030).
//!
//! A supervisor records which system, since when, and what callers are told; and when it is back. While one is open, the
//! screen of a contact says so. It belongs to no contact and no incident: whether somebody got in touch because of it is
//! what the advisor says.

pub mod definition;
mod forms;
pub mod list;
pub mod pages;
pub mod rows;
pub mod rules;
pub mod views;

#[cfg(test)]
mod rules_test;
