//! The only SQL about holds; and what is free: slots without those that somebody has or holds.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};
use journal::{Id, Tx, from_moment, to_moment};
use sqlx::{AnyConnection, Row, any::AnyRow};

use crate::{
    definition::limits,
    diary::rows::of_unit,
    place::{Place, Slot},
    slot::slots,
};

const SWEEP: &str = "delete from diary_hold where until <= $1";
const HOLD: &str = "insert into diary_hold (diary, shift, starts_at, officer, holder, account, until)
    values ($1, $2, $3, $4, $5, $6, $7)
    on conflict (diary, shift, starts_at, officer) do update set until = excluded.until, account = excluded.account
    where diary_hold.holder = excluded.holder";
const RELEASE: &str = "delete from diary_hold where holder = $1";
const OF_HOLDER: &str = "select diary, shift, starts_at, officer, until from diary_hold
    where holder = $1 and until > $2 order by starts_at";
const OF_OTHERS: &str = "select h.diary, h.shift, h.starts_at, h.officer, h.until from diary_hold h
    join diary d on d.id = h.diary
    where d.unit = $1 and h.holder <> $2 and h.until > $3 and h.starts_at >= $4 and h.starts_at < $5";

/// Every statement, for the test that prepares them on both engines.
pub const STATEMENTS: [&str; 5] = [SWEEP, HOLD, RELEASE, OF_HOLDER, OF_OTHERS];

/// Holds a place for `holder`, an incident, or holds it longer; false where another holds it. Those that ran out go in
/// passing.
pub async fn hold(
    tx: &mut Tx,
    place: &Place,
    holder: &str,
    account: &Id,
    now: Timestamp,
) -> Result<bool, sqlx::Error> {
    sqlx::query(SWEEP).bind(to_moment(now)).execute(&mut **tx).await?;
    let minutes = SignedDuration::from_mins(limits().hold_minutes);
    let done = sqlx::query(HOLD)
        .bind(place.diary.as_str())
        .bind(place.shift)
        .bind(to_moment(place.starts_at))
        .bind(place.officer)
        .bind(holder)
        .bind(account.as_str())
        .bind(to_moment(now.saturating_add(minutes).unwrap_or(now)))
        .execute(&mut **tx)
        .await?;
    Ok(done.rows_affected() == 1)
}

/// Nothing is held for `holder` any more: it was booked, or is not wanted.
pub async fn release(tx: &mut Tx, holder: &str) -> Result<(), sqlx::Error> {
    sqlx::query(RELEASE).bind(holder).execute(&mut **tx).await?;
    Ok(())
}

/// What is held for `holder`, and until when.
pub async fn of_holder(
    conn: &mut AnyConnection,
    holder: &str,
    now: Timestamp,
) -> Result<Vec<(Place, Timestamp)>, sqlx::Error> {
    let rows = sqlx::query(OF_HOLDER).bind(holder).bind(to_moment(now)).fetch_all(conn).await?;
    rows.iter().map(read).collect()
}

/// The places of a unit's diaries that can be booked for `holder`: slots that begin from `from` and before `until`, without
/// those in `taken`, which the incident room tells, and those that are held for others. Two statements.
pub async fn free(
    conn: &mut AnyConnection,
    unit: &str,
    (from, until): (Timestamp, Timestamp),
    now: Timestamp,
    holder: &str,
    taken: &BTreeSet<Place>,
) -> Result<Vec<Slot>, sqlx::Error> {
    if unit.is_empty() {
        return Ok(Vec::new());
    }
    let rows = sqlx::query(OF_OTHERS)
        .bind(unit)
        .bind(holder)
        .bind(to_moment(now))
        .bind(to_moment(from))
        .bind(to_moment(until))
        .fetch_all(&mut *conn)
        .await?;
    let held: Vec<(Place, Timestamp)> = rows.iter().map(read).collect::<Result<_, _>>()?;
    let held: BTreeSet<Place> = held.into_iter().map(|(place, _)| place).collect();
    let mut free = Vec::new();
    for (id, diary) in of_unit(conn, unit).await? {
        let is_free = |slot: &Slot| !taken.contains(&slot.place) && !held.contains(&slot.place);
        free.extend(slots(&id, &diary, from, until).into_iter().filter(is_free));
    }
    free.sort_by(|one, other| {
        let key =
            |slot: &Slot| (slot.place.starts_at, slot.station.clone(), slot.place.shift, slot.place.officer);
        key(one).cmp(&key(other))
    });
    Ok(free)
}

fn read(row: &AnyRow) -> Result<(Place, Timestamp), sqlx::Error> {
    let diary: String = row.try_get(0)?;
    let diary = Id::of_row(&diary)?;
    let moment = |index: usize| from_moment(&row.try_get::<String, _>(index)?);
    Ok((Place { diary, shift: row.try_get(1)?, starts_at: moment(2)?, officer: row.try_get(3)? }, moment(4)?))
}
