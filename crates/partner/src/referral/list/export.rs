//! Referrals as a file. No word about a person is in it: it holds what a row holds.

use jiff::Timestamp;
use journal::DatabaseError;
use web::table_csv;

use super::rows::Listed;
use crate::{
    definition::{agency_name, kind_words},
    referral::words::end_words,
};

const COLUMNS: [&str; 12] = [
    "Reference",
    "Agency",
    "Kind",
    "Division",
    "State",
    "Reason or outcome",
    "Sent",
    "Reply by",
    "Replied",
    "Ended",
    "Without consent",
    "Minutes saved",
];

/// The referrals as CSV, moments as 2026-11-26T12:00:00Z, with a byte order mark so that Excel reads it as UTF-8.
pub fn csv(rows: &[Listed], now: Timestamp) -> Result<Vec<u8>, DatabaseError> {
    table_csv(&COLUMNS, rows.iter().map(|row| cells(row, now).to_vec()))
}

fn cells(row: &Listed, now: Timestamp) -> [String; 12] {
    let moment = |at: Option<Timestamp>| at.map_or_else(String::new, |at| at.to_string());
    let state = row.state(now);
    [
        row.reference(),
        agency_name(&row.agency).to_owned(),
        kind_words(&row.kind).to_owned(),
        row.division.clone(),
        state.words().to_owned(),
        end_words(state, &row.ended_key).to_owned(),
        moment(Some(row.sent_at)),
        moment(Some(row.reply_by)),
        moment(row.replied_at),
        moment(row.ended_at),
        if row.is_overridden { "yes".to_owned() } else { "no".to_owned() },
        row.minutes_saved.map_or_else(String::new, |minutes| minutes.to_string()),
    ]
}
