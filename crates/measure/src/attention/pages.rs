//! What needs attention: a page, data, a file.

use axum::{
    Router,
    extract::{Query as Wanted, State},
    response::Response,
    routing::get,
};
use journal::{DatabaseError, day_of};
use serde::Deserialize;
use users::User;
use web::{Accepts, Problem, Site, download, show};

use super::{
    rules::{days, step},
    views::{csv, page},
};
use crate::{asked::Step, count::rows::counted_to, figure::rows::Sum, figure::rows::all_by_day};

/// The address of the page.
pub const ADDRESS: &str = "/measures/attention";

/// The addresses of what needs attention.
pub fn routes() -> Router<Site> {
    Router::new().route(ADDRESS, get(show_matrix)).route("/measures/attention.csv", get(file))
}

/// What the address asks.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Query {
    /// "week" or "month".
    by: String,
}

/// What was counted in the last whole periods, and to which entry: two statements for all measures.
async fn found(site: &Site, step: Step) -> Result<(Vec<(String, Sum)>, i64), Problem> {
    let (from, until) = days(step, day_of(site.now()));
    let mut read = site.read().await?;
    let found = all_by_day(&mut read, from, until).await?;
    Ok((found, counted_to(&mut read).await?))
}

/// `GET /measures/attention`.
async fn show_matrix(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Wanted(query): Wanted<Query>,
) -> Result<Response, Problem> {
    who.may("measure.read")?;
    let step = step(&query.by)?;
    let (sums, seq) = found(&site, step).await?;
    show(accepts, &page(&who, step, day_of(site.now()), &sums, seq))
}

/// `GET /measures/attention.csv`: the same, a measure a line.
async fn file(
    State(site): State<Site>,
    who: User,
    Wanted(query): Wanted<Query>,
) -> Result<Response, Problem> {
    who.may("measure.read")?;
    let step = step(&query.by)?;
    let (sums, seq) = found(&site, step).await?;
    let page = page(&who, step, day_of(site.now()), &sums, seq);
    let file = csv(&page).map_err(|error| DatabaseError::Encode(format!("CSV: {error}").into()))?;
    Ok(download("attention.csv", "text/csv; charset=utf-8", file))
}
