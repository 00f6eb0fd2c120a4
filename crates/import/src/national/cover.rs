//! The block at the top of a paper to a committee.

use super::paper::Cover;
use super::words::{bare, plain};
use crate::TargetDate;
use crate::place::ledger::{Ledger, NOWHERE, Row};

/// The labels of the block.
const LABELS: [&str; 8] = [
    "meeting",
    "date",
    "location",
    "title of paper",
    "presented by",
    "recommendation to members",
    "appendix attached",
    "agenda item",
];

fn label(row: &Row<'_>) -> Option<&'static str> {
    let (_, cell) = row.words().next()?;
    let words = if cell.text.len() > 80 { return None } else { bare(&plain(&cell.text)) };
    LABELS.into_iter().find(|label| *label == words)
}

/// Whether the rows are the cover: at least three labels that covers have, and most rows with one.
pub(crate) fn is_cover(rows: &[Row<'_>]) -> bool {
    let labelled = rows.iter().filter(|row| label(row).is_some()).count();
    labelled >= 3 && labelled * 2 >= rows.len()
}

/// Places the cover.
pub(crate) fn place(cover: &mut Cover, rows: &[Row<'_>], ledger: &mut Ledger<'_>) {
    for row in rows {
        let mut cells = row.words();
        let (Some(label), Some((number, cell))) = (label(row), cells.next()) else {
            for (number, _) in row.words() {
                let why = "This row of the cover has no label that covers have. Check whether its words are needed.";
                ledger.doubt(number, NOWHERE, why);
            }
            continue;
        };
        cover.at.get_or_insert_with(|| cell.at.clone());
        ledger.place(number, "Cover, label");
        let Some((number, cell)) = cells.next() else { continue };
        let words = plain(&cell.text);
        if label == "date" {
            cover.date = match TargetDate::read(&words) {
                _ if cell.date.is_some() => cell.date,
                Some(TargetDate::Day(day)) => Some(day),
                _ => {
                    let why = "The date of the meeting is no day. Give it as “16 September 2025”.";
                    ledger.doubt(number, NOWHERE, why);
                    None
                }
            };
        }
        let field = match label {
            "meeting" => &mut cover.meeting,
            "location" => &mut cover.location,
            "title of paper" => &mut cover.title,
            "presented by" => &mut cover.presented_by,
            "recommendation to members" => &mut cover.recommendation_to_members,
            "appendix attached" => &mut cover.appendix_attached,
            "agenda item" => &mut cover.agenda_item,
            _ => &mut None,
        };
        *field = Some(words);
        ledger.place(number, format!("Cover, {label}"));
        for (number, _) in cells {
            let why = "The cover gives this label a second value. Check which of them is needed.";
            ledger.doubt(number, NOWHERE, why);
        }
    }
}
