//! The only SQL about sources and their statements. Span rows.

use std::{cmp::Reverse, collections::BTreeMap, sync::LazyLock};

use jiff::civil::Date;
use journal::{Entry, Id, Noun, OPEN_END, Refusal, Tx, history};
use sqlx::AnyConnection;

use super::rules::{self, About, Cited, Command, Fact, Known, Quantity, Source, Statement};
use crate::part::{Cells, Part, each, union};

const CLOSE: &str = "update source set until_seq = $1 where id = $2 and until_seq = $3";
const INSERT: &str = "insert into source
    (id, since_seq, until_seq, title, meeting_on, published_on, reference)
    values ($1, $2, $3, $4, $5, $6, $7)";
const CLOSE_STATEMENT: &str =
    "update source_statement set until_seq = $1 where source = $2 and no = $3 and until_seq = $4";
const INSERT_STATEMENT: &str = "insert into source_statement
    (source, no, since_seq, until_seq, about_kind, about, quantity, value, words, as_on)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
/// Every source with its statements as at `$1`.
static ALL: LazyLock<String> = LazyLock::new(|| union([(&PART, ""), (&CITED, "")].into_iter()));

/// Its rows for the check.
pub(crate) const PART: Part = Part {
    what: "source",
    texts: &["id", "title", "meeting_on", "published_on", "reference"],
    number: "since_seq",
    from: "source where since_seq <= $1 and until_seq > $1",
    subject: "id",
    is_together: false,
};

/// The rows of its statements for the check.
pub(crate) const CITED: Part = Part {
    what: "statement",
    texts: &["source", "about_kind", "about", "quantity", "value", "words", "as_on"],
    number: "no",
    from: "source_statement where since_seq <= $1 and until_seq > $1",
    subject: "source",
    is_together: false,
};

/// Every statement, for the test that prepares them on both engines.
pub fn statements() -> [&'static str; 5] {
    [CLOSE, INSERT, CLOSE_STATEMENT, INSERT_STATEMENT, &ALL]
}

/// The source as a noun.
pub struct Sources;

impl Noun for Sources {
    type State = Source;
    type Command = Command;
    type Fact = Fact;
    type Known = Known;

    fn decide(known: &Known, was: Option<&Source>, command: Command) -> Result<Fact, Refusal> {
        rules::decide(known, was, command)
    }

    fn apply(was: Option<Source>, fact: &Fact) -> Source {
        rules::apply(was, fact)
    }

    async fn save(tx: &mut Tx, entry: &Entry, id: &Id, state: &Source) -> Result<(), sqlx::Error> {
        match state.touched {
            Some(no) => save_statement(tx, entry, id, state, no).await,
            None => save_source(tx, entry, id, state).await,
        }
    }
}

async fn save_source(tx: &mut Tx, entry: &Entry, id: &Id, state: &Source) -> Result<(), sqlx::Error> {
    sqlx::query(CLOSE).bind(entry.seq).bind(id.as_str()).bind(OPEN_END).execute(&mut **tx).await?;
    sqlx::query(INSERT)
        .bind(id.as_str())
        .bind(entry.seq)
        .bind(OPEN_END)
        .bind(&state.title)
        .bind(state.meeting_on.map(|on| on.to_string()))
        .bind(state.published_on.map(|on| on.to_string()))
        .bind(&state.reference)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

async fn save_statement(
    tx: &mut Tx,
    entry: &Entry,
    id: &Id,
    state: &Source,
    no: i64,
) -> Result<(), sqlx::Error> {
    let Some(cited) = state.statements.iter().find(|one| one.no == no) else { return Ok(()) };
    if cited.withdrawn.is_some() {
        let close = sqlx::query(CLOSE_STATEMENT).bind(entry.seq).bind(id.as_str()).bind(no).bind(OPEN_END);
        close.execute(&mut **tx).await?;
        return Ok(());
    }
    let statement = &cited.statement;
    let (about_kind, about) = match &statement.about {
        About::Portfolio => ("portfolio", ""),
        About::Inspection(id) => ("inspection", id.as_str()),
        About::Recommendation(id) => ("recommendation", id.as_str()),
        About::Theme(theme) => ("theme", theme.as_str()),
    };
    sqlx::query(INSERT_STATEMENT)
        .bind(id.as_str())
        .bind(no)
        .bind(entry.seq)
        .bind(OPEN_END)
        .bind(about_kind)
        .bind(about)
        .bind(statement.quantity.as_str())
        .bind(&statement.value)
        .bind(&statement.words)
        .bind(statement.as_on.to_string())
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Every source as at position `seq` with the statements that count, the latest paper first.
pub async fn all(conn: &mut AnyConnection, seq: i64) -> Result<Vec<(Id, Source)>, sqlx::Error> {
    let mut read = Read::default();
    each(conn, sqlx::query(ALL.as_str()).bind(seq), |row| read.take(row).map(|_| ())).await?;
    Ok(read.sources())
}

/// One source as the journal tells it, with what was withdrawn; nothing if there is no such source.
pub async fn whole(conn: &mut AnyConnection, id: &Id) -> Result<Option<Source>, sqlx::Error> {
    let mut source = None;
    for entry in history(conn, id, OPEN_END - 1).await? {
        if let Some(fact) = entry.fact::<Fact>()? {
            source = Some(rules::apply(source, &fact));
        }
    }
    Ok(source)
}

/// What the rule has to know: the references of the others, and what a statement may be about. The
/// register is loaded by whoever cites.
pub async fn references(conn: &mut AnyConnection, but: &Id) -> Result<Vec<String>, sqlx::Error> {
    let others = all(conn, OPEN_END - 1).await?.into_iter().filter(|(id, _)| id != but);
    Ok(others.map(|(_, source)| source.reference).filter(|one| !one.is_empty()).collect())
}

/// Rows of sources and of their statements, as they are read.
#[derive(Default)]
pub(crate) struct Read {
    sources: Vec<(Id, Source)>,
    statements: BTreeMap<String, Vec<Cited>>,
}

impl Read {
    /// Takes a row of [`PART`] or [`CITED`]; says whether it is one.
    pub(crate) fn take(&mut self, row: &Cells) -> Result<bool, sqlx::Error> {
        match row.what {
            "source" => self.sources.push(read(row)?),
            "statement" => {
                let source = row.text(0)?;
                let cited = cited(row, source)?;
                self.statements.entry(source.to_owned()).or_default().push(cited);
            }
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// The sources with the statements that count, the latest paper first.
    pub(crate) fn sources(mut self) -> Vec<(Id, Source)> {
        for (id, source) in &mut self.sources {
            source.statements = self.statements.remove(id.as_str()).unwrap_or_default();
            source.statements.sort_by_key(|cited| cited.no);
        }
        self.sources.sort_by_cached_key(|(id, source)| {
            (Reverse(source.meeting_on.or(source.published_on)), id.clone())
        });
        self.sources
    }
}

/// What a row of [`PART`] says: a source without its statements.
fn read(row: &Cells) -> Result<(Id, Source), sqlx::Error> {
    let text = row.text(0)?;
    let source = Source {
        title: row.owned(1)?,
        meeting_on: day(row, 2, text)?,
        published_on: day(row, 3, text)?,
        reference: row.owned(4)?,
        ..Source::default()
    };
    Ok((Id::read(text).ok_or_else(|| damaged(text, "its identity"))?, source))
}

/// What a row of [`CITED`] says.
fn cited(row: &Cells, source: &str) -> Result<Cited, sqlx::Error> {
    let (kind, about, quantity) = (row.text(1)?, row.text(2)?, row.text(3)?);
    let id = || Id::read(about).ok_or_else(|| damaged(source, about));
    let about = match kind {
        "portfolio" => About::Portfolio,
        "inspection" => About::Inspection(id()?),
        "recommendation" => About::Recommendation(id()?),
        "theme" => About::Theme(about.to_owned()),
        other => return Err(damaged(source, other)),
    };
    let statement = Statement {
        about,
        quantity: Quantity::read(quantity).ok_or_else(|| damaged(source, quantity))?,
        value: row.owned(4)?,
        words: row.owned(5)?,
        as_on: day(row, 6, source)?.ok_or_else(|| damaged(source, "a statement without a day"))?,
    };
    Ok(Cited { no: row.number, statement, withdrawn: None })
}

fn day(row: &Cells, column: usize, source: &str) -> Result<Option<Date>, sqlx::Error> {
    let text = row.maybe(column)?;
    text.map(|text| text.parse().map_err(|_| damaged(source, text))).transpose()
}

fn damaged(source: &str, what: &str) -> sqlx::Error {
    sqlx::Error::Decode(format!("source {source}: {what:?} is damaged").into())
}
