//! The groups’ pages, and what the pages of the month have in common.

use axum::{
    Json, Router,
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use journal::{Id, OPEN_END, Tx, act, last_seq};
use plan::pages::read_id;
use serde::{Deserialize, Serialize};
use users::User;
use web::{Accepts, Input, Problem, Site, Typed, show, show_refused};

use super::{
    forms::{CHANGES, command, form_page, new_page},
    rows::{Groups, all, known, one},
    rules::{Command, Details},
    views::{list_page, looked_after, show_page},
};
use crate::meeting;

/// Who may keep groups and meetings.
pub(crate) const KEEP: &str = "plan.groups";

/// The groups’ addresses.
pub fn routes() -> Router<Site> {
    Router::new()
        .route("/groups", get(list))
        .route("/groups/new", get(new).post(form_group))
        .route("/groups/{id}", get(show_one))
        .route("/groups/{id}/{change}", get(form).post(post))
}

/// What the address of the list asks: it holds the whole state.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Wanted {
    /// Words of a name, a post or the terms of reference.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub words: String,
    /// A word of [`Kind`].
    #[serde(skip_serializing_if = "String::is_empty")]
    pub kind: String,
    /// Empty for those that go on, `ended`, or `all`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub state: String,
    /// `name`, `kind` or `next`, with "-" before it for the other way round.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub sort: String,
}

/// What the address of a page asks: what was just done.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    pub done: String,
}

async fn list(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Problem> {
    who.may("plan.read")?;
    let mut read = site.read().await?;
    let groups = all(&mut read).await?;
    let meetings = meeting::rows::all(&mut read).await?;
    show(accepts, &list_page(&groups, &meetings, wanted, &who, site.today()))
}

async fn show_one(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    who.may("plan.read")?;
    let id = read_id(&id)?;
    let mut read = site.read().await?;
    let group = one(&mut read, &id).await?.ok_or(Problem::NotFound)?;
    let meetings = meeting::rows::all(&mut read).await?;
    let timeline = super::views::timeline(&mut read, &id, super::views::tell).await?;
    let plans = plan::inspection::rows::all(&mut read, OPEN_END - 1).await?;
    let mut page = show_page(&id, &group, &meetings, timeline, &who, site.today());
    page.plans = looked_after(&group, &plans);
    page.frame = page.frame.with_notice(done_words(&asked.done));
    show(accepts, &page)
}

fn done_words(done: &str) -> Option<String> {
    let words = match done {
        "formed" => "The group is set up. Now add its members, the chair first.",
        "terms" => "The group is changed.",
        "members" => "The member is added.",
        "seat" => "The member is changed.",
        "removal" => "The member is removed.",
        "end" => "The group has ended.",
        _ => return None,
    };
    Some(words.to_owned())
}

async fn new(State(site): State<Site>, who: User, accepts: Accepts) -> Result<Response, Problem> {
    who.may(KEEP)?;
    show(accepts, &new_page(&site, &who, &Typed::default().with("cadence", "monthly")).await?)
}

async fn form_group(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    input: Input<Details>,
) -> Result<Response, Problem> {
    who.may(KEEP)?;
    let id = Id::new(site.now());
    let outcome = match input.command {
        Ok(details) => store(&site, &who, &id, "Set up a group", Command::Form(details)).await,
        Err(refusal) => Err(refusal.into()),
    };
    match outcome {
        Ok(()) if accepts.html => Ok(Redirect::to(&format!("/groups/{id}?done=formed")).into_response()),
        Ok(()) => Ok((StatusCode::CREATED, Json(serde_json::json!({ "id": id }))).into_response()),
        Err(Problem::Refused(refusal)) => {
            show_refused(accepts, &refusal, &new_page(&site, &who, &input.typed).await?.refused(&refusal))
        }
        Err(problem) => Err(problem),
    }
}

async fn store(site: &Site, who: &User, id: &Id, task: &str, command: Command) -> Result<(), Problem> {
    let mut tx = site.begin().await?;
    let known = known(&mut tx, id, site.today()).await?;
    act::<Groups>(&mut tx, &who.doing(task), site.now(), id, &known, command).await??;
    Ok(tx.commit().await?)
}

async fn form(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Path((id, word)): Path<(String, String)>,
    Query(typed): Query<Typed>,
) -> Result<Response, Problem> {
    let change = CHANGES.iter().find(|change| change.word == word).ok_or(Problem::NotFound)?;
    who.may(KEEP)?;
    let id = read_id(&id)?;
    show(accepts, &form_page(&site, &who, &id, change, &typed).await?)
}

async fn post(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Path((id, word)): Path<(String, String)>,
    input: Input<serde::de::IgnoredAny>,
) -> Result<Response, Problem> {
    let change = CHANGES.iter().find(|change| change.word == word).ok_or(Problem::NotFound)?;
    who.may(KEEP)?;
    let id = read_id(&id)?;
    let mut tx = site.begin().await?;
    fresh(&mut tx, &id, &format!("/groups/{id}"), change.replaces, &input.typed).await?;
    let known = known(&mut tx, &id, site.today()).await?;
    let command = command(change.word, &input.typed);
    let actor = who.doing(change.heading);
    let done = act::<Groups>(&mut tx, &actor, site.now(), &id, &known, command).await?;
    match done {
        Ok(entry) => {
            tx.commit().await?;
            Ok(to(accepts, &format!("/groups/{id}?done={word}"), &id, entry.seq))
        }
        Err(refusal) => {
            drop(tx);
            let page = form_page(&site, &who, &id, change, &input.typed).await?;
            show_refused(accepts, &refusal, &page.refused(&refusal))
        }
    }
}

/// Whether a page of a list is the first: an address need not say so.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
pub(crate) fn is_first(page: &usize) -> bool {
    *page <= 1
}

/// Refuses what is not there, and, where a change replaces something, what changed in the meantime.
pub(crate) async fn fresh(
    tx: &mut Tx,
    id: &Id,
    see: &str,
    replaces: bool,
    typed: &Typed,
) -> Result<(), Problem> {
    let last = last_seq(tx, id).await?;
    if last == 0 {
        return Err(Problem::NotFound);
    }
    if replaces && typed.last_seq().is_some_and(|seen| seen != last) {
        let shown = typed.0.iter().filter(|(name, _)| *name != "last_seq");
        let typed = shown.map(|(name, value)| (name.replace('_', " "), value.clone())).collect();
        return Err(Problem::Stale { see: see.to_owned(), typed });
    }
    Ok(())
}

/// To the page that shows what was done; to a program, the entry.
pub(crate) fn to(accepts: Accepts, address: &str, id: &Id, seq: i64) -> Response {
    if accepts.html {
        Redirect::to(address).into_response()
    } else {
        Json(serde_json::json!({ "id": id, "entry": seq })).into_response()
    }
}
