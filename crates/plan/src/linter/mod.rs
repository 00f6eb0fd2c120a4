//! The check of the register: what a careful reader finds in a committee's papers, found before they go.
//!
//! DOMAIN 9 lists twenty-three faults of real papers: nine open in a table above a list of ten, a target in
//! May 2023 here and in May 2024 there, an update that says "imminent" of what is past. Each is a small
//! function here, over the register, its sources and its areas for development; it gives plain sentences
//! with the numbers and names in them and the address of the form that mends them. Nothing here knows the
//! clock or the database but `load`, and nothing here changes anything: a finding is mended, or accepted
//! with a reason (`finding`).
//!
//! What the register itself cannot tell of a day gone by is asked in one place, `standing`.

mod alike;
mod areas;
mod checks;
mod closures;
mod dates;
mod figures;
mod frequency;
mod grouped;
mod late;
mod links;
mod load;
mod look;
mod missing;
mod names;
pub mod pages;
mod printed;
mod publication;
mod reading;
mod repeats;
pub mod rows;
mod rules;
mod says;
mod spelling;
mod standing;
mod targets;
mod text;
mod totals;
mod updates;
mod views;

pub use checks::{CHECKS, Check};
pub use load::{Checked, Summary, check_register, load_findings};
pub use look::Look;
pub use reading::Readings;
pub use repeats::{Stale, staleness};
pub use rules::{AreaFact, Finding, Input, KnownName, Severity, check};
pub use says::{Says, register_says};
pub use standing::{closed_by, moved_by, open_on, target_on};
