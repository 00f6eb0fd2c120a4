//! The only SQL that reads appointments as rows: a page of the list, and the counts of a time.

use jiff::Timestamp;
use journal::{Id, from_moment, reference, to_moment};
use sqlx::{AnyConnection, Row, any::AnyRow};

use crate::after::After;

const LIST: &str = "select a.incident, a.number, a.family, a.unit, a.station, a.starts_at, a.mode, a.outcome,
    a.late_by_minutes, a.booked_at, i.seq, i.summary
    from appointment a join incident i on i.id = a.incident
    where a.starts_at >= $1 and a.starts_at < $2 and ($3 = '' or a.unit = $3)
        and ($4 = '' or a.outcome = case when $4 = 'to_come' then '' else $4 end)
        and (a.starts_at, a.incident, a.number) > ($5, $6, $7)
    order by a.starts_at, a.incident, a.number limit $8";
const COUNTS: &str = "select unit, outcome, count(*) from appointment
    where starts_at >= $1 and starts_at < $2 group by unit, outcome order by unit, outcome";

/// Every statement, for the test that prepares them on both engines.
pub const STATEMENTS: [&str; 2] = [LIST, COUNTS];

/// Which appointments; what is empty does not narrow it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filter {
    /// Of slots that begin from here on.
    pub from: Timestamp,
    /// And before this.
    pub until: Timestamp,
    /// A key of a unit.
    pub unit: String,
    /// An outcome, or "to_come".
    pub outcome: String,
}

/// An appointment as a row has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Its incident.
    pub incident: Id,
    /// Its place among those of the incident.
    pub number: i64,
    /// A key of `definition::families()`.
    pub family: String,
    /// The unit whose diary it is in.
    pub unit: String,
    /// The station.
    pub station: String,
    /// When it begins.
    pub starts_at: Timestamp,
    /// A key of a mode.
    pub mode: String,
    /// Its outcome; empty while it is to come.
    pub outcome: String,
    /// How late it was kept.
    pub late_by_minutes: Option<i64>,
    /// When it was booked.
    pub booked_at: Timestamp,
    /// What the incident is called on the telephone.
    pub reference: String,
    /// Its opening account; empty where there is none or it was erased.
    pub summary: String,
}

/// How many of one unit's appointments have one outcome.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Count {
    /// The unit.
    pub unit: String,
    /// The outcome; empty for those to come.
    pub outcome: String,
    /// How many.
    pub count: i64,
}

/// A page of the list, by time; one statement.
pub async fn list(
    conn: &mut AnyConnection,
    filter: &Filter,
    after: Option<&After>,
    limit: i64,
) -> Result<Vec<Listed>, sqlx::Error> {
    let rows = sqlx::query(LIST)
        .bind(to_moment(filter.from))
        .bind(to_moment(filter.until))
        .bind(&filter.unit)
        .bind(&filter.outcome)
        .bind(after.map_or_else(String::new, |after| to_moment(after.at)))
        .bind(after.map_or("", |after| after.incident.as_str()))
        .bind(after.map_or(0, |after| after.number))
        .bind(limit)
        .fetch_all(conn)
        .await?;
    rows.iter().map(read).collect()
}

/// The counts of the slots that begin from `from` and before `until`, by unit and outcome; one statement.
pub async fn counts(
    conn: &mut AnyConnection,
    from: Timestamp,
    until: Timestamp,
) -> Result<Vec<Count>, sqlx::Error> {
    let rows = sqlx::query(COUNTS).bind(to_moment(from)).bind(to_moment(until)).fetch_all(conn).await?;
    let read =
        |row: &AnyRow| Ok(Count { unit: row.try_get(0)?, outcome: row.try_get(1)?, count: row.try_get(2)? });
    rows.iter().map(read).collect()
}

fn read(row: &AnyRow) -> Result<Listed, sqlx::Error> {
    let id: String = row.try_get(0)?;
    let moment =
        |index: usize| -> Result<Timestamp, sqlx::Error> { from_moment(&row.try_get::<String, _>(index)?) };
    Ok(Listed {
        incident: Id::of_row(&id)?,
        number: row.try_get(1)?,
        family: row.try_get(2)?,
        unit: row.try_get(3)?,
        station: row.try_get(4)?,
        starts_at: moment(5)?,
        mode: row.try_get(6)?,
        outcome: row.try_get(7)?,
        late_by_minutes: row.try_get(8)?,
        booked_at: moment(9)?,
        reference: reference('I', row.try_get(10)?),
        summary: row.try_get::<Option<String>, _>(11)?.unwrap_or_default(),
    })
}
