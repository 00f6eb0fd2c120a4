//! Caledonia Police: the demonstration force. Its people are invented; what its register is about is not.
//!
//! [`demonstrate`] fills an empty journal the way a force would: a plan comes as a workbook and is read by
//! the importer, and everything after goes through the same rules as a page, by a person whose role may, on
//! its day. The inspections, their numbers, targets, risks and owners are those of the papers (DOMAIN 9), told
//! in our own words. A day, an owner or a statement that no paper gives is invented, and the files in
//! `plans/` and `lives/` say where.
//!
//! [`workbook`] writes any [`Plan`] in a shape in which plans are published; [`sixty`] invents a long one.

mod demonstration;
mod life;
mod people;
mod plan;
mod sixty;
mod stage;
mod workbook;

pub use demonstration::{carry_in, demonstrate};
pub use people::SignIn;
pub use plan::{Plan, Recommendation, contact_assessment_model, domestic_abuse};
pub use sixty::sixty;
pub use workbook::{Shape, workbook};
