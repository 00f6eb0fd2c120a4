//! The only SQL that sums every measure at once.

use jiff::civil::Date;
use sqlx::{AnyConnection, Row};

use crate::figure::rows::Sum;

const BY_DIVISION: &str =
    "select measure, division, cast(sum(numerator) as bigint), cast(sum(denominator) as bigint)
    from measure_sum where kind = 'day' and period >= $1 and period <= $2 and ($3 = '' or division = $3)
    and in_force = 1 group by measure, division order by measure, division";
const BY_DAY: &str =
    "select measure, period, cast(sum(numerator) as bigint), cast(sum(denominator) as bigint)
    from measure_sum where kind = 'day' and period >= $1 and period <= $2 and ($3 = '' or division = $3)
    and in_force = 1 group by measure, period order by measure, period";

/// Every statement, for the test that prepares them on both engines.
pub const STATEMENTS: [&str; 2] = [BY_DIVISION, BY_DAY];

/// By what something is summed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Of {
    /// Each division.
    Division,
    /// Each day.
    Day,
}

/// The sums of every measure from `from` to `until`, of one division or, where that is empty, of all: as measure and sum.
/// One statement.
pub async fn all(
    conn: &mut AnyConnection,
    (from, until): (Date, Date),
    division: &str,
    of: Of,
) -> Result<Vec<(String, Sum)>, sqlx::Error> {
    let statement = match of {
        Of::Division => BY_DIVISION,
        Of::Day => BY_DAY,
    };
    let rows = sqlx::query(statement)
        .bind(from.to_string())
        .bind(until.to_string())
        .bind(division)
        .fetch_all(conn)
        .await?;
    rows.iter()
        .map(|row| {
            let sum = Sum { of: row.try_get(1)?, numerator: row.try_get(2)?, denominator: row.try_get(3)? };
            Ok((row.try_get(0)?, sum))
        })
        .collect()
}
