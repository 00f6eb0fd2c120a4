//! The only SQL that reads messages as rows.

use contact::preference::rules::Way;
use jiff::Timestamp;
use journal::{Id, from_moment, reference};
use sqlx::{AnyConnection, Row, any::AnyRow};

use crate::message::rules::{Origin, Reason, State};

/// A statement that asks for what a row is read from.
macro_rules! select {
    ($rest:expr) => {
        concat!(
            "select id, seq, incident, reference, template, way, origin, language, wanted_language, state, reason,
            queued_at, due_at, tries, ended_at from message ",
            $rest
        )
    };
}

const LIST: &str = select!(
    "where ($1 = '' or state = $1) and ($2 = '' or way = $2) and ($3 = '' or template = $3) and seq < $4
    order by seq desc limit $5"
);
const OF_INCIDENT: &str = select!("where incident = $1 order by seq");
const ONE: &str = select!("where id = $1");
const BY_REFERENCE: &str = "select id from message where seq = $1";
const TO_CALL: &str = "select state, count(*) from message where state in ('held_back', 'given_up')
    group by state";

/// Every statement, for the test that prepares them on both engines.
pub const STATEMENTS: [&str; 5] = [LIST, OF_INCIDENT, ONE, BY_REFERENCE, TO_CALL];

/// A message as a row has it: no word of it, and nothing about a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Its identity.
    pub id: Id,
    /// The entry that composed it.
    pub seq: i64,
    /// Which incident.
    pub incident: Id,
    /// What the incident is called on the telephone.
    pub about: String,
    /// A key of a template.
    pub template: String,
    /// The way; nothing where there is none that is safe.
    pub way: Option<Way>,
    /// Who wanted it.
    pub origin: Origin,
    /// The language of the words.
    pub language: String,
    /// The person’s own.
    pub wanted_language: String,
    /// How it stands.
    pub state: State,
    /// Why it did not go.
    pub reason: Option<Reason>,
    /// When it was composed.
    pub queued_at: Timestamp,
    /// From when on it may go.
    pub due_at: Timestamp,
    /// How often it failed.
    pub tries: i64,
    /// When it left or came to its end.
    pub ended_at: Option<Timestamp>,
}

impl Listed {
    /// "M-1F2J-K": what it is called on the telephone.
    pub fn reference(&self) -> String {
        reference('M', self.seq)
    }
}

/// Which messages a list shows; what is empty does not narrow it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filter {
    /// How they stand.
    pub state: Option<State>,
    /// The way.
    pub way: Option<Way>,
    /// A key of a template.
    pub template: String,
    /// Only what was composed before this entry: the place in the list.
    pub before: Option<i64>,
    /// At most so many.
    pub limit: i64,
}

impl Default for Filter {
    fn default() -> Self {
        Self { state: None, way: None, template: String::new(), before: None, limit: i64::MAX }
    }
}

/// The messages that `filter` means, the newest first; one statement.
pub async fn list(conn: &mut AnyConnection, filter: &Filter) -> Result<Vec<Listed>, sqlx::Error> {
    let rows = sqlx::query(LIST)
        .bind(filter.state.map_or("", State::as_str))
        .bind(filter.way.map_or("", Way::as_str))
        .bind(&filter.template)
        .bind(filter.before.unwrap_or(i64::MAX))
        .bind(filter.limit)
        .fetch_all(conn)
        .await?;
    rows.iter().map(read).collect()
}

/// The messages about an incident, the first first: for its timeline.
pub async fn of_incident(conn: &mut AnyConnection, incident: &Id) -> Result<Vec<Listed>, sqlx::Error> {
    sqlx::query(OF_INCIDENT).bind(incident.as_str()).fetch_all(conn).await?.iter().map(read).collect()
}

/// One message; nothing where there is none.
pub async fn one(conn: &mut AnyConnection, id: &Id) -> Result<Option<Listed>, sqlx::Error> {
    sqlx::query(ONE).bind(id.as_str()).fetch_optional(conn).await?.as_ref().map(read).transpose()
}

/// The message that a reference means.
pub async fn by_reference(conn: &mut AnyConnection, seq: i64) -> Result<Option<Id>, sqlx::Error> {
    let id: Option<String> = sqlx::query_scalar(BY_REFERENCE).bind(seq).fetch_optional(conn).await?;
    id.map(|id| Id::of_row(&id)).transpose()
}

/// How many were held back, and how many given up: those about which somebody has to call.
pub async fn to_call(conn: &mut AnyConnection) -> Result<(i64, i64), sqlx::Error> {
    let (mut held_back, mut given_up) = (0, 0);
    for row in sqlx::query(TO_CALL).fetch_all(conn).await? {
        let count = row.try_get(1)?;
        match State::of(row.try_get(0)?) {
            Some(State::HeldBack) => held_back = count,
            _ => given_up = count,
        }
    }
    Ok((held_back, given_up))
}

fn read(row: &AnyRow) -> Result<Listed, sqlx::Error> {
    let (id, incident): (String, String) = (row.try_get(0)?, row.try_get(2)?);
    let (way, origin): (String, String) = (row.try_get(5)?, row.try_get(6)?);
    let (state, reason): (String, String) = (row.try_get(9)?, row.try_get(10)?);
    let ended_at: Option<String> = row.try_get(14)?;
    let damaged =
        |what: &str, key: &str| sqlx::Error::Decode(format!("{key:?} is no {what} of a message").into());
    Ok(Listed {
        id: Id::of_row(&id)?,
        seq: row.try_get(1)?,
        incident: Id::of_row(&incident)?,
        about: row.try_get(3)?,
        template: row.try_get(4)?,
        way: match way.as_str() {
            "" => None,
            way => Some(Way::of(way).ok_or_else(|| damaged("way", way))?),
        },
        origin: Origin::of(&origin).ok_or_else(|| damaged("origin", &origin))?,
        language: row.try_get(7)?,
        wanted_language: row.try_get(8)?,
        state: State::of(&state).ok_or_else(|| damaged("state", &state))?,
        reason: match reason.as_str() {
            "" => None,
            reason => Some(Reason::of(reason).ok_or_else(|| damaged("reason", reason))?),
        },
        queued_at: from_moment(row.try_get(11)?)?,
        due_at: from_moment(row.try_get(12)?)?,
        tries: row.try_get(13)?,
        ended_at: ended_at.as_deref().map(from_moment).transpose()?,
    })
}
