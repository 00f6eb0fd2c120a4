//! The counts by team and division: a page and data.

use axum::{
    Router,
    extract::{Query as Asked, State},
    response::Response,
    routing::get,
};
use users::User;
use web::{Accepts, Problem, Site, show};

use super::{
    rows::{recorded, returned},
    rules::add_up,
    views::{Query, counts_page},
};

/// The address of the counts.
pub fn routes() -> Router<Site> {
    Router::new().route("/crime-reports/counts", get(counts))
}

/// `GET /crime-reports/counts`: two statements, whatever their number.
async fn counts(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Asked(query): Asked<Query>,
) -> Result<Response, Problem> {
    who.may("measure.read")?;
    let filter = query.filter()?;
    let mut read = site.read().await?;
    let counts = add_up(&recorded(&mut read, &filter).await?, &returned(&mut read, &filter).await?);
    show(accepts, &counts_page(&who, query, &counts))
}
