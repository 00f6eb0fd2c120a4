//! The only SQL that saves incidents and reads them; the other nouns save their columns of the same row.
//!
//! A row is an incident as it is now. What the queue and the lists show of it is read in one statement; every word
//! about a person is in a column of its own, null where it was erased, and the rest is read from the journal.

use std::{collections::BTreeSet, sync::LazyLock};

use journal::{Entry, Id, Many, Noun, OPEN_END, Private, Refusal, Tx, history, to_moment};
use serde::Serialize;
use sqlx::AnyConnection;

pub use super::list::rows::{
    Filter, Listed, State, all_open, by_reference, list, of_contact, of_ids, of_unit, one,
};
use super::rules::{self, Attached, Command, Fact, Incident, Person};
use crate::standing::{Known, Standing};

const SAVE: &str = "insert into incident
    (id, seq, contact, opened_at, incident_type, qualifiers, was_domestic, division, incident_state, summary, place)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
    on conflict (id) do update set
    incident_type = excluded.incident_type, qualifiers = excluded.qualifiers, was_domestic = excluded.was_domestic,
    division = excluded.division, incident_state = excluded.incident_state, summary = excluded.summary,
    place = excluded.place";
const FORGET_CONTACTS: &str = "delete from incident_contact where incident = $1";
const SAVE_CONTACT: &str = "insert into incident_contact (incident, contact, place) values ($1, $2, $3)";
const FORGET_WORDS: &str = "delete from incident_word where incident = $1";
static SAVE_WORDS: LazyLock<Many> =
    LazyLock::new(|| Many::of("insert into incident_word (incident, word)", 2, ""));
const EXISTS: &str = "select count(*) from incident where id = $1";

/// Every statement, for the test that prepares them on both engines.
pub fn statements() -> Vec<&'static str> {
    let mut all = vec![SAVE, FORGET_CONTACTS, SAVE_CONTACT, FORGET_WORDS, EXISTS];
    all.extend(LazyLock::force(&SAVE_WORDS).statements());
    all
}

/// The incident as a noun.
pub struct Incidents;

impl Noun for Incidents {
    type State = Incident;
    type Command = Command;
    type Fact = Fact;
    type Known = Known;

    fn decide(known: &Known, was: Option<&Incident>, command: Command) -> Result<Fact, Refusal> {
        rules::decide(known, was, command)
    }

    fn apply(was: Option<Incident>, fact: &Fact) -> Incident {
        rules::apply(was, fact)
    }

    async fn save(tx: &mut Tx, entry: &Entry, id: &Id, state: &Incident) -> Result<(), sqlx::Error> {
        let location = state.location.as_ref();
        let first = state.contacts.first().map_or("", |attached| attached.contact.as_str());
        sqlx::query(SAVE)
            .bind(id.as_str())
            .bind(entry.seq)
            .bind(first)
            .bind(to_moment(state.opened_at))
            .bind(&state.kind.incident_type)
            .bind(format!(" {} ", state.kind.qualifiers.join(" ")))
            .bind(i64::from(state.was_domestic()))
            .bind(location.map_or("", |location| &location.division))
            .bind(json(id, &bare(state.clone()))?)
            .bind(state.summary.known())
            .bind(location.and_then(|location| location.words.known()))
            .execute(&mut **tx)
            .await?;
        match entry.kind.as_str() {
            "incident/opened" | "incident/contact_attached" => save_contacts(tx, id, &state.contacts).await?,
            _ => {}
        }
        match entry.kind.as_str() {
            "incident/opened" | "incident/located" | "incident/person_added" | "incident/person_changed" => {
                save_words(tx, id, &words(state)).await
            }
            _ => Ok(()),
        }
    }
}

async fn save_contacts(tx: &mut Tx, id: &Id, contacts: &[Attached]) -> Result<(), sqlx::Error> {
    sqlx::query(FORGET_CONTACTS).bind(id.as_str()).execute(&mut **tx).await?;
    for (place, attached) in (0_i64..).zip(contacts) {
        sqlx::query(SAVE_CONTACT)
            .bind(id.as_str())
            .bind(attached.contact.as_str())
            .bind(place)
            .execute(&mut **tx)
            .await?;
    }
    Ok(())
}

async fn save_words(tx: &mut Tx, id: &Id, words: &BTreeSet<String>) -> Result<(), sqlx::Error> {
    sqlx::query(FORGET_WORDS).bind(id.as_str()).execute(&mut **tx).await?;
    let words: Vec<&String> = words.iter().collect();
    for (statement, rows) in SAVE_WORDS.parts(&words) {
        let mut query = sqlx::query(statement);
        for word in rows {
            query = query.bind(id.as_str()).bind(*word);
        }
        query.execute(&mut **tx).await?;
    }
    Ok(())
}

/// The words by which an incident is found: of its persons, their numbers, and its place.
fn words(state: &Incident) -> BTreeSet<String> {
    let mut words = BTreeSet::new();
    let place = state.location.as_ref().and_then(|location| location.words.known());
    let names = state.persons.iter().filter_map(|person| person.name.known());
    for text in place.into_iter().chain(names) {
        words.extend(plain_words(text));
    }
    for number in state.persons.iter().filter_map(|person| person.number.known()) {
        words.extend(contact::phone::key(number));
    }
    words
}

/// The words of what somebody looks for, as the rows have them: a number that can be dialled is one word.
pub fn looked_for(typed: &str) -> Vec<String> {
    let number = contact::phone::key(typed);
    number.map_or_else(|| plain_words(typed).into_iter().collect(), |number| vec![number])
}

/// Words without accents, in small letters.
fn plain_words(text: &str) -> BTreeSet<String> {
    let plain = contact::name::read(text).plain;
    let words = plain.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_owned).collect()
}

/// An incident without words about persons: their own columns have them, or the journal.
fn bare(mut incident: Incident) -> Incident {
    bare_words(&mut incident.summary);
    if let Some(location) = &mut incident.location {
        bare_words(&mut location.words);
        bare_words(&mut location.place);
    }
    for Person { name, born, number, .. } in &mut incident.persons {
        for words in [name, born, number] {
            bare_words(words);
        }
    }
    incident
}

/// Takes words out; what is empty stays so, because that something is missing is no secret.
pub(crate) fn bare_words(words: &mut Private<String>) {
    if words.known().is_some_and(|words| !words.is_empty()) {
        *words = Private::Erased;
    }
}

pub(crate) fn json<T: Serialize>(id: &Id, value: &T) -> Result<String, sqlx::Error> {
    serde_json::to_string(value)
        .map_err(|error| sqlx::Error::Encode(format!("incident {id}: {error}").into()))
}

/// All that the journal says of an incident, with every word; nothing where there is none.
pub async fn recall(conn: &mut AnyConnection, id: &Id) -> Result<Option<Standing>, sqlx::Error> {
    let entries = history(conn, id, OPEN_END).await?;
    let Some(standing) = Standing::fold(&entries, None)? else { return Ok(None) };
    let opening = match standing.incident.contacts.first() {
        Some(attached) => contact::thrive::rows::latest(conn, &attached.contact).await?,
        None => None,
    };
    Ok(Some(standing.with(opening)))
}

/// `to`, if there is such an incident and it is another one.
pub async fn others(conn: &mut AnyConnection, id: &Id, to: &Id) -> Result<BTreeSet<Id>, sqlx::Error> {
    if to == id {
        return Ok(BTreeSet::new());
    }
    let count: i64 = sqlx::query_scalar(EXISTS).bind(to.as_str()).fetch_one(conn).await?;
    Ok((count > 0).then(|| to.clone()).into_iter().collect())
}
