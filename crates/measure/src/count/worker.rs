//! Folding the journal, in its order, into what is counted.
//!
//! A subject that something happened to is counted anew from its whole history, as it was after each of its entries: so a
//! fact that comes late costs what any other costs, and counting everything again gives the same rows.

use std::{collections::BTreeMap, time::Duration};

use journal::{DatabaseError, Entry, Id, Journal, OPEN_END, Tx, clear, entries, head, history};
use tokio::time::{sleep, timeout};

use super::rows::{Change, Span, TABLES, begin, end, position, stand_at, standing};
use crate::{
    catalogue::edition,
    contribution::{Numbered, changes, numbered},
    life::Life,
    measures::contributions,
};

/// Entries that are counted in one transaction: others write in between.
const BLOCK: i64 = 500;

/// How long it waits for this process’s next commit before it looks for another’s.
const LOOK: Duration = Duration::from_secs(5);

/// The shortest time between two looks: entries that come together are counted together.
const AT_LEAST: Duration = Duration::from_millis(100);

/// Counts what is not counted yet; gives the entry at which it stands then.
pub async fn catch_up(journal: &Journal) -> Result<i64, DatabaseError> {
    loop {
        // Looked at before the writers’ turn is asked for: mostly there is nothing to count.
        let mut read = journal.read().await?;
        let last = head(&mut read).await?;
        if let Some((seq, made_with)) = position(&mut read).await?
            && seq == last
            && made_with == edition()
        {
            return Ok(seq);
        }
        drop(read);
        let mut tx = journal.begin().await?;
        block(&mut tx).await?;
        tx.commit().await?;
    }
}

/// Counts everything that is not counted yet, in the transaction it is given: for `check` and `rebuild`.
pub async fn catch_up_within(tx: &mut Tx) -> Result<(), DatabaseError> {
    while block(tx).await? {}
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

/// Counts the next entries; gives whether there were any.
async fn block(tx: &mut Tx) -> Result<bool, DatabaseError> {
    let edition = edition();
    let from = match position(tx).await? {
        Some((seq, made_with)) if made_with == edition => seq,
        _ => {
            clear(tx, &TABLES).await?;
            0
        }
    };
    let last = head(tx).await?;
    let until = last.min(from + BLOCK);
    let mut touched: BTreeMap<Id, i64> = BTreeMap::new();
    for entry in entries(tx, from, until).await? {
        touched.entry(entry.subject).or_insert(entry.seq);
    }
    let mut change = Change::default();
    for (subject, first) in &touched {
        count(tx, subject, *first, until, &mut change).await?;
    }
    change.save(tx).await?;
    stand_at(tx, until, &edition).await?;
    Ok(until > from)
}

/// Counts one subject anew: as it was after each of its entries from `first` on.
async fn count(
    tx: &mut Tx,
    subject: &Id,
    first: i64,
    until: i64,
    change: &mut Change,
) -> Result<(), DatabaseError> {
    let history = history(tx, subject, until).await?;
    let before = standing(tx, subject).await?;
    let spans = spans(&history, first, &before)?;
    for (key, (one, until_seq)) in &spans.ended {
        end(tx, subject, *key, *until_seq).await?;
        change.count(one, -1);
    }
    for span in &spans.began {
        begin(tx, subject, span).await?;
        if span.until_seq == OPEN_END {
            change.count(&span.one, 1);
        }
    }
    Ok(())
}

/// What ended of what was counted before, and what began: some of it for a few entries only.
#[derive(Debug, Default)]
struct Spans {
    ended: BTreeMap<(&'static str, i64), (crate::contribution::Contribution, i64)>,
    began: Vec<Span>,
}

fn spans(history: &[Entry], first: i64, before: &Numbered) -> Result<Spans, DatabaseError> {
    let mut spans = Spans::default();
    let mut now = before.clone();
    let mut life = None;
    for entry in history {
        life = Life::after(life, entry)?;
        if entry.seq < first {
            continue;
        }
        let after = life.as_ref().map_or_else(Numbered::new, |life| numbered(contributions(life)));
        let (ended, began) = changes(&now, &after);
        for ((measure, number), one) in ended {
            let open = spans.began.iter_mut().find(|span| {
                span.until_seq == OPEN_END && span.number == number && span.one.measure == measure
            });
            match open {
                Some(span) => span.until_seq = entry.seq,
                None => drop(spans.ended.insert((measure, number), (one, entry.seq))),
            }
        }
        spans.began.extend(began.into_iter().map(|((_, number), one)| Span {
            one,
            number,
            from_seq: entry.seq,
            until_seq: OPEN_END,
        }));
        now = after;
    }
    Ok(spans)
}
