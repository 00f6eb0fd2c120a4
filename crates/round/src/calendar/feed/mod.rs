//! A calendar's address: a secret in a link that a calendar program reads without signing in.
//!
//! Whoever has the address reads the dates, so it can be taken back at any time, holds nothing about anybody,
//! and dies with its owner's account. The secret is 256 random bits and shown once; only its hash is kept.

pub mod pages;
pub mod rows;
pub mod rules;
