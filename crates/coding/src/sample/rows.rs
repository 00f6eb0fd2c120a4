//! The only SQL about samples: saving them, and reading them as rows.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use journal::{
    Actor, AsAt, DatabaseError, Entry, Id, Noun, OPEN_END, Refusal, Tx, act, from_moment, history, position,
    to_moment,
};
use measure::{
    catalogue::edition,
    count::rows as counting,
    figure::rows::{Asked, records},
    measures::failure_demand::FAILURE_DEMAND,
};
use sqlx::{AnyConnection, Row, any::AnyRow};

use super::{
    rules::{self, Command, Counted, Fact, Known, Sample, code_key, read_code},
    week::Week,
};
use crate::result::rules::Cells;

const SAVE: &str = "insert into coding_sample
    (id, seq, week, seed, entry, edition, definition, drawn_by, drawn_at, contacts, failures, drawn, coded, closed_at)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
    on conflict (id) do update set coded = excluded.coded, closed_at = excluded.closed_at";
const SAVE_ITEM: &str = "insert into coding_item
    (sample, place, contact, at, division, derived, second, coded_by, coded_at, codings)
    values ($1, $2, $3, $4, $5, $6, '', '', null, 0)";
const SAVE_CODING: &str = "update coding_item set second = $1, coded_by = $2, coded_at = $3, codings = $4
    where sample = $5 and contact = $6";

/// A statement that asks for what a sample is read from.
macro_rules! select {
    ($rest:expr) => {
        concat!(
            "select id, seq, week, seed, entry, edition, definition, drawn_by, drawn_at, contacts, failures, drawn,
            coded, closed_at from coding_sample ",
            $rest
        )
    };
}

const LIST: &str = select!("where week < $1 order by week desc limit $2");
const BY_WEEK: &str = select!("where week = $1");
const ITEMS: &str = "select place, contact, at, division, derived, second, coded_by, coded_at, codings
    from coding_item where sample = $1 order by place";
const CELLS: &str =
    "select s.week, i.derived, i.second, count(*) from coding_item i join coding_sample s on s.id = i.sample
    where i.second <> '' and s.closed_at is not null and s.week >= $1 and s.week <= $2
    group by s.week, i.derived, i.second";

/// Every statement, for the test that prepares them on both engines.
pub const STATEMENTS: [&str; 7] = [SAVE, SAVE_ITEM, SAVE_CODING, LIST, BY_WEEK, ITEMS, CELLS];

/// What every change gives: its entry, or the refusal, or the database’s error.
pub type Stored = Result<Result<Entry, Refusal>, DatabaseError>;

/// The sample as a noun.
pub struct Samples;

impl Noun for Samples {
    type State = Sample;
    type Command = Command;
    type Fact = Fact;
    type Known = Known;

    fn decide(known: &Known, was: Option<&Sample>, command: Command) -> Result<Fact, Refusal> {
        rules::decide(known, was, command)
    }

    fn apply(was: Option<Sample>, fact: &Fact) -> Sample {
        rules::apply(was, fact)
    }

    async fn save(tx: &mut Tx, entry: &Entry, id: &Id, state: &Sample) -> Result<(), sqlx::Error> {
        save_sample(tx, entry, id, state).await?;
        match entry.fact::<Fact>()? {
            Some(Fact::Drawn(drawn)) => save_items(tx, id, &drawn.sample).await,
            Some(Fact::Coded { contact, .. } | Fact::Amended { contact, .. }) => {
                save_coding(tx, id, &contact, state).await
            }
            _ => Ok(()),
        }
    }
}

async fn save_sample(tx: &mut Tx, entry: &Entry, id: &Id, state: &Sample) -> Result<(), sqlx::Error> {
    let drawn = &state.drawn;
    let many = drawn.sample.len();
    sqlx::query(SAVE)
        .bind(id.as_str())
        .bind(entry.seq)
        .bind(drawn.week.to_string())
        .bind(&drawn.seed)
        .bind(drawn.entry)
        .bind(&drawn.edition)
        .bind(drawn.definition)
        .bind(&drawn.by)
        .bind(to_moment(drawn.at))
        .bind(i64::from(drawn.contacts))
        .bind(i64::from(drawn.failures))
        .bind(i64::from(rules::count(many)))
        .bind(i64::from(rules::count(many - state.missing())))
        .bind(state.closed.as_ref().map(|(at, _)| to_moment(*at)))
        .execute(&mut **tx)
        .await
        .map(drop)
}

async fn save_items(tx: &mut Tx, id: &Id, sample: &[Counted]) -> Result<(), sqlx::Error> {
    for (place, one) in (1_i64..).zip(sample) {
        sqlx::query(SAVE_ITEM)
            .bind(id.as_str())
            .bind(place)
            .bind(one.contact.as_str())
            .bind(to_moment(one.at))
            .bind(&one.division)
            .bind(code_key(one.derived))
            .execute(&mut **tx)
            .await?;
    }
    Ok(())
}

async fn save_coding(tx: &mut Tx, id: &Id, contact: &Id, state: &Sample) -> Result<(), sqlx::Error> {
    let codings = state.codings(contact);
    let Some(last) = codings.last() else { return Ok(()) };
    sqlx::query(SAVE_CODING)
        .bind(code_key(last.code))
        .bind(&last.by)
        .bind(to_moment(last.at))
        .bind(i64::from(rules::count(codings.len())))
        .bind(id.as_str())
        .bind(contact.as_str())
        .execute(&mut **tx)
        .await
        .map(drop)
}

/// Everything that was counted in a week, as at an entry: what is drawn from.
pub async fn population(conn: &mut AnyConnection, week: Week, seq: i64) -> Result<Vec<Counted>, sqlx::Error> {
    let asked = Asked {
        measure: FAILURE_DEMAND.to_owned(),
        from: week.monday(),
        until: week.sunday(),
        division: String::new(),
        reason: String::new(),
        version: 0,
    };
    let found = records(conn, &asked, seq, None, i64::MAX).await?;
    let counted = found.into_iter().map(|one| {
        let derived = read_code(&one.reason).map_err(damaged)?;
        Ok(Counted { contact: one.subject, at: one.at, division: one.division, derived })
    });
    counted.collect()
}

fn damaged(refusal: Refusal) -> sqlx::Error {
    sqlx::Error::Decode(refusal.sentence.into_owned().into())
}

/// Up to which entry everything is counted by the definitions of today; 0 while it is counted anew.
async fn counted_to(conn: &mut AnyConnection) -> Result<i64, sqlx::Error> {
    let stands = counting::position(conn).await?;
    Ok(stands.filter(|(_, by)| *by == edition()).map_or(0, |(seq, _)| seq))
}

/// Draws a week’s sample, in the transaction it is given: what was counted is read in it. Whoever comes second is told that it
/// was drawn, also where another process drew it in the meantime and only the database knows.
pub async fn draw(tx: &mut Tx, who: &Actor, now: Timestamp, id: &Id, (week, seed): (Week, String)) -> Stored {
    let counted_to = counted_to(tx).await?;
    let known = Known {
        now,
        who: who.who.clone(),
        is_drawn: by_week(tx, week).await?.is_some(),
        counted_to,
        reaches: position(tx, AsAt::Day(week.sunday()), now).await?.seq,
        edition: edition(),
        population: population(tx, week, counted_to).await?,
        advisors: BTreeSet::new(),
    };
    once(act::<Samples>(tx, who, now, id, &known, Command::Draw { week, seed }).await, week)
}

/// What the database alone knows of a draw, as the rule says it: that the week has a sample already. Nothing else of a
/// sample that is not new must be unique.
pub fn once(stored: Stored, week: Week) -> Stored {
    match stored {
        Err(error) if is_taken(&error) => Ok(Err(rules::twice(week))),
        stored => stored,
    }
}

fn is_taken(error: &DatabaseError) -> bool {
    error.as_database_error().is_some_and(sqlx::error::DatabaseError::is_unique_violation)
}

/// Codes, amends or closes. Who recorded something of the contact is read from its history.
pub async fn change(tx: &mut Tx, who: &Actor, now: Timestamp, id: &Id, command: Command) -> Stored {
    let advisors = match &command {
        Command::Code { contact, .. } => advisors(tx, contact).await?,
        _ => BTreeSet::new(),
    };
    let known = Known {
        now,
        who: who.who.clone(),
        is_drawn: true,
        counted_to: 0,
        reaches: 0,
        edition: String::new(),
        population: Vec::new(),
        advisors,
    };
    act::<Samples>(tx, who, now, id, &known, command).await
}

/// The accounts that recorded something of a contact.
pub async fn advisors(conn: &mut AnyConnection, contact: &Id) -> Result<BTreeSet<String>, sqlx::Error> {
    Ok(history(conn, contact, OPEN_END).await?.into_iter().map(|entry| entry.actor.who).collect())
}

/// A sample, whole, as its history makes it; nothing where there is none.
pub async fn folded(conn: &mut AnyConnection, id: &Id) -> Result<Option<Sample>, sqlx::Error> {
    let mut was = None;
    for entry in history(conn, id, OPEN_END).await? {
        if let Some(fact) = entry.fact::<Fact>()? {
            was = Some(rules::apply(was, &fact));
        }
    }
    Ok(was)
}

/// A sample as a row has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Its identity.
    pub id: Id,
    /// The entry that drew it.
    pub seq: i64,
    /// The week.
    pub week: Week,
    /// The seed.
    pub seed: String,
    /// The entry at which the week was counted.
    pub entry: i64,
    /// The definitions by which it was counted.
    pub edition: String,
    /// The version of the rules of sampling.
    pub definition: i64,
    /// Who drew.
    pub drawn_by: String,
    /// When.
    pub drawn_at: Timestamp,
    /// How many contacts were counted in the week.
    pub contacts: i64,
    /// How many of them as failure demand.
    pub failures: i64,
    /// How many were drawn.
    pub drawn: i64,
    /// How many of them are coded.
    pub coded: i64,
    /// When it was closed.
    pub closed_at: Option<Timestamp>,
}

/// The samples of weeks before one, the latest first; one statement.
pub async fn list(
    conn: &mut AnyConnection,
    before: Option<Week>,
    limit: i64,
) -> Result<Vec<Listed>, sqlx::Error> {
    let before = before.map_or_else(|| "~".to_owned(), |week| week.to_string());
    let rows = sqlx::query(LIST).bind(before).bind(limit).fetch_all(conn).await?;
    rows.iter().map(read).collect()
}

/// The sample of a week; nothing where it was not drawn.
pub async fn by_week(conn: &mut AnyConnection, week: Week) -> Result<Option<Listed>, sqlx::Error> {
    let row = sqlx::query(BY_WEEK).bind(week.to_string()).fetch_optional(conn).await?;
    row.as_ref().map(read).transpose()
}

fn read(row: &AnyRow) -> Result<Listed, sqlx::Error> {
    let (id, week): (String, String) = (row.try_get(0)?, row.try_get(2)?);
    let closed_at: Option<String> = row.try_get(13)?;
    Ok(Listed {
        id: Id::of_row(&id)?,
        seq: row.try_get(1)?,
        week: Week::try_from(week).map_err(|told| sqlx::Error::Decode(told.into()))?,
        seed: row.try_get(3)?,
        entry: row.try_get(4)?,
        edition: row.try_get(5)?,
        definition: row.try_get(6)?,
        drawn_by: row.try_get(7)?,
        drawn_at: from_moment(row.try_get(8)?)?,
        contacts: row.try_get(9)?,
        failures: row.try_get(10)?,
        drawn: row.try_get(11)?,
        coded: row.try_get(12)?,
        closed_at: closed_at.as_deref().map(from_moment).transpose()?,
    })
}

/// A contact of a sample.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Its place in the draw, from 1.
    pub place: i64,
    /// The contact.
    pub contact: Id,
    /// When it is counted.
    pub at: Timestamp,
    /// The letter of the division.
    pub division: String,
    /// What was derived: for nobody’s eyes while the sample is open.
    pub derived: String,
    /// What it was coded the second time; empty while it is not.
    pub second: String,
    /// By whom.
    pub coded_by: String,
    /// When.
    pub coded_at: Option<Timestamp>,
    /// How often: more than once where it was amended.
    pub codings: i64,
}

/// The contacts of a sample, in the order drawn; one statement.
pub async fn items(conn: &mut AnyConnection, sample: &Id) -> Result<Vec<Item>, sqlx::Error> {
    let rows = sqlx::query(ITEMS).bind(sample.as_str()).fetch_all(conn).await?;
    let read = |row: &AnyRow| {
        let (contact, coded_at): (String, Option<String>) = (row.try_get(1)?, row.try_get(7)?);
        Ok(Item {
            place: row.try_get(0)?,
            contact: Id::of_row(&contact)?,
            at: from_moment(row.try_get(2)?)?,
            division: row.try_get(3)?,
            derived: row.try_get(4)?,
            second: row.try_get(5)?,
            coded_by: row.try_get(6)?,
            coded_at: coded_at.as_deref().map(from_moment).transpose()?,
            codings: row.try_get(8)?,
        })
    };
    rows.iter().map(read).collect()
}

/// What closed samples of weeks say, derived against coded; one statement.
pub async fn cells(
    conn: &mut AnyConnection,
    from: Week,
    until: Week,
) -> Result<BTreeMap<String, Cells>, sqlx::Error> {
    let rows = sqlx::query(CELLS).bind(from.to_string()).bind(until.to_string()).fetch_all(conn).await?;
    let mut all: BTreeMap<String, Cells> = BTreeMap::new();
    for row in &rows {
        let number: i64 = row.try_get(3)?;
        let number = u32::try_from(number).unwrap_or(u32::MAX);
        all.entry(row.try_get(0)?).or_default().insert((row.try_get(1)?, row.try_get(2)?), number);
    }
    Ok(all)
}
