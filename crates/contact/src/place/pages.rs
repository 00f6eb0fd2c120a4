//! The gazetteer's page: which edition is in force, importing another, and looking a place up.

use askama::Template;
use axum::{
    Json, Router,
    extract::{DefaultBodyLimit, Multipart, State},
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use journal::{hex, words};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use users::User;
use web::{Accepts, Frame, Input, Problem, Section, Session, Site, read_upload, show};

use super::{
    rows::{self, Current},
    rules::{self, COLUMNS, Fact, Fault, Place},
};
use crate::unit;

/// The largest file that is taken: a whole country's addresses have their own chore on the command line.
const UPLOAD: usize = 64 * 1024 * 1024;

/// The addresses of the gazetteer.
pub fn routes() -> Router<Site> {
    Router::new()
        .route("/places", get(show_current).post(import))
        .layer(DefaultBodyLimit::max(UPLOAD))
        .route("/places/lookup", post(lookup))
}

/// The gazetteer's page.
#[derive(Debug, Template, Serialize)]
#[template(path = "place/show.html")]
struct PlacesPage {
    #[serde(skip)]
    frame: Frame,
    current: Option<Current>,
    imported: String,
    count: String,
    columns: String,
    may_import: bool,
    faults: Vec<Fault>,
}

/// `GET /places`
async fn show_current(State(site): State<Site>, who: User, accepts: Accepts) -> Result<Response, Problem> {
    show(accepts, &page(&site, &who, Vec::new()).await?)
}

async fn page(site: &Site, who: &User, faults: Vec<Fault>) -> Result<PlacesPage, Problem> {
    who.may("contact.read").or_else(|_| who.may("contact.places"))?;
    let current = rows::current(&mut *site.read().await?).await?;
    let count = current.as_ref().map_or(0, |one| one.edition.places);
    Ok(PlacesPage {
        frame: Frame::of("Gazetteer", Section::Contacts).seen_by(who.signed()),
        imported: current.as_ref().map_or_else(String::new, |one| words::moment(one.at)),
        count: words::thousands(usize::try_from(count).unwrap_or(0)),
        current,
        columns: COLUMNS.join(", "),
        may_import: who.may_do("contact.places"),
        faults,
    })
}

/// `POST /places`
async fn import(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    session: Session,
    form: Multipart,
) -> Result<Response, Problem> {
    who.may("contact.places")?;
    let (typed, file) = read_upload(form).await?;
    session.check(typed.0.get("csrf").map(String::as_str))?;
    let (name, bytes) =
        file.ok_or_else(|| journal::Refusal::of("file", "Choose the gazetteer’s CSV file."))?;
    let today = site.today();
    let digest = hex(&Sha256::digest(&bytes));
    // A large file takes a second to read; the other pages go on meanwhile.
    let read = tokio::task::spawn_blocking(move || {
        rules::read(&bytes, |letter| unit::division(letter, today).is_some())
    });
    let places = match read.await.map_err(|error| Problem::Broken(error.to_string()))? {
        Ok(places) => places,
        Err(faults) if accepts.html => {
            let mut page = page(&site, &who, faults).await?;
            page.frame.title = format!("Problem: {}", page.frame.title);
            let shown = show(accepts, &page)?;
            return Ok((axum::http::StatusCode::UNPROCESSABLE_ENTITY, shown).into_response());
        }
        Err(faults) => return Err(rules::refusal(&faults).into()),
    };
    let fact = Fact::Imported { name, places: i64::try_from(places.len()).unwrap_or(i64::MAX), digest };
    let seq =
        rows::import(&site.journal, &who.doing("Import the gazetteer"), site.now(), &fact, &places).await?;
    if accepts.html {
        return Ok(Redirect::to("/places").into_response());
    }
    Ok(Json(serde_json::json!({ "places": places.len(), "entry": seq })).into_response())
}

/// What is looked for: it goes in the body, since an address may be somebody's.
#[derive(Debug, Deserialize)]
struct Words {
    words: String,
}

/// What was found.
#[derive(Debug, Serialize)]
struct Found {
    places: Vec<Place>,
}

/// `POST /places/lookup`
async fn lookup(State(site): State<Site>, who: User, input: Input<Words>) -> Result<Response, Problem> {
    who.may("contact.read")?;
    let places = rows::find(&mut *site.read().await?, &input.command?.words).await?;
    Ok(Json(Found { places }).into_response())
}
