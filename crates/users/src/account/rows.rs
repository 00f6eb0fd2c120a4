//! The only SQL about accounts and their passwords.

use std::collections::BTreeMap;

use jiff::Timestamp;
use journal::{Entry, Fact as _, Folded, Id, Noun, Refusal, Tx, from_moment, to_moment};
use sqlx::{AnyConnection, Row, any::AnyRow};

use super::rules::{self, Account, Command, Fact, Known, as_signed};
use crate::{Role, password::Hash, words::as_found};

const SAVE: &str = "insert into account
    (id, name, sign_in, found_by, role, opened_at, closed_at, signed_in_at, edits)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
    on conflict (id) do update set name = excluded.name, sign_in = excluded.sign_in,
        found_by = excluded.found_by, role = excluded.role, edits = excluded.edits,
        closed_at = coalesce(account.closed_at, excluded.closed_at),
        signed_in_at = coalesce(excluded.signed_in_at, account.signed_in_at)";
const IS_TAKEN: &str = "select count(*) from account where sign_in = $1";
const ONE: &str = "select id, name, sign_in, role, opened_at, closed_at, signed_in_at, edits
    from account where id = $1";
const LIST: &str = "select id, name, sign_in, role, opened_at, closed_at, signed_in_at, edits from account
    where ($1 = '' or found_by like $2 escape '!') and ($3 = '' or role = $3)
        and ($4 = '' or ($4 = 'open' and closed_at is null) or ($4 = 'closed' and closed_at is not null))
    order by found_by, id limit $5 offset $6";
const COUNT: &str = "select count(*) from account
    where ($1 = '' or found_by like $2 escape '!') and ($3 = '' or role = $3)
        and ($4 = '' or ($4 = 'open' and closed_at is null) or ($4 = 'closed' and closed_at is not null))";
const NEWEST_OF_ROLE: &str = "select id from account where role = $1 and closed_at is null
    order by opened_at desc, id desc limit 1";
const NAMES_IN_HISTORY: &str = "select id, name from account
    where id in (select who from journal where subject = $1)";
const PEOPLE: &str = "select id, name, role, closed_at from account order by found_by, id";
const SAVE_PASSWORD: &str = "insert into credential (account, hash, set_at) values ($1, $2, $3)
    on conflict (account) do update set hash = excluded.hash, set_at = excluded.set_at";
const PASSWORD: &str = "select hash from credential where account = $1";
const PASSWORD_BY_SIGN_IN: &str = "select a.id, c.hash from account a join credential c on c.account = a.id
    where a.sign_in = $1 and a.closed_at is null";

/// Every statement, for the test that prepares them on both engines.
#[cfg(test)]
const STATEMENTS: [&str; 11] = [
    SAVE,
    IS_TAKEN,
    ONE,
    LIST,
    COUNT,
    NEWEST_OF_ROLE,
    NAMES_IN_HISTORY,
    SAVE_PASSWORD,
    PASSWORD,
    PASSWORD_BY_SIGN_IN,
    PEOPLE,
];

/// The account as a noun.
pub(crate) struct Accounts;

impl Noun for Accounts {
    type State = Account;
    type Command = Command;
    type Fact = Fact;
    type Known = Known;

    fn decide(known: &Known, was: Option<&Account>, command: Command) -> Result<Fact, Refusal> {
        rules::decide(*known, was, command)
    }

    fn apply(was: Option<Account>, fact: &Fact) -> Account {
        rules::apply(was, fact)
    }

    async fn save(tx: &mut Tx, entry: &Entry, id: &Id, state: &Account) -> Result<(), sqlx::Error> {
        let found_by: Vec<&str> = [&state.name, &state.sign_in]
            .iter()
            .filter_map(|part| part.known())
            .map(String::as_str)
            .collect();
        let at = to_moment(entry.at);
        let has_signed_in = entry.kind == format!("{}/signed_in", Fact::NOUN);
        sqlx::query(SAVE)
            .bind(id.as_str())
            .bind(state.name.known().cloned())
            .bind(state.sign_in.known().cloned())
            .bind((!found_by.is_empty()).then(|| as_found(&found_by.join(" "))))
            .bind(state.role.key())
            .bind(&at)
            .bind(state.is_closed.then(|| at.clone()))
            .bind(has_signed_in.then(|| at.clone()))
            .bind(state.edits)
            .execute(&mut **tx)
            .await?;
        Ok(())
    }
}

/// The room's states while the journal is folded from its start.
#[derive(Debug, Default)]
pub struct Memory {
    accounts: Folded<Account>,
}

/// Folds `entry` and saves what it makes of an account: `check` and `rebuild`.
pub async fn refold(tx: &mut Tx, memory: &mut Memory, entry: &Entry) -> Result<(), sqlx::Error> {
    journal::refold::<Accounts>(tx, &mut memory.accounts, entry).await
}

/// An account as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Shown {
    pub id: Id,
    pub name: String,
    pub sign_in: String,
    pub role: Role,
    pub opened_at: Timestamp,
    pub closed_at: Option<Timestamp>,
    pub signed_in_at: Option<Timestamp>,
    pub edits: i64,
}

/// Which accounts a list shows; an empty text is no condition.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Wanted<'a> {
    pub words: &'a str,
    pub role: &'a str,
    /// `open`, `closed` or nothing.
    pub state: &'a str,
}

/// What the rules have to know before `sign_in` is given away.
pub(crate) async fn known(conn: &mut AnyConnection, sign_in: &str) -> Result<Known, sqlx::Error> {
    let others: i64 = sqlx::query_scalar(IS_TAKEN).bind(as_signed(sign_in)).fetch_one(conn).await?;
    Ok(Known { is_taken: others > 0, is_own: false })
}

/// One account.
pub(crate) async fn one(conn: &mut AnyConnection, id: &Id) -> Result<Option<Shown>, sqlx::Error> {
    sqlx::query(ONE).bind(id.as_str()).fetch_optional(conn).await?.as_ref().map(read).transpose()
}

/// The accounts wanted, by name, and how many there are in all.
pub(crate) async fn list(
    conn: &mut AnyConnection,
    wanted: &Wanted<'_>,
    limit: i64,
    offset: i64,
) -> Result<(Vec<Shown>, i64), sqlx::Error> {
    let words = as_found(wanted.words);
    let escaped = words.replace('!', "!!").replace('%', "!%").replace('_', "!_");
    let pattern = format!("%{escaped}%");
    let rows = sqlx::query(LIST)
        .bind(&words)
        .bind(&pattern)
        .bind(wanted.role)
        .bind(wanted.state)
        .bind(limit)
        .bind(offset)
        .fetch_all(&mut *conn)
        .await?;
    let count = sqlx::query_scalar(COUNT)
        .bind(&words)
        .bind(&pattern)
        .bind(wanted.role)
        .bind(wanted.state)
        .fetch_one(conn)
        .await?;
    Ok((rows.iter().map(read).collect::<Result<_, _>>()?, count))
}

/// The open account of `role` that was opened last.
pub(crate) async fn newest_of(conn: &mut AnyConnection, role: Role) -> Result<Option<Id>, sqlx::Error> {
    let id: Option<String> = sqlx::query_scalar(NEWEST_OF_ROLE).bind(role.key()).fetch_optional(conn).await?;
    Ok(id.as_deref().and_then(Id::read))
}

/// The names of those who acted on `subject`, by account: what a timeline shows beside each entry.
pub async fn names_in_history(
    conn: &mut AnyConnection,
    subject: &Id,
) -> Result<BTreeMap<String, String>, sqlx::Error> {
    let rows = sqlx::query(NAMES_IN_HISTORY).bind(subject.as_str()).fetch_all(conn).await?;
    rows.iter().map(|row| Ok((row.try_get(0)?, shown(row.try_get(1)?)))).collect()
}

/// Somebody with an account, as their colleagues may know them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The account's identity.
    pub id: Id,
    /// Their name.
    pub name: String,
    /// The role in which they act.
    pub role: Role,
    /// Whether they can still sign in.
    pub is_open: bool,
}

/// Everybody who has or had an account, by name. Names of colleagues: for those who may read the plan.
pub async fn people(conn: &mut AnyConnection) -> Result<Vec<Person>, sqlx::Error> {
    let rows = sqlx::query(PEOPLE).fetch_all(conn).await?;
    rows.iter()
        .map(|row| {
            let (id, role): (String, String) = (row.try_get(0)?, row.try_get(2)?);
            let closed_at: Option<String> = row.try_get(3)?;
            Ok(Person {
                name: shown(row.try_get(1)?),
                role: read_role(&role)?,
                is_open: closed_at.is_none(),
                id: Id::of_row(&id)?,
            })
        })
        .collect()
}

/// Keeps a password's hash beside the fact that it was set.
pub(crate) async fn save_password(tx: &mut Tx, entry: &Entry, hash: &Hash) -> Result<(), sqlx::Error> {
    sqlx::query(SAVE_PASSWORD)
        .bind(entry.subject.as_str())
        .bind(&hash.0)
        .bind(to_moment(entry.at))
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// The hash of an account's password.
pub(crate) async fn password(conn: &mut AnyConnection, id: &Id) -> Result<Option<Hash>, sqlx::Error> {
    Ok(sqlx::query_scalar(PASSWORD).bind(id.as_str()).fetch_optional(conn).await?.map(Hash))
}

/// Whose sign-in name this is, and the hash of their password; nothing of a closed account.
pub(crate) async fn password_by_sign_in(
    conn: &mut AnyConnection,
    sign_in: &str,
) -> Result<Option<(Id, Hash)>, sqlx::Error> {
    let row = sqlx::query(PASSWORD_BY_SIGN_IN).bind(as_signed(sign_in)).fetch_optional(conn).await?;
    let Some(row) = row else { return Ok(None) };
    let id: String = row.try_get(0)?;
    Ok(Id::read(&id).zip(Some(Hash(row.try_get(1)?))))
}

/// A name, or the word shown where it was erased.
pub(crate) fn shown(name: Option<String>) -> String {
    name.unwrap_or_else(|| "[erased]".to_owned())
}

/// A role as a row has it.
pub(crate) fn read_role(key: &str) -> Result<Role, sqlx::Error> {
    key.parse().map_err(|error: String| sqlx::Error::Decode(error.into()))
}

fn read(row: &AnyRow) -> Result<Shown, sqlx::Error> {
    let id: String = row.try_get(0)?;
    let closed_at: Option<String> = row.try_get(5)?;
    let signed_in_at: Option<String> = row.try_get(6)?;
    let role: String = row.try_get(3)?;
    Ok(Shown {
        name: shown(row.try_get(1)?),
        sign_in: shown(row.try_get(2)?),
        role: read_role(&role)?,
        opened_at: from_moment(row.try_get(4)?)?,
        closed_at: closed_at.as_deref().map(from_moment).transpose()?,
        signed_in_at: signed_in_at.as_deref().map(from_moment).transpose()?,
        edits: row.try_get(7)?,
        id: Id::of_row(&id)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn both_engines_know_every_statement() {
        journal::testing::prepare_all(&STATEMENTS).await;
    }
}
