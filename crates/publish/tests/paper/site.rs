//! A site with the plan's pages and the papers', and a caller in each role.

use std::cell::Cell;

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{Request, StatusCode, header},
    middleware::{from_fn, from_fn_with_state},
};
use jiff::Timestamp;
use journal::{Actor, Journal};
use serde_json::{Value, json};
use tower::ServiceExt;
use users::{Role, account::Opening};
use web::Site;

thread_local! {
    static CLOCK: Cell<i64> = const { Cell::new(0) };
}

fn now() -> Timestamp {
    Timestamp::from_second(CLOCK.get()).expect("a moment")
}

/// It is noon of that day.
pub fn noon_of(day: &str) {
    let noon: Timestamp = format!("{day}T12:00:00Z").parse().expect("a moment");
    CLOCK.set(noon.as_second());
}

/// The site on that journal.
pub fn app(journal: &Journal) -> Router {
    let site = Site { journal: journal.clone(), clock: now };
    plan::routes()
        .merge(publish::routes())
        .layer(from_fn_with_state(site.clone(), users::let_in))
        .layer(from_fn(web::render_problems))
        .with_state(site)
}

/// What came back.
pub struct Answer {
    pub status: StatusCode,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

/// Somebody with a token.
pub struct Caller {
    app: Router,
    token: String,
}

impl Caller {
    /// A new account in that role.
    pub async fn of(app: &Router, journal: &Journal, role: &str) -> Self {
        let actor = Actor { who: "test".into(), role: "administrator".into(), task: "Prepare a test".into() };
        let kept = Role::of(role).expect("a role");
        let opening =
            Opening { name: "Mòrag Bàn", sign_in: role, role: kept, password: "correct horse battery" };
        users::account::open_account(journal, &actor, now(), opening).await.expect("an account");
        let token = users::account::token_for_role(journal, now(), kept).await.expect("a token");
        Self { app: app.clone(), token }
    }

    /// As a program reads it.
    pub async fn get(&self, path: &str) -> Answer {
        self.send("GET", path, "application/json", Body::empty()).await
    }

    /// As a browser reads it.
    pub async fn page(&self, path: &str) -> Answer {
        self.send("GET", path, "text/html", Body::empty()).await
    }

    pub async fn post(&self, path: &str, body: &Value) -> Answer {
        self.send("POST", path, "application/json", Body::from(body.to_string())).await
    }

    /// Sends JSON and reads the answer as a browser would.
    pub async fn post_page(&self, path: &str, body: &Value) -> Answer {
        self.send("POST", path, "text/html", Body::from(body.to_string())).await
    }

    /// Posts what must succeed, and gives the identity of what it is about.
    pub async fn make(&self, path: &str, body: Value) -> String {
        let answer = self.post(path, &body).await;
        assert!(answer.status.is_success(), "{path} {body}: {} {}", answer.status, answer.text());
        answer.json()["id"].as_str().expect("an identity").to_owned()
    }

    /// Accepts every fault that the check of the register finds; gives how many there were.
    pub async fn accept_faults(&self) -> usize {
        let found = self.get("/check?severity=fault").await.json();
        let groups = found["groups"].as_array().expect("groups");
        let faults: Vec<&Value> =
            groups.iter().flat_map(|group| group["findings"].as_array().expect("findings")).collect();
        let mut accepted = 0;
        for fault in faults.into_iter().filter(|fault| fault["accepted"].is_null()) {
            let part = |name: &str| fault[name].as_str().expect("a word").to_owned();
            let finding = format!("{}/{}/{}", part("subject"), part("check"), part("fingerprint"));
            let reason = json!({ "reason": "The committee knows." });
            let answer = self.post(&format!("/check/{finding}/acceptance"), &reason).await;
            assert!(answer.status.is_success(), "{finding}: {} {}", answer.status, answer.text());
            accepted += 1;
        }
        accepted
    }

    async fn send(&self, method: &str, path: &str, accept: &str, body: Body) -> Answer {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, "localhost")
            .header(header::ACCEPT, accept)
            .header(header::CONTENT_TYPE, "application/json")
            .header(header::AUTHORIZATION, format!("Bearer {}", self.token))
            .body(body)
            .expect("a request");
        let response = self.app.clone().oneshot(request).await.expect("an answer");
        let status = response.status();
        let body = to_bytes(response.into_body(), 1 << 24).await.expect("a body").to_vec();
        Answer { status, body }
    }
}

/// What a person says about a paper of that kind.
pub fn said(kind: &str, more: &[(&str, Value)]) -> Value {
    let mut said = json!({
        "kind": kind, "meeting": "Policing Performance Committee", "date": "9 December 2026",
        "location": "Video conference", "title": "Inspection improvement plans", "presented_by": "ACC A. Person",
        "ask": "discuss", "period_from": "1 January 2026", "period_to": "30 November 2026",
    });
    for (name, value) in more {
        said[*name] = value.clone();
    }
    said
}
