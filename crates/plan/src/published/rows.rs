//! The only SQL about imports.

use std::collections::BTreeMap;

use jiff::Timestamp;
use journal::{Entry, Id, Tx, from_moment, to_moment};
use sqlx::{AnyConnection, Row};

use super::rules::{CarriedIn, Fact};

const INSERT: &str =
    "insert into plan_import (inspection, seq, at, who, file, digest) values ($1, $2, $3, $4, $5, $6)";
const SEEN: &str = "select count(*) from plan_import where inspection = $1 and digest = $2";
const LATEST: &str = "select p.file, p.at, i.title from plan_import p
    join inspection i on i.id = p.inspection and i.until_seq = $1 order by p.seq desc limit 10";
const RISKS: &str = "select r.id, coalesce(r.exposure, ''), r.risk_statement, j.at
    from recommendation r join journal j on j.seq = r.since_seq
    where r.inspection = $1 order by r.id, r.since_seq";

/// Every statement, for the test that prepares them on both engines.
pub const STATEMENTS: [&str; 4] = [INSERT, SEEN, LATEST, RISKS];

/// Saves the last import of an inspection.
pub async fn save(tx: &mut Tx, entry: &Entry, id: &Id, state: &CarriedIn) -> Result<(), sqlx::Error> {
    let Some((file, digest)) = state.last() else { return Ok(()) };
    sqlx::query(INSERT)
        .bind(id.as_str())
        .bind(entry.seq)
        .bind(to_moment(entry.at))
        .bind(&entry.actor.who)
        .bind(file)
        .bind(digest)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Whether this very file was carried in for the inspection before.
pub async fn seen(conn: &mut AnyConnection, inspection: &Id, digest: &str) -> Result<bool, sqlx::Error> {
    let count: i64 = sqlx::query_scalar(SEEN).bind(inspection.as_str()).bind(digest).fetch_one(conn).await?;
    Ok(count > 0)
}

/// When the risk of each recommendation of an inspection was last stated; one that never had any is left out.
pub async fn risks(
    conn: &mut AnyConnection,
    inspection: &Id,
) -> Result<BTreeMap<Id, Timestamp>, sqlx::Error> {
    let mut stated = BTreeMap::new();
    let mut before = (String::new(), String::new(), String::new());
    for row in sqlx::query(RISKS).bind(inspection.as_str()).fetch_all(conn).await? {
        let now: (String, String, String) = (row.try_get(0)?, row.try_get(1)?, row.try_get(2)?);
        let is_first = now.0 != before.0;
        let has_any = !now.1.is_empty() || !now.2.is_empty();
        let is_stated = if is_first { has_any } else { now != before };
        if is_stated {
            stated.insert(Id::of_row(&now.0)?, from_moment(row.try_get(3)?)?);
        }
        before = now;
    }
    Ok(stated)
}

/// The last ten imports: file, moment, inspection.
pub async fn latest(conn: &mut AnyConnection) -> Result<Vec<(String, String, String)>, sqlx::Error> {
    let rows = sqlx::query(LATEST).bind(journal::OPEN_END).fetch_all(conn).await?;
    rows.iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?, row.try_get(2)?))).collect()
}

/// Folds one entry again, if it is an import.
pub async fn refold(
    tx: &mut Tx,
    folded: &mut journal::Folded<CarriedIn>,
    entry: &Entry,
) -> Result<(), sqlx::Error> {
    match folded.step::<Fact>(entry, super::rules::apply)? {
        Some(state) => save(tx, entry, &entry.subject, &state).await,
        None => Ok(()),
    }
}
