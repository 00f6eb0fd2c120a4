//! A frozen report: a page, a PDF, a file of its figures.

use axum::{
    Router,
    extract::{Path, Query, State},
    http::HeaderMap,
    response::Response,
    routing::get,
};
use journal::{Id, Refusal};
use publish::document::Document;
use serde::Deserialize;
use users::User;
use web::{Accepts, Problem, Site, download, show};

use super::{
    compose::SITE,
    rows::{Line, Told, edition, editions, one},
    rules::Edition,
    views::{csv, page, published_csv},
};

/// The addresses of a report.
pub fn routes() -> Router<Site> {
    Router::new()
        .route("/reports/{id}", get(show_one))
        .route("/reports/{id}/pdf", get(pdf))
        .route("/reports/{id}/csv", get(file))
}

/// What the address may ask.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    edition: String,
    done: String,
}

/// What was found of a report, as far as whoever asks may see it.
pub struct Found {
    /// The report.
    pub line: Line,
    /// Its editions.
    pub editions: Vec<Told>,
    /// The one that is shown.
    pub edition: Edition,
    /// Whether only its published rendition is.
    pub is_public: bool,
}

impl Found {
    /// The document that is shown.
    pub fn document(&self, site: &str) -> Option<Document> {
        let tree = if self.is_public { &self.edition.published.as_ref()?.tree } else { &self.edition.tree };
        Some(tree.filled(&[(SITE, site)]))
    }

    fn name(&self, end: &str) -> String {
        let about = &self.line.about;
        format!(
            "{}-{}{}-edition-{}.{end}",
            about.pack, about.period.from, about.division, self.edition.number
        )
    }
}

/// `GET /reports/{id}`: three statements.
async fn show_one(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    headers: HeaderMap,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let found = found(&site, &who, &id, &asked).await?;
    let document = found.document(&site_address(&headers)).ok_or(Problem::NotFound)?;
    show(accepts, &page(&who, &found, document, &asked.done))
}

/// `GET /reports/{id}/pdf`
async fn pdf(
    State(site): State<Site>,
    who: User,
    headers: HeaderMap,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let found = found(&site, &who, &id, &asked).await?;
    let document = found.document(&site_address(&headers)).ok_or(Problem::NotFound)?;
    let bytes = publish::pdf(document).await.map_err(|error| Problem::Broken(error.to_string()))?;
    Ok(download(&found.name("pdf"), "application/pdf", bytes))
}

/// `GET /reports/{id}/csv`
async fn file(
    State(site): State<Site>,
    who: User,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let found = found(&site, &who, &id, &asked).await?;
    let file = if found.is_public { published_csv(&found)? } else { csv(&found)? };
    Ok(download(&found.name("csv"), "text/csv; charset=utf-8", file))
}

/// The report and the edition that is asked for: the last one that whoever asks may see where none is.
async fn found(site: &Site, who: &User, id: &str, asked: &Asked) -> Result<Found, Problem> {
    who.may("report.read")?;
    let id = Id::read(id).ok_or(Problem::NotFound)?;
    let is_public = !who.may_do("measure.read");
    let mut read = site.read().await?;
    let line = one(&mut read, &id).await?.ok_or(Problem::NotFound)?;
    let mut editions = editions(&mut read, &id).await?;
    editions.retain(|one| one.is_published || !is_public);
    let last = editions.last().map(|one| one.number).ok_or(Problem::NotFound)?;
    let number = match asked.edition.as_str() {
        "" => last,
        text => text.parse().map_err(|_| {
            Refusal::of("edition", format!("“{text}” is no edition. Give its number, such as 1."))
        })?,
    };
    if editions.iter().all(|one| one.number != number) {
        return Err(Problem::NotFound);
    }
    let edition = edition(&mut read, &id, number).await?.ok_or(Problem::NotFound)?;
    Ok(Found { line, editions, edition, is_public })
}

/// Where this site is, as its caller sees it: what a printed figure’s link begins with.
pub fn site_address(headers: &HeaderMap) -> String {
    let host = headers.get("host").and_then(|value| value.to_str().ok()).unwrap_or("localhost");
    // A name that could not stand in an address is none.
    let is_plain = host.chars().all(|c| c.is_ascii_alphanumeric() || ".-:[]".contains(c));
    let host = if is_plain { host } else { "localhost" };
    let is_local = host.starts_with("127.") || host.starts_with("localhost") || host.starts_with("[::1]");
    format!("{}://{host}", if is_local { "http" } else { "https" })
}
