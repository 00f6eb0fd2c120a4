//! The published definition of failure demand: a page and data.

use axum::{Router, extract::State, response::Response, routing::get};
use failure::definition::definitions;
use journal::day_of;
use users::User;
use web::{Accepts, Problem, Site, show};

use super::views::{Differing, page};
use crate::{
    figure::rows::{Asked, By, sums},
    measures::failure_demand::DISAGREEMENT,
};

/// The address of the definition.
pub const ADDRESS: &str = "/measures/failure_demand/definition";

/// The address of the definition.
pub fn routes() -> Router<Site> {
    Router::new().route(ADDRESS, get(show_definition))
}

/// `GET /measures/failure_demand/definition`: one statement. The version that is in force today.
async fn show_definition(State(site): State<Site>, who: User, accepts: Accepts) -> Result<Response, Problem> {
    who.may("measure.read")?;
    let version = definitions().on(day_of(site.now())).ok_or(Problem::NotFound)?;
    let asked = Asked {
        measure: DISAGREEMENT.to_owned(),
        from: version.from,
        until: day_of(site.now()),
        division: String::new(),
        reason: String::new(),
    };
    let all = sums(&mut *site.read().await?, &asked, By::Reason).await?;
    let sum = |of: fn(&crate::figure::rows::Sum) -> i64| all.iter().map(of).sum();
    let differing = Differing {
        differ: sum(|one| one.numerator),
        both: sum(|one| one.denominator),
        records: format!("/measures/{DISAGREEMENT}/records?from={}&until={}", asked.from, asked.until),
        address: format!("/measures/{DISAGREEMENT}"),
    };
    show(accepts, &page(&who, version, differing))
}
