//! The list of outages: a page, data.

use axum::{
    extract::{Query as Asked, State},
    response::Response,
};
use users::User;
use web::{Accepts, Problem, Site, show};

use super::{
    rows::{list as listed, open_count},
    views::{Query, list_page},
};

/// `GET /outages`: two statements, whatever is found.
pub async fn list(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Asked(query): Asked<Query>,
) -> Result<Response, Problem> {
    who.may("contact.read")?;
    let filter = query.filter()?;
    let mut read = site.read().await?;
    let found = listed(&mut read, &filter).await?;
    let down = open_count(&mut read).await?;
    show(accepts, &list_page(site.now(), &who, &query, found, down))
}
