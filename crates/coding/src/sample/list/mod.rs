//! The weeks that were drawn, and what each says; the draw of another.

pub mod pages;
pub mod views;
