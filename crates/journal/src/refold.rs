//! Folding the whole journal again: what `check` compares with the rows and `rebuild` repairs them by.

use std::{collections::BTreeMap, fmt::Write};

use sqlx::{AnyConnection, AssertSqlSafe, Column, Row};

use crate::{Entry, Fact, Id, Tx};

/// The states of one noun while the journal is folded from its start.
#[derive(Debug, Clone)]
pub struct Folded<S>(BTreeMap<Id, S>);

impl<S> Default for Folded<S> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<S: Clone> Folded<S> {
    /// Takes `entry` into the fold; gives the new state if the entry is one of `F`'s noun.
    pub fn step<F: Fact>(
        &mut self,
        entry: &Entry,
        apply: impl Fn(Option<S>, &F) -> S,
    ) -> Result<Option<S>, sqlx::Error> {
        let Some(fact) = entry.fact::<F>()? else { return Ok(None) };
        let was = self.0.remove(&entry.subject);
        let state = apply(was, &fact);
        self.0.insert(entry.subject.clone(), state.clone());
        Ok(Some(state))
    }

    /// The states, by subject.
    pub fn states(&self) -> &BTreeMap<Id, S> {
        &self.0
    }
}

/// The rows of `tables` as text, one line a row, sorted: equal text is equal rows.
pub async fn dump(conn: &mut AnyConnection, tables: &[&str]) -> Result<Vec<String>, sqlx::Error> {
    let mut lines = Vec::new();
    for table in tables {
        // The names are constants of the rooms.
        let rows = sqlx::query(AssertSqlSafe(format!("select * from {table}"))).fetch_all(&mut *conn).await?;
        for row in &rows {
            let mut line = format!("{table}:");
            for (index, column) in row.columns().iter().enumerate() {
                let text = row
                    .try_get::<Option<String>, _>(index)
                    .or_else(|_| row.try_get::<Option<i64>, _>(index).map(|n| n.map(|n| n.to_string())))?;
                let text = text.unwrap_or_else(|| "null".to_owned());
                let _ = write!(line, " {}={text:?}", column.name()); // writing to a string cannot fail
            }
            lines.push(line);
        }
    }
    lines.sort();
    Ok(lines)
}

/// Empties `tables`, before the journal is folded into them anew.
pub async fn clear(tx: &mut Tx, tables: &[&str]) -> Result<(), sqlx::Error> {
    for table in tables {
        sqlx::query(AssertSqlSafe(format!("delete from {table}"))).execute(&mut **tx).await?;
    }
    Ok(())
}
