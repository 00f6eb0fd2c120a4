//! A round as CSV: who was asked, who answered, who was reminded when, what was escalated to whom.

use journal::DatabaseError;
use plan::register::export::table_csv;

use super::{requests::Shown, rows::Kept};

const COLUMNS: [&str; 11] = [
    "Reference",
    "Recommendation",
    "Asked",
    "Asked on",
    "Due on",
    "State",
    "Answered on",
    "Reminded on",
    "Escalated on",
    "Escalated to",
    "Withdrawn because",
];

/// The requests as CSV, days as 2024-03-01, with a byte order mark so that Excel reads it as UTF-8.
pub(super) fn csv(kept: &Kept, rows: &[Shown]) -> Result<Vec<u8>, DatabaseError> {
    let cells = |row: &Shown| {
        let request = &row.request;
        let escalated = request.escalated.as_ref();
        let reminded: Vec<String> = request.reminded.iter().map(ToString::to_string).collect();
        vec![
            row.label.clone(),
            row.text.clone(),
            request.post.clone(),
            kept.round.opened_on.to_string(),
            kept.round.due_on.to_string(),
            row.state.words().to_owned(),
            row.answered_on.map_or_else(String::new, |on| on.to_string()),
            reminded.join(" "),
            escalated.map_or_else(String::new, |(on, _)| on.to_string()),
            escalated.map_or_else(String::new, |(_, to)| to.clone()),
            request.withdrawn.as_ref().map_or_else(String::new, |(_, reason)| reason.clone()),
        ]
    };
    table_csv(&COLUMNS, rows.iter().map(cells))
}
