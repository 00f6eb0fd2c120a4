//! What stands in public already: earlier editions of the same table, and those of other areas.
//!
//! A reader keeps everything that was ever printed and subtracts one edition from another. So an edition says what it
//! counted (its areas, its months) and what it printed; what it hid is not in it, just as a reader has it.

use std::collections::{BTreeMap, BTreeSet};

use crate::table::{Position, Table};

/// The longest time that one table may count, in months: a hundred years.
pub const MOST_MONTHS: u32 = 1_200;

/// What lies behind a table: the count of each row and column, area by area and month by month, as it was when the table was
/// counted. Where a later table has another count for the same part, it was corrected in between: the two are two numbers,
/// and only what stayed the same ties the tables together. What is not in here is nought.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parts(BTreeMap<(String, i32), BTreeMap<(String, String), u64>>);

impl Parts {
    /// Adds a count to an area in a month.
    pub fn add(&mut self, (area, month): (&str, i32), (row, column): (&str, &str), count: u64) {
        let part = self.0.entry((area.to_owned(), month)).or_default();
        *part.entry((row.to_owned(), column.to_owned())).or_default() += count;
    }

    /// The count of a row and column in one area and month.
    pub(crate) fn count(&self, (area, month): (&str, i32), (row, column): (&str, &str)) -> u64 {
        let part = self.0.get(&(area.to_owned(), month));
        part.and_then(|part| part.get(&(row.to_owned(), column.to_owned()))).copied().unwrap_or_default()
    }
}

/// What a table counts: these areas, in these months. Two tables overlap if they share an area and a month; what one
/// counts more than the other is what subtraction gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scope {
    areas: BTreeSet<String>,
    first_month: i32,
    last_month: i32,
    behind: Option<Parts>,
}

impl Scope {
    /// Areas that do not overlap each other (a sum of areas is all of its parts), and the first and last month, both
    /// counted. A month is a number: twelve times the year and the month, or any other count without gaps.
    ///
    /// Refused with a sentence: no area, a last month before the first.
    pub fn new(areas: &[&str], first_month: i32, last_month: i32) -> Result<Self, String> {
        if areas.is_empty() {
            return Err("The table counts no area: name at least one.".to_owned());
        }
        if last_month < first_month {
            return Err(format!(
                "The table’s last month, {last_month}, comes before its first, {first_month}: give the earlier first."
            ));
        }
        if last_month.abs_diff(first_month) >= MOST_MONTHS {
            return Err(format!(
                "The table counts from month {first_month} to {last_month}, more than {MOST_MONTHS} months: check both."
            ));
        }
        Ok(Self {
            areas: areas.iter().map(|area| (*area).to_owned()).collect(),
            first_month,
            last_month,
            behind: None,
        })
    }

    /// With what lies behind the table. Without it the table is held to say the same as every other of its parts, so that
    /// a correction is a contradiction, and refused.
    #[must_use]
    pub fn made_of(mut self, parts: Parts) -> Self {
        self.behind = Some(parts);
        self
    }

    /// What lies behind the table, where that is known.
    pub(crate) fn behind(&self) -> Option<&Parts> {
        self.behind.as_ref()
    }

    /// Refused with a sentence: parts that do not add up to the table.
    pub(crate) fn fits(&self, table: &Table) -> Result<(), String> {
        let Some(parts) = self.behind() else { return Ok(()) };
        for (row, row_name) in table.rows().iter().enumerate() {
            for (column, column_name) in table.columns().iter().enumerate() {
                let position = Position::Cell { row, column };
                let sum: u64 = self.parts().map(|part| parts.count(part, (row_name, column_name))).sum();
                let count = table.count(position).unwrap_or_default();
                if sum != count {
                    return Err(format!(
                        "{} counts {count} and its parts add up to {sum}: give the parts of the same counting.",
                        capital(&place(table.rows(), table.columns(), position))
                    ));
                }
            }
        }
        Ok(())
    }

    /// Each area in each month.
    pub(crate) fn parts(&self) -> impl Iterator<Item = (&str, i32)> {
        self.areas
            .iter()
            .flat_map(|area| (self.first_month..=self.last_month).map(move |month| (area.as_str(), month)))
    }
}

/// One edition as it was printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published {
    pub(crate) scope: Scope,
    pub(crate) rows: Vec<String>,
    pub(crate) columns: Vec<String>,
    pub(crate) printed: BTreeMap<Position, Option<u64>>,
}

impl Published {
    /// What was printed of a table: the numbers of these places. Its other places were printed as hidden.
    ///
    /// Refused with a sentence: a place that the table has not, parts that do not add up to it.
    pub fn new(table: &Table, scope: Scope, shown: &BTreeSet<Position>) -> Result<Self, String> {
        if let Some(position) = shown.iter().find(|position| table.count(**position).is_none()) {
            return Err(format!(
                "The edition shows {} and the table has no such place: give the table that was printed.",
                place(table.rows(), table.columns(), *position)
            ));
        }
        scope.fits(table)?;
        Ok(Self::of(table, scope, |position| shown.contains(&position)))
    }

    pub(crate) fn of(table: &Table, scope: Scope, is_shown: impl Fn(Position) -> bool) -> Self {
        let printed = table.counts().map(|(position, count)| (position, is_shown(position).then_some(count)));
        Self {
            scope,
            rows: table.rows().to_vec(),
            columns: table.columns().to_vec(),
            printed: printed.collect(),
        }
    }
}

fn capital(words: &str) -> String {
    let mut characters = words.chars();
    characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}

/// A place in words.
pub(crate) fn place(rows: &[String], columns: &[String], position: Position) -> String {
    let name =
        |names: &[String], index: usize| names.get(index).cloned().unwrap_or_else(|| index.to_string());
    match position {
        Position::Cell { row, column } => {
            format!("row ‘{}’, column ‘{}’", name(rows, row), name(columns, column))
        }
        Position::RowTotal { row } => format!("the total of row ‘{}’", name(rows, row)),
        Position::ColumnTotal { column } => format!("the total of column ‘{}’", name(columns, column)),
        Position::GrandTotal => "the grand total".to_owned(),
    }
}
