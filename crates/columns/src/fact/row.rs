//! A row: a cell for each column of its table, of the kind that the column has. Pure.

use jiff::{Timestamp, civil::Date};
use journal::DatabaseError;
use serde::Serialize;

use crate::table::rules::{Kind, Table};

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Nothing is said.
    Empty,
    /// A whole number.
    Integer(i64),
    /// A key, or a pseudonym.
    Text(String),
    /// True or false.
    Flag(bool),
    /// A moment.
    Moment(Timestamp),
    /// A day.
    Day(Date),
}

impl Cell {
    fn fits(&self, kind: Kind) -> bool {
        match self {
            Self::Empty => true,
            Self::Integer(_) => kind == Kind::Integer,
            Self::Text(_) => matches!(kind, Kind::Text | Kind::Pseudonym),
            Self::Flag(_) => kind == Kind::Flag,
            Self::Moment(_) => kind == Kind::Moment,
            Self::Day(_) => kind == Kind::Day,
        }
    }
}

/// A row that is being filled in.
#[derive(Debug, Clone)]
pub struct Row {
    table: &'static Table,
    cells: Vec<Cell>,
    /// The first column that the table has not, or has as another kind.
    fault: Option<String>,
}

impl Row {
    /// An empty one.
    pub fn of(table: &'static Table) -> Self {
        Self { table, cells: vec![Cell::Empty; table.columns().count()], fault: None }
    }

    fn set(&mut self, name: &str, cell: Cell) {
        let place = self.table.columns().position(|column| column.name == name && cell.fits(column.kind));
        match place.and_then(|place| self.cells.get_mut(place)) {
            Some(empty) => *empty = cell,
            None => self.fault = Some(name.to_owned()),
        }
    }

    /// A whole number.
    pub fn integer(&mut self, name: &str, number: impl TryInto<i64>) {
        match number.try_into() {
            Ok(number) => self.set(name, Cell::Integer(number)),
            Err(_) => self.fault = Some(name.to_owned()),
        }
    }

    /// A key; nothing where it is empty.
    pub fn key(&mut self, name: &str, key: &str) {
        if !key.is_empty() {
            self.set(name, Cell::Text(key.to_owned()));
        }
    }

    /// A key that may be empty.
    pub fn text(&mut self, name: &str, text: String) {
        self.set(name, Cell::Text(text));
    }

    /// The key by which a choice is stored.
    pub fn choice(&mut self, name: &str, choice: &impl Serialize) {
        match serde_json::to_value(choice) {
            Ok(serde_json::Value::String(key)) => self.key(name, &key),
            Ok(serde_json::Value::Null) => {}
            _ => self.fault = Some(name.to_owned()),
        }
    }

    /// A pseudonym; nothing where there is none.
    pub fn pseudonym(&mut self, name: &str, pseudonym: Option<String>) {
        if let Some(pseudonym) = pseudonym {
            self.set(name, Cell::Text(pseudonym));
        }
    }

    /// True or false; nothing where nobody said.
    pub fn flag(&mut self, name: &str, flag: impl Into<Option<bool>>) {
        if let Some(flag) = flag.into() {
            self.set(name, Cell::Flag(flag));
        }
    }

    /// A moment; nothing where there is none.
    pub fn moment(&mut self, name: &str, at: impl Into<Option<Timestamp>>) {
        if let Some(at) = at.into() {
            self.set(name, Cell::Moment(at));
        }
    }

    /// A day; nothing where there is none.
    pub fn day(&mut self, name: &str, day: impl Into<Option<Date>>) {
        if let Some(day) = day.into() {
            self.set(name, Cell::Day(day));
        }
    }

    /// Its cells, in the order of the columns; an error where one that always says something says nothing.
    pub fn cells(self) -> Result<Vec<Cell>, DatabaseError> {
        let unfit = |column: &str| {
            DatabaseError::Encode(format!("{}.{column} is not filled in", self.table.key).into())
        };
        if let Some(column) = &self.fault {
            return Err(unfit(column));
        }
        for (column, cell) in self.table.columns().zip(&self.cells) {
            if !column.is_optional && *cell == Cell::Empty {
                return Err(unfit(column.name));
            }
        }
        Ok(self.cells)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::dimensions::CALENDAR_DAY;

    fn day() -> Row {
        let mut row = Row::of(&CALENDAR_DAY);
        row.day("day", jiff::civil::date(2026, 11, 26));
        row.day("week_begins", jiff::civil::date(2026, 11, 23));
        for name in ["year", "quarter", "month", "weekday", "hours"] {
            row.integer(name, 4);
        }
        row.flag("is_weekend", false);
        row
    }

    #[test]
    fn a_row_is_whole_and_of_its_kinds_or_an_error() {
        assert_eq!(day().cells().unwrap().len(), 8);
        let mut misspelt = day();
        misspelt.integer("hour", 4);
        let mut of_another_kind = day();
        of_another_kind.flag("hours", true);
        let mut too_large = day();
        too_large.integer("hours", u64::MAX);
        let mut words = day();
        words.choice("day", &["two", "words"]);
        for (row, told) in [
            (misspelt, "calendar_day.hour "),
            (of_another_kind, "calendar_day.hours"),
            (too_large, "calendar_day.hours"),
            (words, "calendar_day.day"),
            (Row::of(&CALENDAR_DAY), "calendar_day.day"),
        ] {
            let error = row.cells().unwrap_err().to_string();
            assert!(error.contains(told), "{error}");
        }
    }
}
