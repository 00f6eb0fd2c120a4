//! Messages as a file. No word of a message and nothing about a person is in it: it holds what a row holds.

use contact::preference::rules::Way;
use jiff::Timestamp;
use journal::DatabaseError;
use web::table_csv;

use super::rows::Listed;
use crate::{definition::template_words, message::rules::Reason};

const COLUMNS: [&str; 12] = [
    "Reference",
    "About",
    "Message",
    "Way",
    "State",
    "Why not",
    "Origin",
    "Language",
    "Language wanted",
    "Composed",
    "Failed",
    "Left or ended",
];

/// The messages as CSV, moments as 2026-11-26T12:00:00Z, with a byte order mark so that Excel reads it as UTF-8.
pub fn csv(rows: &[Listed]) -> Result<Vec<u8>, DatabaseError> {
    table_csv(&COLUMNS, rows.iter().map(|row| cells(row).to_vec()))
}

fn cells(row: &Listed) -> [String; 12] {
    let moment = |at: Option<Timestamp>| at.map_or_else(String::new, |at| at.to_string());
    [
        row.reference(),
        row.about.clone(),
        template_words(&row.template).to_owned(),
        row.way.map_or("", Way::words).to_owned(),
        row.state.words().to_owned(),
        row.reason.map_or("", Reason::words).to_owned(),
        row.origin.words().to_owned(),
        row.language.clone(),
        row.wanted_language.clone(),
        moment(Some(row.queued_at)),
        row.tries.to_string(),
        moment(row.ended_at),
    ]
}
