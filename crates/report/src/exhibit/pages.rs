//! Choosing what a paper shows: `/papers/{id}/measures`.

use axum::{
    Json, Router,
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use journal::{Id, Refusal, Tx, last_seq};
use serde::{Deserialize, de::IgnoredAny};
use users::User;
use web::{Accepts, Input, Problem, Site, Typed, show, show_refused};

use super::{
    rows::{About, about, change},
    rules::{Command, Wish},
    views::{ListPage, form},
};

/// The addresses of what a paper shows.
pub fn routes() -> Router<Site> {
    Router::new()
        .route("/papers/{id}/measures", get(list).post(store))
        .route("/papers/{id}/measures/new", get(new).post(choose))
}

/// What the address may ask.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    done: String,
}

fn read_id(text: &str) -> Result<Id, Problem> {
    Id::read(text).ok_or(Problem::NotFound)
}

/// What the paper shows, and its last entry.
async fn read(site: &Site, id: &Id) -> Result<(About, i64), Problem> {
    let mut read = site.read().await?;
    let about = about(&mut read, id, site.now()).await?.ok_or(Problem::NotFound)?;
    Ok((about, last_seq(&mut read, id).await?))
}

/// `GET /papers/{id}/measures`
async fn list(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    who.may("paper.draft")?;
    let id = read_id(&id)?;
    let (about, last) = read(&site, &id).await?;
    show(accepts, &ListPage::of(&who, (&id, &about), last, &asked.done))
}

/// `GET /papers/{id}/measures/new`
async fn new(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    who.may("paper.draft")?;
    let id = read_id(&id)?;
    let (about, last) = read(&site, &id).await?;
    show(accepts, &form(&who, (&id, &about), last, &Typed::default().with("by", "week")))
}

/// `POST /papers/{id}/measures/new`
async fn choose(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Path(id): Path<String>,
    input: Input<IgnoredAny>,
) -> Result<Response, Problem> {
    who.may("paper.draft")?;
    let (id, typed) = (read_id(&id)?, input.typed);
    let mut tx = site.begin().await?;
    fresh(&mut tx, &id, &typed).await?;
    let text = |name: &str| typed.get(name).trim().to_owned();
    let wish = Wish {
        recommendation: text("recommendation"),
        measure: text("measure"),
        from: text("from"),
        until: text("until"),
        by: text("by"),
        division: text("division"),
    };
    let now = site.now();
    let refusal = match wish.read(Id::new(now), now) {
        Err(refusal) => refusal,
        Ok(wanted) => {
            let actor = who.doing("Choose what a paper shows");
            let shown = wanted.choice.id.clone();
            match change(&mut tx, &actor, now, &id, Command::Choose(Box::new(wanted))).await? {
                Ok(entry) => {
                    tx.commit().await?;
                    return Ok(answered(accepts, &id, "chosen", &shown, entry.seq));
                }
                Err(refusal) => refusal,
            }
        }
    };
    drop(tx);
    let (about, last) = read(&site, &id).await?;
    let page = form(&who, (&id, &about), typed.last_seq().unwrap_or(last), &typed);
    show_refused(accepts, &refusal, &page.refused(&refusal))
}

/// `POST /papers/{id}/measures`: leaves something out, or shows it again.
async fn store(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Path(id): Path<String>,
    input: Input<IgnoredAny>,
) -> Result<Response, Problem> {
    who.may("paper.draft")?;
    let (id, typed) = (read_id(&id)?, input.typed);
    let mut tx = site.begin().await?;
    fresh(&mut tx, &id, &typed).await?;
    let refusal = match asked(&typed) {
        Err(refusal) => refusal,
        Ok((command, shown, done)) => {
            let actor = who.doing("Choose what a paper shows");
            match change(&mut tx, &actor, site.now(), &id, command).await? {
                Ok(entry) => {
                    tx.commit().await?;
                    return Ok(answered(accepts, &id, done, &shown, entry.seq));
                }
                Err(refusal) => refusal,
            }
        }
    };
    drop(tx);
    let (about, last) = read(&site, &id).await?;
    let page = ListPage::of(&who, (&id, &about), last, "");
    show_refused(accepts, &refusal, &page.refused(&refusal))
}

/// Which of the two is asked for, and of what.
fn asked(typed: &Typed) -> Result<(Command, Id, &'static str), Refusal> {
    let (leave_out, show_again) = (typed.get("leave_out").trim(), typed.get("show_again").trim());
    let (field, text) =
        if leave_out.is_empty() { ("show_again", show_again) } else { ("leave_out", leave_out) };
    let id = Id::read(text)
        .ok_or_else(|| Refusal::of(field, "Say which of the list is left out, or shown again."))?;
    Ok(match field {
        "leave_out" => (Command::LeaveOut(id.clone()), id, "left_out"),
        _ => (Command::ShowAgain(id.clone()), id, "shown_again"),
    })
}

async fn fresh(tx: &mut Tx, id: &Id, typed: &Typed) -> Result<(), Problem> {
    let last = last_seq(tx, id).await?;
    if last == 0 {
        return Err(Problem::NotFound);
    }
    if typed.last_seq().is_some_and(|seen| seen != last) {
        let typed = typed.0.iter().map(|(name, value)| (name.clone(), value.clone())).collect();
        return Err(Problem::Stale { see: format!("/papers/{id}/measures"), typed });
    }
    Ok(())
}

fn answered(accepts: Accepts, id: &Id, done: &str, shown: &Id, seq: i64) -> Response {
    if accepts.html {
        return Redirect::to(&format!("/papers/{id}/measures?done={done}")).into_response();
    }
    let status = if done == "chosen" { StatusCode::CREATED } else { StatusCode::OK };
    (status, Json(serde_json::json!({ "id": shown, "entry": seq }))).into_response()
}
