//! The only SQL about programmes of change. Span rows.

use std::sync::LazyLock;

use jiff::civil::Date;
use journal::{Entry, Id, Noun, OPEN_END, Refusal, Tx};
use serde::Serialize;
use sqlx::AnyConnection;

use super::rules::{self, Command, Ended, Fact, Known, Programme, plain};
use crate::part::{self, Cells, Part};

const CLOSE: &str = "update programme set until_seq = $1 where id = $2 and until_seq = $3";
const INSERT: &str = "insert into programme
    (id, since_seq, until_seq, names, aliases, bodies, ended_on, ended_reason)
    values ($1, $2, $3, $4, $5, $6, $7, $8)";
/// Its rows in the register.
pub(crate) const PART: Part = Part {
    what: "programme",
    texts: &["id", "names", "aliases", "bodies", "ended_on", "ended_reason"],
    number: "since_seq",
    from: "programme where since_seq <= $1 and until_seq > $1",
    subject: "id",
    is_together: false,
};

static ALL: LazyLock<String> = LazyLock::new(|| PART.alone(""));
static ONE: LazyLock<String> = LazyLock::new(|| PART.alone("id = $2"));

/// Every statement, for the test that prepares them on both engines.
pub fn statements() -> [&'static str; 4] {
    [CLOSE, INSERT, &ALL, &ONE]
}

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
    let mut programmes = part::all(conn, sqlx::query(ALL.as_str()).bind(seq), read).await?;
    sort(&mut programmes);
    Ok(programmes)
}

/// By the latest name.
pub(crate) fn sort(programmes: &mut [(Id, Programme)]) {
    programmes.sort_by_cached_key(|(id, programme)| (plain(programme.name()), id.clone()));
}

/// One programme as at position `seq`.
pub async fn one(conn: &mut AnyConnection, id: &Id, seq: i64) -> Result<Option<Programme>, sqlx::Error> {
    let query = sqlx::query(ONE.as_str()).bind(seq).bind(id.as_str());
    Ok(part::all(conn, query, read).await?.pop().map(|(_, programme)| programme))
}

/// What the rule has to know about the others.
pub async fn known(conn: &mut AnyConnection, but: &Id, today: Date) -> Result<Known, sqlx::Error> {
    let others = all(conn, OPEN_END - 1).await?.into_iter().filter(|(id, _)| id != but);
    Ok(Known { today, others: others.map(|(_, programme)| programme).collect() })
}

/// What a row of [`PART`] says.
pub(crate) fn read(row: &Cells) -> Result<(Id, Programme), sqlx::Error> {
    let id = row.text(0)?;
    let damaged = |what: &str| sqlx::Error::Decode(format!("programme {id}: {what:?} is damaged").into());
    let (names, aliases, bodies) = (row.text(1)?, row.text(2)?, row.text(3)?);
    let ended_on = row.maybe(4)?;
    let reason = row.text(5)?;
    let ended_on = ended_on.map(|on| on.parse().map_err(|_| damaged(on))).transpose()?;
    let programme = Programme {
        names: serde_json::from_str(names).map_err(|_| damaged(names))?,
        aliases: serde_json::from_str(aliases).map_err(|_| damaged(aliases))?,
        bodies: serde_json::from_str(bodies).map_err(|_| damaged(bodies))?,
        ended: ended_on.map(|on| Ended { on, reason: reason.to_owned() }),
    };
    if programme.names.is_empty() {
        return Err(damaged("no name"));
    }
    Ok((Id::read(id).ok_or_else(|| damaged("identity"))?, programme))
}
