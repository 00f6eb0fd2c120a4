//! One measure: a page, data, a file.

use axum::{
    Router,
    extract::{Path, Query as Wanted, State},
    response::Response,
    routing::get,
};
use serde::Deserialize;
use users::User;
use web::{Accepts, Problem, Site, download, show};

use super::{
    file::csv,
    heat::days,
    versions::defined,
    views::{Found, page},
    waits::Waits,
};
use crate::{
    annotation::rows::standing,
    asked::Query,
    catalogue::Catalogue,
    figure::{
        rows::{Asked, By, by_division_and_day, by_hour_and_day, by_reason, by_version_and_day, sums},
        spread::{MOST, is_time, rows::values},
    },
};

/// The addresses of one measure.
pub fn routes() -> Router<Site> {
    Router::new().route("/measures/{key}", get(show_one)).route("/measures/{key}/series.csv", get(series))
}

/// What was just done.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Seen {
    done: String,
}

/// `GET /measures/{key}`: four statements, whatever the period; a fifth for a measure that has several
/// versions, or whose records are times. None is both: the catalogue is held to it.
async fn show_one(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Path(key): Path<String>,
    Wanted(query): Wanted<Query>,
    Wanted(seen): Wanted<Seen>,
) -> Result<Response, Problem> {
    who.may("measure.read")?;
    let catalogue = Catalogue::published();
    let versions = catalogue.versions(&key).len();
    if versions == 0 {
        return Err(Problem::NotFound);
    }
    let period = query.read_by(catalogue, &key, site.now())?;
    let mut read = site.read().await?;
    let by_division = by_division_and_day(&mut read, &period.asked).await?;
    let by_reason = by_reason(&mut read, &period.asked).await?;
    let waits = match defined(catalogue, &period).filter(|one| is_time(one)) {
        Some(_) if by_reason.iter().map(|sum| sum.denominator).sum::<i64>() > MOST => Waits::TooMany,
        Some(_) => Waits::Each(values(&mut read, &period.asked).await?),
        None => Waits::None,
    };
    let (from, until) = days(period.asked.from, period.asked.until);
    let by_hour = by_hour_and_day(&mut read, &Asked { from, until, ..period.asked.clone() }).await?;
    let by_version =
        if versions > 1 { by_version_and_day(&mut read, &period.asked).await? } else { Vec::new() };
    let (seq, marked) = standing(&mut read, &key, (period.asked.from, period.asked.until)).await?;
    let found = Found {
        by_division: &by_division,
        by_reason: &by_reason,
        by_hour: &by_hour,
        by_version: &by_version,
        marked: &marked,
        waits: &waits,
        seq,
    };
    let mut page = page(&who, catalogue, query, &period, &found, site.now()).ok_or(Problem::NotFound)?;
    let notice = match seen.done.as_str() {
        "marked" => Some("It is marked on the chart.".to_owned()),
        "taken_back" => Some("The mark is taken back.".to_owned()),
        _ => None,
    };
    page.frame = page.frame.with_notice(notice);
    show(accepts, &page)
}

/// `GET /measures/{key}/series.csv`: the same figures, a period a line.
async fn series(
    State(site): State<Site>,
    who: User,
    Path(key): Path<String>,
    Wanted(query): Wanted<Query>,
) -> Result<Response, Problem> {
    who.may("measure.read")?;
    let catalogue = Catalogue::published();
    if catalogue.versions(&key).is_empty() {
        return Err(Problem::NotFound);
    }
    let period = query.read_by(catalogue, &key, site.now())?;
    let definition = defined(catalogue, &period).ok_or(Problem::NotFound)?;
    let by_day = sums(&mut *site.read().await?, &period.asked, By::Day).await?;
    let file = csv(catalogue, definition, &period, &by_day)?;
    Ok(download(&format!("{key}.csv"), "text/csv; charset=utf-8", file))
}
