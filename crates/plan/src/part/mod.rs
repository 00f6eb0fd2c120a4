//! How the rows of several nouns are read in one statement (decisions/0011).

mod rows;

pub use rows::{Cells, Part, all, each, union};
