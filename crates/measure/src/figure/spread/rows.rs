//! The only SQL that reads records by their value.

use journal::OPEN_END;
use sqlx::{AnyConnection, Row};

use super::Value;
use crate::figure::rows::{Asked, narrowed};

/// As one text: row by row the driver would cost more than the reading (decisions/0016).
const VALUES: &str = "select string_agg(cast(numerator as text) || ' ' || cast(many as text), ',')
    from (select numerator, count(*) as many from measure_contribution
    where measure = $1 and day >= $2 and day <= $3 and ($4 = '' or (division <> '' and $4 like '%' || division || '%')
    or ($4 = '-' and division = ''))
    and ($5 = '' or reason = $5 or ($5 = '-' and reason = '')) and (version = $6 or ($6 = 0 and in_force = 1))
    and until_seq = $7 and denominator = 1 group by numerator) as spread";

/// Every statement, for the test that prepares them on both engines.
pub const STATEMENTS: [&str; 1] = [VALUES];

/// How many records of a figure there are of each value, in no order; one statement.
pub async fn values(conn: &mut AnyConnection, asked: &Asked) -> Result<Vec<Value>, sqlx::Error> {
    let row = narrowed(VALUES, asked).bind(OPEN_END).fetch_one(conn).await?;
    let text: Option<String> = row.try_get(0)?;
    let read = |pair: &str| {
        let (value, many) = pair.split_once(' ')?;
        Some((value.parse().ok()?, many.parse().ok()?))
    };
    let lost = |pair: &str| sqlx::Error::Decode(format!("{pair:?} is no value and how many").into());
    let text = text.unwrap_or_default();
    let pairs = text.split(',').filter(|pair| !pair.is_empty());
    pairs.map(|pair| read(pair).ok_or_else(|| lost(pair))).collect()
}
