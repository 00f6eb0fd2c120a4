//! A page of each list, the counts, and the reports of an incident ask one statement each, whatever the rows (HOUSE 5).

mod common;
#[path = "common/stolen.rs"]
mod stolen;

use std::sync::atomic::{AtomicUsize, Ordering};

use common::{at, incident, who};
use crime::report::{
    counts::rows::{recorded, returned, states},
    list::rows::{Filter, list, of_incident},
    returns::rows as returns,
    rows::change,
    rules::{Command, Ending},
};
use journal::{Id, Journal};
use stolen::theft;
use tracing_subscriber::{Layer, layer::SubscriberExt};

/// How many statements the driver has told of.
static STATEMENTS: AtomicUsize = AtomicUsize::new(0);

/// Counts the statements that the database driver tells of as it runs them.
struct Counting;

impl<S: tracing::Subscriber> Layer<S> for Counting {
    fn on_event(&self, event: &tracing::Event<'_>, _: tracing_subscriber::layer::Context<'_, S>) {
        if event.metadata().target() == "sqlx::query" {
            STATEMENTS.fetch_add(1, Ordering::SeqCst);
        }
    }
}

/// Records some more, each returned.
async fn fill(journal: &Journal, of: &Id, from: usize, to: usize) {
    let mut tx = journal.begin().await.expect("it begins");
    for number in from..to {
        let (id, now) = (Id::new(at(10)), at(10 + number));
        let content = Box::new(theft(at(10), Ending::RecordAndFile));
        let record = Command::Record { content, override_reason: String::new() };
        let back = Command::Return {
            unit: "division_d".into(),
            reason: "duplicate".into(),
            words: "It is there already.".into(),
        };
        for command in [record, back] {
            let stored = change(&mut tx, &who(), now, (&id, of), false, command).await;
            stored.expect("sql").expect("it happens");
        }
    }
    tx.commit().await.expect("it is committed");
}

#[tokio::test]
async fn a_page_is_a_fixed_number_of_statements_for_10_and_300_rows() {
    tracing::subscriber::set_global_default(tracing_subscriber::registry().with(Counting)).expect("set once");
    let t = journal::testing::engines().await.remove(0);
    let mut tx = t.journal.begin().await.expect("it begins");
    let of = incident(&mut tx, at(0), "D", false).await;
    tx.commit().await.expect("it is committed");
    let mut counts = Vec::new();
    let mut from = 0;
    for rows in [10, 300] {
        fill(&t.journal, &of, from, rows).await;
        from = rows;
        let mut read = t.journal.read().await.expect("it begins");
        let before = STATEMENTS.load(Ordering::SeqCst);
        let filter = Filter::default();
        assert_eq!(list(&mut read, &filter).await.expect("it reads").len(), rows);
        assert_eq!(of_incident(&mut read, &of).await.expect("it reads").len(), rows);
        assert_eq!(
            returns::list(&mut read, &returns::Filter::default()).await.expect("it reads").len(),
            rows
        );
        assert_eq!(states(&mut read, &filter).await.expect("it reads").len(), 1);
        assert_eq!(recorded(&mut read, &filter).await.expect("it reads").len(), 1);
        assert_eq!(returned(&mut read, &filter).await.expect("it reads").len(), 1);
        counts.push(STATEMENTS.load(Ordering::SeqCst) - before);
    }
    assert_eq!(counts, [6, 6], "statements at 10 and 300 rows");
}
