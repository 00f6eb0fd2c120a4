//! Drawing again: a page, data, and the file from which anybody draws with tools of their own.

use axum::{
    Router,
    extract::{Path, State},
    response::Response,
    routing::get,
};
use measure::catalogue::edition;
use users::User;
use web::{Accepts, Problem, Site, download, show, table_csv};

use super::{rules::again, views::page};
use crate::sample::{
    pages::{find, whole},
    rows::population,
};

/// The addresses of drawing again.
pub fn routes() -> Router<Site> {
    Router::new()
        .route("/coding/{week}/again", get(show_again))
        .route("/coding/{week}/population.csv", get(file))
}

/// `GET /coding/{week}/again`
async fn show_again(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Path(week): Path<String>,
) -> Result<Response, Problem> {
    who.may("coding.read")?;
    let mut read = site.read().await?;
    let listed = find(&mut read, &week).await?;
    let sample = whole(&mut read, &listed).await?;
    let population = population(&mut read, listed.week, listed.entry).await?;
    show(accepts, &page(&who, &listed, &again(&sample.drawn, &population, &edition())))
}

/// `GET /coding/{week}/population.csv`: what was drawn from, and nothing of what was derived.
async fn file(State(site): State<Site>, who: User, Path(week): Path<String>) -> Result<Response, Problem> {
    who.may("coding.read")?;
    let mut read = site.read().await?;
    let listed = find(&mut read, &week).await?;
    let population = population(&mut read, listed.week, listed.entry).await?;
    let rows = population.iter().map(|one| vec![one.contact.to_string(), one.at.to_string()]);
    let file = table_csv(&["Contact", "Counted at"], rows)?;
    Ok(download(&format!("population-{}.csv", listed.week), "text/csv; charset=utf-8", file))
}
