//! The only SQL about recommendations. Span rows.

use std::sync::LazyLock;

use std::collections::BTreeMap;

use import::normal_reference;
use jiff::civil::Date;
use journal::{Entry, Id, Noun, OPEN_END, Refusal, Tx};
use sqlx::AnyConnection;

use super::{
    rules::{self, Command, Exposure, Fact, Known, Recommendation},
    status::Status,
};
use crate::part::{self, Cells, Part};

const CLOSE: &str = "update recommendation set until_seq = $1 where id = $2 and until_seq = $3";
const INSERT: &str = "insert into recommendation
    (id, since_seq, until_seq, inspection, reference, reference_key, aliases, text, exposure, risk_statement,
     impact, owner_post, owner_team, status, status_on, what_we_did, impact_achieved, superseded_by)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)";
/// Its rows in the register.
pub(crate) const PART: Part = Part {
    what: "recommendation",
    texts: &[
        "id",
        "inspection",
        "reference",
        "aliases",
        "text",
        "exposure",
        "risk_statement",
        "impact",
        "owner_post",
        "owner_team",
        "status",
        "status_on",
        "what_we_did",
        "impact_achieved",
        "superseded_by",
    ],
    number: "since_seq",
    from: "recommendation where since_seq <= $1 and until_seq > $1",
    subject: "id",
    is_together: false,
};

/// The rows of its steps in the register: each span that has the day of a step.
pub(crate) const STEPS: Part = Part {
    what: "step",
    texts: &["id", "status", "status_on"],
    number: "since_seq",
    from: "recommendation where since_seq <= $1 and status_on is not null",
    subject: "id",
    is_together: false,
};

static OF_INSPECTION: LazyLock<String> = LazyLock::new(|| PART.alone("inspection = $2"));

/// Every statement, for the test that prepares them on both engines.
pub fn statements() -> [&'static str; 3] {
    [CLOSE, INSERT, &OF_INSPECTION]
}

/// A step on the way to discharge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct Taken {
    /// Where it led.
    pub status: Status,
    /// The day of the step.
    pub on: Date,
    /// The entry that holds it.
    pub seq: i64,
}

/// The recommendation as a noun.
pub struct Recommendations;

impl Noun for Recommendations {
    type State = Recommendation;
    type Command = Command;
    type Fact = Fact;
    type Known = Known;

    fn decide(known: &Known, was: Option<&Recommendation>, command: Command) -> Result<Fact, Refusal> {
        rules::decide(known, was, command)
    }

    fn apply(was: Option<Recommendation>, fact: &Fact) -> Recommendation {
        rules::apply(was, fact)
    }

    async fn save(tx: &mut Tx, entry: &Entry, id: &Id, state: &Recommendation) -> Result<(), sqlx::Error> {
        sqlx::query(CLOSE).bind(entry.seq).bind(id.as_str()).bind(OPEN_END).execute(&mut **tx).await?;
        sqlx::query(INSERT)
            .bind(id.as_str())
            .bind(entry.seq)
            .bind(OPEN_END)
            .bind(state.inspection.as_str())
            .bind(&state.reference)
            .bind(normal_reference(&state.reference))
            .bind(state.aliases.join("\n"))
            .bind(&state.text)
            .bind(state.exposure.map(Exposure::as_str))
            .bind(&state.risk_statement)
            .bind(&state.impact)
            .bind(&state.owner_post)
            .bind(&state.owner_team)
            .bind(state.status.as_str())
            .bind(state.status_on.map(|on| on.to_string()))
            .bind(&state.what_we_did)
            .bind(&state.impact_achieved)
            .bind(state.superseded_by.as_ref().map(Id::as_str))
            .execute(&mut **tx)
            .await?;
        Ok(())
    }
}

/// What a row of [`STEPS`] says, with its recommendation.
pub(crate) fn read_step(row: &Cells) -> Result<(String, Taken), sqlx::Error> {
    let (id, status, on) = (row.text(0)?, row.text(1)?, row.text(2)?);
    let damaged =
        |what: &str| sqlx::Error::Decode(format!("recommendation {id}: {what:?} is damaged").into());
    let taken = Taken {
        status: Status::read(status).ok_or_else(|| damaged(status))?,
        on: on.parse().map_err(|_| damaged(on))?,
        seq: row.number,
    };
    Ok((id.to_owned(), taken))
}

/// The steps among the spans of one recommendation, oldest first: a span that another fact began has the step of
/// the span before it.
pub(crate) fn steps(spans: Vec<Taken>) -> Vec<Taken> {
    let mut steps: Vec<Taken> = Vec::with_capacity(spans.len());
    for taken in spans {
        if steps.last().is_none_or(|before| before.status != taken.status) {
            steps.push(taken);
        }
    }
    steps
}

/// The recommendations of one inspection, as they are.
pub async fn of_inspection(
    conn: &mut AnyConnection,
    inspection: &Id,
) -> Result<Vec<(Id, Recommendation)>, sqlx::Error> {
    let query = sqlx::query(OF_INSPECTION.as_str()).bind(OPEN_END - 1).bind(inspection.as_str());
    let mut all = part::all(conn, query, read).await?;
    all.sort_by(|(a, _), (b, _)| a.cmp(b));
    Ok(all)
}

/// What the rule has to know about the other recommendations of `inspection`.
pub async fn known(
    conn: &mut AnyConnection,
    inspection: &Id,
    but: &Id,
    today: Date,
) -> Result<Known, sqlx::Error> {
    let mut taken = BTreeMap::new();
    for (id, other) in of_inspection(conn, inspection).await? {
        if id != *but {
            let whose = format!("recommendation {}", other.reference);
            taken.extend(other.references().map(|own| (normal_reference(own), whose.clone())));
        }
    }
    Ok(Known { today, taken, successor: None })
}

/// What a row of [`PART`] says.
pub(crate) fn read(row: &Cells) -> Result<(Id, Recommendation), sqlx::Error> {
    let id = row.text(0)?;
    let damaged =
        |what: &str| sqlx::Error::Decode(format!("recommendation {id}: {what:?} is damaged").into());
    let inspection = row.text(1)?;
    let aliases = row.text(3)?;
    let exposure = row.maybe(5)?;
    let status = row.text(10)?;
    let status_on = row.maybe(11)?;
    let superseded_by = row.maybe(14)?;
    let recommendation = Recommendation {
        inspection: Id::read(inspection).ok_or_else(|| damaged(inspection))?,
        reference: row.owned(2)?,
        aliases: aliases.lines().map(str::to_owned).collect(),
        text: row.owned(4)?,
        exposure: exposure.map(|word| Exposure::read(word).ok_or_else(|| damaged(word))).transpose()?,
        risk_statement: row.owned(6)?,
        impact: row.owned(7)?,
        owner_post: row.owned(8)?,
        owner_team: row.owned(9)?,
        status: Status::read(status).ok_or_else(|| damaged(status))?,
        status_on: status_on.map(|on| on.parse().map_err(|_| damaged(on))).transpose()?,
        what_we_did: row.owned(12)?,
        impact_achieved: row.owned(13)?,
        superseded_by: superseded_by.map(|by| Id::read(by).ok_or_else(|| damaged(by))).transpose()?,
    };
    Ok((Id::read(id).ok_or_else(|| damaged("identity"))?, recommendation))
}
