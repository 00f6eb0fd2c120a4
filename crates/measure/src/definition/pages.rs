//! The published definition of failure demand: a page and data.

use std::collections::BTreeSet;

use axum::{
    Router,
    extract::{Query as Wanted, State},
    response::Response,
    routing::get,
};
use failure::definition::{Definition, definitions};
use jiff::civil::Date;
use journal::{Id, day_of};
use users::User;
use web::{Accepts, Problem, Site, show};

use super::{
    sensitivity::{MOST_CONTACTS, MOST_ISSUES, Query, Sensitivity, sensitivity},
    views::{Asking, Differing, page},
};
use crate::{
    count::{issue::issues, rows::counted_to},
    figure::rows::{Asked, By, Sum, records, sums},
    measures::failure_demand::{DISAGREEMENT, FAILURE_DEMAND},
};

/// The address of the definition.
pub const ADDRESS: &str = "/measures/failure_demand/definition";

/// The address of the definition.
pub fn routes() -> Router<Site> {
    Router::new().route(ADDRESS, get(show_definition))
}

/// `GET /measures/failure_demand/definition`: the version that is in force today, with how often the advisor and the record
/// differ; one statement. With a period it is computed what a change of each window would do to its contacts: so many issues
/// at most are read.
async fn show_definition(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Wanted(query): Wanted<Query>,
) -> Result<Response, Problem> {
    who.may("measure.read")?;
    let today = day_of(site.now());
    let version = definitions().on(today).ok_or(Problem::NotFound)?;
    let computed = match query.read(today)? {
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
    let measure = FAILURE_DEMAND.to_owned();
    let asked = Asked { measure, from, until, division: String::new(), reason: String::new(), version: 0 };
    let mut read = site.read().await?;
    let seq = counted_to(&mut read).await?;
    let found = records(&mut read, &asked, seq, None, MOST_CONTACTS + 1).await?;
    let contacts: Vec<Id> = found.into_iter().map(|record| record.subject).collect();
    let most = usize::try_from(MOST_CONTACTS).unwrap_or(usize::MAX).min(contacts.len());
    let (issues, looked_at) = issues(&mut read, &contacts[..most], seq, MOST_ISSUES).await?;
    let counted: BTreeSet<String> = contacts[..looked_at].iter().map(|id| id.as_str().to_owned()).collect();
    Ok(sensitivity(version, (from, until), &issues, &counted, looked_at < contacts.len()))
}
