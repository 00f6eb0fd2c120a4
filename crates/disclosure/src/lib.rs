//! Small numbers: what of a table of counts may be published, so that nobody can be found in it.
//!
//! A count below five can point at a person. It is hidden, and so is whatever else would give it back by subtraction: in
//! its row, its column, its totals, another edition or another area (MEASURES 3). Pure rules: a table and what was
//! published before go in, what may be shown comes out.

pub mod table;
