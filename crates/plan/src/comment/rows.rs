//! The only SQL about comments.

use jiff::Timestamp;
use journal::{Entry, Id, Noun, Private, Refusal, Tx, from_moment, to_moment};
use sqlx::{AnyConnection, Row, any::AnyRow};

use super::rules::{self, Command, Comments, Fact, Known};

const INSERT: &str = "insert into comment (recommendation, seq, at, who, text) values ($1, $2, $3, $4, $5)";
const STRIKE: &str = "update comment set struck_seq = $1, struck_at = $2, struck_by = $3, struck_reason = $4
    where recommendation = $5 and seq = $6";
const OF: &str = "select seq, at, who, text, struck_at, struck_by, struck_reason from comment
    where recommendation = $1 and seq <= $2 order by seq";
const ONE: &str = "select seq, at, who, text, struck_at, struck_by, struck_reason from comment
    where recommendation = $1 and seq = $2";

/// Every statement, for the test that prepares them on both engines.
pub const STATEMENTS: [&str; 4] = [INSERT, STRIKE, OF, ONE];

/// A comment as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment {
    /// The entry that holds it.
    pub seq: i64,
    /// When it was made.
    pub at: Timestamp,
    /// The account that made it.
    pub who: String,
    /// What it says.
    pub text: Private<String>,
    /// How it was withdrawn, if it was.
    pub struck: Option<Struck>,
}

/// How a comment was withdrawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Struck {
    /// When.
    pub at: Timestamp,
    /// The account that withdrew it.
    pub by: String,
    /// Why.
    pub reason: String,
}

/// The comments on a recommendation as a noun.
pub struct CommentsOn;

impl Noun for CommentsOn {
    type State = Comments;
    type Command = Command;
    type Fact = Fact;
    type Known = Known;

    fn decide(known: &Known, was: Option<&Comments>, command: Command) -> Result<Fact, Refusal> {
        rules::decide(known, was, command)
    }

    fn apply(was: Option<Comments>, fact: &Fact) -> Comments {
        rules::apply(was, fact)
    }

    async fn save(tx: &mut Tx, entry: &Entry, id: &Id, _: &Comments) -> Result<(), sqlx::Error> {
        let at = to_moment(entry.at);
        match entry.fact::<Fact>()? {
            Some(Fact::Said { text }) => {
                sqlx::query(INSERT)
                    .bind(id.as_str())
                    .bind(entry.seq)
                    .bind(at)
                    .bind(&entry.actor.who)
                    .bind(text.known().cloned())
                    .execute(&mut **tx)
                    .await?;
            }
            Some(Fact::Struck { entry: struck, reason }) => {
                sqlx::query(STRIKE)
                    .bind(entry.seq)
                    .bind(at)
                    .bind(&entry.actor.who)
                    .bind(reason)
                    .bind(id.as_str())
                    .bind(struck)
                    .execute(&mut **tx)
                    .await?;
            }
            None => {}
        }
        Ok(())
    }
}

/// The comments that were made on a recommendation up to position `seq`, oldest first. Whether one is
/// withdrawn is told as it is now: what must not be shown is not shown to those who look back either.
pub async fn of(conn: &mut AnyConnection, id: &Id, seq: i64) -> Result<Vec<Comment>, sqlx::Error> {
    sqlx::query(OF).bind(id.as_str()).bind(seq).fetch_all(conn).await?.iter().map(read).collect()
}

/// The comment that one entry holds.
pub async fn one(conn: &mut AnyConnection, id: &Id, entry: i64) -> Result<Option<Comment>, sqlx::Error> {
    let row = sqlx::query(ONE).bind(id.as_str()).bind(entry).fetch_optional(conn).await?;
    row.as_ref().map(read).transpose()
}

fn read(row: &AnyRow) -> Result<Comment, sqlx::Error> {
    let text: Option<String> = row.try_get(3)?;
    let struck_at: Option<String> = row.try_get(4)?;
    let struck = match struck_at {
        Some(at) => Some(Struck { at: from_moment(&at)?, by: row.try_get(5)?, reason: row.try_get(6)? }),
        None => None,
    };
    Ok(Comment {
        seq: row.try_get(0)?,
        at: from_moment(row.try_get(1)?)?,
        who: row.try_get(2)?,
        text: text.map_or(Private::Erased, Private::Known),
        struck,
    })
}
