//! Recording a crime directly: which crime, then the form of its question set.

pub mod pages;
pub mod views;
