//! Random histories: each is one recommendation's life by commands that may or may not be allowed, among plans,
//! areas, programmes, inspections under way, posts, papers, findings, comments, views and imports that live too.
//!
//! After every command that leaves an entry, what is in work, proposed, discharged and superseded adds up to what
//! was made: in every plan, for every theme and owner, and in a period what was open before and came in is what
//! was closed and is left. What was counted is compared with what the test itself has kept, without any of the
//! code under test. Fifty histories are a world with a seed and a database of its own; at its end the rows are
//! the fold of its journal. A slice runs always; 10,000 histories on each engine with ANSWERABLE_SOAK=50
//! (`make soak`).

mod counted;
mod others;
mod world;

use std::collections::BTreeMap;

use journal::{Journal, Tx, clear, dump, entries, head};
use plan::{Memory, TABLES, refold};

use crate::world::World;

/// Histories of one world. More would make each count slower, fewer each history a smaller part of a plan.
const OF_A_WORLD: usize = 50;

/// Histories on each engine: 200, or 10,000 at the factor of `make soak`.
fn histories() -> usize {
    let factor = std::env::var("ANSWERABLE_SOAK").ok().and_then(|text| text.parse().ok()).unwrap_or(1);
    (200 * usize::max(factor, 1)).min(10_000)
}

/// Whether the rows are the fold of the journal; and how many rows each table has.
async fn rows_are_the_fold(journal: &Journal) -> BTreeMap<&'static str, i64> {
    let mut tx = journal.begin().await.expect("a command begins");
    let rows = rows_of_tables(&mut tx).await;
    let before = dump(&mut tx, &TABLES).await.expect("the rows are read");
    clear(&mut tx, &TABLES).await.expect("the rows are emptied");
    let mut memory = Memory::default();
    let last = head(&mut tx).await.expect("sql");
    for entry in entries(&mut tx, 0, last).await.expect("the journal is read") {
        refold(&mut tx, &mut memory, &entry).await.expect("it is folded");
    }
    assert!(before == dump(&mut tx, &TABLES).await.expect("the rows are read"), "the rows are not the fold");
    rows
}

async fn rows_of_tables(tx: &mut Tx) -> BTreeMap<&'static str, i64> {
    let mut rows = BTreeMap::new();
    for table in TABLES {
        let count = sqlx::AssertSqlSafe(format!("select count(*) from {table}"));
        rows.insert(table, sqlx::query_scalar(count).fetch_one(&mut **tx).await.expect("sql"));
    }
    rows
}

#[tokio::test]
async fn the_identity_holds_after_every_command_and_the_rows_are_the_fold() {
    let worlds = histories() / OF_A_WORLD;
    let mut rows: BTreeMap<&str, i64> = BTreeMap::new();
    let (mut happened, mut refused, mut engines) = (0, 0, 0);
    for number in 0..worlds {
        let seed = 11 + u64::try_from(number).expect("it fits");
        let both = journal::testing::engines().await;
        engines = both.len();
        for t in both {
            println!("seed {seed} on {:?}", t.engine);
            let mut world = World::open(&t.journal, seed).await;
            for history in 0..OF_A_WORLD {
                let mut tx = t.journal.begin().await.expect("a command begins");
                world.history(&mut tx, history).await;
                tx.commit().await.expect("it is committed");
            }
            for (table, count) in rows_are_the_fold(&t.journal).await {
                *rows.entry(table).or_default() += count;
            }
            happened += world.happened;
            refused += world.refused;
        }
    }
    let run = worlds * OF_A_WORLD;
    println!(
        "{run} histories on each of {engines} engines: {happened} commands, each counted, and {refused} refused"
    );
    println!("rows: {rows:?}");
    assert!(
        refused > run && happened > 3 * run,
        "the histories are too quiet or too obedient to mean anything"
    );
    let untouched: Vec<_> = rows.iter().filter(|(_, count)| **count == 0).collect();
    assert!(untouched.is_empty(), "no history writes {untouched:?}");
}
