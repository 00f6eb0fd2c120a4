//! The only SQL about papers.

use jiff::civil::Date;
use journal::{Entry, Id, Noun, Private, Refusal, Tx, to_moment};
use sqlx::{AnyConnection, Row, any::AnyRow};

use super::{
    compose::PRESENTER,
    cut::SITE,
    details::Details,
    rules::{self, Command, Earlier, Fact, Frozen, Known, Paper},
};
use crate::document::Document;

const SAVE: &str = "insert into paper (id, seq, changed_at, title, meeting, meeting_on, details, counted_at, frozen_on, tree)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
    on conflict (id) do update set seq = excluded.seq, changed_at = excluded.changed_at,
    title = excluded.title, meeting = excluded.meeting, meeting_on = excluded.meeting_on,
    details = excluded.details, counted_at = excluded.counted_at, frozen_on = excluded.frozen_on,
    tree = excluded.tree";
const ALL: &str = "select id, title, meeting, meeting_on, counted_at, frozen_on from paper
    order by meeting_on desc, id desc";
const ONE: &str = "select details, counted_at, frozen_on, tree from paper where id = $1";
const EARLIER: &str = "select details, counted_at, frozen_on from paper where counted_at < $1
    order by counted_at, id";

/// Every statement, for the test that prepares them on both engines.
pub const STATEMENTS: [&str; 4] = [SAVE, ALL, ONE, EARLIER];

/// The paper as a noun.
pub struct Papers;

impl Noun for Papers {
    type State = Paper;
    type Command = Command;
    type Fact = Fact;
    type Known = Known;

    fn decide(known: &Known, was: Option<&Paper>, command: Command) -> Result<Fact, Refusal> {
        rules::decide(known, was, command)
    }

    fn apply(was: Option<Paper>, fact: &Fact) -> Paper {
        rules::apply(was, fact)
    }

    async fn save(tx: &mut Tx, entry: &Entry, id: &Id, state: &Paper) -> Result<(), sqlx::Error> {
        let unfit = |error: serde_json::Error| sqlx::Error::Encode(error.into());
        let frozen = state.frozen.as_ref();
        let tree = frozen.map(|frozen| serde_json::to_string(&frozen.tree)).transpose().map_err(unfit)?;
        sqlx::query(SAVE)
            .bind(id.as_str())
            .bind(entry.seq)
            .bind(to_moment(entry.at))
            .bind(&state.details.title)
            .bind(&state.details.meeting)
            .bind(state.details.date.to_string())
            .bind(serde_json::to_string(&state.details).map_err(unfit)?)
            .bind(frozen.map(|frozen| frozen.counted_at))
            .bind(frozen.map(|frozen| frozen.on.to_string()))
            .bind(tree)
            .execute(&mut **tx)
            .await?;
        Ok(())
    }
}

/// A line of the list of papers.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Line {
    /// The paper's identity.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The meeting.
    pub meeting: String,
    /// The day of the meeting.
    pub meeting_on: String,
    /// The entry it was counted at, once frozen.
    pub counted_at: Option<i64>,
    /// The day it was frozen.
    pub frozen_on: Option<String>,
}

/// Every paper, the latest meeting first.
pub async fn all(conn: &mut AnyConnection) -> Result<Vec<Line>, sqlx::Error> {
    let rows = sqlx::query(ALL).fetch_all(conn).await?;
    rows.iter()
        .map(|row| {
            Ok(Line {
                id: row.try_get(0)?,
                title: row.try_get(1)?,
                meeting: row.try_get(2)?,
                meeting_on: row.try_get(3)?,
                counted_at: row.try_get(4)?,
                frozen_on: row.try_get(5)?,
            })
        })
        .collect()
}

/// One paper.
pub async fn one(conn: &mut AnyConnection, id: &Id) -> Result<Option<Paper>, sqlx::Error> {
    sqlx::query(ONE).bind(id.as_str()).fetch_optional(conn).await?.as_ref().map(read).transpose()
}

/// Every frozen paper that was counted before entry `before`, without its tree, the first counted first.
pub async fn earlier(conn: &mut AnyConnection, before: i64) -> Result<Vec<Earlier>, sqlx::Error> {
    let rows = sqlx::query(EARLIER).bind(before).fetch_all(conn).await?;
    rows.iter()
        .map(|row| {
            let on: String = row.try_get(2)?;
            Ok(Earlier { details: details(row)?, counted_at: row.try_get(1)?, on: day(&on)? })
        })
        .collect()
}

fn damaged(what: &str) -> sqlx::Error {
    sqlx::Error::Decode(format!("a paper is damaged: {what}").into())
}

/// The details stand first in every row that has them.
fn details(row: &AnyRow) -> Result<Details, sqlx::Error> {
    let details: String = row.try_get(0)?;
    serde_json::from_str(&details).map_err(|error| damaged(&error.to_string()))
}

fn day(words: &str) -> Result<Date, sqlx::Error> {
    words.parse().map_err(|_| damaged(words))
}

fn read(row: &AnyRow) -> Result<Paper, sqlx::Error> {
    let counted_at: Option<i64> = row.try_get(1)?;
    let on: Option<String> = row.try_get(2)?;
    let tree: Option<String> = row.try_get(3)?;
    let frozen = match (counted_at, on, tree) {
        (Some(counted_at), Some(on), Some(tree)) => Some(Frozen {
            counted_at,
            on: day(&on)?,
            tree: Box::new(serde_json::from_str(&tree).map_err(|error| damaged(&error.to_string()))?),
        }),
        _ => None,
    };
    Ok(Paper { details: details(row)?, frozen })
}

/// The paper with its presenter's name and the address of the site, as it is shown and printed.
pub fn presented(tree: &Document, by: &Private<String>, site: &str) -> Document {
    tree.filled(&[(PRESENTER, by.shown()), (SITE, site)])
}
