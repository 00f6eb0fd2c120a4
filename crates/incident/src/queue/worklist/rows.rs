//! The only SQL of queues: what waits, read once and then followed from entry to entry, and the words of one page.
//!
//! The clocks of every row are needed for the order and the counts; its words are read only where they are shown.

use std::{collections::BTreeMap, sync::Arc};

use contact::thrive::rules::{Element, Level};
use journal::{Id, Journal, Reading, head, reference};
use sqlx::{AnyConnection, Row, any::AnyRow};

use super::{
    choices::Risk,
    rules::{PAGE, Waiting},
};
use crate::{
    incident::list::rows::{assessed_incidents, stood, stood_columns},
    queue::rules::queued_as_assessed,
};

/// A statement that asks for what the place of an incident in a list is read from.
macro_rules! waiting {
    ($rest:expr) => {
        concat!(
            "select i.id, i.seq, a.threat, a.harm, a.risk, a.investigation, a.vulnerability, a.engagement, ",
            stood_columns!(),
            " from ",
            assessed_incidents!(),
            " ",
            $rest
        )
    };
}

const OPEN: &str = waiting!("where i.closed_at is null");
/// Every incident that an entry after `$1` up to `$2` is about, or about a contact of it; open or not.
const CHANGED: &str = waiting!(
    "where i.id in (select j.subject from journal j where j.seq > $1 and j.seq <= $2
    union select c.incident from incident_contact c
    where c.contact in (select k.subject from journal k where k.seq > $1 and k.seq <= $2))"
);
const SHOWN: &str = "select id, summary, place, incident_type, qualifiers from incident where id in (
    $1, $2, $3, $4, $5, $6, $7, $8, $9, $10,
    $11, $12, $13, $14, $15, $16, $17, $18, $19, $20,
    $21, $22, $23, $24, $25, $26, $27, $28, $29, $30,
    $31, $32, $33, $34, $35, $36, $37, $38, $39, $40,
    $41, $42, $43, $44, $45, $46, $47, $48, $49, $50)";

/// Every statement, for the test that prepares them on both engines.
pub const STATEMENTS: [&str; 3] = [OPEN, CHANGED, SHOWN];

/// Where the six levels begin in a row, and where the columns of its standing.
const LEVELS: usize = 2;
const STANDING: usize = LEVELS + Element::ALL.len();

/// Every open incident as at an entry, in the order in which they were opened; without a word about anybody.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Worklist {
    /// The entry.
    pub seq: i64,
    all: BTreeMap<i64, Arc<Waiting>>,
}

impl Worklist {
    /// All of it.
    pub fn all(&self) -> impl Iterator<Item = &Waiting> {
        self.all.values().map(Arc::as_ref)
    }
}

/// What waits at the last entry that `read` sees: kept in memory for all who look at that entry, and followed from an
/// earlier one. Two statements, or one where it is kept.
pub async fn at_head(journal: &Journal, read: &mut Reading) -> Result<Arc<Worklist>, sqlx::Error> {
    let seq = head(&mut *read).await?;
    let kept = journal.kept_until::<Worklist>(seq);
    let now = match kept {
        Some(kept) if kept.seq == seq => return Ok(kept),
        Some(kept) => Arc::new(follow(read, &kept, seq).await?),
        None => Arc::new(load(read, seq).await?),
    };
    journal.keep(seq, Arc::clone(&now));
    Ok(now)
}

/// What waits at entry `seq`, the last that `conn` sees. One statement.
pub async fn load(conn: &mut AnyConnection, seq: i64) -> Result<Worklist, sqlx::Error> {
    let mut list = Worklist { seq, ..Worklist::default() };
    for row in sqlx::query(OPEN).fetch_all(conn).await? {
        list.take(&row)?;
    }
    Ok(list)
}

/// The same from what waited at an earlier entry: only what something happened to since is read anew. One statement.
pub async fn follow(conn: &mut AnyConnection, was: &Worklist, seq: i64) -> Result<Worklist, sqlx::Error> {
    let rows = sqlx::query(CHANGED).bind(was.seq).bind(seq).fetch_all(conn).await?;
    let mut list = Worklist { seq, all: was.all.clone() };
    for row in rows {
        list.take(&row)?;
    }
    Ok(list)
}

impl Worklist {
    /// Puts an incident where it is now: in its place, or out of the list once it is closed.
    fn take(&mut self, row: &AnyRow) -> Result<(), sqlx::Error> {
        let seq: i64 = row.try_get(1)?;
        let (standing, assessed) = stood(row, STANDING)?;
        let Some(queued) = queued_as_assessed(&standing, assessed) else {
            self.all.remove(&seq);
            return Ok(());
        };
        let id = Id::of_row(&row.try_get::<String, _>(0)?)?;
        self.all.insert(seq, Arc::new(Waiting { id, seq, risk: risk(row, seq)?, queued }));
        Ok(())
    }
}

/// The highest of the six levels of a row; each is empty where it was not considered.
fn risk(row: &AnyRow, seq: i64) -> Result<Risk, sqlx::Error> {
    let mut levels = Vec::new();
    for column in LEVELS..STANDING {
        let Some(key) = row.try_get::<Option<String>, _>(column)?.filter(|key| !key.is_empty()) else {
            continue;
        };
        levels.push(Level::of(&key).ok_or_else(|| {
            let incident = reference('I', seq);
            sqlx::Error::Decode(format!("the assessment of {incident}: {key:?} is no level").into())
        })?);
    }
    Ok(Risk::of_levels(levels))
}

/// What a page shows of an incident in words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Shown {
    /// The opening account; empty where there is none or it was erased.
    pub summary: String,
    /// The place in words; empty where it is not known or was erased.
    pub place: String,
    /// A key of a type.
    pub incident_type: String,
    /// Keys of qualifiers.
    pub qualifiers: Vec<String>,
}

/// The words of the incidents of one page, at most [`PAGE`] of them. One statement.
pub async fn shown(conn: &mut AnyConnection, page: &[&Waiting]) -> Result<BTreeMap<Id, Shown>, sqlx::Error> {
    let mut query = sqlx::query(SHOWN);
    for place in 0..PAGE {
        query = query.bind(page.get(place).map_or("", |one| one.id.as_str()));
    }
    let mut all = BTreeMap::new();
    for row in query.fetch_all(conn).await? {
        let shown = Shown {
            summary: row.try_get::<Option<String>, _>(1)?.unwrap_or_default(),
            place: row.try_get::<Option<String>, _>(2)?.unwrap_or_default(),
            incident_type: row.try_get(3)?,
            qualifiers: row.try_get::<String, _>(4)?.split_whitespace().map(str::to_owned).collect(),
        };
        all.insert(Id::of_row(&row.try_get::<String, _>(0)?)?, shown);
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_statement_of_a_page_has_a_place_for_each_of_its_rows() {
        assert_eq!(SHOWN.matches('$').count(), PAGE);
        assert!(SHOWN.contains(&format!("${PAGE})")));
    }
}
