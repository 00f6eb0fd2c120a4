//! The list of returns: a page, data, a file.

use axum::{
    Router,
    extract::{Query as Asked, State},
    response::Response,
    routing::get,
};
use users::User;
use web::{Accepts, Problem, Site, download, show};

use super::{
    rows::{Filter, list},
    views::{Query, csv, list_page},
};

/// The addresses of the list.
pub fn routes() -> Router<Site> {
    Router::new()
        .route("/crime-reports/returns", get(show_list))
        .route("/crime-reports/returns.csv", get(file))
}

/// `GET /crime-reports/returns`: one statement.
async fn show_list(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Asked(query): Asked<Query>,
) -> Result<Response, Problem> {
    who.may("crime.read")?;
    let filter = query.filter()?;
    let found = list(&mut *site.read().await?, &filter).await?;
    show(accepts, &list_page(site.now(), &who, query, &found))
}

/// `GET /crime-reports/returns.csv`: all that the filter means.
async fn file(State(site): State<Site>, who: User, Asked(query): Asked<Query>) -> Result<Response, Problem> {
    who.may("crime.read")?;
    let filter = Filter { before: None, limit: i64::MAX, ..query.filter()? };
    let found = list(&mut *site.read().await?, &filter).await?;
    Ok(download("crime-report-returns.csv", "text/csv; charset=utf-8", csv(&found)?))
}
