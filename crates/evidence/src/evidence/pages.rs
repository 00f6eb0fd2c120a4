//! The page of one piece of evidence, counting it again, and withdrawing it.

use axum::{
    Json, Router,
    extract::{Path, Query as Asked, State},
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use journal::{AsAt, Id, OPEN_END, history, last_seq};
use measure::catalogue::Catalogue;
use plan::register::kept;
use serde::{Deserialize, de::IgnoredAny};
use users::{User, names_in_history};
use web::{Accepts, Field, FormPage, Frame, Input, Problem, Section, Site, Typed, show, show_refused};

use super::{
    list::rows::{Listed, one},
    rows::{count, count_again, period, withdraw},
    views::{Rerun, rerun, show_page},
    words::claimed,
};

/// The addresses of one piece of evidence.
pub fn routes() -> Router<Site> {
    Router::new()
        .route("/evidence/{id}", get(show_one))
        .route("/evidence/{id}/again", get(again))
        .route("/evidence/{id}/withdrawal", get(form).post(post))
}

/// What the address may ask.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Seen {
    done: String,
}

fn read_id(text: &str) -> Result<Id, Problem> {
    Id::read(text).ok_or(Problem::NotFound)
}

/// `GET /evidence/{id}`
async fn show_one(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Path(id): Path<String>,
    Asked(seen): Asked<Seen>,
) -> Result<Response, Problem> {
    who.may("plan.read")?;
    shown((&site, &who, accepts), &read_id(&id)?, &seen.done, false).await
}

/// `GET /evidence/{id}/again`: it changes nothing, so it may be asked for as often as one likes.
async fn again(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    who.may("plan.read")?;
    who.may("measure.read")?;
    shown((&site, &who, accepts), &read_id(&id)?, "", true).await
}

async fn shown(
    (site, who, accepts): (&Site, &User, Accepts),
    id: &Id,
    done: &str,
    is_again: bool,
) -> Result<Response, Problem> {
    let mut read = site.read().await?;
    let listed = one(&mut read, id).await?.ok_or(Problem::NotFound)?;
    let counted = if is_again { Some(counted_again(&mut read, &listed).await?) } else { None };
    let history = history(&mut read, id, OPEN_END).await?;
    let names = names_in_history(&mut read, id).await?;
    let register = kept::register(site, &mut read, AsAt::Now).await?;
    let item = register.item(&listed.evidence.attached.recommendation).ok_or(Problem::NotFound)?;
    let mut page = show_page(who, &listed, item, (&history, &names), counted)?;
    let notice = match done {
        "attached" => Some(format!("It is attached to {}.", page.recommendation.1)),
        "withdrawn" => Some("It is withdrawn. Both stay on record.".to_owned()),
        _ => None,
    };
    page.frame = page.frame.with_notice(notice);
    show(accepts, &page)
}

/// The figure as at its entry, by the versions that it carries; and as it is now, by those in force.
async fn counted_again(read: &mut journal::Connection, listed: &Listed) -> Result<Rerun, Problem> {
    let attached = &listed.evidence.attached;
    let again = count_again(read, attached).await?.ok_or(Problem::NotFound)?;
    let in_force = Catalogue::published().carried(&attached.measure);
    let now = count(read, &in_force, &period(attached), None).await?.ok_or(Problem::NotFound)?;
    Ok(rerun(attached, &again, &now))
}

/// `GET /evidence/{id}/withdrawal`
async fn form(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    who.may("plan.evidence")?;
    show(accepts, &form_page(&site, &who, &read_id(&id)?, &Typed::default()).await?)
}

async fn form_page(site: &Site, who: &User, id: &Id, typed: &Typed) -> Result<FormPage, Problem> {
    let mut read = site.read().await?;
    let listed = one(&mut read, id).await?.ok_or(Problem::NotFound)?;
    let seen = match typed.last_seq() {
        Some(seen) => seen,
        None => last_seq(&mut read, id).await?,
    };
    let reference = listed.reference();
    let heading = "Withdraw the evidence";
    Ok(FormPage {
        frame: Frame::of(format!("{heading}: {reference}"), Section::Improvement).seen_by(who.signed()),
        crumbs: vec![
            ("/recommendations".to_owned(), "Improvement".to_owned()),
            (format!("/evidence/{id}"), reference),
            (String::new(), heading.to_owned()),
        ],
        heading: heading.to_owned(),
        about: claimed(&listed.evidence.attached, listed.verdict),
        intro: "It stays on record with the reason, and speaks for the recommendation no more.".to_owned(),
        action: format!("/evidence/{id}/withdrawal"),
        submit: "Withdraw it".to_owned(),
        back: format!("/evidence/{id}"),
        last_seq: Some(seen),
        fields: vec![Field::lines("reason", "Reason", "It stays on the timeline", 3, typed)],
        refusals: Vec::new(),
    })
}

/// `POST /evidence/{id}/withdrawal`
async fn post(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Path(id): Path<String>,
    input: Input<IgnoredAny>,
) -> Result<Response, Problem> {
    who.may("plan.evidence")?;
    let (id, typed) = (read_id(&id)?, input.typed);
    let mut tx = site.begin().await?;
    one(&mut tx, &id).await?.ok_or(Problem::NotFound)?;
    let last = last_seq(&mut tx, &id).await?;
    if typed.last_seq().is_some_and(|seen| seen != last) {
        let typed = vec![("reason".to_owned(), typed.get("reason").to_owned())];
        return Err(Problem::Stale { see: format!("/evidence/{id}"), typed });
    }
    let reason = typed.get("reason").to_owned();
    match withdraw(&mut tx, &who.doing("Withdraw evidence"), site.now(), &id, reason).await? {
        Ok(entry) => {
            tx.commit().await?;
            if accepts.html {
                return Ok(Redirect::to(&format!("/evidence/{id}?done=withdrawn")).into_response());
            }
            Ok(Json(serde_json::json!({ "id": id, "entry": entry.seq })).into_response())
        }
        Err(refusal) => {
            drop(tx);
            let page = form_page(&site, &who, &id, &typed).await?;
            show_refused(accepts, &refusal, &page.refused(&refusal))
        }
    }
}
