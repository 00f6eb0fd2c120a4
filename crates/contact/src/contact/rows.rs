//! The only SQL that saves contacts; reading them is in `list/rows.rs`. Rows as they are now.

use jiff::Timestamp;
use journal::{Actor, Entry, Id, Noun, Private, Refusal, Tx, act, last_seq, to_moment};
use serde::Serialize;
use sqlx::AnyConnection;

pub use super::list::rows::{
    Filter, Listed, by_reference, by_their_reference, linked_to, list, of_ids, of_incident, one, shown,
};
use super::{
    given_up,
    rules::{self, Command, Contact, Earlier, Fact, Known, Target},
};
use crate::{earlier, phone};

const SAVE: &str = "insert into contact
    (id, since_seq, last_seq, channel, menu_option, line, arrived_at, answered_at, state, ended_at,
    handled_seconds, outcome, their_reference, is_described, relation, language, needs_interpreter,
    agency, is_located, place, division, beat, is_rural, is_told, incident, checks, number, number_key,
    name, call_back_on, call_back_key, place_words, narrative, why, why_definition)
    values
    ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22,
    $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35)
    on conflict (id) do update set
    last_seq = excluded.last_seq, channel = excluded.channel, menu_option = excluded.menu_option,
    line = excluded.line, arrived_at = excluded.arrived_at, answered_at = excluded.answered_at,
    state = excluded.state, ended_at = excluded.ended_at, handled_seconds = excluded.handled_seconds,
    outcome = excluded.outcome, their_reference = excluded.their_reference,
    is_described = excluded.is_described, relation = excluded.relation, language = excluded.language,
    needs_interpreter = excluded.needs_interpreter, agency = excluded.agency,
    is_located = excluded.is_located, place = excluded.place, division = excluded.division,
    beat = excluded.beat, is_rural = excluded.is_rural, is_told = excluded.is_told,
    incident = excluded.incident, checks = excluded.checks, number = excluded.number,
    number_key = excluded.number_key, name = excluded.name, call_back_on = excluded.call_back_on,
    call_back_key = excluded.call_back_key, place_words = excluded.place_words,
    narrative = excluded.narrative, why = excluded.why, why_definition = excluded.why_definition";
const UNLINK: &str = "delete from contact_link where contact = $1";
const LINK: &str = "insert into contact_link (contact, to_id, kind, purpose, evidence, place)
    values ($1, $2, $3, $4, $5, $6)";
/// Every statement, for the test that prepares them on both engines.
pub const STATEMENTS: [&str; 3] = [SAVE, UNLINK, LINK];

/// What every store gives: the entry, or the refusal, or the database's error.
pub type Stored = Result<Result<Entry, Refusal>, sqlx::Error>;

/// The contact as a noun.
pub struct Contacts;

impl Noun for Contacts {
    type State = Contact;
    type Command = Command;
    type Fact = Fact;
    type Known = Known;

    fn decide(known: &Known, was: Option<&Contact>, command: Command) -> Result<Fact, Refusal> {
        rules::decide(known, was, command)
    }

    fn apply(was: Option<Contact>, fact: &Fact) -> Contact {
        rules::apply(was, fact)
    }

    async fn save(tx: &mut Tx, entry: &Entry, id: &Id, state: &Contact) -> Result<(), sqlx::Error> {
        save_row(tx, entry, id, state).await?;
        sqlx::query(UNLINK).bind(id.as_str()).execute(&mut **tx).await?;
        for (place, link) in (0_i64..).zip(&state.links) {
            sqlx::query(LINK)
                .bind(id.as_str())
                .bind(link.to.as_str())
                .bind(json(id, &link.kind)?)
                .bind(json(id, &link.purpose)?)
                .bind(json(id, &link.evidence)?)
                .bind(place)
                .execute(&mut **tx)
                .await?;
        }
        given_up::rows::save(tx, id, state).await?;
        earlier::rows::save_keys(tx, entry, id, state).await
    }
}

async fn save_row(tx: &mut Tx, entry: &Entry, id: &Id, state: &Contact) -> Result<(), sqlx::Error> {
    let (arrival, ended) = (&state.arrival, state.ended.as_ref());
    let (caller, location) =
        (state.caller.clone().unwrap_or_default(), state.location.clone().unwrap_or_default());
    let key =
        |number: &Private<String>| number.known().and_then(|number| phone::key(number)).unwrap_or_default();
    sqlx::query(SAVE)
        .bind(id.as_str())
        .bind(entry.seq)
        .bind(entry.seq)
        .bind(arrival.channel.as_str())
        .bind(&arrival.option)
        .bind(&arrival.line)
        .bind(to_moment(arrival.arrived_at))
        .bind(arrival.answered_at.map(to_moment))
        .bind(state.state().as_str())
        .bind(ended.map(|ended| to_moment(ended.at)))
        .bind(ended.map_or(0, |ended| ended.handled_seconds))
        .bind(ended.map_or("", |ended| &ended.outcome))
        .bind(Some(&arrival.their_reference).filter(|reference| !reference.is_empty()))
        .bind(i64::from(state.caller.is_some()))
        .bind(&caller.relation)
        .bind(&caller.language)
        .bind(i64::from(caller.needs_interpreter))
        .bind(&caller.agency)
        .bind(i64::from(state.location.is_some()))
        .bind(location.place.known())
        .bind(&location.division)
        .bind(&location.beat)
        .bind(location.is_rural.map(i64::from))
        .bind(i64::from(state.narrative.is_some()))
        .bind(state.incident.as_ref().map(Id::as_str))
        .bind(json(id, &state.checks)?)
        .bind(arrival.number.known())
        .bind(key(&arrival.number))
        .bind(caller.name.known())
        .bind(caller.call_back_on.known())
        .bind(key(&caller.call_back_on))
        .bind(location.words.known())
        .bind(state.narrative.as_ref().and_then(Private::known))
        .bind(state.why.map(|why| why.code.to_string()))
        .bind(state.why.map(|why| i64::from(why.definition)))
        .execute(&mut **tx)
        .await?;
    Ok(())
}

fn json<T: Serialize>(id: &Id, value: &T) -> Result<String, sqlx::Error> {
    serde_json::to_string(value).map_err(|error| sqlx::Error::Encode(format!("contact {id}: {error}").into()))
}

/// Whether another has just stored the same reference: only then is a contact’s row refused by the database.
pub fn is_taken(error: &sqlx::Error) -> bool {
    error.as_database_error().is_some_and(sqlx::error::DatabaseError::is_unique_violation)
}

/// Says something of a contact in one transaction: what the rule has to know is read, and the fact is saved. What tells a
/// number or an answer also shows whether they had given up a call before.
pub async fn change(tx: &mut Tx, who: &Actor, now: Timestamp, id: &Id, command: Command) -> Stored {
    let known = known(tx, now, id, &command).await?;
    let is_telling = matches!(
        command,
        Command::Receive(_) | Command::Discontinue { .. } | Command::Answer { .. } | Command::Describe(_)
    );
    let stored = act::<Contacts>(tx, who, now, id, &known, command).await?;
    if is_telling && stored.is_ok() {
        given_up::rows::recognise(tx, who, now, id).await?;
    }
    Ok(stored)
}

/// What the rule has to know: for a link, what it leads to. An incident is known by its entries, because this room
/// does not know incidents.
pub async fn known(
    conn: &mut AnyConnection,
    now: Timestamp,
    id: &Id,
    command: &Command,
) -> Result<Known, sqlx::Error> {
    let Command::Link(link) = command else { return Ok(Known { now, target: Target::Fits }) };
    if link.to == *id {
        return Ok(Known { now, target: Target::Itself });
    }
    let is_contact = one(&mut *conn, &link.to).await?.is_some();
    let fits = match link.kind {
        Earlier::Contact => is_contact,
        Earlier::Incident => !is_contact && last_seq(conn, &link.to).await? > 0,
    };
    Ok(Known { now, target: if fits { Target::Fits } else { Target::Missing } })
}
