//! A page is so many statements, whatever the period (HOUSE 5), and five years of a whole force are soon there.

mod common;

use std::{
    sync::atomic::{AtomicUsize, Ordering},
    time::Instant,
};

use axum::http::StatusCode;
use common::Desk;
use jiff::{ToSpan, civil::Date};
use journal::Journal;
use tracing::field::{Field, Visit};
use tracing_subscriber::{Layer, layer::SubscriberExt};

/// How many statements the driver has told of.
static STATEMENTS: AtomicUsize = AtomicUsize::new(0);

/// Counts the statements that the database driver tells of as it runs them.
struct Counting;

impl<S: tracing::Subscriber> Layer<S> for Counting {
    fn on_event(&self, event: &tracing::Event<'_>, _: tracing_subscriber::layer::Context<'_, S>) {
        let mut asks = Asks(false);
        event.record(&mut asks);
        if event.metadata().target() == "sqlx::query" && asks.0 {
            STATEMENTS.fetch_add(1, Ordering::SeqCst);
        }
    }
}

/// Whether a statement asks for rows: what a new connection is told when it is opened does not.
struct Asks(bool);

impl Visit for Asks {
    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        if field.name() == "summary" {
            self.0 = format!("{value:?}").trim_start_matches('"').starts_with("select");
        }
    }
}

/// The statements of a page.
async fn statements(desk: &Desk, path: &str) -> usize {
    let before = STATEMENTS.load(Ordering::SeqCst);
    let (status, _) = desk.ask(path, "text/html").await;
    assert!(status == StatusCode::OK || status == StatusCode::NOT_FOUND, "{path}: {status}");
    // The driver tells of a statement when it has let go of it, which may be after the answer.
    tokio::time::sleep(std::time::Duration::from_millis(200)).await;
    STATEMENTS.load(Ordering::SeqCst) - before
}

/// Five years of a whole force in the sums: 14 divisions, ten reasons, every hour of the last half year.
async fn five_years(journal: &Journal) {
    let mut tx = journal.begin().await.expect("a command begins");
    let (mut day, last): (Date, Date) =
        ("2021-11-12".parse().expect("a day"), "2026-11-11".parse().expect("a day"));
    while day <= last {
        let days = "insert into measure_cube select 'failure_demand', 2, 1, $1, division.division, reason.reason,
            4, 9, 9
            from measure_test division, measure_test reason where reason.reason <> '' and division.division <> ''";
        sqlx::query(days).bind(day.to_string()).execute(&mut *tx).await.expect("sql");
        let by_day = "insert into measure_sum select 'day', 'failure_demand', 2, 1, $1, '', division.division, '', 40, 90, 90
            from measure_test division where division.division <> ''";
        sqlx::query(by_day).bind(day.to_string()).execute(&mut *tx).await.expect("sql");
        if day > last.saturating_sub(180.days()) {
            let hours = "insert into measure_sum
                select 'hour', 'failure_demand', 2, 1, $1, hour.hour, division.division, '', 1, 4, 4
                from measure_test division, measure_test hour where division.division <> ''";
            sqlx::query(hours).bind(day.to_string()).execute(&mut *tx).await.expect("sql");
        }
        day = day.saturating_add(1.day());
    }
    let months =
        "insert into measure_sum select 'month', measure, version, in_force, substr(day, 1, 7), '', division, reason,
        sum(numerator), sum(denominator), sum(contributions) from measure_cube
        group by measure, version, in_force, substr(day, 1, 7), division, reason";
    sqlx::query(months).execute(&mut *tx).await.expect("sql");
    tx.commit().await.expect("it is committed");
}

#[tokio::test]
async fn a_page_of_five_years_is_as_few_statements_as_one_of_a_week() {
    tracing::subscriber::set_global_default(tracing_subscriber::registry().with(Counting)).expect("set once");
    let t = journal::testing::engines().await.remove(0);
    let mut tx = t.journal.begin().await.expect("a command begins");
    let table = "create table measure_test (hour text, division text, reason text)";
    sqlx::query(table).execute(&mut *tx).await.expect("sql");
    for hour in 0_usize..24 {
        let division = "ABCDEFGJKLNPQU".chars().nth(hour);
        let reason = if hour < 10 { format!("F{:02}", hour + 1) } else { String::new() };
        let row = sqlx::query("insert into measure_test values ($1, $2, $3)").bind(format!("{hour:02}"));
        let row = row.bind(division.map_or_else(String::new, String::from)).bind(reason);
        row.execute(&mut *tx).await.expect("sql");
    }
    tx.commit().await.expect("it is committed");
    five_years(&t.journal).await;
    let desk = Desk::of(&t.journal).await;
    let signing_in = statements(&desk, "/measures/nothing").await;
    let week = "/measures/failure_demand?from=2026-11-05";
    for (path, most) in [
        (week, 4),
        ("/measures/failure_demand?from=2021-11-12", 4),
        ("/measures/failure_demand?from=2021-11-12&by=month&division=E&reason=F02", 4),
        // A measure that has several versions tells them side by side.
        ("/measures/appointments_kept?from=2021-11-12", 5),
        ("/measures/appointments_kept?from=2021-11-12&version=1", 5),
        // One whose records are times says where they lie.
        ("/measures/answer_wait?from=2026-11-05", 5),
        ("/measures/attention", 2),
        ("/measures/attention?by=month", 2),
        ("/measures/failure_demand/definition", 1),
    ] {
        assert_eq!(statements(&desk, path).await - signing_in, most, "{path}");
    }
    let page = desk.data("/measures/failure_demand?from=2021-11-12").await;
    assert_eq!(page["divisions"].as_array().map(Vec::len), Some(14));
    assert_eq!(page["whole"]["denominator"], 14 * 10 * 9 * 1826);
    let reasons = page["reasons"].as_array().expect("reasons");
    let counted: i64 = reasons.iter().filter_map(|one| one["denominator"].as_i64()).sum();
    assert_eq!((reasons.len(), counted), (10, 14 * 10 * 9 * 1826), "whole months and days add up");
    // Generous, since tests are not optimised and the machine is shared: it must not grow with what is not asked for.
    let began = Instant::now();
    desk.data("/measures/failure_demand?from=2021-11-12").await;
    assert!(began.elapsed().as_secs() < 5, "five years took {:?}", began.elapsed());
}
