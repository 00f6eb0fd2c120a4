//! What a recommendation waits for: another one or an action of it, a programme, a body outside the force.
//!
//! "Closure dependent on another recommendation" (MH R03 on R02) stands in the papers as a sentence; here
//! it is an edge with its day and its reason, and a loop cannot be made (DOMAIN D4).

pub mod pages;
pub mod rows;
pub mod rules;
