//! The only SQL that finds who had given up a call before: by the numbers that are in the rows of contacts, and gone from
//! them when they are erased.

use jiff::Timestamp;
use journal::{Actor, Id, Tx, act, from_moment, to_moment};
use sqlx::{AnyConnection, Row, any::AnyRow};

use super::rules::{GivenUp, reach};
use crate::contact::{
    list::rows::one,
    rows::Contacts,
    rules::{Channel, Command, Contact, Known, Target},
};

/// What is done, for the journal; by it these facts are told from those that somebody says.
pub const TASK: &str = "Recognise a call that was given up";

const KEYS: &str = "select number_key, call_back_key from contact where id = $1";
/// The calls that were given up from either of two numbers, and that the contact does not name yet.
const BEFORE: &str = "select id from contact
    where number_key in ($1, $2) and number_key <> '' and state = 'attempt' and ended_at >= $3 and ended_at <= $4
    and not exists (select 1 from contact_given_up g where g.attempt = contact.id and g.later = $5)
    order by ended_at desc, id limit 20";
/// What came from the number of a call after it was given up: also where the call is told later than they are.
const AFTER: &str = "select id from contact
    where (number_key = $1 or call_back_key = $1) and state <> 'attempt' and arrived_at >= $2 and arrived_at <= $3
    order by arrived_at, id limit 20";
const SAVE: &str = "insert into contact_given_up
    (later, place, later_at, attempt, channel, at, waited_seconds, ended_by)
    values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (later, place) do nothing";
const NAMED: &str = "select attempt, channel, at, waited_seconds, ended_by from contact_given_up
    where later = $1 order by place";

/// Every statement, for the test that prepares them on both engines.
pub const STATEMENTS: [&str; 5] = [KEYS, BEFORE, AFTER, SAVE, NAMED];

/// Saves which calls a contact names.
pub async fn save(tx: &mut Tx, id: &Id, state: &Contact) -> Result<(), sqlx::Error> {
    let Some(heard_at) = state.heard_at() else { return Ok(()) };
    for (place, one) in (0_i64..).zip(&state.given_up) {
        sqlx::query(SAVE)
            .bind(id.as_str())
            .bind(place)
            .bind(to_moment(heard_at))
            .bind(one.attempt.as_str())
            .bind(one.channel.as_str())
            .bind(to_moment(one.at))
            .bind(one.waited_seconds)
            .bind(&one.ended_by)
            .execute(&mut **tx)
            .await?;
    }
    Ok(())
}

/// The calls that a contact names, the first named first.
pub async fn named(conn: &mut AnyConnection, id: &Id) -> Result<Vec<GivenUp>, sqlx::Error> {
    let rows = sqlx::query(NAMED).bind(id.as_str()).fetch_all(conn).await?;
    let read = |row: &AnyRow| {
        let (attempt, channel): (String, String) = (row.try_get(0)?, row.try_get(1)?);
        let damaged = || sqlx::Error::Decode(format!("{channel:?} is no channel of a call").into());
        Ok(GivenUp {
            attempt: Id::of_row(&attempt)?,
            channel: Channel::of(&channel).ok_or_else(damaged)?,
            at: from_moment(row.try_get(2)?)?,
            waited_seconds: row.try_get(3)?,
            ended_by: row.try_get(4)?,
        })
    };
    rows.iter().map(read).collect()
}

/// Ties a contact to the calls that were given up from its numbers, or a call to what came after it, in the transaction in
/// which it was told. What is tied is a fact of the later contact: from then on no number is needed.
pub async fn recognise(tx: &mut Tx, who: &Actor, now: Timestamp, id: &Id) -> Result<(), sqlx::Error> {
    let row = sqlx::query(KEYS).bind(id.as_str()).fetch_one(&mut **tx).await?;
    let (number, call_back): (String, String) = (row.try_get(0)?, row.try_get(1)?);
    if number.is_empty() && call_back.is_empty() {
        return Ok(());
    }
    let Some(contact) = one(&mut *tx, id).await? else { return Ok(()) };
    let who = Actor { task: TASK.to_owned(), ..who.clone() };
    if let Some(given_up) = GivenUp::of(id, &contact) {
        for later in after(tx, &number, &given_up).await? {
            tie(tx, &who, now, &later, given_up.clone()).await?;
        }
    } else if contact.heard_at().is_some() {
        for attempt in before(tx, (id, &contact), (&number, &call_back)).await? {
            let call = one(&mut *tx, &attempt).await?;
            if let Some(given_up) = call.and_then(|call| GivenUp::of(&attempt, &call)) {
                tie(tx, &who, now, id, given_up).await?;
            }
        }
    }
    Ok(())
}

/// What the rule refuses, because nobody has answered yet or it is said already, is not tied.
async fn tie(
    tx: &mut Tx,
    who: &Actor,
    now: Timestamp,
    later: &Id,
    given_up: GivenUp,
) -> Result<(), sqlx::Error> {
    let known = Known { now, target: Target::Fits };
    act::<Contacts>(tx, who, now, later, &known, Command::Recognise(given_up)).await.map(drop)
}

async fn after(tx: &mut Tx, number: &str, given_up: &GivenUp) -> Result<Vec<Id>, sqlx::Error> {
    if number.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<String> = sqlx::query_scalar(AFTER)
        .bind(number)
        .bind(to_moment(given_up.at))
        .bind(to_moment(given_up.at + reach()))
        .fetch_all(&mut **tx)
        .await?;
    ids.iter().map(|id| Id::of_row(id)).collect()
}

async fn before(
    tx: &mut Tx,
    (id, contact): (&Id, &Contact),
    (number, call_back): (&str, &str),
) -> Result<Vec<Id>, sqlx::Error> {
    let came = contact.arrival.arrived_at;
    let ids: Vec<String> = sqlx::query_scalar(BEFORE)
        .bind(number)
        .bind(call_back)
        .bind(to_moment(came - reach()))
        .bind(to_moment(came))
        .bind(id.as_str())
        .fetch_all(&mut **tx)
        .await?;
    ids.iter().map(|id| Id::of_row(id)).collect()
}
