//! A page of the list, and the messages of an incident, ask a fixed number of statements, whatever the rows (HOUSE 5).

use std::sync::atomic::{AtomicUsize, Ordering};

use jiff::Timestamp;
use journal::{Actor, Id, Journal};
use message::message::{
    list::rows::{Filter, list, of_incident, to_call},
    saying::{About, say},
};
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

fn now() -> Timestamp {
    "2026-11-26T12:00:00Z".parse().expect("a moment")
}

/// Says some more, all held back since nobody was in touch; the first ten of one incident, the others of one each.
async fn fill(journal: &Journal, incident: &Id, from: usize, to: usize) {
    let who = Actor { who: "tester".into(), role: "service_advisor".into(), task: "Fill".into() };
    let mut tx = journal.begin().await.expect("it begins");
    for number in from..to {
        let incident = if number < 10 { incident.clone() } else { Id::new(now()) };
        let about = About::of(incident, "I-0001-X", None);
        say(&mut tx, &who, now(), &about, "crime_reference", &[])
            .await
            .expect("sql")
            .expect("it is held back");
    }
    tx.commit().await.expect("it is committed");
}

#[tokio::test]
async fn a_page_is_a_fixed_number_of_statements_for_10_100_and_1000_rows() {
    tracing::subscriber::set_global_default(tracing_subscriber::registry().with(Counting)).expect("set once");
    let t = journal::testing::engines().await.remove(0);
    let incident = Id::new(now());
    let mut counts = Vec::new();
    let mut from = 0;
    for rows in [10, 100, 1_000] {
        fill(&t.journal, &incident, from, rows).await;
        from = rows;
        let mut read = t.journal.read().await.expect("it begins");
        let before = STATEMENTS.load(Ordering::SeqCst);
        assert_eq!(list(&mut read, &Filter::default()).await.expect("it reads").len(), rows);
        assert_eq!(of_incident(&mut read, &incident).await.expect("it reads").len(), 10);
        let held = i64::try_from(rows).expect("few");
        assert_eq!(to_call(&mut read).await.expect("it reads"), (held, 0));
        counts.push(STATEMENTS.load(Ordering::SeqCst) - before);
    }
    assert_eq!(counts, [3, 3, 3], "statements at 10, 100 and 1,000 rows");
}
