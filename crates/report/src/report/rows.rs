//! The only SQL about reports.

use jiff::{Timestamp, civil::Date};
use journal::{Entry, Id, Noun, Refusal, Tx, from_moment, to_moment};
use sqlx::{AnyConnection, Row, any::AnyRow};

use super::rules::{self, Command, Edition, Fact, Known, Report};
use crate::{
    pack::rules::About,
    period::rules::{Kind, Period},
    publication::rules::Earlier,
};

const SAVE: &str = "insert into report (id, seq, pack, kind, from_day, until_day, division, edition, frozen_at,
    counted_at, is_provisional, is_published)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
    on conflict (id) do update set seq = excluded.seq, edition = excluded.edition, frozen_at = excluded.frozen_at,
    counted_at = excluded.counted_at, is_provisional = excluded.is_provisional, is_published = excluded.is_published";
const SAVE_EDITION: &str = "insert into report_edition (report, number, seq, frozen_at, counted_at, reason,
    is_provisional, is_published, content) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
const LIST: &str = "select id, pack, kind, from_day, until_day, division, edition, frozen_at, counted_at,
    is_provisional, is_published from report
    where ($1 = '' or pack = $1) and ($2 = '' or kind = $2) and ($3 = '' or division = $3)
    and ($4 < 0 or is_provisional = $4) and ($5 = 0 or is_published = 1)
    and ($6 = '' or until_day >= $6) and ($7 = '' or from_day <= $7)
    order by until_day desc, from_day desc, id desc limit $8 offset $9";
const FOUND: &str = "select count(*) from report
    where ($1 = '' or pack = $1) and ($2 = '' or kind = $2) and ($3 = '' or division = $3)
    and ($4 < 0 or is_provisional = $4) and ($5 = 0 or is_published = 1)
    and ($6 = '' or until_day >= $6) and ($7 = '' or from_day <= $7)";
const ONE: &str = "select id, pack, kind, from_day, until_day, division, edition, frozen_at, counted_at,
    is_provisional, is_published from report where id = $1";
const OF_ABOUT: &str = "select id from report where pack = $1 and from_day = $2 and division = $3";
const SINCE: &str = "select pack, kind, from_day, until_day, division from report where from_day >= $1";
const EDITION: &str = "select content from report_edition where report = $1 and number = $2";
const EDITIONS: &str = "select number, frozen_at, counted_at, reason, is_provisional, is_published
    from report_edition where report = $1 order by number";
const NUMBERS: &str = "select report, number from report_edition order by seq";
const PUBLISHED: &str = "select r.pack, r.kind, r.from_day, r.until_day, r.division, e.content
    from report_edition e join report r on r.id = e.report where e.is_published = 1 order by e.seq";

/// Every statement, for the test that prepares them on both engines.
pub const STATEMENTS: [&str; 11] =
    [SAVE, SAVE_EDITION, LIST, FOUND, ONE, OF_ABOUT, SINCE, EDITION, EDITIONS, NUMBERS, PUBLISHED];

/// The report as a noun.
pub struct Reports;

impl Noun for Reports {
    type State = Report;
    type Command = Command;
    type Fact = Fact;
    type Known = Known;

    fn decide(known: &Known, was: Option<&Report>, command: Command) -> Result<Fact, Refusal> {
        rules::decide(known, was, command)
    }

    fn apply(_was: Option<Report>, fact: &Fact) -> Report {
        rules::apply(fact)
    }

    async fn save(tx: &mut Tx, entry: &Entry, id: &Id, state: &Report) -> Result<(), sqlx::Error> {
        let (about, last) = (&state.about, &state.last);
        let is_published = i64::from(last.published.is_some());
        sqlx::query(SAVE)
            .bind(id.as_str())
            .bind(entry.seq)
            .bind(&about.pack)
            .bind(about.period.kind.key())
            .bind(about.period.from.to_string())
            .bind(about.period.until.to_string())
            .bind(&about.division)
            .bind(last.number)
            .bind(to_moment(entry.at))
            .bind(last.counted.at)
            .bind(i64::from(last.is_provisional))
            .bind(is_published)
            .execute(&mut **tx)
            .await?;
        let content = serde_json::to_string(last).map_err(|error| sqlx::Error::Encode(error.into()))?;
        sqlx::query(SAVE_EDITION)
            .bind(id.as_str())
            .bind(last.number)
            .bind(entry.seq)
            .bind(to_moment(entry.at))
            .bind(last.counted.at)
            .bind(&last.reason)
            .bind(i64::from(last.is_provisional))
            .bind(is_published)
            .bind(content)
            .execute(&mut **tx)
            .await
            .map(drop)
    }
}

/// A report of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Its identity.
    pub id: Id,
    /// What it is about.
    pub about: About,
    /// Its last edition.
    pub edition: i64,
    /// When that was frozen.
    pub frozen_at: Timestamp,
    /// The entry it was counted at.
    pub counted_at: i64,
    /// Whether that is provisional.
    pub is_provisional: bool,
    /// Whether it has a published rendition.
    pub is_published: bool,
}

/// What narrows the list; what is empty narrows nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// The key of a pack.
    pub pack: String,
    /// The key of a kind.
    pub kind: String,
    /// The letter of a division.
    pub division: String,
    /// Whether it is provisional.
    pub is_provisional: Option<bool>,
    /// Only what has a published rendition.
    pub is_published_only: bool,
    /// What reaches to this day or later.
    pub from: String,
    /// What begins on this day or earlier.
    pub until: String,
}

/// The reports that the filter means, the latest period first, `limit` of them after the first `offset`; and how many there
/// are. Two statements.
pub async fn list(
    conn: &mut AnyConnection,
    filter: &Filter,
    limit: i64,
    offset: i64,
) -> Result<(Vec<Line>, i64), sqlx::Error> {
    let is_provisional = filter.is_provisional.map_or(-1, i64::from);
    let rows = sqlx::query(LIST)
        .bind(&filter.pack)
        .bind(&filter.kind)
        .bind(&filter.division)
        .bind(is_provisional)
        .bind(i64::from(filter.is_published_only))
        .bind(&filter.from)
        .bind(&filter.until)
        .bind(limit)
        .bind(offset)
        .fetch_all(&mut *conn)
        .await?;
    let found = sqlx::query(FOUND)
        .bind(&filter.pack)
        .bind(&filter.kind)
        .bind(&filter.division)
        .bind(is_provisional)
        .bind(i64::from(filter.is_published_only))
        .bind(&filter.from)
        .bind(&filter.until)
        .fetch_one(conn)
        .await?;
    Ok((rows.iter().map(line).collect::<Result<_, _>>()?, found.try_get(0)?))
}

/// One report, without its editions.
pub async fn one(conn: &mut AnyConnection, id: &Id) -> Result<Option<Line>, sqlx::Error> {
    sqlx::query(ONE).bind(id.as_str()).fetch_optional(conn).await?.as_ref().map(line).transpose()
}

/// The identity of the report about that, if there is one.
pub async fn of_about(conn: &mut AnyConnection, about: &About) -> Result<Option<Id>, sqlx::Error> {
    let row = sqlx::query(OF_ABOUT)
        .bind(&about.pack)
        .bind(about.period.from.to_string())
        .bind(&about.division)
        .fetch_optional(conn)
        .await?;
    let Some(row) = row else { return Ok(None) };
    let id: String = row.try_get(0)?;
    Id::of_row(&id).map(Some)
}

/// What there are reports about whose period begins on that day or later.
pub async fn since(conn: &mut AnyConnection, day: Date) -> Result<Vec<About>, sqlx::Error> {
    let rows = sqlx::query(SINCE).bind(day.to_string()).fetch_all(conn).await?;
    rows.iter().map(|row| about(row, 0)).collect()
}

/// An edition of a report.
pub async fn edition(conn: &mut AnyConnection, id: &Id, number: i64) -> Result<Option<Edition>, sqlx::Error> {
    let row = sqlx::query(EDITION).bind(id.as_str()).bind(number).fetch_optional(conn).await?;
    row.map(|row| content(&row, 0)).transpose()
}

/// What is said of an edition beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// 1, 2, 3.
    pub number: i64,
    /// When it was frozen.
    pub frozen_at: Timestamp,
    /// The entry it was counted at.
    pub counted_at: i64,
    /// Why there is another.
    pub reason: String,
    /// Whether it is provisional.
    pub is_provisional: bool,
    /// Whether it has a published rendition.
    pub is_published: bool,
}

/// The editions of a report, the first first.
pub async fn editions(conn: &mut AnyConnection, id: &Id) -> Result<Vec<Told>, sqlx::Error> {
    let rows = sqlx::query(EDITIONS).bind(id.as_str()).fetch_all(conn).await?;
    let told = |row: &AnyRow| {
        Ok(Told {
            number: row.try_get(0)?,
            frozen_at: from_moment(row.try_get(1)?)?,
            counted_at: row.try_get(2)?,
            reason: row.try_get(3)?,
            is_provisional: is(row, 4)?,
            is_published: is(row, 5)?,
        })
    };
    rows.iter().map(told).collect()
}

/// Every edition of every report, the first frozen first.
pub async fn numbers(conn: &mut AnyConnection) -> Result<Vec<(Id, i64)>, sqlx::Error> {
    let rows = sqlx::query(NUMBERS).fetch_all(conn).await?;
    let number = |row: &AnyRow| {
        let id: String = row.try_get(0)?;
        Ok((Id::of_row(&id)?, row.try_get(1)?))
    };
    rows.iter().map(number).collect()
}

/// Every measure of every published edition, the first published first.
pub async fn published(conn: &mut AnyConnection) -> Result<Vec<Earlier>, sqlx::Error> {
    let rows = sqlx::query(PUBLISHED).fetch_all(conn).await?;
    let mut all = Vec::new();
    for row in &rows {
        let (about, edition) = (about(row, 0)?, content(row, 5)?);
        for shown in edition.published.into_iter().flat_map(|one| one.shown) {
            let figure = edition.counted.figures.iter().find(|one| one.measure == shown.measure);
            let counts = figure.map(|one| one.divisions.clone()).unwrap_or_default();
            let months = figure.map(|one| one.months.clone()).unwrap_or_default();
            all.push(Earlier { pack: about.pack.clone(), period: about.period, shown, counts, months });
        }
    }
    Ok(all)
}

fn damaged(what: &str) -> sqlx::Error {
    sqlx::Error::Decode(format!("a report is damaged: {what}").into())
}

fn content(row: &AnyRow, at: usize) -> Result<Edition, sqlx::Error> {
    let content: String = row.try_get(at)?;
    serde_json::from_str(&content).map_err(|error| damaged(&error.to_string()))
}

fn is(row: &AnyRow, at: usize) -> Result<bool, sqlx::Error> {
    row.try_get::<i64, _>(at).map(|number| number == 1)
}

fn about(row: &AnyRow, first: usize) -> Result<About, sqlx::Error> {
    let text = |at: usize| row.try_get::<String, _>(first + at);
    let day = |at: usize| text(at)?.parse::<Date>().map_err(|error| damaged(&error.to_string()));
    let kind = text(1)?;
    let kind = Kind::of(&kind).ok_or_else(|| damaged(&kind))?;
    let period = Period { kind, from: day(2)?, until: day(3)? };
    Ok(About { pack: text(0)?, period, division: text(4)? })
}

fn line(row: &AnyRow) -> Result<Line, sqlx::Error> {
    let id: String = row.try_get(0)?;
    Ok(Line {
        id: Id::of_row(&id)?,
        about: about(row, 1)?,
        edition: row.try_get(6)?,
        frozen_at: from_moment(row.try_get(7)?)?,
        counted_at: row.try_get(8)?,
        is_provisional: is(row, 9)?,
        is_published: is(row, 10)?,
    })
}
