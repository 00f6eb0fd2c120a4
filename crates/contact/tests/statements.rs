//! A page of the list asks one statement, whatever its rows (HOUSE 5).

use std::sync::atomic::{AtomicUsize, Ordering};

use contact::contact::{
    rows::{Filter, change, list},
    rules::{Arrival, Channel, Command, State},
};
use jiff::{SignedDuration, Timestamp};
use journal::{Actor, Id, Journal};
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

async fn fill(journal: &Journal, from: i64, to: i64) {
    let who = Actor { who: "tester".into(), role: "service_advisor".into(), task: "Fill".into() };
    let now: Timestamp = "2026-11-21T10:00:00Z".parse().expect("a moment");
    let mut tx = journal.begin().await.expect("it begins");
    for number in from..to {
        let arrived_at = now - SignedDuration::from_mins(number);
        let arrival = Arrival {
            channel: Channel::WebForm,
            option: String::new(),
            line: String::new(),
            number: String::new().into(),
            arrived_at,
            answered_at: Some(arrived_at),
            their_reference: String::new(),
        };
        change(&mut tx, &who, now, &Id::new(now), Command::Receive(arrival))
            .await
            .expect("the database answers")
            .expect("it is received");
    }
    tx.commit().await.expect("it is committed");
}

#[tokio::test]
async fn a_page_of_the_list_is_one_statement_for_10_100_and_1000_rows() {
    tracing::subscriber::set_global_default(tracing_subscriber::registry().with(Counting)).expect("set once");
    let t = journal::testing::engines().await.remove(0);
    let filter = Filter {
        channel: Some(Channel::WebForm),
        state: Some(State::Open),
        with_attempts: false,
        division: String::new(),
        from: None,
        before: None,
        limit: 1_000,
    };
    let mut counts = Vec::new();
    let mut from = 0;
    for rows in [10, 100, 1_000] {
        fill(&t.journal, from, rows).await;
        from = rows;
        let mut read = t.journal.read().await.expect("it begins");
        let before = STATEMENTS.load(Ordering::SeqCst);
        let contacts = list(&mut read, &filter).await.expect("it reads");
        assert_eq!(i64::try_from(contacts.len()).expect("few"), rows);
        counts.push(STATEMENTS.load(Ordering::SeqCst) - before);
    }
    assert_eq!(counts, [1, 1, 1], "statements at 10, 100 and 1,000 rows");
}
