//! The only SQL that saves outages; reading them is in `list/rows.rs`.

use jiff::Timestamp;
use journal::{Actor, Entry, Id, Noun, Refusal, Tx, act, from_moment, to_moment};
use sqlx::{AnyConnection, Row};

pub use super::list::rows::{Filter, Listed, list, one, open, open_count};
use super::rules::{self, Command, Fact, Known, Outage};

const SAVE: &str = "insert into outage
    (id, seq, last_seq, system, began_at, ended_at, callers, source, state)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (id) do update set
    last_seq = excluded.last_seq, system = excluded.system, began_at = excluded.began_at,
    ended_at = excluded.ended_at, callers = excluded.callers, source = excluded.source, state = excluded.state";
const OTHERS: &str = "select began_at, ended_at from outage
    where system = $1 and id <> $2 and state <> 'taken_back' order by began_at, seq";

/// Every statement, for the test that prepares them on both engines.
pub const STATEMENTS: [&str; 2] = [SAVE, OTHERS];

/// What every change gives: its entry, or the refusal, or the database’s error.
pub type Stored = Result<Result<Entry, Refusal>, sqlx::Error>;

/// The outage as a noun.
pub struct Outages;

impl Noun for Outages {
    type State = Outage;
    type Command = Command;
    type Fact = Fact;
    type Known = Known;

    fn decide(known: &Known, was: Option<&Outage>, command: Command) -> Result<Fact, Refusal> {
        rules::decide(known, was, command)
    }

    fn apply(was: Option<Outage>, fact: &Fact) -> Outage {
        rules::apply(was, fact)
    }

    async fn save(tx: &mut Tx, entry: &Entry, id: &Id, state: &Outage) -> Result<(), sqlx::Error> {
        sqlx::query(SAVE)
            .bind(id.as_str())
            .bind(entry.seq)
            .bind(entry.seq)
            .bind(&state.told.system)
            .bind(to_moment(state.told.began_at))
            .bind(state.told.ended_at.map(to_moment))
            .bind(&state.told.callers)
            .bind(state.source.known())
            .bind(state.state().as_str())
            .execute(&mut **tx)
            .await
            .map(drop)
    }
}

/// Says something of an outage, in the transaction it is given.
pub async fn change(tx: &mut Tx, who: &Actor, now: Timestamp, id: &Id, command: Command) -> Stored {
    let others = match &command {
        Command::Begin { told, .. } | Command::Correct { told, .. } => {
            others(tx, told.system.trim(), id).await?
        }
        Command::End { .. } | Command::TakeBack { .. } => Vec::new(),
    };
    act::<Outages>(tx, who, now, id, &Known { now, others }, command).await
}

/// From when until when a system was down, by the other records of it.
async fn others(
    conn: &mut AnyConnection,
    system: &str,
    but: &Id,
) -> Result<Vec<(Timestamp, Option<Timestamp>)>, sqlx::Error> {
    let rows = sqlx::query(OTHERS).bind(system).bind(but.as_str()).fetch_all(conn).await?;
    let read = |row: &sqlx::any::AnyRow| {
        let ended_at: Option<String> = row.try_get(1)?;
        Ok((from_moment(row.try_get(0)?)?, ended_at.as_deref().map(from_moment).transpose()?))
    };
    rows.iter().map(read).collect()
}

/// Whether another has just said that the same system is down: only then is an outage’s row refused by the database.
pub fn is_taken(error: &sqlx::Error) -> bool {
    error.as_database_error().is_some_and(sqlx::error::DatabaseError::is_unique_violation)
}
