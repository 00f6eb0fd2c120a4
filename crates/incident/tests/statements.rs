//! A page of a queue asks a fixed number of statements, however long the queue is (HOUSE 5).

mod common;
#[path = "common/desk.rs"]
mod desk;

use std::sync::atomic::{AtomicUsize, Ordering};

use axum::http::StatusCode;
use desk::{Desk, open};
use serde_json::json;
use tracing_subscriber::{Layer, layer::SubscriberExt};

/// How many statements the driver has told of.
static STATEMENTS: AtomicUsize = AtomicUsize::new(0);

/// Counts the statements that the database driver tells of as it runs them.
struct Counting;

impl<S: tracing::Subscriber> Layer<S> for Counting {
    fn on_event(&self, event: &tracing::Event<'_>, _: tracing_subscriber::layer::Context<'_, S>) {
        if event.metadata().target() == "sqlx::query" {
            event.record(&mut Telling);
        }
    }
}

/// Counts what one telling is about. What a reader’s connection says of itself when it is opened is of no page.
struct Telling;

impl tracing::field::Visit for Telling {
    fn record_debug(&mut self, field: &tracing::field::Field, value: &dyn std::fmt::Debug) {
        if field.name() == "summary" && !format!("{value:?}").to_lowercase().contains("pragma") {
            STATEMENTS.fetch_add(1, Ordering::SeqCst);
        }
    }
}

async fn counted(desk: &Desk, path: &str, total: usize) -> usize {
    let before = STATEMENTS.load(Ordering::SeqCst);
    let (status, page) = desk.data(path).await;
    assert_eq!((status, &page["snapshot"]["total"]), (StatusCode::OK, &json!(total)), "{path}: {page}");
    STATEMENTS.load(Ordering::SeqCst) - before
}

#[tokio::test]
async fn a_page_of_a_queue_is_a_fixed_number_of_statements_for_10_100_and_1000_rows() {
    tracing::subscriber::set_global_default(tracing_subscriber::registry().with(Counting)).expect("set once");
    let t = journal::testing::engines().await.remove(0);
    let desk = Desk::of(&t.journal).await;
    let queue = "/queues/resolution_team";
    // An address of another room’s: what letting somebody in costs.
    let before = STATEMENTS.load(Ordering::SeqCst);
    assert_eq!(desk.data("/queues/none").await.0, StatusCode::NOT_FOUND);
    let letting_in = STATEMENTS.load(Ordering::SeqCst) - before;
    let mut counts = Vec::new();
    let mut from = 0;
    for rows in [10, 100, 1_000] {
        open(&t.journal, from..rows).await;
        from = rows;
        // After something happened, and once more with nothing in between; a page of what is narrowed, too.
        let changed = counted(&desk, queue, rows).await - letting_in;
        let kept = counted(&desk, queue, rows).await - letting_in;
        let high = counted(&desk, &format!("{queue}?risk=high&order=risk"), rows / 5).await - letting_in;
        counts.push([changed, kept, high]);
    }
    assert_eq!(counts, [[3, 2, 2]; 3], "statements at 10, 100 and 1,000 rows");
}
