//! The only SQL about meetings.

use jiff::civil::Date;
use journal::{Entry, Id, Noun, Refusal, Tx, to_moment};
use sqlx::{AnyConnection, Row, any::AnyRow};

use super::rules::{self, Command, Fact, Known, Meeting, Standing};
use crate::{group, workday::rules::Calendar};

const SAVE: &str = "insert into meeting (id, group_id, meets_on, place, standing, cancelled_because, minutes,
    changed_at, moves) values ($1, $2, $3, $4, $5, $6, $7, $8, 0)
    on conflict (id) do update set meets_on = excluded.meets_on, standing = excluded.standing,
        cancelled_because = excluded.cancelled_because, minutes = excluded.minutes,
        changed_at = excluded.changed_at,
        moves = meeting.moves + case when excluded.meets_on <> meeting.meets_on then 1 else 0 end";
const ALL: &str = "select id, group_id, meets_on, place, standing, cancelled_because, minutes from meeting
    order by meets_on, id";
const ONE: &str = "select id, group_id, meets_on, place, standing, cancelled_because, minutes from meeting
    where id = $1";
const DAYS: &str = "select meets_on from meeting
    where group_id = $1 and id <> $2 and standing <> 'cancelled' order by meets_on";

/// Every statement, for the test that prepares them on both engines.
pub const STATEMENTS: [&str; 4] = [SAVE, ALL, ONE, DAYS];

/// The meeting as a noun.
pub struct Meetings;

impl Noun for Meetings {
    type State = Meeting;
    type Command = Command;
    type Fact = Fact;
    type Known = Known<'static>;

    fn decide(known: &Known<'static>, was: Option<&Meeting>, command: Command) -> Result<Fact, Refusal> {
        rules::decide(known, was, command)
    }

    fn apply(was: Option<Meeting>, fact: &Fact) -> Meeting {
        rules::apply(was, fact)
    }

    async fn save(tx: &mut Tx, entry: &Entry, id: &Id, state: &Meeting) -> Result<(), sqlx::Error> {
        let (reason, minutes) = match &state.standing {
            Standing::Called => ("", ""),
            Standing::Cancelled { reason } => (reason.as_str(), ""),
            Standing::Held { minutes } => ("", minutes.as_str()),
        };
        sqlx::query(SAVE)
            .bind(id.as_str())
            .bind(state.group.as_str())
            .bind(state.on.to_string())
            .bind(&state.place)
            .bind(state.standing.as_str())
            .bind(reason)
            .bind(minutes)
            .bind(to_moment(entry.at))
            .execute(&mut **tx)
            .await?;
        Ok(())
    }
}

/// Every meeting, the earliest first.
pub async fn all(conn: &mut AnyConnection) -> Result<Vec<(Id, Meeting)>, sqlx::Error> {
    sqlx::query(ALL).fetch_all(conn).await?.iter().map(read).collect()
}

/// One meeting.
pub async fn one(conn: &mut AnyConnection, id: &Id) -> Result<Option<Meeting>, sqlx::Error> {
    let row = sqlx::query(ONE).bind(id.as_str()).fetch_optional(conn).await?;
    Ok(row.as_ref().map(read).transpose()?.map(|(_, meeting)| meeting))
}

/// The days of a group’s meetings that are not cancelled, without the meeting `but`.
pub async fn days(conn: &mut AnyConnection, group: &Id, but: &Id) -> Result<Vec<Date>, sqlx::Error> {
    let days: Vec<String> =
        sqlx::query_scalar(DAYS).bind(group.as_str()).bind(but.as_str()).fetch_all(conn).await?;
    days.iter().map(|on| on.parse().map_err(|_| damaged("a meeting", on))).collect()
}

/// What the rule has to know before something happens to the meeting `id` of `group`.
pub async fn known(
    conn: &mut AnyConnection,
    group: Option<&Id>,
    id: &Id,
    today: Date,
) -> Result<Known<'static>, sqlx::Error> {
    let mut known = Known { today, calendar: Calendar::scotland(), group: None, taken: Vec::new() };
    if let Some(of) = group {
        known.group = group::rows::one(&mut *conn, of).await?;
        known.taken = days(conn, of, id).await?;
    }
    Ok(known)
}

fn damaged(what: &str, text: &str) -> sqlx::Error {
    sqlx::Error::Decode(format!("{what}: {text:?} is damaged").into())
}

fn read(row: &AnyRow) -> Result<(Id, Meeting), sqlx::Error> {
    let id: String = row.try_get(0)?;
    let group: String = row.try_get(1)?;
    let on: String = row.try_get(2)?;
    let standing: String = row.try_get(4)?;
    let standing = match standing.as_str() {
        "called" => Standing::Called,
        "cancelled" => Standing::Cancelled { reason: row.try_get(5)? },
        "held" => Standing::Held { minutes: row.try_get(6)? },
        other => return Err(damaged("a meeting", other)),
    };
    let meeting = Meeting {
        group: Id::read(&group).ok_or_else(|| damaged("a meeting", &group))?,
        on: on.parse().map_err(|_| damaged("a meeting", &on))?,
        place: row.try_get(3)?,
        standing,
    };
    Ok((Id::read(&id).ok_or_else(|| damaged("a meeting", &id))?, meeting))
}
