//! The list of appointments and their counts.

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
    views::{PAGE, Query, counts_page, page, this_month},
};
use crate::{after::After, codes};

/// The addresses of appointments.
pub fn routes() -> Router<Site> {
    Router::new().route("/appointments", get(list)).route("/appointments/counts", get(counts))
}

/// `GET /appointments`
async fn list(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Asked(query): Asked<Query>,
) -> Result<Response, Problem> {
    who.may("incident.read")?;
    let now = site.now();
    let days = query.days(codes::day_of(now))?;
    let filter = query.filter(days)?;
    let after = match query.after.as_str() {
        "" => None,
        text => Some(After::read(text).ok_or_else(|| {
            Refusal::of("after", "That is no place in the list. Begin at its start: /appointments.")
        })?),
    };
    let found = rows::list(&mut *site.read().await?, &filter, after.as_ref(), PAGE + 1).await?;
    show(accepts, &page(now, &who, &query, days, &found))
}

/// `GET /appointments/counts`
async fn counts(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Asked(query): Asked<Query>,
) -> Result<Response, Problem> {
    who.may("incident.read")?;
    let today = codes::day_of(site.now());
    let days = if query.from.is_empty() && query.until.is_empty() {
        this_month(today)
    } else {
        query.days(today)?
    };
    let (from, until) = days.moments();
    let counts = rows::counts(&mut *site.read().await?, from, until).await?;
    show(accepts, &counts_page(&who, days, &counts))
}
