//! What needs attention as a file: comma-separated, one line a need.

use journal::DatabaseError;
use plan::{register::export::table_csv, words::day};

use super::rules::{Attention, Need};

/// The heads of the columns.
const HEADS: [&str; 6] = ["Group", "Recommendation", "About", "Owner", "Why", "Day"];

/// The needs as CSV.
pub fn csv(attention: &Attention) -> Result<Vec<u8>, DatabaseError> {
    let cells = |need: &Need| {
        vec![
            need.group.words().to_owned(),
            need.label.clone(),
            need.text.clone(),
            need.post.clone(),
            need.why.clone(),
            need.on.map(day).unwrap_or_default(),
        ]
    };
    table_csv(&HEADS, attention.needs.iter().map(cells))
}
