//! Contacts as they come in: from telephony and other systems, or by hand. The call itself is the call screen's.

use axum::{
    Json, Router,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use journal::{Id, OPEN_END, Refusal, history, words::moment};
use serde::de::IgnoredAny;
use serde_json::json;
use users::User;
use web::{Accepts, Input, Problem, Site, Typed, show, show_refused};

pub use super::rows::{Stored, change};
use super::rows::{by_their_reference, is_taken, shown};
use super::{
    intake, list,
    rules::Fact,
    views::{NewPage, new_page},
};

/// The addresses of contacts, but for the call screen’s.
pub fn routes() -> Router<Site> {
    Router::new()
        .route("/contacts", get(list::pages::list).post(receive))
        .route("/contacts/new", get(new).post(receive))
}

/// `GET /contacts/new`: a contact that no other system tells of. The form knows when it was opened and has a key of
/// its own, so that sending it twice makes one contact.
async fn new(State(site): State<Site>, who: User, accepts: Accepts) -> Result<Response, Problem> {
    who.may("contact.record")?;
    let now = site.now();
    let typed = Typed::default()
        .with("channel", "non_emergency")
        .with("opened_at", now.to_string())
        .with("idempotency_key", Id::new(now).to_string());
    show(accepts, &form(&site, &who, &typed))
}

fn form(site: &Site, who: &User, typed: &Typed) -> NewPage {
    new_page(site.today(), who, typed)
}

/// `POST /contacts` and `POST /contacts/new`
async fn receive(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    headers: HeaderMap,
    input: Input<IgnoredAny>,
) -> Result<Response, Problem> {
    who.may("contact.record")?;
    input.command?;
    // Any bytes are a key: one that is left out for its letters would make two contacts of one.
    let header_key = headers.get("idempotency-key").map(|key| String::from_utf8_lossy(key.as_bytes()));
    let key = header_key.unwrap_or_else(|| input.typed.get("idempotency_key").into()).trim().to_owned();
    if input.is_json && key.is_empty() && input.typed.get("their_reference").trim().is_empty() {
        let sentence = "Nothing tells this contact from the same one sent again. Send their_reference, or an Idempotency-Key.";
        return Err(Problem::Refused(Refusal::of("their_reference", sentence)));
    }
    match store(&site, &who, &input.typed, &key).await {
        Ok((id, _)) if accepts.html => Ok(Redirect::to(&format!("/contacts/{id}")).into_response()),
        Ok((id, is_new)) => told(&site, &id, is_new).await,
        Err(Problem::Refused(refusal)) if accepts.html => {
            let page = form(&site, &who, &input.typed).refused(&refusal);
            show_refused(accepts, &refusal, &page)
        }
        Err(problem) => Err(problem),
    }
}

/// 201 for a new one, 200 for one that was here already: with the same body.
async fn told(site: &Site, id: &Id, is_new: bool) -> Result<Response, Problem> {
    let listed = shown(&mut *site.read().await?, id).await?.ok_or(Problem::NotFound)?;
    let address = format!("/contacts/{id}");
    let body = json!({
        "id": id,
        "reference": listed.reference,
        "address": address,
        "state": listed.contact.state(),
        "is_attempt": listed.contact.is_attempt,
        "entry": listed.since_seq,
    });
    let status = if is_new { StatusCode::CREATED } else { StatusCode::OK };
    Ok((status, [(header::LOCATION, address)], Json(body)).into_response())
}

/// Receives a contact, or finds the one that was sent with the same reference before.
async fn store(site: &Site, who: &User, typed: &Typed, key: &str) -> Result<(Id, bool), Problem> {
    for _ in 0..2 {
        if let Some(stored) = attempt(site, who, typed, key).await? {
            return Ok(stored);
        }
    }
    Err(Problem::Broken("a reference is taken by a contact that cannot be found".to_owned()))
}

/// One try; nothing where another stored the same reference in the same moment, and the next try will find it.
async fn attempt(site: &Site, who: &User, typed: &Typed, key: &str) -> Result<Option<(Id, bool)>, Problem> {
    let now = site.now();
    let (commands, facts): (Vec<_>, Vec<_>) =
        intake::decided(now, intake::read(typed, key, now)?)?.into_iter().unzip();
    let mut tx = site.begin().await?;
    if let Some(theirs) = reference_of(&facts)
        && let Some(id) = by_their_reference(&mut tx, theirs).await?
    {
        let told = same(&mut tx, &id, &facts).await;
        // The first may be in the group that is being written: what is told must not be told before it is durable.
        tx.commit().await?;
        return told.map(|()| Some((id, false)));
    }
    let (id, actor) = (Id::new(now), who.doing(intake::TASK));
    for command in commands {
        match change(&mut tx, &actor, now, &id, command).await {
            Ok(stored) => drop(stored?),
            Err(error) if is_taken(&error) => return Ok(None),
            Err(error) => return Err(error.into()),
        }
    }
    tx.commit().await?;
    Ok(Some((id, true)))
}

fn reference_of(facts: &[Fact]) -> Option<&str> {
    let (Fact::Received(arrival) | Fact::Discontinued { arrival, .. }) = facts.first()? else { return None };
    Some(arrival.their_reference.as_str()).filter(|theirs| !theirs.is_empty())
}

/// Refuses another body under a reference that is taken.
async fn same(conn: &mut journal::Connection, id: &Id, sent: &[Fact]) -> Result<(), Problem> {
    let entries = history(conn, id, OPEN_END).await?;
    let first = entries.first().ok_or(Problem::NotFound)?;
    let of_intake = entries.iter().filter(|entry| entry.at == first.at && entry.actor == first.actor);
    let mut recorded = Vec::new();
    for entry in of_intake.filter(|_| first.actor.task == intake::TASK) {
        recorded.extend(entry.fact::<Fact>()?);
    }
    if intake::is_same(&recorded, sent) {
        return Ok(());
    }
    let sentence = format!(
        "This reference was sent before, {}, with other words. Send the same again, or give the new contact its own reference.",
        moment(first.at)
    );
    Err(Problem::Refused(Refusal::of("their_reference", sentence)))
}
