//! The only SQL that counts crime reports and returns: one statement each, whatever their number.

use sqlx::{AnyConnection, Row};

use super::rules::{Of, Recorded, Returned};
use crate::report::{
    list::rows::{Filter, between},
    rules::{Ending, State},
};

const STATES: &str = "select standing, count(*) from crime_report where ($1 = '' or team = $1)
    and ($2 = '' or division = $2
    or ($2 = 'none' and division = '')) and ($3 = '' or crime_type = $3) and ($4 = '' or ending = $4)
    and recorded_at >= $5 and recorded_at < $6 group by standing order by standing";
const RECORDED: &str = "select team, division, ending, count(*) from crime_report
    where ($1 = '' or crime_type = $1) and recorded_at >= $2 and recorded_at < $3
    group by team, division, ending order by team, division, ending";
const RETURNED: &str = "select team, division, reason, count(*),
    cast(sum(case when resubmitted_at is null then 1 else 0 end) as bigint),
    cast(coalesce(sum(minutes), 0) as bigint) from crime_return
    where ($1 = '' or crime_type = $1) and returned_at >= $2 and returned_at < $3
    group by team, division, reason order by team, division, reason";

/// Every statement, for the test that prepares them on both engines.
pub const STATEMENTS: [&str; 3] = [STATES, RECORDED, RETURNED];

/// How many are in each state, whatever state the filter asks for.
pub async fn states(conn: &mut AnyConnection, filter: &Filter) -> Result<Vec<(State, i64)>, sqlx::Error> {
    let (from, until) = between(filter.from, filter.until);
    let rows = sqlx::query(STATES)
        .bind(&filter.team)
        .bind(&filter.division)
        .bind(&filter.crime_type)
        .bind(filter.ending.map_or("", Ending::as_str))
        .bind(from)
        .bind(until)
        .fetch_all(conn)
        .await?;
    rows.iter()
        .map(|row| {
            let state: String = row.try_get(0)?;
            let damaged = || sqlx::Error::Decode(format!("{state:?} is no state of a report").into());
            Ok((State::of(&state).ok_or_else(damaged)?, row.try_get(1)?))
        })
        .collect()
}

/// How many were recorded by each team in each division, by their ending. Only the type and the days of `filter` count.
pub async fn recorded(conn: &mut AnyConnection, filter: &Filter) -> Result<Vec<Recorded>, sqlx::Error> {
    let (from, until) = between(filter.from, filter.until);
    let query = sqlx::query(RECORDED).bind(&filter.crime_type).bind(from).bind(until);
    query
        .fetch_all(conn)
        .await?
        .iter()
        .map(|row| {
            let ending: String = row.try_get(2)?;
            let damaged = || sqlx::Error::Decode(format!("{ending:?} is no ending of a report").into());
            Ok(Recorded {
                of: Of { team: row.try_get(0)?, division: row.try_get(1)? },
                ending: Ending::of(&ending).ok_or_else(damaged)?,
                number: row.try_get(3)?,
            })
        })
        .collect()
}

/// How many reports of each team in each division were returned for each reason, by the day of the return.
pub async fn returned(conn: &mut AnyConnection, filter: &Filter) -> Result<Vec<Returned>, sqlx::Error> {
    let (from, until) = between(filter.from, filter.until);
    let query = sqlx::query(RETURNED).bind(&filter.crime_type).bind(from).bind(until);
    query
        .fetch_all(conn)
        .await?
        .iter()
        .map(|row| {
            Ok(Returned {
                of: Of { team: row.try_get(0)?, division: row.try_get(1)? },
                reason: row.try_get(2)?,
                number: row.try_get(3)?,
                open: row.try_get(4)?,
                minutes: row.try_get(5)?,
            })
        })
        .collect()
}
