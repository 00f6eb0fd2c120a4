//! One week’s sample: what is to be coded while it is open, what it says once it is closed; and its closing.

use axum::{
    Json, Router,
    extract::{Path, Query as Asked, State},
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use journal::{Connection, DatabaseError, Id, OPEN_END, history};
use serde::{Deserialize, de::IgnoredAny};
use users::{User, names_in_history};
use web::{Accepts, Field, FormPage, Frame, Input, Problem, Section, Site, Typed, show, show_refused};

use super::{
    again, list,
    rows::{Listed, by_week, cells, change, folded, items},
    rules::{Command, Fact},
    views::open_page,
    week::Week,
};
use crate::result::views::closed_page;

/// The addresses of samples.
pub fn routes() -> Router<Site> {
    Router::new()
        .route("/coding/{week}", get(show_one))
        .route("/coding/{week}/close", get(form).post(post))
        .merge(list::pages::routes())
        .merge(again::pages::routes())
}

/// The sample of the week that an address names; anything else is not found.
pub(crate) async fn find(conn: &mut Connection, week: &str) -> Result<Listed, Problem> {
    let week = Week::read(week).ok_or(Problem::NotFound)?;
    by_week(conn, week).await?.ok_or(Problem::NotFound)
}

/// What the address may ask.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Seen {
    done: String,
}

/// `GET /coding/{week}`: a fixed number of statements, open or closed.
async fn show_one(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Path(week): Path<String>,
    Asked(seen): Asked<Seen>,
) -> Result<Response, Problem> {
    who.may("coding.read")?;
    let mut read = site.read().await?;
    let listed = find(&mut read, &week).await?;
    let drawn_by = name_of(&mut read, &listed.id, &listed.drawn_by).await?;
    let notice = match seen.done.as_str() {
        "drawn" => Some(format!("The sample is drawn: {} contacts are to be coded.", listed.drawn)),
        "coded" => Some("Coded. Nothing more of this sample waits for you here.".to_owned()),
        "closed" => Some("The sample is closed. This is what it says.".to_owned()),
        _ => None,
    };
    if listed.closed_at.is_none() {
        let items = items(&mut read, &listed.id).await?;
        let mut page = open_page(&who, &listed, &drawn_by, &items);
        page.frame = page.frame.with_notice(notice);
        return show(accepts, &page);
    }
    let cells = cells(&mut read, listed.week, listed.week).await?.remove(&listed.week.to_string());
    let why = why_closed(&mut read, &listed.id).await?;
    let mut page = closed_page(&who, &listed, (&drawn_by, &why), &cells.unwrap_or_default())?;
    page.frame = page.frame.with_notice(notice);
    show(accepts, &page)
}

/// The name of an account that acted on the sample.
async fn name_of(conn: &mut Connection, sample: &Id, account: &str) -> Result<String, DatabaseError> {
    let mut names = names_in_history(conn, sample).await?;
    Ok(names.remove(account).unwrap_or_else(|| account.to_owned()))
}

/// Why something is missing.
async fn why_closed(conn: &mut Connection, sample: &Id) -> Result<String, DatabaseError> {
    for entry in history(conn, sample, OPEN_END).await?.iter().rev() {
        if let Some(Fact::Closed { reason, .. }) = entry.fact::<Fact>()? {
            return Ok(reason.shown().to_owned());
        }
    }
    Ok(String::new())
}

/// `GET /coding/{week}/close`
async fn form(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Path(week): Path<String>,
) -> Result<Response, Problem> {
    who.may("coding.draw")?;
    let listed = find(&mut *site.read().await?, &week).await?;
    show(accepts, &form_page(&who, &listed, &Typed::default()))
}

fn form_page(who: &User, listed: &Listed, typed: &Typed) -> FormPage {
    let (week, missing) = (listed.week, listed.drawn - listed.coded);
    let address = format!("/coding/{week}");
    let reason =
        if missing == 0 { "May be left empty: everything is coded" } else { "Why it is closed without them" };
    FormPage {
        frame: Frame::of(format!("Close the sample of {week}"), Section::Measures).seen_by(who.signed()),
        crumbs: vec![
            ("/measures".to_owned(), "Measures".to_owned()),
            ("/coding".to_owned(), "Quality sampling".to_owned()),
            (address.clone(), week.to_string()),
            (String::new(), "Close".to_owned()),
        ],
        heading: format!("Close the sample of {week}"),
        about: format!("{} of {} contacts are coded", listed.coded, listed.drawn),
        intro: "What was derived is shown then, beside what was coded, and nothing can be coded or amended any more."
            .to_owned(),
        action: format!("{address}/close"),
        submit: "Close the sample".to_owned(),
        back: address,
        last_seq: None,
        fields: vec![Field::lines("reason", "Reason", reason, 3, typed)],
        refusals: Vec::new(),
    }
}

/// `POST /coding/{week}/close`
async fn post(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Path(week): Path<String>,
    input: Input<IgnoredAny>,
) -> Result<Response, Problem> {
    who.may("coding.draw")?;
    let listed = find(&mut *site.read().await?, &week).await?;
    match store(&site, &who, &listed, input.typed.get("reason")).await {
        Ok(_) if accepts.html => {
            Ok(Redirect::to(&format!("/coding/{}?done=closed", listed.week)).into_response())
        }
        Ok(seq) => Ok(Json(serde_json::json!({ "week": listed.week, "entry": seq })).into_response()),
        Err(Problem::Refused(refusal)) if accepts.html => {
            show_refused(accepts, &refusal, &form_page(&who, &listed, &input.typed).refused(&refusal))
        }
        Err(problem) => Err(problem),
    }
}

async fn store(site: &Site, who: &User, listed: &Listed, reason: &str) -> Result<i64, Problem> {
    let command = Command::Close { reason: reason.to_owned() };
    let mut tx = site.begin().await?;
    let entry = change(&mut tx, &who.doing("Close a sample"), site.now(), &listed.id, command).await??;
    tx.commit().await?;
    Ok(entry.seq)
}

/// A sample, whole; nothing but a damaged row leads to one that is not there.
pub(crate) async fn whole(conn: &mut Connection, listed: &Listed) -> Result<super::rules::Sample, Problem> {
    folded(conn, &listed.id).await?.ok_or(Problem::NotFound)
}
