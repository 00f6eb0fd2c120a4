//! How the rows of several nouns are read in one statement (decisions/0011).
//!
//! The register is read in one, whatever its size: the rows of every noun, one after the other. A row has three
//! columns: its cells, one after the other in one text; a number; and the word that says which noun it is of. A column
//! for every cell would cost more to carry from the database than the register costs to make (decisions/0016).

use std::fmt::Write;

use futures_util::TryStreamExt;
use sqlx::{AnyConnection, Row, any::AnyArguments, query::Query};

/// The most cells a noun has.
const CELLS: usize = 15;
/// Stands between two cells. No fact holds it: `journal::words` refuses what cannot be shown.
const BETWEEN: char = '\u{1f}';
/// Stands between two rows of one subject that travel together.
const ROWS: char = '\u{1d}';
/// Ends the word of a noun whose rows travel together.
const TOGETHER: char = '*';
/// Stands for nothing, as the whole of a cell.
const NOTHING: &str = "\u{1e}";

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
    /// Whether the rows of one subject travel as one: where a subject has many, carrying each costs more than making
    /// them one and taking them apart. Their order is lost, so whoever reads them sorts by the number.
    pub is_together: bool,
}

/// The rows of `parts`, one after the other, each part's only those of which the clause after it holds; `{subject}`
/// in it stands for the column of the part's subject.
pub fn union<'a>(parts: impl Iterator<Item = (&'a Part, &'a str)>) -> String {
    let mut sql = String::new();
    for (Part { what, texts, number, from, subject, is_together }, only) in parts {
        debug_assert!(texts.len() <= CELLS, "{what} has more cells than a row");
        let cells: Vec<String> = texts.iter().map(|text| format!("coalesce({text}, '{NOTHING}')")).collect();
        let cells = cells.join(&format!(" || '{BETWEEN}' || "));
        let only = if only.is_empty() {
            String::new()
        } else {
            format!(" and {}", only.replace("{subject}", subject))
        };
        let union = if sql.is_empty() { "" } else { "\nunion all " };
        // Writing to a string cannot fail.
        let _ = if *is_together {
            write!(
                sql,
                "{union}select string_agg({cells} || '{BETWEEN}' || {number}, '{ROWS}'), min({number}),
                '{what}{TOGETHER}' from {from}{only} group by {subject}"
            )
        } else {
            write!(sql, "{union}select {cells}, {number}, '{what}' from {from}{only}")
        };
    }
    sql
}

impl Part {
    /// The rows of this noun alone, of which the clause holds.
    pub fn alone(&self, only: &str) -> String {
        union([(self, only)].into_iter())
    }
}

/// Reads all the rows of a [`union`].
pub async fn all<T>(
    conn: &mut AnyConnection,
    query: Query<'_, sqlx::Any, AnyArguments>,
    read: impl Fn(&Cells<'_>) -> Result<T, sqlx::Error>,
) -> Result<Vec<T>, sqlx::Error> {
    let mut all = Vec::new();
    each(conn, query, |row| {
        all.push(read(row)?);
        Ok(())
    })
    .await?;
    Ok(all)
}

/// Reads the rows of a [`union`], each as it comes: all of them at once would be held twice.
pub async fn each(
    conn: &mut AnyConnection,
    query: Query<'_, sqlx::Any, AnyArguments>,
    mut take: impl FnMut(&Cells<'_>) -> Result<(), sqlx::Error>,
) -> Result<(), sqlx::Error> {
    let mut rows = query.fetch(conn);
    while let Some(row) = rows.try_next().await? {
        let (cells, what): (&str, &str) = (row.try_get(0)?, row.try_get(2)?);
        match what.strip_suffix(TOGETHER) {
            None => take(&Cells::of(what, row.try_get(1)?, cells))?,
            Some(what) => cells.split(ROWS).try_for_each(|row| take(&Cells::numbered(what, row)?))?,
        }
    }
    Ok(())
}

/// A row of a noun.
#[derive(Debug)]
pub struct Cells<'row> {
    /// Which noun it is of.
    pub what: &'row str,
    /// What rows are ordered by.
    pub number: i64,
    texts: [&'row str; CELLS],
    count: usize,
}

impl<'row> Cells<'row> {
    fn of(what: &'row str, number: i64, text: &'row str) -> Self {
        let mut texts = [""; CELLS];
        let mut count = 0;
        for cell in text.split(BETWEEN) {
            // One too many is told as damage by whoever reads the last.
            if let Some(place) = texts.get_mut(count) {
                *place = cell;
            }
            count += 1;
        }
        Self { what, number, texts, count }
    }

    /// A row of those that travel together: its number is its last cell.
    fn numbered(what: &'row str, row: &'row str) -> Result<Self, sqlx::Error> {
        let parts = row.rsplit_once(BETWEEN).and_then(|(cells, number)| Some((cells, number.parse().ok()?)));
        let (cells, number) = parts
            .ok_or_else(|| sqlx::Error::Decode(format!("a row of {what} ends without its number").into()))?;
        Ok(Self::of(what, number, cells))
    }

    /// What stands in a cell, which may be nothing.
    pub fn maybe(&self, index: usize) -> Result<Option<&'row str>, sqlx::Error> {
        let cell = self.texts[..self.count.min(CELLS)].get(index).filter(|_| self.count <= CELLS);
        let damaged = || {
            let (what, count) = (self.what, self.count);
            sqlx::Error::Decode(format!("a row of {what} has {count} cells and none at {index}").into())
        };
        cell.map(|cell| (*cell != NOTHING).then_some(*cell)).ok_or_else(damaged)
    }

    /// What stands in a cell.
    pub fn text(&self, index: usize) -> Result<&'row str, sqlx::Error> {
        let nothing = || sqlx::Error::Decode(format!("a row of {}: nothing at {index}", self.what).into());
        self.maybe(index)?.ok_or_else(nothing)
    }

    /// The same, to keep.
    pub fn owned(&self, index: usize) -> Result<String, sqlx::Error> {
        self.text(index).map(str::to_owned)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_told_apart_and_nothing_is_not_an_empty_word() {
        let row = Cells::of("a", 7, "x\u{1f}\u{1f}\u{1e}\u{1f}y\nz");
        assert_eq!((row.text(0).unwrap(), row.text(1).unwrap(), row.text(3).unwrap()), ("x", "", "y\nz"));
        assert_eq!((row.maybe(1).unwrap(), row.maybe(2).unwrap()), (Some(""), None));
        assert!(row.text(2).is_err() && row.text(4).is_err() && row.maybe(15).is_err());
        let long = "a\u{1f}".repeat(CELLS);
        assert!(Cells::of("a", 7, &long).text(0).is_err(), "more cells than there can be");
        let last = Cells::numbered("a", "x\u{1f}y\u{1f}48210").unwrap();
        assert_eq!((last.text(1).unwrap(), last.number, last.text(2).is_err()), ("y", 48210, true));
        assert!(Cells::numbered("a", "x\u{1f}y").is_err() && Cells::numbered("a", "7").is_err());
    }
}
