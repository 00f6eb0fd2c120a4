//! A round as a file, CSV or a workbook: who was asked, who answered, who was reminded when, what was escalated to whom.

use journal::DatabaseError;
use plan::register::export::{table_csv, table_xlsx};

use super::{requests::Shown, rows::Kept};

/// The columns, with their widths in a workbook.
const COLUMNS: [(&str, f64); 11] = [
    ("Reference", 16.0),
    ("Recommendation", 60.0),
    ("Asked", 28.0),
    ("Asked on", 12.0),
    ("Due on", 12.0),
    ("State", 14.0),
    ("Answered on", 12.0),
    ("Reminded on", 24.0),
    ("Escalated on", 12.0),
    ("Escalated to", 28.0),
    ("Withdrawn because", 40.0),
];

/// The requests as CSV, days as 2024-03-01, with a byte order mark so that Excel reads it as UTF-8.
pub(super) fn csv(kept: &Kept, rows: &[Shown]) -> Result<Vec<u8>, DatabaseError> {
    table_csv(&COLUMNS.map(|(name, _)| name), rows.iter().map(|row| cells(kept, row)))
}

/// The requests as a workbook.
pub(super) fn xlsx(kept: &Kept, rows: &[Shown]) -> Result<Vec<u8>, DatabaseError> {
    table_xlsx("Round", &COLUMNS, rows.iter().map(|row| cells(kept, row)))
}

fn cells(kept: &Kept, row: &Shown) -> Vec<String> {
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
}
