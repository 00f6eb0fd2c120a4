//! The counts by agency: a page and data.

use axum::{
    Router,
    extract::{Query as Asked, State},
    response::Response,
    routing::get,
};
use users::User;
use web::{Accepts, Problem, Site, show};

use super::{
    rows::{lines, replies},
    rules::add_up,
    views::counts_page,
};
use crate::referral::list::views::Query;

/// The address of the counts.
pub fn routes() -> Router<Site> {
    Router::new().route("/referrals/counts", get(counts))
}

/// `GET /referrals/counts`: two statements, whatever their number. An agency or a state in the address narrows nothing:
/// all of both are shown.
async fn counts(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Asked(query): Asked<Query>,
) -> Result<Response, Problem> {
    who.may("referral.read")?;
    let query = Query { agency: String::new(), ..query.in_state("") };
    let filter = query.filter()?;
    let now = site.now();
    let mut read = site.read().await?;
    let (by_agency, all) =
        add_up(&lines(&mut read, &filter, now).await?, &replies(&mut read, &filter).await?);
    show(accepts, &counts_page(now, &who, query, &by_agency, &all))
}
