//! A table as a file, Parquet or CSV, written row group by row group: what is held in memory is one row group.

mod csv;
mod parquet;

use std::{
    fs::File,
    io::{BufWriter, Result},
};

use crate::{fact::row::Cell, table::rules::Table};

/// The form of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Apache Parquet, compressed with Snappy.
    Parquet,
    /// Comma-separated, UTF-8, the names of the columns first.
    Csv,
}

impl Format {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Parquet, Self::Csv];

    /// As a file's name ends and an address has it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Parquet => "parquet",
            Self::Csv => "csv",
        }
    }

    /// The form that [`Self::as_str`] names.
    pub fn of(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == key)
    }

    /// As an answer's header has it.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Parquet => "application/vnd.apache.parquet",
            Self::Csv => "text/csv; charset=utf-8",
        }
    }
}

/// A table that is being written.
pub struct Writer {
    inner: Inner,
    rows: u64,
}

enum Inner {
    Parquet(Box<parquet::Writer<BufWriter<File>>>),
    Csv(Box<csv::Writer<BufWriter<File>>>),
}

impl Writer {
    /// Begins a file: it has its columns even if no row comes.
    pub fn begin(table: &'static Table, format: Format, file: File) -> Result<Self> {
        let file = BufWriter::new(file);
        let inner = match format {
            Format::Parquet => Inner::Parquet(Box::new(parquet::Writer::begin(table, file)?)),
            Format::Csv => Inner::Csv(Box::new(csv::Writer::begin(table, file)?)),
        };
        Ok(Self { inner, rows: 0 })
    }

    /// Writes a row.
    pub fn write(&mut self, cells: Vec<Cell>) -> Result<()> {
        self.rows += 1;
        match &mut self.inner {
            Inner::Parquet(writer) => writer.write(cells),
            Inner::Csv(writer) => writer.write(cells),
        }
    }

    /// Ends the file, and says how many rows it has.
    pub fn end(self) -> Result<u64> {
        match self.inner {
            Inner::Parquet(writer) => writer.end()?,
            Inner::Csv(writer) => writer.end()?,
        }
        Ok(self.rows)
    }
}
