//! An entry of the journal as the row of its table.

pub mod around;
pub mod contacts;
pub mod dimensions;
pub mod incidents;
pub mod others;
pub mod row;
pub mod rows;

use journal::{DatabaseError, Entry};

use crate::table::{facts, rules::Table};
use around::Around;
use row::Row;

/// The table of an entry; nothing where no tool is given it: accounts, messages, preferences, the improvement plan.
pub fn table(kind: &str) -> Option<&'static Table> {
    match kind.split('/').next().unwrap_or_default() {
        "contact" => Some(&facts::CONTACT),
        "incident" | "grade" | "response" | "closure" => Some(&facts::INCIDENT_EVENT),
        "appointment" => Some(&facts::APPOINTMENT_EVENT),
        "custody" => Some(&facts::TRANSFER),
        "promise" => Some(&facts::PROMISE),
        "crime_report" => Some(&facts::CRIME_REPORT),
        "referral" => Some(&facts::REFERRAL),
        "thrive" => Some(&facts::ASSESSMENT),
        _ => None,
    }
}

/// The row of an entry in its table. Pure.
pub fn row(table: &'static Table, entry: &Entry, around: &Around) -> Result<Row, DatabaseError> {
    let mut row = Row::of(table);
    common(&mut row, table, entry, around);
    match table.key {
        "contact" => contacts::contact(&mut row, entry, around)?,
        "incident_event" => incidents::incident(&mut row, entry, around)?,
        "appointment_event" => incidents::appointment(&mut row, entry, around)?,
        "transfer" => incidents::transfer(&mut row, entry, around)?,
        "promise" => incidents::promise(&mut row, entry, around)?,
        "crime_report" => others::crime_report(&mut row, entry, around)?,
        "referral" => others::referral(&mut row, entry, around)?,
        _ => contacts::assessment(&mut row, entry, around)?,
    }
    Ok(row)
}

fn common(row: &mut Row, table: &Table, entry: &Entry, around: &Around) {
    row.integer("seq", entry.seq);
    row.moment("recorded_at", entry.at);
    row.moment("happened_at", entry.happened_at.unwrap_or(entry.at));
    let (_, variant) = entry.kind.split_once('/').unwrap_or(("", &entry.kind));
    let has_nouns = table.key == facts::INCIDENT_EVENT.key;
    row.key("event", if has_nouns { &entry.kind } else { variant });
    row.key("division", &around.of(&entry.subject).division);
}
