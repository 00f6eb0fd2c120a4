//! The only SQL about inspections under way. Span rows.

use std::sync::LazyLock;

use jiff::civil::Date;
use journal::{Entry, Id, Noun, OPEN_END, Refusal, Tx};
use sqlx::AnyConnection;

use super::rules::{self, Command, Fact, Known, Outcome, Stage, Underway};
use crate::{
    inspection::{self, rules::Kind},
    part::{self, Cells, Part},
};

const CLOSE: &str = "update underway set until_seq = $1 where id = $2 and until_seq = $3";
const INSERT: &str = "insert into underway
    (id, since_seq, until_seq, title, kind, inspectorate, partners, announced_on, stage, stage_on,
     inspection, reason)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
/// Its rows in the register.
pub(crate) const PART: Part = Part {
    what: "underway",
    texts: &[
        "id",
        "title",
        "kind",
        "inspectorate",
        "partners",
        "announced_on",
        "stage",
        "stage_on",
        "inspection",
        "reason",
    ],
    number: "since_seq",
    from: "underway where since_seq <= $1 and until_seq > $1",
    subject: "id",
    is_together: false,
};

static ALL: LazyLock<String> = LazyLock::new(|| PART.alone(""));
static ONE: LazyLock<String> = LazyLock::new(|| PART.alone("id = $2"));

/// Every statement, for the test that prepares them on both engines.
pub fn statements() -> [&'static str; 4] {
    [CLOSE, INSERT, &ALL, &ONE]
}

/// The inspection under way as a noun.
pub struct InspectionsUnderway;

impl Noun for InspectionsUnderway {
    type State = Underway;
    type Command = Command;
    type Fact = Fact;
    type Known = Known;

    fn decide(known: &Known, was: Option<&Underway>, command: Command) -> Result<Fact, Refusal> {
        rules::decide(known, was, command)
    }

    fn apply(was: Option<Underway>, fact: &Fact) -> Underway {
        rules::apply(was, fact)
    }

    async fn save(tx: &mut Tx, entry: &Entry, id: &Id, state: &Underway) -> Result<(), sqlx::Error> {
        sqlx::query(CLOSE).bind(entry.seq).bind(id.as_str()).bind(OPEN_END).execute(&mut **tx).await?;
        sqlx::query(INSERT)
            .bind(id.as_str())
            .bind(entry.seq)
            .bind(OPEN_END)
            .bind(&state.title)
            .bind(state.kind.as_str())
            .bind(&state.inspectorate)
            .bind(state.partners.join("\n"))
            .bind(state.announced_on.to_string())
            .bind(state.stage.as_str())
            .bind(state.stage_on.to_string())
            .bind(state.inspection.as_ref().map(Id::as_str))
            .bind(&state.reason)
            .execute(&mut **tx)
            .await?;
        Ok(())
    }
}

/// Every inspection under way, and those that are over, as at position `seq`, by title.
pub async fn all(conn: &mut AnyConnection, seq: i64) -> Result<Vec<(Id, Underway)>, sqlx::Error> {
    let mut all = part::all(conn, sqlx::query(ALL.as_str()).bind(seq), read).await?;
    sort(&mut all);
    Ok(all)
}

/// By title.
pub(crate) fn sort(underway: &mut [(Id, Underway)]) {
    underway.sort_by(|(a_id, a), (b_id, b)| (&a.title, a_id).cmp(&(&b.title, b_id)));
}

/// One inspection under way as at position `seq`.
pub async fn one(conn: &mut AnyConnection, id: &Id, seq: i64) -> Result<Option<Underway>, sqlx::Error> {
    let query = sqlx::query(ONE.as_str()).bind(seq).bind(id.as_str());
    Ok(part::all(conn, query, read).await?.pop().map(|(_, underway)| underway))
}

/// What the rule has to know: the others, and the registered inspection that a command names.
pub async fn known(
    conn: &mut AnyConnection,
    but: &Id,
    inspection: Option<&Id>,
    today: Date,
) -> Result<Known, sqlx::Error> {
    let mut others = all(&mut *conn, OPEN_END - 1).await?;
    others.retain(|(id, _)| id != but);
    let mut outcome = None;
    if let Some(id) = inspection
        && let Some(found) = inspection::rows::one(conn, id, OPEN_END - 1).await?
    {
        let of = others.iter().find(|(_, other)| other.inspection.as_ref() == Some(id));
        let of = of.map(|(_, other)| other.title.clone());
        outcome = Some(Outcome { published_on: found.published_on, of });
    }
    let taken = others.into_iter().filter(|(_, other)| !other.stage.is_over());
    Ok(Known { today, taken: taken.map(|(_, other)| other.title).collect(), outcome })
}

/// What a row of [`PART`] says.
pub(crate) fn read(row: &Cells) -> Result<(Id, Underway), sqlx::Error> {
    let id = row.text(0)?;
    let damaged =
        |what: &str| sqlx::Error::Decode(format!("inspection under way {id}: {what:?} is damaged").into());
    let kind = row.text(2)?;
    let partners = row.text(4)?;
    let announced_on = row.text(5)?;
    let stage = row.text(6)?;
    let stage_on = row.text(7)?;
    let inspection = row.maybe(8)?;
    let underway = Underway {
        title: row.owned(1)?,
        kind: Kind::read(kind).ok_or_else(|| damaged(kind))?,
        inspectorate: row.owned(3)?,
        partners: partners.lines().map(str::to_owned).collect(),
        announced_on: announced_on.parse().map_err(|_| damaged(announced_on))?,
        stage: Stage::read(stage).ok_or_else(|| damaged(stage))?,
        stage_on: stage_on.parse().map_err(|_| damaged(stage_on))?,
        inspection: inspection.map(|id| Id::read(id).ok_or_else(|| damaged(id))).transpose()?,
        reason: row.owned(9)?,
    };
    Ok((Id::read(id).ok_or_else(|| damaged("identity"))?, underway))
}
