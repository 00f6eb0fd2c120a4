//! A list page has a fixed number of statements, whatever its rows (HOUSE 5).

use std::sync::atomic::{AtomicUsize, Ordering};

use jiff::Timestamp;
use journal::{Actor, AsAt, Id, Journal, act};
use plan::{
    inspection::{
        rows::Inspections,
        rules::{Command as Register, Details, Known as Others},
    },
    recommendation::{
        rows::Recommendations,
        rules::{Command, Known, Printed},
    },
    register::rows::load,
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

async fn fill(journal: &Journal, from: usize, to: usize, inspection: &Id) {
    let who = Actor { who: "tester".into(), role: "audit_manager".into(), task: "Fill".into() };
    let now = Timestamp::from_second(1_700_000_000).expect("a moment");
    let mut tx = journal.begin().await.expect("it begins");
    if from == 0 {
        let details = Details {
            title: "Many".into(),
            kind: "audit".into(),
            published_on: "2022-08-31".into(),
            inspectorate: "HMICS".into(),
            addressees: "Caledonia Police".into(),
            ..Details::default()
        };
        let command = Register::Register(details);
        act::<Inspections>(&mut tx, &who, now, inspection, &Others::default(), command)
            .await
            .expect("the database answers")
            .expect("it is registered");
    }
    for number in from..to {
        let known = Known {
            today: "2023-11-14".parse().expect("a day"),
            taken: std::collections::BTreeMap::new(),
            successor: None,
        };
        let printed = Printed {
            inspection: Some(inspection.clone()),
            reference: number.to_string(),
            text: "Do it.".into(),
            ..Printed::default()
        };
        act::<Recommendations>(&mut tx, &who, now, &Id::new(now), &known, Command::Make(printed))
            .await
            .expect("the database answers")
            .expect("it is made");
    }
    tx.commit().await.expect("it is committed");
}

#[tokio::test]
async fn the_register_asks_the_same_number_of_statements_for_10_100_and_1000_rows() {
    tracing::subscriber::set_global_default(tracing_subscriber::registry().with(Counting)).expect("set once");
    let t = journal::testing::engines().await.remove(0);
    let inspection = Id::new(Timestamp::UNIX_EPOCH);
    let mut counts = Vec::new();
    let mut from = 0;
    for rows in [10, 100, 1_000] {
        fill(&t.journal, from, rows, &inspection).await;
        from = rows;
        let mut read = t.journal.read().await.expect("it begins");
        let before = STATEMENTS.load(Ordering::SeqCst);
        let register = load(&mut read, AsAt::Now, Timestamp::UNIX_EPOCH).await.expect("it loads");
        assert_eq!(register.items.len(), rows);
        counts.push(STATEMENTS.load(Ordering::SeqCst) - before);
    }
    // The head, then one for each of ten nouns, and the steps.
    assert_eq!(counts, [12, 12, 12], "statements at 10, 100 and 1,000 rows");
}
