//! The list of crime reports: a page, data, a file.

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
use crate::report::counts::{rows::states, rules::by_state};

/// The addresses of the list.
pub fn routes() -> Router<Site> {
    Router::new().route("/crime-reports", get(show_list)).route("/crime-reports.csv", get(file))
}

/// `GET /crime-reports`: two statements, whatever is found.
async fn show_list(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Asked(query): Asked<Query>,
) -> Result<Response, Problem> {
    who.may("crime.read")?;
    let filter = query.filter()?;
    let mut read = site.read().await?;
    let found = list(&mut read, &filter).await?;
    let figures = by_state(&states(&mut read, &filter).await?);
    show(accepts, &list_page(site.now(), &who, query, &found, &figures))
}

/// `GET /crime-reports.csv`: all that the filter means.
async fn file(State(site): State<Site>, who: User, Asked(query): Asked<Query>) -> Result<Response, Problem> {
    who.may("crime.read")?;
    let filter = Filter { before: None, limit: i64::MAX, ..query.filter()? };
    let found = list(&mut *site.read().await?, &filter).await?;
    Ok(download("crime-reports.csv", "text/csv; charset=utf-8", csv(&found)?))
}
