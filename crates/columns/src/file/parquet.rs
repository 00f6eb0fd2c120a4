//! Parquet, by the writer of single columns: no other library’s tables in between.

use std::{
    io::{Error, Result, Write},
    sync::Arc,
};

use jiff::civil::{Date, date};
use parquet::{
    basic::{Compression, LogicalType, Repetition, TimeUnit, Type as Physical},
    data_type::{BoolType, ByteArray, ByteArrayType, Int32Type, Int64Type},
    errors::ParquetError,
    file::{
        properties::WriterProperties,
        writer::{SerializedFileWriter, SerializedRowGroupWriter},
    },
    schema::types::{Type, TypePtr},
};

use crate::{
    fact::row::Cell,
    table::rules::{Column, Kind, Table},
};

/// Rows of a group: what is held in memory of a table, some megabytes.
const GROUP: usize = 32_768;
/// The day that Parquet counts from.
const DAY_ZERO: Date = date(1970, 1, 1);

/// A file that is being written.
pub struct Writer<W: Write + Send> {
    inner: SerializedFileWriter<W>,
    columns: Vec<Held>,
    rows: usize,
}

/// The values of a column that are not written yet; `said` has for each row whether there is one.
struct Held {
    values: Values,
    said: Vec<i16>,
    is_optional: bool,
}

enum Values {
    Long(Vec<i64>),
    Short(Vec<i32>),
    Flag(Vec<bool>),
    Text(Vec<ByteArray>),
}

fn broken(error: ParquetError) -> Error {
    Error::other(error)
}

/// The schema of a table: the same, whether it has rows or not.
pub fn schema(table: &Table) -> std::result::Result<TypePtr, ParquetError> {
    let columns = table.columns().map(|column| field(column).map(Arc::new));
    let columns = columns.collect::<std::result::Result<Vec<_>, _>>()?;
    Type::group_type_builder(table.key).with_fields(columns).build().map(Arc::new)
}

fn field(column: &Column) -> std::result::Result<Type, ParquetError> {
    let (physical, logical) = match column.kind {
        Kind::Integer => (Physical::INT64, None),
        Kind::Text | Kind::Pseudonym => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
        Kind::Flag => (Physical::BOOLEAN, None),
        Kind::Moment => (Physical::INT64, Some(LogicalType::timestamp(true, TimeUnit::MICROS))),
        Kind::Day => (Physical::INT32, Some(LogicalType::Date)),
    };
    let repetition = if column.is_optional { Repetition::OPTIONAL } else { Repetition::REQUIRED };
    Type::primitive_type_builder(column.name, physical)
        .with_logical_type(logical)
        .with_repetition(repetition)
        .build()
}

impl<W: Write + Send> Writer<W> {
    /// Begins it.
    pub fn begin(table: &'static Table, out: W) -> Result<Self> {
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .set_created_by("Answerable".to_owned())
            .build();
        let schema = schema(table).map_err(broken)?;
        let inner = SerializedFileWriter::new(out, schema, Arc::new(properties)).map_err(broken)?;
        Ok(Self { inner, columns: table.columns().map(Held::of).collect(), rows: 0 })
    }

    /// Takes a row, and writes a group once there are enough.
    pub fn write(&mut self, cells: Vec<Cell>) -> Result<()> {
        if cells.len() != self.columns.len() {
            return Err(Error::other("a row has not the columns of its table"));
        }
        self.columns.iter_mut().zip(cells).try_for_each(|(column, cell)| column.take(cell))?;
        self.rows += 1;
        if self.rows == GROUP { self.write_group() } else { Ok(()) }
    }

    fn write_group(&mut self) -> Result<()> {
        let mut group = self.inner.next_row_group().map_err(broken)?;
        for column in &mut self.columns {
            column.write(&mut group).map_err(broken)?;
        }
        group.close().map_err(broken)?;
        self.rows = 0;
        Ok(())
    }

    /// Ends it.
    pub fn end(mut self) -> Result<()> {
        if self.rows > 0 {
            self.write_group()?;
        }
        self.inner.finish().map(drop).map_err(broken)
    }
}

impl Held {
    fn of(column: &'static Column) -> Self {
        let values = match column.kind {
            Kind::Integer | Kind::Moment => Values::Long(Vec::new()),
            Kind::Day => Values::Short(Vec::new()),
            Kind::Flag => Values::Flag(Vec::new()),
            Kind::Text | Kind::Pseudonym => Values::Text(Vec::new()),
        };
        Self { values, said: Vec::new(), is_optional: column.is_optional }
    }

    fn take(&mut self, cell: Cell) -> Result<()> {
        self.said.push(i16::from(cell != Cell::Empty));
        match (&mut self.values, cell) {
            (_, Cell::Empty) if self.is_optional => {}
            (Values::Long(values), Cell::Integer(number)) => values.push(number),
            (Values::Long(values), Cell::Moment(at)) => values.push(at.as_microsecond()),
            (Values::Short(values), Cell::Day(day)) => values.push(days(day)?),
            (Values::Flag(values), Cell::Flag(flag)) => values.push(flag),
            (Values::Text(values), Cell::Text(text)) => values.push(text.into_bytes().into()),
            _ => return Err(Error::other("a cell is not of the kind of its column")),
        }
        Ok(())
    }

    fn write<W: Write + Send>(
        &mut self,
        group: &mut SerializedRowGroupWriter<'_, W>,
    ) -> std::result::Result<(), ParquetError> {
        let said = self.is_optional.then_some(self.said.as_slice());
        let mut column = group
            .next_column()?
            .ok_or_else(|| ParquetError::General("the table has fewer columns".to_owned()))?;
        match &mut self.values {
            Values::Long(values) => {
                column.typed::<Int64Type>().write_batch(values, said, None)?;
                values.clear();
            }
            Values::Short(values) => {
                column.typed::<Int32Type>().write_batch(values, said, None)?;
                values.clear();
            }
            Values::Flag(values) => {
                column.typed::<BoolType>().write_batch(values, said, None)?;
                values.clear();
            }
            Values::Text(values) => {
                column.typed::<ByteArrayType>().write_batch(values, said, None)?;
                values.clear();
            }
        }
        self.said.clear();
        column.close()
    }
}

fn days(day: Date) -> Result<i32> {
    day.since((jiff::Unit::Day, DAY_ZERO)).map(|span| span.get_days()).map_err(Error::other)
}
