//! The only SQL about areas for development. Span rows.

use std::sync::LazyLock;

use std::collections::BTreeSet;

use jiff::civil::Date;
use journal::{Entry, Id, Noun, OPEN_END, Refusal, Tx, recall};
use sqlx::{AnyConnection, Row};

use super::rules::{self, Area, Closed, Command, Fact, Known};
use crate::{
    action, inspection,
    part::{self, Cells, Part},
    recommendation,
};

const CLOSE: &str = "update area set until_seq = $1 where id = $2 and until_seq = $3";
const INSERT: &str = "insert into area
    (id, since_seq, until_seq, inspection, number, number_key, text, heading, recommendation, mappings,
     closed_on, closed_reason)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
const OF_INSPECTION: &str =
    "select id, number_key, number from area where inspection = $1 and until_seq = $2";

/// Its rows in the register.
pub(crate) const PART: Part = Part {
    what: "area",
    texts: &[
        "id",
        "inspection",
        "number",
        "text",
        "heading",
        "recommendation",
        "mappings",
        "closed_on",
        "closed_reason",
    ],
    number: "since_seq",
    from: "area where since_seq <= $1 and until_seq > $1",
    subject: "id",
    is_together: false,
};

static ALL: LazyLock<String> = LazyLock::new(|| PART.alone(""));
static ONE: LazyLock<String> = LazyLock::new(|| PART.alone("id = $2"));

/// Every statement, for the test that prepares them on both engines.
pub fn statements() -> [&'static str; 5] {
    [CLOSE, INSERT, &ALL, &ONE, OF_INSPECTION]
}

/// The area for development as a noun.
pub struct Areas;

impl Noun for Areas {
    type State = Area;
    type Command = Command;
    type Fact = Fact;
    type Known = Known;

    fn decide(known: &Known, was: Option<&Area>, command: Command) -> Result<Fact, Refusal> {
        rules::decide(known, was, command)
    }

    fn apply(was: Option<Area>, fact: &Fact) -> Area {
        rules::apply(was, fact)
    }

    async fn save(tx: &mut Tx, entry: &Entry, id: &Id, state: &Area) -> Result<(), sqlx::Error> {
        let mappings = serde_json::to_string(&state.mappings)
            .map_err(|error| sqlx::Error::Encode(format!("area {id}: {error}").into()))?;
        sqlx::query(CLOSE).bind(entry.seq).bind(id.as_str()).bind(OPEN_END).execute(&mut **tx).await?;
        sqlx::query(INSERT)
            .bind(id.as_str())
            .bind(entry.seq)
            .bind(OPEN_END)
            .bind(state.inspection.as_str())
            .bind(&state.number)
            .bind(state.key())
            .bind(&state.text)
            .bind(&state.heading)
            .bind(state.recommendation.as_ref().map(Id::as_str))
            .bind(mappings)
            .bind(state.closed.as_ref().map(|closed| closed.on.to_string()))
            .bind(state.closed.as_ref().map_or("", |closed| &closed.reason))
            .execute(&mut **tx)
            .await?;
        Ok(())
    }
}

/// Every area for development as at position `seq`, by inspection and then as people count.
pub async fn all(conn: &mut AnyConnection, seq: i64) -> Result<Vec<(Id, Area)>, sqlx::Error> {
    let mut areas = part::all(conn, sqlx::query(ALL.as_str()).bind(seq), read).await?;
    sort(&mut areas);
    Ok(areas)
}

/// By inspection and then as people count.
pub(crate) fn sort(areas: &mut [(Id, Area)]) {
    areas.sort_by_cached_key(|(id, area)| (area.inspection.clone(), area.order(), id.clone()));
}

/// One area for development as at position `seq`.
pub async fn one(conn: &mut AnyConnection, id: &Id, seq: i64) -> Result<Option<Area>, sqlx::Error> {
    let query = sqlx::query(ONE.as_str()).bind(seq).bind(id.as_str());
    Ok(part::all(conn, query, read).await?.pop().map(|(_, area)| area))
}

/// What the rule has to know: the inspection with its recommendations and other areas, and the actions of
/// the recommendation that a command names.
pub async fn known(
    tx: &mut Tx,
    inspection: Option<&Id>,
    but: &Id,
    mapped: Option<&Id>,
    today: Date,
) -> Result<Known, sqlx::Error> {
    let mut known = Known {
        today,
        published_on: None,
        taken: std::collections::BTreeMap::new(),
        recommendations: BTreeSet::new(),
        actions: None,
    };
    if let Some(id) = inspection {
        known.published_on = inspection::rows::one(tx, id, OPEN_END - 1).await?.map(|one| one.published_on);
        known.recommendations =
            recommendation::rows::of_inspection(tx, id).await?.into_iter().map(|(id, _)| id).collect();
        for row in sqlx::query(OF_INSPECTION).bind(id.as_str()).bind(OPEN_END).fetch_all(&mut **tx).await? {
            if row.try_get::<String, _>(0)? != but.as_str() {
                known.taken.insert(row.try_get(1)?, row.try_get(2)?);
            }
        }
    }
    if let Some(id) = mapped {
        let actions = recall(tx, id, action::rules::apply).await?.state;
        known.actions = actions.map(|actions| actions.all.into_iter().map(|action| action.number).collect());
    }
    Ok(known)
}

/// What a row of [`PART`] says.
pub(crate) fn read(row: &Cells) -> Result<(Id, Area), sqlx::Error> {
    let id = row.text(0)?;
    let damaged = |what: &str| sqlx::Error::Decode(format!("area {id}: {what:?} is damaged").into());
    let inspection = row.text(1)?;
    let recommendation = row.maybe(5)?;
    let mappings = row.text(6)?;
    let closed_on = row.maybe(7)?;
    let reason = row.text(8)?;
    let closed_on = closed_on.map(|on| on.parse().map_err(|_| damaged(on))).transpose()?;
    let area = Area {
        inspection: Id::read(inspection).ok_or_else(|| damaged(inspection))?,
        number: row.owned(2)?,
        text: row.owned(3)?,
        heading: row.owned(4)?,
        recommendation: recommendation.map(|id| Id::read(id).ok_or_else(|| damaged(id))).transpose()?,
        mappings: serde_json::from_str(mappings).map_err(|_| damaged(mappings))?,
        closed: closed_on.map(|on| Closed { on, reason: reason.to_owned() }),
    };
    Ok((Id::read(id).ok_or_else(|| damaged("identity"))?, area))
}
