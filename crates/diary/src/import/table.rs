//! A table of shifts (CSV): one row for the same hours of a day at a station. Pure.

use contact::unit;
use jiff::{Timestamp, civil::Date};
use journal::words::thousands;
use web::Typed;

use super::rules::{Fault, Line, MOST_LINES, TOLD, Wrong};
use crate::{
    definition::{day_of, limits},
    diary::forms::meant,
};

/// The columns; all but the slot minutes must be there.
pub const COLUMNS: [&str; 8] =
    ["division", "station", "date", "from", "until", "modes", "officers", "slot minutes"];
/// How many of them, from the first, must have something in every row.
const NEEDED: usize = 7;
/// The most characters of a cell: forty officers, with all they are trained for.
const CELL: usize = 4_000;

/// The lines of the table, or its faults.
pub fn read(text: &str, now: Timestamp) -> Result<Vec<Line>, Wrong> {
    let mut reader =
        csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(text.as_bytes());
    let at = columns(reader.headers().ok()).map_err(Wrong::Lines)?;
    let (mut lines, mut faults) = (Vec::new(), Vec::new());
    for (row, record) in (2..).zip(reader.records()) {
        if faults.len() >= TOLD {
            break;
        }
        if row > MOST_LINES + 1 {
            let sentence =
                format!("The file has more than {} rows. Send it in parts.", thousands(MOST_LINES));
            faults.push(Fault::of(row, "date", sentence));
            break;
        }
        let Ok(record) = record else {
            let sentence = "The row cannot be read: a quotation mark is missing or stray. Write it anew.";
            faults.push(Fault::of(row, "division", sentence));
            continue;
        };
        if record.iter().all(str::is_empty) {
            continue;
        }
        let cell = |column: usize| at[column].and_then(|at| record.get(at)).unwrap_or("");
        match line(row, cell, now) {
            Ok(line) => lines.push(line),
            Err(fault) => faults.push(fault),
        }
    }
    if lines.is_empty() && faults.is_empty() {
        faults.push(Fault::of(2, "division", "The table has a heading and no row below it. Add its rows."));
    }
    if faults.is_empty() { Ok(lines) } else { Err(Wrong::Lines(faults)) }
}

/// Where each column stands; a missing one that is needed is told by its name.
fn columns(headings: Option<&csv::StringRecord>) -> Result<[Option<usize>; 8], Vec<Fault>> {
    let plain = |heading: &str| heading.trim().to_lowercase().replace('_', " ");
    let named = |column: &str| {
        let is_it =
            |heading: &str| plain(heading) == column || (column == "division" && plain(heading) == "unit");
        headings.and_then(|all| all.iter().position(is_it))
    };
    let at = COLUMNS.map(named);
    let missing: Vec<Fault> = (0..NEEDED)
        .filter(|column| at[*column].is_none())
        .map(|column| {
            let sentence = format!(
                "The first row has no heading “{}”. The headings are {}; the last may be left out.",
                COLUMNS[column],
                COLUMNS.join(", ")
            );
            Fault::of(1, COLUMNS[column], sentence)
        })
        .collect();
    if missing.is_empty() { Ok(at) } else { Err(missing) }
}

fn line<'a>(row: usize, cell: impl Fn(usize) -> &'a str, now: Timestamp) -> Result<Line, Fault> {
    for (column, name) in COLUMNS.iter().enumerate() {
        let length = cell(column).chars().count();
        if length > CELL {
            let sentence = format!(
                "The cell has {} characters; at most {} fit. Shorten it.",
                thousands(length),
                thousands(CELL)
            );
            return Err(Fault::of(row, name, sentence));
        }
        if length == 0 && column < NEEDED {
            return Err(Fault::of(row, name, format!("The {name} is missing. Enter it.")));
        }
    }
    let today = day_of(now);
    let unit = unit::division(&cell(0).to_uppercase(), today).or_else(|| unit::of(cell(0)));
    let unit = unit.ok_or_else(|| {
        let sentence = format!("“{}” is no division today. Enter its letter, as E.", cell(0));
        Fault::of(row, "division", sentence)
    })?;
    let date = date(cell(2)).ok_or_else(|| {
        let sentence = format!("“{}” is not a day. Give it as 2026-11-30 or 30/11/2026.", cell(2));
        Fault::of(row, "date", sentence)
    })?;
    let typed = Typed::default()
        .with("weekdays", date.weekday().to_monday_one_offset().to_string())
        .with("first", date.to_string())
        .with("last", date.to_string())
        .with("from", minutes(cell(3)))
        .with("until", minutes(cell(4)))
        .with("modes", cell(5).replace([';', ','], "\n"))
        .with("officers", cell(6).replace(';', "\n"))
        .with(
            "slot_minutes",
            Some(cell(7))
                .filter(|cell| !cell.is_empty())
                .map_or(limits().slot_minutes.to_string(), str::to_owned),
        );
    let command = meant("shift", &typed).map_err(|refusal| {
        let column = COLUMNS.iter().find(|column| column.replace(' ', "_") == refusal.field);
        // In a cell the officers stand side by side.
        let sentence = refusal.sentence.strip_prefix("Line ").map(|rest| format!("Officer {rest}"));
        Fault::of(row, column.unwrap_or(&"date"), sentence.unwrap_or_else(|| refusal.sentence.to_string()))
    })?;
    Ok(Line { row, unit: unit.key.clone(), station: cell(1).to_owned(), command: Some(command) })
}

/// A day as the diary writes it, or as a spreadsheet here saves it.
fn date(cell: &str) -> Option<Date> {
    cell.parse().ok().or_else(|| Date::strptime("%d/%m/%Y", cell).ok())
}

/// A time without the seconds that some spreadsheets add.
fn minutes(cell: &str) -> String {
    match cell.split(':').collect::<Vec<_>>()[..] {
        [hour, minute, "00"] => format!("{hour}:{minute}"),
        _ => cell.to_owned(),
    }
}
