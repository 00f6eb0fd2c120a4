//! Shortcuts of the working screens: each person's own, any of them changed or turned off (WCAG 2.1.4).

pub mod pages;
mod rows;
mod rules;
