//! The times that the diaries offer for an incident: chosen, held while the advisor speaks, and booked.

pub mod pages;
pub mod views;
