//! The only SQL about inspections. Span rows: as at any position is plain SQL.

use std::sync::LazyLock;

use journal::{Entry, Id, Noun, OPEN_END, Refusal, Tx};
use sqlx::AnyConnection;

use super::rules::{self, Command, Fact, Inspection, Kind, Known};
use crate::part::{self, Cells, Part};

const CLOSE: &str = "update inspection set until_seq = $1 where id = $2 and until_seq = $3";
const INSERT: &str = "insert into inspection
    (id, since_seq, until_seq, title, code, kind, published_on, inspectorate, addressees)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
/// Its rows in the register.
pub(crate) const PART: Part = Part {
    what: "inspection",
    texts: &["id", "title", "code", "kind", "published_on", "inspectorate", "addressees"],
    number: "since_seq",
    from: "inspection where since_seq <= $1 and until_seq > $1",
    subject: "id",
    is_together: false,
};

static ALL: LazyLock<String> = LazyLock::new(|| PART.alone(""));
static ONE: LazyLock<String> = LazyLock::new(|| PART.alone("id = $2"));

/// Every statement, for the test that prepares them on both engines.
pub fn statements() -> [&'static str; 4] {
    [CLOSE, INSERT, &ALL, &ONE]
}

/// The inspection as a noun.
pub struct Inspections;

impl Noun for Inspections {
    type State = Inspection;
    type Command = Command;
    type Fact = Fact;
    type Known = Known;

    fn decide(known: &Known, was: Option<&Inspection>, command: Command) -> Result<Fact, Refusal> {
        rules::decide(known, was, command)
    }

    fn apply(was: Option<Inspection>, fact: &Fact) -> Inspection {
        rules::apply(was, fact)
    }

    async fn save(tx: &mut Tx, entry: &Entry, id: &Id, state: &Inspection) -> Result<(), sqlx::Error> {
        sqlx::query(CLOSE).bind(entry.seq).bind(id.as_str()).bind(OPEN_END).execute(&mut **tx).await?;
        sqlx::query(INSERT)
            .bind(id.as_str())
            .bind(entry.seq)
            .bind(OPEN_END)
            .bind(&state.title)
            .bind(&state.code)
            .bind(state.kind.as_str())
            .bind(state.published_on.to_string())
            .bind(&state.inspectorate)
            .bind(state.addressees.join("\n"))
            .execute(&mut **tx)
            .await?;
        Ok(())
    }
}

/// All inspections as at position `seq`, the latest published first.
pub async fn all(conn: &mut AnyConnection, seq: i64) -> Result<Vec<(Id, Inspection)>, sqlx::Error> {
    let mut all = part::all(conn, sqlx::query(ALL.as_str()).bind(seq), read).await?;
    sort(&mut all);
    Ok(all)
}

/// The latest published first.
pub(crate) fn sort(inspections: &mut [(Id, Inspection)]) {
    inspections.sort_by(|(_, a), (_, b)| (b.published_on, &a.title).cmp(&(a.published_on, &b.title)));
}

/// One inspection as at position `seq`.
pub async fn one(conn: &mut AnyConnection, id: &Id, seq: i64) -> Result<Option<Inspection>, sqlx::Error> {
    let query = sqlx::query(ONE.as_str()).bind(seq).bind(id.as_str());
    Ok(part::all(conn, query, read).await?.pop().map(|(_, inspection)| inspection))
}

/// What the rule has to know about the others.
pub async fn known(conn: &mut AnyConnection, but: &Id) -> Result<Known, sqlx::Error> {
    let others = all(conn, OPEN_END - 1).await?.into_iter().filter(|(id, _)| id != but);
    Ok(Known { taken: others.map(|(_, one)| (one.title, one.code)).collect() })
}

/// What a row of [`PART`] says.
pub(crate) fn read(row: &Cells) -> Result<(Id, Inspection), sqlx::Error> {
    let id = row.text(0)?;
    let kind = row.text(3)?;
    let published_on = row.text(4)?;
    let addressees = row.text(6)?;
    let damaged = |what: &str| sqlx::Error::Decode(format!("inspection {id}: {what}").into());
    let inspection = Inspection {
        title: row.owned(1)?,
        code: row.owned(2)?,
        kind: Kind::read(kind).ok_or_else(|| damaged(kind))?,
        published_on: published_on.parse().map_err(|_| damaged(published_on))?,
        inspectorate: row.owned(5)?,
        addressees: addressees.lines().map(str::to_owned).collect(),
    };
    Ok((Id::read(id).ok_or_else(|| damaged("no identity"))?, inspection))
}
