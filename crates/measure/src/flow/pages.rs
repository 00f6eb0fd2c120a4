//! The flow of contacts: a page, data, a file.

use axum::{
    Router,
    extract::{Query as Wanted, State},
    response::Response,
    routing::get,
};
use journal::DatabaseError;
use users::User;
use web::{Accepts, Problem, Site, download, show};

use super::{
    rules::{Flow, flow},
    views::{csv, page},
};
use crate::{
    asked::{Period, Query},
    catalogue::definition,
    count::rows::counted_to,
    figure::rows::by_reason,
    measures::routes::ROUTES,
};

/// The address of the flow.
pub const ADDRESS: &str = "/measures/flow";

/// The addresses of the flow.
pub fn routes() -> Router<Site> {
    Router::new().route(ADDRESS, get(show_flow)).route("/measures/flow.csv", get(file))
}

/// What flowed in a period, and to which entry it is counted: two statements.
async fn found(site: &Site, query: &Query) -> Result<(Period, Flow, i64), Problem> {
    let definition = definition(ROUTES).ok_or(Problem::NotFound)?;
    let period = query.read(definition, site.now())?;
    let mut read = site.read().await?;
    let flow = flow(&by_reason(&mut read, &period.asked).await?);
    let seq = counted_to(&mut read).await?;
    Ok((period, flow, seq))
}

/// `GET /measures/flow`: from channels by ways to ends, as a picture and as a table, each line of which opens to its
/// contacts.
async fn show_flow(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Wanted(query): Wanted<Query>,
) -> Result<Response, Problem> {
    who.may("measure.read")?;
    let query = Query { reason: String::new(), by: String::new(), ..query };
    let (period, flow, seq) = found(&site, &query).await?;
    show(accepts, &page(&who, query, &period, flow, seq))
}

/// `GET /measures/flow.csv`: the same table.
async fn file(
    State(site): State<Site>,
    who: User,
    Wanted(query): Wanted<Query>,
) -> Result<Response, Problem> {
    who.may("measure.read")?;
    let query = Query { reason: String::new(), by: String::new(), ..query };
    let (_, flow, _) = found(&site, &query).await?;
    let file = csv(&flow).map_err(|error| DatabaseError::Encode(format!("CSV: {error}").into()))?;
    Ok(download("flow.csv", "text/csv; charset=utf-8", file))
}
