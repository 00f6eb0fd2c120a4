//! The only SQL about what papers show; and what the rule has to know.

use evidence::evidence::list::rows::{Filter, Listed, list};
use jiff::Timestamp;
use journal::{Actor, AsAt, Connection, DatabaseError, Entry, Id, Noun, Refusal, Tx, act};
use measure::{catalogue::all, serves::is_served};
use publish::paper::{gathered::Gathered, rows::one as paper};
use sqlx::{AnyConnection, Row};

use super::rules::{self, Command, Fact, Known, Shown, Told};

const SAVE: &str = "insert into paper_measure (paper, seq, shown) values ($1, $2, $3)
    on conflict (paper) do update set seq = excluded.seq, shown = excluded.shown";
const ONE: &str = "select shown from paper_measure where paper = $1";

/// Every statement, for the test that prepares them on both engines.
pub const STATEMENTS: [&str; 2] = [SAVE, ONE];

/// What a paper shows, as a noun: it shares the paper’s subject, so that one number tells a stale edit of either.
pub struct PaperMeasures;

impl Noun for PaperMeasures {
    type State = Shown;
    type Command = Command;
    type Fact = Fact;
    type Known = Known;

    fn decide(known: &Known, was: Option<&Shown>, command: Command) -> Result<Fact, Refusal> {
        rules::decide(known, was, command)
    }

    fn apply(was: Option<Shown>, fact: &Fact) -> Shown {
        rules::apply(was, fact)
    }

    async fn save(tx: &mut Tx, entry: &Entry, id: &Id, state: &Shown) -> Result<(), sqlx::Error> {
        let shown = serde_json::to_string(state).map_err(|error| sqlx::Error::Encode(error.into()))?;
        sqlx::query(SAVE).bind(id.as_str()).bind(entry.seq).bind(shown).execute(&mut **tx).await.map(drop)
    }
}

/// What a paper shows beside what is attached; nothing was said of most papers.
pub async fn shown(conn: &mut AnyConnection, paper: &Id) -> Result<Shown, sqlx::Error> {
    let Some(row) = sqlx::query(ONE).bind(paper.as_str()).fetch_optional(conn).await? else {
        return Ok(Shown::default());
    };
    let shown: String = row.try_get(0)?;
    serde_json::from_str(&shown)
        .map_err(|error| sqlx::Error::Decode(format!("what a paper shows is damaged: {error}").into()))
}

/// The evidence that stands of these recommendations, in their order, the first attached first; one statement.
pub async fn attached(conn: &mut AnyConnection, recommendations: &[Id]) -> Result<Vec<Listed>, sqlx::Error> {
    let mut all = list(conn, &Filter::default(), i64::MAX).await?;
    all.reverse();
    all.retain(|one| one.evidence.withdrawn.is_none());
    let place =
        |one: &Listed| recommendations.iter().position(|id| *id == one.evidence.attached.recommendation);
    let mut own: Vec<(usize, Listed)> = all.into_iter().filter_map(|one| Some((place(&one)?, one))).collect();
    own.sort_by_key(|(place, one)| (*place, one.seq));
    Ok(own.into_iter().map(|(_, one)| one).collect())
}

/// A paper, and all that the rule has to know of what it shows.
#[derive(Debug, Clone)]
pub struct About {
    /// Its title.
    pub title: String,
    /// What the rule knows.
    pub known: Known,
    /// The evidence of what it tells.
    pub attached: Vec<Listed>,
    /// What it shows beside.
    pub shown: Shown,
}

/// Reads it; nothing where there is no such paper.
pub async fn about(conn: &mut Connection, id: &Id, now: Timestamp) -> Result<Option<About>, DatabaseError> {
    let Some(paper) = paper(&mut *conn, id).await? else { return Ok(None) };
    let gathered = Gathered::load(&mut *conn, &paper.details, AsAt::Now, now).await?;
    let tells = gathered.tells(&paper.details);
    let told = |id: &Id| {
        let item = gathered.register.item(id)?;
        let served = |one: &&measure::catalogue::Definition| {
            is_served(one, &item.code, &item.recommendation.reference)
        };
        let served_by = all().iter().filter(served).map(|one| one.key.clone()).collect();
        Some(Told { id: id.clone(), label: item.label(), served_by })
    };
    let attached = attached(&mut *conn, &tells).await?;
    let known = Known {
        is_frozen: Some(paper.frozen.is_some()),
        told: tells.iter().filter_map(told).collect(),
        attached: attached.iter().map(|one| one.id.clone()).collect(),
    };
    let shown = shown(conn, id).await?;
    Ok(Some(About { title: paper.details.title, known, attached, shown }))
}

/// Changes what a paper shows, in the transaction it is given.
pub async fn change(
    tx: &mut Tx,
    who: &Actor,
    now: Timestamp,
    id: &Id,
    command: Command,
) -> Result<Result<Entry, Refusal>, DatabaseError> {
    let known = about(tx, id, now).await?.map(|about| about.known).unwrap_or_default();
    act::<PaperMeasures>(tx, who, now, id, &known, command).await
}
