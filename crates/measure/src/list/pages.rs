//! All measures: a page and data.

use axum::{Router, extract::State, response::Response, routing::get};
use journal::day_of;
use users::User;
use web::{Accepts, Problem, Site, show};

use super::views::{days, page};
use crate::{count::rows::counted_to, figure::rows::all_by_day};

/// The address of all measures.
pub fn routes() -> Router<Site> {
    Router::new().route("/measures", get(show_all))
}

/// `GET /measures`: two statements.
async fn show_all(State(site): State<Site>, who: User, accepts: Accepts) -> Result<Response, Problem> {
    who.may("measure.read")?;
    let today = day_of(site.now());
    let (from, until) = days(today);
    let mut read = site.read().await?;
    let found = all_by_day(&mut read, from, until).await?;
    let seq = counted_to(&mut read).await?;
    show(accepts, &page(&who, today, &found, seq))
}
