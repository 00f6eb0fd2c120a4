//! What the calendar reads that is not in the register. The rows are those of [`crate::meeting`].

use jiff::civil::Date;
use journal::{Connection, DatabaseError, Id, from_moment};
use sqlx::Row;

use super::rules::Meeting;

const MEETINGS: &str = "select m.id, g.name, m.meets_on, m.changed_at, m.moves,
        (select count(*) from round r where r.meeting = m.id),
        (select r.due_on from round r where r.meeting = m.id order by r.opened_seq desc limit 1),
        (select r.opened_on from round r where r.meeting = m.id order by r.opened_seq desc limit 1)
    from meeting m join governance_group g on g.id = m.group_id
    where m.standing <> 'cancelled' order by m.meets_on, m.id";

/// Every statement, for the test that prepares them on both engines.
pub const STATEMENTS: [&str; 1] = [MEETINGS];

/// The meetings of every group that are not cancelled, the earliest first.
pub async fn meetings(conn: &mut Connection) -> Result<Vec<Meeting>, DatabaseError> {
    let rows = sqlx::query(MEETINGS).fetch_all(conn).await?;
    rows.iter()
        .map(|row| {
            let (id, on): (String, String) = (row.try_get(0)?, row.try_get(2)?);
            let damaged =
                |what: &str| DatabaseError::Decode(format!("a meeting: {what:?} is damaged").into());
            let day = |text: Option<String>| {
                text.map(|text| text.parse::<Date>().map_err(|_| damaged(&text))).transpose()
            };
            Ok(Meeting {
                id: Id::read(&id).ok_or_else(|| damaged(&id))?,
                title: row.try_get(1)?,
                on: on.parse().map_err(|_| damaged(&on))?,
                changed_at: from_moment(row.try_get(3)?)?,
                moves: usize::try_from(row.try_get::<i64, _>(4)?).unwrap_or(0),
                rounds: usize::try_from(row.try_get::<i64, _>(5)?).unwrap_or(0),
                asked: day(row.try_get(6)?)?.zip(day(row.try_get(7)?)?),
            })
        })
        .collect()
}
