//! Saving drafts and finding them again; who else has a record open.

use askama::Template;
use axum::{
    Json, Router,
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
    routing::{get, post, put},
};
use journal::{Id, clock};
use serde::{Deserialize, Serialize};
use users::User;
use web::{Accepts, Frame, Input, Problem, Section, Site, show};

use super::{
    rows::{self, Present},
    rules::{self, Draft, Save},
};

/// The addresses of drafts.
pub fn routes() -> Router<Site> {
    Router::new()
        .route("/drafts", get(list))
        .route("/drafts/{subject}", put(save).get(found))
        .route("/drafts/{subject}/presence", post(present))
        .route("/drafts/{subject}/discard", post(discard))
}

/// What a page hears when it has saved, or only said that it is there.
#[derive(Debug, Serialize)]
struct Heard {
    /// When the draft was saved, on the server's clock: "20:14:07"; nothing where a later one was there already.
    saved_at: Option<String>,
    /// Who else has the record open.
    others: Vec<Present>,
}

/// What a page finds when it is opened.
#[derive(Debug, Serialize)]
struct Found {
    mine: Vec<Draft>,
    others: Vec<Present>,
}

fn may(who: &User) -> Result<(), Problem> {
    if who.may_do("incident.work") { Ok(()) } else { who.may("contact.record") }
}

fn read_subject(text: &str) -> Result<Id, Problem> {
    Id::read(text).ok_or(Problem::NotFound)
}

/// `PUT /drafts/{subject}`
async fn save(
    State(site): State<Site>,
    who: User,
    Path(subject): Path<String>,
    input: Input<Save>,
) -> Result<Response, Problem> {
    may(&who)?;
    let subject = read_subject(&subject)?;
    let given = input.command?;
    let now = site.now();
    let mut tx = site.begin().await?;
    let was = rows::one(&mut tx, &subject, &who.id, &given.page).await?;
    let kept = rules::save(was.as_ref(), given, now)?;
    if let Some(draft) = &kept {
        rows::save(&mut tx, &subject, &who.id, draft).await?;
    }
    rows::here(&mut tx, &subject, &who.id, &who.name, now).await?;
    let others = rows::others(&mut tx, &subject, &who.id, rules::present_since(now)).await?;
    tx.commit().await?;
    Ok(Json(Heard { saved_at: kept.map(|draft| clock(draft.saved_at)), others }).into_response())
}

/// `GET /drafts/{subject}`
async fn found(
    State(site): State<Site>,
    who: User,
    Path(subject): Path<String>,
) -> Result<Response, Problem> {
    may(&who)?;
    let subject = read_subject(&subject)?;
    let mut read = site.read().await?;
    let mine = rows::mine(&mut read, &subject, &who.id).await?;
    let others = rows::others(&mut read, &subject, &who.id, rules::present_since(site.now())).await?;
    Ok(Json(Found { mine, others }).into_response())
}

/// `POST /drafts/{subject}/presence`
async fn present(
    State(site): State<Site>,
    who: User,
    Path(subject): Path<String>,
    _: Input<serde::de::IgnoredAny>,
) -> Result<Response, Problem> {
    may(&who)?;
    let subject = read_subject(&subject)?;
    let now = site.now();
    let mut tx = site.begin().await?;
    rows::here(&mut tx, &subject, &who.id, &who.name, now).await?;
    let others = rows::others(&mut tx, &subject, &who.id, rules::present_since(now)).await?;
    tx.commit().await?;
    Ok(Json(Heard { saved_at: None, others }).into_response())
}

/// Which draft to throw away.
#[derive(Debug, Deserialize)]
struct Which {
    page: String,
}

/// `POST /drafts/{subject}/discard`
async fn discard(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Path(subject): Path<String>,
    input: Input<Which>,
) -> Result<Response, Problem> {
    may(&who)?;
    let subject = read_subject(&subject)?;
    let which = input.command?;
    let mut tx = site.begin().await?;
    rows::discard(&mut tx, &subject, &who.id, &which.page).await?;
    tx.commit().await?;
    if accepts.html {
        return Ok(Redirect::to("/drafts").into_response());
    }
    Ok(Json(serde_json::json!({ "discarded": which.page })).into_response())
}

/// A draft in the list.
#[derive(Debug, Serialize)]
struct Row {
    subject: Id,
    page: String,
    address: String,
    what: &'static str,
    saved: String,
}

/// What somebody typed and did not save.
#[derive(Debug, Template, Serialize)]
#[template(path = "draft/list.html")]
struct DraftsPage {
    #[serde(skip)]
    frame: Frame,
    rows: Vec<Row>,
    kept_days: i64,
}

/// `GET /drafts`
async fn list(State(site): State<Site>, who: User, accepts: Accepts) -> Result<Response, Problem> {
    may(&who)?;
    let mut read = site.read().await?;
    let rows = rows::of_account(&mut read, &who.id).await?;
    let rows = rows.into_iter().map(|one| Row {
        what: if one.address.starts_with("/incidents") { "An incident" } else { "A contact" },
        saved: journal::words::moment(one.saved_at),
        subject: one.subject,
        page: one.page,
        address: one.address,
    });
    let page = DraftsPage {
        frame: Frame::of("My drafts", Section::Contacts).seen_by(who.signed()),
        rows: rows.collect(),
        kept_days: rules::KEPT_DAYS,
    };
    show(accepts, &page)
}
