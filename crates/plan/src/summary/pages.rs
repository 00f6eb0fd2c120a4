//! The summary's page and its download.

use axum::{
    extract::{Query, State},
    response::Response,
};
use journal::{AsAt, Refusal};
use users::User;
use web::{Accepts, Problem, Site, download, show};

use super::{
    rules::{WAYS, lines},
    views::{Asked, figures, heads, page},
};
use crate::register::{export::table_csv, kept::register};

/// `GET /recommendations/summary`
pub async fn show_one(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    who.may("plan.read")?;
    // What cannot be read is told at its field, and the summary is shown as it is now.
    let (as_at, error) = match AsAt::read(&asked.as_at) {
        Ok(as_at) => (as_at, None),
        Err(refusal) if accepts.html => (AsAt::Now, Some(refusal.sentence.to_string())),
        Err(refusal) => return Err(refusal.into()),
    };
    let mut read = site.read().await?;
    let register = register(&site, &mut read, as_at).await?;
    if !accepts.html {
        asked.days(register.position.today).map_err(refused)?;
    }
    show(accepts, &page(&register, &asked, &who, error))
}

/// `GET /recommendations/summary/csv`
pub async fn csv(
    State(site): State<Site>,
    who: User,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    who.may("plan.read")?;
    let mut read = site.read().await?;
    let register = register(&site, &mut read, AsAt::read(&asked.as_at)?).await?;
    let days = asked.days(register.position.today).map_err(refused)?;
    let (way, words) = *WAYS.iter().find(|(word, _)| *word == asked.by).unwrap_or(&WAYS[0]);
    let (lines, total) = lines(&register, way, days);
    let heads = heads(days);
    let heads: Vec<&str> = std::iter::once(words).chain(heads.iter().map(String::as_str)).collect();
    let rows = lines.iter().chain([&total]).map(|line| {
        std::iter::once(line.name.clone()).chain(figures(line).map(|number| number.to_string())).collect()
    });
    let name = format!("summary-by-{way}-at-entry-{}.csv", register.position.seq);
    Ok(download(&name, "text/csv; charset=utf-8", table_csv(&heads, rows)?))
}

fn refused((field, sentence): (&'static str, String)) -> Refusal {
    Refusal::of(field, sentence)
}
