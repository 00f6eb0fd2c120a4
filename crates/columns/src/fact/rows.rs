//! The only SQL of the room: what stands around entries, and the cube.

use std::collections::BTreeMap;

use jiff::civil::Date;
use journal::{Id, day_of, from_moment};
use sqlx::{AnyConnection, Row as _, any::AnyRow};

use super::{around::Belongs, row::Row};
use crate::table::dimensions::MEASURE_VALUE;

const BELONGS: &str = "select id, id, division from incident
    where id in (select subject from journal where seq > $1 and seq <= $2)
    union all select id, coalesce(incident, ''), division from contact
    where id in (select subject from journal where seq > $1 and seq <= $2)
    union all select id, incident, division from crime_report
    where id in (select subject from journal where seq > $1 and seq <= $2)
    union all select id, incident, division from referral
    where id in (select subject from journal where seq > $1 and seq <= $2)";
const NUMBERS: &str = "select j.seq, (select count(*) from journal b
    where b.subject = j.subject and b.seq < j.seq and (b.kind = j.kind
    or (j.kind <> 'promise/made' and b.kind in ('appointment/booked', 'appointment/rescheduled'))))
    from journal j where j.seq > $1 and j.seq <= $2
    and j.kind in ('promise/made', 'appointment/booked', 'appointment/rescheduled')";
const CUBE: &str = "select version, day, division, reason, numerator, denominator, contributions
    from measure_cube where measure = $1 and day >= $2 and day <= $3 and in_force = 1
    order by day, division, reason, version";
const FIRST: &str =
    "select coalesce(min(at), ''), (select coalesce(min(day), '') from measure_cube) from journal";

/// Every statement, for the test that prepares them on both engines.
pub const STATEMENTS: [&str; 4] = [BELONGS, NUMBERS, CUBE, FIRST];

/// Where the subjects of some entries belong, as it is known now.
pub async fn belongs(
    conn: &mut AnyConnection,
    after: i64,
    until: i64,
) -> Result<BTreeMap<Id, Belongs>, sqlx::Error> {
    let rows = sqlx::query(BELONGS).bind(after).bind(until).fetch_all(conn).await?;
    let read = |row: &AnyRow| {
        let (id, incident): (String, String) = (row.try_get(0)?, row.try_get(1)?);
        let incident = if incident.is_empty() { None } else { Some(Id::of_row(&incident)?) };
        Ok((Id::of_row(&id)?, Belongs { incident, division: row.try_get(2)? }))
    };
    rows.iter().map(read).collect()
}

/// Which promise or appointment of its incident each of some entries began, from 0.
pub async fn numbers(
    conn: &mut AnyConnection,
    after: i64,
    until: i64,
) -> Result<BTreeMap<i64, i64>, sqlx::Error> {
    let rows = sqlx::query(NUMBERS).bind(after).bind(until).fetch_all(conn).await?;
    rows.iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?))).collect()
}

/// The cube of a measure over some days.
pub async fn cube(
    conn: &mut AnyConnection,
    measure: &str,
    from: Date,
    until: Date,
) -> Result<Vec<Row>, sqlx::Error> {
    let rows = sqlx::query(CUBE)
        .bind(measure)
        .bind(from.to_string())
        .bind(until.to_string())
        .fetch_all(conn)
        .await?;
    rows.iter().map(|row| value(measure, row)).collect()
}

fn value(measure: &str, of: &AnyRow) -> Result<Row, sqlx::Error> {
    let day: String = of.try_get(1)?;
    let day: Date = day.parse().map_err(|_| sqlx::Error::Decode(format!("{day:?} is no day").into()))?;
    let (division, reason): (String, String) = (of.try_get(2)?, of.try_get(3)?);
    let mut row = Row::of(&MEASURE_VALUE);
    row.key("measure", measure);
    row.integer("version", of.try_get::<i64, _>(0)?);
    row.day("day", day);
    row.key("division", &division);
    row.key("reason", &reason);
    row.integer("numerator", of.try_get::<i64, _>(4)?);
    row.integer("denominator", of.try_get::<i64, _>(5)?);
    row.integer("contributions", of.try_get::<i64, _>(6)?);
    Ok(row)
}

/// The first day on which something was recorded or is counted; nothing in an empty journal.
pub async fn first_day(conn: &mut AnyConnection) -> Result<Option<Date>, sqlx::Error> {
    let (at, day): (String, String) = sqlx::query_as(FIRST).fetch_one(conn).await?;
    if at.is_empty() {
        return Ok(None);
    }
    let recorded = day_of(from_moment(&at)?);
    Ok(Some(day.parse().map_or(recorded, |counted: Date| counted.min(recorded))))
}
