//! The only SQL about sources and their statements. Span rows.

use jiff::civil::Date;
use journal::{Entry, Id, Noun, OPEN_END, Refusal, Tx, history};
use sqlx::{AnyConnection, Row, any::AnyRow};

use super::rules::{self, About, Cited, Command, Fact, Known, Quantity, Source, Statement};
use crate::part::{NUMBER, Part};

const CLOSE: &str = "update source set until_seq = $1 where id = $2 and until_seq = $3";
const INSERT: &str = "insert into source
    (id, since_seq, until_seq, title, meeting_on, published_on, reference)
    values ($1, $2, $3, $4, $5, $6, $7)";
const CLOSE_STATEMENT: &str =
    "update source_statement set until_seq = $1 where source = $2 and no = $3 and until_seq = $4";
const INSERT_STATEMENT: &str = "insert into source_statement
    (source, no, since_seq, until_seq, about_kind, about, quantity, value, words, as_on)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
const AS_AT: &str = "select s.id, s.title, s.meeting_on, s.published_on, s.reference,
    t.no, t.about_kind, t.about, t.quantity, t.value, t.words, t.as_on
    from source s left join source_statement t
    on t.source = s.id and t.since_seq <= $1 and t.until_seq > $1
    where s.since_seq <= $1 and s.until_seq > $1
    order by coalesce(s.meeting_on, s.published_on, '') desc, s.id, t.no";

/// Its rows for the check.
pub(crate) const PART: Part = Part {
    what: "source",
    texts: &["id", "title", "meeting_on", "published_on", "reference"],
    number: "since_seq",
    from: "source where since_seq <= $1 and until_seq > $1",
    subject: "id",
};

/// The rows of its statements for the check.
pub(crate) const CITED: Part = Part {
    what: "statement",
    texts: &["source", "about_kind", "about", "quantity", "value", "words", "as_on"],
    number: "no",
    from: "source_statement where since_seq <= $1 and until_seq > $1",
    subject: "source",
};

/// Every statement, for the test that prepares them on both engines.
pub const STATEMENTS: [&str; 5] = [CLOSE, INSERT, CLOSE_STATEMENT, INSERT_STATEMENT, AS_AT];

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
    let mut all: Vec<(Id, Source)> = Vec::new();
    for row in sqlx::query(AS_AT).bind(seq).fetch_all(conn).await? {
        let text: String = row.try_get(0)?;
        let id = Id::read(&text).ok_or_else(|| damaged(&text, "its identity"))?;
        if all.last().is_none_or(|(last, _)| *last != id) {
            all.push(read(&row)?);
        }
        let Some(no) = row.try_get::<Option<i64>, _>(5)? else { continue };
        if let Some((_, source)) = all.last_mut() {
            source.statements.push(cited(&row, 6, no, &text)?);
        }
    }
    Ok(all)
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

/// What a row of [`PART`] says: a source without its statements.
pub(crate) fn read(row: &AnyRow) -> Result<(Id, Source), sqlx::Error> {
    let text: String = row.try_get(0)?;
    let source = Source {
        title: row.try_get(1)?,
        meeting_on: day(row, 2, &text)?,
        published_on: day(row, 3, &text)?,
        reference: row.try_get(4)?,
        ..Source::default()
    };
    Ok((Id::read(&text).ok_or_else(|| damaged(&text, "its identity"))?, source))
}

/// What a row of [`CITED`] says, with its source.
pub(crate) fn read_cited(row: &AnyRow) -> Result<(String, Cited), sqlx::Error> {
    let source: String = row.try_get(0)?;
    let cited = cited(row, 1, row.try_get(NUMBER)?, &source)?;
    Ok((source, cited))
}

/// The statement with that number, whose columns begin at `first`.
fn cited(row: &AnyRow, first: usize, no: i64, source: &str) -> Result<Cited, sqlx::Error> {
    let (kind, about): (String, String) = (row.try_get(first)?, row.try_get(first + 1)?);
    let quantity: String = row.try_get(first + 2)?;
    let id = || Id::read(&about).ok_or_else(|| damaged(source, &about));
    let about = match kind.as_str() {
        "portfolio" => About::Portfolio,
        "inspection" => About::Inspection(id()?),
        "recommendation" => About::Recommendation(id()?),
        "theme" => About::Theme(about),
        other => return Err(damaged(source, other)),
    };
    let statement = Statement {
        about,
        quantity: Quantity::read(&quantity).ok_or_else(|| damaged(source, &quantity))?,
        value: row.try_get(first + 3)?,
        words: row.try_get(first + 4)?,
        as_on: day(row, first + 5, source)?.ok_or_else(|| damaged(source, "a statement without a day"))?,
    };
    Ok(Cited { no, statement, withdrawn: None })
}

fn day(row: &AnyRow, column: usize, source: &str) -> Result<Option<Date>, sqlx::Error> {
    let text: Option<String> = row.try_get(column)?;
    text.map(|text| text.parse().map_err(|_| damaged(source, &text))).transpose()
}

fn damaged(source: &str, what: &str) -> sqlx::Error {
    sqlx::Error::Decode(format!("source {source}: {what:?} is damaged").into())
}
