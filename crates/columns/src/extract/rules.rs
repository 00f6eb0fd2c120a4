//! What is asked for: a table, a form, a period. Pure.

use jiff::{Timestamp, ToSpan, civil::Date};
use journal::{Refusal, day_of, day_typed};
use serde::Deserialize;

use crate::{
    file::Format,
    table::rules::{ALL, Table},
};

/// The most days that an address gives at once: longer ones are for the command line, which no reader has to wait for.
pub const MOST_DAYS: i64 = 31;
/// Days that are given where none are named.
const DAYS: i64 = 28;

/// What an address or a command line says of the period.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Query {
    /// The first day.
    pub from: String,
    /// The last day.
    pub until: String,
}

impl Query {
    /// The days that it names; what is not named is empty. Days to come and a period that ends before it begins are refused.
    fn days(&self, now: Timestamp) -> Result<(Option<Date>, Date), Refusal> {
        let today = day_of(now);
        let until = day_typed("until", &self.until)?.unwrap_or(today);
        if until > today {
            let sentence = format!("{until} is still to come. Enter today, {today}, or an earlier day.");
            return Err(Refusal::of("until", sentence));
        }
        let from = day_typed("from", &self.from)?;
        if let Some(from) = from.filter(|from| *from > until) {
            let sentence =
                format!("The period ends on {until}, before it begins on {from}. Enter an earlier day.");
            return Err(Refusal::of("from", sentence));
        }
        Ok((from, until))
    }

    /// The period that an address asks for: at most [`MOST_DAYS`].
    pub fn by_address(&self, now: Timestamp) -> Result<(Date, Date), Refusal> {
        let (from, until) = self.days(now)?;
        let from = from.unwrap_or_else(|| until.saturating_sub((DAYS - 1).days()));
        if from < until.saturating_sub((MOST_DAYS - 1).days()) {
            let sentence = format!(
                "From {from} until {until} are more than {MOST_DAYS} days. Ask for them in parts, or use “answerable extract”, which takes any period."
            );
            return Err(Refusal::of("from", sentence));
        }
        Ok((from, until))
    }

    /// The period of a command line; without a first day, from the beginning.
    pub fn by_command(&self, now: Timestamp) -> Result<(Option<Date>, Date), Refusal> {
        self.days(now)
    }
}

/// The table and the form that the last part of an address names: “contact.parquet”.
pub fn file(name: &str) -> Result<(&'static Table, Format), Refusal> {
    let (table, form) = name.rsplit_once('.').unwrap_or((name, ""));
    let format = Format::of(form).ok_or_else(|| {
        Refusal::of(
            "table",
            format!("“{name}” does not say in which form. Ask for {table}.parquet or {table}.csv."),
        )
    })?;
    Ok((named(table)?, format))
}

/// The table of that name.
pub fn named(key: &str) -> Result<&'static Table, Refusal> {
    Table::named(key).ok_or_else(|| {
        let all: Vec<&str> = ALL.iter().map(|table| table.key).collect();
        Refusal::of("table", format!("There is no table “{key}”. The tables are {}.", all.join(", ")))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> Timestamp {
        "2026-11-26T12:00:00Z".parse().unwrap()
    }

    fn query(from: &str, until: &str) -> Query {
        Query { from: from.into(), until: until.into() }
    }

    #[test]
    fn a_period_is_read_or_refused_at_its_field() {
        for (from, until, first, last) in [
            ("", "", "2026-10-30", "2026-11-26"),
            ("2026-11-26", "", "2026-11-26", "2026-11-26"),
            ("2026-10-27", "2026-11-26", "2026-10-27", "2026-11-26"),
            ("", "2026-03-01", "2026-02-02", "2026-03-01"),
        ] {
            let (from, until) = query(from, until).by_address(now()).unwrap();
            assert_eq!((from.to_string().as_str(), until.to_string().as_str()), (first, last));
        }
        for (from, until, field, told) in [
            ("", "2026-11-27", "until", "still to come"),
            ("2026-11-20", "2026-11-19", "from", "before it begins"),
            ("2026-10-26", "2026-11-26", "from", "more than 31 days"),
            ("soon", "", "from", "not a day"),
            ("", "26/11/2026", "until", "not a day"),
        ] {
            let refusal = query(from, until).by_address(now()).unwrap_err();
            assert!(refusal.field == field && refusal.sentence.contains(told), "{from} {until}: {refusal}");
        }
        let all = query("", "").by_command(now()).unwrap();
        assert_eq!(all, (None, "2026-11-26".parse().unwrap()));
        assert!(query("2020-01-01", "").by_command(now()).is_ok(), "a command line takes any period");
        assert!(query("", "2027-01-01").by_command(now()).is_err());
    }

    #[test]
    fn a_file_is_a_table_and_a_form_or_refused() {
        let (table, format) = file("contact.parquet").unwrap();
        assert_eq!((table.key, format), ("contact", Format::Parquet));
        assert_eq!(file("measure_value.csv").unwrap().1, Format::Csv);
        for (name, told) in [
            ("contact", "in which form"),
            ("contact.xlsx", "in which form"),
            ("account.csv", "There is no table “account”. The tables are contact,"),
            ("../contact.csv", "There is no table"),
            ("", "in which form"),
        ] {
            let refusal = file(name).unwrap_err();
            assert!(refusal.field == "table" && refusal.sentence.contains(told), "{name}: {refusal}");
        }
    }
}
