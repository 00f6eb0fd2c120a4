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
    export::{csv, xlsx},
    papers::papers_due,
    rules::{Attention, attention, of_everybody},
    views::{Query, Whose, page},
};
use crate::{group, meeting, month::pages::WORKBOOK};

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
    let (register, _, attention) = found(&site, &who, &query).await?;
    let name = format!("attention-{}.{format}", register.position.today);
    match format.as_str() {
        "csv" => Ok(download(&name, "text/csv; charset=utf-8", csv(&attention)?)),
        "xlsx" => Ok(download(&name, WORKBOOK, xlsx(&attention)?)),
        _ => Err(Problem::NotFound),
    }
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
    // A paper is of no post: who drafts papers sees those that are due among their own and everybody's.
    if who.may_do("paper.draft") && !matches!(whose, Whose::Post(_)) {
        let groups = group::rows::all(&mut read).await?;
        let papers = papers_due(&groups, &meeting::rows::all(&mut read).await?, today);
        return Ok((register, whose, attention.with_papers(papers)));
    }
    Ok((register, whose, attention))
}

async fn whose(read: &mut Connection, who: &User, query: &Query) -> Result<Whose, Problem> {
    let held = titles_held_by(read, &who.id).await?;
    let post = query.post.trim();
    let is_own = held.iter().any(|title| key(title) == key(post));
    if query.is_everybody() {
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
