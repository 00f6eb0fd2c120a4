//! The list of appointments, and how many of them were booked, kept, moved, cancelled and missed, and by whom.

pub mod pages;
pub mod rows;
pub mod views;
