//! One entry of the journal; appending, recalling and reading them.
//!
//! Leaf format (what a later Merkle log seals, RFC 6962): `leaf = sha256(0x00 || bytes)`, in hex, where
//! `bytes` is the UTF-8 JSON array, without spaces,
//! `[seq, at, happened_at or null, who, role, task, subject, kind, version, body]` with `body` as the
//! JSON text stored in the entry (a string in the array). Private parts are in it by commitment only.

use std::sync::LazyLock;

use jiff::Timestamp;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use sha2::{Digest, Sha256};
use sqlx::{AnyConnection, Row, any::AnyRow};

use crate::{
    Id, Many, OPEN_END, Tx, from_moment,
    private::{Part, hex, join, split},
    to_moment,
};

const TICKET: &str = "update journal_head set seq = seq + 1 where only_row = 1 returning seq";
const INSERT: &str =
    "insert into journal (seq, at, happened_at, who, role, task, subject, kind, version, body, leaf)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
static INSERT_PARTS: LazyLock<Many> =
    LazyLock::new(|| Many::of("insert into journal_private (seq, part, salt, value)", 4, ""));
/// An entry stands once for each of its private parts, and once where it has none.
const OF_SUBJECT: &str =
    "select j.seq, j.at, j.happened_at, j.who, j.role, j.task, j.subject, j.kind, j.version, j.body,
    j.leaf, p.part, p.salt, p.value from journal j left join journal_private p on p.seq = j.seq
    where j.subject = $1 and j.seq <= $2 order by j.seq, p.part";
const LAST_OF_SUBJECT: &str = "select coalesce(max(seq), 0) from journal where subject = $1";
const IN_ORDER: &str =
    "select j.seq, j.at, j.happened_at, j.who, j.role, j.task, j.subject, j.kind, j.version, j.body,
    j.leaf, p.part, p.salt, p.value from journal j left join journal_private p on p.seq = j.seq
    where j.seq > $1 and j.seq <= $2 order by j.seq, p.part";

/// Every statement of this file, for the test that prepares them on both engines.
pub(crate) fn statements() -> Vec<&'static str> {
    let mut all = vec![TICKET, INSERT, OF_SUBJECT, LAST_OF_SUBJECT, IN_ORDER];
    all.extend(LazyLock::force(&INSERT_PARTS).statements());
    all
}

/// A fact of one noun: an enum whose variants are in the past tense.
///
/// It must serialise as serde does by default with `rename_all = "snake_case"`: the variant's name
/// becomes the kind (`target/moved`), its content the body. A stored fact must parse for ever.
pub trait Fact: Serialize + DeserializeOwned {
    /// The noun, as it stands before the slash of a kind.
    const NOUN: &'static str;
    /// The version of the body's shape.
    const VERSION: i64 = 1;

    /// When it happened, where that is another moment than when it is recorded: officers arrived, a call began.
    fn happened_at(&self) -> Option<Timestamp> {
        None
    }
}

/// Who acts, in which role, on which task: the "who" and the "why" of every entry.
///
/// The task is the reason for access, taken from what the person is doing, at no extra keystroke.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// The account's identity.
    pub who: String,
    /// The role in which they act.
    pub role: String,
    /// What they are doing ("Move a target date").
    pub task: String,
}

impl AsRef<Actor> for Actor {
    fn as_ref(&self) -> &Actor {
        self
    }
}

/// One entry, as [`append`] made it or as it was read back. Nobody else can make one, and every `save`
/// of a row asks for one: no row without a fact.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Entry {
    /// Its place in the order; no gap.
    pub seq: i64,
    /// When it was recorded.
    pub at: Timestamp,
    /// When it happened, where that differs.
    pub happened_at: Option<Timestamp>,
    /// Who, in which role, on which task.
    pub actor: Actor,
    /// What it is about.
    pub subject: Id,
    /// `noun/variant`.
    pub kind: String,
    /// The version of the body's shape.
    pub version: i64,
    /// The fact's content, private parts put back.
    body: Value,
    /// Whether the stored leaf fits the entry.
    pub leaf_fits: bool,
}

impl Entry {
    /// The fact, if it is one of `F`'s noun.
    pub fn fact<F: Fact>(&self) -> Result<Option<F>, sqlx::Error> {
        let Some(variant) = self.kind.strip_prefix(F::NOUN).and_then(|rest| rest.strip_prefix('/')) else {
            return Ok(None);
        };
        let tagged = match &self.body {
            Value::Null => Value::String(variant.to_owned()),
            body => serde_json::json!({ variant: body }),
        };
        serde_json::from_value(tagged).map(Some).map_err(|error| {
            sqlx::Error::Decode(format!("entry {} ({}): {error}", self.seq, self.kind).into())
        })
    }

    /// The content as JSON, for export and tests.
    pub fn body(&self) -> &Value {
        &self.body
    }
}

/// What the journal says about a subject: its state, if it exists, and its last entry.
#[derive(Debug, Clone, PartialEq)]
pub struct Recalled<S> {
    /// The fold of the noun's facts; `None` before the first.
    pub state: Option<S>,
    /// The subject's last entry of any noun, 0 if none: what a form carries to tell a stale edit.
    pub last_seq: i64,
}

/// Appends `fact` about `subject`, recorded `now`, and gives the entry that `save` asks for.
pub async fn append<F: Fact>(
    tx: &mut Tx,
    who: &impl AsRef<Actor>,
    now: Timestamp,
    subject: &Id,
    fact: &F,
) -> Result<Entry, sqlx::Error> {
    let (variant, joined) = tagged(fact)?;
    let mut stored = joined.clone();
    let parts = split(&mut stored);
    let seq: i64 = sqlx::query_scalar(TICKET).fetch_one(&mut **tx).await?;
    let entry = Entry {
        seq,
        at: now,
        happened_at: fact.happened_at(),
        actor: who.as_ref().clone(),
        subject: subject.clone(),
        kind: format!("{}/{variant}", F::NOUN),
        version: F::VERSION,
        body: joined,
        leaf_fits: true,
    };
    insert(tx, &entry, &stored.to_string(), &parts).await?;
    Ok(entry)
}

async fn insert(tx: &mut Tx, entry: &Entry, body: &str, parts: &[Part]) -> Result<(), sqlx::Error> {
    let happened_at = entry.happened_at.map(to_moment);
    sqlx::query(INSERT)
        .bind(entry.seq)
        .bind(to_moment(entry.at))
        .bind(happened_at)
        .bind(&entry.actor.who)
        .bind(&entry.actor.role)
        .bind(&entry.actor.task)
        .bind(entry.subject.as_str())
        .bind(&entry.kind)
        .bind(entry.version)
        .bind(body)
        .bind(leaf(entry, body))
        .execute(&mut **tx)
        .await?;
    let parts: Vec<(i64, &Part)> = (0_i64..).zip(parts).collect();
    for (statement, rows) in INSERT_PARTS.parts(&parts) {
        let mut query = sqlx::query(statement);
        for (number, part) in rows {
            query = query.bind(entry.seq).bind(number).bind(&part.salt).bind(&part.value);
        }
        query.execute(&mut **tx).await?;
    }
    Ok(())
}

/// Folds the facts of one noun about `subject`.
pub async fn recall<F: Fact, S>(
    tx: &mut Tx,
    subject: &Id,
    apply: impl Fn(Option<S>, &F) -> S,
) -> Result<Recalled<S>, sqlx::Error> {
    let mut recalled = Recalled { state: None, last_seq: 0 };
    for entry in history(tx, subject, OPEN_END).await? {
        recalled.last_seq = entry.seq;
        if let Some(fact) = entry.fact::<F>()? {
            recalled.state = Some(apply(recalled.state.take(), &fact));
        }
    }
    Ok(recalled)
}

/// The subject's last entry of any noun, 0 if there is none: what a form carries, to tell a stale edit.
pub async fn last_seq(conn: &mut AnyConnection, subject: &Id) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar(LAST_OF_SUBJECT).bind(subject.as_str()).fetch_one(conn).await
}

/// Every entry about `subject` up to position `until`, oldest first: its timeline.
pub async fn history(conn: &mut AnyConnection, subject: &Id, until: i64) -> Result<Vec<Entry>, sqlx::Error> {
    let rows = sqlx::query(OF_SUBJECT).bind(subject.as_str()).bind(until).fetch_all(conn).await?;
    read_all(&rows)
}

/// The entries after `after` up to `until`, oldest first. Read the whole journal in blocks with it.
pub async fn entries(conn: &mut AnyConnection, after: i64, until: i64) -> Result<Vec<Entry>, sqlx::Error> {
    let rows = sqlx::query(IN_ORDER).bind(after).bind(until).fetch_all(conn).await?;
    read_all(&rows)
}

fn read_all(rows: &[AnyRow]) -> Result<Vec<Entry>, sqlx::Error> {
    let mut seqs = Vec::with_capacity(rows.len());
    for row in rows {
        seqs.push(row.try_get::<i64, _>(0)?);
    }
    let mut all = Vec::new();
    let mut from = 0;
    for same in seqs.chunk_by(|one, next| one == next) {
        let until = from + same.len();
        if let Some(rows) = rows.get(from..until) {
            all.extend(read(rows)?);
        }
        from = until;
    }
    Ok(all)
}

/// The private parts in the rows of one entry; an erased one is there without its value.
fn parts(rows: &[AnyRow]) -> Result<Vec<Option<Part>>, sqlx::Error> {
    let mut parts = Vec::new();
    for row in rows {
        if row.try_get::<Option<i64>, _>(11)?.is_none() {
            continue;
        }
        let salt: Option<String> = row.try_get(12)?;
        let value: Option<String> = row.try_get(13)?;
        parts.push(salt.zip(value).map(|(salt, value)| Part { salt, value }));
    }
    Ok(parts)
}

/// The entry that these rows are.
fn read(rows: &[AnyRow]) -> Result<Option<Entry>, sqlx::Error> {
    let Some(row) = rows.first() else { return Ok(None) };
    let seq: i64 = row.try_get(0)?;
    let happened_at: Option<String> = row.try_get(2)?;
    let subject: String = row.try_get(6)?;
    let body: String = row.try_get(9)?;
    let stored_leaf: String = row.try_get(10)?;
    let damaged = |what: String| sqlx::Error::Decode(format!("entry {seq}: {what}").into());
    let mut entry = Entry {
        seq,
        at: from_moment(row.try_get(1)?)?,
        happened_at: happened_at.as_deref().map(from_moment).transpose()?,
        actor: Actor { who: row.try_get(3)?, role: row.try_get(4)?, task: row.try_get(5)? },
        subject: Id::read(&subject).ok_or_else(|| damaged(format!("{subject:?} is no identity")))?,
        kind: row.try_get(7)?,
        version: row.try_get(8)?,
        body: serde_json::from_str(&body).map_err(|error| damaged(error.to_string()))?,
        leaf_fits: true,
    };
    entry.leaf_fits = leaf(&entry, &body) == stored_leaf;
    join(&mut entry.body, parts(rows)?).map_err(damaged)?;
    Ok(Some(entry))
}

/// The variant's name and the content of a fact.
fn tagged<F: Fact>(fact: &F) -> Result<(String, Value), sqlx::Error> {
    let unfit = |what: &str| sqlx::Error::Encode(format!("{} fact: {what}", F::NOUN).into());
    match serde_json::to_value(fact).map_err(|error| unfit(&error.to_string()))? {
        Value::String(variant) => Ok((variant, Value::Null)),
        Value::Object(map) if map.len() == 1 => {
            map.into_iter().next().ok_or_else(|| unfit("it has no variant"))
        }
        other => Err(unfit(&format!("{other} is not an externally tagged enum"))),
    }
}

fn leaf(entry: &Entry, body: &str) -> String {
    let bytes = serde_json::json!([
        entry.seq,
        to_moment(entry.at),
        entry.happened_at.map(to_moment),
        entry.actor.who,
        entry.actor.role,
        entry.actor.task,
        entry.subject.as_str(),
        entry.kind,
        entry.version,
        body,
    ])
    .to_string();
    let mut hash = Sha256::new();
    hash.update([0_u8]);
    hash.update(bytes.as_bytes());
    hex(&hash.finalize())
}
