//! Folding the journal, in its order, into what is counted.
//!
//! A subject that something happened to is counted anew from its whole history, as it was after each of its entries: so a
//! fact that comes late costs what any other costs, and counting everything again gives the same rows. Failure demand is
//! counted beside it, issue by issue. Every version of a measure is counted, for every day.

use std::{collections::BTreeMap, time::Duration};

use journal::{DatabaseError, Entry, Id, Journal, Tx, clear, entries, head};
use tokio::time::{sleep, timeout};

use super::{
    issue::{self, Histories},
    rows::{Change, TABLES, position, stand_at},
    spans::{Step, apply},
};
use crate::{
    catalogue::Catalogue,
    contribution::{Numbered, numbered},
    gist::{
        of::Gist,
        rows::{Gists, Part},
    },
    life::Life,
    measures::{by_version, is_of_an_issue},
};

/// Entries that are counted in one transaction: others write in between.
const BLOCK: i64 = 500;

/// How long it waits for this process’s next commit before it looks for another’s.
const LOOK: Duration = Duration::from_secs(5);

/// The shortest time between two looks: entries that come together are counted together.
const AT_LEAST: Duration = Duration::from_millis(100);

/// Counts what is not counted yet, by the published definitions; gives the entry at which it stands then.
pub async fn catch_up(journal: &Journal) -> Result<i64, DatabaseError> {
    catch_up_by(Catalogue::published(), journal).await
}

/// The same by other definitions. What was counted by others before is counted anew.
pub async fn catch_up_by(catalogue: &Catalogue, journal: &Journal) -> Result<i64, DatabaseError> {
    let edition = catalogue.edition();
    loop {
        // Looked at before the writers’ turn is asked for: mostly there is nothing to count.
        let mut read = journal.read().await?;
        let last = head(&mut read).await?;
        if let Some((seq, made_with)) = position(&mut read).await?
            && seq == last
            && made_with == edition
        {
            return Ok(seq);
        }
        drop(read);
        let mut tx = journal.begin().await?;
        block(&mut tx, catalogue, BLOCK).await?;
        tx.commit().await?;
    }
}

/// Counts everything that is not counted yet, in the transaction it is given: for `check` and `rebuild`.
pub async fn catch_up_within(tx: &mut Tx) -> Result<(), DatabaseError> {
    catch_up_within_by(Catalogue::published(), tx).await
}

/// The same by other definitions.
pub async fn catch_up_within_by(catalogue: &Catalogue, tx: &mut Tx) -> Result<(), DatabaseError> {
    while block(tx, catalogue, BLOCK).await? {}
    Ok(())
}

/// The same, so many entries at a time: what is counted does not depend on it.
pub async fn catch_up_in_blocks(tx: &mut Tx, most: i64) -> Result<(), DatabaseError> {
    while block(tx, Catalogue::published(), most.max(1)).await? {}
    Ok(())
}

/// Counts as long as the service runs. A failure is logged and tried again: what is counted and where it stands are one
/// transaction.
pub async fn keep(journal: Journal) {
    let mut committed = journal.committed();
    loop {
        if let Err(error) = catch_up(&journal).await {
            tracing::warn!(%error, "measures could not be counted; trying again");
            sleep(LOOK).await;
        }
        sleep(AT_LEAST).await;
        if let Ok(Err(_)) = timeout(LOOK, committed.changed()).await {
            return; // the service stops
        }
    }
}

/// Counts the next entries, so many at most; gives whether there were any.
async fn block(tx: &mut Tx, catalogue: &Catalogue, most: i64) -> Result<bool, DatabaseError> {
    let edition = catalogue.edition();
    let from = match position(tx).await? {
        Some((seq, made_with)) if made_with == edition => seq,
        _ => {
            clear(tx, &TABLES).await?;
            0
        }
    };
    let last = head(tx).await?;
    let until = last.min(from.saturating_add(most));
    let mut touched: BTreeMap<Id, i64> = BTreeMap::new();
    for entry in entries(tx, from, until).await? {
        touched.entry(entry.subject).or_insert(entry.seq);
    }
    let (mut change, mut gists) = (Change::by(catalogue), Gists::default());
    let mut histories = Histories::until(until);
    for (subject, first) in &touched {
        let (steps, gist) = steps(catalogue, histories.of(tx, subject).await?, *first)?;
        if let Some(gist) = gist {
            gists.push(subject.clone(), Part::Life, gist);
        }
        apply(tx, subject, |measure| !is_of_an_issue(measure), steps, &mut change).await?;
    }
    issue::count(tx, &touched, &mut histories, &mut change, &mut gists).await?;
    change.save(tx).await?;
    gists.save(tx).await?;
    stand_at(tx, until, &edition).await?;
    Ok(until > from)
}

/// What one subject contributes by itself after each of its entries from `first` on, and its gist after the last.
fn steps(
    catalogue: &Catalogue,
    history: &[Entry],
    first: i64,
) -> Result<(Vec<Step>, Option<Gist>), DatabaseError> {
    let (mut steps, mut life, mut gist) = (Vec::new(), None, None);
    for entry in history {
        life = Life::after(life, entry)?;
        if entry.seq >= first {
            gist = life.as_ref().map(Gist::of);
            let now = gist.as_ref().map_or_else(Numbered::new, |gist| numbered(by_version(catalogue, gist)));
            steps.push((entry.seq, now));
        }
    }
    Ok((steps, gist))
}
