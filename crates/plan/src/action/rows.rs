//! The only SQL about actions. Span rows.

use journal::{Entry, Id, Noun, OPEN_END, Refusal, Tx};

use super::rules::{self, Action, Actions, Command, Fact, Known, Stage};
use crate::part::{Cells, Part};

const CLOSE: &str =
    "update action set until_seq = $1 where recommendation = $2 and number = $3 and until_seq = $4";
const INSERT: &str = "insert into action
    (recommendation, number, place, since_seq, until_seq, text, owner, target, done_on, stage, moves)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";

/// Its rows in the register, in the order in which actions were added.
pub(crate) const PART: Part = Part {
    what: "action",
    texts: &["recommendation", "number", "text", "owner", "target", "done_on", "stage", "moves"],
    number: "place",
    from: "action where since_seq <= $1 and until_seq > $1",
    subject: "recommendation",
    is_together: true,
};

/// Every statement, for the test that prepares them on both engines.
pub const STATEMENTS: [&str; 2] = [CLOSE, INSERT];

/// The actions of a recommendation as a noun.
pub struct ActionsOf;

impl Noun for ActionsOf {
    type State = Actions;
    type Command = Command;
    type Fact = Fact;
    type Known = Known;

    fn decide(known: &Known, was: Option<&Actions>, command: Command) -> Result<Fact, Refusal> {
        rules::decide(known, was, command)
    }

    fn apply(was: Option<Actions>, fact: &Fact) -> Actions {
        rules::apply(was, fact)
    }

    async fn save(tx: &mut Tx, entry: &Entry, id: &Id, state: &Actions) -> Result<(), sqlx::Error> {
        let Some((place, action)) =
            (1_i64..).zip(&state.all).find(|(_, action)| action.number == state.touched)
        else {
            return Ok(());
        };
        let moves =
            serde_json::to_string(&action.moves).map_err(|error| sqlx::Error::Encode(error.into()))?;
        sqlx::query(CLOSE)
            .bind(entry.seq)
            .bind(id.as_str())
            .bind(&action.number)
            .bind(OPEN_END)
            .execute(&mut **tx)
            .await?;
        sqlx::query(INSERT)
            .bind(id.as_str())
            .bind(&action.number)
            .bind(place)
            .bind(entry.seq)
            .bind(OPEN_END)
            .bind(&action.text)
            .bind(&action.owner)
            .bind(action.target.map(|target| target.iso()))
            .bind(action.done_on.map(|on| on.to_string()))
            .bind(action.stage.map(Stage::as_str))
            .bind(moves)
            .execute(&mut **tx)
            .await?;
        Ok(())
    }
}

/// What a row of [`PART`] says, with its recommendation.
pub(crate) fn read(row: &Cells) -> Result<(String, Action), sqlx::Error> {
    let target = row.maybe(4)?;
    let done_on = row.maybe(5)?;
    let number = row.text(1)?;
    let damaged = |date: &str| {
        sqlx::Error::Decode(format!("action {number}: {date:?} is no date, stage or move").into())
    };
    let stage = row.maybe(6)?;
    let moves = row.text(7)?;
    let action = Action {
        text: row.owned(2)?,
        owner: row.owned(3)?,
        target: target.map(|iso| iso.parse().map_err(|_| damaged(iso))).transpose()?,
        done_on: done_on.map(|on| on.parse().map_err(|_| damaged(on))).transpose()?,
        stage: stage.map(|word| Stage::read(word).ok_or_else(|| damaged(word))).transpose()?,
        moves: serde_json::from_str(moves).map_err(|_| damaged(moves))?,
        number: number.to_owned(),
    };
    Ok((row.owned(0)?, action))
}
