//! The page of one incident, the forms that change it, and opening one by program.

use axum::{
    Json, Router,
    extract::{Path, Query as Asked, State},
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use contact::{grade::Grade, suggestion::rules::suggest};
use journal::{Connection, Id, OPEN_END, Refusal, history, last_seq, reference_seq};
use serde::Deserialize;
use users::{User, names_in_history};
use web::{Accepts, FormPage, Frame, Input, Problem, Section, Site, Typed, show, show_refused};

use super::{
    forms::{self, Form},
    list,
    rows::{by_reference, one, recall},
    rules::Kind,
    views::{self, ShowPage},
};
use crate::{Acting, Opening, standing::Standing};

/// The addresses of incidents.
pub fn routes() -> Router<Site> {
    Router::new()
        .route("/incidents", get(list::pages::show_list).post(open))
        .route("/incidents/search", axum::routing::post(list::pages::search))
        .route("/incidents/{id}", get(show_one))
        .route("/incidents/{id}/{form}", get(form).post(post))
}

/// An identity or a reference in an address; anything else is not found.
pub(crate) async fn read_id(conn: &mut Connection, text: &str) -> Result<Id, Problem> {
    if let Some(id) = Id::read(text) {
        return Ok(id);
    }
    let seq = reference_seq('I', text).ok_or(Problem::NotFound)?;
    by_reference(conn, seq).await?.ok_or(Problem::NotFound)
}

/// What the address may ask.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Seen {
    done: String,
}

/// `GET /incidents/{id}`
async fn show_one(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Path(id): Path<String>,
    Asked(seen): Asked<Seen>,
) -> Result<Response, Problem> {
    who.may("incident.read")?;
    let mut read = site.read().await?;
    let id = read_id(&mut read, &id).await?;
    let notice = forms::find(&seen.done).map(|form| form.done.to_owned());
    let page = page(&site, &mut read, &who, &id).await?;
    show(accepts, &page.told(notice))
}

async fn page(site: &Site, read: &mut Connection, who: &User, id: &Id) -> Result<ShowPage, Problem> {
    let standing = recall(read, id).await?.ok_or(Problem::NotFound)?;
    let listed = one(read, id).await?.ok_or(Problem::NotFound)?;
    let contacts = contact::contact::rows::of_incident(read, id).await?;
    let linked = super::rows::of_ids(read, &standing.incident.linked).await?;
    let history = history(read, id, OPEN_END).await?;
    let names = names_in_history(read, id).await?;
    let preference = match standing.incident.contacts.first() {
        Some(first) => contact::preference::rows::of_contact(read, &first.contact).await?,
        None => None,
    };
    let messages = if who.may_do("message.read") {
        message::message::rows::of_incident(read, id).await?
    } else {
        Vec::new()
    };
    let around = views::Around {
        messages: &messages,
        contacts: &contacts,
        linked: &linked,
        history: &history,
        names: &names,
        preference: preference.as_ref(),
    };
    Ok(views::show_page(site.now(), who, &listed, &standing, &around)?)
}

/// `GET /incidents/{id}/{form}`
async fn form(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Path((id, word)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let form = forms::find(&word).ok_or(Problem::NotFound)?;
    who.may(form.permission)?;
    let mut read = site.read().await?;
    let id = read_id(&mut read, &id).await?;
    let standing = recall(&mut read, &id).await?.ok_or(Problem::NotFound)?;
    let page = form_page((&site, &who), &mut read, (&id, form), &standing, &Typed::default()).await?;
    show(accepts, &page)
}

async fn form_page(
    (site, who): (&Site, &User),
    read: &mut Connection,
    (id, form): (&Id, &Form),
    standing: &Standing,
    typed: &Typed,
) -> Result<FormPage, Problem> {
    let listed = one(read, id).await?.ok_or(Problem::NotFound)?;
    let last = match typed.last_seq() {
        Some(seen) => seen,
        None => last_seq(read, id).await?,
    };
    let (reference, address) = (listed.reference(), format!("/incidents/{id}"));
    Ok(FormPage {
        frame: Frame::of(format!("{}: {reference}", form.heading), Section::Incidents).seen_by(who.signed()),
        crumbs: vec![
            ("/incidents".to_owned(), "Incidents".to_owned()),
            (address.clone(), reference.clone()),
            (String::new(), form.heading.to_owned()),
        ],
        heading: form.heading.to_owned(),
        about: format!("{reference} {}", listed.summary),
        intro: form.intro.to_owned(),
        action: format!("{address}/{}", form.word),
        submit: form.submit.to_owned(),
        back: address,
        last_seq: form.replaces.then_some(last),
        fields: forms::fields(form.word, standing, typed, site.now()),
        refusals: Vec::new(),
    })
}

/// `POST /incidents/{id}/{form}`
async fn post(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Path((id, word)): Path<(String, String)>,
    input: Input<serde::de::IgnoredAny>,
) -> Result<Response, Problem> {
    let form = forms::find(&word).ok_or(Problem::NotFound)?;
    who.may(form.permission)?;
    let id = read_id(&mut *site.read().await?, &id).await?;
    match store(&site, &who, &id, form, &input.typed).await {
        Ok(_) if accepts.html => Ok(Redirect::to(&format!("/incidents/{id}?done={word}")).into_response()),
        Ok(seq) => Ok(Json(serde_json::json!({ "id": id, "entry": seq })).into_response()),
        Err(Problem::Refused(refusal)) if accepts.html => {
            let mut read = site.read().await?;
            let standing = recall(&mut read, &id).await?.ok_or(Problem::NotFound)?;
            let page = form_page((&site, &who), &mut read, (&id, form), &standing, &input.typed).await?;
            show_refused(accepts, &refusal, &page.refused(&refusal))
        }
        Err(problem) => Err(problem),
    }
}

/// Does what the form means, in one transaction; gives its entry.
pub(crate) async fn store(
    site: &Site,
    who: &User,
    id: &Id,
    form: &Form,
    typed: &Typed,
) -> Result<i64, Problem> {
    let now = site.now();
    let mut tx = site.begin().await?;
    let standing = recall(&mut tx, id).await?.ok_or(Problem::NotFound)?;
    let last = last_seq(&mut tx, id).await?;
    // Whatever happened meanwhile, a life comes first.
    let is_raised = form.word == "grade" && Grade::of(typed.get("grade")) == Some(Grade::Immediate);
    if form.replaces && !is_raised && typed.last_seq().is_none() {
        let sentence =
            "The last entry that you have seen is missing. Ask for the incident, and send its last_seq.";
        return Err(Problem::Refused(Refusal::of("last_seq", sentence)));
    }
    if form.replaces && !is_raised && typed.last_seq() != Some(last) {
        let typed = typed.0.iter().filter(|(name, _)| *name != "last_seq");
        let typed = typed.map(|(name, value)| (name.replace('_', " "), value.clone())).collect();
        return Err(Problem::Stale { see: format!("/incidents/{id}"), typed });
    }
    let linked = match form.word {
        "link" => match reference_seq('I', typed.get("to")) {
            Some(seq) => by_reference(&mut tx, seq).await?,
            None => Id::read(typed.get("to")),
        },
        _ => None,
    };
    if form.word == "offer" && offers_another_grade(&standing, typed) {
        who.may("incident.grade")?; // accepted, it is in force
    }
    let change = forms::change(form.word, &standing, typed, now, linked)?;
    let acting = Acting::of(who.doing(form.heading), who.in_session());
    let entry = crate::change(&mut tx, &acting, now, id, change).await??;
    tx.commit().await?;
    Ok(entry.seq)
}

fn offers_another_grade(standing: &Standing, typed: &Typed) -> bool {
    let offered = Grade::of(typed.get("grade"));
    let in_force = standing.grade.as_ref().map(|graded| graded.in_force.grade);
    offered.zip(in_force).is_some_and(|(offered, in_force)| offered != in_force)
}

/// An incident as a program opens it from a contact (`POST /incidents`).
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Open {
    /// The contact's identity.
    contact: Id,
    /// A key of the types.
    #[serde(default)]
    incident_type: String,
    /// Keys of the qualifiers.
    #[serde(default)]
    qualifiers: Vec<String>,
    /// What happened, in a few words.
    #[serde(default)]
    summary: String,
    /// The grade that was chosen.
    grade: Grade,
    /// Why it is another than was suggested.
    #[serde(default)]
    rationale: String,
}

/// `POST /incidents`
async fn open(State(site): State<Site>, who: User, input: Input<Open>) -> Result<Response, Problem> {
    who.may("incident.work")?;
    let asked = input.command?;
    let now = site.now();
    let mut tx = site.begin().await?;
    let unknown = || Refusal::of("contact", "There is no such contact. Post the contact first.");
    let record = crate::call::record(&mut tx, &asked.contact).await?.ok_or_else(unknown)?;
    let kind = Kind { incident_type: asked.incident_type, qualifiers: asked.qualifiers };
    let situation = crate::call::situation_of(&record, &kind);
    let id = Id::new(now);
    let opening = Opening {
        contact: asked.contact,
        kind,
        location: record.contact.location.clone(),
        summary: asked.summary,
        persons: Vec::new(),
        warnings: Vec::new(),
        grade: asked.grade,
        suggestion: Some(suggest(&situation)),
        rationale: asked.rationale,
    };
    let acting = Acting::of(who.doing("Open an incident"), who.in_session());
    let entry = crate::open(&mut tx, &acting, now, &id, opening).await??;
    tx.commit().await?;
    let told = Json(serde_json::json!({ "id": id, "entry": entry.seq }));
    Ok((axum::http::StatusCode::CREATED, told).into_response())
}
