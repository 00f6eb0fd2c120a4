//! The pages that every service owes its users: accessibility and the keyboard.

use askama::Template;
use axum::{Router, response::Response, routing::get};
use serde::Serialize;

use crate::{Accepts, Frame, Problem, Section, Signed, Site, show};

/// The accessibility statement (PSBAR 2018).
#[derive(Debug, Template, Serialize)]
#[template(path = "accessibility.html")]
struct AccessibilityPage {
    #[serde(skip)]
    frame: Frame,
}

/// The keyboard help, for browsers without scripts.
#[derive(Debug, Template, Serialize)]
#[template(path = "keys.html")]
struct KeysPage {
    #[serde(skip)]
    frame: Frame,
}

/// The addresses of the help.
pub fn routes() -> Router<Site> {
    Router::new().route("/accessibility", get(accessibility)).route("/help/keys", get(keys))
}

fn frame(title: &str, signed: Option<&Signed>) -> Frame {
    let frame = Frame::of(title, Section::None);
    match signed {
        Some(signed) => frame.seen_by(signed),
        None => frame,
    }
}

async fn accessibility(accepts: Accepts, signed: Option<Signed>) -> Result<Response, Problem> {
    show(accepts, &AccessibilityPage { frame: frame("Accessibility statement", signed.as_ref()) })
}

async fn keys(accepts: Accepts, signed: Option<Signed>) -> Result<Response, Problem> {
    show(accepts, &KeysPage { frame: frame("Keyboard help", signed.as_ref()) })
}
