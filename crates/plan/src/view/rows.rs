//! The only SQL about saved views.

use journal::{Entry, Id, Noun, Refusal, Tx};
use sqlx::{AnyConnection, Row, any::AnyRow};

use super::rules::{self, Command, Fact, Known, View, name_key};

const SAVE: &str = "insert into saved_view (id, owner, name, name_key, query, shared, role)
    values ($1, $2, $3, $4, $5, $6, $7)
    on conflict (id) do update set name = excluded.name, name_key = excluded.name_key,
        query = excluded.query, shared = excluded.shared, role = excluded.role";
const DELETE: &str = "delete from saved_view where id = $1";
const SEEN_BY: &str = "select id, owner, name, query, shared, role from saved_view
    where owner = $1 or shared = 1 order by name_key, id";
const ONE: &str = "select id, owner, name, query, shared, role from saved_view where id = $1";
const OTHER_NAMES: &str = "select name_key from saved_view where owner = $1 and id <> $2";

/// Every statement, for the test that prepares them on both engines.
pub const STATEMENTS: [&str; 5] = [SAVE, DELETE, SEEN_BY, ONE, OTHER_NAMES];

/// A saved view as it is listed.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Kept {
    /// Its identity.
    pub id: Id,
    /// The account that saved it.
    #[serde(skip)]
    pub owner: String,
    /// What it is called.
    pub name: String,
    /// The list.
    pub query: String,
    /// Whether everybody sees it.
    pub shared: bool,
    /// The role in which its owner saved it: who shared it, without a name.
    pub role: String,
}

/// The saved view as a noun.
pub struct Views;

impl Noun for Views {
    type State = View;
    type Command = Command;
    type Fact = Fact;
    type Known = Known;

    fn decide(known: &Known, was: Option<&View>, command: Command) -> Result<Fact, Refusal> {
        rules::decide(known, was, command)
    }

    fn apply(was: Option<View>, fact: &Fact) -> View {
        rules::apply(was, fact)
    }

    async fn save(tx: &mut Tx, entry: &Entry, id: &Id, state: &View) -> Result<(), sqlx::Error> {
        if state.is_deleted {
            sqlx::query(DELETE).bind(id.as_str()).execute(&mut **tx).await?;
            return Ok(());
        }
        sqlx::query(SAVE)
            .bind(id.as_str())
            .bind(&state.owner)
            .bind(&state.name)
            .bind(name_key(&state.name))
            .bind(&state.query)
            .bind(i64::from(state.shared))
            .bind(&entry.actor.role)
            .execute(&mut **tx)
            .await?;
        Ok(())
    }
}

/// The views that `who` sees, by name: their own and those that others share.
pub async fn seen_by(conn: &mut AnyConnection, who: &Id) -> Result<Vec<Kept>, sqlx::Error> {
    sqlx::query(SEEN_BY).bind(who.as_str()).fetch_all(conn).await?.iter().map(read).collect()
}

/// One view.
pub async fn one(conn: &mut AnyConnection, id: &Id) -> Result<Option<Kept>, sqlx::Error> {
    sqlx::query(ONE).bind(id.as_str()).fetch_optional(conn).await?.as_ref().map(read).transpose()
}

/// What the rule has to know about the other views of `who`.
pub async fn known(conn: &mut AnyConnection, who: &Id, but: &Id) -> Result<Known, sqlx::Error> {
    let names = sqlx::query_scalar(OTHER_NAMES).bind(who.as_str()).bind(but.as_str());
    let names: Vec<String> = names.fetch_all(conn).await?;
    Ok(Known { who: who.to_string(), names: names.into_iter().collect() })
}

fn read(row: &AnyRow) -> Result<Kept, sqlx::Error> {
    let id: String = row.try_get(0)?;
    let shared: i64 = row.try_get(4)?;
    Ok(Kept {
        owner: row.try_get(1)?,
        name: row.try_get(2)?,
        query: row.try_get(3)?,
        shared: shared != 0,
        role: row.try_get(5)?,
        id: Id::of_row(&id)?,
    })
}
