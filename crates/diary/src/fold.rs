//! Folding the room's facts again, for `check` and `rebuild`.

use journal::{Entry, Folded, Tx};

use crate::{
    diary::{rows::Diaries, rules::Diary},
    feed::{rows::Feeds, rules::Feed},
};

/// The tables that are the fold of the room's facts. Holds are none.
pub const TABLES: [&str; 2] = ["diary", "diary_feed"];

/// The room's states while the journal is folded from its start.
#[derive(Debug, Default)]
pub struct Memory {
    /// Diaries.
    pub diaries: Folded<Diary>,
    /// Their addresses for calendar programs.
    pub feeds: Folded<Feed>,
}

/// Folds one entry and saves its rows, if it is one of this room's.
pub async fn refold(tx: &mut Tx, memory: &mut Memory, entry: &Entry) -> Result<(), sqlx::Error> {
    journal::refold::<Diaries>(tx, &mut memory.diaries, entry).await?;
    journal::refold::<Feeds>(tx, &mut memory.feeds, entry).await
}
