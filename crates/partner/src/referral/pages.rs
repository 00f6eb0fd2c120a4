//! The page of one referral, and the forms by which the police record what came of it.

use askama::Template;
use axum::{
    Json, Router,
    extract::{Path, Query as Asked, State},
    http::{HeaderMap, StatusCode, header},
    response::{Html, IntoResponse, Redirect, Response},
    routing::get,
};
use journal::{Connection, Id, OPEN_END, day_of, history, reference_seq, words::moment};
use serde::{Deserialize, de::IgnoredAny};
use users::{User, names_in_history};
use web::{
    Accepts, FormPage, Frame, Input, Problem, Section, Site, Typed, feed_secret, own_address, show,
    show_refused,
};

use super::{
    forms::{self, Form},
    link::kept,
    list::rows::{Listed, one},
    rows::{by_reference, change, folded},
    rules::{Command, Fact, Referral},
    views::{IssuedPage, show_page},
};
use crate::definition::{agency_name, kind, kind_words};

/// The addresses of one referral.
pub fn routes() -> Router<Site> {
    Router::new()
        .route("/referrals/{id}", get(show_one))
        .route("/referrals/{id}/{form}", get(form).post(post))
}

/// An identity or a reference in an address; anything else is not found.
async fn read_id(conn: &mut Connection, text: &str) -> Result<Id, Problem> {
    if let Some(id) = Id::read(text) {
        return Ok(id);
    }
    let seq = reference_seq('R', text).ok_or(Problem::NotFound)?;
    by_reference(conn, seq).await?.ok_or(Problem::NotFound)
}

async fn found(conn: &mut Connection, id: &Id) -> Result<(Listed, Referral), Problem> {
    let listed = one(conn, id).await?.ok_or(Problem::NotFound)?;
    let referral = folded(&history(conn, id, OPEN_END).await?)?.ok_or(Problem::NotFound)?;
    Ok((listed, referral))
}

/// What the address may ask.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Seen {
    done: String,
}

/// `GET /referrals/{id}`
async fn show_one(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Path(id): Path<String>,
    Asked(seen): Asked<Seen>,
) -> Result<Response, Problem> {
    who.may("referral.read")?;
    let mut read = site.read().await?;
    let id = read_id(&mut read, &id).await?;
    let listed = one(&mut read, &id).await?.ok_or(Problem::NotFound)?;
    let history = history(&mut read, &id, OPEN_END).await?;
    let referral = folded(&history)?.ok_or(Problem::NotFound)?;
    let names = names_in_history(&mut read, &id).await?;
    let mut page = show_page(site.now(), &who, &listed, &referral, (&history, &names))?;
    let sent =
        (seen.done == "sent").then(|| format!("The referral is sent. {} replies by then.", page.agency));
    page.frame = page.frame.with_notice(forms::find(&seen.done).map(|form| form.done.to_owned()).or(sent));
    show(accepts, &page)
}

/// `GET /referrals/{id}/{form}`
async fn form(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Path((id, word)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let form = forms::find(&word).ok_or(Problem::NotFound)?;
    who.may("referral.make")?;
    let mut read = site.read().await?;
    let id = read_id(&mut read, &id).await?;
    let found = found(&mut read, &id).await?;
    show(accepts, &form_page(&site, &who, form, &found, &Typed::default()))
}

fn form_page(
    site: &Site,
    who: &User,
    form: &Form,
    (listed, referral): &(Listed, Referral),
    typed: &Typed,
) -> FormPage {
    let (reference, address) = (listed.reference(), format!("/referrals/{}", listed.id));
    FormPage {
        frame: Frame::of(format!("{}: {reference}", form.heading), Section::Referrals).seen_by(who.signed()),
        crumbs: vec![
            ("/referrals".to_owned(), "Referrals".to_owned()),
            (address.clone(), reference.clone()),
            (String::new(), form.heading.to_owned()),
        ],
        heading: form.heading.to_owned(),
        about: format!("{reference} {}, {}", agency_name(&listed.agency), kind_words(&listed.kind)),
        intro: form.intro.to_owned(),
        action: format!("{address}/{}", form.word),
        submit: form.submit.to_owned(),
        back: address,
        last_seq: None,
        fields: forms::changing(form.word, kind(&referral.sent.kind), typed, day_of(site.now())),
        refusals: Vec::new(),
    }
}

/// `POST /referrals/{id}/{form}`
async fn post(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Path((id, word)): Path<(String, String)>,
    headers: HeaderMap,
    input: Input<IgnoredAny>,
) -> Result<Response, Problem> {
    let form = forms::find(&word).ok_or(Problem::NotFound)?;
    who.may("referral.make")?;
    let id = read_id(&mut *site.read().await?, &id).await?;
    let secret = (word == "link").then(feed_secret);
    match store(&site, &who, &id, form, &input.typed, secret.as_deref()).await {
        Ok(_) if secret.is_some() => issued(&site, &who, accepts, &id, &headers, secret.as_deref()).await,
        Ok(_) if accepts.html => Ok(Redirect::to(&format!("/referrals/{id}?done={word}")).into_response()),
        Ok(seq) => Ok(Json(serde_json::json!({ "id": id, "entry": seq })).into_response()),
        Err(Problem::Refused(refusal)) if accepts.html => {
            let found = found(&mut *site.read().await?, &id).await?;
            let page = form_page(&site, &who, form, &found, &input.typed);
            show_refused(accepts, &refusal, &page.refused(&refusal))
        }
        Err(problem) => Err(problem),
    }
}

/// Does what the form means, in one transaction; gives its entry.
async fn store(
    site: &Site,
    who: &User,
    id: &Id,
    form: &Form,
    typed: &Typed,
    secret: Option<&str>,
) -> Result<i64, Problem> {
    let now = site.now();
    let mut tx = site.begin().await?;
    let referral = folded(&history(&mut tx, id, OPEN_END).await?)?.ok_or(Problem::NotFound)?;
    let command = match (forms::change(form.word, &referral.sent.kind, typed, now)?, secret) {
        (Some(command), _) => command,
        (None, Some(secret)) => Command::IssueLink { link: Id::new(now), hash: kept(secret) },
        (None, None) => {
            let live = referral.live_link(now).or(referral.links.last());
            let live = live.ok_or_else(|| {
                journal::Refusal::of("link", "No link was given out: there is nothing to revoke.")
            })?;
            Command::RevokeLink { link: live.id.clone() }
        }
    };
    let entry = change(&mut tx, &who.doing(form.heading), now, id, None, command).await??;
    tx.commit().await?;
    Ok(entry.seq)
}

/// Shown in the answer and not after a redirect: the secret is in no history and no log of ours.
async fn issued(
    site: &Site,
    who: &User,
    accepts: Accepts,
    id: &Id,
    headers: &HeaderMap,
    secret: Option<&str>,
) -> Result<Response, Problem> {
    let history = history(&mut *site.read().await?, id, OPEN_END).await?;
    let last = history.iter().rev().find_map(|entry| match entry.fact::<Fact>() {
        Ok(Some(Fact::LinkIssued { expires_at, .. })) => Some(expires_at),
        _ => None,
    });
    let listed = one(&mut *site.read().await?, id).await?.ok_or(Problem::NotFound)?;
    let reference = listed.reference();
    let secret = secret.unwrap_or_default();
    let page = IssuedPage {
        frame: Frame::of(format!("Link of {reference}"), Section::Referrals).seen_by(who.signed()),
        id: id.to_string(),
        here: format!("/referrals/{id}"),
        reference,
        agency: agency_name(&listed.agency).to_owned(),
        address: format!("{}/partner/{secret}", own_address(headers)),
        until: last.map_or_else(String::new, moment),
    };
    let private = [(header::CACHE_CONTROL, "no-store")];
    if accepts.html {
        return Ok((StatusCode::CREATED, private, Html(page.render()?)).into_response());
    }
    Ok((StatusCode::CREATED, private, Json(serde_json::to_value(&page)?)).into_response())
}
