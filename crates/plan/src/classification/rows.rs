//! The only SQL about how recommendations are sorted. Span rows.

use journal::{Entry, Id, Noun, OPEN_END, Refusal, Tx};

use super::rules::{self, Classification, Command, Fact, Horizon, Known};
use crate::part::{Cells, Part};

const CLOSE: &str = "update classification set until_seq = $1 where recommendation = $2 and until_seq = $3";
const INSERT: &str = "insert into classification
    (recommendation, since_seq, until_seq, addressees, themes, horizon, milestones, strategic_owner)
    values ($1, $2, $3, $4, $5, $6, $7, $8)";

/// Its rows in the register.
pub(crate) const PART: Part = Part {
    what: "classification",
    texts: &["recommendation", "addressees", "themes", "horizon", "milestones", "strategic_owner"],
    number: "since_seq",
    from: "classification where since_seq <= $1 and until_seq > $1",
    subject: "recommendation",
    is_together: false,
};

/// Every statement, for the test that prepares them on both engines.
pub const STATEMENTS: [&str; 2] = [CLOSE, INSERT];

/// How a recommendation is sorted, as a noun.
pub struct Classifications;

impl Noun for Classifications {
    type State = Classification;
    type Command = Command;
    type Fact = Fact;
    type Known = Known;

    fn decide(known: &Known, was: Option<&Classification>, command: Command) -> Result<Fact, Refusal> {
        rules::decide(known, was, command)
    }

    fn apply(was: Option<Classification>, fact: &Fact) -> Classification {
        rules::apply(was, fact)
    }

    async fn save(tx: &mut Tx, entry: &Entry, id: &Id, state: &Classification) -> Result<(), sqlx::Error> {
        sqlx::query(CLOSE).bind(entry.seq).bind(id.as_str()).bind(OPEN_END).execute(&mut **tx).await?;
        sqlx::query(INSERT)
            .bind(id.as_str())
            .bind(entry.seq)
            .bind(OPEN_END)
            .bind(state.addressees.join("\n"))
            .bind(state.themes.join("\n"))
            .bind(state.horizon.map(Horizon::as_str))
            .bind(state.milestones.join("\n"))
            .bind(&state.strategic_owner)
            .execute(&mut **tx)
            .await?;
        Ok(())
    }
}

/// What a row of [`PART`] says, with its recommendation.
pub(crate) fn read(row: &Cells) -> Result<(String, Classification), sqlx::Error> {
    let list = |index: usize| -> Result<Vec<String>, sqlx::Error> {
        let text = row.text(index)?;
        Ok(text.lines().map(str::to_owned).collect())
    };
    let horizon = row.maybe(3)?;
    let damaged = |word: &str| sqlx::Error::Decode(format!("{word:?} is no horizon").into());
    let classification = Classification {
        addressees: list(1)?,
        themes: list(2)?,
        horizon: horizon.map(|word| Horizon::read(word).ok_or_else(|| damaged(word))).transpose()?,
        milestones: list(4)?,
        strategic_owner: row.owned(5)?,
    };
    Ok((row.owned(0)?, classification))
}
