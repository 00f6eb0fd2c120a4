//! Inspections under way: the list, one of them, and the forms.

use axum::{
    Router,
    extract::{Path, Query as Asked, RawQuery, State},
    response::Response,
    routing::get,
};
use jiff::Timestamp;
use journal::{Actor, AsAt, Connection, DatabaseError, Entry, Id, OPEN_END, Refusal, Tx, act, position};
use serde::Deserialize;
use users::User;
use web::{Accepts, Problem, Site, Typed, show};

use super::{
    forms::{CHANGES, details, fields},
    rows::{InspectionsUnderway, all, known, one},
    rules::{Command, Details, Fact, Stage, still_going},
    views::{Around, Query, list_page, show_page},
};
use crate::{
    beside::pages::{Beside, Change, Form, NEW, Told, done_words, moments, offered},
    inspection,
    pages::{Stored, read_id},
    words,
};

/// The addresses of inspections under way.
pub fn routes() -> Router<Site> {
    Router::new()
        .route("/inspections-under-way", get(list))
        .route("/inspections-under-way/{id}", get(show_one))
        .merge(crate::beside::pages::routes::<InspectionsUnderway>())
}

/// `GET /inspections-under-way`
async fn list(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    RawQuery(raw): RawQuery,
) -> Result<Response, Problem> {
    who.may("plan.read")?;
    let query: Query = serde_html_form::from_str(raw.as_deref().unwrap_or_default()).map_err(|_| {
        Refusal::of("words", "The address of this list is damaged. Start from the whole list again.")
    })?;
    let (as_at, error) = match AsAt::read(&query.as_at) {
        Ok(as_at) => (as_at, None),
        Err(refusal) if accepts.html => (AsAt::Now, Some(refusal.sentence.to_string())),
        Err(refusal) => return Err(refusal.into()),
    };
    let mut read = site.read().await?;
    let position = position(&mut read, as_at, site.now()).await?;
    let underway = all(&mut read, position.seq).await?;
    show(accepts, &list_page(position, &underway, &query, &who, error))
}

/// What the address of a page may ask.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Seen {
    as_at: String,
    done: String,
}

/// `GET /inspections-under-way/{id}`
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
    let position = position(&mut read, AsAt::read(&seen.as_at)?, site.now()).await?;
    let underway = one(&mut read, &id, position.seq).await?.ok_or(Problem::NotFound)?;
    let outcome = match &underway.inspection {
        Some(id) => inspection::rows::one(&mut read, id, position.seq).await?,
        None => None,
    };
    let words: &[&str] = match (underway.stage, position.is_past) {
        (_, true) => &[],
        (Stage::Published | Stage::Abandoned, false) => &["correction"],
        (Stage::Drafting, false) => &["publication", "abandonment", "correction"],
        (Stage::Announced | Stage::Fieldwork, false) => {
            &["stage", "publication", "abandonment", "correction"]
        }
    };
    let around = Around {
        outcome: outcome.map(|one| one.title),
        history: moments(&mut read, &id, position.seq, tell).await?,
        steps: offered::<InspectionsUnderway>(&who, &id, words),
        notice: done_words::<InspectionsUnderway>(&seen.done),
    };
    show(accepts, &show_page(position, &id, &underway, &who, around))
}

fn tell(entry: &Entry) -> Result<Option<Told>, DatabaseError> {
    let Some(fact) = entry.fact::<Fact>()? else { return Ok(None) };
    Ok(Some(match fact {
        Fact::Announced { title, kind, inspectorate, partners, on } => (
            format!("Announced on {}", words::day(on)),
            vec![
                ("Title", title),
                ("Kind", kind.words().to_owned()),
                ("Inspectorate", inspectorate),
                ("Joint with", partners.join("\n")),
            ],
        ),
        Fact::Advanced { stage, on } => (format!("{} since {}", stage.words(), words::day(on)), Vec::new()),
        Fact::Published { on, .. } => (format!("Published on {}", words::day(on)), Vec::new()),
        Fact::Abandoned { reason, on } => {
            (format!("Abandoned on {}", words::day(on)), vec![("Reason", reason)])
        }
        Fact::Corrected { underway, reason } => (
            "Corrected".to_owned(),
            vec![
                ("Reason", reason),
                ("Title", underway.title),
                ("Kind", underway.kind.words().to_owned()),
                ("Inspectorate", underway.inspectorate),
                ("Joint with", underway.partners.join("\n")),
                ("Announced on", words::day(underway.announced_on)),
                ("Stage", format!("{} since {}", underway.stage.words(), words::day(underway.stage_on))),
            ],
        ),
    }))
}

impl Beside for InspectionsUnderway {
    const ADDRESS: &'static str = "/inspections-under-way";
    const LIST: &'static str = "Inspections under way";
    const CHANGES: &'static [Change] = &CHANGES;

    async fn form(
        conn: &mut Connection,
        now: Timestamp,
        id: Option<&Id>,
        word: &str,
        typed: &Typed,
    ) -> Result<Form, Problem> {
        let Some(id) = id else {
            return Ok(Form { label: String::new(), about: String::new(), fields: details(typed) });
        };
        let underway = one(&mut *conn, id, OPEN_END - 1).await?.ok_or(Problem::NotFound)?;
        if word != "correction" {
            still_going(&underway)?;
        }
        let mut inspections = Vec::new();
        if word == "publication" {
            let carried = all(&mut *conn, OPEN_END - 1).await?;
            inspections = inspection::rows::all(conn, OPEN_END - 1).await?;
            inspections.retain(|(id, _)| carried.iter().all(|(_, one)| one.inspection.as_ref() != Some(id)));
        }
        let today = words::day(crate::register::rules::scottish_day(now));
        let fields = fields(&underway, &inspections, today, word, typed);
        Ok(Form { about: underway.title.clone(), label: underway.title, fields })
    }

    async fn store(tx: &mut Tx, site: &Site, who: &Actor, id: &Id, word: &str, typed: &Typed) -> Stored {
        let command = command(word, typed);
        let inspection = match &command {
            Command::Publish { inspection } => inspection.clone(),
            _ => None,
        };
        let known = known(tx, id, inspection.as_ref(), site.today()).await?;
        act::<InspectionsUnderway>(tx, who, site.now(), id, &known, command).await
    }
}

/// The command that a form means.
fn command(word: &str, typed: &Typed) -> Command {
    let text = |name: &str| typed.get(name).to_owned();
    let details = || Details {
        title: text("title"),
        kind: text("kind"),
        inspectorate: text("inspectorate"),
        partners: text("partners"),
        announced_on: text("announced_on"),
    };
    match word {
        NEW => Command::Announce { details: details() },
        "stage" => Command::Advance { stage: text("stage"), on: text("on") },
        "publication" => Command::Publish { inspection: Id::read(typed.get("inspection")) },
        "abandonment" => Command::Abandon { reason: text("reason"), on: text("on") },
        _ => Command::Correct {
            details: details(),
            stage: text("stage"),
            stage_on: text("stage_on"),
            reason: text("reason"),
        },
    }
}
