//! How a recommendation is sorted: whom it is addressed to, its themes, how soon it is meant to be done, the
//! milestones of the business plan it serves, and who answers for it at the top.
//!
//! Counts are per addressee: of one inspection's fourteen recommendations, thirteen may be the force's
//! (DOMAIN 0.2). Themes and direct links to the business plan are told to the committee (S004 3.2, 3.5);
//! the horizon is the plan's order of priority (S001 2.11).

pub mod pages;
pub mod rows;
pub mod rules;
