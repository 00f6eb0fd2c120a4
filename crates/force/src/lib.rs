//! Caledonia Police: the demonstration force. Its people are invented; what its register is about is not.
//!
//! [`demonstrate`] fills an empty journal the way a force would: a plan comes as a workbook and is read by
//! the importer, and everything after goes through the same rules as a page, by a person whose role may, on
//! its day. The inspections, their numbers, targets, risks and owners are those of the papers (DOMAIN 9), told
//! in our own words. A day, an owner or a statement that no paper gives is invented, and the files in
//! `plans/`, `lives/` and `portfolio/` say where. [`portfolio`] is all of it: the plans, the old discharged ones,
//! and what goes with them. `stage` plays what happens to the plans, `around` the rest.
//!
//! [`workbook`] writes any [`Plan`] in a shape in which plans are published; [`sixty`] invents a long one.

mod around;
mod attached;
mod contacts;
mod demonstration;
mod life;
mod people;
mod plan;
pub mod portfolio;
mod sixty;
mod stage;
mod thousand;
mod workbook;

pub use contacts::{Advisor, Behaviour, Behaviours, Rhythm, Truth, contacts as many_contacts};
use demonstration::OPENING_DAY;
pub use demonstration::{Past, carry_in, demonstrate, work};
pub use life::{Day, Event, Life, WaitFor, What};
pub use people::SignIn;
pub use plan::{FORCE, Plan, Recommendation, contact_assessment_model, domestic_abuse};
pub use sixty::sixty;
pub use thousand::thousand;
pub use workbook::{Shape, workbook};
