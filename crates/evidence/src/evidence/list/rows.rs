//! The only SQL that reads measured evidence.

use journal::{Id, reference};
use sqlx::{AnyConnection, Row, any::AnyRow};

use crate::evidence::{rules::Evidence, verdict::Verdict};

const LIST: &str = "select id, seq, verdict, is_withdrawn, withdrawn, attached from measure_evidence
    where ($1 = '' or recommendation = $1) and ($2 = '' or measure = $2) and ($3 = '' or verdict = $3)
    and seq < $4 order by seq desc limit $5";
const ONE: &str =
    "select id, seq, verdict, is_withdrawn, withdrawn, attached from measure_evidence where id = $1";

/// Every statement, for the test that prepares them on both engines.
pub const STATEMENTS: [&str; 2] = [LIST, ONE];

/// A piece of evidence as a row has it.
#[derive(Debug, Clone, PartialEq)]
pub struct Listed {
    /// Its identity.
    pub id: Id,
    /// The entry that attached it.
    pub seq: i64,
    /// Whether it shows what is claimed.
    pub verdict: Verdict,
    /// All of it.
    pub evidence: Evidence,
}

impl Listed {
    /// "E-1F2J-K": what it is called on the telephone.
    pub fn reference(&self) -> String {
        reference('E', self.seq)
    }
}

/// Which evidence a list shows; what is empty does not narrow it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Of which recommendation.
    pub recommendation: Option<Id>,
    /// A key of a measure.
    pub measure: String,
    /// With which verdict.
    pub verdict: Option<Verdict>,
    /// Only what was attached before this entry: the place in the list.
    pub before: Option<i64>,
}

/// The evidence that `filter` means, the newest first; one statement.
pub async fn list(conn: &mut AnyConnection, filter: &Filter, limit: i64) -> Result<Vec<Listed>, sqlx::Error> {
    let rows = sqlx::query(LIST)
        .bind(filter.recommendation.as_ref().map_or("", Id::as_str))
        .bind(&filter.measure)
        .bind(filter.verdict.map_or("", Verdict::as_str))
        .bind(filter.before.unwrap_or(i64::MAX))
        .bind(limit)
        .fetch_all(conn)
        .await?;
    rows.iter().map(read).collect()
}

/// The evidence of a recommendation, the first attached first; one statement.
pub async fn of_recommendation(conn: &mut AnyConnection, id: &Id) -> Result<Vec<Listed>, sqlx::Error> {
    let filter = Filter { recommendation: Some(id.clone()), ..Filter::default() };
    let mut all = list(conn, &filter, i64::MAX).await?;
    all.reverse();
    Ok(all)
}

/// One piece of evidence; nothing where there is none.
pub async fn one(conn: &mut AnyConnection, id: &Id) -> Result<Option<Listed>, sqlx::Error> {
    sqlx::query(ONE).bind(id.as_str()).fetch_optional(conn).await?.as_ref().map(read).transpose()
}

fn read(row: &AnyRow) -> Result<Listed, sqlx::Error> {
    let (id, verdict): (String, String) = (row.try_get(0)?, row.try_get(2)?);
    let (is_withdrawn, withdrawn): (i64, String) = (row.try_get(3)?, row.try_get(4)?);
    let attached: String = row.try_get(5)?;
    let damaged = |what: &str| sqlx::Error::Decode(format!("{what:?} is damaged evidence").into());
    Ok(Listed {
        id: Id::of_row(&id)?,
        seq: row.try_get(1)?,
        verdict: Verdict::of(&verdict).ok_or_else(|| damaged(&verdict))?,
        evidence: Evidence {
            attached: serde_json::from_str(&attached).map_err(|error| damaged(&error.to_string()))?,
            withdrawn: (is_withdrawn != 0).then_some(withdrawn),
        },
    })
}
