//! The only SQL about annotations.

use jiff::{Timestamp, civil::Date};
use journal::{Actor, AsAt, Entry, Id, Noun, Refusal, Tx, act, day_of};
use plan::register::{rows::load, rules::Register};
use serde::Serialize;
use sqlx::{AnyConnection, Row, any::AnyRow};

use super::rules::{self, Annotation, Command, Fact, Found, Known, Mark, Wish, Work};
use crate::catalogue::Catalogue;

const SAVE: &str = "insert into measure_annotation
    (id, seq, last_seq, measure, division, on_day, words, recommendation, label, action, is_taken_back)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) on conflict (id) do update set
    last_seq = excluded.last_seq, is_taken_back = excluded.is_taken_back";
/// With the entry at which the counting stands, so that a page asks for both at once: a row without an annotation says that
/// nothing is marked.
const STANDING: &str =
    "select p.seq, a.id, a.last_seq, a.division, a.on_day, a.words, a.recommendation, a.label, a.action
    from measure_position p left join measure_annotation a
    on a.measure = $1 and a.is_taken_back = 0 and a.on_day >= $2 and a.on_day <= $3
    where p.only_row = 1 order by a.on_day, a.seq";
const ONE: &str = "select 0, id, last_seq, division, on_day, words, recommendation, label, action
    from measure_annotation where id = $1 and measure = $2 and is_taken_back = 0";
const ON: &str =
    "select words from measure_annotation where measure = $1 and on_day = $2 and is_taken_back = 0";

/// Every statement, for the test that prepares them on both engines.
pub const STATEMENTS: [&str; 4] = [SAVE, STANDING, ONE, ON];

/// What every change gives: its entry, or the refusal, or the database’s error.
pub type Stored = Result<Result<Entry, Refusal>, sqlx::Error>;

/// An annotation as a noun.
pub struct Annotations;

impl Noun for Annotations {
    type State = Annotation;
    type Command = Command;
    type Fact = Fact;
    type Known = Known;

    fn decide(known: &Known, was: Option<&Annotation>, command: Command) -> Result<Fact, Refusal> {
        rules::decide(known, was, command)
    }

    fn apply(was: Option<Annotation>, fact: &Fact) -> Annotation {
        rules::apply(was, fact)
    }

    async fn save(tx: &mut Tx, entry: &Entry, id: &Id, state: &Annotation) -> Result<(), sqlx::Error> {
        let Mark { measure, division, on, words, work } = &state.mark;
        let of = |part: fn(&Work) -> &str| work.as_ref().map(part).unwrap_or_default();
        sqlx::query(SAVE)
            .bind(id.as_str())
            .bind(entry.seq)
            .bind(entry.seq)
            .bind(measure)
            .bind(division)
            .bind(on.to_string())
            .bind(words)
            .bind(of(|work| work.recommendation.as_str()))
            .bind(of(|work| &work.label))
            .bind(of(|work| &work.action))
            .bind(i64::from(state.is_taken_back))
            .execute(&mut **tx)
            .await
            .map(drop)
    }
}

/// What is marked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Marked {
    /// Its identity.
    pub id: String,
    /// Its last entry: what a form carries to tell a stale edit.
    pub last_seq: i64,
    /// The letter of the division; empty where it is everywhere.
    pub division: String,
    /// The first day on which it was so.
    pub on: Date,
    /// What was changed.
    pub words: String,
    /// The identity of the recommendation whose work it was; empty where there is none.
    pub recommendation: String,
    /// Its label.
    pub label: String,
    /// The number of the action; empty where there is none.
    pub action: String,
}

fn read(row: &AnyRow) -> Result<Marked, sqlx::Error> {
    let on: String = row.try_get(4)?;
    Ok(Marked {
        id: row.try_get(1)?,
        last_seq: row.try_get(2)?,
        division: row.try_get(3)?,
        on: on.parse().map_err(|error: jiff::Error| sqlx::Error::Decode(error.into()))?,
        words: row.try_get(5)?,
        recommendation: row.try_get(6)?,
        label: row.try_get(7)?,
        action: row.try_get(8)?,
    })
}

/// The entry at which the counting stands, 0 before it began, and what is marked on the chart of a measure in a period, the
/// earliest first.
pub async fn standing(
    conn: &mut AnyConnection,
    measure: &str,
    (from, until): (Date, Date),
) -> Result<(i64, Vec<Marked>), sqlx::Error> {
    let query = sqlx::query(STANDING).bind(measure).bind(from.to_string()).bind(until.to_string());
    let (mut counted_to, mut all) = (0, Vec::new());
    for row in query.fetch_all(conn).await? {
        counted_to = row.try_get(0)?;
        if row.try_get::<Option<String>, _>(1)?.is_some() {
            all.push(read(&row)?);
        }
    }
    Ok((counted_to, all))
}

/// What is marked by that identity on the chart of that measure, if it is still.
pub async fn one(conn: &mut AnyConnection, measure: &str, id: &Id) -> Result<Option<Marked>, sqlx::Error> {
    let row = sqlx::query(ONE).bind(id.as_str()).bind(measure).fetch_optional(conn).await?;
    row.as_ref().map(read).transpose()
}

/// The recommendation that is typed: by its identity, or by its label in any case.
fn found(register: &Register, typed: &str) -> Option<Found> {
    let typed = typed.trim();
    let is_it = |label: &str, id: &Id| id.as_str() == typed || label.eq_ignore_ascii_case(typed);
    let item = register.items.iter().find(|item| is_it(&item.label(), &item.id))?;
    let actions = item.actions.iter().map(|action| action.number.clone()).collect();
    Some(Found { id: item.id.clone(), label: item.label(), actions })
}

/// What the rule has to know, read in the transaction that it is given.
async fn known(tx: &mut Tx, now: Timestamp, command: &Command) -> Result<Known, sqlx::Error> {
    let catalogue = Catalogue::published();
    let none = Wish::default();
    let wish = if let Command::Mark(wish) = command { wish } else { &none };
    let divisions = catalogue.organisation().letters().into_iter().map(str::to_owned).collect();
    let found = if wish.recommendation.trim().is_empty() {
        None
    } else {
        found(&load(tx, AsAt::Now, now).await?, &wish.recommendation)
    };
    let marked = match wish.on {
        Some(on) => {
            sqlx::query_scalar(ON).bind(&wish.measure).bind(on.to_string()).fetch_all(&mut **tx).await?
        }
        None => Vec::new(),
    };
    let is_measure = !catalogue.versions(&wish.measure).is_empty();
    Ok(Known { today: day_of(now), is_measure, divisions, found, marked })
}

/// Marks or takes back, in the transaction it is given.
pub async fn change(tx: &mut Tx, who: &Actor, now: Timestamp, id: &Id, command: Command) -> Stored {
    let known = known(tx, now, &command).await?;
    act::<Annotations>(tx, who, now, id, &known, command).await
}
