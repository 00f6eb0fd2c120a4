//! The only SQL about promises: a column of their incident’s row for its clock, and a row each for the list of what is
//! to be kept.

use jiff::Timestamp;
use journal::{Entry, Id, Noun, Refusal, Tx, from_moment, reference, to_moment};
use sqlx::{AnyConnection, Row, any::AnyRow};

use super::rules::{self, Command, Fact, Promises as State};
use crate::{
    after::After,
    incident::rows::{bare_words, json},
    standing::Known,
};

const SAVE: &str = "update incident set promise_state = $1 where id = $2";
const SAVE_ONE: &str = "insert into promise (incident, number, kind, due_at, made_at, is_open)
    values ($1, $2, $3, $4, $5, $6)
    on conflict (incident, number) do update set is_open = excluded.is_open";
const TO_KEEP: &str =
    "select p.incident, p.number, p.kind, p.due_at, p.made_at, i.seq, i.summary, i.unit, i.closed_at
    from promise p join incident i on i.id = p.incident
    where p.is_open = 1 and ($1 = '' or i.unit = $1) and (p.due_at, p.incident, p.number) > ($2, $3, $4)
    order by p.due_at, p.incident, p.number limit $5";
const COUNTS: &str = "select count(*), count(case when p.due_at <= $1 then 1 end)
    from promise p join incident i on i.id = p.incident where p.is_open = 1 and ($2 = '' or i.unit = $2)";

/// Every statement, for the test that prepares them on both engines.
pub const STATEMENTS: [&str; 4] = [SAVE, SAVE_ONE, TO_KEEP, COUNTS];

/// The promises of an incident as a noun.
pub struct Promises;

impl Noun for Promises {
    type State = State;
    type Command = Command;
    type Fact = Fact;
    type Known = Known;

    fn decide(known: &Known, was: Option<&State>, command: Command) -> Result<Fact, Refusal> {
        rules::decide(known, was, command)
    }

    fn apply(was: Option<State>, fact: &Fact) -> State {
        rules::apply(was, fact)
    }

    async fn save(tx: &mut Tx, _: &Entry, id: &Id, state: &State) -> Result<(), sqlx::Error> {
        sqlx::query(SAVE).bind(json(id, &bare(state.clone()))?).bind(id.as_str()).execute(&mut **tx).await?;
        for (number, promise) in (0_i64..).zip(&state.0) {
            sqlx::query(SAVE_ONE)
                .bind(id.as_str())
                .bind(number)
                .bind(&promise.kind)
                .bind(to_moment(promise.due_at))
                .bind(to_moment(promise.made_at))
                .bind(i64::from(promise.ended.is_none()))
                .execute(&mut **tx)
                .await?;
        }
        Ok(())
    }
}

/// Promises without their words: they are read from the journal, where they can be erased.
fn bare(mut promises: State) -> State {
    for promise in &mut promises.0 {
        bare_words(&mut promise.words);
    }
    promises
}

/// A promise that is to be kept, in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToKeep {
    /// The incident.
    pub incident: Id,
    /// Its place among those of the incident.
    pub number: i64,
    /// A key of `codes::promises()`.
    pub kind: String,
    /// By when.
    pub due_at: Timestamp,
    /// When it was made.
    pub made_at: Timestamp,
    /// What the incident is called on the telephone.
    pub reference: String,
    /// Its opening account; empty where there is none or it was erased.
    pub summary: String,
    /// Whose it is.
    pub unit: String,
    /// Whether it is closed: the promise outlives that.
    pub is_closed: bool,
}

/// What is to be kept of one unit's incidents, or of all, the first due first; one statement.
pub async fn to_keep(
    conn: &mut AnyConnection,
    unit: &str,
    after: Option<&After>,
    limit: i64,
) -> Result<Vec<ToKeep>, sqlx::Error> {
    let rows = sqlx::query(TO_KEEP)
        .bind(unit)
        .bind(after.map_or_else(String::new, |after| to_moment(after.at)))
        .bind(after.map_or("", |after| after.incident.as_str()))
        .bind(after.map_or(0, |after| after.number))
        .bind(limit)
        .fetch_all(conn)
        .await?;
    rows.iter().map(read).collect()
}

/// How many are to be kept, and how many of them are broken by now.
pub async fn counts(conn: &mut AnyConnection, unit: &str, now: Timestamp) -> Result<(i64, i64), sqlx::Error> {
    let row =
        sqlx::query(COUNTS).bind(to_moment(rules::broken_until(now))).bind(unit).fetch_one(conn).await?;
    Ok((row.try_get(0)?, row.try_get(1)?))
}

fn read(row: &AnyRow) -> Result<ToKeep, sqlx::Error> {
    let id: String = row.try_get(0)?;
    let moment =
        |index: usize| -> Result<Timestamp, sqlx::Error> { from_moment(&row.try_get::<String, _>(index)?) };
    Ok(ToKeep {
        incident: Id::of_row(&id)?,
        number: row.try_get(1)?,
        kind: row.try_get(2)?,
        due_at: moment(3)?,
        made_at: moment(4)?,
        reference: reference('I', row.try_get(5)?),
        summary: row.try_get::<Option<String>, _>(6)?.unwrap_or_default(),
        unit: row.try_get::<Option<String>, _>(7)?.unwrap_or_default(),
        is_closed: row.try_get::<Option<String>, _>(8)?.is_some(),
    })
}
