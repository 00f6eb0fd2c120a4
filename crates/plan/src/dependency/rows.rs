//! The only SQL about dependencies. Span rows.

use journal::{Entry, Id, Noun, OPEN_END, Refusal, Tx};
use sqlx::{AnyConnection, Row};

use super::rules::{self, Command, Dependencies, Fact, Known};

const CLOSE: &str =
    "update dependency set until_seq = $1 where recommendation = $2 and depends_on = $3 and until_seq = $4";
const INSERT: &str = "insert into dependency (recommendation, depends_on, since_seq, until_seq, reason)
    values ($1, $2, $3, $4, $5)";
const AS_AT: &str = "select recommendation, depends_on, reason from dependency
    where since_seq <= $1 and until_seq > $1 order by recommendation, since_seq";

/// Every statement, for the test that prepares them on both engines.
pub const STATEMENTS: [&str; 3] = [CLOSE, INSERT, AS_AT];

/// What a recommendation waits for as a noun.
pub struct DependenciesOf;

impl Noun for DependenciesOf {
    type State = Dependencies;
    type Command = Command;
    type Fact = Fact;
    type Known = Known;

    fn decide(known: &Known, was: Option<&Dependencies>, command: Command) -> Result<Fact, Refusal> {
        rules::decide(known, was, command)
    }

    fn apply(was: Option<Dependencies>, fact: &Fact) -> Dependencies {
        rules::apply(was, fact)
    }

    async fn save(tx: &mut Tx, entry: &Entry, id: &Id, state: &Dependencies) -> Result<(), sqlx::Error> {
        let Some(on) = &state.touched else { return Ok(()) };
        match state.on.get(on) {
            None => {
                sqlx::query(CLOSE)
                    .bind(entry.seq)
                    .bind(id.as_str())
                    .bind(on.as_str())
                    .bind(OPEN_END)
                    .execute(&mut **tx)
                    .await?;
            }
            Some(reason) => {
                sqlx::query(INSERT)
                    .bind(id.as_str())
                    .bind(on.as_str())
                    .bind(entry.seq)
                    .bind(OPEN_END)
                    .bind(reason)
                    .execute(&mut **tx)
                    .await?;
            }
        }
        Ok(())
    }
}

/// Every dependency as at position `seq`: who waits, for whom, why.
pub async fn all(conn: &mut AnyConnection, seq: i64) -> Result<Vec<(Id, Id, String)>, sqlx::Error> {
    let rows = sqlx::query(AS_AT).bind(seq).fetch_all(conn).await?;
    rows.iter().map(|row| Ok((id(row.try_get(0)?)?, id(row.try_get(1)?)?, row.try_get(2)?))).collect()
}

fn id(text: &str) -> Result<Id, sqlx::Error> {
    Id::read(text).ok_or_else(|| sqlx::Error::Decode(format!("{text:?} is no identity").into()))
}
