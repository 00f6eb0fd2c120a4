//! The published definition of failure demand: a page and data.

use axum::{
    Router,
    extract::{Query as Wanted, State},
    response::Response,
    routing::get,
};
use failure::definition::{Definition, definitions};
use jiff::civil::Date;
use journal::day_of;
use users::User;
use web::{Accepts, Problem, Site, show};

use super::{
    sensitivity::{MOST_CONTACTS, Query, Sensitivity, sensitivity, versions},
    views::{Asking, Differing, page},
};
use crate::{
    figure::rows::{Asked, By, Sum, sums},
    measures::failure_demand::DISAGREEMENT,
    told::anew::by_versions,
};

/// The address of the definition.
pub const ADDRESS: &str = "/measures/failure_demand/definition";

/// The address of the definition.
pub fn routes() -> Router<Site> {
    Router::new().route(ADDRESS, get(show_definition))
}

/// `GET /measures/failure_demand/definition`: the version that is in force today, with how often the advisor and the record
/// differ; one statement. With a period it is computed what a change of each window would do to its contacts, with one more.
async fn show_definition(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Wanted(query): Wanted<Query>,
) -> Result<Response, Problem> {
    who.may("measure.read")?;
    let today = day_of(site.now());
    let version = definitions().on(today).ok_or(Problem::NotFound)?;
    let computed = match query.read(version.from, today)? {
        Some(days) => Some(compute(&site, version, days).await?),
        None => None,
    };
    let differing = differing(&site, version, today).await?;
    show(accepts, &page(&who, version, differing, Asking { query, computed }))
}

/// How often the advisor and the record differ, since the version holds.
async fn differing(site: &Site, version: &Definition, today: Date) -> Result<Differing, Problem> {
    let asked = Asked {
        measure: DISAGREEMENT.to_owned(),
        from: version.from,
        until: today,
        division: String::new(),
        reason: String::new(),
        version: 0,
    };
    let all = sums(&mut *site.read().await?, &asked, By::Reason).await?;
    let sum = |of: fn(&Sum) -> i64| all.iter().map(of).sum();
    Ok(Differing {
        differ: sum(|one| one.numerator),
        both: sum(|one| one.denominator),
        records: format!("/measures/{DISAGREEMENT}/records?from={}&until={}", asked.from, asked.until),
        address: format!("/measures/{DISAGREEMENT}"),
    })
}

async fn compute(
    site: &Site,
    version: &Definition,
    (from, until): (Date, Date),
) -> Result<Sensitivity, Problem> {
    let all = versions(version);
    let mut read = site.read().await?;
    let anew =
        by_versions(&mut read, (from, until), &all.iter().collect::<Vec<_>>(), Some(MOST_CONTACTS)).await?;
    Ok(sensitivity(version, (from, until), &anew))
}
