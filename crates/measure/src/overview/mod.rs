//! Every measure at once: what a report is made of.

pub mod rows;
