//! “My work”: what needs attention, as a page, as JSON and as a file.

use std::sync::Arc;

use axum::{
    Router,
    extract::{Path, Query as Asking, State},
    response::Response,
    routing::get,
};
use journal::{AsAt, Connection};
use plan::{
    post::{
        rows::titles_held_by,
        rules::{key, named_in},
    },
    register::{kept, rules::Register},
};
use users::User;
use web::{Accepts, Problem, Site, download, show};

use super::{
    export::csv,
    rules::{Attention, attention, of_everybody},
    views::{Query, Whose, page},
};

/// The noun's addresses.
pub fn routes() -> Router<Site> {
    Router::new().route("/attention", get(mine)).route("/attention/export/{format}", get(export))
}

async fn mine(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Asking(query): Asking<Query>,
) -> Result<Response, Problem> {
    let (register, whose, attention) = found(&site, &who, &query).await?;
    let titles: Vec<String> = if who.may_do("plan.register") {
        named_in(&register).into_values().map(|named| named.title).collect()
    } else {
        Vec::new()
    };
    show(accepts, &page(&who, whose, &attention, &titles, register.position.today.to_string()))
}

async fn export(
    State(site): State<Site>,
    who: User,
    Path(format): Path<String>,
    Asking(query): Asking<Query>,
) -> Result<Response, Problem> {
    if format != "csv" {
        return Err(Problem::NotFound);
    }
    let (register, _, attention) = found(&site, &who, &query).await?;
    let name = format!("attention-{}.csv", register.position.today);
    Ok(download(&name, "text/csv; charset=utf-8", csv(&attention)?))
}

/// One's own is everybody's to see; another post's, and everybody's, are the audit manager's.
async fn found(site: &Site, who: &User, query: &Query) -> Result<(Arc<Register>, Whose, Attention), Problem> {
    who.may("plan.read")?;
    let mut read = site.read().await?;
    let whose = whose(&mut read, who, query).await?;
    let register = kept::register(site, &mut read, AsAt::Now).await?;
    let asked = crate::month::asked_for(&mut read).await?;
    let today = register.position.today;
    let attention = match &whose {
        Whose::Mine(posts) => attention(&register, posts, &asked, today),
        Whose::Post(post) => attention(&register, std::slice::from_ref(post), &asked, today),
        Whose::Everybody => of_everybody(&register, &asked, today),
    };
    Ok((register, whose, attention))
}

async fn whose(read: &mut Connection, who: &User, query: &Query) -> Result<Whose, Problem> {
    let held = titles_held_by(read, &who.id).await?;
    let post = query.post.trim();
    let is_own = held.iter().any(|title| key(title) == key(post));
    if query.everybody == "1" {
        who.may("plan.register")?;
        return Ok(Whose::Everybody);
    }
    if post.is_empty() {
        return Ok(Whose::Mine(held));
    }
    if !is_own {
        who.may("plan.register")?;
    }
    Ok(Whose::Post(post.to_owned()))
}
