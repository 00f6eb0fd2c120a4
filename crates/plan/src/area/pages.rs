//! Areas for development: the list, its file, one of them, and the forms.

use axum::{
    Router,
    extract::{Path, Query as Asked, RawQuery, State},
    response::Response,
    routing::get,
};
use jiff::Timestamp;
use journal::{Actor, AsAt, Connection, DatabaseError, Entry, Id, OPEN_END, Refusal, Tx, act};
use serde::Deserialize;
use users::User;
use web::{Accepts, Field, Problem, Site, Typed, download, show};

use super::{
    list::{Placed, Query},
    rows::{Areas, known, one},
    rules::{Command, Fact, Mapping, Printed, still_open},
    shown::{Row, rows as shown_rows},
    views::{Around, list_page, show_page},
};
use crate::{
    beside::pages::{Beside, Change, Form, NEW, Told, done_words, moments, offered},
    pages::{Stored, read_id},
    register::{
        export::table_csv,
        kept, rows,
        rules::{Item, Register},
    },
    words,
};

/// The addresses of areas for development.
pub fn routes() -> Router<Site> {
    Router::new()
        .route("/areas", get(list))
        .route("/areas/export/csv", get(export))
        .route("/areas/{id}", get(show_one))
        .merge(crate::beside::pages::routes::<Areas>())
}

/// `GET /areas`
async fn list(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    RawQuery(raw): RawQuery,
) -> Result<Response, Problem> {
    who.may("plan.read")?;
    let query = read_query(raw.as_deref())?;
    // A moment that cannot be read is told at its field, and the list is shown as it is now.
    let (as_at, error) = match AsAt::read(&query.as_at) {
        Ok(as_at) => (as_at, None),
        Err(refusal) if accepts.html => (AsAt::Now, Some(refusal.sentence.to_string())),
        Err(refusal) => return Err(refusal.into()),
    };
    let mut read = site.read().await?;
    let register = kept::register(&site, &mut read, as_at).await?;
    show(accepts, &list_page(&register, &register.areas, &query, &who, error))
}

/// `GET /areas/export/csv`: what the list shows.
async fn export(State(site): State<Site>, who: User, RawQuery(raw): RawQuery) -> Result<Response, Problem> {
    who.may("plan.read")?;
    let query = read_query(raw.as_deref())?;
    let mut read = site.read().await?;
    let register = kept::register(&site, &mut read, AsAt::read(&query.as_at)?).await?;
    let name = format!("areas-for-development-at-entry-{}.csv", register.position.seq);
    Ok(download(&name, "text/csv; charset=utf-8", csv(&register, &query)?))
}

/// The list as CSV, with a byte order mark so that Excel reads it as UTF-8.
fn csv(register: &Register, query: &Query) -> Result<Vec<u8>, DatabaseError> {
    let heads = [
        "Inspection",
        "Reference",
        "Number",
        "Area for development",
        "Heading",
        "Printed under",
        "Actions",
        "Notes",
        "Contested",
        "State",
        "Closed on",
        "Why it was closed",
    ];
    let cells = |row: Row| {
        let of = |cell: fn(&super::shown::Mapped) -> String| {
            let cells: Vec<String> = row.mappings.iter().map(cell).filter(|text| !text.is_empty()).collect();
            cells.join("\n")
        };
        vec![
            row.inspection.clone(),
            row.label.clone(),
            row.number.clone(),
            row.text.clone(),
            row.heading.clone(),
            row.printed_under.clone().unwrap_or_default(),
            of(|one| format!("{} ({})", one.action, one.recommendation)),
            of(|one| one.note.clone()),
            of(|one| match &one.contested_by {
                Some(by) => format!("{}: {by}: {}", one.action, one.contested_words),
                None => String::new(),
            }),
            row.state.to_owned(),
            row.closed_on.clone(),
            row.closed_reason.clone(),
        ]
    };
    table_csv(&heads, shown_rows(register, &register.areas, query).into_iter().map(cells))
}

fn read_query(raw: Option<&str>) -> Result<Query, Problem> {
    serde_html_form::from_str(raw.unwrap_or_default()).map_err(|_| {
        Refusal::of("words", "The address of this list is damaged. Start from the whole list again.").into()
    })
}

/// What the address of a page may ask.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Seen {
    as_at: String,
    done: String,
}

/// `GET /areas/{id}`
async fn show_one(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Path(id): Path<String>,
    Asked(seen): Asked<Seen>,
) -> Result<Response, Problem> {
    who.may("plan.read")?;
    let id = read_id(&id)?;
    let mut read = site.read().await?;
    let register = kept::register(&site, &mut read, AsAt::read(&seen.as_at)?).await?;
    let position = register.position;
    let area = one(&mut read, &id, position.seq).await?.ok_or(Problem::NotFound)?;
    let words: &[&str] = match (&area.closed, position.is_past) {
        (_, true) => &[],
        (Some(_), false) => &["reopening"],
        (None, false) => &["mapping", "closing", "words"],
    };
    let around = Around {
        history: moments(&mut read, &id, position.seq, |entry| tell(entry, &register)).await?,
        steps: offered::<Areas>(&who, &id, words),
        mapping_steps,
        notice: done_words::<Areas>(&seen.done),
    };
    show(accepts, &show_page(Placed { id: &id, area: &area, register: &register }, &who, around))
}

/// What may be done to a mapping: the form, its words on the page, the permission.
fn mapping_steps(mapping: &Mapping) -> Vec<(&'static str, &'static str, &'static str)> {
    let contest = if mapping.contest.is_some() {
        ("settlement", "Settle the contest", "plan.register")
    } else {
        ("contest", "Contest the mapping", "plan.update")
    };
    vec![contest, ("unmapping", "Take the mapping away", "plan.register")]
}

fn tell(entry: &Entry, register: &Register) -> Result<Option<Told>, DatabaseError> {
    let Some(fact) = entry.fact::<Fact>()? else { return Ok(None) };
    let label = |id: &Id| register.item(id).map_or_else(String::new, Item::label);
    let under = |id: Option<Id>| ("Printed under", id.map_or_else(String::new, |id| label(&id)));
    Ok(Some(match fact {
        Fact::Made { number, text, heading, recommendation, .. } => (
            format!("Area for development {number} entered in the register"),
            vec![("", text), ("Heading", heading), under(recommendation)],
        ),
        Fact::Reworded { number, text, heading, recommendation, reason } => (
            format!("What is printed put right: {number}"),
            vec![("", text), ("Heading", heading), under(recommendation), ("Reason", reason)],
        ),
        Fact::Mapped { recommendation, action, note } => {
            (format!("Mapped to action {action} of {}", label(&recommendation)), vec![("Note", note)])
        }
        Fact::Unmapped { recommendation, action, reason } => (
            format!("No longer mapped to action {action} of {}", label(&recommendation)),
            vec![("Reason", reason)],
        ),
        Fact::Contested { action, by, words, .. } => {
            (format!("Mapping to action {action} contested by {by}"), vec![("", words)])
        }
        Fact::Settled { action, words, .. } => {
            (format!("Contest about action {action} settled: the mapping stands"), vec![("", words)])
        }
        Fact::Closed { reason, on } => (format!("Closed on {}", words::day(on)), vec![("Reason", reason)]),
        Fact::Reopened { reason } => ("Opened again".to_owned(), vec![("Reason", reason)]),
    }))
}

impl Beside for Areas {
    const ADDRESS: &'static str = "/areas";
    const LIST: &'static str = "Areas for development";
    const CHANGES: &'static [Change] = &super::forms::CHANGES;

    async fn form(
        conn: &mut Connection,
        now: Timestamp,
        id: Option<&Id>,
        word: &str,
        typed: &Typed,
    ) -> Result<Form, Problem> {
        let register = rows::load(&mut *conn, AsAt::Now, now).await?;
        let Some(id) = id else {
            let fields = super::forms::new_fields(&register, typed);
            return Ok(Form { label: String::new(), about: String::new(), fields });
        };
        let area = one(conn, id, OPEN_END - 1).await?.ok_or(Problem::NotFound)?;
        if word != "reopening" {
            still_open(&area)?;
        }
        let fields: Vec<Field> = super::forms::fields(&register, &area, word, typed);
        let label = Placed { id, area: &area, register: &register }.label();
        Ok(Form { about: format!("{label} {}", area.text), label, fields })
    }

    async fn store(tx: &mut Tx, site: &Site, who: &Actor, id: &Id, word: &str, typed: &Typed) -> Stored {
        let was = one(tx, id, OPEN_END - 1).await?;
        let inspection = match &was {
            Some(area) => Some(area.inspection.clone()),
            None => Id::read(typed.get("inspection")),
        };
        let (command, mapped) = match command(inspection.clone(), word, typed) {
            Ok(read) => read,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let known = known(tx, inspection.as_ref(), id, mapped.as_ref(), site.today()).await?;
        act::<Areas>(tx, who, site.now(), id, &known, command).await
    }
}

/// The command that a form means, and the recommendation whose actions it names.
fn command(inspection: Option<Id>, word: &str, typed: &Typed) -> Result<(Command, Option<Id>), Refusal> {
    let text = |name: &str| typed.get(name).to_owned();
    let reason = text("reason");
    let about_printed = match word {
        NEW => Some(Command::Make { inspection, printed: printed(typed)? }),
        "words" => Some(Command::Reword { printed: printed(typed)?, reason: reason.clone() }),
        "closing" => Some(Command::Close { reason: reason.clone(), on: text("on") }),
        "reopening" => Some(Command::Reopen { reason: reason.clone() }),
        _ => None,
    };
    if let Some(command) = about_printed {
        return Ok((command, None));
    }
    let (recommendation, action) = read_action(typed)?;
    let mapped = recommendation.clone();
    let command = match word {
        "mapping" => Command::Map { recommendation, action, note: text("note") },
        "unmapping" => Command::Unmap { recommendation, action, reason },
        "contest" => Command::Contest { recommendation, action, by: text("by"), words: text("words") },
        _ => Command::Settle { recommendation, action, words: text("words") },
    };
    Ok((command, Some(mapped)))
}

fn printed(typed: &Typed) -> Result<Printed, Refusal> {
    let under = typed.get("recommendation").trim();
    let recommendation = match Id::read(under) {
        None if !under.is_empty() => {
            return Err(Refusal::of("recommendation", "Choose a recommendation of its inspection, or none."));
        }
        read => read,
    };
    let text = |name: &str| typed.get(name).to_owned();
    Ok(Printed { number: text("number"), text: text("text"), heading: text("heading"), recommendation })
}

/// The action that a form or a program names: "ID 7.5" in one field, or `recommendation` and `action`.
fn read_action(typed: &Typed) -> Result<(Id, String), Refusal> {
    let given = typed.get("action").trim();
    let (recommendation, action) = match given.split_once(' ') {
        Some((id, number)) if Id::read(id).is_some() => (id, number),
        _ => (typed.get("recommendation").trim(), given),
    };
    Id::read(recommendation)
        .filter(|_| !action.is_empty())
        .map(|id| (id, action.trim().to_owned()))
        .ok_or_else(|| Refusal::of("action", "Choose an action."))
}
