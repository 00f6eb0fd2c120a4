//! The partner’s screen by its link: no account, no cookie. The link’s secret is in the path, so nobody without it can
//! make a browser send one of these forms; a form’s token would add nothing.

use askama::Template;
use axum::{
    Json, Router,
    body::Bytes,
    extract::{Path, Query as Asked, State},
    http::{HeaderMap, StatusCode, header},
    response::{Html, IntoResponse, Redirect, Response},
    routing::get,
};
use jiff::Timestamp;
use journal::{Actor, Connection, Id, OPEN_END, history, words::moment};
use serde::{Deserialize, Serialize};
use web::{Accepts, Problem, Site, Typed, show, show_refused};

use super::{
    kept,
    views::{Step, gone_page, partner_page, step, step_page},
};
use crate::referral::{
    forms,
    list::rows::one,
    rows::{Kept, by_hash, change, folded},
    rules::Referral,
};

/// The addresses of links.
pub fn routes() -> Router<Site> {
    Router::new()
        .route("/partner/{secret}", get(show_link))
        .route("/partner/{secret}/{step}", get(show_step).post(take_step))
}

/// What a link opens.
struct Opened {
    link: Kept,
    reference: String,
    referral: Referral,
    here: String,
}

/// Why a link opens nothing.
enum Shut {
    Unknown,
    Expired(Timestamp),
    Revoked(Timestamp),
}

async fn open(conn: &mut Connection, secret: &str, now: Timestamp) -> Result<Result<Opened, Shut>, Problem> {
    let Some(link) = by_hash(conn, &kept(secret)).await? else {
        return Ok(Err(Shut::Unknown));
    };
    if let Some(at) = link.revoked_at {
        return Ok(Err(Shut::Revoked(at)));
    }
    if link.expires_at <= now {
        return Ok(Err(Shut::Expired(link.expires_at)));
    }
    let listed = one(conn, &link.referral).await?.ok_or(Problem::NotFound)?;
    let referral = folded(&history(conn, &link.referral, OPEN_END).await?)?.ok_or(Problem::NotFound)?;
    let here = format!("/partner/{secret}");
    Ok(Ok(Opened { link, reference: listed.reference(), referral, here }))
}

/// The page of a link that opens nothing: 404 where nobody gave it out, else 410.
fn shut(accepts: Accepts, why: &Shut, typed: &Typed) -> Result<Response, Problem> {
    let (status, title, detail) = match why {
        Shut::Unknown => (
            StatusCode::NOT_FOUND,
            "This link is not known",
            "Part of it may be missing. Open it again from where it was sent to you.".to_owned(),
        ),
        Shut::Expired(at) => (
            StatusCode::GONE,
            "This link has expired",
            format!("It ended at {}. The police can give you a new one.", moment(*at)),
        ),
        Shut::Revoked(at) => (
            StatusCode::GONE,
            "This link was revoked",
            format!("The police ended it at {}, or gave you a newer one.", moment(*at)),
        ),
    };
    answer(accepts, status, &gone_page(title, detail, typed))
}

fn answer<P: Template + Serialize>(
    accepts: Accepts,
    status: StatusCode,
    page: &P,
) -> Result<Response, Problem> {
    let private = [(header::CACHE_CONTROL, "no-store"), (header::VARY, "Accept")];
    if accepts.html {
        return Ok((status, private, Html(page.render()?)).into_response());
    }
    Ok((status, private, Json(serde_json::to_value(page)?)).into_response())
}

/// What the address may ask.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Seen {
    done: String,
}

/// `GET /partner/{secret}`
async fn show_link(
    State(site): State<Site>,
    accepts: Accepts,
    Path(secret): Path<String>,
    Asked(seen): Asked<Seen>,
) -> Result<Response, Problem> {
    let now = site.now();
    match open(&mut *site.read().await?, &secret, now).await? {
        Ok(opened) => {
            let Opened { link, reference, referral, here } = opened;
            let mut page = partner_page(now, &here, reference, &referral, link.expires_at);
            page.frame = page.frame.with_notice(step(&seen.done).map(|step| step.done.to_owned()));
            show(accepts, &page)
        }
        Err(why) => shut(accepts, &why, &Typed::default()),
    }
}

/// `GET /partner/{secret}/{step}`
async fn show_step(
    State(site): State<Site>,
    accepts: Accepts,
    Path((secret, word)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let step = step(&word).ok_or(Problem::NotFound)?;
    let now = site.now();
    match open(&mut *site.read().await?, &secret, now).await? {
        Ok(opened) => show(accepts, &page_of(now, step, &opened, &Typed::default())),
        Err(why) => shut(accepts, &why, &Typed::default()),
    }
}

fn page_of(now: Timestamp, step: &Step, opened: &Opened, typed: &Typed) -> web::FormPage {
    step_page(now, &opened.here, &opened.reference, step, &opened.referral, typed)
}

/// `POST /partner/{secret}/{step}`
async fn take_step(
    State(site): State<Site>,
    accepts: Accepts,
    Path((secret, word)): Path<(String, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Problem> {
    let step = step(&word).ok_or(Problem::NotFound)?;
    let typed = Typed::of_body(&headers, &body)?;
    let now = site.now();
    let opened = match open(&mut *site.read().await?, &secret, now).await? {
        Ok(opened) => opened,
        Err(why) => return shut(accepts, &why, &typed),
    };
    match store(&site, now, step, &opened, &typed).await {
        Ok(_) if accepts.html => Ok(Redirect::to(&format!("{}?done={word}", opened.here)).into_response()),
        Ok(seq) => {
            Ok(Json(serde_json::json!({ "reference": opened.reference, "entry": seq })).into_response())
        }
        Err(Problem::Refused(refusal)) => {
            let page = page_of(now, step, &opened, &typed).refused(&refusal);
            show_refused(accepts, &refusal, &page)
        }
        Err(problem) => Err(problem),
    }
}

/// Does what the step means, in one transaction; gives its entry.
async fn store(
    site: &Site,
    now: Timestamp,
    step: &Step,
    opened: &Opened,
    typed: &Typed,
) -> Result<i64, Problem> {
    let mut tx = site.begin().await?;
    let meant = forms::change(step.word, &opened.referral.sent.kind, typed, now)?;
    let command = meant.ok_or(Problem::NotFound)?;
    let actor = Actor {
        who: opened.link.issued_by.clone(),
        role: "partner_agency".to_owned(),
        task: format!("By a link: {}", step.heading),
    };
    let link: Option<Id> = Some(opened.link.id.clone());
    let entry = change(&mut tx, &actor, now, &opened.link.referral, link, command).await??;
    tx.commit().await?;
    Ok(entry.seq)
}
