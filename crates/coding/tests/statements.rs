//! The list of weeks, a sample and its population ask a fixed number of statements, whatever the rows (HOUSE 5).

mod common;

use std::sync::atomic::{AtomicUsize, Ordering};

use coding::sample::{
    rows::{by_week, cells, draw, items, list, population},
    week::Week,
};
use common::{WEEK, minutes_past_noon, now, week, who};
use journal::Id;
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

#[tokio::test]
async fn a_page_is_a_fixed_number_of_statements_for_few_and_for_many_contacts() {
    tracing::subscriber::set_global_default(tracing_subscriber::registry().with(Counting)).expect("set once");
    minutes_past_noon(0);
    let drawn = Week::read(WEEK).expect("a week");
    let mut counts = Vec::new();
    for contacts in [1, 10, 60] {
        let t = journal::testing::engines().await.remove(0);
        week(&t.journal, "an advisor", contacts, 0).await;
        let mut tx = t.journal.begin().await.expect("a command begins");
        let id = Id::new(now());
        let stored = draw(&mut tx, &who("an analyst"), now(), &id, (drawn, "8d1f".to_owned())).await;
        stored.expect("sql").expect("it is drawn");
        tx.commit().await.expect("it is committed");
        let mut read = t.journal.read().await.expect("it begins");
        let before = STATEMENTS.load(Ordering::SeqCst);
        let listed = by_week(&mut read, drawn).await.expect("sql").expect("it is there");
        let many = usize::try_from(contacts).expect("few");
        assert_eq!(items(&mut read, &id).await.expect("sql").len(), many.min(40));
        assert_eq!(population(&mut read, drawn, listed.entry).await.expect("sql").len(), many);
        assert_eq!(list(&mut read, None, 27).await.expect("sql").len(), 1);
        assert!(cells(&mut read, drawn, drawn).await.expect("sql").is_empty());
        counts.push(STATEMENTS.load(Ordering::SeqCst) - before);
    }
    assert_eq!(counts, [5, 5, 5], "statements for 1, 10 and 60 contacts");
}
