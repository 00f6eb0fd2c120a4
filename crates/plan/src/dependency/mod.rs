//! What a recommendation waits for: another one, whose evidence or decision comes first.
//!
//! "Closure dependent on another recommendation" (MH R03 on R02) stands in the papers as a sentence; here
//! it is an edge, and a loop cannot be made (DOMAIN D4).

pub mod pages;
pub mod rows;
pub mod rules;
