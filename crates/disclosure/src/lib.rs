//! Small numbers: what of a table of counts may be published, so that nobody can be found in it.
//!
//! A count below five can point at a person. It is hidden, and so is whatever else would give it back by subtraction: in
//! its row, its column, its totals, another edition or another area (MEASURES 3). Pure rules: a table and what was
//! published before go in, what may be shown comes out.
//!
//! [`Table`] is what would be printed, [`Published`] what was; [`protect`] decides.

mod audit;
mod knowledge;
mod program;
pub mod published;
pub mod rules;
pub mod table;

pub use published::{Parts, Published, Scope};
pub use rules::{Printed, Protected, Reason, THRESHOLD, protect};
pub use table::{Position, Table};
