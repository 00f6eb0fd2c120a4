//! The pages of diaries: the list, a week of one, and the forms that change it.

use std::{collections::BTreeSet, pin::Pin};

use axum::{
    Extension, Json, Router,
    extract::{Path, Query as Asked, State},
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use contact::unit;
use jiff::{Timestamp, civil::Date};
use journal::{Connection, DatabaseError, Id, OPEN_END, Refusal, act, history, last_seq};
use users::{User, names_in_history};
use web::{Accepts, FormPage, Frame, Input, Problem, Section, Site, Typed, show, show_refused};

use super::{
    forms::{self, Form},
    rows::{self, Diaries},
    rules::{Command, Diary, Known},
    views::{Query, list_page, monday, show_page, week},
};
use crate::{definition::day_of, place::Place};

/// What the incident room tells: the places of a unit's diaries that somebody has, between two moments. The binary lays this
/// function around the site; without it a week shows what is offered only.
#[derive(Clone, Copy)]
pub struct Taken(pub for<'a> fn(&'a mut Connection, &'a str, (Timestamp, Timestamp)) -> Places<'a>);

/// What [`Taken`] gives.
pub type Places<'a> = Pin<Box<dyn Future<Output = Result<BTreeSet<Place>, DatabaseError>> + Send + 'a>>;

/// The addresses of diaries.
pub fn routes() -> Router<Site> {
    Router::new()
        .route("/diaries", get(list).post(open))
        .route("/diaries/new", get(new))
        .route("/diaries/{id}", get(show_one))
        .route("/diaries/{id}/{form}", get(form).post(post))
}

/// An identity of an address.
pub fn read_id(text: &str) -> Result<Id, Problem> {
    Id::read(text).ok_or(Problem::NotFound)
}

/// `GET /diaries`
async fn list(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Asked(query): Asked<Query>,
) -> Result<Response, Problem> {
    who.may("diary.read")?;
    if !query.unit.is_empty() && unit::of(&query.unit).is_none() {
        let sentence = "There is no such division. Choose one of the list, or all of them.";
        return Err(Problem::Refused(Refusal::of("unit", sentence)));
    }
    let found = rows::of_unit(&mut *site.read().await?, &query.unit).await?;
    let mut page = list_page(site.now(), &who, &query, &found);
    let done = (query.done == "imported").then(|| "The file is in the diaries.".to_owned());
    page.frame = page.frame.with_notice(done);
    show(accepts, &page)
}

/// `GET /diaries/new`
async fn new(State(site): State<Site>, who: User, accepts: Accepts) -> Result<Response, Problem> {
    who.may("diary.keep")?;
    show(accepts, &new_page(&site, &who, &Typed::default()))
}

fn new_page(site: &Site, who: &User, typed: &Typed) -> FormPage {
    FormPage {
        frame: Frame::of("Open a diary", Section::Diaries).seen_by(who.signed()),
        crumbs: vec![
            ("/diaries".to_owned(), "Diaries".to_owned()),
            (String::new(), "Open a diary".to_owned()),
        ],
        heading: "Open a diary".to_owned(),
        about: String::new(),
        intro: "One for each station at which people are seen. Its shifts come next.".to_owned(),
        action: "/diaries".to_owned(),
        submit: "Open the diary".to_owned(),
        back: "/diaries".to_owned(),
        last_seq: None,
        fields: forms::opening(typed, day_of(site.now())),
        refusals: Vec::new(),
    }
}

/// `POST /diaries`
async fn open(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    input: Input<serde::de::IgnoredAny>,
) -> Result<Response, Problem> {
    who.may("diary.keep")?;
    let (unit, station) = (input.typed.get("unit").to_owned(), input.typed.get("station").to_owned());
    let now = site.now();
    let mut tx = site.begin().await?;
    let known = Known { now, is_taken: rows::is_taken(&mut tx, &unit, &station).await? };
    let id = Id::new(now);
    let command = Command::Open { unit, station };
    match act::<Diaries>(&mut tx, &who.doing("Open a diary"), now, &id, &known, command).await? {
        Ok(entry) => {
            tx.commit().await?;
            if accepts.html {
                return Ok(Redirect::to(&format!("/diaries/{id}?done=new")).into_response());
            }
            let told = Json(serde_json::json!({ "id": id, "entry": entry.seq }));
            Ok((axum::http::StatusCode::CREATED, told).into_response())
        }
        Err(refusal) if accepts.html => {
            show_refused(accepts, &refusal, &new_page(&site, &who, &input.typed).refused(&refusal))
        }
        Err(refusal) => Err(refusal.into()),
    }
}

/// `GET /diaries/{id}`
async fn show_one(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Path(id): Path<String>,
    Asked(query): Asked<Query>,
    taken: Option<Extension<Taken>>,
) -> Result<Response, Problem> {
    who.may("diary.read")?;
    let id = read_id(&id)?;
    let now = site.now();
    let day = match query.week.as_str() {
        "" => day_of(now),
        text => {
            text.parse::<Date>().ok().filter(|day| crate::slot::sane_days().contains(day)).ok_or_else(
                || Refusal::of("week", "That is no day. Give any day of the week, as 2026-11-27."),
            )?
        }
    };
    let monday = monday(day);
    let mut read = site.read().await?;
    let diary = rows::one(&mut read, &id).await?.ok_or(Problem::NotFound)?;
    let taken = match taken {
        Some(Extension(Taken(taken))) => taken(&mut read, &diary.unit, week(monday)).await?,
        None => BTreeSet::new(),
    };
    let history = history(&mut read, &id, OPEN_END).await?;
    let names = names_in_history(&mut read, &id).await?;
    let mut page = show_page(now, &who, (&id, &diary), monday, &taken, (&history, &names));
    let done = forms::find(&query.done).map(|form| form.done.to_owned());
    let opened = (query.done == "new").then(|| "The diary is open. Add its shifts.".to_owned());
    page.frame = page.frame.with_notice(done.or(opened));
    show(accepts, &page)
}

/// `GET /diaries/{id}/{form}`
async fn form(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Path((id, word)): Path<(String, String)>,
) -> Result<Response, Problem> {
    who.may("diary.keep")?;
    let form = forms::find(&word).ok_or(Problem::NotFound)?;
    let page = form_page(&site, &who, &read_id(&id)?, form, &Typed::default()).await?;
    show(accepts, &page)
}

async fn form_page(
    site: &Site,
    who: &User,
    id: &Id,
    form: &Form,
    typed: &Typed,
) -> Result<FormPage, Problem> {
    let mut read = site.read().await?;
    let diary: Diary = rows::one(&mut read, id).await?.ok_or(Problem::NotFound)?;
    let last = match typed.last_seq() {
        Some(seen) => seen,
        None => last_seq(&mut read, id).await?,
    };
    let address = format!("/diaries/{id}");
    Ok(FormPage {
        frame: Frame::of(format!("{}: {}", form.heading, diary.station), Section::Diaries)
            .seen_by(who.signed()),
        crumbs: vec![
            ("/diaries".to_owned(), "Diaries".to_owned()),
            (address.clone(), diary.station.clone()),
            (String::new(), form.heading.to_owned()),
        ],
        heading: form.heading.to_owned(),
        about: format!("{}, {}", diary.station, unit::name(&diary.unit)),
        intro: form.intro.to_owned(),
        action: format!("{address}/{}", form.word),
        submit: form.submit.to_owned(),
        back: address,
        last_seq: Some(last),
        fields: forms::fields(form.word, &diary, typed, site.now()),
        refusals: Vec::new(),
    })
}

/// `POST /diaries/{id}/{form}`
async fn post(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Path((id, word)): Path<(String, String)>,
    input: Input<serde::de::IgnoredAny>,
) -> Result<Response, Problem> {
    who.may("diary.keep")?;
    let form = forms::find(&word).ok_or(Problem::NotFound)?;
    let id = read_id(&id)?;
    match store(&site, &who, &id, form, &input.typed).await {
        Ok(_) if accepts.html => Ok(Redirect::to(&format!("/diaries/{id}?done={word}")).into_response()),
        Ok(seq) => Ok(Json(serde_json::json!({ "id": id, "entry": seq })).into_response()),
        Err(Problem::Refused(refusal)) if accepts.html => {
            let page = form_page(&site, &who, &id, form, &input.typed).await?;
            show_refused(accepts, &refusal, &page.refused(&refusal))
        }
        Err(problem) => Err(problem),
    }
}

async fn store(site: &Site, who: &User, id: &Id, form: &Form, typed: &Typed) -> Result<i64, Problem> {
    let now = site.now();
    let mut tx = site.begin().await?;
    rows::one(&mut tx, id).await?.ok_or(Problem::NotFound)?;
    let last = last_seq(&mut tx, id).await?;
    let Some(seen) = typed.last_seq() else {
        let sentence =
            "The last entry that you have seen is missing. Ask for the diary, and send its last_seq.";
        return Err(Problem::Refused(Refusal::of("last_seq", sentence)));
    };
    if seen != last {
        let typed = typed.0.iter().filter(|(name, _)| *name != "last_seq");
        let typed = typed.map(|(name, value)| (name.replace('_', " "), value.clone())).collect();
        return Err(Problem::Stale { see: format!("/diaries/{id}"), typed });
    }
    let command = forms::meant(form.word, typed)?;
    let known = Known { now, is_taken: false };
    let entry = act::<Diaries>(&mut tx, &who.doing(form.heading), now, id, &known, command).await??;
    tx.commit().await?;
    Ok(entry.seq)
}
