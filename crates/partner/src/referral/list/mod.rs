//! The list of referrals: filtered by its address, the newest first; and as a file.

pub mod export;
pub mod pages;
pub mod rows;
pub mod views;
