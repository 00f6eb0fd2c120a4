//! Folding the room's facts again, for `check` and `rebuild`.

use journal::{Entry, Folded, Tx};

use crate::sample::{rows::Samples, rules::Sample};

/// The tables that are the fold of the room's facts.
pub const TABLES: [&str; 2] = ["coding_sample", "coding_item"];

/// The room's states while the journal is folded from its start.
#[derive(Debug, Default)]
pub struct Memory {
    /// Samples.
    pub samples: Folded<Sample>,
}

/// Folds one entry and saves its rows, if it is one of this room's.
pub async fn refold(tx: &mut Tx, memory: &mut Memory, entry: &Entry) -> Result<(), sqlx::Error> {
    journal::refold::<Samples>(tx, &mut memory.samples, entry).await
}
