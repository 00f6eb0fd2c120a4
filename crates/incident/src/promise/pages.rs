//! The list of promises that are to be kept. They are made and fulfilled by forms of their incident.

use axum::{
    Router,
    extract::{Query as Asked, State},
    response::Response,
    routing::get,
};
use journal::Refusal;
use users::User;
use web::{Accepts, Problem, Site, show};

use super::{
    rows,
    views::{PAGE, Query, page},
};
use crate::{after::After, unit};

/// The addresses of promises.
pub fn routes() -> Router<Site> {
    Router::new().route("/promises", get(list))
}

/// `GET /promises`
async fn list(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Asked(query): Asked<Query>,
) -> Result<Response, Problem> {
    who.may("incident.read")?;
    if !query.unit.is_empty() && unit::of(&query.unit).is_none() {
        let sentence = "There is no such unit. Choose one of the list, or all of them.";
        return Err(Problem::Refused(Refusal::of("unit", sentence)));
    }
    let after = match query.after.as_str() {
        "" => None,
        text => Some(After::read(text).ok_or_else(|| {
            Refusal::of("after", "That is no place in the list. Begin at its start: /promises.")
        })?),
    };
    let mut read = site.read().await?;
    let now = site.now();
    let found = rows::to_keep(&mut read, &query.unit, after.as_ref(), PAGE + 1).await?;
    let counts = rows::counts(&mut read, &query.unit, now).await?;
    show(accepts, &page(now, &who, &query, &found, counts))
}
