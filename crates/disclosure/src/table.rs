//! A table as it would be published: counts by row and column, and the totals that are printed beside them.
//!
//! A table whose totals do not add up is no table of ours: it is refused with the row or column that does not, since
//! every rule about hiding rests on the sums being what a reader would subtract.

use std::collections::{BTreeMap, BTreeSet};

/// The largest count that a table may have. Above it a reader no longer counts people, and a linear program in floating
/// point no longer tells one count from the next.
pub const LARGEST: u64 = 1_000_000_000;

/// One place of a table at which a number is printed. Rows and columns count from nought.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Position {
    /// The count of one row in one column.
    Cell {
        /// Which row.
        row: usize,
        /// Which column.
        column: usize,
    },
    /// The total at the end of a row.
    RowTotal {
        /// Which row.
        row: usize,
    },
    /// The total at the foot of a column.
    ColumnTotal {
        /// Which column.
        column: usize,
    },
    /// The total of everything.
    GrandTotal,
}

impl Position {
    /// Whether the cell of that row and column is part of what is printed here.
    pub fn covers(self, row: usize, column: usize) -> bool {
        match self {
            Self::Cell { row: own_row, column: own_column } => own_row == row && own_column == column,
            Self::RowTotal { row: own } => own == row,
            Self::ColumnTotal { column: own } => own == column,
            Self::GrandTotal => true,
        }
    }

    /// Whether it is a total.
    pub fn is_total(self) -> bool {
        !matches!(self, Self::Cell { .. })
    }
}

/// Counts by row and column, with those totals that are printed; they add up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    rows: Vec<String>,
    columns: Vec<String>,
    counts: BTreeMap<Position, u64>,
}

impl Table {
    /// A table without totals: for each row the counts of its columns, in order.
    ///
    /// Refused with a sentence: no row or no column, the same name twice, a row with too few or too many counts, a count
    /// above [`LARGEST`].
    pub fn new(rows: &[&str], columns: &[&str], cells: &[Vec<u64>]) -> Result<Self, String> {
        names(rows, "row")?;
        names(columns, "column")?;
        if cells.len() != rows.len() {
            return Err(format!(
                "The table names {} rows and has counts for {}: give counts for every row.",
                rows.len(),
                cells.len()
            ));
        }
        let mut counts = BTreeMap::new();
        for (row, (name, line)) in rows.iter().zip(cells).enumerate() {
            if line.len() != columns.len() {
                return Err(format!(
                    "Row ‘{name}’ has {} counts and the table has {} columns: give one count for each column.",
                    line.len(),
                    columns.len()
                ));
            }
            for (column, count) in line.iter().enumerate() {
                if *count > LARGEST {
                    return Err(format!(
                        "Row ‘{name}’ has a count of {count}, more than {LARGEST}: check the count."
                    ));
                }
                counts.insert(Position::Cell { row, column }, *count);
            }
        }
        Ok(Self { rows: owned(rows), columns: owned(columns), counts })
    }

    /// The same with row totals, one for each row; `None` where none is printed.
    ///
    /// Refused with a sentence that names the row: a total that is not the sum of its cells, or too few totals.
    pub fn with_row_totals(mut self, totals: &[Option<u64>]) -> Result<Self, String> {
        right_many(totals.len(), self.rows.len(), "row")?;
        for (row, (name, total)) in self.rows.iter().zip(totals).enumerate() {
            let position = Position::RowTotal { row };
            let Some(total) = *total else { continue };
            adds_up(&format!("Row ‘{name}’"), self.sum(position), total)?;
            self.counts.insert(position, total);
        }
        Ok(self)
    }

    /// The same with column totals, one for each column; `None` where none is printed.
    ///
    /// Refused with a sentence that names the column: a total that is not the sum of its cells, or too few totals.
    pub fn with_column_totals(mut self, totals: &[Option<u64>]) -> Result<Self, String> {
        right_many(totals.len(), self.columns.len(), "column")?;
        for (column, (name, total)) in self.columns.iter().zip(totals).enumerate() {
            let position = Position::ColumnTotal { column };
            let Some(total) = *total else { continue };
            adds_up(&format!("Column ‘{name}’"), self.sum(position), total)?;
            self.counts.insert(position, total);
        }
        Ok(self)
    }

    /// The same with a grand total. Refused with a sentence if it is not the sum of all cells.
    pub fn with_grand_total(mut self, total: u64) -> Result<Self, String> {
        adds_up("The whole table", self.sum(Position::GrandTotal), total)?;
        self.counts.insert(Position::GrandTotal, total);
        Ok(self)
    }

    /// The same with every total, added up here.
    #[must_use]
    pub fn with_all_totals(mut self) -> Self {
        let rows = (0..self.rows.len()).map(|row| Position::RowTotal { row });
        let columns = (0..self.columns.len()).map(|column| Position::ColumnTotal { column });
        let totals: Vec<Position> = rows.chain(columns).chain([Position::GrandTotal]).collect();
        for position in totals {
            let sum = self.sum(position);
            self.counts.insert(position, sum);
        }
        self
    }

    /// The names of the rows, from the top.
    pub fn rows(&self) -> &[String] {
        &self.rows
    }

    /// The names of the columns, from the left.
    pub fn columns(&self) -> &[String] {
        &self.columns
    }

    /// Every number that would be printed, with its place.
    pub fn counts(&self) -> impl Iterator<Item = (Position, u64)> {
        self.counts.iter().map(|(position, count)| (*position, *count))
    }

    /// The number that would be printed there; `None` for a total that is not printed, or a place outside the table.
    pub fn count(&self, position: Position) -> Option<u64> {
        self.counts.get(&position).copied()
    }

    /// What the cells that belong there add up to, printed or not.
    fn sum(&self, position: Position) -> u64 {
        let covered = |at: &Position| match *at {
            Position::Cell { row, column } => position.covers(row, column),
            _ => false,
        };
        self.counts.iter().filter(|(at, _)| covered(at)).map(|(_, count)| *count).sum()
    }
}

fn owned(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

fn names(names: &[&str], what: &str) -> Result<(), String> {
    if names.is_empty() {
        return Err(format!("The table has no {what}: give it at least one."));
    }
    let mut seen = BTreeSet::new();
    for name in names {
        if !seen.insert(name) {
            return Err(format!(
                "The {what} ‘{name}’ stands in the table twice: give each {what} its own name."
            ));
        }
    }
    Ok(())
}

fn right_many(given: usize, wanted: usize, what: &str) -> Result<(), String> {
    if given == wanted {
        return Ok(());
    }
    Err(format!("The table has {wanted} {what}s and {given} {what} totals: give one for each {what}."))
}

fn adds_up(what: &str, sum: u64, total: u64) -> Result<(), String> {
    if sum == total {
        return Ok(());
    }
    Err(format!("{what} adds up to {sum}, but its total says {total}: correct the cells or the total."))
}

#[cfg(test)]
#[path = "table_test.rs"]
mod table_test;
