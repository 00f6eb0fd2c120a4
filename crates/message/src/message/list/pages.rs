//! The list of messages: a page, data, a file.

use axum::{
    Extension, Router,
    extract::{Query as Asked, State},
    response::Response,
    routing::get,
};
use users::User;
use web::{Accepts, Problem, Site, download, show};

use super::{
    export::csv,
    rows::{Filter, list, to_call},
    views::{Query, list_page},
};
use crate::message::mailbox::pages::Local;

/// The addresses of the list.
pub fn routes() -> Router<Site> {
    Router::new().route("/messages", get(show_list)).route("/messages.csv", get(file))
}

/// `GET /messages`: two statements, whatever is found.
async fn show_list(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Asked(query): Asked<Query>,
    local: Option<Extension<Local>>,
) -> Result<Response, Problem> {
    who.may("message.read")?;
    let filter = query.filter()?;
    let mut read = site.read().await?;
    let found = list(&mut read, &filter).await?;
    let to_call = to_call(&mut read).await?;
    show(accepts, &list_page(&who, query, &found, to_call, local.is_some()))
}

/// `GET /messages.csv`: all that the filter means.
async fn file(State(site): State<Site>, who: User, Asked(query): Asked<Query>) -> Result<Response, Problem> {
    who.may("message.read")?;
    let filter = Filter { before: None, limit: i64::MAX, ..query.filter()? };
    let found = list(&mut *site.read().await?, &filter).await?;
    Ok(download("messages.csv", "text/csv; charset=utf-8", csv(&found)?))
}
