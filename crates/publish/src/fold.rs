//! Folding the room's facts again, for `check` and `rebuild`.

use journal::{Entry, Folded, Tx};

use crate::paper::{rows::Papers, rules::Paper};

/// The tables that are the fold of the room's facts.
pub const TABLES: [&str; 1] = ["paper"];

/// The room's states while the journal is folded from its start.
#[derive(Debug, Default)]
pub struct Memory {
    /// Papers.
    pub papers: Folded<Paper>,
}

/// Folds one entry and saves its rows, if it is one of this room's.
pub async fn refold(tx: &mut Tx, memory: &mut Memory, entry: &Entry) -> Result<(), sqlx::Error> {
    journal::refold::<Papers>(tx, &mut memory.papers, entry).await
}
