//! The page of the local mailbox.

use axum::{
    Extension, Router,
    extract::{Query as Asked, State},
    response::Response,
    routing::get,
};
use serde::Deserialize;
use users::User;
use web::{Accepts, Problem, Site, show};

use super::views::mailbox_page;
use crate::message::{
    list::{
        rows::{Filter, list},
        views::{PAGE, place},
    },
    rules::State as Standing,
};

/// That nothing is set up by which a message could leave. The binary lays it around the site where that is so.
#[derive(Debug, Clone, Copy)]
pub struct Local;

/// The address of the mailbox.
pub fn routes() -> Router<Site> {
    Router::new().route("/messages/mailbox", get(mailbox))
}

/// What the address may ask.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Place {
    before: String,
}

/// `GET /messages/mailbox`: there is none where messages leave.
async fn mailbox(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Asked(asked): Asked<Place>,
    local: Option<Extension<Local>>,
) -> Result<Response, Problem> {
    who.may("message.read")?;
    if local.is_none() {
        return Err(Problem::NotFound);
    }
    let before = place("/messages/mailbox", &asked.before)?;
    let filter = Filter { state: Some(Standing::Kept), before, limit: PAGE + 1, ..Filter::default() };
    show(accepts, &mailbox_page(&who, &list(&mut *site.read().await?, &filter).await?))
}
