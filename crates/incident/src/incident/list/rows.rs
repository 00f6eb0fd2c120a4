//! The only SQL that reads incidents as rows: one, a page of the list, all that are open.
//!
//! Each is one statement with everything that the queue and its clocks need. The assessment is the latest of the
//! incident, or, while it has none, of the contact it was opened from, in the contact room’s own table.

use jiff::Timestamp;
use journal::{Id, from_moment, reference};
use serde::de::DeserializeOwned;
use sqlx::{AnyConnection, Row, any::AnyRow};

use crate::{
    queue::rules::{Queued, queued_as_assessed},
    standing::{Assessed, Standing},
};

/// The columns that [`stood`] reads: where an incident stands, and the figures of its assessment.
macro_rules! stood {
    () => {
        "i.incident_state, i.grade_state, i.custody_state, i.response_state, i.closure_state, i.promise_state,
        i.appointment_state, a.at, a.considered, a.is_complete, a.is_vulnerable"
    };
}
pub(crate) use stood as stood_columns;

/// Incidents, each with the assessment that holds.
macro_rules! assessed {
    () => {
        "incident i left join thrive a on a.subject in (i.id, i.contact) and a.seq = coalesce(
        (select max(t.seq) from thrive t where t.subject = i.id),
        (select max(t.seq) from thrive t where t.subject = i.contact))"
    };
}
pub(crate) use assessed as assessed_incidents;

/// A statement that asks for what an incident is read from.
macro_rules! select {
    ($rest:expr) => {
        concat!("select i.id, i.seq, i.summary, i.place, ", stood!(), " from ", assessed!(), " ", $rest)
    };
}

/// A page of the list, the newest first; each filter holds or is empty. What is filtered by stands in one index.
macro_rules! listed {
    ($lead:expr) => {
        select!(concat!(
            "where i.seq in (select f.seq from incident f where ",
            $lead,
            " and f.seq < $1
            and ($2 = '' or f.unit = $2) and ($3 = '' or f.grade = $3) and ($4 = '' or f.division = $4)
            and ($5 = '' or f.incident_type = $5) and ($6 = '' or f.qualifiers like '% ' || $6 || ' %')
            and ($7 = '' or exists (select 1 from incident_word w where w.word = $7 and w.incident = f.id))
            and ($8 = '' or exists (select 1 from incident_word w where w.word = $8 and w.incident = f.id))
            and ($9 = '' or exists (select 1 from incident_word w where w.word = $9 and w.incident = f.id))
            order by f.seq desc limit $10) order by i.seq desc"
        ))
    };
}

/// The filters of a row that a rare word found: few rows, so each is looked at.
macro_rules! worded {
    ($lead:expr) => {
        listed!(concat!("f.id in (select n.incident from incident_word n where n.word = $7) and ", $lead))
    };
}

const LIST: &str = listed!("1 = 1");
const LIST_OPEN: &str = listed!("f.closed_at is null");
const LIST_CLOSED: &str = listed!("f.closed_at is not null");
const WORDED: &str = worded!("1 = 1");
const WORDED_OPEN: &str = worded!("f.closed_at is null");
const WORDED_CLOSED: &str = worded!("f.closed_at is not null");
const HOW_COMMON: &str =
    "select count(*) from (select 1 from incident_word where word = $1 limit 1000) counted";
const ONE: &str = select!("where i.id = $1");
const OF_IDS: &str = select!("where i.id in ($1, $2, $3, $4, $5, $6, $7, $8) order by i.seq");
const ALL_OPEN: &str = select!("where i.closed_at is null order by i.seq");
const OF_UNIT: &str =
    select!("where i.closed_at is null and (i.unit = $1 or i.offered_to = $1) order by i.seq");
const OF_CONTACT: &str =
    select!("where i.id in (select c.incident from incident_contact c where c.contact = $1) order by i.seq");
const BY_REFERENCE: &str = "select id from incident where seq = $1";

/// Every statement, for the test that prepares them on both engines.
pub const STATEMENTS: [&str; 13] = [
    LIST,
    LIST_OPEN,
    LIST_CLOSED,
    WORDED,
    WORDED_OPEN,
    WORDED_CLOSED,
    HOW_COMMON,
    ONE,
    OF_IDS,
    ALL_OPEN,
    OF_UNIT,
    OF_CONTACT,
    BY_REFERENCE,
];

/// An incident as a row has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Its identity.
    pub id: Id,
    /// The entry that opened it.
    pub seq: i64,
    /// The opening account; empty where there is none or it was erased.
    pub summary: String,
    /// The place in words; empty where it is not known or was erased.
    pub place: String,
    /// All its nouns, without words about persons, and with the figures of its assessment only.
    pub standing: Standing,
    /// The figures of its latest assessment.
    pub assessed: Option<Assessed>,
    /// Its queue; nothing once it is closed.
    pub queued: Option<Queued>,
}

impl Listed {
    /// "I-1F2J-K": what it is called on the telephone.
    pub fn reference(&self) -> String {
        reference('I', self.seq)
    }
}

/// Open, closed, or both.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum State {
    /// Only what is open.
    #[default]
    Open,
    /// Only what is closed.
    Closed,
    /// Both.
    All,
}

impl State {
    /// As an address has it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Closed => "closed",
            Self::All => "all",
        }
    }

    /// What [`Self::as_str`] names.
    pub fn of(key: &str) -> Option<Self> {
        [Self::Open, Self::Closed, Self::All].into_iter().find(|one| one.as_str() == key)
    }
}

/// Which incidents a list shows; what is empty does not narrow it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Open, closed or both.
    pub state: State,
    /// A key of a unit.
    pub unit: String,
    /// A grade as a row has it.
    pub grade: String,
    /// A division’s letter.
    pub division: String,
    /// A key of a type.
    pub incident_type: String,
    /// A key of a qualifier.
    pub qualifier: String,
    /// Whole words of a person, a number or the place, as [`super::super::rows::looked_for`] gives them; the first three
    /// count. They are personal: never in an address.
    pub words: Vec<String>,
    /// Only what was opened before this entry: the place in the list.
    pub before: Option<i64>,
    /// At most so many.
    pub limit: i64,
}

/// A word that so many incidents have finds too many to look at each.
const COMMON: i64 = 1_000;

/// The incidents that `filter` means, the newest first. One statement, and one for each word that is looked for.
pub async fn list(conn: &mut AnyConnection, filter: &Filter) -> Result<Vec<Listed>, sqlx::Error> {
    let mut words = Vec::new();
    for word in filter.words.iter().take(3) {
        let common: i64 = sqlx::query_scalar(HOW_COMMON).bind(word).fetch_one(&mut *conn).await?;
        words.push((common, word.as_str()));
    }
    words.sort_unstable();
    let is_rare = words.first().is_some_and(|(common, _)| *common < COMMON);
    let statement = match (filter.state, is_rare) {
        (State::All, false) => LIST,
        (State::Open, false) => LIST_OPEN,
        (State::Closed, false) => LIST_CLOSED,
        (State::All, true) => WORDED,
        (State::Open, true) => WORDED_OPEN,
        (State::Closed, true) => WORDED_CLOSED,
    };
    let word = |place: usize| words.get(place).map_or("", |(_, word)| *word);
    let rows = sqlx::query(statement)
        .bind(filter.before.unwrap_or(i64::MAX))
        .bind(&filter.unit)
        .bind(&filter.grade)
        .bind(&filter.division)
        .bind(&filter.incident_type)
        .bind(&filter.qualifier)
        .bind(word(0))
        .bind(word(1))
        .bind(word(2))
        .bind(filter.limit)
        .fetch_all(conn)
        .await?;
    rows.iter().map(read).collect()
}

/// One incident; nothing where there is none.
pub async fn one(conn: &mut AnyConnection, id: &Id) -> Result<Option<Listed>, sqlx::Error> {
    sqlx::query(ONE).bind(id.as_str()).fetch_optional(conn).await?.as_ref().map(read).transpose()
}

/// The incidents with these identities, at most the first eight, the oldest first.
pub async fn of_ids(conn: &mut AnyConnection, ids: &[Id]) -> Result<Vec<Listed>, sqlx::Error> {
    let mut query = sqlx::query(OF_IDS);
    for place in 0..8 {
        query = query.bind(ids.get(place).map_or("", Id::as_str));
    }
    query.fetch_all(conn).await?.iter().map(read).collect()
}

/// Every open incident, the oldest first.
pub async fn all_open(conn: &mut AnyConnection) -> Result<Vec<Listed>, sqlx::Error> {
    sqlx::query(ALL_OPEN).fetch_all(conn).await?.iter().map(read).collect()
}

/// The open incidents of a unit and those offered to it, the oldest first.
pub async fn of_unit(conn: &mut AnyConnection, unit: &str) -> Result<Vec<Listed>, sqlx::Error> {
    sqlx::query(OF_UNIT).bind(unit).fetch_all(conn).await?.iter().map(read).collect()
}

/// The incidents that a contact opened or was added to.
pub async fn of_contact(conn: &mut AnyConnection, contact: &Id) -> Result<Vec<Listed>, sqlx::Error> {
    sqlx::query(OF_CONTACT).bind(contact.as_str()).fetch_all(conn).await?.iter().map(read).collect()
}

/// The incident that was opened at that entry: what a reference means.
pub async fn by_reference(conn: &mut AnyConnection, seq: i64) -> Result<Option<Id>, sqlx::Error> {
    let id: Option<String> = sqlx::query_scalar(BY_REFERENCE).bind(seq).fetch_optional(conn).await?;
    Ok(id.as_deref().and_then(Id::read))
}

fn read(row: &AnyRow) -> Result<Listed, sqlx::Error> {
    let id: String = row.try_get(0)?;
    let id = Id::of_row(&id)?;
    let (standing, assessed) = stood(row, 4)?;
    let queued = queued_as_assessed(&standing, assessed);
    Ok(Listed {
        id,
        seq: row.try_get(1)?,
        summary: row.try_get::<Option<String>, _>(2)?.unwrap_or_default(),
        place: row.try_get::<Option<String>, _>(3)?.unwrap_or_default(),
        standing,
        assessed,
        queued,
    })
}

/// Where an incident stands, without its assessment’s words, and that assessment’s figures; `first` is the place of the
/// first column of [`stood_columns`].
pub(crate) fn stood(row: &AnyRow, first: usize) -> Result<(Standing, Option<Assessed>), sqlx::Error> {
    let incident = column(row, first)?.ok_or_else(|| damaged(first, "it is empty"))?;
    let standing = Standing {
        grade: column(row, first + 1)?,
        custody: column(row, first + 2)?,
        response: column(row, first + 3)?.unwrap_or_default(),
        closure: column(row, first + 4)?.unwrap_or_default(),
        promises: column(row, first + 5)?.unwrap_or_default(),
        appointments: column(row, first + 6)?.unwrap_or_default(),
        ..Standing::opened(incident)
    };
    Ok((standing, assessed(row, first + 7)?))
}

fn assessed(row: &AnyRow, first: usize) -> Result<Option<Assessed>, sqlx::Error> {
    let Some(at) = row.try_get::<Option<String>, _>(first)? else { return Ok(None) };
    let at: Timestamp = from_moment(&at)?;
    let considered = usize::try_from(row.try_get::<i64, _>(first + 1)?).unwrap_or(0);
    let (complete, vulnerable): (i64, i64) = (row.try_get(first + 2)?, row.try_get(first + 3)?);
    Ok(Some(Assessed { at, considered, is_complete: complete != 0, is_vulnerable: vulnerable != 0 }))
}

/// A noun as its column has it; nothing where the column is empty.
fn column<T: DeserializeOwned>(row: &AnyRow, index: usize) -> Result<Option<T>, sqlx::Error> {
    let text: Option<String> = row.try_get(index)?;
    text.map(|text| serde_json::from_str(&text).map_err(|error| damaged(index, &error.to_string())))
        .transpose()
}

fn damaged(index: usize, what: &str) -> sqlx::Error {
    sqlx::Error::Decode(format!("column {index} of an incident is damaged: {what}").into())
}
