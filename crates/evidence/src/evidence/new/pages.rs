//! Attaching a measure: `GET /evidence/new?recommendation=…`, `POST /evidence`.

use axum::{
    Json, Router,
    extract::{Query as Asked, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use journal::{AsAt, Id, Refusal};
use plan::register::kept;
use serde::{Deserialize, de::IgnoredAny};
use users::User;
use web::{Accepts, FormPage, Input, Problem, Site, Typed, show, show_refused};

use super::views::page;
use crate::evidence::{list::rows::one, rows::attach, rules::Wish};

/// The addresses of new evidence.
pub fn routes() -> Router<Site> {
    Router::new().route("/evidence/new", get(new)).route("/evidence", post(store))
}

/// What the address holds.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Where {
    recommendation: String,
    measure: String,
    action: String,
    /// The identity that the form gave it: the same sent twice is the same evidence.
    evidence: String,
}

fn read_id(field: &'static str, text: &str) -> Result<Id, Problem> {
    let told = || {
        let sentence = match field {
            "recommendation" => {
                "Say which recommendation it is evidence for. Begin on the recommendation’s page."
            }
            _ => "That is no identity. Leave it out, or send that of the form.",
        };
        Refusal::of(field, sentence)
    };
    Ok(Id::read(text).ok_or_else(told)?)
}

/// `GET /evidence/new`
async fn new(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Asked(asked): Asked<Where>,
) -> Result<Response, Problem> {
    who.may("plan.evidence")?;
    let recommendation = read_id("recommendation", &asked.recommendation)?;
    let typed =
        Typed::default().with("by", "week").with("measure", asked.measure).with("action", asked.action);
    show(accepts, &form(&site, &who, &recommendation, &Id::new(site.now()), &typed).await?)
}

async fn form(
    site: &Site,
    who: &User,
    recommendation: &Id,
    id: &Id,
    typed: &Typed,
) -> Result<FormPage, Problem> {
    let register = kept::register(site, &mut site.read().await?, AsAt::Now).await?;
    let item = register.item(recommendation).ok_or(Problem::NotFound)?;
    Ok(page(who, item, id, typed))
}

fn wish(typed: &Typed) -> Wish {
    let text = |name: &str| typed.get(name).to_owned();
    Wish {
        action: text("action"),
        measure: text("measure"),
        from: text("from"),
        until: text("until"),
        by: text("by"),
        division: text("division"),
        claim: text("claim"),
        words: text("words"),
        although: text("although"),
    }
}

/// `POST /evidence`: the recommendation is in the address, as the form has it, or in the body.
async fn store(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Asked(asked): Asked<Where>,
    input: Input<IgnoredAny>,
) -> Result<Response, Problem> {
    who.may("plan.evidence")?;
    let (now, typed) = (site.now(), input.typed);
    let given = |address: &str, name: &str| {
        if address.is_empty() { typed.get(name).to_owned() } else { address.to_owned() }
    };
    let recommendation = read_id("recommendation", &given(&asked.recommendation, "recommendation"))?;
    let id = match given(&asked.evidence, "evidence").as_str() {
        "" => Id::new(now),
        text => read_id("evidence", text)?,
    };
    let mut tx = site.begin().await?;
    if let Some(there) = one(&mut tx, &id).await? {
        drop(tx);
        return Ok(answered(accepts, &id, there.seq, StatusCode::OK));
    }
    let stored = match wish(&typed).read(now) {
        Ok(wanted) => {
            attach(&mut tx, &who.doing("Attach a measure"), now, (&id, &recommendation), wanted).await?
        }
        Err(refusal) => Err(refusal),
    };
    match stored {
        Ok(entry) => {
            tx.commit().await?;
            Ok(answered(accepts, &id, entry.seq, StatusCode::CREATED))
        }
        Err(refusal) if accepts.html => {
            drop(tx);
            let page = form(&site, &who, &recommendation, &id, &typed).await?;
            show_refused(accepts, &refusal, &page.refused(&refusal))
        }
        Err(refusal) => Err(Problem::Refused(refusal)),
    }
}

fn answered(accepts: Accepts, id: &Id, seq: i64, status: StatusCode) -> Response {
    if accepts.html {
        return Redirect::to(&format!("/evidence/{id}?done=attached")).into_response();
    }
    (status, Json(serde_json::json!({ "id": id, "entry": seq }))).into_response()
}
