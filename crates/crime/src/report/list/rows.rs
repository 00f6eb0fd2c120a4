//! The only SQL that reads crime reports as rows.

use jiff::Timestamp;
use journal::{Id, from_moment, reference, to_moment};
use sqlx::{AnyConnection, Row, any::AnyRow};

use crate::report::rules::{Ending, State};

/// A statement that asks for what a row is read from.
macro_rules! select {
    ($rest:expr) => {
        concat!(
            "select id, seq, incident, division, team, crime_type, counts, ending, standing, recorded_at, is_overridden,
            to_do, returns, pence, reference_there from crime_report ",
            $rest
        )
    };
}

const LIST: &str = select!(
    "where ($1 = '' or team = $1) and ($2 = '' or division = $2 or ($2 = 'none' and division = '')) and ($3 = '' or crime_type = $3)
    and ($4 = '' or ending = $4) and ($5 = '' or standing = $5) and recorded_at >= $6 and recorded_at < $7
    and seq < $8 order by seq desc limit $9"
);
const OF_INCIDENT: &str = select!("where incident = $1 order by seq");
const ONE: &str = select!("where id = $1");

/// Every statement, for the test that prepares them on both engines.
pub const STATEMENTS: [&str; 3] = [LIST, OF_INCIDENT, ONE];

/// What an address calls the division of those whose place is not known.
pub const NOWHERE: &str = "none";

/// A crime report as a row has it: no word about a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Its identity.
    pub id: Id,
    /// The entry that recorded it.
    pub seq: i64,
    /// Which incident.
    pub incident: Id,
    /// The letter of the division; empty where the place is not known.
    pub division: String,
    /// The unit whose report it is.
    pub team: String,
    /// A key of a crime type.
    pub crime_type: String,
    /// How many counts of it.
    pub counts: i64,
    /// How it goes on.
    pub ending: Ending,
    /// How it stands.
    pub state: State,
    /// When it was recorded.
    pub recorded_at: Timestamp,
    /// Whether it was recorded although somebody is vulnerable.
    pub is_overridden: bool,
    /// How many lines of enquiry are still to be followed.
    pub to_do: i64,
    /// How often it was returned.
    pub returns: i64,
    /// What was taken or damaged is worth so many pence, as far as it was said.
    pub pence: i64,
    /// The crime system’s own reference; empty while it has not taken it.
    pub reference_there: String,
}

impl Listed {
    /// "D-1F2J-K": what it is called on the telephone.
    pub fn reference(&self) -> String {
        reference('D', self.seq)
    }
}

/// Which crime reports a list shows; what is empty does not narrow it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filter {
    /// A key of a unit.
    pub team: String,
    /// The letter of a division; [`NOWHERE`] for those whose place is not known.
    pub division: String,
    /// A key of a crime type.
    pub crime_type: String,
    /// How they go on.
    pub ending: Option<Ending>,
    /// How they stand.
    pub state: Option<State>,
    /// Recorded from then on.
    pub from: Option<Timestamp>,
    /// Recorded before then.
    pub until: Option<Timestamp>,
    /// Only what was recorded before this entry: the place in the list.
    pub before: Option<i64>,
    /// At most so many.
    pub limit: i64,
}

impl Default for Filter {
    fn default() -> Self {
        Self {
            team: String::new(),
            division: String::new(),
            crime_type: String::new(),
            ending: None,
            state: None,
            from: None,
            until: None,
            before: None,
            limit: i64::MAX,
        }
    }
}

/// Two moments as rows have them; one that is missing leaves that side open.
pub(crate) fn between(from: Option<Timestamp>, until: Option<Timestamp>) -> (String, String) {
    (from.map_or_else(String::new, to_moment), until.map_or_else(|| "~".to_owned(), to_moment))
}

/// The reports that `filter` means, the newest first; one statement.
pub async fn list(conn: &mut AnyConnection, filter: &Filter) -> Result<Vec<Listed>, sqlx::Error> {
    let (from, until) = between(filter.from, filter.until);
    let rows = sqlx::query(LIST)
        .bind(&filter.team)
        .bind(&filter.division)
        .bind(&filter.crime_type)
        .bind(filter.ending.map_or("", Ending::as_str))
        .bind(filter.state.map_or("", State::as_str))
        .bind(from)
        .bind(until)
        .bind(filter.before.unwrap_or(i64::MAX))
        .bind(filter.limit)
        .fetch_all(conn)
        .await?;
    rows.iter().map(read).collect()
}

/// The reports of an incident, the first recorded first.
pub async fn of_incident(conn: &mut AnyConnection, incident: &Id) -> Result<Vec<Listed>, sqlx::Error> {
    sqlx::query(OF_INCIDENT).bind(incident.as_str()).fetch_all(conn).await?.iter().map(read).collect()
}

/// One report; nothing where there is none.
pub async fn one(conn: &mut AnyConnection, id: &Id) -> Result<Option<Listed>, sqlx::Error> {
    sqlx::query(ONE).bind(id.as_str()).fetch_optional(conn).await?.as_ref().map(read).transpose()
}

fn read(row: &AnyRow) -> Result<Listed, sqlx::Error> {
    let (id, incident): (String, String) = (row.try_get(0)?, row.try_get(2)?);
    let (ending, state): (String, String) = (row.try_get(7)?, row.try_get(8)?);
    let overridden: i64 = row.try_get(10)?;
    let damaged = |key: &str| sqlx::Error::Decode(format!("{key:?} is none of a crime report").into());
    Ok(Listed {
        id: Id::of_row(&id)?,
        seq: row.try_get(1)?,
        incident: Id::of_row(&incident)?,
        division: row.try_get(3)?,
        team: row.try_get(4)?,
        crime_type: row.try_get(5)?,
        counts: row.try_get(6)?,
        ending: Ending::of(&ending).ok_or_else(|| damaged(&ending))?,
        state: State::of(&state).ok_or_else(|| damaged(&state))?,
        recorded_at: from_moment(row.try_get(9)?)?,
        is_overridden: overridden != 0,
        to_do: row.try_get(11)?,
        returns: row.try_get(12)?,
        pence: row.try_get(13)?,
        reference_there: row.try_get(14)?,
    })
}
