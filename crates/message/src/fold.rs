//! Folding the room's facts again, for `check` and `rebuild`.

use journal::{Entry, Folded, Tx};

use crate::message::{rows::Messages, rules::Message};

/// The tables that are the fold of the room's facts.
pub const TABLES: [&str; 1] = ["message"];

/// The room's states while the journal is folded from its start.
#[derive(Debug, Default)]
pub struct Memory {
    /// Messages.
    pub messages: Folded<Message>,
}

/// Folds one entry and saves its rows, if it is one of this room's.
pub async fn refold(tx: &mut Tx, memory: &mut Memory, entry: &Entry) -> Result<(), sqlx::Error> {
    journal::refold::<Messages>(tx, &mut memory.messages, entry).await
}
