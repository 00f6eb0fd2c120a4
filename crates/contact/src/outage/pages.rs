//! The pages of outages: recording one, looking at one, ending, correcting and taking it back.

use axum::{
    Json, Router,
    extract::{Path, Query as Asked, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use journal::{Id, OPEN_END, Refusal, history};
use serde::{Deserialize, de::IgnoredAny};
use users::{User, names_in_history};
use web::{Accepts, FormPage, Frame, Input, Problem, Section, Site, Typed, show, show_refused};

use super::{
    definition,
    forms::{self, Form},
    list,
    rows::{change, is_taken, one},
    views::show_page,
};

/// The addresses of outages.
pub fn routes() -> Router<Site> {
    Router::new()
        .route("/outages", get(list::pages::list).post(record))
        .route("/outages/new", get(new))
        .route("/outages/{id}", get(show_one))
        .route("/outages/{id}/{form}", get(form).post(post))
}

/// What the address may ask.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Seen {
    done: String,
}

/// `GET /outages/new`
async fn new(State(site): State<Site>, who: User, accepts: Accepts) -> Result<Response, Problem> {
    who.may("contact.outage")?;
    show(accepts, &new_page(&site, &who, &Typed::default()))
}

fn new_page(site: &Site, who: &User, typed: &Typed) -> FormPage {
    FormPage {
        frame: Frame::of("Record an outage", Section::Contacts).seen_by(who.signed()),
        crumbs: vec![
            ("/contacts".to_owned(), "Contacts".to_owned()),
            ("/outages".to_owned(), "Outages".to_owned()),
            (String::new(), "Record an outage".to_owned()),
        ],
        heading: "Record an outage".to_owned(),
        about: String::new(),
        intro: "While a system is down every advisor sees it on the screen of a contact. One that is over already can be recorded late: contacts of those hours are counted anew.".to_owned(),
        action: "/outages".to_owned(),
        submit: "Record the outage".to_owned(),
        back: "/outages".to_owned(),
        last_seq: None,
        fields: forms::recording(typed, site.now()),
        refusals: Vec::new(),
    }
}

/// `POST /outages`
async fn record(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    input: Input<IgnoredAny>,
) -> Result<Response, Problem> {
    who.may("contact.outage")?;
    match recorded(&site, &who, &input.typed).await {
        Ok((id, _)) if accepts.html => Ok(Redirect::to(&format!("/outages/{id}?done=new")).into_response()),
        Ok((id, seq)) => {
            let told = Json(serde_json::json!({ "id": id, "entry": seq }));
            Ok((StatusCode::CREATED, told).into_response())
        }
        Err(Problem::Refused(refusal)) if accepts.html => {
            show_refused(accepts, &refusal, &new_page(&site, &who, &input.typed).refused(&refusal))
        }
        Err(problem) => Err(problem),
    }
}

async fn recorded(site: &Site, who: &User, typed: &Typed) -> Result<(Id, i64), Problem> {
    let now = site.now();
    let (command, id) = (forms::meant("", typed, now)?, Id::new(now));
    let mut tx = site.begin().await?;
    let stored = change(&mut tx, &who.doing("Record an outage"), now, &id, command).await;
    let entry = stored.map_err(one_only)??;
    tx.commit().await?;
    Ok((id, entry.seq))
}

/// Two people may say at the same moment that the same system is down: the second is told.
fn one_only(error: journal::DatabaseError) -> Problem {
    if is_taken(&error) {
        let sentence = "Somebody else has just recorded that it is down. Look at the list, and correct that one if it is wrong.";
        return Refusal::of("system", sentence).into();
    }
    error.into()
}

/// `GET /outages/{id}`
async fn show_one(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Path(id): Path<String>,
    Asked(seen): Asked<Seen>,
) -> Result<Response, Problem> {
    who.may("contact.read")?;
    let id = Id::read(&id).ok_or(Problem::NotFound)?;
    let mut read = site.read().await?;
    let outage = one(&mut read, &id).await?.ok_or(Problem::NotFound)?;
    let history = history(&mut read, &id, OPEN_END).await?;
    let names = names_in_history(&mut read, &id).await?;
    let mut page = show_page(site.now(), &who, outage, (&history, &names));
    let done = forms::find(&seen.done).map(|form| form.done);
    let done = done.or_else(|| (seen.done == "new").then_some("The outage is recorded."));
    page.frame = page.frame.with_notice(done.map(str::to_owned));
    show(accepts, &page)
}

/// `GET /outages/{id}/{form}`
async fn form(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Path((id, word)): Path<(String, String)>,
) -> Result<Response, Problem> {
    who.may("contact.outage")?;
    let form = forms::find(&word).ok_or(Problem::NotFound)?;
    let id = Id::read(&id).ok_or(Problem::NotFound)?;
    show(accepts, &form_page(&site, &who, &id, form, &Typed::default()).await?)
}

async fn form_page(
    site: &Site,
    who: &User,
    id: &Id,
    form: &Form,
    typed: &Typed,
) -> Result<FormPage, Problem> {
    let outage = one(&mut *site.read().await?, id).await?.ok_or(Problem::NotFound)?;
    let (address, words) = (format!("/outages/{id}"), definition::words(&outage.system).to_owned());
    Ok(FormPage {
        frame: Frame::of(format!("{}: {words}", form.heading), Section::Contacts).seen_by(who.signed()),
        crumbs: vec![
            ("/contacts".to_owned(), "Contacts".to_owned()),
            ("/outages".to_owned(), "Outages".to_owned()),
            (address.clone(), words.clone()),
            (String::new(), form.heading.to_owned()),
        ],
        heading: form.heading.to_owned(),
        about: format!("{words}, down since {}", journal::words::moment(outage.began_at)),
        intro: form.intro.to_owned(),
        action: format!("{address}/{}", form.word),
        submit: form.submit.to_owned(),
        back: address,
        last_seq: Some(typed.last_seq().unwrap_or(outage.last_seq)),
        fields: forms::fields(form.word, &outage, typed, site.now()),
        refusals: Vec::new(),
    })
}

/// `POST /outages/{id}/{form}`
async fn post(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Path((id, word)): Path<(String, String)>,
    input: Input<IgnoredAny>,
) -> Result<Response, Problem> {
    who.may("contact.outage")?;
    let form = forms::find(&word).ok_or(Problem::NotFound)?;
    let id = Id::read(&id).ok_or(Problem::NotFound)?;
    match store(&site, &who, &id, form, &input.typed).await {
        Ok(_) if accepts.html => Ok(Redirect::to(&format!("/outages/{id}?done={word}")).into_response()),
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
    let outage = one(&mut tx, id).await?.ok_or(Problem::NotFound)?;
    let Some(seen) = typed.last_seq() else {
        let sentence =
            "The last entry that you have seen is missing. Ask for the outage, and send its last_seq.";
        return Err(Refusal::of("last_seq", sentence).into());
    };
    if seen != outage.last_seq {
        let typed = typed.0.iter().filter(|(name, _)| *name != "last_seq");
        let typed = typed.map(|(name, value)| (name.replace('_', " "), value.clone())).collect();
        return Err(Problem::Stale { see: format!("/outages/{id}"), typed });
    }
    let command = forms::meant(form.word, typed, now)?;
    let stored = change(&mut tx, &who.doing(form.heading), now, id, command).await;
    let entry = stored.map_err(one_only)??;
    tx.commit().await?;
    Ok(entry.seq)
}
