//! The page of one contact of a sample, and its coding.

use axum::{
    Json, Router,
    extract::{Path, Query as Asked, State},
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use contact::contact::rows::shown;
use journal::{Connection, Id};
use serde::{Deserialize, de::IgnoredAny};
use users::{User, names_in_history};
use web::{Accepts, Input, Problem, Site, Typed, show, show_refused};

use super::{
    issue::issue,
    views::{Found, ItemPage, item_page},
};
use crate::sample::{
    pages::{find, whole},
    rows::{Listed, advisors, change},
    rules::{Command, Sample, read_code},
};

/// The addresses of one contact of a sample.
pub fn routes() -> Router<Site> {
    Router::new().route("/coding/{week}/contacts/{contact}", get(show_one).post(post))
}

/// What the address may ask.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Seen {
    done: String,
}

/// `GET /coding/{week}/contacts/{contact}`
async fn show_one(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Path((week, contact)): Path<(String, String)>,
    Asked(seen): Asked<Seen>,
) -> Result<Response, Problem> {
    who.may("coding.read")?;
    let mut read = site.read().await?;
    let (listed, sample, contact) = sample_of(&mut read, &week, &contact).await?;
    let mut page = page(&mut read, &who, (&listed, &sample, &contact), &Typed::default()).await?;
    let notice = match seen.done.as_str() {
        "coded" => Some("Coded. This is the next contact that waits.".to_owned()),
        "amended" => Some("Amended. What it was before stays, with your reason.".to_owned()),
        _ => None,
    };
    page.frame = page.frame.with_notice(notice);
    show(accepts, &page)
}

/// A contact that was drawn; anything else is not found.
async fn sample_of(
    conn: &mut Connection,
    week: &str,
    contact: &str,
) -> Result<(Listed, Sample, Id), Problem> {
    let contact = Id::read(contact).ok_or(Problem::NotFound)?;
    let listed = find(conn, week).await?;
    let sample = whole(conn, &listed).await?;
    if sample.has(&contact) { Ok((listed, sample, contact)) } else { Err(Problem::NotFound) }
}

async fn page(
    conn: &mut Connection,
    who: &User,
    (listed, sample, contact): (&Listed, &Sample, &Id),
    typed: &Typed,
) -> Result<ItemPage, Problem> {
    let record = shown(conn, contact).await?.ok_or(Problem::NotFound)?;
    // What was said is for those who code, and for nobody who only reads the figures.
    let happened = if who.may_do("coding.code") { issue(conn, &record).await? } else { Vec::new() };
    let is_own = advisors(conn, contact).await?.contains(who.id.as_str());
    let names = names_in_history(conn, &listed.id).await?;
    Ok(item_page(who, Found { listed, sample, record: &record, happened, is_own, names: &names }, typed))
}

/// `POST /coding/{week}/contacts/{contact}`: codes it, or amends one’s own coding.
async fn post(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Path((week, contact)): Path<(String, String)>,
    input: Input<IgnoredAny>,
) -> Result<Response, Problem> {
    who.may("coding.code")?;
    let (listed, sample, contact) = sample_of(&mut *site.read().await?, &week, &contact).await?;
    let here = format!("/coding/{}", listed.week);
    let is_amended = sample.codings(&contact).last().is_some_and(|last| last.by == who.id.as_str());
    match store(&site, &who, &listed, &contact, (&input.typed, is_amended)).await {
        Ok(_) if accepts.html && is_amended => {
            Ok(Redirect::to(&format!("{here}/contacts/{contact}?done=amended")).into_response())
        }
        Ok(_) if accepts.html => {
            let next = next(&sample, &contact).map_or(String::new(), |next| format!("/contacts/{next}"));
            Ok(Redirect::to(&format!("{here}{next}?done=coded")).into_response())
        }
        Ok(seq) => Ok(Json(serde_json::json!({ "contact": contact, "entry": seq })).into_response()),
        Err(Problem::Refused(refusal)) if accepts.html => {
            let mut read = site.read().await?;
            let sample = whole(&mut read, &listed).await?;
            let page = page(&mut read, &who, (&listed, &sample, &contact), &input.typed).await?;
            show_refused(accepts, &refusal, &page.refused(&refusal))
        }
        Err(problem) => Err(problem),
    }
}

async fn store(
    site: &Site,
    who: &User,
    listed: &Listed,
    contact: &Id,
    (typed, is_amended): (&Typed, bool),
) -> Result<i64, Problem> {
    let (code, note) = (read_code(typed.get("code"))?, typed.get("note").to_owned());
    let contact = contact.clone();
    let (task, command) = if is_amended {
        let reason = typed.get("reason").to_owned();
        ("Amend a second coding", Command::Amend { contact, code, note, reason })
    } else {
        ("Code a contact a second time", Command::Code { contact, code, note })
    };
    let mut tx = site.begin().await?;
    let entry = change(&mut tx, &who.doing(task), site.now(), &listed.id, command).await??;
    tx.commit().await?;
    Ok(entry.seq)
}

/// The next contact after one that was not coded when the form was opened; from the end it begins anew.
fn next(sample: &Sample, after: &Id) -> Option<Id> {
    let all = &sample.drawn.sample;
    let place = all.iter().position(|one| one.contact == *after)?;
    let waits = |id: &&Id| sample.codings(id).is_empty() && *id != after;
    let ids = all[place..].iter().chain(&all[..place]).map(|one| &one.contact);
    ids.into_iter().find(waits).cloned()
}
