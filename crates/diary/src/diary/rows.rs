//! The only SQL about diaries: a row each, with its state.

use journal::{Entry, Id, Noun, Refusal, Tx};
use sqlx::{AnyConnection, Row, any::AnyRow};

use super::rules::{self, Command, Diary, Fact, Known};

const SAVE: &str = "insert into diary (id, seq, unit, station, state) values ($1, $2, $3, $4, $5)
    on conflict (id) do update set unit = excluded.unit, station = excluded.station, state = excluded.state";
const ONE: &str = "select id, state from diary where id = $1";
const OF_UNIT: &str = "select id, state from diary where $1 = '' or unit = $1 order by unit, station, id";
const TAKEN: &str = "select count(*) from diary where unit = $1 and lower(station) = lower($2)";

/// Every statement, for the test that prepares them on both engines.
pub const STATEMENTS: [&str; 4] = [SAVE, ONE, OF_UNIT, TAKEN];

/// Diaries as a noun.
pub struct Diaries;

impl Noun for Diaries {
    type State = Diary;
    type Command = Command;
    type Fact = Fact;
    type Known = Known;

    fn decide(known: &Known, was: Option<&Diary>, command: Command) -> Result<Fact, Refusal> {
        rules::decide(known, was, command)
    }

    fn apply(was: Option<Diary>, fact: &Fact) -> Diary {
        rules::apply(was, fact)
    }

    async fn save(tx: &mut Tx, entry: &Entry, id: &Id, state: &Diary) -> Result<(), sqlx::Error> {
        let text = serde_json::to_string(state)
            .map_err(|error| sqlx::Error::Encode(format!("diary {id}: {error}").into()))?;
        sqlx::query(SAVE)
            .bind(id.as_str())
            .bind(entry.seq)
            .bind(&state.unit)
            .bind(&state.station)
            .bind(text)
            .execute(&mut **tx)
            .await?;
        Ok(())
    }
}

/// One diary; nothing where there is none.
pub async fn one(conn: &mut AnyConnection, id: &Id) -> Result<Option<Diary>, sqlx::Error> {
    let row = sqlx::query(ONE).bind(id.as_str()).fetch_optional(conn).await?;
    Ok(row.as_ref().map(read).transpose()?.map(|(_, diary)| diary))
}

/// The diaries of a unit, or of all of them where it is empty, by station.
pub async fn of_unit(conn: &mut AnyConnection, unit: &str) -> Result<Vec<(Id, Diary)>, sqlx::Error> {
    sqlx::query(OF_UNIT).bind(unit).fetch_all(conn).await?.iter().map(read).collect()
}

/// Whether a division has a diary of that station.
pub async fn is_taken(conn: &mut AnyConnection, unit: &str, station: &str) -> Result<bool, sqlx::Error> {
    let count: i64 = sqlx::query_scalar(TAKEN).bind(unit.trim()).bind(station.trim()).fetch_one(conn).await?;
    Ok(count > 0)
}

fn read(row: &AnyRow) -> Result<(Id, Diary), sqlx::Error> {
    let (id, state): (String, String) = (row.try_get(0)?, row.try_get(1)?);
    let damaged = |what: &str| sqlx::Error::Decode(format!("diary {id:?}: {what}").into());
    let diary = serde_json::from_str(&state).map_err(|error| damaged(&error.to_string()))?;
    let id = Id::read(&id).ok_or_else(|| damaged("it has no identity"))?;
    Ok((id, diary))
}
