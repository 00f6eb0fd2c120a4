//! The published definition of failure demand: a page and data.

use axum::{Router, extract::State, response::Response, routing::get};
use failure::definition::definitions;
use journal::day_of;
use users::User;
use web::{Accepts, Problem, Site, show};

use super::views::page;

/// The address of the definition.
pub const ADDRESS: &str = "/measures/failure_demand/definition";

/// The address of the definition.
pub fn routes() -> Router<Site> {
    Router::new().route(ADDRESS, get(show_definition))
}

/// `GET /measures/failure_demand/definition`: no statement. The version that is in force today.
async fn show_definition(State(site): State<Site>, who: User, accepts: Accepts) -> Result<Response, Problem> {
    who.may("measure.read")?;
    let version = definitions().on(day_of(site.now())).ok_or(Problem::NotFound)?;
    show(accepts, &page(&who, version))
}
