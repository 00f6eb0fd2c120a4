//! The page of one message, its letter, and the forms by which somebody records what becomes of it.

use axum::{
    Json, Router,
    extract::{Path, Query as Asked, State},
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use journal::{Connection, Entry, Id, OPEN_END, history, reference_seq};
use serde::{Deserialize, de::IgnoredAny};
use users::{User, names_in_history};
use web::{Accepts, Input, Problem, Site, Typed, show, show_refused};

use super::{
    list::rows::{Listed, by_reference, one},
    rows::{change, folded, known},
    rules::{Command, Message, may_be_printed},
    views::{Form, form, form_page, letter_page, show_page},
};

/// The addresses of one message.
pub fn routes() -> Router<Site> {
    Router::new()
        .route("/messages/{id}", get(show_one))
        .route("/messages/{id}/letter", get(letter))
        .route("/messages/{id}/{form}", get(show_form).post(post))
}

/// An identity or a reference in an address; anything else is not found.
async fn read_id(conn: &mut Connection, text: &str) -> Result<Id, Problem> {
    if let Some(id) = Id::read(text) {
        return Ok(id);
    }
    let seq = reference_seq('M', text).ok_or(Problem::NotFound)?;
    by_reference(conn, seq).await?.ok_or(Problem::NotFound)
}

async fn found(conn: &mut Connection, id: &str) -> Result<(Listed, Message, Vec<Entry>), Problem> {
    let id = read_id(conn, id).await?;
    let listed = one(conn, &id).await?.ok_or(Problem::NotFound)?;
    let history = history(conn, &id, OPEN_END).await?;
    let message = folded(&history)?.ok_or(Problem::NotFound)?;
    Ok((listed, message, history))
}

/// What the address may ask.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Seen {
    done: String,
}

/// `GET /messages/{id}`
async fn show_one(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Path(id): Path<String>,
    Asked(seen): Asked<Seen>,
) -> Result<Response, Problem> {
    who.may("message.read")?;
    let mut read = site.read().await?;
    let (listed, message, history) = found(&mut read, &id).await?;
    let names = names_in_history(&mut read, &listed.id).await?;
    let mut page = show_page(&who, &listed, &message, (&history, &names))?;
    let told = if message.state.is_alarming() {
        "It was not sent: it is held back. Call them."
    } else {
        "It is on its way. Its timeline says what becomes of it."
    };
    let said = (seen.done == "said").then(|| told.to_owned());
    page.frame = page.frame.with_notice(form(&seen.done).map(|form| form.done.to_owned()).or(said));
    show(accepts, &page)
}

/// `GET /messages/{id}/letter`: paper leaves, too, so the gate is asked.
async fn letter(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    who.may("message.send")?;
    let mut read = site.read().await?;
    let (listed, message, _) = found(&mut read, &id).await?;
    if message.said.way != Some(contact::preference::rules::Way::Letter) || !message.state.is_open() {
        return Err(Problem::NotFound);
    }
    let known = known(&mut read, site.now(), &message).await?;
    may_be_printed(&known.preferences, &message, known.now)?;
    show(accepts, &letter_page(&who, &listed, &message))
}

/// `GET /messages/{id}/{form}`
async fn show_form(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Path((id, word)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let form = form(&word).ok_or(Problem::NotFound)?;
    who.may("message.send")?;
    let (listed, ..) = found(&mut *site.read().await?, &id).await?;
    show(accepts, &form_page(&who, form, &listed, &Typed::default()))
}

/// `POST /messages/{id}/{form}`
async fn post(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Path((id, word)): Path<(String, String)>,
    input: Input<IgnoredAny>,
) -> Result<Response, Problem> {
    let form = form(&word).ok_or(Problem::NotFound)?;
    who.may("message.send")?;
    let (listed, ..) = found(&mut *site.read().await?, &id).await?;
    match store(&site, &who, &listed.id, form, &input.typed).await {
        Ok(_) if accepts.html => {
            Ok(Redirect::to(&format!("/messages/{}?done={word}", listed.id)).into_response())
        }
        Ok(seq) => Ok(Json(serde_json::json!({ "id": listed.id, "entry": seq })).into_response()),
        Err(Problem::Refused(refusal)) if accepts.html => {
            let page = form_page(&who, form, &listed, &input.typed);
            show_refused(accepts, &refusal, &page.refused(&refusal))
        }
        Err(problem) => Err(problem),
    }
}

/// Does what the form means, in one transaction; gives its entry.
async fn store(site: &Site, who: &User, id: &Id, form: &Form, typed: &Typed) -> Result<i64, Problem> {
    let command = match form.word {
        "posted" => Command::Post,
        "withdrawal" => Command::Withdraw { reason: typed.get("reason").to_owned() },
        _ => Command::Settle { words: typed.get("words").to_owned() },
    };
    let mut tx = site.begin().await?;
    let entry = change(&mut tx, &who.doing(form.heading), site.now(), id, command).await??;
    tx.commit().await?;
    Ok(entry.seq)
}
