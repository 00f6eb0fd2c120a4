//! The only SQL that counts referrals: two statements, whatever their number.

use jiff::Timestamp;
use journal::to_moment;
use sqlx::{AnyConnection, Row};

use super::rules::Line;
use crate::referral::{
    list::rows::{Filter, between},
    rules::State,
};

const COUNTS: &str = "select agency, state, count(*), cast(coalesce(sum(minutes_saved), 0) as bigint),
    cast(coalesce(sum(is_conveyance_avoided), 0) as bigint), cast(coalesce(sum(is_to_deal_with), 0) as bigint) from (
    select agency, case when standing = 'sent' and reply_by < $1 then 'overdue' else standing end as state,
    case when (standing = 'sent' and reply_by < $1)
        or (standing in ('declined', 'bounced_back') and is_settled = 0) then 1 else 0 end as is_to_deal_with,
    minutes_saved, is_conveyance_avoided from referral where ($2 = '' or kind = $2) and ($3 = '' or division = $3)
    and sent_at >= $4 and sent_at < $5) counted group by agency, state order by agency, state";
const REPLIES: &str = "select agency, reply_minutes from referral where reply_minutes is not null
    and ($1 = '' or kind = $1) and ($2 = '' or division = $2) and sent_at >= $3 and sent_at < $4
    order by agency, reply_minutes";

/// Every statement, for the test that prepares them on both engines.
pub const STATEMENTS: [&str; 2] = [COUNTS, REPLIES];

/// How many of each agency are in each state at `now`. Only the kind, the division and the days of `filter` count.
pub async fn lines(
    conn: &mut AnyConnection,
    filter: &Filter,
    now: Timestamp,
) -> Result<Vec<Line>, sqlx::Error> {
    let (from, until) = between(filter.from, filter.until);
    let rows = sqlx::query(COUNTS)
        .bind(to_moment(now))
        .bind(&filter.kind)
        .bind(&filter.division)
        .bind(from)
        .bind(until)
        .fetch_all(conn)
        .await?;
    rows.iter()
        .map(|row| {
            let state: String = row.try_get(1)?;
            let damaged = || sqlx::Error::Decode(format!("{state:?} is no state of a referral").into());
            Ok(Line {
                agency: row.try_get(0)?,
                state: State::of(&state).ok_or_else(damaged)?,
                number: row.try_get(2)?,
                minutes_saved: row.try_get(3)?,
                conveyances_avoided: row.try_get(4)?,
                to_deal_with: row.try_get(5)?,
            })
        })
        .collect()
}

/// The minutes until each reply, with its agency.
pub async fn replies(conn: &mut AnyConnection, filter: &Filter) -> Result<Vec<(String, i64)>, sqlx::Error> {
    let (from, until) = between(filter.from, filter.until);
    let rows = sqlx::query(REPLIES)
        .bind(&filter.kind)
        .bind(&filter.division)
        .bind(from)
        .bind(until)
        .fetch_all(conn)
        .await?;
    rows.iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?))).collect()
}
