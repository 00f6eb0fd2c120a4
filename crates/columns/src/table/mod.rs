//! The tables for other tools: a star of facts, measure values and dimensions, as data (HOUSE 6).
//!
//! `SCHEMA.md` is this data in words; a test holds the two together. A column is never taken away or made another thing
//! without raising [`rules::VERSION`].

pub mod dimensions;
pub mod facts;
pub mod rules;
