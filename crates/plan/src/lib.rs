//! The improvement plan: what inspectors recommend, what is done about it, and its way to discharge.
//!
//! An inspection makes recommendations. Each has an owner, a risk, actions, a target date with every move of
//! it, updates, and what it waits for; the inspectorate discharges it, or returns it (DOMAIN 7). All of it
//! is facts about the recommendation, told in order on its timeline. The register is their sum, as at any
//! position of the journal. A plan that was published in Word or Excel comes in through `published`.

pub mod action;
pub mod classification;
pub mod codes;
pub mod dependency;
pub mod inspection;
pub mod pages;
pub mod post;
pub mod published;
pub mod recommendation;
pub mod register;
pub mod summary;
pub mod target;
pub mod update;
pub mod words;

pub mod area;
pub mod programme;
pub mod underway;

mod beside;
pub mod bulk;
pub mod comment;
pub mod find;
pub mod finding;
pub mod linter;
pub mod measured;
pub mod source;
pub mod view;

mod fold;
mod part;

pub use fold::{Memory, TABLES, refold};
pub use pages::routes;
