//! The only SQL about accepted findings. Span rows.

use std::sync::LazyLock;

use std::collections::BTreeMap;

use jiff::Timestamp;
use journal::{Entry, Id, Noun, OPEN_END, Refusal, Tx, from_moment, to_moment};
use sqlx::AnyConnection;

use super::rules::{self, Acceptances, Command, Fact, Known};
use crate::part::{self, Cells, Part};

const CLOSE: &str = "update accepted_finding set until_seq = $1
    where subject = $2 and check_key = $3 and fingerprint = $4 and until_seq = $5";
const INSERT: &str = "insert into accepted_finding
    (subject, check_key, fingerprint, since_seq, until_seq, at, who, role, sentence, reason)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
/// Its rows for the check.
pub(crate) const PART: Part = Part {
    what: "accepted",
    texts: &["subject", "check_key", "fingerprint", "at", "who", "role", "sentence", "reason"],
    number: "since_seq",
    from: "accepted_finding where since_seq <= $1 and until_seq > $1",
    subject: "subject",
    is_together: false,
};

static ALL: LazyLock<String> = LazyLock::new(|| PART.alone(""));

/// Every statement, for the test that prepares them on both engines.
pub fn statements() -> [&'static str; 3] {
    [CLOSE, INSERT, &ALL]
}

/// What is accepted about a subject as a noun.
pub struct AcceptancesOf;

impl Noun for AcceptancesOf {
    type State = Acceptances;
    type Command = Command;
    type Fact = Fact;
    type Known = Known;

    fn decide(known: &Known, was: Option<&Acceptances>, command: Command) -> Result<Fact, Refusal> {
        rules::decide(known, was, command)
    }

    fn apply(was: Option<Acceptances>, fact: &Fact) -> Acceptances {
        rules::apply(was, fact)
    }

    async fn save(tx: &mut Tx, entry: &Entry, id: &Id, state: &Acceptances) -> Result<(), sqlx::Error> {
        let (check, fingerprint) = &state.touched;
        let Some(accepted) = state.standing.get(&state.touched) else {
            sqlx::query(CLOSE)
                .bind(entry.seq)
                .bind(id.as_str())
                .bind(check)
                .bind(fingerprint)
                .bind(OPEN_END)
                .execute(&mut **tx)
                .await?;
            return Ok(());
        };
        sqlx::query(INSERT)
            .bind(id.as_str())
            .bind(check)
            .bind(fingerprint)
            .bind(entry.seq)
            .bind(OPEN_END)
            .bind(to_moment(entry.at))
            .bind(&entry.actor.who)
            .bind(&entry.actor.role)
            .bind(&accepted.sentence)
            .bind(&accepted.reason)
            .execute(&mut **tx)
            .await?;
        Ok(())
    }
}

/// An acceptance as it is shown.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Accepted {
    /// When.
    pub at: Timestamp,
    /// The account.
    pub who: String,
    /// The role in which they did.
    pub role: String,
    /// The finding as it was told.
    pub sentence: String,
    /// Why.
    pub reason: String,
}

/// What is accepted, by subject, check and fingerprint.
pub type All = BTreeMap<(Id, String, String), Accepted>;

/// Everything that is accepted as at position `seq`.
pub async fn all(conn: &mut AnyConnection, seq: i64) -> Result<All, sqlx::Error> {
    Ok(part::all(conn, sqlx::query(ALL.as_str()).bind(seq), read).await?.into_iter().collect())
}

/// What a row of [`PART`] says.
pub(crate) fn read(row: &Cells) -> Result<((Id, String, String), Accepted), sqlx::Error> {
    let subject = row.text(0)?;
    let subject = Id::of_row(subject)?;
    let accepted = Accepted {
        at: from_moment(row.text(3)?)?,
        who: row.owned(4)?,
        role: row.owned(5)?,
        sentence: row.owned(6)?,
        reason: row.owned(7)?,
    };
    Ok(((subject, row.owned(1)?, row.owned(2)?), accepted))
}
