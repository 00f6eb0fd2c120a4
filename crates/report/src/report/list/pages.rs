//! The list of reports: a page and data.

use axum::{
    Router,
    extract::{Query as Asked, State},
    response::Response,
    routing::get,
};
use users::User;
use web::{Accepts, Problem, Site, show};

use super::views::{PAGE, Query, page};
use crate::report::{due::pages::waiting, rows::list};

/// The address of the list.
pub fn routes() -> Router<Site> {
    Router::new().route("/reports", get(show_list))
}

/// `GET /reports`: three statements at most, whatever is found.
async fn show_list(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Asked(query): Asked<Query>,
) -> Result<Response, Problem> {
    who.may("report.read")?;
    let mut filter = query.filter()?;
    // What is not published is for those who may read the measures it is made of.
    filter.is_published_only = !who.may_do("measure.read");
    let offset = (query.number()? - 1) * PAGE;
    let mut read = site.read().await?;
    let (found, total) = list(&mut read, &filter, PAGE, offset).await?;
    let due = if who.may_do("report.make") { waiting(&mut read, site.today()).await?.len() } else { 0 };
    show(accepts, &page(&who, query, (&found, total, offset), due))
}
