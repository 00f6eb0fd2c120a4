//! Importing an existing diary: choose a file, check what it would change, confirm.

use axum::{
    Json, Router,
    extract::{DefaultBodyLimit, Multipart, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use jiff::Timestamp;
use journal::{Connection, Id, hex};
use serde::de::IgnoredAny;
use sha2::{Digest, Sha256};
use users::User;
use web::{Accepts, Input, Problem, Session, Site, Typed, read_upload, show, show_refused, table_text};

use super::{
    carry::carry,
    rules::{Compared, Line, Wrong, compare, read, written},
    views::{preview_page, start_page},
};
use crate::diary::rows::{of_unit, one};

/// The largest request: a file of the largest size, each of its characters written as three.
const UPLOAD: usize = 4 * 1024 * 1024;

/// The addresses of the import.
pub fn routes() -> Router<Site> {
    Router::new()
        .route("/diaries/import", get(start).post(preview))
        .route("/diaries/import/confirmation", post(confirm))
        .layer(DefaultBodyLimit::max(UPLOAD))
}

/// `GET /diaries/import`
async fn start(State(site): State<Site>, who: User, accepts: Accepts) -> Result<Response, Problem> {
    who.may("diary.keep")?;
    let diaries = of_unit(&mut *site.read().await?, "").await?;
    show(accepts, &start_page(&who, &diaries, &Typed::default()))
}

/// `POST /diaries/import`: reads the file and shows what it would change. Writes nothing.
async fn preview(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    session: Session,
    form: Multipart,
) -> Result<Response, Problem> {
    who.may("diary.keep")?;
    let (typed, file) = read_upload(form).await?;
    session.check(typed.0.get("csrf").map(String::as_str))?;
    match checked(&site, &typed, file).await? {
        Ok((text, found)) => show(accepts, &page(&who, found, text, &typed)),
        Err(wrong) => refused(&site, &who, accepts, &wrong, &typed).await,
    }
}

async fn checked(
    site: &Site,
    typed: &Typed,
    file: Option<(String, Vec<u8>)>,
) -> Result<Result<(String, Compared), Wrong>, Problem> {
    let text = match table_text(typed, file, "division") {
        Ok(text) => text,
        Err(wrong) => return Ok(Err(wrong)),
    };
    let lines = match lines_of(site, &text, typed).await? {
        Ok(lines) => lines,
        Err(wrong) => return Ok(Err(wrong)),
    };
    let found = look(&mut *site.read().await?, site.now(), &lines).await?;
    Ok(found.map(|found| (text, found)))
}

fn page(who: &User, found: Compared, text: String, typed: &Typed) -> super::views::PreviewPage {
    let fingerprint = fingerprint(&found);
    preview_page(who, found, fingerprint, text, typed)
}

async fn refused(
    site: &Site,
    who: &User,
    accepts: Accepts,
    wrong: &Wrong,
    typed: &Typed,
) -> Result<Response, Problem> {
    let diaries = of_unit(&mut *site.read().await?, "").await?;
    let page = start_page(who, &diaries, typed).wrong(wrong);
    show_refused(accepts, &wrong.refusal(), &page)
}

/// The lines of a text. A large one takes a moment to read: no other change waits for it, and the other pages go on.
async fn lines_of(site: &Site, text: &str, typed: &Typed) -> Result<Result<Vec<Line>, Wrong>, Problem> {
    let now = site.now();
    let chosen = match Id::read(typed.get("diary")) {
        Some(id) => one(&mut *site.read().await?, &id).await?,
        None => None,
    };
    // One line of this form; the shift's own form has them one a line.
    let modes = typed.get("modes").replace([',', ';'], "\n");
    let (text, typed) = (text.to_owned(), typed.clone().with("modes", modes));
    let lines = tokio::task::spawn_blocking(move || read(&text, &typed, now, chosen.as_ref()));
    lines.await.map_err(|error| Problem::Broken(error.to_string()))
}

/// The lines held against the diaries as they are now.
async fn look(
    conn: &mut Connection,
    now: Timestamp,
    lines: &[Line],
) -> Result<Result<Compared, Wrong>, Problem> {
    Ok(compare(now, &of_unit(conn, "").await?, lines))
}

/// What was shown, short: if it is the same when confirmed, the person has seen what will happen.
fn fingerprint(found: &Compared) -> String {
    hex(&Sha256::digest(written(found)))
}

/// `POST /diaries/import/confirmation`: carries it in, if the diaries still stand as it was shown.
async fn confirm(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    input: Input<IgnoredAny>,
) -> Result<Response, Problem> {
    who.may("diary.keep")?;
    let (typed, now) = (input.typed, site.now());
    let text = typed.get("text").to_owned();
    let lines = match lines_of(&site, &text, &typed).await? {
        Ok(lines) => lines,
        Err(wrong) => return refused(&site, &who, accepts, &wrong, &typed.with("pasted", text)).await,
    };
    let mut tx = site.begin().await?;
    let found = match look(&mut tx, now, &lines).await? {
        Ok(found) => found,
        Err(wrong) => {
            drop(tx);
            return refused(&site, &who, accepts, &wrong, &typed.with("pasted", text)).await;
        }
    };
    if fingerprint(&found) != typed.get("compared") {
        drop(tx);
        let mut page = page(&who, found, text, &typed);
        page.has_moved = true;
        return Ok((StatusCode::CONFLICT, show(accepts, &page)?).into_response());
    }
    let count = carry(&mut tx, &who.doing("Import a diary"), now, &found).await?;
    tx.commit().await?;
    if accepts.html {
        return Ok(Redirect::to("/diaries?done=imported").into_response());
    }
    Ok(Json(serde_json::json!({ "entries": count })).into_response())
}
