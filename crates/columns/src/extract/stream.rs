//! The journal, block by block, into files: memory is a block of entries and a row group of each table.

use std::collections::BTreeMap;

use jiff::{Timestamp, ToSpan, civil::Date};
use journal::{AsAt, Connection, DatabaseError, Entry, entries, position};

use crate::{
    fact::{self, around::Around, dimensions, row::Row, rows},
    file::Writer,
    pseudonym::rules::Key,
    table::rules::{Of, Table},
};

/// Entries that are read at once.
const BLOCK: i64 = 2_000;
/// Days of the cube that are read at once.
const CUBE_DAYS: i64 = 31;

/// A stretch of the journal, by the days on which it was recorded. One period after another leaves nothing out and has
/// nothing twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    /// The last entry before it.
    pub after: i64,
    /// Its last entry.
    pub until: i64,
    /// Its first day.
    pub first_day: Date,
    /// Its last day.
    pub last_day: Date,
}

/// The entries that were recorded from one day until another; without a first day, from the beginning.
pub async fn stretch(
    conn: &mut Connection,
    from: Option<Date>,
    last_day: Date,
    now: Timestamp,
) -> Result<Stretch, DatabaseError> {
    let after = match from {
        Some(from) => position(conn, AsAt::Day(from.saturating_sub(1.day())), now).await?.seq,
        None => 0,
    };
    let until = position(conn, AsAt::Day(last_day), now).await?.seq;
    let first_day = match from {
        Some(from) => from,
        None => rows::first_day(conn).await?.unwrap_or(last_day).min(last_day),
    };
    Ok(Stretch { after, until, first_day, last_day })
}

/// Tables that are being written, each with its file.
pub type Writers = BTreeMap<&'static str, (&'static Table, Writer)>;

/// Writes facts, values and dimensions into those files that there are. `on_block` is told how far the journal was read.
pub async fn write(
    conn: &mut Connection,
    key: &Key,
    stretch: &Stretch,
    writers: &mut Writers,
    mut on_block: impl FnMut(i64) + Send,
) -> Result<(), DatabaseError> {
    if writers.values().any(|(table, _)| table.of == Of::Facts) {
        let mut after = stretch.after;
        while after < stretch.until {
            let until = stretch.until.min(after + BLOCK);
            block(conn, key, (after, until), writers).await?;
            after = until;
            on_block(after);
        }
    }
    values(conn, stretch, writers).await?;
    for (table, rows) in [("unit", dimensions::units as fn() -> Vec<Row>), ("code", dimensions::codes)] {
        put_all(writers, table, rows)?;
    }
    put_all(writers, "calendar_day", || dimensions::days(stretch.first_day, stretch.last_day))
}

async fn block(
    conn: &mut Connection,
    key: &Key,
    (after, until): (i64, i64),
    writers: &mut Writers,
) -> Result<(), DatabaseError> {
    let is_asked = |entry: &Entry, writers: &Writers| {
        fact::table(&entry.kind).filter(|table| writers.contains_key(table.key))
    };
    let read = entries(conn, after, until).await?;
    if !read.iter().any(|entry| is_asked(entry, writers).is_some()) {
        return Ok(());
    }
    let belongs = rows::belongs(conn, after, until).await?;
    let around = Around::new(key, belongs, rows::numbers(conn, after, until).await?);
    for entry in &read {
        if let Some(table) = is_asked(entry, writers) {
            put(writers, table.key, fact::row(table, entry, &around)?)?;
        }
    }
    Ok(())
}

async fn values(
    conn: &mut Connection,
    stretch: &Stretch,
    writers: &mut Writers,
) -> Result<(), DatabaseError> {
    const VALUES: &str = "measure_value";
    if !writers.contains_key(VALUES) {
        return Ok(());
    }
    for measure in measure::catalogue::all() {
        let mut from = stretch.first_day;
        while from <= stretch.last_day {
            let until = stretch.last_day.min(from.saturating_add((CUBE_DAYS - 1).days()));
            for row in rows::cube(conn, &measure.key, from, until).await? {
                put(writers, VALUES, row)?;
            }
            from = until.saturating_add(1.day());
        }
    }
    Ok(())
}

fn put_all(writers: &mut Writers, table: &str, rows: impl FnOnce() -> Vec<Row>) -> Result<(), DatabaseError> {
    if writers.contains_key(table) {
        rows().into_iter().try_for_each(|row| put(writers, table, row))?;
    }
    Ok(())
}

fn put(writers: &mut Writers, table: &str, row: Row) -> Result<(), DatabaseError> {
    let Some((_, writer)) = writers.get_mut(table) else { return Ok(()) };
    writer.write(row.cells()?).map_err(DatabaseError::Io)
}
