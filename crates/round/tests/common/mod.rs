//! The hands of this room's tests: facts told as they are stored, and somebody with a browser.

#![expect(
    clippy::unwrap_used,
    reason = "these are the hands of tests; clippy knows only the tests themselves"
)]

pub mod steps;

use std::{cell::Cell, collections::BTreeMap};

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Request, StatusCode, header},
    middleware::{from_fn, from_fn_with_state},
};
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use journal::{Actor, Entry, Id, Journal, Noun, Tx, append, recall};
use plan::{
    inspection::rows::Inspections, recommendation::rows::Recommendations, target::rows::Targets,
    update::rows::UpdatesOf,
};
use serde_json::{Value, json};
use tower::ServiceExt;
use users::{Role, account::Opening};
use web::Site;

thread_local! {
    static CLOCK: Cell<i64> = const { Cell::new(1_700_000_000) };
}

/// The site's clock.
pub fn now() -> Timestamp {
    Timestamp::from_second(CLOCK.get()).unwrap()
}

/// Puts the clock to nine in the morning of a day in Scotland.
pub fn morning(day: &str) -> Timestamp {
    let at = moment(date(day), 9, 0);
    CLOCK.set(at.as_second());
    at
}

/// A day.
pub fn date(text: &str) -> Date {
    text.parse().unwrap()
}

/// A moment of a day in Scotland.
pub fn moment(day: Date, hour: i8, minute: i8) -> Timestamp {
    let scotland = TimeZone::get("Europe/London").unwrap();
    day.at(hour, minute, 0, 0).to_zoned(scotland).unwrap().timestamp()
}

/// Somebody who acts in a test.
pub fn actor() -> Actor {
    Actor { who: "tester".into(), role: "audit_manager".into(), task: "Prepare a test".into() }
}

/// Tells a fact as it is stored, whatever the rule would have said: a stored fact parses for ever.
pub async fn happens<N: Noun>(tx: &mut Tx, at: Timestamp, id: &Id, fact: Value) -> Entry
where
    N::State: Clone,
{
    let was = recall(tx, id, N::apply).await.unwrap().state;
    let fact: N::Fact = serde_json::from_value(fact).unwrap();
    let entry = append(tx, &actor(), at, id, &fact).await.unwrap();
    N::save(tx, &entry, id, &N::apply(was, &fact)).await.unwrap();
    entry
}

/// An inspection published on 31 August 2022.
pub async fn inspect(tx: &mut Tx, at: Timestamp) -> Id {
    let id = Id::new(at);
    let fact = json!({ "registered": {
        "title": "Contact Assessment Model", "code": "CAM22", "kind": "assurance",
        "published_on": "2022-08-31", "inspectorate": "HMICS", "addressees": ["Caledonia Police"],
    }});
    happens::<Inspections>(tx, at, &id, fact).await;
    id
}

/// A recommendation of it.
pub async fn recommend(tx: &mut Tx, at: Timestamp, inspection: &Id, reference: &str, owner: &str) -> Id {
    let id = Id::new(at);
    let fact = json!({ "made": {
        "inspection": inspection, "reference": reference, "text": format!("Do what {reference} says."),
        "exposure": null, "risk_statement": "", "impact": "", "owner_post": owner, "owner_team": "",
    }});
    happens::<Recommendations>(tx, at, &id, fact).await;
    id
}

/// Its first target.
pub async fn aim(tx: &mut Tx, at: Timestamp, id: &Id, target: &str) {
    happens::<Targets>(tx, at, id, json!({ "set": { "target": target } })).await;
}

/// Another owner.
pub async fn reassign(tx: &mut Tx, at: Timestamp, id: &Id, post: &str) {
    let fact = json!({ "reassigned": { "post": post, "team": "", "reason": "Moved on" } });
    happens::<Recommendations>(tx, at, id, fact).await;
}

/// An update.
pub async fn say(tx: &mut Tx, at: Timestamp, id: &Id, text: &str) {
    happens::<UpdatesOf>(tx, at, id, json!({ "added": { "text": text } })).await;
}

/// The room as the binary serves it.
pub fn app(journal: &Journal) -> Router {
    let site = Site { journal: journal.clone(), clock: now };
    round::routes()
        .route("/find", axum::routing::get(plan::find::pages::find))
        .layer(axum::Extension(plan::find::pages::More(round::named)))
        .layer(from_fn_with_state(site.clone(), users::let_in))
        .layer(from_fn(web::render_problems))
        .with_state(site)
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

impl Answer {
    /// Where it leads.
    pub fn location(&self) -> &str {
        self.headers.get(header::LOCATION).map_or("", |value| value.to_str().unwrap())
    }

    /// What it is as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }
}

/// Somebody in a role, with a token instead of a cookie.
pub struct Somebody {
    app: Router,
    token: String,
}

impl Somebody {
    /// Opens an account in this role and takes a token for it.
    pub async fn in_role(journal: &Journal, app: &Router, role: &str) -> Self {
        let sign_in = format!("a.{}", role.replace('_', "."));
        let role = Role::of(role).unwrap();
        let opening =
            Opening { name: "Ailsa Craig", sign_in: &sign_in, role, password: "correct horse battery" };
        users::account::open_account(journal, &actor(), now(), opening).await.unwrap();
        let token = users::account::token_for_role(journal, now(), role).await.unwrap();
        Self { app: app.clone(), token }
    }

    /// Asks for a page.
    pub async fn get(&self, path: &str) -> Answer {
        self.send("GET", path, "text/html", String::new()).await
    }

    /// Asks for a page's data.
    pub async fn data(&self, path: &str) -> Answer {
        self.send("GET", path, "application/json", String::new()).await
    }

    /// Sends a form.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.send("POST", path, "text/html", serde_html_form::to_string(fields).unwrap()).await
    }

    /// Sends JSON.
    pub async fn post_data(&self, path: &str, data: &Value) -> Answer {
        self.send("POST", path, "application/json", data.to_string()).await
    }

    async fn send(&self, method: &str, path: &str, kind: &str, body: String) -> Answer {
        let form = if kind == "text/html" { "application/x-www-form-urlencoded" } else { kind };
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header("accept", kind)
            .header("content-type", form)
            .header("authorization", format!("Bearer {}", self.token))
            .body(Body::from(body))
            .unwrap();
        let response = self.app.clone().oneshot(request).await.unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        let body = to_bytes(response.into_body(), 1 << 20).await.unwrap();
        Answer { status, headers, body: String::from_utf8(body.to_vec()).unwrap() }
    }
}

/// The value of a hidden field.
pub fn hidden<'a>(page: &'a str, name: &str) -> &'a str {
    let mark = format!("name=\"{name}\" value=\"");
    page.split_once(&mark).and_then(|(_, rest)| rest.split_once('"')).map_or("", |(value, _)| value)
}

/// Everything the rooms keep as rows is what the journal folds to.
pub async fn rows_are_the_fold(journal: &Journal) {
    let tables: Vec<&str> = plan::TABLES.iter().chain(&round::TABLES).copied().collect();
    let mut tx = journal.begin().await.unwrap();
    let before = journal::dump(&mut tx, &tables).await.unwrap();
    journal::clear(&mut tx, &tables).await.unwrap();
    let (mut plans, mut rounds) = (plan::Memory::default(), round::Memory::default());
    for entry in journal::entries(&mut tx, 0, i64::MAX).await.unwrap() {
        plan::refold(&mut tx, &mut plans, &entry).await.unwrap();
        round::refold(&mut tx, &mut rounds, &entry).await.unwrap();
    }
    let after = journal::dump(&mut tx, &tables).await.unwrap();
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for line in &before {
        *counts.entry(line.split(':').next().unwrap().to_owned()).or_default() += 1;
    }
    println!("rows: {counts:?}");
    for table in ["governance_group", "group_member", "meeting", "round", "update_request", "told"] {
        assert!(counts.contains_key(table), "{table} is empty, so nothing is shown by it");
    }
    assert_eq!(before, after, "the rows are not the fold of the journal");
}
