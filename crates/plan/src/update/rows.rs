//! The only SQL about updates. They are only ever added.

use jiff::Timestamp;
use journal::{Entry, Id, Noun, Refusal, Tx, from_moment, to_moment};

use super::rules::{self, Command, Fact, Known, Updates};
use crate::part::{Cells, Part};

const INSERT: &str = "insert into progress_update (recommendation, seq, at, who, text, inherited_from)
    values ($1, $2, $3, $4, $5, $6)";

/// Its rows in the register, oldest first.
pub(crate) const PART: Part = Part {
    what: "update",
    texts: &["recommendation", "at", "who", "text", "inherited_from"],
    number: "seq",
    from: "progress_update where seq <= $1",
    subject: "recommendation",
    is_together: true,
};

/// Every statement, for the test that prepares them on both engines.
pub const STATEMENTS: [&str; 1] = [INSERT];

/// An update as it is shown.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Said {
    /// The entry that holds it.
    pub seq: i64,
    /// When it was added.
    pub at: Timestamp,
    /// The account that added it.
    pub who: String,
    /// What it says; may be empty where it stands for another's.
    pub text: String,
    /// The recommendation whose update it stands for.
    pub inherited_from: Option<Id>,
}

/// The updates of a recommendation as a noun.
pub struct UpdatesOf;

impl Noun for UpdatesOf {
    type State = Updates;
    type Command = Command;
    type Fact = Fact;
    type Known = Known;

    fn decide(known: &Known, was: Option<&Updates>, command: Command) -> Result<Fact, Refusal> {
        rules::decide(known, was, command)
    }

    fn apply(was: Option<Updates>, fact: &Fact) -> Updates {
        rules::apply(was, fact)
    }

    async fn save(tx: &mut Tx, entry: &Entry, id: &Id, state: &Updates) -> Result<(), sqlx::Error> {
        let Some(last) = state.last() else { return Ok(()) };
        sqlx::query(INSERT)
            .bind(id.as_str())
            .bind(entry.seq)
            .bind(to_moment(entry.at))
            .bind(&entry.actor.who)
            .bind(&last.text)
            .bind(last.inherited_from.as_ref().map(Id::as_str))
            .execute(&mut **tx)
            .await?;
        Ok(())
    }
}

/// What a row of [`PART`] says, with its recommendation.
pub(crate) fn read(row: &Cells) -> Result<(String, Said), sqlx::Error> {
    let inherited_from = row.maybe(4)?;
    let said = Said {
        seq: row.number,
        at: from_moment(row.text(1)?)?,
        who: row.owned(2)?,
        text: row.owned(3)?,
        inherited_from: inherited_from.and_then(Id::read),
    };
    Ok((row.owned(0)?, said))
}
