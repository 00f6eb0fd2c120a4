//! The only SQL about target dates. They are only ever added: the first stays for ever.

use import::TargetDate;
use jiff::Timestamp;
use journal::{Entry, Id, Noun, Refusal, Tx, from_moment, to_moment};
use sqlx::{AnyConnection, Row};

use super::rules::{self, Command, Fact, Move, Target};
use crate::recommendation::rules::Recommendation;

const INSERT: &str = "insert into target_date (recommendation, seq, at, who, target, reason, approved_by,
    delay_reason) values ($1, $2, $3, $4, $5, $6, $7, $8)";
const AS_AT: &str = "select recommendation, seq, at, who, target, reason, approved_by, delay_reason
    from target_date where seq <= $1 order by recommendation, seq";

/// Every statement, for the test that prepares them on both engines.
pub const STATEMENTS: [&str; 2] = [INSERT, AS_AT];

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
    type Known = Option<Recommendation>;

    fn decide(
        known: &Option<Recommendation>,
        was: Option<&Target>,
        command: Command,
    ) -> Result<Fact, Refusal> {
        rules::decide(known, was, command)
    }

    fn apply(was: Option<Target>, fact: &Fact) -> Target {
        rules::apply(was, fact)
    }

    async fn save(tx: &mut Tx, entry: &Entry, id: &Id, state: &Target) -> Result<(), sqlx::Error> {
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

/// Every target up to position `seq`, with its recommendation, the first first.
pub async fn all(conn: &mut AnyConnection, seq: i64) -> Result<Vec<(String, Given)>, sqlx::Error> {
    let rows = sqlx::query(AS_AT).bind(seq).fetch_all(conn).await?;
    rows.iter()
        .map(|row| {
            let target: String = row.try_get(4)?;
            let damaged = |_| sqlx::Error::Decode(format!("{target:?} is no target date").into());
            let given = Given {
                seq: row.try_get(1)?,
                at: from_moment(row.try_get(2)?)?,
                who: row.try_get(3)?,
                target: target.parse().map_err(damaged)?,
                reason: row.try_get(5)?,
                approved_by: row.try_get(6)?,
                delay_reason: row.try_get(7)?,
            };
            Ok((row.try_get(0)?, given))
        })
        .collect()
}
