//! The only SQL about the keys by which earlier contacts are found. Keys are a fold of the journal.

use std::sync::LazyLock;

use journal::{Entry, Id, Many, Tx};
use sqlx::{AnyConnection, Row};

use super::rules::{Asked, Evidence, Found, Hit, address, keys, rank};
use crate::{contact::rules::Contact, name, phone};

const CLEAR: &str = "delete from contact_key where subject = $1";
static INSERT: LazyLock<Many> =
    LazyLock::new(|| Many::of("insert into contact_key (kind, key, subject, seq)", 4, ""));
/// Each kind of key by its own index, the latest few of each: five short look-ups, however many contacts there are.
const FIND: &str = "select kind, subject, seq from (
        select 'number' as kind, id as subject, since_seq as seq from contact
        where number_key = $1 and number_key <> '' order by arrived_at desc limit 20) a
    union all select kind, subject, seq from (
        select 'number' as kind, id as subject, since_seq as seq from contact
        where call_back_key = $1 and call_back_key <> '' order by arrived_at desc limit 20) b
    union all select kind, subject, seq from (
        select 'number' as kind, id as subject, since_seq as seq from contact
        where number_key = $2 and number_key <> '' order by arrived_at desc limit 20) c
    union all select kind, subject, seq from (
        select 'number' as kind, id as subject, since_seq as seq from contact
        where call_back_key = $2 and call_back_key <> '' order by arrived_at desc limit 20) d
    union all select kind, subject, seq from (
        select kind, subject, seq from contact_key where kind = 'name' and key = $3 order by seq desc limit 20) e
    union all select kind, subject, seq from (
        select kind, subject, seq from contact_key where kind = 'alike' and key = $4 order by seq desc limit 20) f
    union all select kind, subject, seq from (
        select kind, subject, seq from contact_key where kind = 'place' and key = $5 order by seq desc limit 20) g
    union all select kind, subject, seq from (
        select kind, subject, seq from contact_key where kind = 'address' and key >= $6 and key < $7
        order by key, seq desc limit 20) h";

/// Every statement, for the test that prepares them on both engines.
pub fn statements() -> Vec<&'static str> {
    let mut all = vec![CLEAR, FIND];
    all.extend(LazyLock::force(&INSERT).statements());
    all
}

/// Saves the keys of a contact as it now is, those before gone: an erased name finds nobody.
pub async fn save_keys(tx: &mut Tx, entry: &Entry, id: &Id, contact: &Contact) -> Result<(), sqlx::Error> {
    sqlx::query(CLEAR).bind(id.as_str()).execute(&mut **tx).await?;
    let keys: Vec<_> = keys(contact).into_iter().collect();
    for (statement, rows) in INSERT.parts(&keys) {
        let mut query = sqlx::query(statement);
        for (kind, key) in rows {
            query = query.bind(kind.as_str()).bind(key).bind(id.as_str()).bind(entry.seq);
        }
        query.execute(&mut **tx).await?;
    }
    Ok(())
}

/// Earlier contacts that have something in common with what is asked. One statement.
pub async fn find(conn: &mut AnyConnection, asked: &Asked) -> Result<Vec<Found>, sqlx::Error> {
    let mut numbers = phone::keys(asked.numbers.iter().map(String::as_str)).into_iter();
    let name = name::read(&asked.name);
    let whole_name = if name.plain.contains(' ') { name.plain.as_str() } else { "" };
    let address = address(&asked.address).unwrap_or_default();
    // Nothing stands before the first printable character, so an empty address finds nothing.
    let until = if address.is_empty() { String::new() } else { format!("{address}~") };
    let rows = sqlx::query(FIND)
        .bind(numbers.next().unwrap_or_default())
        .bind(numbers.next().unwrap_or_default())
        .bind(whole_name)
        .bind(&name.alike)
        .bind(&asked.place)
        .bind(&address)
        .bind(until)
        .fetch_all(conn)
        .await?;
    let mut hits = Vec::with_capacity(rows.len());
    for row in &rows {
        let (kind, subject): (String, String) = (row.try_get(0)?, row.try_get(1)?);
        let damaged = || sqlx::Error::Decode(format!("key {kind:?} of {subject:?} is damaged").into());
        let subject = Id::read(&subject).ok_or_else(damaged)?;
        let evidence = Evidence::of(&kind).ok_or_else(damaged)?;
        if asked.but.as_ref() != Some(&subject) {
            hits.push(Hit { subject, evidence, seq: row.try_get(2)? });
        }
    }
    Ok(rank(&hits))
}
