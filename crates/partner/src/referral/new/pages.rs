//! Referring somebody: `GET /referrals/new?incident=…`, then an agency, then the form.

use std::pin::Pin;

use axum::{
    Extension, Json, Router,
    extract::{Query as Asked, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use journal::{Connection, DatabaseError, Id, Refusal, day_of};
use serde::{Deserialize, de::IgnoredAny};
use users::User;
use web::{Accepts, Input, Problem, Site, Typed, show, show_refused};

use super::views::{Incident, choose_page, new_page};
use crate::{
    referral::{forms::meant, rows::send, sending::Sending},
    suggestion::rules::To,
};

/// What the incident room tells of one of its incidents. The binary lays this function around the site; without it
/// nobody can be referred by these pages.
#[derive(Clone, Copy)]
pub struct About(pub for<'a> fn(&'a mut Connection, &'a Id) -> Telling<'a>);

/// What [`About`] gives: nothing where there is no such incident.
pub type Telling<'a> = Pin<Box<dyn Future<Output = Result<Option<Incident>, DatabaseError>> + Send + 'a>>;

/// The addresses of new referrals.
pub fn routes() -> Router<Site> {
    Router::new().route("/referrals/new", get(new)).route("/referrals", post(refer))
}

/// What the address holds: identities and keys, and nothing about anybody.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Where {
    incident: String,
    to: String,
}

async fn about(
    conn: &mut Connection,
    about: Option<Extension<About>>,
    incident: &str,
) -> Result<(Id, Incident), Problem> {
    let id = Id::read(incident).ok_or_else(|| {
        Refusal::of("incident", "Say which incident it is about. Begin on the incident’s page.")
    })?;
    let Some(Extension(About(about))) = about else { return Err(Problem::NotFound) };
    let told = about(conn, &id).await?;
    Ok((id, told.ok_or(Problem::NotFound)?))
}

/// `GET /referrals/new`
async fn new(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Asked(asked): Asked<Where>,
    room: Option<Extension<About>>,
) -> Result<Response, Problem> {
    who.may("referral.make")?;
    let (id, incident) = about(&mut *site.read().await?, room, &asked.incident).await?;
    let now = site.now();
    if asked.to.is_empty() {
        return show(accepts, &choose_page(now, &who, &id, &incident));
    }
    let to = chosen(&asked.to)?;
    show(accepts, &new_page(&who, &id, &incident, to, &Typed::default(), day_of(now)))
}

fn chosen(to: &str) -> Result<To, Refusal> {
    To::read(to).ok_or_else(|| {
        Refusal::of("to", "Choose an agency and a kind of referral that it takes: the directory says which.")
    })
}

/// `POST /referrals`: incident and agency are in the address, as the form has them, or in the body.
async fn refer(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Asked(asked): Asked<Where>,
    room: Option<Extension<About>>,
    input: Input<IgnoredAny>,
) -> Result<Response, Problem> {
    who.may("referral.make")?;
    let typed = input.typed;
    let given = |address: &str, name: &str| {
        if address.is_empty() { typed.get(name).to_owned() } else { address.to_owned() }
    };
    let now = site.now();
    let mut tx = site.begin().await?;
    let (id, incident) = about(&mut tx, room, &given(&asked.incident, "incident")).await?;
    let to = chosen(&given(&asked.to, "to"))?;
    let referral = Id::new(now);
    let stored = match meant(to, id.clone(), &incident.division, &typed, now) {
        Ok(sending) => {
            let sending = Sending { preferences: incident.preferences.clone(), ..sending };
            send(&mut tx, &who.doing("Refer to an agency"), now, &referral, sending).await?
        }
        Err(refusal) => Err(refusal),
    };
    match stored {
        Ok(entry) => {
            tx.commit().await?;
            if accepts.html {
                return Ok(Redirect::to(&format!("/referrals/{referral}?done=sent")).into_response());
            }
            let told = Json(serde_json::json!({ "id": referral, "entry": entry.seq }));
            Ok((StatusCode::CREATED, told).into_response())
        }
        Err(refusal) => {
            let page = new_page(&who, &id, &incident, to, &typed, day_of(now));
            show_refused(accepts, &refusal, &page.refused(&refusal))
        }
    }
}
