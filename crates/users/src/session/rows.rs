//! The only SQL about sessions, tokens and tries to sign in. None of it is a fold of the journal.

use jiff::Timestamp;
use journal::{Entry, Id, Tx, from_moment, to_moment};
use sqlx::{AnyConnection, Row, any::AnyRow};

use super::rules::{IDLE, Tries, WINDOW};
use crate::{
    Role,
    account::rows::{read_role, shown},
    secret::{Secret, digest},
};

const BY_SESSION: &str = "select a.id, a.name, a.sign_in, a.role, s.created_at, s.last_seen_at, s.id
    from session s join account a on a.id = s.account where s.secret_hash = $1 and a.closed_at is null";
const BY_TOKEN: &str = "select a.id, a.name, a.sign_in, a.role, t.created_at, t.created_at, ''
    from token t join account a on a.id = t.account where t.secret_hash = $1 and a.closed_at is null";
const SEEN: &str = "update session set last_seen_at = $1 where id = $2";
const BEGIN: &str = "insert into session (secret_hash, id, account, device, created_at, last_seen_at)
    values ($1, $2, $3, $4, $5, $6)";
const END: &str = "delete from session where account = $1 and id = $2";
const END_OTHERS: &str = "delete from session where account = $1 and id <> $2";
const END_STALE: &str = "delete from session where last_seen_at < $1";
const OF_ACCOUNT: &str = "select id, device, created_at, last_seen_at from session
    where account = $1 order by last_seen_at desc, id";
const ISSUE: &str = "insert into token (secret_hash, account, label, created_at) values ($1, $2, $3, $4)";
const REVOKE: &str = "delete from token where account = $1";
const TOKENS: &str = "select label, created_at from token where account = $1 order by created_at desc, label";
const FORGET_TRIES: &str = "delete from sign_in_try where at < $1";
const TRIES_OF_NAME: &str = "select count(*), min(at) from sign_in_try where address = $1 and name_hash = $2";
const TRIES_OF_ADDRESS: &str = "select count(*), min(at) from sign_in_try where address = $1";
const TRY: &str = "insert into sign_in_try (name_hash, address, at) values ($1, $2, $3)";
const SUCCEED: &str = "delete from sign_in_try where address = $1 and name_hash = $2";

/// Every statement, for the test that prepares them on both engines.
#[cfg(test)]
const STATEMENTS: [&str; 16] = [
    BY_SESSION,
    BY_TOKEN,
    SEEN,
    BEGIN,
    END,
    END_OTHERS,
    END_STALE,
    OF_ACCOUNT,
    ISSUE,
    REVOKE,
    TOKENS,
    FORGET_TRIES,
    TRIES_OF_NAME,
    TRIES_OF_ADDRESS,
    TRY,
    SUCCEED,
];

/// Whose a cookie or a token is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Found {
    pub account: Id,
    pub name: String,
    pub sign_in: String,
    pub role: Role,
    pub created_at: Timestamp,
    pub last_seen_at: Timestamp,
    /// The session; empty for a token.
    pub session: String,
}

/// A session as its owner sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Listed {
    pub id: String,
    pub device: String,
    pub created_at: Timestamp,
    pub last_seen_at: Timestamp,
}

/// Who tries to sign in, from where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Trying {
    name_hash: String,
    address: String,
}

impl Trying {
    pub(crate) fn of(sign_in: &str, address: &str) -> Self {
        Self { name_hash: digest("try", sign_in), address: address.to_owned() }
    }
}

/// Whose this cookie is: session and account in one statement.
pub(crate) async fn by_session(
    conn: &mut AnyConnection,
    secret: &Secret,
) -> Result<Option<Found>, sqlx::Error> {
    found(sqlx::query(BY_SESSION).bind(secret.kept()).fetch_optional(conn).await?.as_ref())
}

/// Whose this token is: token and account in one statement.
pub(crate) async fn by_token(
    conn: &mut AnyConnection,
    secret: &Secret,
) -> Result<Option<Found>, sqlx::Error> {
    found(sqlx::query(BY_TOKEN).bind(secret.kept()).fetch_optional(conn).await?.as_ref())
}

fn found(row: Option<&AnyRow>) -> Result<Option<Found>, sqlx::Error> {
    let Some(row) = row else { return Ok(None) };
    let (id, role): (String, String) = (row.try_get(0)?, row.try_get(3)?);
    Ok(Some(Found {
        account: Id::of_row(&id)?,
        name: shown(row.try_get(1)?),
        sign_in: shown(row.try_get(2)?),
        role: read_role(&role)?,
        created_at: from_moment(row.try_get(4)?)?,
        last_seen_at: from_moment(row.try_get(5)?)?,
        session: row.try_get(6)?,
    }))
}

/// Notes that the session was used.
pub(crate) async fn seen(tx: &mut Tx, session: &str, now: Timestamp) -> Result<(), sqlx::Error> {
    sqlx::query(SEEN).bind(to_moment(now)).bind(session).execute(&mut **tx).await?;
    Ok(())
}

/// Begins a session beside the fact that its owner signed in; forgets those long idle, of anybody.
pub(crate) async fn begin(
    tx: &mut Tx,
    entry: &Entry,
    secret: &Secret,
    device: &str,
) -> Result<(), sqlx::Error> {
    sqlx::query(END_STALE).bind(to_moment(entry.at - IDLE)).execute(&mut **tx).await?;
    let at = to_moment(entry.at);
    sqlx::query(BEGIN)
        .bind(secret.kept())
        .bind(Id::new(entry.at).as_str())
        .bind(entry.subject.as_str())
        .bind(device)
        .bind(&at)
        .bind(&at)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Ends one session of an account; says whether there was one.
pub(crate) async fn end(tx: &mut Tx, account: &Id, session: &str) -> Result<bool, sqlx::Error> {
    let ended = sqlx::query(END).bind(account.as_str()).bind(session).execute(&mut **tx).await?;
    Ok(ended.rows_affected() > 0)
}

/// Ends all sessions of an account but `kept` (empty: all of them).
pub(crate) async fn end_others(tx: &mut Tx, account: &Id, kept: &str) -> Result<(), sqlx::Error> {
    sqlx::query(END_OTHERS).bind(account.as_str()).bind(kept).execute(&mut **tx).await?;
    Ok(())
}

/// The sessions of an account, the last used first.
pub(crate) async fn of_account(conn: &mut AnyConnection, account: &Id) -> Result<Vec<Listed>, sqlx::Error> {
    let rows = sqlx::query(OF_ACCOUNT).bind(account.as_str()).fetch_all(conn).await?;
    rows.iter()
        .map(|row| {
            Ok(Listed {
                id: row.try_get(0)?,
                device: row.try_get(1)?,
                created_at: from_moment(row.try_get(2)?)?,
                last_seen_at: from_moment(row.try_get(3)?)?,
            })
        })
        .collect()
}

/// Keeps a token beside the fact that it was issued.
pub(crate) async fn issue(
    tx: &mut Tx,
    entry: &Entry,
    secret: &Secret,
    label: &str,
) -> Result<(), sqlx::Error> {
    sqlx::query(ISSUE)
        .bind(secret.kept())
        .bind(entry.subject.as_str())
        .bind(label)
        .bind(to_moment(entry.at))
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Ends all tokens of an account; says how many there were.
pub(crate) async fn revoke(tx: &mut Tx, account: &Id) -> Result<u64, sqlx::Error> {
    Ok(sqlx::query(REVOKE).bind(account.as_str()).execute(&mut **tx).await?.rows_affected())
}

/// The tokens of an account: what each is for, and when it was issued.
pub(crate) async fn tokens(
    conn: &mut AnyConnection,
    account: &Id,
) -> Result<Vec<(String, Timestamp)>, sqlx::Error> {
    let rows = sqlx::query(TOKENS).bind(account.as_str()).fetch_all(conn).await?;
    rows.iter().map(|row| Ok((row.try_get(0)?, from_moment(row.try_get(1)?)?))).collect()
}

/// Earlier tries of this name from this address, and of this address. Forgets those past the window.
pub(crate) async fn tries(
    tx: &mut Tx,
    trying: &Trying,
    now: Timestamp,
) -> Result<(Tries, Tries), sqlx::Error> {
    sqlx::query(FORGET_TRIES).bind(to_moment(now - WINDOW)).execute(&mut **tx).await?;
    let of_name =
        sqlx::query(TRIES_OF_NAME).bind(&trying.address).bind(&trying.name_hash).fetch_one(&mut **tx).await?;
    let of_address = sqlx::query(TRIES_OF_ADDRESS).bind(&trying.address).fetch_one(&mut **tx).await?;
    Ok((read_tries(&of_name)?, read_tries(&of_address)?))
}

fn read_tries(row: &AnyRow) -> Result<Tries, sqlx::Error> {
    let first: Option<String> = row.try_get(1)?;
    Ok(Tries { count: row.try_get(0)?, first: first.as_deref().map(from_moment).transpose()? })
}

/// Counts a try before it is looked at, so that a hundred at once are a hundred.
pub(crate) async fn count_try(tx: &mut Tx, trying: &Trying, now: Timestamp) -> Result<(), sqlx::Error> {
    sqlx::query(TRY)
        .bind(&trying.name_hash)
        .bind(&trying.address)
        .bind(to_moment(now))
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Forgets the tries of a name from an address: it was right in the end.
pub(crate) async fn succeed(tx: &mut Tx, trying: &Trying) -> Result<(), sqlx::Error> {
    sqlx::query(SUCCEED).bind(&trying.address).bind(&trying.name_hash).execute(&mut **tx).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn both_engines_know_every_statement() {
        journal::testing::prepare_all(&STATEMENTS).await;
    }
}
