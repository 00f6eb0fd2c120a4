//! The only SQL that writes messages; what is due of them; and what their gate has to know of a person.

use contact::{
    contact::rows::Contacts,
    phone,
    preference::{rows as preferences, rules::Preference, rules::Way},
};
use jiff::Timestamp;
use journal::{
    Actor, DatabaseError, Entry, Id, Noun, OPEN_END, Private, Refusal, Tx, act, history, to_moment,
};
use sqlx::{AnyConnection, Row};

use super::rules::{self, Command, Fact, Known, Message};
use crate::route::where_to;

pub use super::list::rows::of_incident;

const SAVE: &str =
    "insert into message (id, seq, incident, contact, reference, template, way, origin, language,
    wanted_language, state, reason, queued_at, due_at, taken_until, tries, ended_at)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
    on conflict (id) do update set state = excluded.state, reason = excluded.reason, due_at = excluded.due_at,
    taken_until = excluded.taken_until, tries = excluded.tries, ended_at = excluded.ended_at";
/// What a sender takes up, the longest due first; letters wait for hands.
const DUE: &str =
    "select id from message where state in ('waiting', 'failed') and way <> 'letter' and due_at <= $1
    order by due_at, seq limit $2";
const LOST: &str =
    "select id from message where state = 'leaving' and taken_until <= $1 order by seq limit $2";

/// Every statement, for the test that prepares them on both engines.
pub const STATEMENTS: [&str; 3] = [SAVE, DUE, LOST];

/// What every change gives: its entry, or the refusal, or the database's error.
pub type Stored = Result<Result<Entry, Refusal>, DatabaseError>;

/// A message as a noun.
pub struct Messages;

impl Noun for Messages {
    type State = Message;
    type Command = Command;
    type Fact = Fact;
    type Known = Known;

    fn decide(known: &Known, was: Option<&Message>, command: Command) -> Result<Fact, Refusal> {
        rules::decide(known, was, command)
    }

    fn apply(was: Option<Message>, fact: &Fact) -> Message {
        rules::apply(was, fact)
    }

    async fn save(tx: &mut Tx, entry: &Entry, id: &Id, state: &Message) -> Result<(), sqlx::Error> {
        let said = &state.said;
        sqlx::query(SAVE)
            .bind(id.as_str())
            .bind(entry.seq)
            .bind(said.incident.as_str())
            .bind(said.contact.as_ref().map(Id::as_str))
            .bind(&said.reference)
            .bind(&said.template)
            .bind(said.way.map_or("", Way::as_str))
            .bind(said.origin.as_str())
            .bind(&said.language)
            .bind(&said.wanted_language)
            .bind(state.state.as_str())
            .bind(state.reason.map_or("", rules::Reason::as_str))
            .bind(to_moment(entry.at))
            .bind(to_moment(state.due_at))
            .bind(state.taken_until.map(to_moment))
            .bind(state.tries)
            .bind(state.ended_at.map(to_moment))
            .execute(&mut **tx)
            .await?;
        Ok(())
    }
}

/// The messages that are to leave, and those of which nobody knows whether they did: at most so many of each.
pub async fn due(conn: &mut AnyConnection, now: Timestamp, most: i64) -> Result<Vec<Id>, sqlx::Error> {
    let mut all = Vec::new();
    for statement in [LOST, DUE] {
        let rows = sqlx::query(statement).bind(to_moment(now)).bind(most).fetch_all(&mut *conn).await?;
        for row in &rows {
            all.push(Id::of_row(row.try_get(0)?)?);
        }
    }
    Ok(all)
}

/// A message, whole, as the entries of its history make it; nothing where there is none.
pub fn folded(history: &[Entry]) -> Result<Option<Message>, sqlx::Error> {
    let mut was = None;
    for entry in history {
        if let Some(fact) = entry.fact::<Fact>()? {
            was = Some(rules::apply(was, &fact));
        }
    }
    Ok(was)
}

/// Records what becomes of a message; what is known of how the person may be reached is read in the same transaction.
pub async fn change(tx: &mut Tx, who: &Actor, now: Timestamp, id: &Id, command: Command) -> Stored {
    let Some(was) = folded(&history(tx, id, OPEN_END).await?)? else {
        return Ok(Err(Refusal::of("message", "There is no such message. Look for it in the list.")));
    };
    let known = known(tx, now, &was).await?;
    act::<Messages>(tx, who, now, id, &known, command).await
}

/// What the gate of a message has to know.
pub async fn known(conn: &mut AnyConnection, now: Timestamp, was: &Message) -> Result<Known, sqlx::Error> {
    let (said, to) = (&was.said, where_to(&was.said.to));
    let person = person_of(conn, said.contact.as_ref()).await?;
    let preferences = wishes(conn, &said.incident, said.contact.as_ref(), &person, to).await?;
    Ok(Known { now, preferences })
}

/// Whom a message is for, as the contact has them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The number on which they want to be called, else the one from which they called; empty where there is none.
    pub phone: Private<String>,
    /// Both numbers, in E.164.
    pub(crate) keys: Vec<String>,
    /// Their language.
    pub language: String,
}

/// Whoever was in touch in that contact.
pub async fn person_of(conn: &mut AnyConnection, contact: Option<&Id>) -> Result<Person, sqlx::Error> {
    let mut was = None;
    if let Some(contact) = contact {
        for entry in history(conn, contact, OPEN_END).await? {
            if let Some(fact) = entry.fact()? {
                was = Some(Contacts::apply(was, &fact));
            }
        }
    }
    let Some(contact) = was else {
        return Ok(Person { phone: String::new().into(), keys: Vec::new(), language: "en".to_owned() });
    };
    let presented = contact.arrival.number.known().cloned().unwrap_or_default();
    let caller = contact.caller.unwrap_or_default();
    let wanted = caller.call_back_on.known().cloned().unwrap_or_default();
    let keys = phone::keys([presented.as_str(), wanted.as_str()]).into_iter().collect();
    // A number that they asked to be called on and that cannot be read is not replaced by another.
    let phone = if wanted.trim().is_empty() { presented } else { wanted };
    Ok(Person { phone: phone.into(), keys, language: caller.language })
}

/// All that was ever said of how this person may be reached: in this contact, in any about the incident, and by
/// whoever used the number that they use or that it goes to. What is unsafe for one of them is unsafe.
pub async fn wishes(
    conn: &mut AnyConnection,
    incident: &Id,
    contact: Option<&Id>,
    person: &Person,
    to: &str,
) -> Result<Vec<Preference>, sqlx::Error> {
    let mut all = preferences::of_incident(conn, incident).await?;
    let mut keys = person.keys.clone();
    keys.extend(phone::key(to));
    keys.sort();
    keys.dedup();
    for key in keys {
        all.extend(preferences::of_person(conn, &key).await?);
    }
    // Their own last: what they said last of what they prefer is asked first.
    if let Some(contact) = contact {
        all.extend(preferences::of_contact(conn, contact).await?);
    }
    Ok(all)
}
