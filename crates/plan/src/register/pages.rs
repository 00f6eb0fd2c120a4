//! The register's page, and its download.

use std::sync::Arc;

use axum::{
    extract::{Path, RawQuery, State},
    response::Response,
};
use journal::{AsAt, Refusal};
use users::User;
use web::{Accepts, Problem, Site, download, show};

use super::{
    export::{csv, json, xlsx},
    filters::pills,
    kept,
    list::Query,
    rules::{Item, Register},
    views::page,
};
use crate::{linter::pages::check_kept, words};

/// `GET /recommendations`
pub async fn list(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    RawQuery(raw): RawQuery,
) -> Result<Response, Problem> {
    who.may("plan.read")?;
    let query = read_query(raw.as_deref())?;
    // A moment that cannot be read is told at its field, and the register is shown as it is now.
    let (as_at, error) = match AsAt::read(&query.as_at) {
        Ok(as_at) => (as_at, None),
        Err(refusal) if accepts.html => (AsAt::Now, Some(refusal.sentence.to_string())),
        Err(refusal) => return Err(refusal.into()),
    };
    let mut read = site.read().await?;
    let register = kept::register(&site, &mut read, as_at).await?;
    let views = crate::view::rows::seen_by(&mut read, &who.id).await?;
    let views = crate::view::pages::offered(&views, &who, &query);
    // What is wrong is told of the register as it is: nothing of the past can be mended.
    let found = if register.position.is_past {
        None
    } else {
        Some(check_kept(&site, &mut read, Arc::clone(&register)).await?.summary(None))
    };
    show(
        accepts,
        &page(&register, &query, &who, error, views).with_findings(found).noticing(notice(raw.as_deref())),
    )
}

/// What was just done, by the word at the end of the address that led here.
fn notice(raw: Option<&str>) -> Option<String> {
    let pairs: Vec<(String, String)> = serde_html_form::from_str(raw.unwrap_or_default()).ok()?;
    match pairs.iter().rev().find(|(name, _)| name == "done")?.1.as_str() {
        "saved-view" => Some("The view is saved. It stands above the list.".to_owned()),
        done => crate::bulk::pages::done_words(done),
    }
}

/// The filters of a list in words.
pub fn told(register: &Register, query: &Query) -> Vec<String> {
    pills(register, query).into_iter().map(|(_, words)| words).collect()
}

/// `GET /recommendations/export/{format}`: what the list shows, all pages of it.
pub async fn export(
    State(site): State<Site>,
    who: User,
    Path(format): Path<String>,
    RawQuery(raw): RawQuery,
) -> Result<Response, Problem> {
    who.may("plan.read")?;
    let query = read_query(raw.as_deref())?;
    let mut read = site.read().await?;
    let register = kept::register(&site, &mut read, AsAt::read(&query.as_at)?).await?;
    let today = register.position.today;
    let items: Vec<&Item> = register.items.iter().filter(|item| query.finds(item, today)).collect();
    let name = format!("register-at-entry-{}", register.position.seq);
    match format.as_str() {
        "csv" => Ok(download(&format!("{name}.csv"), "text/csv; charset=utf-8", csv(&register, &items)?)),
        "json" => {
            let text = serde_json::to_vec_pretty(&json(&register, &items))?;
            Ok(download(&format!("{name}.json"), "application/json", text))
        }
        "xlsx" => Ok(download(
            &format!("{name}.xlsx"),
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            xlsx(&register, &items)?,
        )),
        _ => Err(Problem::NotFound),
    }
}

fn read_query(raw: Option<&str>) -> Result<Query, Problem> {
    serde_html_form::from_str(raw.unwrap_or_default()).map_err(|_| {
        Refusal::of("words", "The address of this list is damaged. Start from the register again.").into()
    })
}

/// The moment looked back to, in words; nothing when it is now.
pub fn as_at_words(register: &Register) -> Option<String> {
    let position = register.position;
    position.is_past.then(|| {
        let seq = usize::try_from(position.seq).unwrap_or(0);
        format!("entry {}, {}", words::thousands(seq), words::day(position.today))
    })
}
