//! Every statement of the room on both engines, and lists that ask the same number whatever their length.

#[expect(dead_code, reason = "these tests use some of the hands")]
mod common;

use std::sync::atomic::{AtomicUsize, Ordering};

use common::{actor, date, inspect, moment, recommend};
use journal::{Id, Journal, act, testing::engines};
use round::{
    group::{self, rows::Groups, rules::Details},
    meeting::{self, rows::Meetings},
    month::{
        self, asked_for,
        rows::{Rounds, Which},
        rules::{Ask, Command, Known},
    },
    workday::rules::Calendar,
};

#[tokio::test]
async fn every_statement_prepares_on_both_engines() {
    let all: Vec<&str> =
        [&group::rows::STATEMENTS[..], &meeting::rows::STATEMENTS, &month::rows::STATEMENTS].concat();
    journal::testing::prepare_all(&all).await;
}

/// How many statements the driver has told of.
static STATEMENTS: AtomicUsize = AtomicUsize::new(0);

/// Counts the statements that the database driver tells of as it runs them.
struct Counting;

impl tracing::Subscriber for Counting {
    fn enabled(&self, metadata: &tracing::Metadata<'_>) -> bool {
        metadata.target() == "sqlx::query"
    }
    fn new_span(&self, _: &tracing::span::Attributes<'_>) -> tracing::span::Id {
        tracing::span::Id::from_u64(1)
    }
    fn record(&self, _: &tracing::span::Id, _: &tracing::span::Record<'_>) {}
    fn record_follows_from(&self, _: &tracing::span::Id, _: &tracing::span::Id) {}
    fn event(&self, _: &tracing::Event<'_>) {
        STATEMENTS.fetch_add(1, Ordering::SeqCst);
    }
    fn enter(&self, _: &tracing::span::Id) {}
    fn exit(&self, _: &tracing::span::Id) {}
}

/// A group with so many rounds, each of its own meeting and with so many requests.
async fn fill(journal: &Journal, rounds: usize, requests: usize) {
    let now = moment(date("2024-02-12"), 9, 0);
    let mut tx = journal.begin().await.expect("it begins");
    let inspection = inspect(&mut tx, now).await;
    let mut recommendations = Vec::new();
    for number in 0..requests {
        recommendations.push(recommend(&mut tx, now, &inspection, &number.to_string(), "Owner").await);
    }
    let of = Id::new(now);
    let known = group::rows::known(&mut tx, &of, date("2024-02-12")).await.expect("sql");
    let details = Details {
        name: "Tactical Group".into(),
        kind: "tactical".into(),
        cadence: "none".into(),
        ..Details::default()
    };
    act::<Groups>(&mut tx, &actor(), now, &of, &known, group::rules::Command::Form(details))
        .await
        .expect("sql")
        .expect("it is formed");
    let calendar = Calendar::scotland();
    for number in 0..rounds {
        let id = Id::new(now);
        let after = u32::try_from(number).expect("it fits") + 20;
        let on = calendar.working_days_after(date("2024-02-12"), after).expect("a covered year");
        let known = meeting::rows::known(&mut tx, Some(&of), &id, date("2024-02-12")).await.expect("sql");
        let call = meeting::rules::Command::Call {
            group: Some(of.clone()),
            on: on.to_string(),
            place: String::new(),
        };
        act::<Meetings>(&mut tx, &actor(), now, &id, &known, call).await.expect("sql").expect("it is called");
        let ask = |recommendation: &Id| Ask {
            recommendation: recommendation.clone(),
            post: "Owner".into(),
            escalate_to: "Chair".into(),
        };
        let known = Known {
            today: date("2024-02-12"),
            calendar,
            meeting: meeting::rows::one(&mut tx, &id).await.expect("sql"),
            is_taken: false,
            seen: recommendations.iter().map(|id| (id.clone(), month::rules::Seen::default())).collect(),
        };
        let asks = recommendations.iter().map(ask).collect();
        let open = Command::Open { meeting: Some(id), due_on: String::new(), asks };
        act::<Rounds>(&mut tx, &actor(), now, &Id::new(now), &known, open)
            .await
            .expect("sql")
            .expect("it is opened");
    }
    tx.commit().await.expect("it is committed");
}

#[tokio::test]
async fn lists_ask_the_same_number_of_statements_whatever_their_length() {
    tracing::subscriber::set_global_default(Counting).expect("set once");
    let mut counts = Vec::new();
    for (rounds, requests) in [(1, 3), (5, 30), (20, 100)] {
        let t = engines().await.remove(0);
        fill(&t.journal, rounds, requests).await;
        let mut read = t.journal.read().await.expect("it begins");
        let before = STATEMENTS.load(Ordering::SeqCst);
        let mut found = month::rows::found(&mut read, Which::default()).await.expect("sql");
        month::rows::fill(&mut read, &mut found).await.expect("sql");
        assert!(found.len() == rounds && found.iter().all(|kept| kept.round.requests.len() == requests));
        let listed = STATEMENTS.load(Ordering::SeqCst);
        assert_eq!(asked_for(&mut read).await.expect("sql").len(), rounds * requests);
        let asked = STATEMENTS.load(Ordering::SeqCst);
        let groups = group::rows::all(&mut read).await.expect("sql");
        let meetings = meeting::rows::all(&mut read).await.expect("sql");
        assert_eq!((groups.len(), meetings.len()), (1, rounds));
        counts.push([listed - before, asked - listed, STATEMENTS.load(Ordering::SeqCst) - asked]);
    }
    assert!(counts.iter().all(|count| *count == counts[0]), "{counts:?}");
    assert_eq!(
        (counts[0][0], counts[0][2]),
        (3, 3),
        "rounds, requests and what was told; groups, members, meetings"
    );
}
