//! One address, two representations: a page for a browser, its data for a program.

use std::convert::Infallible;

use askama::Template;
use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, StatusCode, header, request::Parts},
    response::{Html, IntoResponse, Response},
};
use journal::Refusal;
use serde::Serialize;

use crate::Problem;

/// What the caller can read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Accepts {
    /// A browser's page; otherwise JSON.
    pub html: bool,
}

impl Accepts {
    /// A browser names `text/html`; a program names `application/json` or nothing in particular.
    pub fn of(headers: &HeaderMap) -> Self {
        let accept = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or("");
        let place = |kind: &str| accept.find(kind).unwrap_or(usize::MAX);
        Self { html: place("text/html") < place("application/json") }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Accepts {
    type Rejection = Infallible;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self::of(&parts.headers))
    }
}

/// Shows `page` as the caller can read it.
pub fn show<P: Template + Serialize>(accepts: Accepts, page: &P) -> Result<Response, Problem> {
    let vary = [(header::VARY, "Accept"), (header::CACHE_CONTROL, "no-store")];
    if accepts.html {
        Ok((vary, Html(page.render()?)).into_response())
    } else {
        Ok((vary, axum::Json(serde_json::to_value(page)?)).into_response())
    }
}

/// Shows a form again with what was typed and why it was refused (422); to a program, the refusal alone.
pub fn show_refused<P: Template + Serialize>(
    accepts: Accepts,
    refusal: &Refusal,
    page: &P,
) -> Result<Response, Problem> {
    if !accepts.html {
        return Err(Problem::Refused(refusal.clone()));
    }
    let page = (StatusCode::UNPROCESSABLE_ENTITY, Html(page.render()?));
    Ok(([(header::CACHE_CONTROL, "no-store")], page).into_response())
}

/// A file to keep: never shown inside the site, whatever is in it.
pub fn download(name: &str, kind: &'static str, bytes: Vec<u8>) -> Response {
    let safe: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() || "-_.".contains(c) { c } else { '-' }).collect();
    let disposition = format!("attachment; filename=\"{safe}\"");
    let headers = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::CONTENT_DISPOSITION, disposition),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    (headers, bytes).into_response()
}
