//! The list of referrals: a page, data, a file.

use axum::{
    Router,
    extract::{Query as Asked, State},
    response::Response,
    routing::get,
};
use users::User;
use web::{Accepts, Problem, Site, download, show};

use super::{
    export::csv,
    rows::{Filter, list},
    views::{Query, list_page},
};
use crate::referral::counts::{
    rows::{lines, replies},
    rules::add_up,
};

/// The addresses of the list.
pub fn routes() -> Router<Site> {
    Router::new().route("/referrals", get(show_list)).route("/referrals.csv", get(file))
}

/// `GET /referrals`: three statements, whatever is found.
async fn show_list(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Asked(query): Asked<Query>,
) -> Result<Response, Problem> {
    who.may("referral.read")?;
    let filter = query.filter()?;
    let now = site.now();
    let mut read = site.read().await?;
    let found = list(&mut read, &filter, now).await?;
    let (mut by_agency, all) =
        add_up(&lines(&mut read, &filter, now).await?, &replies(&mut read, &filter).await?);
    let count =
        if query.agency.is_empty() { all } else { by_agency.remove(&query.agency).unwrap_or_default() };
    show(accepts, &list_page(now, &who, query, &found, &count))
}

/// `GET /referrals.csv`: all that the filter means.
async fn file(State(site): State<Site>, who: User, Asked(query): Asked<Query>) -> Result<Response, Problem> {
    who.may("referral.read")?;
    let filter = Filter { before: None, limit: i64::MAX, ..query.filter()? };
    let now = site.now();
    let found = list(&mut *site.read().await?, &filter, now).await?;
    Ok(download("referrals.csv", "text/csv; charset=utf-8", csv(&found, now)?))
}
