//! What is kept beside the register: areas for development, programmes of change, inspections under way.
//!
//! Each has a list, a page of its own with its history, and a few forms. The way through a form is the same
//! for all three, so it is here once: *may, recall, decide, append, save, show* (HOUSE 4).

pub mod pages;
