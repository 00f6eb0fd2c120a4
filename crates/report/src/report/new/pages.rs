//! Composing a report: choose, look, freeze.

use axum::{
    Router,
    extract::{Query, State},
    http::HeaderMap,
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use measure::catalogue::Catalogue;
use serde::de::IgnoredAny;
use users::User;
use web::{Accepts, Input, Problem, Site, show, show_refused};

use super::views::{NewPage, Preview};
use crate::{
    pack::rules::Asked,
    report::{
        freeze::{Gathered, freeze},
        pages::site_address,
    },
};

/// The address of a report that is composed.
pub fn routes() -> Router<Site> {
    Router::new().route("/reports/new", get(new).post(store))
}

/// `GET /reports/new`: the choice, and with a pack a look at what would be frozen.
async fn new(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    headers: HeaderMap,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    who.may("report.make")?;
    let page = NewPage::of(&who, &asked, site.today());
    if asked == Asked::default() {
        return show(accepts, &page);
    }
    let (pack, about) = match asked.read(site.today()) {
        Ok(read) => read,
        Err(refusal) => return show_refused(accepts, &refusal, &page.refused(&refusal)),
    };
    let gathered =
        Gathered::load(&mut *site.read().await?, Catalogue::published(), pack, &about, site.today()).await?;
    match look(gathered, site_address(&headers)).await? {
        Ok(preview) => show(accepts, &page.with(preview)),
        Err(refusal) => show_refused(accepts, &refusal, &page.refused(&refusal)),
    }
}

/// What would be frozen. The audit of small numbers is a second’s work of one core: the server goes on.
async fn look(gathered: Gathered, address: String) -> Result<Result<Preview, journal::Refusal>, Problem> {
    let looked = tokio::task::spawn_blocking(move || {
        gathered.preview().map(|edition| Preview::of(&gathered, edition, &address))
    });
    looked.await.map_err(|error| Problem::Broken(error.to_string()))
}

/// `POST /reports/new`
async fn store(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    headers: HeaderMap,
    input: Input<IgnoredAny>,
) -> Result<Response, Problem> {
    who.may("report.make")?;
    let typed = &input.typed;
    let asked = Asked {
        pack: typed.get("pack").to_owned(),
        period: typed.get("period").to_owned(),
        division: typed.get("division").to_owned(),
    };
    let today = site.today();
    let refused = match asked.read(today) {
        Err(refusal) => refusal,
        Ok((pack, about)) => {
            let actor = who.doing("Freeze a performance report");
            match freeze(&site.journal, &actor, site.now(), &about, typed.get("reason")).await? {
                Ok(id) if accepts.html => {
                    return Ok(Redirect::to(&format!("/reports/{id}?done=frozen")).into_response());
                }
                Ok(id) => return Ok(axum::Json(serde_json::json!({ "id": id })).into_response()),
                Err(refusal) => {
                    // With what would be frozen below, as before.
                    let mut read = site.read().await?;
                    let published = Catalogue::published();
                    let gathered = Gathered::load(&mut read, published, pack, &about, today).await?;
                    drop(read);
                    let page = NewPage::of(&who, &asked, today);
                    let page = match look(gathered, site_address(&headers)).await? {
                        Ok(preview) => page.with(preview.saying(typed.get("reason"))),
                        Err(_) => page,
                    };
                    return show_refused(accepts, &refusal, &page.refused(&refusal));
                }
            }
        }
    };
    show_refused(accepts, &refused, &NewPage::of(&who, &asked, today).refused(&refused))
}
