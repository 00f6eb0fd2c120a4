//! A report: a pack for a period, composed, frozen, and frozen again where figures changed.

pub mod again;
pub mod compose;
pub mod due;
pub mod freeze;
pub mod list;
pub mod new;
pub mod pages;
pub mod rows;
pub mod rules;
pub mod views;
