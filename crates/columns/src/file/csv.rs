//! Comma-separated values. A cell that says nothing is empty; a moment is as the journal has it.

use std::io::{Error, Result, Write};

use journal::to_moment;

use crate::{fact::row::Cell, table::rules::Table};

/// A file that is being written.
pub struct Writer<W: Write> {
    inner: ::csv::Writer<W>,
}

impl<W: Write> Writer<W> {
    /// Begins it with the names of the columns.
    pub fn begin(table: &'static Table, out: W) -> Result<Self> {
        let mut inner = ::csv::Writer::from_writer(out);
        inner.write_record(table.columns().map(|column| column.name)).map_err(Error::other)?;
        Ok(Self { inner })
    }

    /// Writes a row.
    pub fn write(&mut self, cells: Vec<Cell>) -> Result<()> {
        self.inner.write_record(cells.into_iter().map(told)).map_err(Error::other)
    }

    /// Ends it.
    pub fn end(mut self) -> Result<()> {
        self.inner.flush()
    }
}

fn told(cell: Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Integer(number) => number.to_string(),
        Cell::Text(text) => web::harmless(text),
        Cell::Flag(flag) => flag.to_string(),
        Cell::Moment(at) => to_moment(at),
        Cell::Day(day) => day.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::dimensions::CODE;

    #[test]
    fn an_empty_table_has_its_columns_and_no_cell_is_a_formula() {
        let mut out = Vec::new();
        Writer::begin(&CODE, &mut out).unwrap().end().unwrap();
        assert_eq!(out, b"code_set,code,words,parent,first_day,last_day\n");
        let mut out = Vec::new();
        let mut writer = Writer::begin(&CODE, &mut out).unwrap();
        let text = |text: &str| Cell::Text(text.to_owned());
        let day = Cell::Day(jiff::civil::date(2026, 11, 26));
        writer.write(vec![text("a"), text("=1+1"), text("one, two"), Cell::Empty, day, Cell::Empty]).unwrap();
        writer.end().unwrap();
        let read = String::from_utf8(out).unwrap();
        assert_eq!(read.lines().nth(1), Some("a,'=1+1,\"one, two\",,2026-11-26,"));
    }
}
