//! The records behind a figure: a page and data.

use axum::{
    Router,
    extract::{Path, Query as Wanted, State},
    response::Response,
    routing::get,
};
use users::User;
use web::{Accepts, Problem, Site, show};

use super::views::{PAGE, page};
use crate::{
    asked::Query,
    catalogue::Catalogue,
    count::rows::counted_to,
    figure::rows::{as_at, records},
    one::versions::defined,
};

/// The address of the records.
pub fn routes() -> Router<Site> {
    Router::new().route("/measures/{key}/records", get(show_records))
}

/// `GET /measures/{key}/records`: three statements. `as_at` is an entry: the records behind a figure as it was then.
async fn show_records(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Path(key): Path<String>,
    Wanted(query): Wanted<Query>,
) -> Result<Response, Problem> {
    who.may("measure.read")?;
    let catalogue = Catalogue::published();
    if catalogue.versions(&key).is_empty() {
        return Err(Problem::NotFound);
    }
    let period = query.read_by(catalogue, &key, site.now())?;
    let definition = defined(catalogue, &period).ok_or(Problem::NotFound)?;
    let (seq, after) = (query.as_at()?, query.after()?);
    let mut read = site.read().await?;
    let counted = counted_to(&mut read).await?;
    let seq = seq.unwrap_or(counted).min(counted);
    let sum = as_at(&mut read, &period.asked, seq).await?;
    let found = records(&mut read, &period.asked, seq, after.as_ref(), PAGE + 1).await?;
    show(accepts, &page(&who, (catalogue, definition), &query, &period, (seq, sum, &found)))
}
