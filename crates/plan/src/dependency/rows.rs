//! The only SQL about dependencies. Span rows.

use std::sync::LazyLock;

use jiff::civil::Date;
use journal::{Entry, Id, Noun, OPEN_END, Refusal, Tx};
use sqlx::AnyConnection;

use super::rules::{self, Awaited, Command, Dependencies, Fact, Known, Outside, is_same_body};
use crate::part::{self, Cells, Part};

const CLOSE: &str =
    "update dependency set until_seq = $1 where recommendation = $2 and depends_on = $3 and until_seq = $4";
const INSERT: &str = "insert into dependency
    (recommendation, depends_on, since_seq, until_seq, reason, kind, since_on)
    values ($1, $2, $3, $4, $5, $6, $7)";
const BODIES: &str = "select depends_on from dependency where kind = 'body' order by since_seq";

/// Its rows in the register, oldest first.
pub(crate) const PART: Part = Part {
    what: "dependency",
    texts: &["recommendation", "depends_on", "reason", "kind", "since_on"],
    number: "since_seq",
    from: "dependency where since_seq <= $1 and until_seq > $1",
    subject: "recommendation",
    is_together: false,
};

static ALL: LazyLock<String> = LazyLock::new(|| PART.alone(""));

/// Every statement, for the test that prepares them on both engines.
pub fn statements() -> [&'static str; 4] {
    [CLOSE, INSERT, &ALL, BODIES]
}

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
        let (kind, key) = as_row(on);
        match state.on.get(on) {
            None => {
                sqlx::query(CLOSE)
                    .bind(entry.seq)
                    .bind(id.as_str())
                    .bind(&key)
                    .bind(OPEN_END)
                    .execute(&mut **tx)
                    .await?;
            }
            Some(wait) => {
                sqlx::query(INSERT)
                    .bind(id.as_str())
                    .bind(&key)
                    .bind(entry.seq)
                    .bind(OPEN_END)
                    .bind(&wait.reason)
                    .bind(kind)
                    .bind(wait.since.map(|day| day.to_string()))
                    .execute(&mut **tx)
                    .await?;
            }
        }
        Ok(())
    }
}

/// A dependency of a recommendation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// For what.
    pub on: Awaited,
    /// Why.
    pub reason: String,
    /// Since which day; none where nobody said.
    pub since: Option<Date>,
}

/// Every dependency as at position `seq`, with who waits.
pub async fn all(conn: &mut AnyConnection, seq: i64) -> Result<Vec<(Id, Waiting)>, sqlx::Error> {
    let query = sqlx::query(ALL.as_str()).bind(seq);
    let mut all = part::all(conn, query, |row| Ok((row.number, read(row)?))).await?;
    all.sort_by(|(a_since, (a, _)), (b_since, (b, _))| (a, a_since).cmp(&(b, b_since)));
    Ok(all.into_iter().map(|(_, one)| one).collect())
}

/// Who waits for which recommendation, itself or one of its actions.
pub fn edges(all: &[(Id, Waiting)]) -> Vec<(Id, Id)> {
    all.iter().filter_map(|(id, one)| Some((id.clone(), one.on.recommendation()?.clone()))).collect()
}

/// The bodies that were ever waited for, each as it was written first.
pub async fn bodies(conn: &mut AnyConnection) -> Result<Vec<String>, sqlx::Error> {
    let written: Vec<String> = sqlx::query_scalar(BODIES).fetch_all(conn).await?;
    let mut first: Vec<String> = Vec::new();
    for name in written {
        if !first.iter().any(|known| is_same_body(known, &name)) {
            first.push(name);
        }
    }
    Ok(first)
}

/// The words of a row: the kind, and what of that kind. An action is its recommendation and its number.
pub(super) fn as_row(on: &Awaited) -> (&'static str, String) {
    match on {
        Awaited::Recommendation(id) => ("recommendation", id.to_string()),
        Awaited::Other(Outside::Action { recommendation, number }) => {
            ("action", format!("{recommendation} {number}"))
        }
        Awaited::Other(Outside::Programme(id)) => ("programme", id.to_string()),
        Awaited::Other(Outside::Body(name)) => ("body", name.clone()),
    }
}

/// What [`as_row`] wrote, or a form says.
pub fn read_awaited(kind: &str, key: &str) -> Option<Awaited> {
    Some(match kind {
        "recommendation" => Awaited::Recommendation(Id::read(key)?),
        "programme" => Awaited::Other(Outside::Programme(Id::read(key)?)),
        "body" => Awaited::Other(Outside::Body(key.to_owned())),
        "action" => {
            let (id, number) = key.split_once(' ')?;
            Awaited::Other(Outside::Action { recommendation: Id::read(id)?, number: number.to_owned() })
        }
        _ => return None,
    })
}

/// What a row of [`PART`] says, with who waits.
pub(crate) fn read(row: &Cells) -> Result<(Id, Waiting), sqlx::Error> {
    let (id, key, kind) = (row.text(0)?, row.text(1)?, row.text(3)?);
    let since = row.maybe(4)?;
    let damaged =
        |what: &str| sqlx::Error::Decode(format!("a dependency of {id}: {what:?} is damaged").into());
    let waiting = Waiting {
        on: read_awaited(kind, key).ok_or_else(|| damaged(key))?,
        reason: row.owned(2)?,
        since: since.map(|day| day.parse().map_err(|_| damaged(day))).transpose()?,
    };
    Ok((Id::read(id).ok_or_else(|| damaged("identity"))?, waiting))
}
