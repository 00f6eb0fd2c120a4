//! The only SQL that sums figures as at an entry by day.

use journal::OPEN_END;
use sqlx::{AnyConnection, Row};

use crate::figure::rows::{Asked, Sum};

const BY_DAY_AS_AT: &str = "select day, cast(sum(numerator) as bigint), cast(sum(denominator) as bigint)
    from measure_contribution where measure = $1 and day >= $2 and day <= $3 and ($4 = '' or division = $4 or ($4 = '-' and division = ''))
    and ($5 = '' or reason = $5 or ($5 = '-' and reason = '')) and from_seq <= $6 and until_seq > $6
    group by day order by day";

/// Every statement, for the test that prepares them on both engines.
pub const STATEMENTS: [&str; 1] = [BY_DAY_AS_AT];

/// The sums of each day as they stood at an entry; one statement.
pub async fn by_day(conn: &mut AnyConnection, asked: &Asked, seq: i64) -> Result<Vec<Sum>, sqlx::Error> {
    let rows = sqlx::query(BY_DAY_AS_AT)
        .bind(&asked.measure)
        .bind(asked.from.to_string())
        .bind(asked.until.to_string())
        .bind(&asked.division)
        .bind(&asked.reason)
        .bind(seq.min(OPEN_END - 1))
        .fetch_all(conn)
        .await?;
    rows.iter()
        .map(|row| Ok(Sum { of: row.try_get(0)?, numerator: row.try_get(1)?, denominator: row.try_get(2)? }))
        .collect()
}
