//! The only SQL that writes what is counted.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};

use journal::{Id, Many, OPEN_END, from_moment, to_moment};
use sqlx::{AnyConnection, Row, any::AnyRow};

use crate::{
    catalogue::Catalogue,
    contribution::{Contribution, Key, Numbered},
    measures::KEYS,
};

const POSITION: &str = "select seq, edition from measure_position where only_row = 1";
const MOVE: &str = "insert into measure_position (only_row, seq, edition) values (1, $1, $2)
    on conflict (only_row) do update set seq = excluded.seq, edition = excluded.edition";
const STANDING: &str = "select measure, version, number, at, division, reason, numerator, denominator
    from measure_contribution where subject = $1 and until_seq = $2";
static BEGIN: LazyLock<Many> = LazyLock::new(|| {
    let head = "insert into measure_contribution (measure, version, in_force, subject, number, at, day, division, reason,
        numerator, denominator, from_seq, until_seq)";
    Many::of(head, 13, "")
});
const END: &str = "update measure_contribution set until_seq = $1
    where subject = $2 and measure = $3 and version = $4 and number = $5 and until_seq = $6";
static ADD: LazyLock<Many> = LazyLock::new(|| {
    let head = "insert into measure_cube
        (measure, version, in_force, day, division, reason, numerator, denominator, contributions)";
    let tail = "on conflict (measure, day, division, reason, version) do update set
        numerator = measure_cube.numerator + excluded.numerator,
        denominator = measure_cube.denominator + excluded.denominator,
        contributions = measure_cube.contributions + excluded.contributions";
    Many::of(head, 9, tail)
});
/// What nothing contributes to any more is no row: the cube is the same however it came about.
const TIDY: &str = "delete from measure_cube where measure = $1 and day = $2 and contributions = 0";

static ADD_SUM: LazyLock<Many> = LazyLock::new(|| {
    let head = "insert into measure_sum
        (measure, version, in_force, kind, period, hour, division, reason, numerator, denominator, contributions)";
    let tail = "on conflict (kind, measure, period, hour, division, reason, version, in_force) do update set
        numerator = measure_sum.numerator + excluded.numerator,
        denominator = measure_sum.denominator + excluded.denominator,
        contributions = measure_sum.contributions + excluded.contributions";
    Many::of(head, 11, tail)
});
const TIDY_SUM: &str =
    "delete from measure_sum where kind = $1 and measure = $2 and period = $3 and contributions = 0";

/// Who ever linked to something as about the same issue: a link that was taken back has no row in the contact room.
const KEEP_LINK: &str =
    "insert into measure_link (to_id, contact) values ($1, $2) on conflict (to_id, contact) do nothing";
const LINKING: &str = "select contact from measure_link where to_id = $1 order by contact";

/// Every statement, for the test that prepares them on both engines.
pub fn statements() -> Vec<&'static str> {
    let mut all = vec![POSITION, MOVE, STANDING, END, TIDY, TIDY_SUM, KEEP_LINK, LINKING];
    for many in [&BEGIN, &ADD, &ADD_SUM] {
        all.extend(LazyLock::force(many).statements());
    }
    all
}

/// The tables that are the fold of the journal.
pub const TABLES: [&str; 9] = [
    "measure_position",
    "measure_contribution",
    "measure_cube",
    "measure_sum",
    "measure_link",
    "measure_told",
    "measure_gist",
    "measure_said_down",
    "measure_outage",
];

/// At which entry the counting stands, and with which definitions it was made; before the first there is none.
pub async fn position(conn: &mut AnyConnection) -> Result<Option<(i64, String)>, sqlx::Error> {
    let row = sqlx::query(POSITION).fetch_optional(conn).await?;
    row.map(|row| Ok((row.try_get(0)?, row.try_get(1)?))).transpose()
}

/// The entry at which the counting stands; 0 before it began.
pub async fn counted_to(conn: &mut AnyConnection) -> Result<i64, sqlx::Error> {
    Ok(position(conn).await?.map_or(0, |(seq, _)| seq))
}

/// It stands at `seq` now.
pub async fn stand_at(conn: &mut AnyConnection, seq: i64, edition: &str) -> Result<(), sqlx::Error> {
    sqlx::query(MOVE).bind(seq).bind(edition).execute(conn).await.map(drop)
}

/// What a subject contributes as it was last counted.
pub async fn standing(conn: &mut AnyConnection, subject: &Id) -> Result<Numbered, sqlx::Error> {
    let rows = sqlx::query(STANDING).bind(subject.as_str()).bind(OPEN_END).fetch_all(conn).await?;
    rows.iter().map(read).collect()
}

fn read(row: &AnyRow) -> Result<(Key, Contribution), sqlx::Error> {
    let (key, version, number): (String, i64, i64) = (row.try_get(0)?, row.try_get(1)?, row.try_get(2)?);
    let lost = || sqlx::Error::Decode(format!("{key:?} is no measure").into());
    let measure = KEYS.into_iter().find(|one| *one == key).ok_or_else(lost)?;
    let contribution = Contribution {
        measure,
        at: from_moment(row.try_get(3)?)?,
        division: row.try_get(4)?,
        reason: row.try_get(5)?,
        numerator: row.try_get(6)?,
        denominator: row.try_get(7)?,
    };
    Ok(((measure, version, number), contribution))
}

/// A contribution from an entry until another, or for as long as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// What.
    pub one: Contribution,
    /// The version of the measure.
    pub version: i64,
    /// Its place among those of that version.
    pub number: i64,
    /// The entry that made it.
    pub from_seq: i64,
    /// The entry that changed it; [`OPEN_END`] while it stands.
    pub until_seq: i64,
}

impl Span {
    /// By what it is known among the contributions of its subject.
    pub fn key(&self) -> Key {
        (self.one.measure, self.version, self.number)
    }
}

/// Ends one that was counted before.
pub async fn end(
    conn: &mut AnyConnection,
    subject: &Id,
    (measure, version, number): Key,
    until_seq: i64,
) -> Result<(), sqlx::Error> {
    sqlx::query(END)
        .bind(until_seq)
        .bind(subject.as_str())
        .bind(measure)
        .bind(version)
        .bind(number)
        .bind(OPEN_END)
        .execute(conn)
        .await
        .map(drop)
}

/// A subject begins to contribute. Written at once: a block may look at the same subject again, by another of its issues.
pub async fn begin(
    conn: &mut AnyConnection,
    catalogue: &Catalogue,
    subject: &Id,
    begun: &[Span],
) -> Result<(), sqlx::Error> {
    for (statement, rows) in BEGIN.parts(begun) {
        let mut query = sqlx::query(statement);
        for span in rows {
            let one = &span.one;
            query = query
                .bind(one.measure)
                .bind(span.version)
                .bind(i64::from(catalogue.is_in_force(one.measure, span.version, one.day())))
                .bind(subject.as_str())
                .bind(span.number)
                .bind(to_moment(one.at))
                .bind(one.day().to_string())
                .bind(&one.division)
                .bind(&one.reason)
                .bind(one.numerator)
                .bind(one.denominator)
                .bind(span.from_seq)
                .bind(span.until_seq);
        }
        query.execute(&mut *conn).await?;
    }
    Ok(())
}

/// Keeps that a contact was linked to something as about the same issue.
pub async fn keep_link(conn: &mut AnyConnection, contact: &Id, to: &Id) -> Result<(), sqlx::Error> {
    sqlx::query(KEEP_LINK).bind(to.as_str()).bind(contact.as_str()).execute(conn).await.map(drop)
}

/// The contacts that were ever linked to something as about the same issue.
pub async fn linking(conn: &mut AnyConnection, to: &Id) -> Result<Vec<Id>, sqlx::Error> {
    let found: Vec<String> = sqlx::query_scalar(LINKING).bind(to.as_str()).fetch_all(conn).await?;
    let read =
        |id: &String| Id::read(id).ok_or_else(|| sqlx::Error::Decode(format!("{id:?} is no contact").into()));
    found.iter().map(read).collect()
}

/// What the cube and the sums change by: nobody reads them before a block is whole, so they are written at its end.
#[derive(Debug)]
pub struct Change<'a> {
    /// What is counted by.
    pub catalogue: &'a Catalogue,
    cube: BTreeMap<CubeKey, [i64; 3]>,
    sums: BTreeMap<SumKey, [i64; 3]>,
}

/// A cell: its measure and version, whether that is in force; then day, division and reason.
type CubeKey = (&'static str, i64, bool, [String; 3]);

/// A sum: its measure and version, whether that is in force, its kind; then period, hour, division and reason.
type SumKey = (&'static str, i64, bool, &'static str, [String; 4]);

impl<'a> Change<'a> {
    /// No change yet.
    pub fn by(catalogue: &'a Catalogue) -> Self {
        Self { catalogue, cube: BTreeMap::new(), sums: BTreeMap::new() }
    }

    /// One contribution to a version more (`sign` 1) or less (-1).
    pub fn count(&mut self, version: i64, one: &Contribution, sign: i64) {
        let (day, none) = (one.day().to_string(), String::new());
        let is_in_force = self.catalogue.is_in_force(one.measure, version, one.day());
        let (division, reason) = (one.division.clone(), one.reason.clone());
        let hour = format!("{:02}", one.hour());
        let month = one.day().strftime("%Y-%m").to_string();
        let by = [one.numerator, one.denominator, 1].map(|by| sign * by);
        for (kind, of) in [
            ("hour", [day.clone(), hour, division.clone(), none.clone()]),
            ("day", [day.clone(), none.clone(), division.clone(), none.clone()]),
            ("month", [month, none, division.clone(), reason.clone()]),
        ] {
            add(self.sums.entry((one.measure, version, is_in_force, kind, of)).or_default(), by);
        }
        add(self.cube.entry((one.measure, version, is_in_force, [day, division, reason])).or_default(), by);
    }

    /// Writes it.
    pub async fn save(self, conn: &mut AnyConnection) -> Result<(), sqlx::Error> {
        let is_change = |by: &[i64; 3]| *by != [0; 3];
        let cube: Vec<_> = self.cube.into_iter().filter(|(_, by)| is_change(by)).collect();
        for (statement, rows) in ADD.parts(&cube) {
            let mut query = sqlx::query(statement);
            for ((measure, version, is_in_force, of), by) in rows {
                query = query.bind(*measure).bind(version).bind(i64::from(*is_in_force));
                query = of.iter().fold(query, sqlx::query::Query::bind);
                query = by.iter().fold(query, sqlx::query::Query::bind);
            }
            query.execute(&mut *conn).await?;
        }
        let emptied = |by: &[i64; 3]| by[2] < 0;
        let tidy: BTreeSet<_> =
            cube.iter().filter(|(_, by)| emptied(by)).map(|(key, _)| (key.0, &key.3[0])).collect();
        for (measure, day) in tidy {
            sqlx::query(TIDY).bind(measure).bind(day).execute(&mut *conn).await?;
        }
        save_sums(conn, &self.sums.into_iter().filter(|(_, by)| is_change(by)).collect::<Vec<_>>()).await
    }
}

async fn save_sums(conn: &mut AnyConnection, sums: &[(SumKey, [i64; 3])]) -> Result<(), sqlx::Error> {
    for (statement, rows) in ADD_SUM.parts(sums) {
        let mut query = sqlx::query(statement);
        for ((measure, version, is_in_force, kind, of), by) in rows {
            query = query.bind(*measure).bind(version).bind(i64::from(*is_in_force)).bind(*kind);
            query = of.iter().fold(query, sqlx::query::Query::bind);
            query = by.iter().fold(query, sqlx::query::Query::bind);
        }
        query.execute(&mut *conn).await?;
    }
    let tidy: BTreeSet<_> =
        sums.iter().filter(|(_, by)| by[2] < 0).map(|(key, _)| (key.3, key.0, &key.4[0])).collect();
    for (kind, measure, period) in tidy {
        sqlx::query(TIDY_SUM).bind(kind).bind(measure).bind(period).execute(&mut *conn).await?;
    }
    Ok(())
}

fn add(sums: &mut [i64; 3], by: [i64; 3]) {
    sums.iter_mut().zip(by).for_each(|(sum, by)| *sum += by);
}
