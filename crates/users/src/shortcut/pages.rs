//! The page on which somebody changes their keys; its data is what the screens ask for.

use std::collections::BTreeMap;

use askama::Template;
use axum::{
    Json, Router,
    extract::{Query as Asked, State},
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use journal::Refusal;
use serde::{Deserialize, Serialize};
use web::{Accepts, Frame, Input, Problem, Section, Site, show, show_refused};

use super::{
    rows,
    rules::{in_force, read},
};
use crate::User;

/// The address of the keys.
pub fn routes() -> Router<Site> {
    Router::new().route("/account/keys", get(show_one).post(change))
}

/// One action and its keys.
#[derive(Debug, Serialize)]
struct Row {
    action: &'static str,
    words: &'static str,
    keys: String,
    first: &'static str,
}

/// The page of keys.
#[derive(Debug, Template, Serialize)]
#[template(path = "shortcut/show.html")]
struct KeysPage {
    #[serde(skip)]
    frame: Frame,
    keys: Vec<Row>,
    refusals: Vec<Refusal>,
}

impl KeysPage {
    fn error(&self, action: &str) -> Option<String> {
        self.refusals.iter().find(|one| one.field == action).map(|one| one.sentence.to_string())
    }
}

fn page(who: &User, changed: &BTreeMap<String, String>) -> KeysPage {
    let row = |(one, keys): (super::rules::Action, String)| Row {
        action: one.key,
        words: one.words,
        keys,
        first: if one.keys.is_empty() { "none" } else { one.keys },
    };
    KeysPage {
        frame: Frame::of("Your keys", Section::None).seen_by(who.signed()),
        keys: in_force(changed).into_iter().map(row).collect(),
        refusals: Vec::new(),
    }
}

/// What was just done.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Seen {
    done: String,
}

/// `GET /account/keys`
async fn show_one(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Asked(seen): Asked<Seen>,
) -> Result<Response, Problem> {
    let changed = rows::of_account(&mut *site.read().await?, &who.id).await?;
    let mut page = page(&who, &changed);
    page.frame = page.frame.with_notice((seen.done == "yes").then(|| "Your keys are changed.".to_owned()));
    show(accepts, &page)
}

/// `POST /account/keys`
async fn change(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    input: Input<serde::de::IgnoredAny>,
) -> Result<Response, Problem> {
    let typed = input.typed.0;
    let keys = if typed.get("do").is_some_and(|word| word == "reset") {
        BTreeMap::new()
    } else {
        match read(&typed) {
            Ok(keys) => keys,
            Err(refusal) => {
                let mut page = page(&who, &typed);
                page.frame.title = format!("Problem: {}", page.frame.title);
                page.refusals.push(refusal.clone());
                return show_refused(accepts, &refusal, &page);
            }
        }
    };
    let mut tx = site.begin().await?;
    rows::save(&mut tx, &who.id, &keys).await?;
    tx.commit().await?;
    if accepts.html {
        return Ok(Redirect::to("/account/keys?done=yes").into_response());
    }
    Ok(Json(serde_json::json!({ "keys": keys })).into_response())
}
