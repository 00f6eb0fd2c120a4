//! A register in small, the people who work it, and how they ask for pages.

#![expect(
    clippy::unwrap_used,
    reason = "these are the hands of tests; clippy knows only the tests themselves"
)]

use std::collections::BTreeMap;

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Request, StatusCode, header},
    middleware::{from_fn, from_fn_with_state},
};
use jiff::Timestamp;
use journal::{Actor, Id, Journal, Tx, act};
use plan::{
    action::{self, rows::ActionsOf},
    dependency::{self, rows::DependenciesOf},
    inspection::{self, rows::Inspections},
    post::{self, rows::Posts},
    recommendation::{self, rows::Recommendations, rules::Command as Change},
    target::{self, rows::Targets},
    update::{self, rows::UpdatesOf},
};
use tower::ServiceExt;
use users::{Role, account::Opening};
use web::Site;

/// The site's clock stands at ten in the morning of 21 November 2026.
pub fn now() -> Timestamp {
    moment("2026-11-21T10:00:00Z")
}

pub fn moment(text: &str) -> Timestamp {
    text.parse().unwrap()
}

pub fn actor() -> Actor {
    Actor { who: "test".to_owned(), role: "audit_manager".to_owned(), task: "Prepare a test".to_owned() }
}

/// What came back.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

/// Somebody with an account, and their browser.
#[derive(Clone)]
pub struct Person {
    pub id: Id,
    token: String,
    app: Router,
}

impl Person {
    /// Opens an account.
    pub async fn open(journal: &Journal, name: &str, role: &str) -> Self {
        let site = Site { journal: journal.clone(), clock: now };
        let app = round::routes()
            .merge(plan::routes())
            .merge(users::routes())
            .layer(from_fn_with_state(site.clone(), users::let_in))
            .layer(from_fn(web::render_problems))
            .with_state(site);
        let role = Role::of(role).unwrap();
        let sign_in = name.to_lowercase().replace(' ', ".");
        let opening = Opening { name, sign_in: &sign_in, role, password: "correct horse battery" };
        let id = users::account::open_account(journal, &actor(), now(), opening).await.unwrap();
        let token = users::account::token_for_role(journal, now(), role).await.unwrap();
        Self { id, token, app }
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, "text/html", &[], &[]).await
    }

    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.ask("POST", path, "text/html", &[], fields).await
    }

    /// The same page as a program reads it.
    pub async fn json(&self, path: &str) -> serde_json::Value {
        let answer = self.ask("GET", path, "application/json", &[], &[]).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.body);
        serde_json::from_str(&answer.body).unwrap()
    }

    async fn ask(
        &self,
        method: &str,
        path: &str,
        accept: &str,
        headers: &[(&str, &str)],
        fields: &[(&str, &str)],
    ) -> Answer {
        let mut all = vec![("accept", accept)];
        let bearer = format!("Bearer {}", self.token);
        all.push(("authorization", &bearer));
        all.extend(headers);
        send(&self.app, method, path, &all, fields).await
    }

    /// Anybody who knows the address, without an account.
    pub async fn stranger(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        send(&self.app, "GET", path, headers, &[]).await
    }
}

async fn send(
    app: &Router,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    fields: &[(&str, &str)],
) -> Answer {
    let mut request = Request::builder().method(method).uri(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    if method == "POST" {
        request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    }
    let pairs: Vec<String> =
        fields.iter().map(|(name, value)| format!("{}={}", encoded(name), encoded(value))).collect();
    let body = pairs.join("&");
    let response = app.clone().oneshot(request.body(Body::from(body)).unwrap()).await.unwrap();
    let (status, headers) = (response.status(), response.headers().clone());
    let body = to_bytes(response.into_body(), 1 << 22).await.unwrap();
    Answer { status, headers, body: String::from_utf8_lossy(&body).into_owned() }
}

fn encoded(text: &str) -> String {
    let hexed: Vec<String> = text.bytes().map(|byte| format!("%{byte:02X}")).collect();
    hexed.concat()
}

/// Gives `account` the post called `title`.
pub async fn give(journal: &Journal, title: &str, account: &Id, alternate: bool) {
    let mut tx = journal.begin().await.unwrap();
    let posts = post::rows::all(&mut tx, i64::MAX - 1).await.unwrap();
    let known = post::rows::known(&mut tx, Some(account)).await.unwrap();
    let there = posts.into_iter().find(|(_, post)| post.title == title).map(|(id, _)| id);
    let id = if let Some(id) = there {
        id
    } else {
        let id = Id::new(now());
        let create = post::rules::Command::Create { title: title.to_owned() };
        act::<Posts>(&mut tx, &actor(), now(), &id, &known, create).await.unwrap().unwrap();
        id
    };
    let hold = post::rules::Command::Give { account: Some(account.clone()), alternate };
    act::<Posts>(&mut tx, &actor(), now(), &id, &known, hold).await.unwrap().unwrap();
    tx.commit().await.unwrap();
}

/// The owner of most of the register.
pub const CERP: &str = "Superintendent CERP";

/// A recommendation of the register: owner, target, the moment of its update.
const RECOMMENDATIONS: [(&str, &str, &str); 8] = [
    (CERP, "30 June 2026", "2026-11-15T10:00:00Z"),
    (" superintendent  cerp", "November 2026", ""),
    ("Head of Training", "June 2027", "2026-11-15T10:00:00Z"),
    (CERP, "", "2026-11-15T10:00:00Z"),
    ("", "May 2026", "2026-11-15T10:00:00Z"),
    (CERP, "May 2026", "2026-11-15T10:00:00Z"),
    (CERP, "21 November 2026", "2026-10-22T10:00:00Z"),
    (CERP, "29 February 2028", "2026-10-21T10:00:00Z"),
];

/// A register of eight recommendations, CAM22-R1 to R8; says their identities.
pub async fn fill(journal: &Journal) -> Vec<Id> {
    let mut tx = journal.begin().await.unwrap();
    let inspection = Id::new(now());
    let details = inspection::rules::Details {
        title: "Contact Assessment Model".into(),
        code: "CAM22".into(),
        kind: "assurance".into(),
        published_on: "2022-08-31".into(),
        inspectorate: "HMICS".into(),
        addressees: "Caledonia Police".into(),
    };
    let register = inspection::rules::Command::Register(details);
    act::<Inspections>(&mut tx, &actor(), now(), &inspection, &inspection::rules::Known::default(), register)
        .await
        .unwrap()
        .unwrap();
    let mut ids = Vec::new();
    for (number, (owner, target, updated)) in (1..).zip(RECOMMENDATIONS) {
        let printed = recommendation::rules::Printed {
            inspection: Some(inspection.clone()),
            reference: format!("R{number}"),
            text: format!("Mend what is number {number}, bàta."),
            owner_post: owner.into(),
            ..Default::default()
        };
        let id = Id::new(now());
        change(&mut tx, &id, Change::Make(printed)).await;
        one(&mut tx, &id, target, updated).await;
        ids.push(id);
    }
    actions_of(&mut tx, &ids[2]).await;
    wait(&mut tx, &ids[2], &ids[0]).await;
    wait(&mut tx, &ids[6], &ids[5]).await;
    for id in [&ids[3], &ids[5]] {
        change(&mut tx, id, Change::AssembleEvidence { evidence: "A report.".into() }).await;
        let (what_we_did, impact) = ("All of it.".into(), "It is better.".into());
        change(&mut tx, id, Change::ProposeClosure { what_we_did, impact }).await;
    }
    change(&mut tx, &ids[3], Change::Return { reason: "More is wanted.".into() }).await;
    change(&mut tx, &ids[5], Change::Discharge { reason: "Sufficient.".into() }).await;
    tx.commit().await.unwrap();
    ids
}

async fn change(tx: &mut Tx, id: &Id, command: Change) {
    let today = "2026-11-10".parse().unwrap();
    let known = recommendation::rules::Known { today, taken: BTreeMap::new(), successor: None };
    act::<Recommendations>(tx, &actor(), now(), id, &known, command).await.unwrap().unwrap();
}

async fn one(tx: &mut Tx, id: &Id, target: &str, updated: &str) {
    let known = plan::pages::recall(tx, id).await.unwrap();
    if !target.is_empty() {
        let set = target::rules::Command::Set { target: target.into() };
        let of_target = target::pages::known_of(tx, known.clone()).await.unwrap();
        act::<Targets>(tx, &actor(), now(), id, &of_target, set).await.unwrap().unwrap();
    }
    if !updated.is_empty() {
        let add = update::rules::Command::Add { text: "A secret of the update.".into() };
        let known = update::rules::Known { recommendation: known, other: None };
        act::<UpdatesOf>(tx, &actor(), moment(updated), id, &known, add).await.unwrap().unwrap();
    }
}

async fn actions_of(tx: &mut Tx, id: &Id) {
    let recommendation = plan::pages::recall(tx, id).await.unwrap();
    let known = action::rules::Known::on("2026-11-10".parse().unwrap(), recommendation);
    for (number, owner, target) in [
        ("3.1", CERP, "2026-12-21"),
        ("3.2", CERP, "2026-12-22"),
        ("3.3 à", "", "2026-10"),
        ("3.4", CERP, "2026-10"),
    ] {
        let target = Some(target.parse().unwrap());
        let (number, text, owner) = (number.to_owned(), "Train.".to_owned(), owner.to_owned());
        let add = action::rules::Command::Add { number, text, owner, target };
        act::<ActionsOf>(tx, &actor(), now(), id, &known, add).await.unwrap().unwrap();
    }
    let finish = action::rules::Command::Finish { number: "3.4".into(), note: "Trained.".into() };
    act::<ActionsOf>(tx, &actor(), now(), id, &known, finish).await.unwrap().unwrap();
}

async fn wait(tx: &mut Tx, id: &Id, on: &Id) {
    let on = dependency::rules::Awaited::Recommendation(on.clone());
    let today = "2026-11-10".parse().unwrap();
    let known = dependency::pages::known(tx, today, id, &on).await.unwrap();
    let reason = "Its template comes first.".to_owned();
    let add = dependency::rules::Command::Add { on, reason, since: None };
    act::<DependenciesOf>(tx, &actor(), now(), id, &known, add).await.unwrap().unwrap();
}

/// A group with a chair and a member, each with an alternate post, and its meeting on that day; says their
/// addresses.
pub async fn call(manager: &Person, on: &str) -> (String, String) {
    let details = [("name", "Tactical Group"), ("kind", "tactical"), ("cadence", "none")];
    let group = led_to(&manager.post("/groups/new", &details).await);
    for (post, alternate, chairs) in
        [("ACC", "Chief Superintendent", "yes"), ("Head of Training", "Training manager", "no")]
    {
        let member = [("post", post), ("alternate", alternate), ("chairs", chairs)];
        led_to(&manager.post(&format!("{group}/members"), &member).await);
    }
    let id = group.rsplit('/').next().unwrap();
    let meeting = led_to(&manager.post("/meetings/new", &[("group", id), ("on", on)]).await);
    (group, meeting)
}

/// The address that a form leads to, without what was done.
pub fn led_to(answer: &Answer) -> String {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    answer.headers[header::LOCATION].to_str().unwrap().split('?').next().unwrap().to_owned()
}
