//! The month as a page.

use axum::{
    Router,
    extract::{Query as Asking, State},
    response::Response,
    routing::get,
};
use journal::AsAt;
use plan::register::kept;
use users::User;
use web::{Accepts, Problem, Site, show};

use super::{
    feed,
    rows::meetings,
    rules::{Filter, Month, events},
    views::{Query, page},
};

/// The noun's addresses.
pub fn routes() -> Router<Site> {
    Router::new().route("/calendar", get(month)).merge(feed::pages::routes())
}

async fn month(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Asking(query): Asking<Query>,
) -> Result<Response, Problem> {
    who.may("plan.read")?;
    // A month that cannot be read is told at its field, and this one is shown.
    let this = Month::of(site.today());
    let (month, error) = match Month::read(&query.month) {
        Ok(month) => (month, None),
        Err(_) if query.month.trim().is_empty() => (this, None),
        Err(refusal) if accepts.html => (this, Some(refusal.sentence.to_string())),
        Err(refusal) => return Err(refusal.into()),
    };
    let mut read = site.read().await?;
    let register = kept::register(&site, &mut read, AsAt::Now).await?;
    let meetings = meetings(&mut read).await?;
    let owners = (!query.owner.is_empty()).then(|| vec![query.owner.clone()]);
    let filter = Filter { inspection: query.inspection.clone(), owners };
    let events = events(&register, &meetings, &filter);
    show(accepts, &page(&who, &register, &query, month, error, &events))
}
