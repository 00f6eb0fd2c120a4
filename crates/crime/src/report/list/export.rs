//! Crime reports as a file. No word about a person is in it: it holds what a row holds.

use journal::DatabaseError;
use web::table_csv;

use super::rows::Listed;
use crate::{definition::crime_words, report::words::unit_words};

const COLUMNS: [&str; 13] = [
    "Reference",
    "Crime",
    "Counts",
    "Ending",
    "State",
    "Division",
    "Team",
    "Recorded",
    "Lines of enquiry to follow",
    "Times returned",
    "Value in pence",
    "Recorded although somebody is vulnerable",
    "Reference in the crime system",
];

/// The reports as CSV, moments as 2026-11-26T12:00:00Z, with a byte order mark so that Excel reads it as UTF-8.
pub fn csv(rows: &[Listed]) -> Result<Vec<u8>, DatabaseError> {
    table_csv(&COLUMNS, rows.iter().map(|row| cells(row).to_vec()))
}

fn cells(row: &Listed) -> [String; 13] {
    [
        row.reference(),
        crime_words(&row.crime_type).to_owned(),
        row.counts.to_string(),
        row.ending.words().to_owned(),
        row.state.words().to_owned(),
        row.division.clone(),
        unit_words(&row.team).to_owned(),
        row.recorded_at.to_string(),
        row.to_do.to_string(),
        row.returns.to_string(),
        row.pence.to_string(),
        if row.is_overridden { "yes".to_owned() } else { "no".to_owned() },
        row.reference_there.clone(),
    ]
}
