//! The only SQL about how people may be reached. Rows as they are now.

use jiff::{Timestamp, civil::Time};
use journal::{Actor, Entry, Id, Noun, Private, Refusal, Tx, act};
use sqlx::{AnyConnection, Row, any::AnyRow};

use super::rules::{self, Command, Fact, Known, Preference, Unsafe, Way};
use crate::contact::rows::Stored;

const SAVE: &str = "insert into preference (contact, preferred, safe_from, safe_until, interviewer)
    values ($1, $2, $3, $4, $5) on conflict (contact) do update set preferred = excluded.preferred,
    safe_from = excluded.safe_from, safe_until = excluded.safe_until, interviewer = excluded.interviewer";
const CLEAR: &str = "delete from preference_unsafe where contact = $1";
const INSERT: &str = "insert into preference_unsafe
    (contact, place, way, is_everywhere, to_where, hours_from, hours_until, why)
    values ($1, $2, $3, $4, $5, $6, $7, $8)";
const OF_CONTACT: &str = "select p.contact, p.preferred, p.safe_from, p.safe_until, p.interviewer,
    u.way, u.is_everywhere, u.to_where, u.hours_from, u.hours_until, u.why
    from preference p left join preference_unsafe u on u.contact = p.contact
    where p.contact = $1 order by u.place";
/// By what a person called from or wants to be called on, each by its own index.
const OF_PERSON: &str = "select p.contact, p.preferred, p.safe_from, p.safe_until, p.interviewer,
    u.way, u.is_everywhere, u.to_where, u.hours_from, u.hours_until, u.why
    from preference p left join preference_unsafe u on u.contact = p.contact
    where p.contact in (select id from contact where number_key = $1 and number_key <> ''
        union select id from contact where call_back_key = $1 and call_back_key <> '')
    order by p.contact, u.place";

/// What was said in the contacts of an incident, and in every other contact from or for one of their numbers.
const OF_INCIDENT: &str = "select p.contact, p.preferred, p.safe_from, p.safe_until, p.interviewer,
    u.way, u.is_everywhere, u.to_where, u.hours_from, u.hours_until, u.why
    from preference p left join preference_unsafe u on u.contact = p.contact
    where p.contact in (select id from contact where incident = $1
        union select o.id from contact c join contact o on o.number_key in (c.number_key, c.call_back_key)
            where c.incident = $1 and o.number_key <> ''
        union select o.id from contact c join contact o on o.call_back_key in (c.number_key, c.call_back_key)
            where c.incident = $1 and o.call_back_key <> '')
    order by p.contact, u.place";

/// Every statement, for the test that prepares them on both engines.
pub const STATEMENTS: [&str; 6] = [SAVE, CLEAR, INSERT, OF_CONTACT, OF_PERSON, OF_INCIDENT];

/// How somebody may be reached, as a noun. The subject is the contact in which they said it.
pub struct Preferences;

impl Noun for Preferences {
    type State = Preference;
    type Command = Command;
    type Fact = Fact;
    type Known = Known;

    fn decide(known: &Known, was: Option<&Preference>, command: Command) -> Result<Fact, Refusal> {
        rules::decide(known, was, command)
    }

    fn apply(was: Option<Preference>, fact: &Fact) -> Preference {
        rules::apply(was, fact)
    }

    async fn save(tx: &mut Tx, _: &Entry, id: &Id, state: &Preference) -> Result<(), sqlx::Error> {
        let preferred = state.preferred.iter().map(|way| way.as_str()).collect::<Vec<_>>().join(" ");
        sqlx::query(SAVE)
            .bind(id.as_str())
            .bind(preferred)
            .bind(state.safe_hours.map(|(from, _)| from.to_string()))
            .bind(state.safe_hours.map(|(_, until)| until.to_string()))
            .bind(&state.interviewer)
            .execute(&mut **tx)
            .await?;
        sqlx::query(CLEAR).bind(id.as_str()).execute(&mut **tx).await?;
        for (place, one) in (0_i64..).zip(&state.unsafe_ways) {
            sqlx::query(INSERT)
                .bind(id.as_str())
                .bind(place)
                .bind(one.way.as_str())
                .bind(i64::from(one.to.is_none()))
                .bind(one.to.as_ref().and_then(Private::known))
                .bind(one.hours.map(|(from, _)| from.to_string()))
                .bind(one.hours.map(|(_, until)| until.to_string()))
                .bind(one.why.known())
                .execute(&mut **tx)
                .await?;
        }
        Ok(())
    }
}

/// Says how somebody may be reached, in the contact in which they said it.
pub async fn change(tx: &mut Tx, who: &Actor, now: Timestamp, contact: &Id, command: Command) -> Stored {
    let known = Known { today: journal::day_of(now) };
    act::<Preferences>(tx, who, now, contact, &known, command).await
}

/// What was said in one contact.
pub async fn of_contact(conn: &mut AnyConnection, contact: &Id) -> Result<Option<Preference>, sqlx::Error> {
    let rows = sqlx::query(OF_CONTACT).bind(contact.as_str()).fetch_all(conn).await?;
    Ok(read_all(&rows)?.pop())
}

/// All that was said in any contact about one incident, by whomever.
pub async fn of_incident(conn: &mut AnyConnection, incident: &Id) -> Result<Vec<Preference>, sqlx::Error> {
    read_all(&sqlx::query(OF_INCIDENT).bind(incident.as_str()).fetch_all(conn).await?)
}

/// All that was ever said by whoever called from this number or wants to be called on it, in E.164. What was unsafe
/// once stays so until it is taken back in the contact in which it was said.
pub async fn of_person(conn: &mut AnyConnection, number_key: &str) -> Result<Vec<Preference>, sqlx::Error> {
    read_all(&sqlx::query(OF_PERSON).bind(number_key).fetch_all(conn).await?)
}

fn read_all(rows: &[AnyRow]) -> Result<Vec<Preference>, sqlx::Error> {
    let mut all: Vec<(String, Preference)> = Vec::new();
    for row in rows {
        let contact: String = row.try_get(0)?;
        if all.last().is_none_or(|(last, _)| *last != contact) {
            all.push((contact.clone(), read(&contact, row)?));
        }
        if let (Some(way), Some((_, preference))) = (row.try_get::<Option<String>, _>(5)?, all.last_mut()) {
            preference.unsafe_ways.push(read_unsafe(&contact, &way, row)?);
        }
    }
    Ok(all.into_iter().map(|(_, preference)| preference).collect())
}

fn read(contact: &str, row: &AnyRow) -> Result<Preference, sqlx::Error> {
    let preferred: String = row.try_get(1)?;
    let preferred = preferred.split_whitespace().map(|way| Way::of(way).ok_or_else(|| damaged(contact, way)));
    Ok(Preference {
        preferred: preferred.collect::<Result<_, _>>()?,
        unsafe_ways: Vec::new(),
        safe_hours: hours(contact, row.try_get(2)?, row.try_get(3)?)?,
        interviewer: row.try_get(4)?,
    })
}

fn read_unsafe(contact: &str, way: &str, row: &AnyRow) -> Result<Unsafe, sqlx::Error> {
    let known = |text: Option<String>| text.map_or(Private::Erased, Private::Known);
    let is_everywhere: i64 = row.try_get(6)?;
    Ok(Unsafe {
        way: Way::of(way).ok_or_else(|| damaged(contact, way))?,
        to: if is_everywhere != 0 { None } else { Some(known(row.try_get(7)?)) },
        hours: hours(contact, row.try_get(8)?, row.try_get(9)?)?,
        why: known(row.try_get(10)?),
    })
}

fn hours(
    contact: &str,
    from: Option<String>,
    until: Option<String>,
) -> Result<Option<(Time, Time)>, sqlx::Error> {
    let read = |time: String| time.parse::<Time>().map_err(|_| damaged(contact, &time));
    match (from, until) {
        (Some(from), Some(until)) => Ok(Some((read(from)?, read(until)?))),
        _ => Ok(None),
    }
}

fn damaged(contact: &str, what: &str) -> sqlx::Error {
    sqlx::Error::Decode(format!("preference of {contact}: {what:?} is damaged").into())
}
