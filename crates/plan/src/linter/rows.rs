//! What the check looks at beside the register, in one statement: what earlier papers said, and what is accepted.

use std::sync::LazyLock;

use journal::Id;
use sqlx::AnyConnection;

use crate::{
    finding::{self, rows::All},
    part::{Part, each, union},
    source::{self, rules::Source},
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
    let (mut sources, mut accepted) = (source::rows::Read::default(), All::new());
    each(conn, sqlx::query(BESIDE.as_str()).bind(seq), |row| {
        if !sources.take(row)? {
            let (key, one) = finding::rows::read(row)?;
            accepted.insert(key, one);
        }
        Ok(())
    })
    .await?;
    Ok((sources.sources(), accepted))
}
