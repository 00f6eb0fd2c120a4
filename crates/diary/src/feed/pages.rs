//! A diary's addresses: making one, taking one back; and what is read at one.

use std::collections::BTreeSet;

use askama::Template;
use axum::{
    Extension, Json, Router,
    extract::{Path, Query as Asked, State},
    http::{HeaderMap, StatusCode, header},
    response::{Html, IntoResponse, Redirect, Response},
    routing::get,
};
use jiff::ToSpan;
use journal::{Id, act, beginning_of};
use serde::{Deserialize, de::IgnoredAny};
use users::User;
use web::{
    Accepts, Input, Problem, Site, Typed, answer_calendar, feed_hash, feed_secret, own_address, show,
    show_refused,
};

use super::{
    ical::calendar,
    rows::{self, Feeds, Listed},
    rules::Command,
    views::{FeedsPage, list_page, revoke_page},
};
use crate::{
    busy::busy,
    definition::{day_of, limits},
    diary::{
        pages::{Taken, read_id},
        rows::one,
        rules::Diary,
        views::monday,
    },
    slot::slots,
};

/// The noun's addresses.
pub fn routes() -> Router<Site> {
    Router::new()
        .route("/diaries/{id}/feeds", get(list).post(open))
        .route("/diaries/{id}/feeds/{feed}/revocation", get(revoke_form).post(revoke))
        .route("/feeds/diary/{file}", get(feed))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Done {
    done: String,
}

/// `GET /diaries/{id}/feeds`
async fn list(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Path(id): Path<String>,
    Asked(asked): Asked<Done>,
) -> Result<Response, Problem> {
    who.may("diary.keep")?;
    let (_, mut page) = page(&site, &who, &id, &Typed::default()).await?;
    if asked.done == "revoked" {
        let notice = "The address is revoked: whoever reads it now finds nothing there.";
        page.frame = page.frame.with_notice(Some(notice.to_owned()));
    }
    show(accepts, &page)
}

async fn page(site: &Site, who: &User, id: &str, typed: &Typed) -> Result<(Id, FeedsPage), Problem> {
    let id = read_id(id)?;
    let mut read = site.read().await?;
    let diary = one(&mut read, &id).await?.ok_or(Problem::NotFound)?;
    let feeds = rows::of_diary(&mut read, &id).await?;
    let names = rows::names(&mut read).await?;
    let page = list_page(who, (&id, &diary), feeds, &names, typed);
    Ok((id, page))
}

/// `POST /diaries/{id}/feeds`
async fn open(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Path(id): Path<String>,
    headers: HeaderMap,
    input: Input<IgnoredAny>,
) -> Result<Response, Problem> {
    who.may("diary.keep")?;
    let (id, mut page) = page(&site, &who, &id, &input.typed).await?;
    let secret = feed_secret();
    match store_new(&site, &who, &id, &secret, &input.typed).await {
        Ok(feed) => {
            let address = format!("{}/feeds/diary/{secret}.ics", own_address(&headers));
            // Shown in the answer and not after a redirect: the secret is in no history and no log of ours.
            let private = [(header::CACHE_CONTROL, "no-store")];
            if !accepts.html {
                let data = serde_json::json!({ "id": feed, "address": address });
                return Ok((StatusCode::CREATED, private, Json(data)).into_response());
            }
            let (_, mut page) = self::page(&site, &who, id.as_str(), &Typed::default()).await?;
            page.address = Some(address);
            Ok((StatusCode::CREATED, private, Html(page.render()?)).into_response())
        }
        Err(Problem::Refused(refusal)) => {
            page.frame.title = format!("Problem: {}", page.frame.title);
            page.refusals.push(refusal.clone());
            show_refused(accepts, &refusal, &page)
        }
        Err(problem) => Err(problem),
    }
}

async fn store_new(site: &Site, who: &User, diary: &Id, secret: &str, typed: &Typed) -> Result<Id, Problem> {
    let id = Id::new(site.now());
    let mut tx = site.begin().await?;
    let known = rows::known(&mut tx, diary).await?;
    let name = typed.get("name").to_owned();
    let command = Command::Open { diary: diary.clone(), hash: hashed(secret), name };
    let actor = who.doing("Make a calendar address of a diary");
    act::<Feeds>(&mut tx, &actor, site.now(), &id, &known, command).await??;
    tx.commit().await?;
    Ok(id)
}

/// What is kept of a secret.
fn hashed(secret: &str) -> String {
    feed_hash("diary feed", secret)
}

async fn find(site: &Site, id: &str, feed: &str) -> Result<(Id, Diary, Listed), Problem> {
    let (id, feed) = (read_id(id)?, read_id(feed)?);
    let mut read = site.read().await?;
    let diary = one(&mut read, &id).await?.ok_or(Problem::NotFound)?;
    let all = rows::of_diary(&mut read, &id).await?;
    let feed = all.into_iter().find(|one| one.id == feed).ok_or(Problem::NotFound)?;
    Ok((id, diary, feed))
}

/// `GET /diaries/{id}/feeds/{feed}/revocation`
async fn revoke_form(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Path((id, feed)): Path<(String, String)>,
) -> Result<Response, Problem> {
    who.may("diary.keep")?;
    let (id, diary, feed) = find(&site, &id, &feed).await?;
    show(accepts, &revoke_page(&who, (&id, &diary), &feed))
}

/// `POST /diaries/{id}/feeds/{feed}/revocation`
async fn revoke(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Path((id, feed)): Path<(String, String)>,
    _form: Input<IgnoredAny>,
) -> Result<Response, Problem> {
    who.may("diary.keep")?;
    let (id, diary, feed) = find(&site, &id, &feed).await?;
    let mut tx = site.begin().await?;
    let known = rows::known(&mut tx, &id).await?;
    let actor = who.doing("Revoke a calendar address of a diary");
    match act::<Feeds>(&mut tx, &actor, site.now(), &feed.id, &known, Command::Revoke).await? {
        Ok(_) => tx.commit().await?,
        Err(refusal) => {
            let page = revoke_page(&who, (&id, &diary), &feed).refused(&refusal);
            return show_refused(accepts, &refusal, &page);
        }
    }
    if accepts.html {
        return Ok(Redirect::to(&format!("/diaries/{id}/feeds?done=revoked")).into_response());
    }
    Ok(Json(serde_json::json!({ "id": feed.id })).into_response())
}

/// `GET /feeds/diary/{secret}.ics`: whoever knows the secret, from the Monday of this week on. A revoked one is as if it had
/// never been.
async fn feed(
    State(site): State<Site>,
    Path(file): Path<String>,
    taken: Option<Extension<Taken>>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let secret = file.strip_suffix(".ics").ok_or(Problem::NotFound)?;
    let now = site.now();
    let first = monday(day_of(now));
    let (from, until) = (beginning_of(first), beginning_of(first.saturating_add(limits().feed_days.days())));
    let mut read = site.read().await?;
    let id = rows::by_hash(&mut read, &hashed(secret)).await?.ok_or(Problem::NotFound)?;
    let diary = one(&mut read, &id).await?.ok_or(Problem::NotFound)?;
    let taken = match taken {
        Some(Extension(Taken(taken))) => taken(&mut read, &diary.unit, (from, until)).await?,
        None => BTreeSet::new(),
    };
    drop(read);
    let times = busy(&id, &diary, &slots(&id, &diary, from, until), &taken);
    let told = format!("{}{times:?}", diary.station);
    Ok(answer_calendar(&headers, &told, || calendar(&id, &diary.station, &times, now)))
}
