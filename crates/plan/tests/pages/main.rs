//! Pages with people before them: the findings, the summary, and moves of targets.

mod found;
#[path = "../hands/mod.rs"]
mod hands;
mod moves;
mod summary;
