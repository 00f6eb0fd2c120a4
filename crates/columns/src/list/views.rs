//! The tables, and one of them, as a page says them.

use askama::Template;
use jiff::civil::Date;
use serde::Serialize;
use users::User;
use web::{Frame, Section};

use crate::table::rules::{ALL, Column, Of, Table, VERSION};

/// How Power BI reads the tables, to be pasted into its editor; our own.
pub const POWER_QUERY: &str = include_str!("power_query.pq");

/// A table in the list.
#[derive(Debug, Serialize)]
pub struct Row {
    /// Its name.
    pub key: &'static str,
    /// What its rows are.
    pub of: &'static str,
    /// What it says.
    pub about: &'static str,
    /// How many columns it has.
    pub columns: usize,
    /// Where its columns are told.
    pub address: String,
    /// Where it is as Parquet, of the days that are shown.
    pub parquet: String,
    /// Where it is as CSV.
    pub csv: String,
}

/// The page of all tables.
#[derive(Debug, Template, Serialize)]
#[template(path = "list/list.html")]
pub struct ListPage {
    /// The frame.
    #[serde(skip)]
    pub frame: Frame,
    /// The version of the schema.
    pub schema_version: i64,
    /// The first day that is given where none is named.
    pub from: String,
    /// The last.
    pub until: String,
    /// By what the key of the pseudonyms is known.
    pub pseudonyms: String,
    /// The tables.
    pub rows: Vec<Row>,
    /// The worked script.
    #[serde(skip)]
    pub script: &'static str,
}

/// The page of a table.
#[derive(Debug, Template, Serialize)]
#[template(path = "list/show.html")]
pub struct TablePage {
    /// The frame.
    #[serde(skip)]
    pub frame: Frame,
    /// The table.
    pub table: Row,
    /// The version of the schema.
    pub schema_version: i64,
    /// Its columns.
    pub columns: Vec<Column>,
}

fn row(table: &'static Table, from: Date, until: Date) -> Row {
    let of = match table.of {
        Of::Facts => "Facts",
        Of::Values => "Values",
        Of::Dimension => "Dimension",
    };
    let address = format!("/extracts/{}", table.key);
    Row {
        key: table.key,
        of,
        about: table.about,
        columns: table.columns().count(),
        parquet: format!("{address}.parquet?from={from}&until={until}"),
        csv: format!("{address}.csv?from={from}&until={until}"),
        address,
    }
}

/// All tables, with their addresses for those days.
pub fn list(who: &User, (from, until): (Date, Date), pseudonyms: String) -> ListPage {
    ListPage {
        frame: Frame::of("Extracts for other tools", Section::Measures).seen_by(who.signed()),
        schema_version: VERSION,
        from: from.to_string(),
        until: until.to_string(),
        pseudonyms,
        rows: ALL.into_iter().map(|table| row(table, from, until)).collect(),
        script: POWER_QUERY,
    }
}

/// One table.
pub fn one(who: &User, table: &'static Table, (from, until): (Date, Date)) -> TablePage {
    TablePage {
        frame: Frame::of(format!("Table {}", table.key), Section::Measures).seen_by(who.signed()),
        table: row(table, from, until),
        schema_version: VERSION,
        columns: table.columns().copied().collect(),
    }
}
