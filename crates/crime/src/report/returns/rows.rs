//! The only SQL that reads returns.

use jiff::Timestamp;
use journal::{Id, from_moment, reference};
use sqlx::{AnyConnection, Row, any::AnyRow};

use crate::report::list::rows::between;

const LIST: &str = "select crime_return.report, crime_return.number, crime_return.seq, crime_return.team,
    crime_return.division, crime_return.unit, crime_return.reason, crime_return.returned_at,
    crime_return.resubmitted_at, crime_return.minutes, crime_report.seq, crime_report.crime_type
    from crime_return join crime_report on crime_report.id = crime_return.report
    where ($1 = '' or crime_return.team = $1) and ($2 = '' or crime_return.division = $2
        or ($2 = 'none' and crime_return.division = ''))
    and ($3 = '' or crime_return.reason = $3)
    and ($4 = '' or ($4 = 'open' and crime_return.resubmitted_at is null)
        or ($4 = 'resubmitted' and crime_return.resubmitted_at is not null))
    and crime_return.returned_at >= $5 and crime_return.returned_at < $6 and crime_return.seq < $7
    order by crime_return.seq desc limit $8";

/// Every statement, for the test that prepares them on both engines.
pub const STATEMENTS: [&str; 1] = [LIST];

/// Whether a return waits for its rework.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rework {
    /// It waits.
    Open,
    /// The report was resubmitted.
    Resubmitted,
}

impl Rework {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Open, Self::Resubmitted];

    /// As an address has it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Resubmitted => "resubmitted",
        }
    }

    /// As a page says it.
    pub fn words(self) -> &'static str {
        match self {
            Self::Open => "To be reworked",
            Self::Resubmitted => "Resubmitted",
        }
    }

    /// What [`Self::as_str`] names.
    pub fn of(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == key)
    }
}

/// One return.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Returned {
    /// The report.
    pub report: Id,
    /// The report’s first return is 1.
    pub number: i64,
    /// Its entry.
    pub seq: i64,
    /// The unit whose report it is.
    pub team: String,
    /// The letter of the report’s division.
    pub division: String,
    /// The unit that returned it.
    pub unit: String,
    /// A key of the reasons.
    pub reason: String,
    /// When it was returned.
    pub returned_at: Timestamp,
    /// When it was resubmitted; nothing while it waits.
    pub resubmitted_at: Option<Timestamp>,
    /// How long it was reworked, in minutes.
    pub minutes: Option<i64>,
    /// The entry that recorded the report.
    pub report_seq: i64,
    /// The report’s crime type.
    pub crime_type: String,
}

impl Returned {
    /// What the report is called on the telephone.
    pub fn reference(&self) -> String {
        reference('D', self.report_seq)
    }
}

/// Which returns a list shows; what is empty does not narrow it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filter {
    /// A key of the unit whose reports they are.
    pub team: String,
    /// The letter of a division; [`NOWHERE`](crate::report::list::rows::NOWHERE) where the place is not known.
    pub division: String,
    /// A key of the reasons.
    pub reason: String,
    /// Whether they wait.
    pub rework: Option<Rework>,
    /// Returned from then on.
    pub from: Option<Timestamp>,
    /// Returned before then.
    pub until: Option<Timestamp>,
    /// Only those before this entry: the place in the list.
    pub before: Option<i64>,
    /// At most so many.
    pub limit: i64,
}

impl Default for Filter {
    fn default() -> Self {
        Self {
            team: String::new(),
            division: String::new(),
            reason: String::new(),
            rework: None,
            from: None,
            until: None,
            before: None,
            limit: i64::MAX,
        }
    }
}

/// The returns that `filter` means, the newest first; one statement.
pub async fn list(conn: &mut AnyConnection, filter: &Filter) -> Result<Vec<Returned>, sqlx::Error> {
    let (from, until) = between(filter.from, filter.until);
    let rows = sqlx::query(LIST)
        .bind(&filter.team)
        .bind(&filter.division)
        .bind(&filter.reason)
        .bind(filter.rework.map_or("", Rework::as_str))
        .bind(from)
        .bind(until)
        .bind(filter.before.unwrap_or(i64::MAX))
        .bind(filter.limit)
        .fetch_all(conn)
        .await?;
    rows.iter().map(read).collect()
}

fn read(row: &AnyRow) -> Result<Returned, sqlx::Error> {
    let report: String = row.try_get(0)?;
    let resubmitted_at: Option<String> = row.try_get(8)?;
    Ok(Returned {
        report: Id::of_row(&report)?,
        number: row.try_get(1)?,
        seq: row.try_get(2)?,
        team: row.try_get(3)?,
        division: row.try_get(4)?,
        unit: row.try_get(5)?,
        reason: row.try_get(6)?,
        returned_at: from_moment(row.try_get(7)?)?,
        resubmitted_at: resubmitted_at.as_deref().map(from_moment).transpose()?,
        minutes: row.try_get(9)?,
        report_seq: row.try_get(10)?,
        crime_type: row.try_get(11)?,
    })
}
