//! The list of measured evidence: a page, data, a file.

use axum::{
    Router,
    extract::{Query as Asked, State},
    response::Response,
    routing::get,
};
use journal::AsAt;
use plan::register::kept;
use users::User;
use web::{Accepts, Problem, Site, download, show};

use super::{
    rows::{Filter, list},
    views::{PAGE, Query, csv, list_page},
};

/// The addresses of the list.
pub fn routes() -> Router<Site> {
    Router::new().route("/evidence", get(show_list)).route("/evidence.csv", get(file))
}

/// `GET /evidence`: one statement beside the register that is kept, whatever is found.
async fn show_list(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Asked(query): Asked<Query>,
) -> Result<Response, Problem> {
    who.may("plan.read")?;
    let filter = query.filter()?;
    let mut read = site.read().await?;
    let found = list(&mut read, &filter, PAGE + 1).await?;
    let register = kept::register(&site, &mut read, AsAt::Now).await?;
    show(accepts, &list_page(&who, query, &found, &register))
}

/// `GET /evidence.csv`: all that the filter means.
async fn file(State(site): State<Site>, who: User, Asked(query): Asked<Query>) -> Result<Response, Problem> {
    who.may("plan.read")?;
    let filter = Filter { before: None, ..query.filter()? };
    let mut read = site.read().await?;
    let found = list(&mut read, &filter, i64::MAX).await?;
    let register = kept::register(&site, &mut read, AsAt::Now).await?;
    let file = csv(&found, &register, who.may_do("measure.read"))?;
    Ok(download("evidence.csv", "text/csv; charset=utf-8", file))
}
