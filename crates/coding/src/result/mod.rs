//! What a closed sample says: derived against coded, how well they agree, and the rate corrected by it.

pub mod pages;
pub mod rules;
pub mod views;
pub mod words;
