//! The only SQL about what measures show of a recommendation.

use jiff::Timestamp;
use journal::{Actor, DatabaseError, Entry, Id, Noun, OPEN_END, Refusal, Tx, act, history};

use super::rules::{self, Closing, Command, Fact, Known, Measured};
use crate::pages::recall;

const SAVE: &str = "insert into measured (recommendation, evidence, seq, sentence, is_shown)
    values ($1, $2, $3, $4, $5)";
const FORGET: &str = "delete from measured where recommendation = $1 and evidence = $2";

/// Every statement, for the test that prepares them on both engines.
pub const STATEMENTS: [&str; 2] = [SAVE, FORGET];

/// What measures show of a recommendation, as a noun.
pub struct MeasuredOf;

impl Noun for MeasuredOf {
    type State = Measured;
    type Command = Command;
    type Fact = Fact;
    type Known = Known;

    fn decide(known: &Known, was: Option<&Measured>, command: Command) -> Result<Fact, Refusal> {
        rules::decide(known, was, command)
    }

    fn apply(was: Option<Measured>, fact: &Fact) -> Measured {
        rules::apply(was, fact)
    }

    async fn save(tx: &mut Tx, entry: &Entry, id: &Id, state: &Measured) -> Result<(), sqlx::Error> {
        let Some(evidence) = &state.touched else { return Ok(()) };
        let Some(told) = state.all.get(evidence) else {
            sqlx::query(FORGET).bind(id.as_str()).bind(evidence.as_str()).execute(&mut **tx).await?;
            return Ok(());
        };
        sqlx::query(SAVE)
            .bind(id.as_str())
            .bind(evidence.as_str())
            .bind(entry.seq)
            .bind(&told.sentence)
            .bind(i64::from(told.is_shown))
            .execute(&mut **tx)
            .await?;
        Ok(())
    }
}

/// What stands of a recommendation, as the journal has it.
pub async fn standing(conn: &mut sqlx::AnyConnection, id: &Id) -> Result<Measured, DatabaseError> {
    let mut now = None;
    for entry in history(conn, id, OPEN_END).await? {
        if let Some(fact) = entry.fact::<Fact>()? {
            now = Some(rules::apply(now, &fact));
        }
    }
    Ok(now.unwrap_or_default())
}

/// Tells it something of evidence, in the transaction it is given; nothing where its record is closed.
pub async fn tell(
    tx: &mut Tx,
    who: &Actor,
    now: Timestamp,
    id: &Id,
    command: Command,
) -> Result<Result<Option<Entry>, Refusal>, DatabaseError> {
    let known = recall(tx, id).await?;
    if known.as_ref().is_some_and(|one| one.status.is_closed()) {
        return Ok(Ok(None));
    }
    Ok(act::<MeasuredOf>(tx, who, now, id, &known, command).await?.map(Some))
}

/// Before a step that closes: asks why, while something does not show its claim, and keeps the reason.
pub async fn ask(
    tx: &mut Tx,
    who: &Actor,
    now: Timestamp,
    id: &Id,
    (step, reason): (Closing, String),
) -> Result<Result<(), Refusal>, DatabaseError> {
    if standing(tx, id).await?.not_shown().is_empty() {
        return Ok(Ok(()));
    }
    let known = recall(tx, id).await?;
    let done = act::<MeasuredOf>(tx, who, now, id, &known, Command::Overlook { step, reason }).await?;
    Ok(done.map(drop))
}
