//! Every return of a crime report for rework, as the facts they are: who returned it, why, and how long it was reworked.

pub mod pages;
pub mod rows;
pub mod views;
