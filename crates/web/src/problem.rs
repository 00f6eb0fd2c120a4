//! The problem that is shown when a request cannot be met: a page for a person, RFC 9457 for a program.

use std::fmt::Write;

use askama::Template;
use axum::{
    extract::Request,
    http::{StatusCode, header},
    middleware::Next,
    response::{Html, IntoResponse, Redirect, Response},
};
use journal::Refusal;
use serde::Serialize;

use crate::{Accepts, Frame, Section, Signed};

/// Why a request was not met.
#[derive(Debug)]
pub enum Problem {
    /// A person can mend it: 422.
    Refused(Refusal),
    /// There is no such thing, or none that this person may know of: 404.
    NotFound,
    /// Not in this role: 403, with what the role would have to be.
    Forbidden(String),
    /// Somebody else changed it in the meantime: 409. The address shows it as it is now.
    Stale {
        /// Where the present state is shown.
        see: String,
        /// What was typed, so that nothing is lost.
        typed: Vec<(String, String)>,
    },
    /// A form that this session's pages did not make: 403.
    StaleForm,
    /// Nobody is signed in: to the sign-in page, or 401.
    SignIn {
        /// Where they wanted to go.
        next: String,
    },
    /// Too many tries: 429, with the seconds to wait.
    TooMany {
        /// Seconds until the next try is looked at.
        wait_seconds: u64,
    },
    /// Nothing of the kind can be done at this address: 405.
    WrongMethod,
    /// More was sent than is taken: 413.
    TooLarge,
    /// Our fault: 500, with a number that is shown and logged.
    Broken(String),
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<sqlx::Error> for Problem {
    fn from(error: sqlx::Error) -> Self {
        Self::Broken(error.to_string())
    }
}

impl From<askama::Error> for Problem {
    fn from(error: askama::Error) -> Self {
        Self::Broken(error.to_string())
    }
}

impl From<serde_json::Error> for Problem {
    fn from(error: serde_json::Error) -> Self {
        Self::Broken(error.to_string())
    }
}

/// A problem in words: RFC 9457's members, and what the page shows.
#[derive(Debug, Clone, Serialize)]
struct Told {
    title: &'static str,
    status: u16,
    detail: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<String>,
    #[serde(skip)]
    see: Option<String>,
    #[serde(skip)]
    typed: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "problem.html")]
struct ProblemPage {
    frame: Frame,
    title: String,
    status: u16,
    detail: String,
    see: Option<String>,
    typed: Vec<(String, String)>,
}

impl Problem {
    fn told(&self) -> Told {
        let (status, title, detail): (StatusCode, &'static str, String) = match self {
            Self::Refused(refusal) => {
                (StatusCode::UNPROCESSABLE_ENTITY, "This cannot be done as it stands", refusal.sentence.to_string())
            }
            Self::NotFound => (
                StatusCode::NOT_FOUND,
                "Page not found",
                "There is nothing at this address. Check it, or find what you need from the register.".to_owned(),
            ),
            Self::Forbidden(why) => (StatusCode::FORBIDDEN, "Your role may not do this", why.clone()),
            Self::Stale { .. } => (
                StatusCode::CONFLICT,
                "Somebody changed this while you were typing",
                "Nothing was overwritten. Look at it as it is now, and send your change again if it is still right.".to_owned(),
            ),
            Self::StaleForm => (
                StatusCode::FORBIDDEN,
                "This form has expired",
                "Nothing was changed. Go back, load the page again and send the form once more.".to_owned(),
            ),
            Self::SignIn { .. } => (
                StatusCode::UNAUTHORIZED,
                "Sign in first",
                "Sign in, or send a bearer token (answerable token ROLE gives one).".to_owned(),
            ),
            Self::TooMany { wait_seconds } => (
                StatusCode::TOO_MANY_REQUESTS,
                "Too many tries",
                format!("Wait {wait_seconds} seconds and try again."),
            ),
            Self::WrongMethod => (
                StatusCode::METHOD_NOT_ALLOWED,
                "This cannot be done here",
                "The address is right, but not for this. Open it, and use what it offers.".to_owned(),
            ),
            Self::TooLarge => (
                StatusCode::PAYLOAD_TOO_LARGE,
                "This is too large",
                "More was sent than can be taken at once. A file may have 10 MiB. Send less.".to_owned(),
            ),
            Self::Broken(_) => (
                StatusCode::INTERNAL_SERVER_ERROR,
                "Something is broken here",
                String::new(),
            ),
        };
        let field = if let Self::Refused(refusal) = self { Some(refusal.field.to_string()) } else { None };
        let (see, typed) = match self {
            Self::Stale { see, typed } => (Some(see.clone()), typed.clone()),
            _ => (None, Vec::new()),
        };
        Told { title, status: status.as_u16(), detail, field, see, typed }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut told = self.told();
        if let Self::Broken(cause) = &self {
            let mut number = [0_u8; 4];
            let _ = getrandom::fill(&mut number); // a number to find it by; any number will do
            let number = journal::hex(&number);
            tracing::error!(number, cause, "broken");
            told.detail = format!(
                "Nothing was changed. Try again; if it happens again, tell support the number {number}."
            );
        }
        let status = StatusCode::from_u16(told.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let body = serde_json::to_string(&told).unwrap_or_default();
        let mut response =
            (status, [(header::CONTENT_TYPE, "application/problem+json")], body).into_response();
        if let Self::TooMany { wait_seconds } = &self
            && let Ok(value) = wait_seconds.to_string().parse()
        {
            response.headers_mut().insert(header::RETRY_AFTER, value);
        }
        if let Self::SignIn { next } = &self {
            response.extensions_mut().insert(WantedPage(next.clone()));
        }
        response.extensions_mut().insert(told);
        response
    }
}

/// Where a person wanted to go before they had to sign in.
#[derive(Clone)]
struct WantedPage(String);

/// Turns a problem into a page where a browser asked. The outermost layer but the headers.
pub async fn render_problems(signed: Option<Signed>, request: Request, next: Next) -> Response {
    let accepts = Accepts::of(request.headers());
    let response = next.run(request).await;
    if !accepts.html {
        return response;
    }
    if let Some(WantedPage(next)) = response.extensions().get::<WantedPage>() {
        return Redirect::to(&format!("/sign-in?next={}", encode(next))).into_response();
    }
    let Some(told) = response.extensions().get::<Told>().cloned() else { return response };
    let signed = response.extensions().get::<Signed>().cloned().or(signed);
    let frame = Frame::of(told.title, Section::None);
    let page = ProblemPage {
        frame: match &signed {
            Some(signed) => frame.seen_by(signed),
            None => frame,
        },
        title: told.title.to_owned(),
        status: told.status,
        detail: told.detail,
        see: told.see,
        typed: told.typed,
    };
    match page.render() {
        Ok(html) => {
            let wait = response.headers().get(header::RETRY_AFTER).cloned();
            let mut page = (response.status(), Html(html)).into_response();
            if let Some(wait) = wait {
                page.headers_mut().insert(header::RETRY_AFTER, wait);
            }
            page
        }
        Err(_) => response,
    }
}

/// Text made safe for a query.
fn encode(text: &str) -> String {
    text.bytes().fold(String::new(), |mut encoded, byte| {
        if byte.is_ascii_alphanumeric() || b"-_./".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            let _ = write!(encoded, "%{byte:02X}"); // writing to a string cannot fail
        }
        encoded
    })
}
