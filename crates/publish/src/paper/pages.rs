//! Drafting, showing, printing and freezing a committee paper.

use askama::Template;
use axum::{
    Router,
    extract::{Path, Query, State},
    http::HeaderMap,
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use journal::{AsAt, Id, Private, act, last_seq};
use plan::{
    pages::read_id,
    register::rows::load,
    words::{counted, day, thousands},
};
use serde::{Deserialize, Serialize};
use users::User;
use web::{Accepts, FormPage, Frame, Input, Problem, Section, Site, show, show_refused};

use super::{
    compose::compose,
    forms,
    rows::{Papers, all, one, presented},
    rules::{Command, Frozen, Paper},
};
use crate::{document, document::Document, typesetter};

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

/// The list of papers.
#[derive(Debug, Template, Serialize)]
#[template(path = "paper/list.html")]
struct ListPage {
    #[serde(skip)]
    frame: Frame,
    #[serde(skip)]
    crumbs: Vec<(String, String)>,
    lead: String,
    #[serde(skip)]
    may_draft: bool,
    papers: Vec<Listed>,
}

#[derive(Debug, Serialize)]
struct Listed {
    id: String,
    title: String,
    meeting: String,
    on: String,
    frozen: bool,
    standing: String,
}

/// A paper's page.
#[derive(Debug, Template, Serialize)]
#[template(path = "paper/show.html")]
struct ShowPage {
    #[serde(skip)]
    frame: Frame,
    #[serde(skip)]
    crumbs: Vec<(String, String)>,
    id: String,
    title: String,
    stamp: String,
    #[serde(skip)]
    may_edit: bool,
    #[serde(skip)]
    as_at_query: String,
    #[serde(skip)]
    html: String,
    document: Document,
    counted: String,
}

/// `GET /papers`
async fn list(State(site): State<Site>, who: User, accepts: Accepts) -> Result<Response, Problem> {
    who.may("paper.read")?;
    let may_draft = who.may_do("paper.draft");
    let lines = all(&mut *site.read().await?).await?;
    let papers: Vec<Listed> = lines
        .into_iter()
        .filter(|line| may_draft || line.frozen_on.is_some())
        .map(|line| Listed {
            frozen: line.frozen_on.is_some(),
            standing: match line.counted_at {
                Some(seq) => format!("counted at entry {}", entry(seq)),
                None => "counted as it is now".to_owned(),
            },
            on: line.meeting_on.parse().map_or(line.meeting_on.clone(), day),
            id: line.id,
            title: line.title,
            meeting: line.meeting,
        })
        .collect();
    let page = ListPage {
        frame: Frame::of("Committee papers", Section::Papers).seen_by(who.signed()),
        crumbs: vec![(String::new(), "Papers".to_owned())],
        lead: counted(papers.len(), "paper", "papers"),
        may_draft,
        papers,
    };
    show(accepts, &page)
}

/// `GET /papers/{id}`
async fn show_one(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    headers: HeaderMap,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let id = read_id(&id)?;
    let paper = readable(&site, &who, &id).await?;
    let tree = tree(&site, &paper, &address(&headers), AsAt::read(&asked.as_at)?).await?;
    let frozen = paper.frozen.as_ref();
    let as_at_query = if asked.as_at.is_empty() { String::new() } else { format!("?as_at={}", asked.as_at) };
    let page = ShowPage {
        frame: Frame::of(&*paper.details.title, Section::Papers)
            .seen_by(who.signed())
            .with_notice(forms::done_words(&asked.done)),
        crumbs: vec![
            ("/papers".to_owned(), "Papers".to_owned()),
            (String::new(), paper.details.title.clone()),
        ],
        id: id.to_string(),
        title: format!("{}, {}", paper.details.meeting, day(paper.details.date)),
        stamp: match frozen {
            Some(frozen) => format!("Frozen on {}: it renders the same for ever", day(frozen.on)),
            None => "Draft: its figures follow the register until it is frozen".to_owned(),
        },
        may_edit: frozen.is_none() && who.may_do("paper.draft"),
        as_at_query,
        html: document::html(&tree),
        counted: format!("Counted at entry {}", entry(tree.counted_at.unwrap_or(0))),
        document: tree,
    };
    show(accepts, &page)
}

/// `GET /papers/{id}/pdf`
async fn pdf(
    State(site): State<Site>,
    who: User,
    headers: HeaderMap,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let id = read_id(&id)?;
    let paper = readable(&site, &who, &id).await?;
    let tree = tree(&site, &paper, &address(&headers), AsAt::read(&asked.as_at)?).await?;
    let name = format!("{}-{}.pdf", paper.details.date, paper.details.title.to_lowercase());
    let bytes = tokio::task::spawn_blocking(move || typesetter().pdf(&tree))
        .await
        .map_err(|error| Problem::Broken(error.to_string()))?
        .map_err(|error| Problem::Broken(error.to_string()))?;
    Ok(web::download(&name, "application/pdf", bytes))
}

/// `GET /papers/new`
async fn new(State(site): State<Site>, who: User, accepts: Accepts) -> Result<Response, Problem> {
    who.may("paper.draft")?;
    show(accepts, &forms::new_page(&site, &who, &forms::start(&site)).await?)
}

/// `POST /papers/new`
async fn draft(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    input: Input<serde::de::IgnoredAny>,
) -> Result<Response, Problem> {
    who.may("paper.draft")?;
    let id = Id::new(site.now());
    let mut tx = site.begin().await?;
    let command = Command::Draft(forms::typed(&input.typed));
    let done =
        act::<Papers>(&mut tx, &who.doing("Draft a committee paper"), site.now(), &id, &(), command).await?;
    match done {
        Ok(_) => {
            tx.commit().await?;
            Ok(to(accepts, &id, "drafted"))
        }
        Err(refusal) => {
            drop(tx);
            let page: FormPage = forms::new_page(&site, &who, &input.typed).await?;
            show_refused(accepts, &refusal, &page.refused(&refusal))
        }
    }
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
    let last = last_seq(&mut read, &id).await?;
    drop(read);
    let filled = forms::filled(&paper).with("last_seq", last.to_string());
    show(accepts, &forms::edit_page(&site, &who, &id, &filled).await?)
}

/// `POST /papers/{id}/edit`
async fn store_edit(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Path(id): Path<String>,
    input: Input<serde::de::IgnoredAny>,
) -> Result<Response, Problem> {
    who.may("paper.draft")?;
    let id = read_id(&id)?;
    let mut tx = site.begin().await?;
    fresh(&mut tx, &id, &input.typed).await?;
    let command = Command::Edit(forms::typed(&input.typed));
    let done =
        act::<Papers>(&mut tx, &who.doing("Edit a committee paper"), site.now(), &id, &(), command).await?;
    match done {
        Ok(_) => {
            tx.commit().await?;
            Ok(to(accepts, &id, "edited"))
        }
        Err(refusal) => {
            drop(tx);
            let page = forms::edit_page(&site, &who, &id, &input.typed).await?;
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
) -> Result<Response, Problem> {
    who.may("paper.draft")?;
    let id = read_id(&id)?;
    show(accepts, &forms::freeze_page(&site, &who, &id).await?)
}

/// `POST /papers/{id}/freeze`
async fn freeze(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Path(id): Path<String>,
    input: Input<serde::de::IgnoredAny>,
) -> Result<Response, Problem> {
    who.may("paper.draft")?;
    let id = read_id(&id)?;
    let mut tx = site.begin().await?;
    fresh(&mut tx, &id, &input.typed).await?;
    let paper = one(&mut tx, &id).await?.ok_or(Problem::NotFound)?;
    // Counted inside the transaction: nothing can come between the count and the position it names.
    let register = load(&mut tx, AsAt::Now, site.now()).await?;
    let tree = compose(&paper.details, &register)?;
    let frozen =
        Frozen { counted_at: register.position.seq, on: register.position.today, tree: Box::new(tree) };
    let who = who.doing("Freeze a committee paper");
    act::<Papers>(&mut tx, &who, site.now(), &id, &(), Command::Freeze(frozen)).await??;
    tx.commit().await?;
    Ok(to(accepts, &id, "frozen"))
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
async fn tree(site: &Site, paper: &Paper, address: &str, as_at: AsAt) -> Result<Document, Problem> {
    let by: &Private<String> = &paper.details.presented_by;
    if let Some(frozen) = &paper.frozen {
        return Ok(presented(&frozen.tree, by, address));
    }
    let register = load(&mut *site.read().await?, as_at, site.now()).await?;
    Ok(presented(&compose(&paper.details, &register)?, by, address))
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

async fn fresh(tx: &mut journal::Tx, id: &Id, typed: &web::Typed) -> Result<(), Problem> {
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

fn entry(seq: i64) -> String {
    thousands(usize::try_from(seq).unwrap_or(0))
}
