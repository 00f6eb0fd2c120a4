//! What the check looks at beside the register, in one statement: what earlier papers said, and what is accepted.

use std::{cmp::Reverse, collections::BTreeMap, sync::LazyLock};

use journal::Id;
use sqlx::{AnyConnection, Row};

use crate::{
    finding::{self, rows::All},
    part::{Part, WHAT, union},
    source::{
        self,
        rules::{Cited, Source},
    },
};

const PARTS: [Part; 3] = [source::rows::PART, source::rows::CITED, finding::rows::PART];
static BESIDE: LazyLock<String> = LazyLock::new(|| union(PARTS.iter().map(|part| (part, ""))));

/// Every statement, for the test that prepares them on both engines.
pub fn statements() -> [&'static str; 1] {
    [&BESIDE]
}

/// What is beside the register as at position `seq`: the sources with the statements that count, the latest paper
/// first, and everything that is accepted.
pub async fn beside(conn: &mut AnyConnection, seq: i64) -> Result<(Vec<(Id, Source)>, All), sqlx::Error> {
    let (mut sources, mut accepted) = (Vec::new(), All::new());
    let mut statements: BTreeMap<String, Vec<Cited>> = BTreeMap::new();
    for row in sqlx::query(BESIDE.as_str()).bind(seq).fetch_all(conn).await? {
        match row.try_get(WHAT)? {
            "source" => sources.push(source::rows::read(&row)?),
            "statement" => {
                let (source, cited) = source::rows::read_cited(&row)?;
                statements.entry(source).or_default().push(cited);
            }
            "accepted" => {
                let (key, one) = finding::rows::read(&row)?;
                accepted.insert(key, one);
            }
            other => return Err(sqlx::Error::Decode(format!("a row of {other:?}").into())),
        }
    }
    for (id, source) in &mut sources {
        source.statements = statements.remove(id.as_str()).unwrap_or_default();
        source.statements.sort_by_key(|cited| cited.no);
    }
    sources
        .sort_by_cached_key(|(id, source)| (Reverse(source.meeting_on.or(source.published_on)), id.clone()));
    Ok((sources, accepted))
}
