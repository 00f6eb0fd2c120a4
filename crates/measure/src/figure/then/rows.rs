//! The only SQL that sums figures as at an entry by day and by division: what was published is derived again by it.

use journal::OPEN_END;
use sqlx::{AnyConnection, Row};

use crate::{
    catalogue::Timeline,
    figure::rows::{Asked, Sum, as_at, narrowed},
};

const BY_DAY_AS_AT: &str = "select day, cast(sum(numerator) as bigint), cast(sum(denominator) as bigint)
    from measure_contribution where measure = $1 and day >= $2 and day <= $3 and ($4 = '' or (division <> '' and $4 like '%' || division || '%')
    or ($4 = '-' and division = ''))
    and ($5 = '' or reason = $5 or ($5 = '-' and reason = '')) and (version = $6 or ($6 = 0 and in_force = 1))
    and from_seq <= $7 and until_seq > $7
    group by day order by day";
const BY_DIVISION_AS_AT: &str = "select division, cast(sum(numerator) as bigint), cast(sum(denominator) as bigint)
    from measure_contribution where measure = $1 and day >= $2 and day <= $3 and ($4 = '' or (division <> '' and $4 like '%' || division || '%')
    or ($4 = '-' and division = ''))
    and ($5 = '' or reason = $5 or ($5 = '-' and reason = '')) and (version = $6 or ($6 = 0 and in_force = 1))
    and from_seq <= $7 and until_seq > $7
    group by division order by division";

/// Every statement, for the test that prepares them on both engines.
pub const STATEMENTS: [&str; 2] = [BY_DAY_AS_AT, BY_DIVISION_AS_AT];

/// By what it is summed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// Each day.
    Day,
    /// Each division.
    Division,
}

/// The sums as they stood at an entry; one statement.
pub async fn sums(
    conn: &mut AnyConnection,
    asked: &Asked,
    by: By,
    seq: i64,
) -> Result<Vec<Sum>, sqlx::Error> {
    let statement = match by {
        By::Day => BY_DAY_AS_AT,
        By::Division => BY_DIVISION_AS_AT,
    };
    let rows = narrowed(statement, asked).bind(seq.min(OPEN_END - 1)).fetch_all(conn).await?;
    rows.iter()
        .map(|row| Ok(Sum { of: row.try_get(0)?, numerator: row.try_get(1)?, denominator: row.try_get(2)? }))
        .collect()
}

/// The same by the versions of a timeline, each for the days on which it is in force there, whatever is in force by the
/// definitions of now: a statement for each version. A division that has days of two versions is there twice.
pub async fn sums_by(
    conn: &mut AnyConnection,
    asked: &Asked,
    timeline: &Timeline,
    by: By,
    seq: i64,
) -> Result<Vec<Sum>, sqlx::Error> {
    let mut all = Vec::new();
    for (version, from, until) in timeline.parts(asked.from, asked.until) {
        all.extend(sums(conn, &Asked { from, until, version, ..asked.clone() }, by, seq).await?);
    }
    Ok(all)
}

/// What stood at an entry by the versions of a timeline: numerator, denominator, and how many contributed.
pub async fn as_at_by(
    conn: &mut AnyConnection,
    asked: &Asked,
    timeline: &Timeline,
    seq: i64,
) -> Result<(i64, i64, i64), sqlx::Error> {
    let mut all = (0, 0, 0);
    for (version, from, until) in timeline.parts(asked.from, asked.until) {
        let one = as_at(conn, &Asked { from, until, version, ..asked.clone() }, seq).await?;
        all = (all.0 + one.0, all.1 + one.1, all.2 + one.2);
    }
    Ok(all)
}
