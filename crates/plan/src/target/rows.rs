//! The only SQL about target dates. They are only ever added: the first stays for ever. A move that has no kind
//! of reason may get one, once, and has none as at any entry before that.

use import::TargetDate;
use jiff::Timestamp;
use journal::{Entry, Id, Noun, Refusal, Tx, from_moment, to_moment};

use super::rules::{self, Command, Fact, Known, Move, Target};
use crate::part::{Cells, Part};

const INSERT: &str = "insert into target_date (recommendation, seq, at, who, target, reason, approved_by,
    delay_reason) values ($1, $2, $3, $4, $5, $6, $7, $8)";
const CATEGORISE: &str = "update target_date set delay_reason = $1, categorised_seq = $2
    where recommendation = $3 and seq = (select seq from target_date where recommendation = $3
        order by seq limit 1 offset $4)";

/// Its rows in the register, the first target first.
pub(crate) const PART: Part = Part {
    what: "target",
    texts: &[
        "recommendation",
        "at",
        "who",
        "target",
        "reason",
        "approved_by",
        "case when categorised_seq > $1 then '' else delay_reason end",
    ],
    number: "seq",
    from: "target_date where seq <= $1",
    subject: "recommendation",
    is_together: true,
};

/// Every statement, for the test that prepares them on both engines.
pub const STATEMENTS: [&str; 2] = [INSERT, CATEGORISE];

/// A target as it was set or moved.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Given {
    /// The entry that holds it.
    pub seq: i64,
    /// When it was recorded.
    pub at: Timestamp,
    /// The account that recorded it.
    pub who: String,
    /// The date.
    pub target: TargetDate,
    /// Why it was moved; empty for the first.
    pub reason: String,
    /// Who approved the move; empty for the first and where a plan did not say.
    pub approved_by: String,
    /// A key of [`crate::codes::delay_reasons`]; empty for the first and where a plan did not say.
    pub delay_reason: String,
}

/// The target date of a recommendation as a noun.
pub struct Targets;

impl Noun for Targets {
    type State = Target;
    type Command = Command;
    type Fact = Fact;
    type Known = Known;

    fn decide(known: &Known, was: Option<&Target>, command: Command) -> Result<Fact, Refusal> {
        rules::decide(known, was, command)
    }

    fn apply(was: Option<Target>, fact: &Fact) -> Target {
        rules::apply(was, fact)
    }

    async fn save(tx: &mut Tx, entry: &Entry, id: &Id, state: &Target) -> Result<(), sqlx::Error> {
        if let Some(number) = state.categorised {
            return categorise(tx, entry, id, state, number).await;
        }
        let first = Move {
            to: state.first,
            reason: String::new(),
            approved_by: String::new(),
            delay_reason: String::new(),
        };
        let last = state.moves.last().unwrap_or(&first);
        sqlx::query(INSERT)
            .bind(id.as_str())
            .bind(entry.seq)
            .bind(to_moment(entry.at))
            .bind(&entry.actor.who)
            .bind(last.to.iso())
            .bind(&last.reason)
            .bind(&last.approved_by)
            .bind(&last.delay_reason)
            .execute(&mut **tx)
            .await?;
        Ok(())
    }
}

async fn categorise(
    tx: &mut Tx,
    entry: &Entry,
    id: &Id,
    state: &Target,
    number: usize,
) -> Result<(), sqlx::Error> {
    let kind = number.checked_sub(1).and_then(|index| state.moves.get(index));
    let kind = kind.map_or("", |one| one.delay_reason.as_str());
    // The first row is the first target, so the first move is the row after it.
    let place = i64::try_from(number).unwrap_or(i64::MAX);
    sqlx::query(CATEGORISE)
        .bind(kind)
        .bind(entry.seq)
        .bind(id.as_str())
        .bind(place)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// What a row of [`PART`] says, with its recommendation.
pub(crate) fn read(row: &Cells) -> Result<(String, Given), sqlx::Error> {
    let target = row.text(3)?;
    let damaged = |_| sqlx::Error::Decode(format!("{target:?} is no target date").into());
    let given = Given {
        seq: row.number,
        at: from_moment(row.text(1)?)?,
        who: row.owned(2)?,
        target: target.parse().map_err(damaged)?,
        reason: row.owned(4)?,
        approved_by: row.owned(5)?,
        delay_reason: row.owned(6)?,
    };
    Ok((row.owned(0)?, given))
}
