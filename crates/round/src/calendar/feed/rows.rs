//! The only SQL about calendars' addresses.

use jiff::Timestamp;
use journal::{Entry, Id, Noun, Refusal, Tx, from_moment, to_moment};
use sqlx::{AnyConnection, Row};

use super::rules::{self, Command, Fact, Feed, Known, Scope};

const SAVE: &str = "insert into calendar_feed (id, account, hash, name, scope, opened_at, revoked_at)
    values ($1, $2, $3, $4, $5, $6, $7)
    on conflict (id) do update set revoked_at = coalesce(calendar_feed.revoked_at, excluded.revoked_at)";
const OF_ACCOUNT: &str = "select id, name, scope, opened_at, revoked_at from calendar_feed
    where account = $1 order by opened_at desc, id desc";
const LIVE_OF_ACCOUNT: &str = "select count(*) from calendar_feed where account = $1 and revoked_at is null";
const BY_HASH: &str = "select account, scope from calendar_feed where hash = $1 and revoked_at is null";

/// Every statement, for the test that prepares them on both engines.
pub const STATEMENTS: [&str; 4] = [SAVE, OF_ACCOUNT, LIVE_OF_ACCOUNT, BY_HASH];

/// A calendar's address as a noun.
pub struct Feeds;

impl Noun for Feeds {
    type State = Feed;
    type Command = Command;
    type Fact = Fact;
    type Known = Known;

    fn decide(known: &Known, was: Option<&Feed>, command: Command) -> Result<Fact, Refusal> {
        rules::decide(*known, was, command)
    }

    fn apply(was: Option<Feed>, fact: &Fact) -> Feed {
        rules::apply(was, fact)
    }

    async fn save(tx: &mut Tx, entry: &Entry, id: &Id, state: &Feed) -> Result<(), sqlx::Error> {
        let at = to_moment(entry.at);
        sqlx::query(SAVE)
            .bind(id.as_str())
            .bind(state.account.as_str())
            .bind(&state.hash)
            .bind(&state.name)
            .bind(state.scope.as_str())
            .bind(&at)
            .bind(state.is_revoked.then(|| at.clone()))
            .execute(&mut **tx)
            .await?;
        Ok(())
    }
}

/// An address as its owner sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Its identity.
    pub id: Id,
    /// What its owner calls it.
    pub name: String,
    /// What is read there.
    pub scope: Scope,
    /// When it was made.
    pub opened_at: Timestamp,
    /// When it was taken back.
    pub revoked_at: Option<Timestamp>,
}

/// The addresses of an account, the newest first.
pub async fn of_account(conn: &mut AnyConnection, account: &Id) -> Result<Vec<Listed>, sqlx::Error> {
    let rows = sqlx::query(OF_ACCOUNT).bind(account.as_str()).fetch_all(conn).await?;
    rows.iter()
        .map(|row| {
            let (id, scope): (String, String) = (row.try_get(0)?, row.try_get(2)?);
            let revoked_at: Option<String> = row.try_get(4)?;
            Ok(Listed {
                id: Id::of_row(&id)?,
                name: row.try_get(1)?,
                scope: read_scope(&scope)?,
                opened_at: from_moment(row.try_get(3)?)?,
                revoked_at: revoked_at.as_deref().map(from_moment).transpose()?,
            })
        })
        .collect()
}

/// What the rule has to know of an account.
pub async fn known(conn: &mut AnyConnection, account: &Id) -> Result<Known, sqlx::Error> {
    let live = sqlx::query_scalar(LIVE_OF_ACCOUNT).bind(account.as_str()).fetch_one(conn).await?;
    Ok(Known { live })
}

/// Whose the live address with that hash is, and what is read there.
pub async fn by_hash(conn: &mut AnyConnection, hash: &str) -> Result<Option<(Id, Scope)>, sqlx::Error> {
    let row = sqlx::query(BY_HASH).bind(hash).fetch_optional(conn).await?;
    let Some(row) = row else { return Ok(None) };
    let (account, scope): (String, String) = (row.try_get(0)?, row.try_get(1)?);
    Ok(Some((Id::of_row(&account)?, read_scope(&scope)?)))
}

fn read_scope(word: &str) -> Result<Scope, sqlx::Error> {
    Scope::read(word).ok_or_else(|| sqlx::Error::Decode(format!("{word:?} is no scope").into()))
}
