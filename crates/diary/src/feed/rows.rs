//! The only SQL about diaries' addresses.

use std::collections::BTreeMap;

use jiff::Timestamp;
use journal::{Entry, Id, Noun, Refusal, Tx, from_moment, to_moment};
use sqlx::{AnyConnection, Row, any::AnyRow};

use super::rules::{self, Command, Fact, Feed, Known};

const SAVE: &str =
    "insert into diary_feed (id, diary, hash, name, opened_at, opened_by, revoked_at, revoked_by)
    values ($1, $2, $3, $4, $5, $6, $7, $8)
    on conflict (id) do update set revoked_at = coalesce(diary_feed.revoked_at, excluded.revoked_at),
    revoked_by = coalesce(diary_feed.revoked_by, excluded.revoked_by)";
const OF_DIARY: &str = "select id, name, opened_at, opened_by, revoked_at, revoked_by from diary_feed
    where diary = $1 order by opened_at desc, id desc";
const LIVE: &str = "select count(*) from diary_feed where diary = $1 and revoked_at is null";
const BY_HASH: &str = "select diary from diary_feed where hash = $1 and revoked_at is null";

/// Every statement, for the test that prepares them on both engines.
pub const STATEMENTS: [&str; 4] = [SAVE, OF_DIARY, LIVE, BY_HASH];

/// A diary's address as a noun.
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
            .bind(state.diary.as_str())
            .bind(&state.hash)
            .bind(&state.name)
            .bind(&at)
            .bind(&entry.actor.who)
            .bind(state.is_revoked.then(|| at.clone()))
            .bind(state.is_revoked.then(|| entry.actor.who.clone()))
            .execute(&mut **tx)
            .await?;
        Ok(())
    }
}

/// An address as it is listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Its identity.
    pub id: Id,
    /// What it is called.
    pub name: String,
    /// When it was made.
    pub opened_at: Timestamp,
    /// By whose account.
    pub opened_by: String,
    /// When it was taken back, and by whose account.
    pub revoked: Option<(Timestamp, String)>,
}

/// The addresses of a diary, the newest first.
pub async fn of_diary(conn: &mut AnyConnection, diary: &Id) -> Result<Vec<Listed>, sqlx::Error> {
    let rows = sqlx::query(OF_DIARY).bind(diary.as_str()).fetch_all(conn).await?;
    rows.iter().map(listed).collect()
}

fn listed(row: &AnyRow) -> Result<Listed, sqlx::Error> {
    let id: String = row.try_get(0)?;
    let (revoked_at, revoked_by): (Option<String>, Option<String>) = (row.try_get(4)?, row.try_get(5)?);
    let revoked_at = revoked_at.as_deref().map(from_moment).transpose()?;
    Ok(Listed {
        id: Id::of_row(&id)?,
        name: row.try_get(1)?,
        opened_at: from_moment(row.try_get(2)?)?,
        opened_by: row.try_get(3)?,
        revoked: revoked_at.zip(revoked_by),
    })
}

/// What the rule has to know of a diary.
pub async fn known(conn: &mut AnyConnection, diary: &Id) -> Result<Known, sqlx::Error> {
    let live = sqlx::query_scalar(LIVE).bind(diary.as_str()).fetch_one(conn).await?;
    Ok(Known { live })
}

/// Whose times are read at the live address with that hash.
pub async fn by_hash(conn: &mut AnyConnection, hash: &str) -> Result<Option<Id>, sqlx::Error> {
    let diary: Option<String> = sqlx::query_scalar(BY_HASH).bind(hash).fetch_optional(conn).await?;
    diary.as_deref().map(Id::of_row).transpose()
}

/// The names of colleagues by their account.
pub async fn names(conn: &mut AnyConnection) -> Result<BTreeMap<String, String>, sqlx::Error> {
    let people = users::people(conn).await?;
    Ok(people.into_iter().map(|person| (person.id.to_string(), person.name)).collect())
}
