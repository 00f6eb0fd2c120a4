//! A page of the list, the counts, and the referrals of an incident ask one statement each, whatever the rows (HOUSE 5).

use std::sync::atomic::{AtomicUsize, Ordering};

use jiff::Timestamp;
use journal::{Actor, Id, Journal};
use partner::referral::{
    counts::rows::{lines, replies},
    list::rows::{Filter, list, of_incident},
    rows::{change, send},
    rules::{Command, Consent},
    sending::Sending,
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

/// Sends some more, each accepted and given back; the first ten of one incident, the others of one each.
async fn fill(journal: &Journal, incident: &Id, from: usize, to: usize) {
    let who = Actor { who: "tester".into(), role: "service_advisor".into(), task: "Fill".into() };
    let mut tx = journal.begin().await.expect("it begins");
    for number in from..to {
        let id = Id::new(now());
        let other = Id::new(now());
        let sending = Sending {
            preferences: Vec::new(),
            incident: if number < 10 { incident.clone() } else { other },
            agency: "housing_advice".into(),
            kind: "general".into(),
            division: "D".into(),
            consent: Some(Consent::Given { by: "the_person".into(), way: "spoken".into() }),
            age: None,
            person: String::new(),
            reach: String::new(),
            summary: "Nowhere to stay".into(),
            answers: Vec::new(),
        };
        send(&mut tx, &who, now(), &id, sending).await.expect("sql").expect("it is sent");
        let accept = Command::Accept { at: None, by: "R. Baird".into(), words: String::new() };
        let back = Command::BounceBack { reason: "risk_rose".into(), words: String::new() };
        for command in [accept, back] {
            change(&mut tx, &who, now(), &id, None, command).await.expect("sql").expect("it happens");
        }
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
        let filter = Filter::default();
        assert_eq!(list(&mut read, &filter, now()).await.expect("it reads").len(), rows);
        assert_eq!(of_incident(&mut read, &incident).await.expect("it reads").len(), 10);
        assert_eq!(lines(&mut read, &filter, now()).await.expect("it reads").len(), 1);
        assert_eq!(replies(&mut read, &filter).await.expect("it reads").len(), rows);
        counts.push(STATEMENTS.load(Ordering::SeqCst) - before);
    }
    assert_eq!(counts, [4, 4, 4], "statements at 10, 100 and 1,000 rows");
}
