//! The only SQL that reads contacts: one, those of an incident, a page of the list.

use failure::code::Code;
use jiff::Timestamp;
use journal::{Id, Private, from_moment, reference, to_moment};
use sqlx::{AnyConnection, Row, any::AnyRow};

use super::super::{
    given_up::rows::named,
    rules::{Arrival, Caller, Channel, Coded, Contact, Ended, Link, Location, State},
};

const LINKS: &str = "select to_id, kind, purpose, evidence, contact from contact_link
    where contact = $1 order by place";
const LINKED_TO: &str = "select l.to_id, l.kind, l.purpose, l.evidence, l.contact from contact_link l
    join contact c on c.id = l.contact where l.to_id = $1 order by c.arrived_at, c.since_seq";
const BY_REFERENCE: &str = "select id from contact where since_seq = $1";
const BY_THEIR_REFERENCE: &str = "select id from contact where their_reference = $1";

/// A statement that asks for what a contact is read from.
macro_rules! select {
    ($rest:expr) => {
        concat!(
            "select id, since_seq, channel, menu_option, line, arrived_at, answered_at, state, ended_at, handled_seconds,
            outcome, their_reference, is_described, relation, language, needs_interpreter, agency, is_located,
            place, division, beat, is_rural, is_told, incident, checks, number, name, call_back_on, place_words,
            narrative, why, why_definition,
            (select g.later from contact_given_up g where g.attempt = contact.id
            order by g.later_at, g.later limit 1) as later,
            (select min(g.later_at) from contact_given_up g where g.attempt = contact.id) as later_at
            from contact ",
            $rest
        )
    };
}

const ONE: &str = select!("where id = $1");
const OF_INCIDENT: &str = select!("where incident = $1 order by arrived_at, since_seq");
const OF_IDS: &str = select!("where id in ($1, $2, $3, $4, $5, $6, $7, $8) order by arrived_at, since_seq");

/// A list, newest first, from a place in it; each filter holds or is empty. The leading one has an index.
macro_rules! listed {
    ($lead:expr) => {
        select!(concat!(
            "where ",
            $lead,
            " and arrived_at >= $2 and (arrived_at, since_seq) < ($3, $4)
            and ($5 = '' or channel = $5) and ($6 = '' or state = $6) and ($7 = '' or division = $7)
            and ($8 = '' or state <> $8)
            order by arrived_at desc, since_seq desc limit $9"
        ))
    };
}

const LIST: &str = listed!("$1 = ''");
const LIST_OF_CHANNEL: &str = listed!("channel = $1");
const LIST_OF_STATE: &str = listed!("state = $1");
const LIST_OF_DIVISION: &str = listed!("division = $1");

/// Every statement, for the test that prepares them on both engines.
pub const STATEMENTS: [&str; 11] = [
    LINKS,
    LINKED_TO,
    BY_REFERENCE,
    BY_THEIR_REFERENCE,
    ONE,
    OF_INCIDENT,
    OF_IDS,
    LIST,
    LIST_OF_CHANNEL,
    LIST_OF_STATE,
    LIST_OF_DIVISION,
];

/// A contact and what it is called on the telephone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Its identity.
    pub id: Id,
    /// The entry that began it.
    pub since_seq: i64,
    /// "C-1F2J-K".
    pub reference: String,
    /// Itself; as a row has it without its links and without the calls that were given up before.
    pub contact: Contact,
    /// Of a call that was given up: which contact of the same number was heard first after it, and when.
    pub heard_again: Option<(Id, Timestamp)>,
}

/// Which contacts a list shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filter {
    /// Only of this channel.
    pub channel: Option<Channel>,
    /// Only in this state.
    pub state: Option<State>,
    /// Attempts, too; they are counted apart.
    pub with_attempts: bool,
    /// Only of the division with this letter; empty means any.
    pub division: String,
    /// Only what came from this moment on.
    pub from: Option<Timestamp>,
    /// Only what came before this moment, or at it with an earlier first entry: the place in the list.
    pub before: Option<(Timestamp, i64)>,
    /// At most so many.
    pub limit: i64,
}

/// The contacts that `filter` means, the latest first. One statement, by an index.
pub async fn list(conn: &mut AnyConnection, filter: &Filter) -> Result<Vec<Listed>, sqlx::Error> {
    let (channel, state) =
        (filter.channel.map_or("", Channel::as_str), filter.state.map_or("", State::as_str));
    // The filter that leaves fewest leads: few contacts wait, a division has a thirteenth.
    let (statement, lead) = match filter.state {
        Some(State::Waiting | State::Open) => (LIST_OF_STATE, state),
        _ if !filter.division.is_empty() => (LIST_OF_DIVISION, filter.division.as_str()),
        _ if filter.channel.is_some() => (LIST_OF_CHANNEL, channel),
        Some(_) => (LIST_OF_STATE, state),
        None => (LIST, ""),
    };
    let shows_attempts = filter.with_attempts || filter.state == Some(State::Attempt);
    let (before, before_seq) = filter.before.map_or(("~".to_owned(), 0), |(at, seq)| (to_moment(at), seq));
    let rows = sqlx::query(statement)
        .bind(lead)
        .bind(filter.from.map_or_else(String::new, to_moment))
        .bind(before)
        .bind(before_seq)
        .bind(channel)
        .bind(state)
        .bind(&filter.division)
        .bind(if shows_attempts { "" } else { State::Attempt.as_str() })
        .bind(filter.limit)
        .fetch_all(conn)
        .await?;
    rows.iter().map(read).collect()
}

/// One contact as it now is; nothing where there is none.
pub async fn one(conn: &mut AnyConnection, id: &Id) -> Result<Option<Contact>, sqlx::Error> {
    Ok(shown(conn, id).await?.map(|listed| listed.contact))
}

/// One contact with its reference, its links and the calls that were given up before it.
pub async fn shown(conn: &mut AnyConnection, id: &Id) -> Result<Option<Listed>, sqlx::Error> {
    let Some(row) = sqlx::query(ONE).bind(id.as_str()).fetch_optional(&mut *conn).await? else {
        return Ok(None);
    };
    let mut listed = read(&row)?;
    for row in &sqlx::query(LINKS).bind(id.as_str()).fetch_all(&mut *conn).await? {
        listed.contact.links.push(read_link(row)?.1);
    }
    listed.contact.given_up = named(conn, id).await?;
    Ok(Some(listed))
}

/// The contacts that opened an incident or were added to it, the first first.
pub async fn of_incident(conn: &mut AnyConnection, incident: &Id) -> Result<Vec<Listed>, sqlx::Error> {
    sqlx::query(OF_INCIDENT).bind(incident.as_str()).fetch_all(conn).await?.iter().map(read).collect()
}

/// These contacts, at most eight of them, the first first. One statement.
pub async fn of_ids(conn: &mut AnyConnection, ids: &[Id]) -> Result<Vec<Listed>, sqlx::Error> {
    let mut query = sqlx::query(OF_IDS);
    for place in 0..8 {
        query = query.bind(ids.get(place).map_or("", Id::as_str));
    }
    query.fetch_all(conn).await?.iter().map(read).collect()
}

/// The later contacts that link to a contact or an incident, the first first.
pub async fn linked_to(conn: &mut AnyConnection, to: &Id) -> Result<Vec<(Id, Link)>, sqlx::Error> {
    sqlx::query(LINKED_TO).bind(to.as_str()).fetch_all(conn).await?.iter().map(read_link).collect()
}

/// The contact that began with entry `seq`: what a reference means.
pub async fn by_reference(conn: &mut AnyConnection, seq: i64) -> Result<Option<Id>, sqlx::Error> {
    let id: Option<String> = sqlx::query_scalar(BY_REFERENCE).bind(seq).fetch_optional(conn).await?;
    id.as_deref().map(identity).transpose()
}

/// The contact that another system calls so.
pub async fn by_their_reference(conn: &mut AnyConnection, theirs: &str) -> Result<Option<Id>, sqlx::Error> {
    let id: Option<String> = sqlx::query_scalar(BY_THEIR_REFERENCE).bind(theirs).fetch_optional(conn).await?;
    id.as_deref().map(identity).transpose()
}

fn identity(id: &str) -> Result<Id, sqlx::Error> {
    Id::read(id).ok_or_else(|| damaged(id, "identity"))
}

fn damaged(id: &str, what: &str) -> sqlx::Error {
    sqlx::Error::Decode(format!("contact {id}: {what:?} is damaged").into())
}

fn read_link(row: &AnyRow) -> Result<(Id, Link), sqlx::Error> {
    let (to, kind, purpose, evidence, contact): (String, String, String, String, String) =
        (row.try_get(0)?, row.try_get(1)?, row.try_get(2)?, row.try_get(3)?, row.try_get(4)?);
    let link = Link {
        to: identity(&to)?,
        kind: serde_json::from_str(&kind).map_err(|_| damaged(&contact, &kind))?,
        purpose: serde_json::from_str(&purpose).map_err(|_| damaged(&contact, &purpose))?,
        evidence: serde_json::from_str(&evidence).map_err(|_| damaged(&contact, &evidence))?,
    };
    Ok((identity(&contact)?, link))
}

/// A row's text about a person: null is erased.
fn private(row: &AnyRow, column: &str) -> Result<Private<String>, sqlx::Error> {
    Ok(row.try_get::<Option<String>, _>(column)?.map_or(Private::Erased, Private::Known))
}

fn moment(row: &AnyRow, column: &str) -> Result<Option<Timestamp>, sqlx::Error> {
    row.try_get::<Option<String>, _>(column)?.as_deref().map(from_moment).transpose()
}

fn read(row: &AnyRow) -> Result<Listed, sqlx::Error> {
    let id: String = row.try_get("id")?;
    let since_seq: i64 = row.try_get("since_seq")?;
    let flag = |column: &str| row.try_get::<i64, _>(column).map(|flag| flag != 0);
    let outcome: String = row.try_get("outcome")?;
    let handled_seconds: i64 = row.try_get("handled_seconds")?;
    let ended = moment(row, "ended_at")?.map(|at| Ended { at, handled_seconds, outcome });
    let incident: Option<String> = row.try_get("incident")?;
    let checks: String = row.try_get("checks")?;
    let arrival = read_arrival(&id, row)?;
    let contact = Contact {
        is_attempt: ended.is_some() && row.try_get::<String, _>("state")? == State::Attempt.as_str(),
        arrival,
        caller: if flag("is_described")? { Some(read_caller(row)?) } else { None },
        location: if flag("is_located")? { Some(read_location(row)?) } else { None },
        narrative: if flag("is_told")? { Some(private(row, "narrative")?) } else { None },
        links: Vec::new(),
        incident: incident.as_deref().map(identity).transpose()?,
        checks: serde_json::from_str(&checks).map_err(|_| damaged(&id, &checks))?,
        why: read_why(&id, row)?,
        given_up: Vec::new(),
        ended,
    };
    let later: Option<String> = row.try_get("later")?;
    let later = later.as_deref().map(identity).transpose()?;
    let heard_again = later.zip(moment(row, "later_at")?);
    Ok(Listed { id: identity(&id)?, since_seq, reference: reference('C', since_seq), contact, heard_again })
}

fn read_why(id: &str, row: &AnyRow) -> Result<Option<Coded>, sqlx::Error> {
    let why: (Option<String>, Option<i64>) = (row.try_get("why")?, row.try_get("why_definition")?);
    let (Some(code), Some(number)) = why else { return Ok(None) };
    let definition = u32::try_from(number).map_err(|_| damaged(id, "definition"))?;
    Ok(Some(Coded { code: Code::try_from(code).map_err(|_| damaged(id, "why"))?, definition }))
}

fn read_arrival(id: &str, row: &AnyRow) -> Result<Arrival, sqlx::Error> {
    let channel: String = row.try_get("channel")?;
    let arrived_at: String = row.try_get("arrived_at")?;
    let their_reference: Option<String> = row.try_get("their_reference")?;
    Ok(Arrival {
        channel: Channel::of(&channel).ok_or_else(|| damaged(id, &channel))?,
        option: row.try_get("menu_option")?,
        line: row.try_get("line")?,
        number: private(row, "number")?,
        arrived_at: from_moment(&arrived_at)?,
        answered_at: moment(row, "answered_at")?,
        their_reference: their_reference.unwrap_or_default(),
    })
}

fn read_caller(row: &AnyRow) -> Result<Caller, sqlx::Error> {
    Ok(Caller {
        name: private(row, "name")?,
        call_back_on: private(row, "call_back_on")?,
        relation: row.try_get("relation")?,
        language: row.try_get("language")?,
        needs_interpreter: row.try_get::<i64, _>("needs_interpreter")? != 0,
        agency: row.try_get("agency")?,
    })
}

fn read_location(row: &AnyRow) -> Result<Location, sqlx::Error> {
    Ok(Location {
        words: private(row, "place_words")?,
        place: private(row, "place")?,
        division: row.try_get("division")?,
        beat: row.try_get("beat")?,
        is_rural: row.try_get::<Option<i64>, _>("is_rural")?.map(|rural| rural != 0),
    })
}
