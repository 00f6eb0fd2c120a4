//! The only SQL that reads outages as rows.

use jiff::Timestamp;
use journal::{Id, Private, from_moment, to_moment};
use sqlx::{AnyConnection, Row, any::AnyRow};

use crate::outage::rules::State;

/// A statement that asks for what a row is read from.
macro_rules! select {
    ($rest:expr) => {
        concat!(
            "select id, seq, last_seq, system, began_at, ended_at, callers, source, state from outage ",
            $rest
        )
    };
}

const LIST: &str = select!(
    "where ($1 = '' or state = $1) and ($2 = '' or system = $2) and (began_at, seq) < ($3, $4)
    order by began_at desc, seq desc limit $5"
);
const ONE: &str = select!("where id = $1");
const OPEN: &str = select!("where state = 'open' order by began_at, seq");
const BETWEEN: &str = select!(
    "where state <> 'taken_back' and began_at <= $2 and coalesce(ended_at, $2) >= $1 order by began_at, seq"
);
const OPEN_COUNT: &str = "select count(*) from outage where state = 'open'";

/// Every statement, for the test that prepares them on both engines.
pub const STATEMENTS: [&str; 5] = [LIST, ONE, OPEN, BETWEEN, OPEN_COUNT];

/// An outage as a row has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Its identity.
    pub id: Id,
    /// The entry that began it.
    pub seq: i64,
    /// Its last entry.
    pub last_seq: i64,
    /// A key of `definitions/outage.toml`.
    pub system: String,
    /// When it began.
    pub began_at: Timestamp,
    /// When it was back; nothing while it is down.
    pub ended_at: Option<Timestamp>,
    /// What callers are told; empty where nothing was agreed.
    pub callers: String,
    /// Who says so.
    pub source: Private<String>,
    /// Where it stands.
    pub state: State,
}

/// Which outages a list shows; what is empty does not narrow it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filter {
    /// Where they stand.
    pub state: Option<State>,
    /// A key of a system.
    pub system: String,
    /// Only what began before this moment, or at it with an earlier entry: the place in the list.
    pub before: Option<(Timestamp, i64)>,
    /// At most so many.
    pub limit: i64,
}

/// The outages that `filter` means, the latest first; one statement.
pub async fn list(conn: &mut AnyConnection, filter: &Filter) -> Result<Vec<Listed>, sqlx::Error> {
    let (before, seq) = filter.before.map_or(("~".to_owned(), 0), |(at, seq)| (to_moment(at), seq));
    let rows = sqlx::query(LIST)
        .bind(filter.state.map_or("", State::as_str))
        .bind(&filter.system)
        .bind(before)
        .bind(seq)
        .bind(filter.limit)
        .fetch_all(conn)
        .await?;
    rows.iter().map(read).collect()
}

/// One outage; nothing where there is none.
pub async fn one(conn: &mut AnyConnection, id: &Id) -> Result<Option<Listed>, sqlx::Error> {
    sqlx::query(ONE).bind(id.as_str()).fetch_optional(conn).await?.as_ref().map(read).transpose()
}

/// What is down now, the longest first; one statement.
pub async fn open(conn: &mut AnyConnection) -> Result<Vec<Listed>, sqlx::Error> {
    sqlx::query(OPEN).fetch_all(conn).await?.iter().map(read).collect()
}

/// What was down between two moments, for some of the time at least, the longest ago first; one statement.
pub async fn between(
    conn: &mut AnyConnection,
    from: Timestamp,
    until: Timestamp,
) -> Result<Vec<Listed>, sqlx::Error> {
    let rows = sqlx::query(BETWEEN).bind(to_moment(from)).bind(to_moment(until)).fetch_all(conn).await?;
    rows.iter().map(read).collect()
}

/// How many systems are down now.
pub async fn open_count(conn: &mut AnyConnection) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar(OPEN_COUNT).fetch_one(conn).await
}

fn read(row: &AnyRow) -> Result<Listed, sqlx::Error> {
    let (id, state): (String, String) = (row.try_get(0)?, row.try_get(8)?);
    let ended_at: Option<String> = row.try_get(5)?;
    let damaged = || sqlx::Error::Decode(format!("outage {id}: {state:?} is no state of it").into());
    Ok(Listed {
        id: Id::of_row(&id)?,
        seq: row.try_get(1)?,
        last_seq: row.try_get(2)?,
        system: row.try_get(3)?,
        began_at: from_moment(row.try_get(4)?)?,
        ended_at: ended_at.as_deref().map(from_moment).transpose()?,
        callers: row.try_get(6)?,
        source: row.try_get::<Option<String>, _>(7)?.map_or(Private::Erased, Private::Known),
        state: State::of(&state).ok_or_else(damaged)?,
    })
}
