//! Drafts: what was typed and is not yet a fact, so that no crash, sign-out or reload loses it.
//!
//! A page saves what is typed after each pause of a second and at least every ten, and keeps it on the computer until
//! the server has it (LOOK 3). A draft belongs to one person and one window and is written over by nobody else. What
//! two people typed on one record meets only when it is saved, in [`rules::merge`]: each field that both changed is
//! shown in both versions, and no risk field is ever merged in silence (HOUSE 4, "Stale edits").

pub mod pages;
pub mod rows;
pub mod rules;
