//! A new message: `GET /incidents/{id}/messages/new`, then what is said, then its words, then it goes.

use std::pin::Pin;

use axum::{
    Extension, Json, Router,
    extract::{Path, Query as Asked, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use contact::preference::rules::Way;
use journal::{Connection, DatabaseError, Id, Refusal};
use serde::{Deserialize, de::IgnoredAny};
use users::User;
use web::{Accepts, Input, Problem, Site, Typed, show, show_refused};

use super::views::{NewPage, choose_page, chosen, incident_id, new_page, offered};
use crate::{
    compose::{Composed, Values, compose},
    definition::Template,
    message::{
        rules::{Command, Fact, decide},
        saying::{About, ByHand, draft, store, whom},
    },
    route::is_discreet,
};

/// What the incident room tells of one of its incidents. The binary lays this function around the site; without it
/// nobody can be written to by these pages.
#[derive(Clone, Copy)]
pub struct Incidents(pub for<'a> fn(&'a mut Connection, &'a Id) -> Telling<'a>);

/// What [`Incidents`] gives: nothing where there is no such incident.
pub type Telling<'a> = Pin<Box<dyn Future<Output = Result<Option<About>, DatabaseError>> + Send + 'a>>;

/// The address of a new message.
pub fn routes() -> Router<Site> {
    Router::new().route("/incidents/{id}/messages/new", get(new).post(say))
}

/// What the address holds: a key, and nothing about anybody.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Which {
    template: String,
}

async fn about(
    conn: &mut Connection,
    room: Option<Extension<Incidents>>,
    incident: &str,
) -> Result<About, Problem> {
    let id = incident_id(incident).ok_or(Problem::NotFound)?;
    let Some(Extension(Incidents(tell))) = room else { return Err(Problem::NotFound) };
    tell(conn, &id).await?.ok_or(Problem::NotFound)
}

/// `GET /incidents/{id}/messages/new`
async fn new(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Path(incident): Path<String>,
    Asked(asked): Asked<Which>,
    room: Option<Extension<Incidents>>,
) -> Result<Response, Problem> {
    who.may("message.send")?;
    let mut read = site.read().await?;
    let about = about(&mut read, room, &incident).await?;
    if asked.template.is_empty() {
        return show(accepts, &choose_page(&who, &about));
    }
    let words = chosen(&asked.template)?;
    show(accepts, &page(&mut read, &site, &who, &about, (words, &Typed::default(), None)).await?)
}

/// The form, with the ways as they are at this moment.
async fn page(
    conn: &mut Connection,
    site: &Site,
    who: &User,
    about: &About,
    (words, typed, composed): (&'static Template, &Typed, Option<&Composed>),
) -> Result<NewPage, Problem> {
    let by_hand = by_hand(typed).unwrap_or_default();
    let (_, preferences, reach) = whom(conn, about, &by_hand).await?;
    let ways = offered(&preferences, words, &reach, by_hand.is_urgent, site.now());
    Ok(new_page(who, about, words, ways, typed, composed))
}

/// What was chosen beyond the words.
fn by_hand(typed: &Typed) -> Result<ByHand, Refusal> {
    let way = Way::of(typed.get("way"))
        .ok_or_else(|| Refusal::of("way", "Say how it goes. Choose one of the ways that are offered."))?;
    Ok(ByHand {
        way: Some(way),
        to: typed.get("to").to_owned(),
        is_urgent: typed.get("urgent") == "yes",
        not_after: None,
    })
}

fn values(words: &'static Template, typed: &Typed) -> Values {
    let asks = words.asks().into_iter().filter(|key| *key != "reference");
    asks.map(|key| (key.to_owned(), typed.get(key).to_owned())).collect()
}

/// `POST /incidents/{id}/messages/new`: shows the words; and sends them where they are those that were shown. A
/// program says `"do": "send"` and need not have been shown anything.
async fn say(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    (Path(incident), Asked(asked)): (Path<String>, Asked<Which>),
    room: Option<Extension<Incidents>>,
    input: Input<IgnoredAny>,
) -> Result<Response, Problem> {
    who.may("message.send")?;
    let typed = &input.typed;
    let mut tx = site.begin().await?;
    let about = about(&mut tx, room, &incident).await?;
    let key = if asked.template.is_empty() { typed.get("template") } else { &asked.template };
    let words = chosen(key)?;
    let composed = match check(&mut tx, &site, &about, words, typed).await? {
        Ok(composed) => composed,
        Err(refusal) => {
            let page = page(&mut tx, &site, &who, &about, (words, typed, None)).await?;
            return show_refused(accepts, &refusal, &page.refused(&refusal));
        }
    };
    let was_shown = input.is_json || typed.get("shown").trim() == composed.body;
    if typed.get("do") != "send" || !was_shown {
        return show(accepts, &page(&mut tx, &site, &who, &about, (words, typed, Some(&composed))).await?);
    }
    let (now, by_hand) = (site.now(), by_hand(typed)?);
    let (id, who) = (Id::new(now), who.doing("Write to somebody"));
    let entry = store(&mut tx, &who, now, &id, &about, &words.key, values(words, typed), &by_hand).await??;
    tx.commit().await?;
    if accepts.html {
        return Ok(Redirect::to(&format!("/messages/{id}?done=said")).into_response());
    }
    let told = Json(serde_json::json!({ "id": id, "entry": entry.seq }));
    Ok((StatusCode::CREATED, told).into_response())
}

/// The words as they would leave, where the gate lets them pass at this moment; or why not.
async fn check(
    conn: &mut Connection,
    site: &Site,
    about: &About,
    words: &'static Template,
    typed: &Typed,
) -> Result<Result<Composed, Refusal>, DatabaseError> {
    let by_hand = match by_hand(typed) {
        Ok(by_hand) => by_hand,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let (draft, known) = draft(conn, site.now(), about, (&words.key, values(words, typed)), &by_hand).await?;
    let (language, filled) = (draft.language.clone(), draft.values.clone());
    let is_discreet = is_discreet(&known.preferences);
    Ok(match decide(&known, None, Command::Say(Box::new(draft))) {
        Ok(Fact::Queued(_)) => compose(words, &language, &filled, is_discreet),
        Ok(_) => Err(Refusal::of("way", "There is no safe way to send it. Call them.")),
        Err(refusal) => Err(refusal),
    })
}
