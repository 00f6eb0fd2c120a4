//! What was changed, and when: a mark on the chart of a measure, tied to the recommendation or the action whose work it was
//! (decisions/0036). A chart says that something changed; only a person knows what was done. A mark moves no limit.

pub mod pages;
pub mod rows;
pub mod rules;
pub mod views;

use journal::{DatabaseError, Entry, Folded, Tx};

/// The tables that are the fold of annotations. What is counted is another matter: see [`crate::TABLES`].
pub const TABLES: [&str; 1] = ["measure_annotation"];

/// The annotations while the journal is folded from its start.
#[derive(Debug, Default)]
pub struct Memory {
    /// What was marked.
    pub annotations: Folded<rules::Annotation>,
}

/// Folds one entry and saves its row, if it is of an annotation.
pub async fn refold(tx: &mut Tx, memory: &mut Memory, entry: &Entry) -> Result<(), DatabaseError> {
    journal::refold::<rows::Annotations>(tx, &mut memory.annotations, entry).await
}
