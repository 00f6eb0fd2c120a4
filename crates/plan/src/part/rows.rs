//! How the rows of several nouns are read in one statement (decisions/0011).
//!
//! The register is read in one, whatever its size: the rows of every noun, one after the other, in columns of text
//! that each noun fills from the left, a number, and the word that says which noun a row is of.

use std::fmt::Write;

/// How many columns of text there are: as many as the noun with the most.
pub const TEXTS: usize = 15;
/// Where the number stands: what rows are ordered by.
pub const NUMBER: usize = TEXTS;
/// Where the word stands that says which noun a row is of.
pub const WHAT: usize = TEXTS + 1;

/// The rows of one noun as at an entry, `$1`.
#[derive(Debug, Clone, Copy)]
pub struct Part {
    /// Which noun it is.
    pub what: &'static str,
    /// The columns of text, in the order in which the noun reads them.
    pub texts: &'static [&'static str],
    /// The column that rows are ordered by.
    pub number: &'static str,
    /// Which rows of which table.
    pub from: &'static str,
    /// The column that holds the subject whose entries change the row.
    pub subject: &'static str,
}

/// The rows of `parts`, one after the other, each part's only of the subjects that the words after it say. Nothing
/// stands first, and says of what type each column is.
pub fn union<'a>(parts: impl Iterator<Item = (&'a Part, &'a str)>) -> String {
    let mut sql = format!("select {}cast(0 as bigint), '' where 1 = 0", "cast('' as text), ".repeat(TEXTS));
    for (Part { what, texts, number, from, subject }, only) in parts {
        let columns = texts.join(", ");
        let none = ", null".repeat(TEXTS - texts.len());
        let only = if only.is_empty() { String::new() } else { format!(" and {subject} {only}") };
        // Writing to a string cannot fail.
        let _ = write!(sql, "\nunion all select {columns}{none}, {number}, '{what}' from {from}{only}");
    }
    sql
}
