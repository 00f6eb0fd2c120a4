//! What a table and a column are, all of them, and how they are told. Pure.

use serde::Serialize;

use super::{dimensions, facts};

/// The version of the schema: raised when a column goes or becomes another thing, never for one more.
pub const VERSION: i64 = 1;

/// What stands in a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A whole number, 64 bits.
    Integer,
    /// A key of a code or a letter: never words that a person said.
    Text,
    /// True or false.
    Flag,
    /// A moment in UTC, to the microsecond.
    Moment,
    /// A day of the calendar, in Scotland.
    Day,
    /// A subject, as 32 hexadecimal digits that say nothing of whom or what it is.
    Pseudonym,
}

impl Kind {
    /// As a page says it.
    pub fn words(self) -> &'static str {
        match self {
            Self::Integer => "whole number",
            Self::Text => "key",
            Self::Flag => "true or false",
            Self::Moment => "moment, UTC",
            Self::Day => "day",
            Self::Pseudonym => "pseudonym",
        }
    }
}

/// A column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Column {
    /// Its name.
    pub name: &'static str,
    /// What stands in it.
    pub kind: Kind,
    /// Whether it may say nothing.
    pub is_optional: bool,
    /// What it says.
    pub about: &'static str,
}

/// A column that always says something.
pub(super) const fn always(name: &'static str, kind: Kind, about: &'static str) -> Column {
    Column { name, kind, is_optional: false, about }
}

/// A column that says something where there is something to say.
pub(super) const fn maybe(name: &'static str, kind: Kind, about: &'static str) -> Column {
    Column { name, kind, is_optional: true, about }
}

/// What the rows of a table are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Of {
    /// One row for each entry of the journal of its kinds.
    Facts,
    /// One row for each cell of the cube of measures.
    Values,
    /// What facts and values are joined with.
    Dimension,
}

/// A table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Table {
    /// Its name, as a file and an address have it.
    pub key: &'static str,
    /// What its rows are.
    pub of: Of,
    /// What it says.
    pub about: &'static str,
    /// The columns that it has beside those that every table of facts has.
    pub own: &'static [Column],
}

impl Table {
    /// Its columns, in their order.
    pub fn columns(&self) -> impl Iterator<Item = &'static Column> + use<> {
        let common: &[Column] = if self.of == Of::Facts { &facts::COMMON } else { &[] };
        common.iter().chain(self.own)
    }

    /// The table of that name.
    pub fn named(key: &str) -> Option<&'static Self> {
        ALL.into_iter().find(|table| table.key == key)
    }
}

/// All tables: facts, values, dimensions.
pub static ALL: [&Table; 12] = [
    &facts::CONTACT,
    &facts::INCIDENT_EVENT,
    &facts::APPOINTMENT_EVENT,
    &facts::TRANSFER,
    &facts::PROMISE,
    &facts::CRIME_REPORT,
    &facts::REFERRAL,
    &facts::ASSESSMENT,
    &dimensions::MEASURE_VALUE,
    &dimensions::UNIT,
    &dimensions::CODE,
    &dimensions::CALENDAR_DAY,
];

/// The schema in words, as `SCHEMA.md` ends with it.
pub fn document() -> String {
    use std::fmt::Write;
    let mut text = String::new();
    for table in ALL {
        // Writing to a string cannot fail.
        let _ = write!(
            text,
            "\n## {}\n\n{}\n\n| column | holds | about |\n|---|---|---|\n",
            table.key, table.about
        );
        for column in table.columns() {
            let empty = if column.is_optional { ", may be empty" } else { "" };
            let _ =
                writeln!(text, "| `{}` | {}{empty} | {} |", column.name, column.kind.words(), column.about);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_document_is_the_schema() {
        let written = include_str!("../../SCHEMA.md");
        let (_, tables) = written.split_once("# The tables\n").expect("it has a heading for the tables");
        assert!(tables == document(), "SCHEMA.md is not what the tables are. They are:\n{}", document());
        assert!(written.contains(&format!("version {VERSION} of the schema")));
    }

    #[test]
    fn a_name_stands_once_and_says_what_it_is() {
        let tables: BTreeSet<&str> = ALL.iter().map(|table| table.key).collect();
        assert_eq!(tables.len(), ALL.len());
        for table in ALL {
            let names: BTreeSet<&str> = table.columns().map(|column| column.name).collect();
            assert_eq!(names.len(), table.columns().count(), "{}", table.key);
            assert_eq!(Table::named(table.key), Some(table));
            for column in table.columns() {
                assert!(column.about.ends_with('.'), "{}.{}", table.key, column.name);
            }
        }
        assert_eq!(Table::named("person"), None);
    }

    #[test]
    fn nothing_of_a_person_has_a_column() {
        for column in ALL.iter().flat_map(|table| table.columns()) {
            let words = ["caller", "address", "narrative", "summary", "account", "sign", "language", "place"];
            let is_of_a_person = column.name.split('_').any(|word| words.contains(&word));
            assert!(!is_of_a_person, "{}", column.name);
        }
    }
}
