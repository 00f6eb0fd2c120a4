//! Registering an inspection, and putting it right.

use axum::{
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use journal::{Id, OPEN_END, Refusal, act, last_seq};
use users::User;
use web::{Accepts, Field, FormPage, Frame, Input, Problem, Section, Site, Typed, show, show_refused};

use super::{
    rows::{Inspections, known, one},
    rules::{Command, Details, Inspection, Kind},
};
use crate::pages::read_id;

/// `GET /inspections/new`
pub async fn new(who: User, accepts: Accepts) -> Result<Response, Problem> {
    who.may("plan.register")?;
    let start = Typed::default().with("inspectorate", "HMICS").with("addressees", "Police Scotland");
    show(accepts, &new_page(&who, &start))
}

/// `POST /inspections/new`
pub async fn register(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    input: Input<Details>,
) -> Result<Response, Problem> {
    who.may("plan.register")?;
    let outcome = match input.command {
        Ok(details) => {
            let id = Id::new(site.now());
            store(&site, &who, &id, Command::Register(details), &Typed::default()).await.map(|()| id)
        }
        Err(refusal) => Err(refusal.into()),
    };
    match outcome {
        Ok(id) if accepts.html => {
            Ok(Redirect::to(&format!("/inspections/{id}?done=registered")).into_response())
        }
        Ok(id) => {
            Ok((axum::http::StatusCode::CREATED, axum::Json(serde_json::json!({ "id": id }))).into_response())
        }
        Err(Problem::Refused(refusal)) => {
            show_refused(accepts, &refusal, &new_page(&who, &input.typed).refused(&refusal))
        }
        Err(problem) => Err(problem),
    }
}

/// `GET /inspections/{id}`
pub async fn edit(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Path(id): Path<String>,
    axum::extract::Query(query): axum::extract::Query<Typed>,
) -> Result<Response, Problem> {
    who.may("plan.register")?;
    let id = read_id(&id)?;
    let mut read = site.read().await?;
    let inspection = one(&mut read, &id, OPEN_END - 1).await?.ok_or(Problem::NotFound)?;
    let last = last_seq(&mut read, &id).await?;
    let mut page = edit_page(&who, &id, &inspection, &filled(&inspection), last);
    if query.get("done") == "registered" {
        page.frame = page.frame.with_notice(Some(
            "The inspection is registered. Now import its plan, or add its recommendations.".to_owned(),
        ));
    }
    show(accepts, &page)
}

/// `POST /inspections/{id}`
pub async fn correct(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Path(id): Path<String>,
    input: Input<Details>,
) -> Result<Response, Problem> {
    who.may("plan.register")?;
    let id = read_id(&id)?;
    let mut read = site.read().await?;
    let inspection = one(&mut read, &id, OPEN_END - 1).await?.ok_or(Problem::NotFound)?;
    let last = last_seq(&mut read, &id).await?;
    drop(read);
    let reason = input.typed.get("reason").to_owned();
    let outcome = match input.command {
        Ok(details) => store(&site, &who, &id, Command::Correct(details, reason), &input.typed).await,
        Err(refusal) => Err(refusal.into()),
    };
    match outcome {
        Ok(()) if accepts.html => Ok(Redirect::to("/recommendations?done=inspection").into_response()),
        Ok(()) => Ok(axum::Json(serde_json::json!({ "id": id })).into_response()),
        Err(Problem::Refused(refusal)) => {
            let page = edit_page(&who, &id, &inspection, &input.typed, last).refused(&refusal);
            show_refused(accepts, &refusal, &page)
        }
        Err(problem) => Err(problem),
    }
}

async fn store(site: &Site, who: &User, id: &Id, command: Command, typed: &Typed) -> Result<(), Problem> {
    let task = match &command {
        Command::Register(_) => "Register an inspection",
        Command::Correct(..) => "Correct an inspection",
    };
    let mut tx = site.begin().await?;
    let last = last_seq(&mut tx, id).await?;
    if typed.last_seq().is_some_and(|seen| seen != last) {
        let typed = typed.0.iter().map(|(name, value)| (name.clone(), value.clone())).collect();
        return Err(Problem::Stale { see: format!("/inspections/{id}"), typed });
    }
    let known = known(&mut tx, id).await?;
    act::<Inspections>(&mut tx, &who.doing(task), site.now(), id, &known, command).await??;
    Ok(tx.commit().await?)
}

fn filled(inspection: &Inspection) -> Typed {
    Typed::default()
        .with("title", &*inspection.title)
        .with("code", &*inspection.code)
        .with("kind", inspection.kind.as_str())
        .with("published_on", inspection.published_on.to_string())
        .with("inspectorate", &*inspection.inspectorate)
        .with("addressees", inspection.addressees.join("\n"))
}

fn new_page(who: &User, typed: &Typed) -> FormPage {
    FormPage {
        frame: Frame::of("Register an inspection", Section::Improvement).seen_by(who.signed()),
        crumbs: vec![
            ("/recommendations".to_owned(), "Improvement".to_owned()),
            (String::new(), "Register an inspection".to_owned()),
        ],
        heading: "Register an inspection".to_owned(),
        about: String::new(),
        intro: "An inspection comes first; its recommendations are then imported from the published plan, or added one by one.".to_owned(),
        action: "/inspections/new".to_owned(),
        submit: "Register the inspection".to_owned(),
        back: "/recommendations".to_owned(),
        last_seq: None,
        fields: fields(typed),
        refusals: Vec::new(),
    }
}

fn edit_page(who: &User, id: &Id, inspection: &Inspection, typed: &Typed, last: i64) -> FormPage {
    let mut fields = fields(typed);
    fields.push(Field::lines("reason", "Reason", "Why it has to be put right", 3, typed));
    FormPage {
        frame: Frame::of(format!("Correct {}", inspection.code), Section::Improvement).seen_by(who.signed()),
        crumbs: vec![
            ("/recommendations".to_owned(), "Improvement".to_owned()),
            (format!("/recommendations?inspection={id}"), inspection.title.clone()),
            (String::new(), "Correct".to_owned()),
        ],
        heading: "Correct an inspection".to_owned(),
        about: inspection.title.clone(),
        intro: String::new(),
        action: format!("/inspections/{id}"),
        submit: "Correct the inspection".to_owned(),
        back: "/recommendations".to_owned(),
        last_seq: Some(typed.last_seq().unwrap_or(last)),
        fields,
        refusals: Vec::<Refusal>::new(),
    }
}

fn fields(typed: &Typed) -> Vec<Field> {
    let kinds = std::iter::once((String::new(), "Choose a kind".to_owned()))
        .chain(Kind::ALL.map(|kind| (kind.as_str().to_owned(), kind.words().to_owned())));
    vec![
        Field::line("title", "Title", "As printed on the report", typed),
        Field::line(
            "code",
            "Short name",
            "Before a recommendation’s number, as CAM22 in CAM22-R3. Leave empty to have one made",
            typed,
        ),
        Field::one("kind", "Kind", "", kinds, typed),
        Field::line("published_on", "Published on", "For example 31 August 2022", typed),
        Field::line("inspectorate", "Inspectorate", "", typed),
        Field::lines("addressees", "Addressed to", "One body a line; counts are per body", 3, typed),
    ]
}
