//! Booking an appointment: the times that the diaries offer, holding one while the advisor speaks, and moving it.

use axum::{
    Json, Router,
    extract::{Path, Query as Asked, State},
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use journal::{Connection, Id, Refusal, last_seq};
use users::User;
use web::{Accepts, Input, Problem, Site, Typed, show, show_refused};

use super::views::{self, OffersPage, Query};
use crate::{
    appointment::{booking, rows},
    incident::{
        forms,
        pages::{read_id, store},
        rows::{one, recall},
    },
    standing::Standing,
};

/// The address of the booking.
pub fn routes() -> Router<Site> {
    Router::new().route("/incidents/{id}/appointment", get(offer).post(book))
}

/// `GET /incidents/{id}/appointment`
async fn offer(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Path(id): Path<String>,
    Asked(query): Asked<Query>,
) -> Result<Response, Problem> {
    who.may("appointment.book")?;
    let mut read = site.read().await?;
    let id = read_id(&mut read, &id).await?;
    let page = page((&site, &who), &mut read, &id, &query, &Typed::default()).await?;
    show(accepts, &page)
}

async fn page(
    (site, who): (&Site, &User),
    read: &mut Connection,
    id: &Id,
    query: &Query,
    typed: &Typed,
) -> Result<OffersPage, Problem> {
    let now = site.now();
    let standing = recall(read, id).await?.ok_or(Problem::NotFound)?;
    let listed = one(read, id).await?.ok_or(Problem::NotFound)?;
    let last = match typed.last_seq() {
        Some(seen) => seen,
        None => last_seq(read, id).await?,
    };
    let asked = query.read(&standing, now)?;
    let taken = rows::taken(read, &asked.unit, asked.from, asked.until).await?;
    let free = diary::free(read, &asked.unit, (asked.from, asked.until), now, id.as_str(), &taken).await?;
    let held = diary::hold::rows::of_holder(read, id.as_str(), now).await?;
    let preference = preferred(read, &standing).await?;
    let around = views::Around { listed: &listed, free: &free, held: &held, preference: &preference, last };
    Ok(views::page(now, who, &standing, &asked, &around, typed))
}

/// By whom the caller said that they want to be interviewed; empty where they did not.
async fn preferred(read: &mut Connection, standing: &Standing) -> Result<String, Problem> {
    let Some(first) = standing.incident.contacts.first() else { return Ok(String::new()) };
    let preference = contact::preference::rows::of_contact(read, &first.contact).await?;
    Ok(preference.map_or_else(String::new, |preference| preference.interviewer))
}

/// `POST /incidents/{id}/appointment`: books or moves it; with `do=hold` the chosen time is held while they speak.
async fn book(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Path(id): Path<String>,
    input: Input<serde::de::IgnoredAny>,
) -> Result<Response, Problem> {
    who.may("appointment.book")?;
    let id = read_id(&mut *site.read().await?, &id).await?;
    let done = if input.typed.get("do") == "hold" {
        hold(&site, &who, &id, &input.typed).await
    } else {
        let form = forms::find("appointment").ok_or(Problem::NotFound)?;
        store(&site, &who, &id, form, &input.typed).await.map(Done::Booked)
    };
    match done {
        // What was typed stays while they speak: the page is shown again, with the time that is held.
        Ok(Done::Held(_)) if accepts.html => {
            let mut read = site.read().await?;
            let query = Query::of(&input.typed);
            show(accepts, &page((&site, &who), &mut read, &id, &query, &input.typed).await?)
        }
        Ok(Done::Held(slot)) => Ok(Json(serde_json::json!({ "id": id, "held": slot })).into_response()),
        Ok(Done::Booked(_)) if accepts.html => {
            Ok(Redirect::to(&format!("/incidents/{id}?done=appointment")).into_response())
        }
        Ok(Done::Booked(seq)) => Ok(Json(serde_json::json!({ "id": id, "entry": seq })).into_response()),
        Err(Problem::Refused(refusal)) if accepts.html => {
            let mut read = site.read().await?;
            let query = Query::of(&input.typed);
            let page = page((&site, &who), &mut read, &id, &query, &input.typed).await?;
            show_refused(accepts, &refusal, &page.refused(&refusal))
        }
        Err(problem) => Err(problem),
    }
}

/// What was done.
enum Done {
    /// It is booked, or moved, at that entry.
    Booked(i64),
    /// That time is held.
    Held(String),
}

/// Holds the place that would be booked. Nothing is recorded: a hold runs out by itself.
async fn hold(site: &Site, who: &User, id: &Id, typed: &Typed) -> Result<Done, Problem> {
    let now = site.now();
    let wish = forms::wish(typed)?;
    let mut tx = site.begin().await?;
    let standing = recall(&mut tx, id).await?.ok_or(Problem::NotFound)?;
    let offered = rows::offered(&mut tx, now, id, &wish).await?;
    let held = diary::hold::rows::of_holder(&mut tx, id.as_str(), now).await?;
    let held: Vec<_> = held.into_iter().map(|(place, _)| place).collect();
    let slot = booking::to_hold(now, &standing, &offered, &held, &wish)?;
    let is_held = diary::hold::rows::hold(&mut tx, &slot.place, id.as_str(), &who.id, now).await?;
    if !is_held {
        let sentence = "Somebody else holds that time. Choose another.";
        return Err(Problem::Refused(Refusal::of("slot", sentence)));
    }
    tx.commit().await?;
    Ok(Done::Held(booking::Chosen::of(slot).written()))
}
