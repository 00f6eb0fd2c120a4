//! An area for development of an inspection: what the inspectorate wants better without recommending it.
//!
//! Reports list them beside the recommendations, under headings or under a recommendation, often without
//! a number, and count them apart: "8 recommendations, 9 areas for development" (DOMAIN D3). One plan said
//! "5 areas for development" of nine under five headings (DOMAIN 9, fault 5). Each is met by actions of the
//! plan. What is mapped to no action must be seen (fault 6: the sixth had none), and so must what is mapped
//! to two, and what the post that was given it contests.

mod forms;
pub mod list;
pub mod pages;
pub mod rows;
pub mod rules;
pub mod shown;
pub mod views;

#[cfg(test)]
mod rules_test;
