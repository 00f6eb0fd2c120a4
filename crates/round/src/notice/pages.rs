//! The mailbox: one’s own notices; everybody’s, for whoever may read them all.

use axum::{
    Router,
    extract::{Path, Query as Asking, State},
    response::Response,
    routing::get,
};
use journal::AsAt;
use plan::{pages::read_id, register::kept};
use users::{User, people};
use web::{Accepts, Problem, Site, show};

use super::{
    rows::{self, Wanted},
    subscription,
    views::{PAGE, Query, list_page, show_page},
};

/// The noun's addresses.
pub fn routes() -> Router<Site> {
    Router::new()
        .route("/mailbox", get(list))
        .route("/mailbox/settings", get(subscription::pages::settings).post(subscription::pages::set))
        .route("/mailbox/{id}", get(show_one))
}

async fn list(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Asking(query): Asking<Query>,
) -> Result<Response, Problem> {
    if query.is_everybody() {
        who.may("notices.read")?;
    }
    let page = query.page.clamp(1, 1_000_000);
    let account = if query.is_everybody() { "" } else { who.id.as_str() };
    let wanted = Wanted { account, words: &query.words, state: &query.state };
    let before = i64::try_from((page - 1) * PAGE).unwrap_or(i64::MAX);
    let mut read = site.read().await?;
    let (notices, total) =
        rows::list(&mut read, wanted, i64::try_from(PAGE).unwrap_or(i64::MAX), before).await?;
    let people = if query.is_everybody() { Some(people(&mut read).await?) } else { None };
    let total = usize::try_from(total).unwrap_or(0);
    show(accepts, &list_page(&who, query, page, &notices, total, people.as_deref()))
}

/// Somebody else's is not there for whoever may not read it.
async fn show_one(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let mut read = site.read().await?;
    let notice = rows::one(&mut read, &read_id(&id)?).await?.ok_or(Problem::NotFound)?;
    let is_own = notice.account == who.id.as_str();
    if !is_own && !who.may_do("notices.read") {
        return Err(Problem::NotFound);
    }
    let people = if is_own { None } else { Some(people(&mut read).await?) };
    let register = kept::register(&site, &mut read, AsAt::Now).await?;
    show(accepts, &show_page(&who, &notice, &register, people.as_deref()))
}
