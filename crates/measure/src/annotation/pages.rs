//! Marking a change on the chart of a measure, and taking the mark back.

use axum::{
    Json, Router,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use journal::{AsAt, Id, Refusal, day_of, day_typed};
use plan::register::kept;
use serde::de::IgnoredAny;
use users::User;
use web::{Accepts, FormPage, Input, Problem, Site, Typed, show, show_refused};

use super::{
    rows::{change, one},
    rules::{Command, Wish},
    views::{back_page, mark_page},
};
use crate::catalogue::{Catalogue, Definition};

/// The addresses of annotations.
pub fn routes() -> Router<Site> {
    Router::new()
        .route("/measures/{key}/annotations", post(mark))
        .route("/measures/{key}/annotations/new", get(new))
        .route("/measures/{key}/annotations/{id}/taken-back", get(back).post(take_back))
}

fn defined(site: &Site, key: &str) -> Result<&'static Definition, Problem> {
    Catalogue::published().on(key, day_of(site.now())).ok_or(Problem::NotFound)
}

/// `GET /measures/{key}/annotations/new`
async fn new(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Path(key): Path<String>,
) -> Result<Response, Problem> {
    who.may("measure.annotate")?;
    show(accepts, &new_page(&site, &who, defined(&site, &key)?, &Typed::default()).await?)
}

async fn new_page(site: &Site, who: &User, of: &Definition, typed: &Typed) -> Result<FormPage, Problem> {
    let register = kept::register(site, &mut site.read().await?, AsAt::Now).await?;
    Ok(mark_page(who, Catalogue::published().organisation(), of, &register, typed))
}

/// `POST /measures/{key}/annotations`
async fn mark(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Path(key): Path<String>,
    input: Input<IgnoredAny>,
) -> Result<Response, Problem> {
    who.may("measure.annotate")?;
    let of = defined(&site, &key)?;
    match marked(&site, &who, &key, &input.typed).await {
        Ok(_) if accepts.html => Ok(Redirect::to(&format!("/measures/{key}?done=marked")).into_response()),
        Ok((id, seq)) => {
            let told = Json(serde_json::json!({ "id": id, "entry": seq }));
            Ok((StatusCode::CREATED, told).into_response())
        }
        Err(Problem::Refused(refusal)) if accepts.html => {
            let page = new_page(&site, &who, of, &input.typed).await?;
            show_refused(accepts, &refusal, &page.refused(&refusal))
        }
        Err(problem) => Err(problem),
    }
}

async fn marked(site: &Site, who: &User, key: &str, typed: &Typed) -> Result<(Id, i64), Problem> {
    let (now, text) = (site.now(), |name: &str| typed.get(name).to_owned());
    let wish = Wish {
        measure: key.to_owned(),
        division: text("division"),
        on: day_typed("on", typed.get("on"))?,
        words: text("words"),
        recommendation: text("recommendation"),
        action: text("action"),
    };
    let id = Id::new(now);
    let mut tx = site.begin().await?;
    let doing = who.doing("Mark a change on a chart");
    let entry = change(&mut tx, &doing, now, &id, Command::Mark(wish)).await??;
    tx.commit().await?;
    Ok((id, entry.seq))
}

/// `GET /measures/{key}/annotations/{id}/taken-back`
async fn back(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Path((key, id)): Path<(String, String)>,
) -> Result<Response, Problem> {
    who.may("measure.annotate")?;
    let id = Id::read(&id).ok_or(Problem::NotFound)?;
    show(accepts, &form_page(&site, &who, &key, &id, &Typed::default()).await?)
}

async fn form_page(site: &Site, who: &User, key: &str, id: &Id, typed: &Typed) -> Result<FormPage, Problem> {
    let found = one(&mut *site.read().await?, key, id).await?.ok_or(Problem::NotFound)?;
    Ok(back_page(who, defined(site, key)?, &found, typed))
}

/// `POST /measures/{key}/annotations/{id}/taken-back`
async fn take_back(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Path((key, id)): Path<(String, String)>,
    input: Input<IgnoredAny>,
) -> Result<Response, Problem> {
    who.may("measure.annotate")?;
    let id = Id::read(&id).ok_or(Problem::NotFound)?;
    match taken_back(&site, &who, &key, &id, &input.typed).await {
        Ok(_) if accepts.html => {
            Ok(Redirect::to(&format!("/measures/{key}?done=taken_back")).into_response())
        }
        Ok(seq) => Ok(Json(serde_json::json!({ "id": id, "entry": seq })).into_response()),
        Err(Problem::Refused(refusal)) if accepts.html => {
            let page = form_page(&site, &who, &key, &id, &input.typed).await?;
            show_refused(accepts, &refusal, &page.refused(&refusal))
        }
        Err(problem) => Err(problem),
    }
}

async fn taken_back(site: &Site, who: &User, key: &str, id: &Id, typed: &Typed) -> Result<i64, Problem> {
    let mut tx = site.begin().await?;
    let found = one(&mut tx, key, id).await?.ok_or(Problem::NotFound)?;
    let Some(seen) = typed.last_seq() else {
        let sentence =
            "The last entry that you have seen is missing. Ask for the measure, and send its last_seq.";
        return Err(Refusal::of("last_seq", sentence).into());
    };
    if seen != found.last_seq {
        let typed = vec![("reason".to_owned(), typed.get("reason").to_owned())];
        return Err(Problem::Stale { see: format!("/measures/{key}"), typed });
    }
    let command = Command::TakeBack { reason: typed.get("reason").to_owned() };
    let doing = who.doing("Take a mark on a chart back");
    let entry = change(&mut tx, &doing, site.now(), id, command).await??;
    tx.commit().await?;
    Ok(entry.seq)
}
