//! A retailer’s form: choose a file or paste a table, check it, confirm.

use axum::{
    Json, Router,
    extract::{DefaultBodyLimit, Multipart, State},
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use incident::Acting;
use journal::hex;
use serde::de::IgnoredAny;
use sha2::{Digest, Sha256};
use users::User;
use web::{
    Accepts, Input, Problem, Session, Site, Typed, Wrong, read_upload, show, show_refused, table_text,
};

use super::{
    carry::{carry, fates},
    rules::read,
    views::{PreviewPage, preview_page, start_page},
};

/// The largest request: the table twice, each of its characters written as three.
const UPLOAD: usize = 4 * 1024 * 1024;

/// The addresses of the form.
pub fn routes() -> Router<Site> {
    Router::new()
        .route("/crime-reports/retail", get(start).post(preview))
        .route("/crime-reports/retail/confirmation", post(confirm))
        .layer(DefaultBodyLimit::max(UPLOAD))
}

/// `GET /crime-reports/retail`
async fn start(who: User, accepts: Accepts) -> Result<Response, Problem> {
    who.may("crime.record")?;
    show(accepts, &start_page(&who, &Typed::default()))
}

/// `POST /crime-reports/retail`: reads the table and shows what would become of it. Writes nothing.
async fn preview(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    session: Session,
    form: Multipart,
) -> Result<Response, Problem> {
    who.may("crime.record")?;
    let (typed, file) = read_upload(form).await?;
    session.check(typed.0.get("csrf").map(String::as_str))?;
    let text = match table_text(&typed, file, "shop") {
        Ok(text) => text,
        Err(wrong) => return refused(&who, accepts, &wrong, &typed),
    };
    match looked_at(&site, &who, &text).await? {
        Ok(page) => show(accepts, &page),
        Err(wrong) => refused(&who, accepts, &wrong, &typed.with("pasted", text)),
    }
}

async fn looked_at(site: &Site, who: &User, text: &str) -> Result<Result<PreviewPage, Wrong>, Problem> {
    let rows = match read(text, site.now()) {
        Ok(rows) => rows,
        Err(wrong) => return Ok(Err(wrong)),
    };
    let fates = fates(&mut *site.read().await?, &rows).await?;
    Ok(Ok(preview_page(who, &rows, &fates, text, &seen(text))))
}

/// What was shown, short: what is confirmed is what was checked.
fn seen(text: &str) -> String {
    hex(&Sha256::digest(text.replace("\r\n", "\n")))
}

fn refused(who: &User, accepts: Accepts, wrong: &Wrong, typed: &Typed) -> Result<Response, Problem> {
    show_refused(accepts, &wrong.refusal(), &start_page(who, typed).wrong(wrong))
}

/// `POST /crime-reports/retail/confirmation`: carries all of it in, or nothing.
async fn confirm(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    input: Input<IgnoredAny>,
) -> Result<Response, Problem> {
    who.may("crime.record")?;
    let (typed, now) = (input.typed, site.now());
    let text = typed.get("text").to_owned();
    let pasted = typed.clone().with("pasted", text.clone());
    if seen(&text) != typed.get("seen") {
        let sentence = "This table is not the one that was checked. Check it again.";
        let wrong = Wrong::Field(journal::Refusal::of("file", sentence));
        return refused(&who, accepts, &wrong, &pasted);
    }
    let rows = match read(&text, now) {
        Ok(rows) => rows,
        Err(wrong) => return refused(&who, accepts, &wrong, &pasted),
    };
    let mut tx = site.begin().await?;
    let acting = Acting::of(who.doing("Carry in a retailer’s form"), who.in_session());
    let carried = match carry(&mut tx, &acting, now, &rows).await? {
        Ok(carried) => carried,
        Err(refusal) => {
            drop(tx);
            return refused(&who, accepts, &Wrong::Field(refusal), &pasted);
        }
    };
    tx.commit().await?;
    if accepts.html {
        let (recorded, assessed) = (carried.recorded, carried.assessed);
        let there = format!("/crime-reports?done=retail&recorded={recorded}&assessed={assessed}");
        return Ok(Redirect::to(&there).into_response());
    }
    let told = serde_json::json!({
        "recorded": carried.recorded, "assessed": carried.assessed, "there": carried.there,
    });
    Ok(Json(told).into_response())
}
