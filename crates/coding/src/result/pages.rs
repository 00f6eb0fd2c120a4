//! The contacts behind a cell of the results: a page, data, a file. While a sample is open there is nothing to be seen.

use axum::{
    Router,
    extract::{Path, Query as Asked, State},
    response::Response,
    routing::get,
};
use journal::{Connection, Refusal};
use users::User;
use web::{Accepts, Problem, Site, download, show};

use super::views::{Query, csv, list_page};
use crate::sample::{
    pages::find,
    rows::{Item, Listed, items},
};

/// The addresses of results.
pub fn routes() -> Router<Site> {
    Router::new()
        .route("/coding/{week}/contacts", get(show_list))
        .route("/coding/{week}/results.csv", get(file))
}

async fn closed(conn: &mut Connection, week: &str) -> Result<(Listed, Vec<Item>), Problem> {
    let listed = find(conn, week).await?;
    if listed.closed_at.is_none() {
        let sentence = format!(
            "The sample of {} is still being coded. What was derived is shown when it is closed.",
            listed.week
        );
        return Err(Refusal::of("week", sentence).into());
    }
    let items = items(conn, &listed.id).await?;
    Ok((listed, items))
}

/// `GET /coding/{week}/contacts`: two statements.
async fn show_list(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Path(week): Path<String>,
    Asked(query): Asked<Query>,
) -> Result<Response, Problem> {
    who.may("coding.read")?;
    query.check()?;
    let (listed, items) = closed(&mut *site.read().await?, &week).await?;
    show(accepts, &list_page(&who, &listed, &items, &query))
}

/// `GET /coding/{week}/results.csv`: every contact of the sample.
async fn file(State(site): State<Site>, who: User, Path(week): Path<String>) -> Result<Response, Problem> {
    who.may("coding.read")?;
    let (listed, items) = closed(&mut *site.read().await?, &week).await?;
    Ok(download(&format!("sample-{}.csv", listed.week), "text/csv; charset=utf-8", csv(&items)?))
}
