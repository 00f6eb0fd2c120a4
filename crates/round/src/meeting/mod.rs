//! A meeting of a governance group: its day, the deadlines before it, and its agenda.
//!
//! Papers are due some working days before it, updates some before the papers. The agenda is not typed: it is
//! made from the register when it is looked at, so it cannot disagree with it (DOMAIN D6: “agenda of items
//! due, minutes link”). What was decided stands in the minutes; here is only where they are, or a note.

pub mod agenda;
pub mod pages;
pub(crate) mod paging;
pub mod rows;
pub mod rules;
pub(crate) mod views;
