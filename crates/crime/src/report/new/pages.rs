//! Recording a crime: `GET /crime-reports/new?incident=…`, then a type of crime, then its form.

use axum::{
    Json, Router,
    extract::{Query as Asked, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use incident::Standing;
use journal::{Connection, Id, Refusal, day_of};
use serde::{Deserialize, de::IgnoredAny};
use users::User;
use web::{Accepts, Input, Problem, Site, Typed, show, show_refused};

use super::views::{Incident, choose_page, new_page};
use crate::{
    definition::{CrimeType, crime_type},
    report::{
        forms::content,
        list::rows::one,
        rows::{about, change},
        rules::{Command, Person},
    },
};

/// The addresses of new reports.
pub fn routes() -> Router<Site> {
    Router::new().route("/crime-reports/new", get(new)).route("/crime-reports", post(record))
}

/// What the address holds: identities and keys, and nothing about anybody.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Where {
    incident: String,
    crime_type: String,
    /// The identity that the form gave the report: the same sent twice is the same report.
    report: String,
}

/// The persons of an incident as a report names them.
fn persons(standing: &Standing) -> Vec<Person> {
    let of = |one: &incident::incident::rules::Person| Person {
        role: one.role.clone(),
        name: one.name.clone(),
        reach: one.number.clone(),
    };
    standing.incident.persons.iter().map(of).collect()
}

async fn read_incident(conn: &mut Connection, text: &str) -> Result<Incident, Problem> {
    let id = Id::read(text).ok_or_else(|| {
        Refusal::of("incident", "Say which incident it is about. Begin on the incident’s page.")
    })?;
    let standing = incident::recall(conn, &id).await?.ok_or(Problem::NotFound)?;
    let listed = incident::incident::rows::one(conn, &id).await?.ok_or(Problem::NotFound)?;
    let about = about(conn, &id).await?.ok_or(Problem::NotFound)?;
    Ok(Incident {
        reference: listed.reference(),
        summary: standing.incident.summary.shown().to_owned(),
        persons: persons(&standing),
        about,
    })
}

fn chosen(key: &str, site: &Site) -> Result<&'static CrimeType, Refusal> {
    let of_type = crime_type(key).filter(|one| one.is_valid_on(day_of(site.now())));
    of_type.ok_or_else(|| Refusal::of("crime_type", "Say which crime it is: choose one of the list."))
}

/// `GET /crime-reports/new`
async fn new(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Asked(asked): Asked<Where>,
) -> Result<Response, Problem> {
    who.may("crime.record")?;
    let incident = read_incident(&mut *site.read().await?, &asked.incident).await?;
    if asked.crime_type.is_empty() {
        return show(accepts, &choose_page(site.now(), &who, &incident));
    }
    let of_type = chosen(&asked.crime_type, &site)?;
    let (report, typed) = (Id::new(site.now()), Typed::default().with("counts", "1"));
    show(accepts, &new_page(site.now(), &who, &incident, (of_type, &report), &typed))
}

/// `POST /crime-reports`: incident, crime and the report’s own identity are in the address, as the form has them, or in
/// the body. The same identity sent again is the report that is there.
async fn record(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Asked(asked): Asked<Where>,
    input: Input<IgnoredAny>,
) -> Result<Response, Problem> {
    who.may("crime.record")?;
    let typed = input.typed;
    let given = |address: &str, name: &str| {
        if address.is_empty() { typed.get(name).to_owned() } else { address.to_owned() }
    };
    let now = site.now();
    let mut tx = site.begin().await?;
    let incident = read_incident(&mut tx, &given(&asked.incident, "incident")).await?;
    let of_type = chosen(&given(&asked.crime_type, "crime_type"), &site)?;
    let report = match given(&asked.report, "report").as_str() {
        "" => Id::new(now),
        text => Id::read(text).ok_or_else(|| {
            Refusal::of("report", "That is no identity. Leave it out, or send that of the form.")
        })?,
    };
    if let Some(there) = one(&mut tx, &report).await? {
        drop(tx);
        return Ok(answered(accepts, &report, there.seq, StatusCode::OK));
    }
    let stored = match content(of_type, &incident.persons, &typed, now) {
        Ok(content) => {
            let override_reason = typed.get("override_reason").to_owned();
            let command = Command::Record { content: Box::new(content), override_reason };
            let to = (&report, &incident.about.incident);
            let may_override = who.may_do("crime.override");
            change(&mut tx, &who.doing("Record a crime"), now, to, may_override, command).await?
        }
        Err(refusal) => Err(refusal),
    };
    match stored {
        Ok(entry) => {
            tx.commit().await?;
            Ok(answered(accepts, &report, entry.seq, StatusCode::CREATED))
        }
        Err(refusal) => {
            let page = new_page(now, &who, &incident, (of_type, &report), &typed);
            show_refused(accepts, &refusal, &page.refused(&refusal))
        }
    }
}

fn answered(accepts: Accepts, report: &Id, seq: i64, status: StatusCode) -> Response {
    if accepts.html {
        return Redirect::to(&format!("/crime-reports/{report}?done=recorded")).into_response();
    }
    (status, Json(serde_json::json!({ "id": report, "entry": seq }))).into_response()
}
