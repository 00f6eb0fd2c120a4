//! One measure: a page, data, a file.

use axum::{
    Router,
    extract::{Path, Query as Wanted, State},
    response::Response,
    routing::get,
};
use users::User;
use web::{Accepts, Problem, Site, download, show};

use super::{
    heat::days,
    views::{Found, csv, page},
};
use crate::{
    asked::Query,
    catalogue::definition,
    count::rows::counted_to,
    figure::rows::{Asked, By, by_division_and_day, by_hour_and_day, by_reason, sums},
};

/// The addresses of one measure.
pub fn routes() -> Router<Site> {
    Router::new().route("/measures/{key}", get(show_one)).route("/measures/{key}/series.csv", get(series))
}

/// `GET /measures/{key}`: four statements, whatever the period.
async fn show_one(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Path(key): Path<String>,
    Wanted(query): Wanted<Query>,
) -> Result<Response, Problem> {
    who.may("measure.read")?;
    let definition = definition(&key).ok_or(Problem::NotFound)?;
    let period = query.read(definition, site.now())?;
    let mut read = site.read().await?;
    let by_division = by_division_and_day(&mut read, &period.asked).await?;
    let by_reason = by_reason(&mut read, &period.asked).await?;
    let (from, until) = days(period.asked.from, period.asked.until);
    let by_hour = by_hour_and_day(&mut read, &Asked { from, until, ..period.asked.clone() }).await?;
    let seq = counted_to(&mut read).await?;
    let found = Found { by_division: &by_division, by_reason: &by_reason, by_hour: &by_hour, seq };
    show(accepts, &page(&who, definition, query, &period, &found, site.now()))
}

/// `GET /measures/{key}/series.csv`: the same figures, a period a line.
async fn series(
    State(site): State<Site>,
    who: User,
    Path(key): Path<String>,
    Wanted(query): Wanted<Query>,
) -> Result<Response, Problem> {
    who.may("measure.read")?;
    let definition = definition(&key).ok_or(Problem::NotFound)?;
    let period = query.read(definition, site.now())?;
    let by_day = sums(&mut *site.read().await?, &period.asked, By::Day).await?;
    let file = csv(definition, &period, &by_day)?;
    Ok(download(&format!("{key}.csv"), "text/csv; charset=utf-8", file))
}
