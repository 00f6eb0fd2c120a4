//! Carrying a compared file in: every fact of it, each diary's row once, in the transaction that is given.

use jiff::Timestamp;
use journal::{Actor, DatabaseError, Id, Noun, Tx, append};

use super::rules::Compared;
use crate::diary::rows::Diaries;

/// Appends the facts in the order of the file and saves the diaries that they change; how many facts there were.
pub async fn carry(
    tx: &mut Tx,
    who: &Actor,
    now: Timestamp,
    compared: &Compared,
) -> Result<usize, DatabaseError> {
    let mut count = 0;
    for change in &compared.changes {
        let id = change.diary.clone().unwrap_or_else(|| Id::new(now));
        let mut first = None;
        for fact in &change.facts {
            let entry = append(tx, who, now, &id, fact).await?;
            first.get_or_insert(entry);
            count += 1;
        }
        // Once, and not for each of a thousand facts; a new diary's row names the entry that opened it.
        if let Some(entry) = first {
            Diaries::save(tx, &entry, &id, &change.state).await?;
        }
    }
    Ok(count)
}
