//! Which counts of a report by division are shown to whoever may not read measures. Pure; `disclosure` decides.
//!
//! Each measure is a table of its own: a row for each division, the counts that a reader could subtract in its columns, and
//! every total. It is audited with every edition that was published before, of whatever pack: a month beside its quarter
//! must not give back what either hides. What was hidden in an earlier edition of the same report stays hidden. Where figures
//! were corrected in between, the audit knows month by month what was (decisions/0033).

use std::collections::{BTreeMap, BTreeSet};

use disclosure::{Parts, Position, Printed, Published, Scope, THRESHOLD, Table};
use jiff::civil::Date;
use measure::catalogue::{Definition, Unit};
use serde::{Deserialize, Serialize};

use crate::{
    figure::rules::{Count, Figure},
    pack::rules::divisions,
    period::rules::{Kind, Period},
};

/// What a row without a division is called: what a fact holds for it is empty.
const UNKNOWN: &str = "-";

/// A place of a table at which a number is shown.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Place {
    /// The letter of the division; nothing in a total of all.
    pub division: Option<String>,
    /// The column; nothing in a total of all.
    pub column: Option<String>,
}

/// What is shown of a measure; everything else of its table is suppressed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shown {
    /// Its key.
    pub measure: String,
    /// The version of its definition.
    pub version: i64,
    /// The rows of its table.
    pub divisions: Vec<String>,
    /// The places.
    pub places: BTreeSet<Place>,
}

/// A measure as an edition published it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Earlier {
    /// The pack of the report.
    pub pack: String,
    /// Its period.
    pub period: Period,
    /// What it showed.
    pub shown: Shown,
    /// What it had counted by division.
    pub counts: BTreeMap<String, Count>,
    /// The same month by month, where its period is longer.
    pub months: BTreeMap<Date, BTreeMap<String, Count>>,
}

/// The columns of a measure’s table: the counts of people or things behind its value.
fn columns(definition: &Definition) -> &'static [&'static str] {
    match definition.unit {
        Unit::Count => &["Counted"],
        // A share gives its rest.
        Unit::Percent => &["Counted", "Not counted"],
        // Seconds are no people; those of whom they are the mean are.
        Unit::Seconds | Unit::Minutes | Unit::Hours => &["Of"],
    }
}

fn cells(definition: &Definition, count: Count) -> Result<Vec<u64>, String> {
    let parts = match definition.unit {
        Unit::Count => vec![count.numerator],
        Unit::Percent => vec![count.numerator, count.denominator - count.numerator],
        Unit::Seconds | Unit::Minutes | Unit::Hours => vec![count.denominator],
    };
    let whole = |part: i64| {
        u64::try_from(part).map_err(|_| {
            format!("“{}” counts more than there is, so it cannot be published.", definition.name)
        })
    };
    parts.into_iter().map(whole).collect()
}

fn table(
    definition: &Definition,
    rows: &[String],
    counts: &BTreeMap<String, Count>,
) -> Result<Table, String> {
    let of = |row: &String| {
        let letter = if row == UNKNOWN { "" } else { row };
        cells(definition, counts.get(letter).copied().unwrap_or_default())
    };
    let cells = rows.iter().map(of).collect::<Result<Vec<_>, _>>()?;
    let names: Vec<&str> = rows.iter().map(String::as_str).collect();
    let table = Table::new(&names, columns(definition), &cells)?;
    if columns(definition).len() > 1 {
        return Ok(table.with_all_totals());
    }
    let total: u64 = cells.iter().flatten().sum();
    table.with_column_totals(&[Some(total)])
}

fn place_of(rows: &[String], columns: &[&str], position: Position) -> Place {
    let row = |row: usize| rows.get(row).cloned();
    let column = |column: usize| columns.get(column).map(|name| (*name).to_owned());
    match position {
        Position::Cell { row: at, column: of } => Place { division: row(at), column: column(of) },
        Position::RowTotal { row: at } => Place { division: row(at), column: None },
        Position::ColumnTotal { column: of } => Place { division: None, column: column(of) },
        Position::GrandTotal => Place { division: None, column: None },
    }
}

fn month(day: Date) -> i32 {
    i32::from(day.year()) * 12 + i32::from(day.month())
}

/// All of the service is one area: which division a count is of is its row.
const AREA: &str = "Scotland";

/// What a table counts, and what lies behind it month by month; nothing lies behind a quarter whose months were not kept.
fn scope(
    definition: &Definition,
    period: Period,
    counts: &BTreeMap<String, Count>,
    months: &BTreeMap<Date, BTreeMap<String, Count>>,
) -> Result<(Scope, bool), String> {
    let scope = Scope::new(&[AREA], month(period.from), month(period.until))?;
    let own = BTreeMap::from([(period.from, counts.clone())]);
    let months = match period.kind {
        Kind::Month => &own,
        _ if months.is_empty() => return Ok((scope, false)),
        _ => months,
    };
    let mut parts = Parts::default();
    for (first, counts) in months {
        for (letter, count) in counts {
            let row = if letter.is_empty() { UNKNOWN } else { letter };
            for (column, part) in columns(definition).iter().zip(cells(definition, *count)?) {
                parts.add((AREA, month(*first)), (row, column), part);
            }
        }
    }
    Ok((scope.made_of(parts), true))
}

/// The rows of a table: every division of the period, and whatever else was counted.
fn rows(period: Period, counts: &BTreeMap<String, Count>) -> Vec<String> {
    let known = divisions(period.span()).into_iter().map(|(letter, _)| letter);
    let counted =
        counts.keys().map(|letter| if letter.is_empty() { UNKNOWN.to_owned() } else { letter.clone() });
    let mut all: Vec<String> = known.chain(counted).chain([UNKNOWN.to_owned()]).collect();
    all.sort();
    all.dedup();
    all
}

/// An earlier edition, and whether it is known what lies behind it.
fn published(definition: &Definition, earlier: &Earlier) -> Result<(Published, bool), String> {
    let rows = &earlier.shown.divisions;
    let table = table(definition, rows, &earlier.counts)?;
    let is_shown =
        |position: &Position| earlier.shown.places.contains(&place_of(rows, columns(definition), *position));
    let shown = table.counts().map(|(position, _)| position).filter(is_shown).collect();
    let (scope, is_known) = scope(definition, earlier.period, &earlier.counts, &earlier.months)?;
    Ok((Published::new(&table, scope, &shown)?, is_known))
}

/// What of a figure may be shown, given all that was published before.
pub fn protect(
    definition: &Definition,
    (pack, period): (&str, Period),
    figure: &Figure,
    earlier: &[Earlier],
) -> Result<Shown, String> {
    let rows = rows(period, &figure.divisions);
    let table = table(definition, &rows, &figure.divisions)?;
    let (scope, _) = scope(definition, period, &figure.divisions, &figure.months)?;
    let same = |one: &&Earlier| one.shown.measure == figure.measure && one.shown.version == figure.version;
    let before: Vec<&Earlier> = earlier.iter().filter(same).collect();
    let own = |one: &&Earlier| one.pack == pack && one.period == period;
    let all = before.iter().map(|one| published(definition, one)).collect::<Result<Vec<_>, _>>()?;
    let printed: Vec<Published> = all.iter().map(|(one, _)| one.clone()).collect();
    let protected = disclosure::protect(&table, &scope, &printed, THRESHOLD).or_else(|sentence| {
        // Quarters that were frozen before their months were kept cannot be told from their corrections.
        let known: Vec<Published> = all.iter().filter(|(_, is)| *is).map(|(one, _)| one.clone()).collect();
        if known.len() == printed.len() {
            return Err(sentence);
        }
        disclosure::protect(&table, &scope, &known, THRESHOLD)
    })?;
    let hidden_before = |place: &Place| {
        let known = |one: &Earlier| {
            place.division.as_ref().is_none_or(|division| one.shown.divisions.contains(division))
        };
        before.iter().copied().filter(own).any(|one| known(one) && !one.shown.places.contains(place))
    };
    let shown = protected.places().filter(|(_, printed)| matches!(printed, Printed::Shown(_)));
    let places = shown.map(|(position, _)| place_of(&rows, columns(definition), position));
    let places = places.filter(|place| !hidden_before(place)).collect();
    Ok(Shown { measure: figure.measure.clone(), version: figure.version, divisions: rows, places })
}

impl Shown {
    /// Whether the value of a division, or of the whole service, is shown with all that it is made of.
    pub fn is_shown(&self, definition: &Definition, division: Option<&str>) -> bool {
        let row = division.map(|letter| if letter.is_empty() { UNKNOWN } else { letter }.to_owned());
        let has = |column: Option<&str>| {
            self.places.contains(&Place { division: row.clone(), column: column.map(str::to_owned) })
        };
        match definition.unit {
            // The share, and of how many.
            Unit::Percent => has(Some("Counted")) && has(None),
            Unit::Count => has(Some("Counted")),
            Unit::Seconds | Unit::Minutes | Unit::Hours => has(Some("Of")),
        }
    }

    /// The letters of its rows; empty for what has no division.
    pub fn letters(&self) -> impl Iterator<Item = &str> {
        self.divisions.iter().map(|row| if row == UNKNOWN { "" } else { row.as_str() })
    }
}

#[cfg(test)]
#[path = "rules_test.rs"]
mod tests;
