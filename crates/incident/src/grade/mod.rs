//! The grade of an incident: suggested, chosen, and, for a domestic incident that is lowered, agreed by a second person.

pub mod rows;
pub mod rules;

#[cfg(test)]
mod rules_test;
