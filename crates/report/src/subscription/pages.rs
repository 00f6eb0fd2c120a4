//! Being told of reports: a page with a button for each pack, and data.

use axum::{
    Json, Router,
    extract::{Query, State},
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use jiff::civil::Date;
use journal::{Connection, DatabaseError, act, day_of};
use round::notice::subscription::rows::one as mailbox;
use serde::{Deserialize, de::IgnoredAny};
use users::User;
use web::{Accepts, Input, Problem, Site, show, show_refused};

use super::{
    rows::{ReportSubscriptions, of_account},
    rules::{Command, Known, Part},
    views::{SubscriptionsPage, page},
};

/// The address of the page.
pub fn routes() -> Router<Site> {
    Router::new().route("/reports/subscriptions", get(show_all).post(set))
}

/// What the address may say.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    done: String,
}

/// `GET /reports/subscriptions`: two statements.
async fn show_all(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    who.may("report.read")?;
    let today = day_of(site.now());
    show(accepts, &read(&mut *site.read().await?, &who, today, &asked.done).await?)
}

/// `POST /reports/subscriptions`
async fn set(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    input: Input<IgnoredAny>,
) -> Result<Response, Problem> {
    who.may("report.read")?;
    let wanted = input.typed.get("wanted").to_owned();
    let done = format!("/reports/subscriptions?done={}", if wanted == "on" { "on" } else { "off" });
    let typed = |field: &str| input.typed.get(field).trim().to_owned();
    let part = Part { pack: typed("pack"), division: typed("division") };
    let command = Command::Set { part: part.clone(), wanted };
    let known = Known { today: day_of(site.now()), may_read_measures: who.may_do("measure.read") };
    let mut tx = site.begin().await?;
    let actor = who.doing("Change of which reports I am told");
    match act::<ReportSubscriptions>(&mut tx, &actor, site.now(), &who.id, &known, command).await? {
        Ok(_) => tx.commit().await?,
        Err(refusal) => {
            let page = read(&mut tx, &who, known.today, "").await?.refused(&part, &refusal);
            drop(tx);
            return show_refused(accepts, &refusal, &page);
        }
    }
    if accepts.html {
        return Ok(Redirect::to(&done).into_response());
    }
    Ok(Json(serde_json::json!({ "done": true })).into_response())
}

async fn read(
    conn: &mut Connection,
    who: &User,
    today: Date,
    done: &str,
) -> Result<SubscriptionsPage, DatabaseError> {
    let told = of_account(conn, &who.id).await?;
    let email = mailbox(conn, &who.id).await?.email;
    Ok(page(who, today, &told, email, done))
}
