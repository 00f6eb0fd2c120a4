//! The pages of the room as the binary serves them: what they are made of, at what cost, and what they refuse.

use std::{
    collections::BTreeMap,
    sync::atomic::{AtomicUsize, Ordering},
    time::Instant,
};

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{Request, StatusCode, header},
    middleware::{from_fn, from_fn_with_state},
};
use jiff::{Timestamp, ToSpan, civil::Date};
use journal::{Actor, Journal, OPEN_END, scotland};
use measure::{
    figure::rows::{Asked, NONE, Sum, as_at, by_division_and_day, by_hour_and_day, records},
    measures::KEYS,
    worker::catch_up,
};
use serde_json::Value;
use tower::ServiceExt;
use tracing_subscriber::{Layer, layer::SubscriberExt};
use users::Role;
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

fn now() -> Timestamp {
    "2026-11-11T20:00:00Z".parse().expect("a moment")
}

/// The site, and the token of an analyst who asks it.
struct Desk {
    app: Router,
    token: String,
}

impl Desk {
    async fn of(journal: &Journal) -> Self {
        let site = Site { journal: journal.clone(), clock: now };
        let app = measure::routes()
            .layer(from_fn_with_state(site.clone(), users::let_in))
            .layer(from_fn(web::render_problems))
            .with_state(site);
        let role = Role::of("analyst").expect("a role");
        let tester = Actor { who: "tester".into(), role: "administrator".into(), task: "Test".into() };
        let opening = users::account::Opening {
            name: "Mòrag Bàn",
            sign_in: "measures.analyst",
            role,
            password: "correct horse battery",
        };
        users::account::open_account(journal, &tester, now(), opening).await.expect("an account");
        let token = users::account::token_for_role(journal, now(), role).await.expect("a token");
        Self { app, token }
    }

    async fn ask(&self, path: &str, accept: &str) -> (StatusCode, Vec<u8>) {
        let request = Request::get(path)
            .header(header::AUTHORIZATION, format!("Bearer {}", self.token))
            .header(header::ACCEPT, accept)
            .body(Body::empty())
            .expect("a request");
        let answer = self.app.clone().oneshot(request).await.expect("an answer");
        let status = answer.status();
        (status, to_bytes(answer.into_body(), usize::MAX).await.expect("its body").to_vec())
    }

    async fn data(&self, path: &str) -> Value {
        let (status, body) = self.ask(path, "application/json").await;
        assert_eq!(status, StatusCode::OK, "{path}: {}", String::from_utf8_lossy(&body));
        serde_json::from_slice(&body).expect("data")
    }

    async fn statements(&self, path: &str) -> usize {
        let before = STATEMENTS.load(Ordering::SeqCst);
        let (status, _) = self.ask(path, "text/html").await;
        assert!(status == StatusCode::OK || status == StatusCode::NOT_FOUND, "{path}: {status}");
        STATEMENTS.load(Ordering::SeqCst) - before
    }
}

async fn worked(journal: &Journal) {
    let folder = tempfile::tempdir().expect("a folder");
    let password = || "correct horse battery".to_owned();
    force::demonstrate(journal, now(), 1, folder.path(), password, |_| {}).await.expect("it is made");
    force::many_contacts(journal, 7, 200, now(), |_| {}).await.expect("contacts are made");
    catch_up(journal).await.expect("it is counted");
}

fn asked(measure: &str, division: &str) -> Asked {
    Asked {
        measure: measure.to_owned(),
        from: "2025-10-01".parse().expect("a day"),
        until: "2026-11-11".parse().expect("a day"),
        division: division.to_owned(),
        reason: String::new(),
    }
}

fn in_all(sums: &[(String, Vec<Sum>)]) -> (i64, i64) {
    let all = sums.iter().flat_map(|(_, sums)| sums);
    all.fold((0, 0), |(n, d), sum| (n + sum.numerator, d + sum.denominator))
}

#[tokio::test]
async fn the_hours_and_the_divisions_of_a_measure_are_its_records() {
    for t in journal::testing::engines().await {
        worked(&t.journal).await;
        let mut read = t.journal.read().await.expect("a reading begins");
        for key in KEYS {
            for division in ["", "E", NONE] {
                let asked = asked(key, division);
                let (n, d, _) = as_at(&mut read, &asked, OPEN_END).await.expect("sql");
                let hours = by_hour_and_day(&mut read, &asked).await.expect("sql");
                assert_eq!(in_all(&hours), (n, d), "{key} by hour, in {division:?}");
                let divisions = by_division_and_day(&mut read, &asked).await.expect("sql");
                let letter = if division == NONE { "" } else { division };
                let own = |one: &(String, Vec<Sum>)| division.is_empty() || one.0 == letter;
                let own: Vec<_> = divisions.into_iter().filter(own).collect();
                assert_eq!(in_all(&own), (n, d), "{key} by division, in {division:?}");
            }
            let asked = asked(key, "");
            let mut expected: BTreeMap<(String, String), (i64, i64)> = BTreeMap::new();
            for one in records(&mut read, &asked, OPEN_END, None, 100_000).await.expect("sql") {
                let local = one.at.to_zoned(scotland());
                let cell = expected.entry((local.hour().to_string(), local.date().to_string())).or_default();
                *cell = (cell.0 + one.numerator, cell.1 + one.denominator);
            }
            let hours = by_hour_and_day(&mut read, &asked).await.expect("sql");
            let cell =
                |hour: &str, sum: &Sum| ((hour.to_owned(), sum.of.clone()), (sum.numerator, sum.denominator));
            let found: BTreeMap<_, _> =
                hours.iter().flat_map(|(hour, sums)| sums.iter().map(move |sum| cell(hour, sum))).collect();
            assert_eq!(found, expected, "{key}");
        }
    }
}

/// Five years of a whole force in the sums: 14 divisions, ten reasons, every hour of the last half year.
async fn five_years(journal: &Journal) {
    let mut tx = journal.begin().await.expect("a command begins");
    let (mut day, last): (Date, Date) =
        ("2021-11-12".parse().expect("a day"), "2026-11-11".parse().expect("a day"));
    while day <= last {
        let days = "insert into measure_cube select 'failure_demand', 1, $1, division.division, reason.reason,
            1 + length(division.division) * length(reason.reason), 9, 9
            from measure_test division, measure_test reason where reason.reason <> '' and division.division <> ''";
        sqlx::query(days).bind(day.to_string()).execute(&mut *tx).await.expect("sql");
        if day > last.saturating_sub(180.days()) {
            let hours = "insert into measure_hour select 'failure_demand', 1, $1, hour.hour, division.division, 1, 9, 9
                from measure_test division, measure_test hour where division.division <> ''";
            sqlx::query(hours).bind(day.to_string()).execute(&mut *tx).await.expect("sql");
        }
        day = day.saturating_add(1.day());
    }
    tx.commit().await.expect("it is committed");
}

#[tokio::test]
async fn a_page_of_five_years_is_as_few_statements_as_one_of_a_week() {
    tracing::subscriber::set_global_default(tracing_subscriber::registry().with(Counting)).expect("set once");
    let t = journal::testing::engines().await.remove(0);
    let mut tx = t.journal.begin().await.expect("a command begins");
    let table = "create table measure_test (hour integer, division text, reason text)";
    sqlx::query(table).execute(&mut *tx).await.expect("sql");
    for hour in 0_i64..24 {
        let division = "ABCDEFGJKLNPQU".chars().nth(usize::try_from(hour).expect("it fits"));
        let reason = if hour < 10 { format!("F{:02}", hour + 1) } else { String::new() };
        let row = sqlx::query("insert into measure_test values ($1, $2, $3)").bind(hour);
        let row = row.bind(division.map_or_else(String::new, String::from)).bind(reason);
        row.execute(&mut *tx).await.expect("sql");
    }
    tx.commit().await.expect("it is committed");
    five_years(&t.journal).await;
    let desk = Desk::of(&t.journal).await;
    let signing_in = desk.statements("/measures/nothing").await;
    let week = "/measures/failure_demand?from=2026-11-05";
    for (path, most) in [
        (week, 4),
        ("/measures/failure_demand?from=2021-11-12", 4),
        ("/measures/failure_demand?from=2021-11-12&by=month&division=E&reason=F02", 4),
        ("/measures/attention", 2),
        ("/measures/attention?by=month", 2),
        ("/measures/failure_demand/definition", 0),
    ] {
        let began = Instant::now();
        assert_eq!(desk.statements(path).await - signing_in, most, "{path}");
        eprintln!("{path}: {} ms", began.elapsed().as_millis());
    }
    let page = desk.data("/measures/failure_demand?from=2021-11-12").await;
    assert_eq!(page["divisions"].as_array().map(Vec::len), Some(14));
    assert_eq!(page["whole"]["denominator"], 14 * 10 * 9 * 1826);
    // Generous, since tests are not optimised and the machine is shared: it must not grow with what is not asked for.
    let began = Instant::now();
    desk.data("/measures/failure_demand?from=2021-11-12").await;
    assert!(began.elapsed().as_secs() < 5, "five years took {:?}", began.elapsed());
}

#[tokio::test]
async fn what_another_window_would_do_is_computed_from_the_contacts_of_the_period() {
    let t = journal::testing::engines().await.remove(0);
    worked(&t.journal).await;
    let desk = Desk::of(&t.journal).await;
    let page = desk.data("/measures/failure_demand/definition?from=2026-11-05&until=2026-11-11").await;
    let told = &page["sensitivity"];
    let figure = desk.data("/measures/failure_demand?from=2026-11-05&until=2026-11-11").await;
    assert!(told["contacts"].as_u64().expect("a number") > 20, "{told}");
    assert_eq!(told["is_cut"], false);
    assert_eq!(told["contacts"], figure["whole"]["denominator"], "it is counted from the same contacts");
    for change in told["changes"].as_array().expect("changes") {
        assert_eq!(change["failures"][1], figure["whole"]["numerator"], "as it is: {change}");
        let failures: Vec<u64> =
            change["failures"].as_array().expect("three").iter().filter_map(Value::as_u64).collect();
        assert!(
            failures[0] <= failures[1] && failures[1] <= failures[2],
            "a longer window finds no fewer: {change}"
        );
    }
    let year = desk.data("/measures/failure_demand/definition?from=2026-08-20&until=2026-11-11").await;
    assert!(year["sensitivity"]["issues"].as_u64().expect("a number") <= 300);
    let empty = desk.data("/measures/failure_demand/definition?from=2020-03-01&until=2020-03-07").await;
    assert_eq!(empty["sensitivity"]["contacts"], 0);
    assert!(desk.data("/measures/failure_demand/definition").await["sensitivity"].is_null());
}

#[tokio::test]
async fn what_cannot_be_shown_is_refused_and_what_is_empty_is_said_to_be() {
    let t = journal::testing::engines().await.remove(0);
    let desk = Desk::of(&t.journal).await;
    for (path, told) in [
        ("/measures/contacts?until=2199-01-01", "still to come"),
        ("/measures/contacts?division=YY", "no division"),
        ("/measures/attention?by=hour", "week or month"),
        ("/measures/attention.csv?by=day", "week or month"),
        ("/measures/failure_demand/definition?until=2199-01-01", "still to come"),
        ("/measures/failure_demand/definition?from=2025-01-01", "longer than 92 days"),
    ] {
        let (status, body) = desk.ask(path, "application/json").await;
        let body = String::from_utf8_lossy(&body).into_owned();
        assert!(status == StatusCode::UNPROCESSABLE_ENTITY && body.contains(told), "{path}: {status} {body}");
    }
    for (path, told) in [
        (
            "/measures/failure_demand?from=2021-02-01&until=2021-02-28&by=month",
            "Nothing was counted in this period.",
        ),
        ("/measures/failure_demand?from=2021-02-01&until=2021-02-28", "Too little to draw"),
        ("/measures/contacts?from=2026-10-01&until=2026-10-31&by=month", "25 October 2026 has 25 hours"),
        (
            "/measures/contacts?from=2026-10-01&until=2026-10-31&reason=web",
            "Hours are not kept by what is counted for",
        ),
        ("/measures/attention", "What needs attention"),
        (
            "/measures/failure_demand/definition?from=2026-11-01&until=2026-11-02",
            "Nothing was counted in this period.",
        ),
    ] {
        let (status, body) = desk.ask(path, "text/html").await;
        let body = String::from_utf8_lossy(&body).into_owned();
        assert!(status == StatusCode::OK && body.contains(told), "{path}: {status} {body}");
    }
    let (status, file) = desk.ask("/measures/attention.csv", "text/csv").await;
    let file = String::from_utf8(file).expect("text");
    assert_eq!((status, file.lines().count()), (StatusCode::OK, 1 + KEYS.len()));
    assert!(file.starts_with("\u{feff}Measure,Name,Value,Wanted,Change,Target"), "{file}");
}
