//! The only SQL about appointments: a column of their incident’s row for its clock, and a row each for diaries and lists.

use std::collections::BTreeSet;

use diary::{diary::rows as diaries, place::Place};
use jiff::{SignedDuration, Timestamp};
use journal::{Entry, Id, Noun, Refusal, Tx, from_moment, to_moment};
use sqlx::{AnyConnection, Row, any::AnyRow};

use super::{
    booking::{Chosen, Offered, Wish},
    life::{Appointment, Appointments, Outcome},
    rules::{self, Command, Fact},
};
use crate::{
    incident::rows::{bare_words, json},
    standing::Known,
};

const SAVE: &str = "update incident set appointment_state = $1 where id = $2";
const SAVE_ONE: &str =
    "insert into appointment (incident, number, family, unit, station, diary, shift, starts_at,
    officer, ends_at, mode, booked_at, booked_seq, outcome, ended_at, ended_seq, late_by_minutes, has_place)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)";
const END_ONE: &str =
    "update appointment set outcome = $1, ended_at = $2, ended_seq = $3, late_by_minutes = $4,
    has_place = $5 where incident = $6 and number = $7 and outcome = ''";
const COUNT: &str = "select count(*) from appointment where incident = $1";
const TAKEN: &str = "select diary, shift, starts_at, officer from appointment
    where unit = $1 and starts_at >= $2 and starts_at < $3 and has_place = 1";

/// Every statement, for the test that prepares them on both engines.
pub const STATEMENTS: [&str; 5] = [SAVE, SAVE_ONE, END_ONE, COUNT, TAKEN];

/// The appointments of an incident as a noun.
pub struct Bookings;

impl Noun for Bookings {
    type State = Appointments;
    type Command = Command;
    type Fact = Fact;
    type Known = Known;

    fn decide(known: &Known, was: Option<&Appointments>, command: Command) -> Result<Fact, Refusal> {
        rules::decide(known, was.unwrap_or(&Appointments::default()), command)
    }

    fn apply(was: Option<Appointments>, fact: &Fact) -> Appointments {
        rules::apply(was, fact)
    }

    /// What ended gives its place back before another takes one.
    async fn save(tx: &mut Tx, entry: &Entry, id: &Id, state: &Appointments) -> Result<(), sqlx::Error> {
        sqlx::query(SAVE).bind(json(id, &bare(state.clone()))?).bind(id.as_str()).execute(&mut **tx).await?;
        let there: i64 = sqlx::query_scalar(COUNT).bind(id.as_str()).fetch_one(&mut **tx).await?;
        let new = usize::try_from(there).unwrap_or(usize::MAX);
        for (number, one) in (0_i64..).zip(&state.all).take(new) {
            if let Some(outcome) = &one.outcome {
                end(tx, entry, id, number, outcome).await?;
            }
        }
        for (number, one) in (0_i64..).zip(&state.all).skip(new) {
            insert(tx, entry, id, number, one).await?;
        }
        Ok(())
    }
}

async fn end(tx: &mut Tx, entry: &Entry, id: &Id, number: i64, outcome: &Outcome) -> Result<(), sqlx::Error> {
    sqlx::query(END_ONE)
        .bind(outcome.as_str())
        .bind(to_moment(outcome.at()))
        .bind(entry.seq)
        .bind(late_by(outcome))
        .bind(i64::from(outcome.keeps_place()))
        .bind(id.as_str())
        .bind(number)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

async fn insert(
    tx: &mut Tx,
    entry: &Entry,
    id: &Id,
    number: i64,
    one: &Appointment,
) -> Result<(), sqlx::Error> {
    let Appointment { booking, outcome } = one;
    sqlx::query(SAVE_ONE)
        .bind(id.as_str())
        .bind(number)
        .bind(&booking.family)
        .bind(&booking.unit)
        .bind(&booking.station)
        .bind(booking.place.diary.as_str())
        .bind(booking.place.shift)
        .bind(to_moment(booking.place.starts_at))
        .bind(booking.place.officer)
        .bind(to_moment(booking.ends_at))
        .bind(booking.mode.as_str())
        .bind(to_moment(booking.at))
        .bind(entry.seq)
        .bind(outcome.as_ref().map_or("", Outcome::as_str))
        .bind(outcome.as_ref().map(|outcome| to_moment(outcome.at())))
        .bind(outcome.as_ref().map(|_| entry.seq))
        .bind(outcome.as_ref().and_then(late_by))
        .bind(i64::from(outcome.as_ref().is_none_or(Outcome::keeps_place)))
        .execute(&mut **tx)
        .await?;
    Ok(())
}

fn late_by(outcome: &Outcome) -> Option<i64> {
    match outcome {
        Outcome::Kept { late_by_minutes, .. } => Some(*late_by_minutes),
        _ => None,
    }
}

/// Appointments without their words: they are read from the journal, where they can be erased.
fn bare(mut appointments: Appointments) -> Appointments {
    for one in &mut appointments.all {
        bare_words(&mut one.booking.why_later);
    }
    appointments
}

/// The same, for the pages of diaries.
pub fn taken_of<'a>(
    conn: &'a mut AnyConnection,
    unit: &'a str,
    (from, until): (Timestamp, Timestamp),
) -> diary::diary::pages::Places<'a> {
    Box::pin(taken(conn, unit, from, until))
}

/// The places of a unit's diaries that are taken, of slots that begin from `from` and before `until`.
pub async fn taken(
    conn: &mut AnyConnection,
    unit: &str,
    from: Timestamp,
    until: Timestamp,
) -> Result<BTreeSet<Place>, sqlx::Error> {
    let rows =
        sqlx::query(TAKEN).bind(unit).bind(to_moment(from)).bind(to_moment(until)).fetch_all(conn).await?;
    rows.iter().map(place).collect()
}

fn place(row: &AnyRow) -> Result<Place, sqlx::Error> {
    let diary: String = row.try_get(0)?;
    let diary = Id::of_row(&diary)?;
    let starts_at = from_moment(&row.try_get::<String, _>(2)?)?;
    Ok(Place { diary, shift: row.try_get(1)?, starts_at, officer: row.try_get(3)? })
}

/// What the diaries of the wished unit offer until the wished slot: everything before it, because the earliest may be
/// meant.
pub async fn offered(tx: &mut Tx, now: Timestamp, id: &Id, wish: &Wish) -> Result<Offered, sqlx::Error> {
    let Some(chosen) = wish.slot.as_ref().filter(|chosen| chosen.is_within_reach(now)) else {
        return Ok(Offered::default());
    };
    let Some(diary) = diaries::one(tx, &chosen.diary).await? else { return Ok(Offered::default()) };
    let until = chosen.starts_at.saturating_add(SignedDuration::from_secs(1)).unwrap_or(chosen.starts_at);
    let taken = taken(tx, &diary.unit, now, until).await?;
    let free = diary::free(tx, &diary.unit, (now, until), now, id.as_str(), &taken).await?;
    let there = diary::slot::slots(&chosen.diary, &diary, chosen.starts_at, until);
    Ok(Offered { free, is_in_diary: there.iter().any(|slot| Chosen::of(slot) == *chosen) })
}
