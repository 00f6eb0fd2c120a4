//! A list page has a fixed number of statements, whatever its rows (HOUSE 5).

use std::sync::atomic::{AtomicUsize, Ordering};

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{Request, header},
    middleware::from_fn_with_state,
};
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
use tower::ServiceExt;
use tracing_subscriber::{Layer, layer::SubscriberExt};
use users::{Role, account::Opening};
use web::Site;

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

/// The tests here count what the driver tells of to everybody, so they go one after the other.
static ONE_AT_A_TIME: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());

fn count_statements() {
    static COUNTING: std::sync::Once = std::sync::Once::new();
    COUNTING.call_once(|| {
        let subscriber = tracing_subscriber::registry().with(Counting);
        tracing::subscriber::set_global_default(subscriber).expect("nobody else sets it");
    });
}

/// The register's page, as a browser asks for it, and how many statements it needed.
async fn page(app: &Router, token: &str, address: &str) -> (String, usize) {
    let request = Request::get(address)
        .header(header::AUTHORIZATION, format!("Bearer {token}"))
        .header(header::ACCEPT, "text/html");
    let before = STATEMENTS.load(Ordering::SeqCst);
    let response = app.clone().oneshot(request.body(Body::empty()).expect("it is a request")).await;
    let body = to_bytes(response.expect("it answers").into_body(), 1 << 22).await.expect("it has a body");
    let needed = STATEMENTS.load(Ordering::SeqCst) - before;
    (String::from_utf8(body.to_vec()).expect("it is text"), needed)
}

#[tokio::test]
async fn the_register_page_with_its_findings_asks_at_most_five_statements_whatever_its_size() {
    let _turn = ONE_AT_A_TIME.lock().await;
    count_statements();
    let t = journal::testing::engines().await.remove(0);
    let now = || Timestamp::from_second(1_700_000_000).expect("a moment");
    let site = Site { journal: t.journal.clone(), clock: now };
    let app = plan::routes().layer(from_fn_with_state(site.clone(), users::let_in)).with_state(site);
    let role = Role::of("audit_manager").expect("the file has the role");
    let who = Actor { who: "tester".into(), role: "administrator".into(), task: "Fill".into() };
    let opening = Opening { name: "Mòrag Bàn", sign_in: "morag", role, password: "correct horse battery" };
    users::account::open_account(&t.journal, &who, now(), opening).await.expect("it is opened");
    let token = users::account::token_for_role(&t.journal, now(), role).await.expect("it is issued");
    let inspection = Id::new(Timestamp::UNIX_EPOCH);
    // Every reader is opened now: each prepares itself with statements of its own, once.
    let mut readers = Vec::new();
    for _ in 0..8 {
        readers.push(t.journal.read().await.expect("it begins"));
    }
    drop(readers);
    let mut from = 0;
    for rows in [10, 100, 1_000] {
        fill(&t.journal, from, rows, &inspection).await;
        from = rows;
        // The first page of all reads the register, those after a change follow it, and both check it; as at an
        // entry or a day it is read whole.
        let (_, first) = page(&app, &token, "/recommendations").await;
        let (body, needed) = page(&app, &token, "/recommendations").await;
        assert!(body.contains("/check?severity=warning"), "the findings are not there: {body}");
        let (_, at_entry) = page(&app, &token, "/recommendations?as_at=7").await;
        let (_, on_day) = page(&app, &token, "/recommendations?as_at=2023-11-13").await;
        assert_eq!([first, needed, at_entry, on_day], [5, 3, 4, 4], "at {rows}");
    }
}

#[tokio::test]
async fn the_register_asks_the_same_number_of_statements_for_10_100_and_1000_rows() {
    let _turn = ONE_AT_A_TIME.lock().await;
    count_statements();
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
    // The head, then one for the rows of every noun.
    assert_eq!(counts, [2, 2, 2], "statements at 10, 100 and 1,000 rows");
}
