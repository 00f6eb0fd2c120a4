//! Updates: what an owner says has happened since the last one.
//!
//! Seven of ten rows of one paper said "no progress has been reported since the last update" above a
//! paragraph of the year before (DOMAIN 9, fault 16). So each is a fact with its day; age is derived.

pub mod pages;
pub mod rows;
pub mod rules;
