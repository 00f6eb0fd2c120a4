//! The only SQL about drafts and about who has a record open. None of it is a fold of the journal.

use jiff::Timestamp;
use journal::{Id, Tx, from_moment, to_moment};
use serde::Serialize;
use sqlx::{AnyConnection, Row, any::AnyRow};

use super::rules::{Draft, Fields};

const ONE: &str = "select page, number, base_seq, fields, saved_at, address from draft
    where subject = $1 and account = $2 and page = $3";
const MINE: &str = "select page, number, base_seq, fields, saved_at, address from draft
    where subject = $1 and account = $2 and page not in ('kept', 'left-out') order by saved_at desc, page";
const OF_ACCOUNT: &str = "select subject, page, address, saved_at from draft
    where account = $1 and page <> 'kept' order by saved_at desc, subject, page";
const SAVE: &str = "insert into draft (subject, account, page, number, base_seq, fields, saved_at, address)
    values ($1, $2, $3, $4, $5, $6, $7, $8)
    on conflict (subject, account, page) do update set number = excluded.number, base_seq = excluded.base_seq,
        fields = excluded.fields, saved_at = excluded.saved_at, address = excluded.address";
const DISCARD: &str = "delete from draft where subject = $1 and account = $2 and page = $3";
const SETTLE: &str = "delete from draft where subject = $1 and account = $2 and page <> 'left-out'";
const FORGET: &str = "delete from draft where saved_at < $1";
const HERE: &str = "insert into presence (subject, account, name, seen_at) values ($1, $2, $3, $4)
    on conflict (subject, account) do update set name = excluded.name, seen_at = excluded.seen_at";
const GONE: &str = "delete from presence where seen_at < $1";
const OTHERS: &str = "select name, seen_at from presence
    where subject = $1 and account <> $2 and seen_at >= $3 order by name";

/// Every statement, for the test that prepares them on both engines.
pub const STATEMENTS: [&str; 10] = [ONE, MINE, OF_ACCOUNT, SAVE, DISCARD, SETTLE, FORGET, HERE, GONE, OTHERS];

/// Somebody else who has the record open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Present {
    /// Their name.
    pub name: String,
    /// When their page last spoke.
    pub seen_at: Timestamp,
}

/// A draft in a person's list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Listed {
    /// The record.
    pub subject: Id,
    /// The window.
    pub page: String,
    /// Where it was typed.
    pub address: String,
    /// When it was saved.
    pub saved_at: Timestamp,
}

/// The draft of one window.
pub async fn one(
    conn: &mut AnyConnection,
    subject: &Id,
    account: &Id,
    page: &str,
) -> Result<Option<Draft>, sqlx::Error> {
    let row = sqlx::query(ONE)
        .bind(subject.as_str())
        .bind(account.as_str())
        .bind(page)
        .fetch_optional(conn)
        .await?;
    row.as_ref().map(read).transpose()
}

/// A person's drafts of one record, the latest first.
pub async fn mine(conn: &mut AnyConnection, subject: &Id, account: &Id) -> Result<Vec<Draft>, sqlx::Error> {
    let rows = sqlx::query(MINE).bind(subject.as_str()).bind(account.as_str()).fetch_all(conn).await?;
    rows.iter().map(read).collect()
}

/// All drafts of a person, the latest first.
pub async fn of_account(conn: &mut AnyConnection, account: &Id) -> Result<Vec<Listed>, sqlx::Error> {
    let rows = sqlx::query(OF_ACCOUNT).bind(account.as_str()).fetch_all(conn).await?;
    rows.iter()
        .map(|row| {
            let subject: String = row.try_get(0)?;
            Ok(Listed {
                subject: Id::of_row(&subject)?,
                page: row.try_get(1)?,
                address: row.try_get(2)?,
                saved_at: from_moment(row.try_get(3)?)?,
            })
        })
        .collect()
}

/// Keeps a draft.
pub async fn save(tx: &mut Tx, subject: &Id, account: &Id, draft: &Draft) -> Result<(), sqlx::Error> {
    let fields = serde_json::to_string(&draft.fields)
        .map_err(|error| sqlx::Error::Encode(error.to_string().into()))?;
    sqlx::query(SAVE)
        .bind(subject.as_str())
        .bind(account.as_str())
        .bind(&draft.page)
        .bind(draft.number)
        .bind(draft.base_seq)
        .bind(fields)
        .bind(to_moment(draft.saved_at))
        .bind(&draft.address)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Throws one window's draft away.
pub async fn discard(tx: &mut Tx, subject: &Id, account: &Id, page: &str) -> Result<(), sqlx::Error> {
    sqlx::query(DISCARD).bind(subject.as_str()).bind(account.as_str()).bind(page).execute(&mut **tx).await?;
    Ok(())
}

/// A person saved the record: of their drafts of it nothing is left but what an emergency left out, which stays until it
/// was put back or thrown away. Call it in the transaction of the facts.
pub async fn settle(tx: &mut Tx, subject: &Id, account: &Id) -> Result<(), sqlx::Error> {
    sqlx::query(SETTLE).bind(subject.as_str()).bind(account.as_str()).execute(&mut **tx).await?;
    Ok(())
}

/// Forgets drafts that are too old, and people who are long gone.
pub async fn forget(
    tx: &mut Tx,
    drafts_before: Timestamp,
    gone_before: Timestamp,
) -> Result<(), sqlx::Error> {
    sqlx::query(FORGET).bind(to_moment(drafts_before)).execute(&mut **tx).await?;
    sqlx::query(GONE).bind(to_moment(gone_before)).execute(&mut **tx).await?;
    Ok(())
}

/// Notes that somebody has the record open.
pub async fn here(
    tx: &mut Tx,
    subject: &Id,
    account: &Id,
    name: &str,
    now: Timestamp,
) -> Result<(), sqlx::Error> {
    sqlx::query(HERE)
        .bind(subject.as_str())
        .bind(account.as_str())
        .bind(name)
        .bind(to_moment(now))
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Who else has the record open.
pub async fn others(
    conn: &mut AnyConnection,
    subject: &Id,
    account: &Id,
    since: Timestamp,
) -> Result<Vec<Present>, sqlx::Error> {
    let rows = sqlx::query(OTHERS)
        .bind(subject.as_str())
        .bind(account.as_str())
        .bind(to_moment(since))
        .fetch_all(conn)
        .await?;
    rows.iter()
        .map(|row| Ok(Present { name: row.try_get(0)?, seen_at: from_moment(row.try_get(1)?)? }))
        .collect()
}

fn read(row: &AnyRow) -> Result<Draft, sqlx::Error> {
    let fields: String = row.try_get(3)?;
    let fields: Fields = serde_json::from_str(&fields)
        .map_err(|error| sqlx::Error::Decode(format!("a draft’s fields: {error}").into()))?;
    Ok(Draft {
        page: row.try_get(0)?,
        number: row.try_get(1)?,
        base_seq: row.try_get(2)?,
        fields,
        saved_at: from_moment(row.try_get(4)?)?,
        address: row.try_get(5)?,
    })
}
