//! The only SQL that reads figures: sums of the cube, and the records behind them.

use jiff::{Timestamp, ToSpan, civil::Date};
use journal::{Id, OPEN_END, from_moment, to_moment};
use sqlx::{AnyConnection, Row, any::AnyRow};

const BY_DAY: &str = "select day, cast(sum(numerator) as bigint), cast(sum(denominator) as bigint)
    from measure_cube where measure = $1 and day >= $2 and day <= $3 and ($4 = '' or (division <> '' and $4 like '%' || division || '%')
    or ($4 = '-' and division = ''))
    and ($5 = '' or reason = $5 or ($5 = '-' and reason = '')) and (version = $6 or ($6 = 0 and in_force = 1))
    group by day order by day";
const BY_DIVISION: &str = "select division, cast(sum(numerator) as bigint), cast(sum(denominator) as bigint)
    from measure_cube where measure = $1 and day >= $2 and day <= $3 and ($4 = '' or (division <> '' and $4 like '%' || division || '%')
    or ($4 = '-' and division = ''))
    and ($5 = '' or reason = $5 or ($5 = '-' and reason = '')) and (version = $6 or ($6 = 0 and in_force = 1))
    group by division order by division";
const BY_REASON: &str = "select reason, cast(sum(numerator) as bigint), cast(sum(denominator) as bigint)
    from measure_cube where measure = $1 and day >= $2 and day <= $3 and ($4 = '' or (division <> '' and $4 like '%' || division || '%')
    or ($4 = '-' and division = ''))
    and ($5 = '' or reason = $5 or ($5 = '-' and reason = '')) and (version = $6 or ($6 = 0 and in_force = 1))
    group by reason order by reason";
/// The days of each division as one text: rows of their own would cost more than all the rest (decisions/0016).
const DIVISIONS: &str = "select division,
    string_agg(day || ' ' || cast(numerator as text) || ' ' || cast(denominator as text), ',')
    from (select division, day, sum(numerator) as numerator, sum(denominator) as denominator from measure_cube
    where measure = $1 and day >= $2 and day <= $3 and ($4 = '' or reason = $4 or ($4 = '-' and reason = ''))
    and (version = $5 or ($5 = 0 and in_force = 1)) group by day, division) as days group by division order by division";
const DIVISIONS_OF_ALL: &str = "select division,
    string_agg(period || ' ' || cast(numerator as text) || ' ' || cast(denominator as text), ',')
    from measure_sum where kind = 'day' and measure = $1 and period >= $2 and period <= $3 and $4 = ''
    and (version = $5 or ($5 = 0 and in_force = 1)) group by division order by division";
const HOURS: &str = "select hour,
    string_agg(period || ' ' || cast(numerator as text) || ' ' || cast(denominator as text), ',')
    from (select hour, period, sum(numerator) as numerator, sum(denominator) as denominator from measure_sum
    where kind = 'hour' and measure = $1 and period >= $2 and period <= $3
    and ($4 = '' or (division <> '' and $4 like '%' || division || '%')
    or ($4 = '-' and division = ''))
    and (version = $5 or ($5 = 0 and in_force = 1)) group by period, hour) as hours
    group by hour order by hour";
/// Whole months, and the days before and after them.
const REASONS: &str = "select reason, cast(sum(numerator) as bigint), cast(sum(denominator) as bigint) from (
    select reason, numerator, denominator, division, version, in_force from measure_sum
    where kind = 'month' and measure = $1 and period >= $3 and period <= $4
    union all select reason, numerator, denominator, division, version, in_force from measure_cube
    where measure = $1 and day >= $5 and day <= $6
    union all select reason, numerator, denominator, division, version, in_force from measure_cube
    where measure = $1 and day >= $7 and day <= $8) as parts
    where ($2 = '' or (division <> '' and $2 like '%' || division || '%')
    or ($2 = '-' and division = ''))
    and (version = $9 or ($9 = 0 and in_force = 1)) group by reason order by reason";
const OF_ALL: &str =
    "select measure, period, cast(sum(numerator) as bigint), cast(sum(denominator) as bigint)
    from measure_sum where kind = 'day' and period >= $1 and period <= $2 and in_force = 1
    group by measure, period order by measure, period";
const AS_AT: &str = "select cast(coalesce(sum(numerator), 0) as bigint),
    cast(coalesce(sum(denominator), 0) as bigint), count(*)
    from measure_contribution where measure = $1 and day >= $2 and day <= $3 and ($4 = '' or (division <> '' and $4 like '%' || division || '%')
    or ($4 = '-' and division = ''))
    and ($5 = '' or reason = $5 or ($5 = '-' and reason = '')) and (version = $6 or ($6 = 0 and in_force = 1))
    and from_seq <= $7 and until_seq > $7";
const RECORDS: &str = "select subject, number, at, division, reason, numerator, denominator
    from measure_contribution where measure = $1 and day >= $2 and day <= $3 and ($4 = '' or (division <> '' and $4 like '%' || division || '%')
    or ($4 = '-' and division = ''))
    and ($5 = '' or reason = $5 or ($5 = '-' and reason = '')) and (version = $6 or ($6 = 0 and in_force = 1))
    and from_seq <= $7 and until_seq > $7
    and (at > $8 or (at = $8 and (subject > $9 or (subject = $9 and number > $10))))
    order by at, subject, number limit $11";

/// The days of each version that was counted, whichever is in force.
const VERSIONS: &str = "select cast(version as text),
    string_agg(day || ' ' || cast(numerator as text) || ' ' || cast(denominator as text), ',')
    from (select version, day, sum(numerator) as numerator, sum(denominator) as denominator from measure_cube
    where measure = $1 and day >= $2 and day <= $3 and ($4 = '' or (division <> '' and $4 like '%' || division || '%')
    or ($4 = '-' and division = ''))
    and ($5 = '' or reason = $5 or ($5 = '-' and reason = '')) group by day, version) as days
    group by version order by version";

/// Every statement, for the test that prepares them on both engines.
pub const STATEMENTS: [&str; 11] = [
    BY_DAY,
    BY_DIVISION,
    BY_REASON,
    DIVISIONS,
    DIVISIONS_OF_ALL,
    HOURS,
    REASONS,
    OF_ALL,
    AS_AT,
    RECORDS,
    VERSIONS,
];

/// What an address calls what has no division or no reason.
pub const NONE: &str = "-";

/// What is summed: a measure over days, narrowed by what is not empty; [`NONE`] is what has none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// A key of the catalogue.
    pub measure: String,
    /// The first day.
    pub from: Date,
    /// The last day.
    pub until: Date,
    /// The letter of a division; several, one after another, where it is what they are now.
    pub division: String,
    /// A key of a reason.
    pub reason: String,
    /// The version of the measure by which every day is counted; 0 means that in force on each.
    pub version: i64,
}

impl Asked {
    /// Whether a division is asked for, by its letter; empty is what has none.
    pub fn has_division(&self, letter: &str) -> bool {
        match self.division.as_str() {
            "" => true,
            NONE => letter.is_empty(),
            letters => !letter.is_empty() && letters.contains(letter),
        }
    }
}

/// A numerator and a denominator of something: a day, a division, a reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sum {
    /// Of what.
    pub of: String,
    /// How much.
    pub numerator: i64,
    /// Of how much.
    pub denominator: i64,
}

/// By what something is summed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// By day.
    Day,
    /// By division.
    Division,
    /// By reason.
    Reason,
}

/// A statement with what narrows it: $1 to $6 are the measure, the days, the division, the reason and the version.
pub(super) fn narrowed<'q>(
    statement: &'static str,
    asked: &'q Asked,
) -> sqlx::query::Query<'q, sqlx::Any, sqlx::any::AnyArguments> {
    sqlx::query(statement)
        .bind(&asked.measure)
        .bind(asked.from.to_string())
        .bind(asked.until.to_string())
        .bind(&asked.division)
        .bind(&asked.reason)
        .bind(asked.version)
}

/// Sums as they stand now; one statement.
pub async fn sums(conn: &mut AnyConnection, asked: &Asked, by: By) -> Result<Vec<Sum>, sqlx::Error> {
    let statement = match by {
        By::Day => BY_DAY,
        By::Division => BY_DIVISION,
        By::Reason => BY_REASON,
    };
    let rows = narrowed(statement, asked).fetch_all(conn).await?;
    rows.iter()
        .map(|row| Ok(Sum { of: row.try_get(0)?, numerator: row.try_get(1)?, denominator: row.try_get(2)? }))
        .collect()
}

/// The sums of each division by day, whichever division is asked for: what it sums is all of them; one statement.
pub async fn by_division_and_day(
    conn: &mut AnyConnection,
    asked: &Asked,
) -> Result<Vec<(String, Vec<Sum>)>, sqlx::Error> {
    let statement = if asked.reason.is_empty() { DIVISIONS_OF_ALL } else { DIVISIONS };
    packed(conn, statement, asked, &asked.reason).await
}

/// The sums of each reason, whichever is asked for; one statement, which adds up whole months where it can.
pub async fn by_reason(conn: &mut AnyConnection, asked: &Asked) -> Result<Vec<Sum>, sqlx::Error> {
    let (months, days) = parts(asked.from, asked.until);
    let months = months.map(|month| month.strftime("%Y-%m").to_string());
    let query = sqlx::query(REASONS).bind(&asked.measure).bind(&asked.division);
    let query = months.into_iter().fold(query, sqlx::query::Query::bind);
    let query = days.into_iter().fold(query, |query, day| query.bind(day.to_string()));
    let rows = query.bind(asked.version).fetch_all(conn).await?;
    rows.iter()
        .map(|row| Ok(Sum { of: row.try_get(0)?, numerator: row.try_get(1)?, denominator: row.try_get(2)? }))
        .collect()
}

/// The first and the last whole month of a period, and the days before and after them; what is none ends before it begins.
fn parts(from: Date, until: Date) -> ([Date; 2], [Date; 4]) {
    let first =
        if from == from.first_of_month() { from } else { from.last_of_month().saturating_add(1.day()) };
    let last =
        if until == until.last_of_month() { until } else { until.first_of_month().saturating_sub(1.day()) };
    if first > last {
        return (
            [until, from.first_of_month().saturating_sub(1.day())],
            [from, until, until, from.saturating_sub(1.day())],
        );
    }
    ([first, last], [from, first.saturating_sub(1.day()), last.saturating_add(1.day()), until])
}

/// The sums of each hour of the day, in Scotland, by day; one statement. Hours are not kept by reason: those of all are
/// summed.
pub async fn by_hour_and_day(
    conn: &mut AnyConnection,
    asked: &Asked,
) -> Result<Vec<(String, Vec<Sum>)>, sqlx::Error> {
    packed(conn, HOURS, asked, &asked.division).await
}

async fn packed(
    conn: &mut AnyConnection,
    statement: &'static str,
    asked: &Asked,
    narrowed_to: &str,
) -> Result<Vec<(String, Vec<Sum>)>, sqlx::Error> {
    let rows = sqlx::query(statement)
        .bind(&asked.measure)
        .bind(asked.from.to_string())
        .bind(asked.until.to_string())
        .bind(narrowed_to)
        .bind(asked.version)
        .fetch_all(conn)
        .await?;
    rows.iter().map(unpack).collect()
}

/// The sums of each version of a measure by day, whichever is asked for or in force; one statement.
pub async fn by_version_and_day(
    conn: &mut AnyConnection,
    asked: &Asked,
) -> Result<Vec<(String, Vec<Sum>)>, sqlx::Error> {
    let rows = sqlx::query(VERSIONS)
        .bind(&asked.measure)
        .bind(asked.from.to_string())
        .bind(asked.until.to_string())
        .bind(&asked.division)
        .bind(&asked.reason)
        .fetch_all(conn)
        .await?;
    rows.iter().map(unpack).collect()
}

fn unpack(row: &AnyRow) -> Result<(String, Vec<Sum>), sqlx::Error> {
    let (of, days): (String, String) = (row.try_get(0)?, row.try_get(1)?);
    let mut sums = days.split(',').map(unpacked).collect::<Result<Vec<Sum>, _>>()?;
    sums.sort_by(|one, other| one.of.cmp(&other.of));
    Ok((of, sums))
}

/// "2026-11-26 5 6" as a sum.
fn unpacked(text: &str) -> Result<Sum, sqlx::Error> {
    let mut parts = text.split(' ');
    let read = (|| {
        let (day, numerator, denominator) = (parts.next()?, parts.next()?, parts.next()?);
        let (numerator, denominator) = (numerator.parse().ok()?, denominator.parse().ok()?);
        Some(Sum { of: day.to_owned(), numerator, denominator })
    })();
    read.ok_or_else(|| sqlx::Error::Decode(format!("{text:?} is no day with its sums").into()))
}

/// The sums of every measure by day, as measure and sum; one statement.
pub async fn all_by_day(
    conn: &mut AnyConnection,
    from: Date,
    until: Date,
) -> Result<Vec<(String, Sum)>, sqlx::Error> {
    let rows = sqlx::query(OF_ALL).bind(from.to_string()).bind(until.to_string()).fetch_all(conn).await?;
    rows.iter()
        .map(|row| {
            let sum = Sum { of: row.try_get(1)?, numerator: row.try_get(2)?, denominator: row.try_get(3)? };
            Ok((row.try_get(0)?, sum))
        })
        .collect()
}

/// What stood at an entry: numerator, denominator, and how many contributed. [`OPEN_END`] minus one is now.
pub async fn as_at(
    conn: &mut AnyConnection,
    asked: &Asked,
    seq: i64,
) -> Result<(i64, i64, i64), sqlx::Error> {
    let row = narrowed(AS_AT, asked).bind(seq.min(OPEN_END - 1)).fetch_one(conn).await?;
    Ok((row.try_get(0)?, row.try_get(1)?, row.try_get(2)?))
}

/// A record behind a figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Of which subject.
    pub subject: Id,
    /// Its place among those of the subject.
    pub number: i64,
    /// When it is counted.
    pub at: Timestamp,
    /// The letter of the division.
    pub division: String,
    /// A key of a reason.
    pub reason: String,
    /// How much of the numerator it is.
    pub numerator: i64,
    /// How much of the denominator.
    pub denominator: i64,
}

/// Where a page of records begins: after this moment, subject and number.
pub type After = (Timestamp, String, i64);

/// The records behind a figure as at an entry, the earliest first, at most `limit`; one statement.
pub async fn records(
    conn: &mut AnyConnection,
    asked: &Asked,
    seq: i64,
    after: Option<&After>,
    limit: i64,
) -> Result<Vec<Record>, sqlx::Error> {
    let start = (Timestamp::MIN, String::new(), -1);
    let (at, subject, number) = after.unwrap_or(&start);
    let rows = narrowed(RECORDS, asked)
        .bind(seq.min(OPEN_END - 1))
        .bind(if after.is_some() { to_moment(*at) } else { String::new() })
        .bind(subject)
        .bind(*number)
        .bind(limit)
        .fetch_all(conn)
        .await?;
    rows.iter().map(read).collect()
}

fn read(row: &AnyRow) -> Result<Record, sqlx::Error> {
    let subject: String = row.try_get(0)?;
    Ok(Record {
        subject: Id::of_row(&subject)?,
        number: row.try_get(1)?,
        at: from_moment(row.try_get(2)?)?,
        division: row.try_get(3)?,
        reason: row.try_get(4)?,
        numerator: row.try_get(5)?,
        denominator: row.try_get(6)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_is_its_whole_months_and_the_days_around_them() {
        let date = |text: &str| text.parse::<Date>().unwrap();
        let last = date("2026-12-31");
        let mut from = date("2026-01-01");
        while from <= last {
            for length in [0, 1, 27, 28, 30, 31, 58, 59, 60, 90, 364] {
                let until = from.saturating_add(length.days());
                let (months, days) = parts(from, until);
                let month = |day: Date| day.first_of_month();
                let mut day = from.saturating_sub(40.days());
                while day <= until.saturating_add(40.days()) {
                    let is_of_months = month(months[0]) <= month(day) && month(day) <= month(months[1]);
                    let is_before = days[0] <= day && day <= days[1];
                    let is_after = days[2] <= day && day <= days[3];
                    let times = [is_of_months, is_before, is_after].iter().filter(|is| **is).count();
                    assert_eq!(times, usize::from(from <= day && day <= until), "{day} of {from} to {until}");
                    day = day.saturating_add(1.day());
                }
            }
            from = from.saturating_add(1.day());
        }
    }
}
