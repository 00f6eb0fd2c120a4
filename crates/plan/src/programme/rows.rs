//! The only SQL about programmes of change. Span rows.

use jiff::civil::Date;
use journal::{Entry, Id, Noun, OPEN_END, Refusal, Tx};
use serde::Serialize;
use sqlx::{AnyConnection, Row, any::AnyRow};

use super::rules::{self, Command, Ended, Fact, Known, Programme, plain};
use crate::part::Part;

const CLOSE: &str = "update programme set until_seq = $1 where id = $2 and until_seq = $3";
const INSERT: &str = "insert into programme
    (id, since_seq, until_seq, names, aliases, bodies, ended_on, ended_reason)
    values ($1, $2, $3, $4, $5, $6, $7, $8)";
const AS_AT: &str = "select id, names, aliases, bodies, ended_on, ended_reason from programme
    where since_seq <= $1 and until_seq > $1";
const ONE: &str = "select id, names, aliases, bodies, ended_on, ended_reason from programme
    where id = $1 and since_seq <= $2 and until_seq > $2";

/// Its rows in the register.
pub(crate) const PART: Part = Part {
    what: "programme",
    texts: &["id", "names", "aliases", "bodies", "ended_on", "ended_reason"],
    number: "since_seq",
    from: "programme where since_seq <= $1 and until_seq > $1",
    subject: "id",
};

/// Every statement, for the test that prepares them on both engines.
pub const STATEMENTS: [&str; 4] = [CLOSE, INSERT, AS_AT, ONE];

/// The programme of change as a noun.
pub struct Programmes;

impl Noun for Programmes {
    type State = Programme;
    type Command = Command;
    type Fact = Fact;
    type Known = Known;

    fn decide(known: &Known, was: Option<&Programme>, command: Command) -> Result<Fact, Refusal> {
        rules::decide(known, was, command)
    }

    fn apply(was: Option<Programme>, fact: &Fact) -> Programme {
        rules::apply(was, fact)
    }

    async fn save(tx: &mut Tx, entry: &Entry, id: &Id, state: &Programme) -> Result<(), sqlx::Error> {
        sqlx::query(CLOSE).bind(entry.seq).bind(id.as_str()).bind(OPEN_END).execute(&mut **tx).await?;
        sqlx::query(INSERT)
            .bind(id.as_str())
            .bind(entry.seq)
            .bind(OPEN_END)
            .bind(json(id, &state.names)?)
            .bind(json(id, &state.aliases)?)
            .bind(json(id, &state.bodies)?)
            .bind(state.ended.as_ref().map(|ended| ended.on.to_string()))
            .bind(state.ended.as_ref().map_or("", |ended| &ended.reason))
            .execute(&mut **tx)
            .await?;
        Ok(())
    }
}

fn json<T: Serialize>(id: &Id, list: &[T]) -> Result<String, sqlx::Error> {
    serde_json::to_string(list)
        .map_err(|error| sqlx::Error::Encode(format!("programme {id}: {error}").into()))
}

/// Every programme as at position `seq`, by its latest name.
pub async fn all(conn: &mut AnyConnection, seq: i64) -> Result<Vec<(Id, Programme)>, sqlx::Error> {
    let rows = sqlx::query(AS_AT).bind(seq).fetch_all(conn).await?;
    let mut programmes: Vec<(Id, Programme)> = rows.iter().map(read).collect::<Result<_, _>>()?;
    sort(&mut programmes);
    Ok(programmes)
}

/// By the latest name.
pub(crate) fn sort(programmes: &mut [(Id, Programme)]) {
    programmes.sort_by_cached_key(|(id, programme)| (plain(programme.name()), id.clone()));
}

/// One programme as at position `seq`.
pub async fn one(conn: &mut AnyConnection, id: &Id, seq: i64) -> Result<Option<Programme>, sqlx::Error> {
    let row = sqlx::query(ONE).bind(id.as_str()).bind(seq).fetch_optional(conn).await?;
    Ok(row.as_ref().map(read).transpose()?.map(|(_, programme)| programme))
}

/// What the rule has to know about the others.
pub async fn known(conn: &mut AnyConnection, but: &Id, today: Date) -> Result<Known, sqlx::Error> {
    let others = all(conn, OPEN_END - 1).await?.into_iter().filter(|(id, _)| id != but);
    Ok(Known { today, others: others.map(|(_, programme)| programme).collect() })
}

/// What a row of [`PART`] says.
pub(crate) fn read(row: &AnyRow) -> Result<(Id, Programme), sqlx::Error> {
    let id: String = row.try_get(0)?;
    let damaged = |what: &str| sqlx::Error::Decode(format!("programme {id}: {what:?} is damaged").into());
    let (names, aliases, bodies): (String, String, String) =
        (row.try_get(1)?, row.try_get(2)?, row.try_get(3)?);
    let ended_on: Option<String> = row.try_get(4)?;
    let reason: String = row.try_get(5)?;
    let ended_on = ended_on.map(|on| on.parse().map_err(|_| damaged(&on))).transpose()?;
    let programme = Programme {
        names: serde_json::from_str(&names).map_err(|_| damaged(&names))?,
        aliases: serde_json::from_str(&aliases).map_err(|_| damaged(&aliases))?,
        bodies: serde_json::from_str(&bodies).map_err(|_| damaged(&bodies))?,
        ended: ended_on.map(|on| Ended { on, reason }),
    };
    if programme.names.is_empty() {
        return Err(damaged("no name"));
    }
    Ok((Id::read(&id).ok_or_else(|| damaged("identity"))?, programme))
}
