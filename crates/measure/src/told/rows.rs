//! The only SQL of packed issues.

use failure::{
    packed::{Packed, pack},
    story::Issue,
};
use futures_util::TryStreamExt;
use jiff::civil::Date;
use journal::{Id, day_of};
use sqlx::{AnyConnection, Row};

const FORGET: &str = "delete from measure_told where issue = $1";
const KEEP: &str = "insert into measure_told (issue, part, from_day, until_day, contacts, line)
    values ($1, $2, $3, $4, $5, $6)";
/// A day’s lines travel as one text: row by row the driver would cost more than the judging (decisions/0016).
const BETWEEN: &str = "select string_agg(line, $1) from measure_told
    where from_day <= $2 and until_day >= $3 group by from_day order by from_day";

/// Every statement, for the test that prepares them on both engines.
pub const STATEMENTS: [&str; 3] = [FORGET, KEEP, BETWEEN];

/// What parts the lines of a day.
const BREAK: &str = "\n";

/// Keeps issues as they are told now, in place of what was kept of `members`: of all that they were or are made of.
pub async fn keep(
    conn: &mut AnyConnection,
    members: impl Iterator<Item = &Id>,
    issues: &[Issue],
) -> Result<(), sqlx::Error> {
    for member in members {
        sqlx::query(FORGET).bind(member.as_str()).execute(&mut *conn).await?;
    }
    for issue in issues {
        let too_many =
            || sqlx::Error::Encode("an issue has more kinds of vulnerability than there are".into());
        let all = pack(issue).ok_or_else(too_many)?;
        keep_packed(conn, &issue.incident, &all).await?;
    }
    Ok(())
}

/// Keeps what is packed already.
pub async fn keep_packed(conn: &mut AnyConnection, issue: &str, all: &[Packed]) -> Result<(), sqlx::Error> {
    for (part, one) in (0_i64..).zip(all) {
        sqlx::query(KEEP)
            .bind(issue)
            .bind(part)
            .bind(day_of(one.first).to_string())
            .bind(day_of(one.last).to_string())
            .bind(i64::try_from(one.contacts).unwrap_or(i64::MAX))
            .bind(&one.line)
            .execute(&mut *conn)
            .await?;
    }
    Ok(())
}

/// Gives each line of the issues that have contacts on those days or around them, by the day of the first contact, until
/// `take` says that it has enough.
pub async fn each(
    conn: &mut AnyConnection,
    days: (Date, Date),
    take: impl FnMut(&str) -> Result<bool, sqlx::Error>,
) -> Result<(), sqlx::Error> {
    lines(conn, BETWEEN, days, take).await
}

/// Gives each line of a statement that asks for the lines of days as one text each: with what parts them, the last day, the
/// first; until `take` says that it has enough.
pub(crate) async fn lines(
    conn: &mut AnyConnection,
    statement: &'static str,
    (from, until): (Date, Date),
    mut take: impl FnMut(&str) -> Result<bool, sqlx::Error>,
) -> Result<(), sqlx::Error> {
    let query = sqlx::query(statement).bind(BREAK).bind(until.to_string()).bind(from.to_string());
    let mut days = query.fetch(conn);
    while let Some(day) = days.try_next().await? {
        for line in day.try_get::<&str, _>(0)?.split(BREAK) {
            if !take(line)? {
                return Ok(());
            }
        }
    }
    Ok(())
}
