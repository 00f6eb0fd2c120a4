//! The only SQL about the gazetteer.

use jiff::Timestamp;
use journal::{Actor, Entry, Folded, Id, Journal, Tx, append, from_moment, to_moment};
use serde::Serialize;
use sqlx::{AnyConnection, Row, any::AnyRow};

use super::rules::{self, Edition, Fact, Place, postcode, street};
use crate::earlier::rules::address;

const INSERT: &str = "insert into place
    (edition, id, words, folded, street, postcode, division, beat, is_rural, grid, warnings)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
const SAVE: &str =
    "insert into gazetteer (edition, seq, at, name, places, digest) values ($1, $2, $3, $4, $5, $6)";
const CURRENT: &str =
    "select edition, seq, at, name, places, digest from gazetteer order by seq desc limit 1";
const OLDER: &str = "delete from place where edition in (
    select edition from gazetteer where seq < (select max(seq) from gazetteer))";
const UNFINISHED: &str = "delete from place where edition not in (select edition from gazetteer)";
const FIND: &str = "select id, words, postcode, division, beat, is_rural, grid, warnings from place
    where edition = (select edition from gazetteer order by seq desc limit 1)
        and ((folded >= $1 and folded < $2) or (street >= $3 and street < $4) or postcode = $5)
    order by words limit 10";
const ONE: &str = "select id, words, postcode, division, beat, is_rural, grid, warnings from place
    where edition = (select edition from gazetteer order by seq desc limit 1) and id = $1";

/// Every statement, for the test that prepares them on both engines.
pub const STATEMENTS: [&str; 7] = [INSERT, SAVE, CURRENT, OLDER, UNFINISHED, FIND, ONE];

/// Places written in one transaction: the writer is never held for long.
const BLOCK: usize = 2_000;

/// The edition in force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Current {
    /// Its entry.
    pub seq: i64,
    /// When it was imported.
    pub at: Timestamp,
    /// What it is.
    pub edition: Edition,
}

/// Imports an edition: its places in blocks, then the fact that puts it in force; then the one before goes. Stopped in
/// between, nothing is changed, and the next import clears what was left.
pub async fn import(
    journal: &Journal,
    who: &Actor,
    now: Timestamp,
    fact: &Fact,
    places: &[Place],
) -> Result<i64, sqlx::Error> {
    let edition = Id::new(now);
    let mut tx = journal.begin().await?;
    sqlx::query(UNFINISHED).execute(&mut *tx).await?;
    tx.commit().await?;
    for block in places.chunks(BLOCK) {
        let mut tx = journal.begin().await?;
        for place in block {
            insert(&mut tx, &edition, place).await?;
        }
        tx.commit().await?;
    }
    let mut tx = journal.begin().await?;
    let entry = append(&mut tx, who, now, &edition, fact).await?;
    save(&mut tx, &entry, &rules::apply(None, fact)).await?;
    sqlx::query(OLDER).execute(&mut *tx).await?;
    tx.commit().await?;
    Ok(entry.seq)
}

async fn insert(tx: &mut Tx, edition: &Id, place: &Place) -> Result<(), sqlx::Error> {
    let folded = address(&place.words).unwrap_or_default();
    sqlx::query(INSERT)
        .bind(edition.as_str())
        .bind(&place.id)
        .bind(&place.words)
        .bind(&folded)
        .bind(street(&folded))
        .bind(&place.postcode)
        .bind(&place.division)
        .bind(&place.beat)
        .bind(i64::from(place.is_rural))
        .bind(&place.grid)
        .bind(place.warnings.join("\n"))
        .execute(&mut **tx)
        .await?;
    Ok(())
}

async fn save(tx: &mut Tx, entry: &Entry, edition: &Edition) -> Result<(), sqlx::Error> {
    sqlx::query(SAVE)
        .bind(entry.subject.as_str())
        .bind(entry.seq)
        .bind(to_moment(entry.at))
        .bind(&edition.name)
        .bind(edition.places)
        .bind(&edition.digest)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Folds one entry again. The places themselves are no fold: a rebuild keeps them.
pub async fn refold(tx: &mut Tx, editions: &mut Folded<Edition>, entry: &Entry) -> Result<(), sqlx::Error> {
    match editions.step(entry, rules::apply)? {
        Some(edition) => save(tx, entry, &edition).await,
        None => Ok(()),
    }
}

/// The edition in force; nothing before the first import.
pub async fn current(conn: &mut AnyConnection) -> Result<Option<Current>, sqlx::Error> {
    let row = sqlx::query(CURRENT).fetch_optional(conn).await?;
    row.map(|row| {
        Ok(Current {
            seq: row.try_get(1)?,
            at: from_moment(row.try_get(2)?)?,
            edition: Edition { name: row.try_get(3)?, places: row.try_get(4)?, digest: row.try_get(5)? },
        })
    })
    .transpose()
}

/// At most ten places that begin as typed, by their address, their street or their postcode.
pub async fn find(conn: &mut AnyConnection, typed: &str) -> Result<Vec<Place>, sqlx::Error> {
    let folded = address(typed).unwrap_or_default();
    let on_street = street(&folded);
    // Only a street alone is looked for as a street: with a number before it, the number is meant.
    let on_street = if on_street == folded { on_street } else { String::new() };
    let until = |from: &str| if from.is_empty() { String::new() } else { format!("{from}~") };
    let rows = sqlx::query(FIND)
        .bind(&folded)
        .bind(until(&folded))
        .bind(&on_street)
        .bind(until(&on_street))
        .bind(postcode(typed).unwrap_or_else(|| "-".to_owned()))
        .fetch_all(conn)
        .await?;
    rows.iter().map(read).collect()
}

/// The place with that reference.
pub async fn one(conn: &mut AnyConnection, id: &str) -> Result<Option<Place>, sqlx::Error> {
    let row = sqlx::query(ONE).bind(id).fetch_optional(conn).await?;
    row.as_ref().map(read).transpose()
}

fn read(row: &AnyRow) -> Result<Place, sqlx::Error> {
    let is_rural: i64 = row.try_get(5)?;
    let warnings: String = row.try_get(7)?;
    Ok(Place {
        id: row.try_get(0)?,
        words: row.try_get(1)?,
        postcode: row.try_get(2)?,
        division: row.try_get(3)?,
        beat: row.try_get(4)?,
        is_rural: is_rural != 0,
        grid: row.try_get(6)?,
        warnings: warnings.lines().map(str::to_owned).collect(),
    })
}
