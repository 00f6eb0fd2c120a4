//! The weeks that were drawn: a page, data, a file; and the draw of a week.

use axum::{
    Json, Router,
    extract::{Query as Asked, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use journal::{Connection, Id, Refusal};
use serde::{Deserialize, de::IgnoredAny};
use users::User;
use web::{Accepts, Input, Problem, Site, Typed, download, feed_secret, show, show_refused};

use super::views::{ListPage, Told, csv, list_page, told};
use crate::sample::{
    rows::{by_week, cells, draw, list},
    week::Week,
};

/// Weeks on a page.
const PAGE: i64 = 26;
/// Weeks that are offered to be drawn.
const OFFERED: usize = 8;

/// The addresses of the list.
pub fn routes() -> Router<Site> {
    Router::new().route("/coding", get(show_list).post(post)).route("/coding.csv", get(file))
}

/// What the address may ask.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Query {
    before: String,
}

fn before(text: &str) -> Result<Option<Week>, Refusal> {
    match text {
        "" => Ok(None),
        text => Week::read(text).map(Some).ok_or_else(|| {
            Refusal::of(
                "before",
                format!("“{text}” is no week. Give it as 2026-W48, or begin with the latest."),
            )
        }),
    }
}

/// The samples of a page and what the closed ones say: two statements.
async fn found(conn: &mut Connection, before: Option<Week>, many: i64) -> Result<Vec<Told>, Problem> {
    let listed = list(conn, before, many).await?;
    let (Some(first), Some(last)) = (listed.last(), listed.first()) else { return Ok(Vec::new()) };
    let mut all = cells(conn, first.week, last.week).await?;
    let each = listed.into_iter().map(|one| {
        let cells = all.remove(&one.week.to_string()).unwrap_or_default();
        told(one, &cells)
    });
    Ok(each.collect::<Result<_, _>>()?)
}

/// `GET /coding`: the latest first.
async fn show_list(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Asked(query): Asked<Query>,
) -> Result<Response, Problem> {
    who.may("coding.read")?;
    show(accepts, &page(&site, &who, before(&query.before)?, &Typed::default()).await?)
}

async fn page(site: &Site, who: &User, before: Option<Week>, typed: &Typed) -> Result<ListPage, Problem> {
    let mut read = site.read().await?;
    let found = found(&mut read, before, PAGE + 1).await?;
    let mut offered = Vec::new();
    if who.may_do("coding.draw") {
        for week in Week::ended(site.now(), OFFERED) {
            if by_week(&mut read, week).await?.is_none() {
                offered.push(week);
            }
        }
    }
    Ok(list_page(
        who,
        found,
        usize::try_from(PAGE).unwrap_or(usize::MAX),
        (before.is_some(), &offered, typed),
    ))
}

/// `GET /coding.csv`: every week.
async fn file(State(site): State<Site>, who: User) -> Result<Response, Problem> {
    who.may("coding.read")?;
    let found = found(&mut *site.read().await?, None, i64::MAX).await?;
    Ok(download("quality-sampling.csv", "text/csv; charset=utf-8", csv(&found)?))
}

/// `POST /coding`: draws a week.
async fn post(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    input: Input<IgnoredAny>,
) -> Result<Response, Problem> {
    who.may("coding.draw")?;
    match store(&site, &who, input.typed.get("week")).await {
        Ok((week, _)) if accepts.html => {
            Ok(Redirect::to(&format!("/coding/{week}?done=drawn")).into_response())
        }
        Ok((week, seq)) => {
            Ok((StatusCode::CREATED, Json(serde_json::json!({ "week": week, "entry": seq }))).into_response())
        }
        Err(Problem::Refused(refusal)) if accepts.html => {
            let page = page(&site, &who, None, &input.typed).await?.refused(&refusal);
            show_refused(accepts, &refusal, &page)
        }
        Err(problem) => Err(problem),
    }
}

/// The seed is the system’s: nobody could choose it, and a week is drawn once.
async fn store(site: &Site, who: &User, typed: &str) -> Result<(Week, i64), Problem> {
    let week = match typed.trim() {
        "" => return Err(Refusal::of("week", "The week is missing. Choose one that is over.").into()),
        typed => Week::try_from(typed.to_owned()).map_err(|told| Refusal::of("week", told))?,
    };
    let now = site.now();
    let mut tx = site.begin().await?;
    let drawing = (week, feed_secret());
    let entry = draw(&mut tx, &who.doing("Draw a sample"), now, &Id::new(now), drawing).await??;
    tx.commit().await?;
    Ok((week, entry.seq))
}
