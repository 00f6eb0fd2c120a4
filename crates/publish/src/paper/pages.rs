//! Drafting, showing, printing and freezing a committee paper.

use axum::{
    Extension, Router,
    extract::{Path, Query, State},
    http::HeaderMap,
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use journal::{AsAt, Id, Private, act, last_seq};
use plan::{pages::read_id, register::rows::load};
use serde::{Deserialize, de::IgnoredAny};
use users::User;
use web::{Accepts, Frame, Input, Problem, Section, Site, Typed, show, show_refused};

use super::{
    exhibit::Room,
    forms,
    gathered::Gathered,
    rows::{Papers, all, one, presented},
    rules::{Command, Freezing, Frozen, Known, Paper, still_a_draft},
    since::{is_printed, since},
    views::{Asking, FreezePage, ListPage, Panel, ShowPage},
};
use crate::document::Document;

/// The room's addresses.
pub fn routes() -> Router<Site> {
    Router::new()
        .route("/papers", get(list))
        .route("/papers/new", get(new).post(draft))
        .route("/papers/{id}", get(show_one))
        .route("/papers/{id}/pdf", get(pdf))
        .route("/papers/{id}/edit", get(edit).post(store_edit))
        .route("/papers/{id}/freeze", get(freeze_form).post(freeze))
}

/// What the address may ask.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    as_at: String,
    done: String,
}

/// `GET /papers`
async fn list(State(site): State<Site>, who: User, accepts: Accepts) -> Result<Response, Problem> {
    who.may("paper.read")?;
    show(accepts, &ListPage::of(all(&mut *site.read().await?).await?, &who))
}

/// `GET /papers/{id}`
async fn show_one(
    (State(site), room): (State<Site>, Option<Extension<Room>>),
    who: User,
    accepts: Accepts,
    headers: HeaderMap,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let id = read_id(&id)?;
    let paper = readable(&site, &who, &id).await?;
    let room = room.map(|Extension(room)| room);
    let tree = tree((&site, room), (&id, &paper), &address(&headers), AsAt::read(&asked.as_at)?).await?;
    let panel = match &paper.frozen {
        Some(frozen) => panel(&site, &paper, frozen).await?,
        None => Panel::default(),
    };
    let page = ShowPage::of(id.to_string(), &paper, tree, panel, &who).choosing(room);
    show(accepts, &page.asked(&asked.done, &asked.as_at))
}

/// The figures of a frozen paper beside the register as it is.
async fn panel(site: &Site, paper: &Paper, frozen: &Frozen) -> Result<Panel, Problem> {
    let mut read = site.read().await?;
    let now = load(&mut read, AsAt::Now, site.now()).await?;
    let is_counted_again = !is_printed(&paper.details, frozen);
    let then = if is_counted_again {
        Some(load(&mut read, AsAt::EntryOn(frozen.counted_at, frozen.on), site.now()).await?)
    } else {
        None
    };
    Ok(Panel { since: since(&paper.details, frozen, &now, then.as_ref()), is_counted_again })
}

/// `GET /papers/{id}/pdf`
async fn pdf(
    State(site): State<Site>,
    who: User,
    headers: HeaderMap,
    room: Option<Extension<Room>>,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let id = read_id(&id)?;
    let paper = readable(&site, &who, &id).await?;
    let room = room.map(|Extension(room)| room);
    let tree = tree((&site, room), (&id, &paper), &address(&headers), AsAt::read(&asked.as_at)?).await?;
    let name = format!("{}-{}.pdf", paper.details.date, paper.details.title.to_lowercase());
    let bytes = crate::pdf(tree).await.map_err(|error| Problem::Broken(error.to_string()))?;
    Ok(web::download(&name, "application/pdf", bytes))
}

/// `GET /papers/new`
async fn new(State(site): State<Site>, who: User, accepts: Accepts) -> Result<Response, Problem> {
    who.may("paper.draft")?;
    show(accepts, &forms::page(&site, &who, None, &forms::start(&site)).await?)
}

/// `POST /papers/new`
async fn draft(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    input: Input<IgnoredAny>,
) -> Result<Response, Problem> {
    said(&site, &who, accepts, None, &input.typed).await
}

/// `GET /papers/{id}/edit`
async fn edit(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    who.may("paper.draft")?;
    let id = read_id(&id)?;
    // One reading: the words and the number that tells a stale edit belong together.
    let mut read = site.read().await?;
    let paper = one(&mut read, &id).await?.ok_or(Problem::NotFound)?;
    still_a_draft(Some(&paper))?;
    let last = last_seq(&mut read, &id).await?;
    drop(read);
    let filled = forms::filled(&paper).with("last_seq", last.to_string());
    show(accepts, &forms::page(&site, &who, Some(&id), &filled).await?)
}

/// `POST /papers/{id}/edit`
async fn store_edit(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Path(id): Path<String>,
    input: Input<IgnoredAny>,
) -> Result<Response, Problem> {
    said(&site, &who, accepts, Some(read_id(&id)?), &input.typed).await
}

/// What a person says of a paper: a new draft, or other words for the draft `edited`.
async fn said(
    site: &Site,
    who: &User,
    accepts: Accepts,
    edited: Option<Id>,
    typed: &Typed,
) -> Result<Response, Problem> {
    who.may("paper.draft")?;
    let mut tx = site.begin().await?;
    let details = forms::typed(typed);
    let (id, task, command, done) = match &edited {
        None => (Id::new(site.now()), "Draft a committee paper", Command::Draft(details), "drafted"),
        Some(id) => {
            fresh(&mut tx, id, typed).await?;
            (id.clone(), "Edit a committee paper", Command::Edit(details), "edited")
        }
    };
    let inspections = plan::inspection::rows::all(&mut tx, journal::OPEN_END - 1).await?;
    let known = Known { bodies: forms::bodies(&inspections), ..Known::default() };
    match act::<Papers>(&mut tx, &who.doing(task), site.now(), &id, &known, command).await? {
        Ok(_) => {
            tx.commit().await?;
            Ok(to(accepts, &id, done))
        }
        Err(refusal) => {
            drop(tx);
            let page = forms::page(site, who, edited.as_ref(), typed).await?;
            show_refused(accepts, &refusal, &page.refused(&refusal))
        }
    }
}

/// `GET /papers/{id}/freeze`: asks before it is final.
async fn freeze_form(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    who.may("paper.draft")?;
    let id = read_id(&id)?;
    let mut read = site.read().await?;
    let paper = one(&mut read, &id).await?.ok_or(Problem::NotFound)?;
    still_a_draft(Some(&paper))?;
    let gathered = Gathered::load(&mut read, &paper.details, AsAt::Now, site.now()).await?;
    let last_seq = last_seq(&mut read, &id).await?;
    let page = asking((&id, &paper), &gathered, last_seq, None, &asked.done, &who);
    show(accepts, &page)
}

/// `POST /papers/{id}/freeze`
async fn freeze(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    room: Option<Extension<Room>>,
    Path(id): Path<String>,
    input: Input<IgnoredAny>,
) -> Result<Response, Problem> {
    who.may("paper.draft")?;
    let id = read_id(&id)?;
    let mut tx = site.begin().await?;
    fresh(&mut tx, &id, &input.typed).await?;
    let paper = one(&mut tx, &id).await?.ok_or(Problem::NotFound)?;
    let room = room.map(|Extension(room)| room);
    if let Some(room) = room {
        (room.prepare)(&mut tx).await?;
    }
    // Counted inside the transaction: nothing can come between the count and the position it names.
    let gathered = Gathered::load(&mut tx, &paper.details, AsAt::Now, site.now()).await?;
    let known = gathered.known(&paper.details);
    let shown = gathered.clone().beside(&mut tx, room, (&id, &paper.details), true).await?;
    let outcome = match shown.and_then(|shown| shown.compose(&paper.details)) {
        Ok(tree) => {
            let position = gathered.register.position;
            let accepted = gathered.around.accepted(paper.details.scope());
            let (counted_at, on) = (position.seq, position.today);
            let command = Command::Freeze(Freezing { counted_at, on, tree: Box::new(tree), accepted });
            let who = who.doing("Freeze a committee paper");
            act::<Papers>(&mut tx, &who, site.now(), &id, &known, command).await?
        }
        Err(refusal) => Err(refusal),
    };
    match outcome {
        Ok(_) => {
            tx.commit().await?;
            Ok(to(accepts, &id, "frozen"))
        }
        Err(refusal) => {
            let last_seq = last_seq(&mut tx, &id).await?;
            let page = asking((&id, &paper), &gathered, last_seq, Some(&refusal), "", &who);
            show_refused(accepts, &refusal, &page)
        }
    }
}

fn asking(
    (id, paper): (&Id, &Paper),
    gathered: &Gathered,
    last_seq: i64,
    refusal: Option<&journal::Refusal>,
    done: &str,
    who: &User,
) -> FreezePage {
    let findings = gathered.around.findings_of(paper.details.scope()).collect();
    let counted_at = gathered.register.position.seq;
    let frame = Frame::of("Freeze a paper", Section::Papers).seen_by(who.signed());
    let may_accept = who.may_do("plan.accept");
    let id = id.as_str();
    let asking = Asking { id, paper, last_seq, counted_at, findings, refusal, done, may_accept };
    FreezePage::of(&asking, frame)
}

/// A draft is seen by those who draft; a frozen paper by all who read papers.
async fn readable(site: &Site, who: &User, id: &Id) -> Result<Paper, Problem> {
    who.may("paper.read")?;
    let paper = one(&mut *site.read().await?, id).await?.ok_or(Problem::NotFound)?;
    if paper.frozen.is_none() && !who.may_do("paper.draft") {
        return Err(Problem::NotFound);
    }
    Ok(paper)
}

/// The paper's tree: the frozen one, or composed from the register as at `as_at`.
async fn tree(
    (site, room): (&Site, Option<Room>),
    (id, paper): (&Id, &Paper),
    address: &str,
    as_at: AsAt,
) -> Result<Document, Problem> {
    let by: &Private<String> = &paper.details.presented_by;
    if let Some(frozen) = &paper.frozen {
        return Ok(presented(&frozen.tree, by, address));
    }
    let mut read = site.read().await?;
    let gathered = Gathered::load(&mut read, &paper.details, as_at, site.now()).await?;
    let gathered = gathered.beside(&mut read, room, (id, &paper.details), false).await??;
    Ok(presented(&gathered.compose(&paper.details)?, by, address))
}

/// Where this site is, as its caller sees it: what a printed figure's link begins with.
fn address(headers: &HeaderMap) -> String {
    let host = headers.get("host").and_then(|value| value.to_str().ok()).unwrap_or("localhost");
    // A name that could not stand in an address is none.
    let plain = host.chars().all(|c| c.is_ascii_alphanumeric() || ".-:[]".contains(c));
    let host = if plain { host } else { "localhost" };
    let local = host.starts_with("127.") || host.starts_with("localhost") || host.starts_with("[::1]");
    format!("{}://{host}", if local { "http" } else { "https" })
}

async fn fresh(tx: &mut journal::Tx, id: &Id, typed: &Typed) -> Result<(), Problem> {
    let last = last_seq(tx, id).await?;
    if last == 0 {
        return Err(Problem::NotFound);
    }
    if typed.last_seq().is_some_and(|seen| seen != last) {
        let typed = typed.0.iter().map(|(name, value)| (name.clone(), value.clone())).collect();
        return Err(Problem::Stale { see: format!("/papers/{id}"), typed });
    }
    Ok(())
}

fn to(accepts: Accepts, id: &Id, done: &str) -> Response {
    if accepts.html {
        Redirect::to(&format!("/papers/{id}?done={done}")).into_response()
    } else {
        axum::Json(serde_json::json!({ "id": id })).into_response()
    }
}
