//! What is due: a page and data.

use axum::{Router, extract::State, response::Response, routing::get};
use jiff::civil::Date;
use journal::{Connection, DatabaseError};
use users::User;
use web::{Accepts, Problem, Site, show};

use super::views::page;
use crate::{
    pack::rules::{About, due},
    report::rows::since,
};

/// The address of what is due.
pub fn routes() -> Router<Site> {
    Router::new().route("/reports/due", get(show_due))
}

/// `GET /reports/due`: one statement.
async fn show_due(State(site): State<Site>, who: User, accepts: Accepts) -> Result<Response, Problem> {
    who.may("report.make")?;
    let waiting = waiting(&mut *site.read().await?, site.today()).await?;
    show(accepts, &page(&who, &waiting))
}

/// What is due and not frozen.
pub async fn waiting(read: &mut Connection, today: Date) -> Result<Vec<About>, DatabaseError> {
    let due = due(today);
    let Some(first) = due.iter().map(|about| about.period.from).min() else { return Ok(due) };
    let frozen = since(read, first).await?;
    Ok(due.into_iter().filter(|about| !frozen.contains(about)).collect())
}
