//! The directory: a page and data.

use axum::{
    Router,
    extract::{Query as Asked, State},
    response::Response,
    routing::get,
};
use journal::Refusal;
use users::User;
use web::{Accepts, Problem, Site, show};

use super::views::{Query, directory_page};
use crate::definition::kind;

/// The address of the directory.
pub fn routes() -> Router<Site> {
    Router::new().route("/referrals/agencies", get(directory))
}

/// `GET /referrals/agencies`: no statement at all, because it is the definitions.
async fn directory(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Asked(query): Asked<Query>,
) -> Result<Response, Problem> {
    who.may("referral.read")?;
    if !query.kind.is_empty() && kind(&query.kind).is_none() {
        let sentence = "There is no such kind of referral. Choose one of the list, or all.";
        return Err(Refusal::of("kind", sentence).into());
    }
    if !query.division.is_empty() && !contact::unit::all().iter().any(|unit| unit.letter == query.division) {
        let sentence = "There is no such division. Choose one of the list, or all of them.";
        return Err(Refusal::of("division", sentence).into());
    }
    show(accepts, &directory_page(site.now(), &who, query))
}
