//! The only SQL about where to look when an outage is told.

use jiff::Timestamp;
use journal::{Id, to_moment};
use sqlx::AnyConnection;

const KEEP_SAID: &str =
    "insert into measure_said_down (contact, at) values ($1, $2) on conflict (contact) do nothing";
const SAID_BETWEEN: &str =
    "select contact from measure_said_down where at >= $1 and at <= $2 order by contact";
const KEEP_OUTAGE: &str = "insert into measure_outage (outage, began_at, ended_at) values ($1, $2, $3)
    on conflict (outage) do update set began_at = excluded.began_at, ended_at = excluded.ended_at";
const AROUND: &str =
    "select outage from measure_outage where began_at <= $1 and ended_at >= $2 order by outage";

/// Every statement, for the test that prepares them on both engines.
pub const STATEMENTS: [&str; 4] = [KEEP_SAID, SAID_BETWEEN, KEEP_OUTAGE, AROUND];

/// After every moment: the end of what is still down.
const STILL: &str = "~";

fn end(at: Option<Timestamp>) -> String {
    at.map_or_else(|| STILL.to_owned(), to_moment)
}

/// Keeps that an advisor said of a contact that a system was down, and when the contact came.
pub async fn keep_said(conn: &mut AnyConnection, contact: &Id, came: Timestamp) -> Result<(), sqlx::Error> {
    sqlx::query(KEEP_SAID).bind(contact.as_str()).bind(to_moment(came)).execute(conn).await.map(drop)
}

/// The contacts that came between two moments and of which an advisor ever said so.
pub async fn said_between(
    conn: &mut AnyConnection,
    from: Timestamp,
    until: Option<Timestamp>,
) -> Result<Vec<Id>, sqlx::Error> {
    let found = sqlx::query_scalar(SAID_BETWEEN).bind(to_moment(from)).bind(end(until));
    read(&found.fetch_all(conn).await?)
}

/// Keeps from when until when an outage was ever said to be.
pub async fn keep_outage(
    conn: &mut AnyConnection,
    outage: &Id,
    (began, ended): (Timestamp, Option<Timestamp>),
) -> Result<(), sqlx::Error> {
    let keep = sqlx::query(KEEP_OUTAGE).bind(outage.as_str()).bind(to_moment(began)).bind(end(ended));
    keep.execute(conn).await.map(drop)
}

/// The outages that had begun at `at` and were not over before `since`.
pub async fn outages_around(
    conn: &mut AnyConnection,
    at: Timestamp,
    since: Timestamp,
) -> Result<Vec<Id>, sqlx::Error> {
    let found = sqlx::query_scalar(AROUND).bind(to_moment(at)).bind(to_moment(since));
    read(&found.fetch_all(conn).await?)
}

fn read(found: &[String]) -> Result<Vec<Id>, sqlx::Error> {
    found.iter().map(|id| Id::of_row(id)).collect()
}
