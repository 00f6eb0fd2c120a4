//! The room as the binary serves it, with somebody in each role, and a small register on it.

#![expect(
    clippy::unwrap_used,
    reason = "these are the hands of tests; clippy knows only the tests themselves"
)]

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Request, StatusCode, header},
    middleware::{from_fn, from_fn_with_state},
};
use jiff::Timestamp;
use journal::{Actor, Id, Journal, clear, dump, entries, head};
use plan::{Memory, TABLES, refold};
use serde_json::{Value, json};
use tower::ServiceExt;
use users::{Role, account::Opening};
use web::Site;

/// Noon on 16 September 2025.
pub fn now() -> Timestamp {
    Timestamp::from_second(1_758_020_400).unwrap()
}

/// Who acts where no page is asked.
pub fn tester() -> Actor {
    Actor { who: "tester".into(), role: "audit_manager".into(), task: "Test".into() }
}

/// The site, and a way to ask it in a role.
pub struct Desk {
    app: Router,
    journal: Journal,
}

/// What came back.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }

    pub fn location(&self) -> &str {
        self.headers.get(header::LOCATION).map_or("", |value| value.to_str().unwrap())
    }

    /// The identity of what was made.
    pub fn id(&self) -> String {
        self.json()["id"].as_str().unwrap_or_else(|| panic!("{}", self.body)).to_owned()
    }
}

/// Somebody in a role, with a token.
pub struct Person {
    app: Router,
    token: String,
}

impl Desk {
    pub fn of(journal: &Journal) -> Self {
        let site = Site { journal: journal.clone(), clock: now };
        let app = plan::routes()
            .layer(from_fn_with_state(site.clone(), users::let_in))
            .layer(from_fn(web::render_problems))
            .with_state(site);
        Self { app, journal: journal.clone() }
    }

    /// Somebody in `role`.
    pub async fn person(&self, role: &str) -> Person {
        let role = Role::of(role).unwrap();
        let sign_in = role.key().replace('_', ".");
        let opening =
            Opening { name: "Mòrag Bàn", sign_in: &sign_in, role, password: "correct horse battery" };
        users::account::open_account(&self.journal, &tester(), now(), opening).await.unwrap();
        let token = users::account::token_for_role(&self.journal, now(), role).await.unwrap();
        Person { app: self.app.clone(), token }
    }
}

impl Person {
    async fn send(&self, request: axum::http::request::Builder, body: String, accept: &str) -> Answer {
        let request = request
            .header(header::AUTHORIZATION, format!("Bearer {}", self.token))
            .header(header::ACCEPT, accept)
            .body(Body::from(body))
            .unwrap();
        let response = self.app.clone().oneshot(request).await.unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        let body = to_bytes(response.into_body(), 1 << 22).await.unwrap();
        Answer { status, headers, body: String::from_utf8(body.to_vec()).unwrap() }
    }

    /// A page.
    pub async fn page(&self, path: &str) -> Answer {
        self.send(Request::get(path), String::new(), "text/html").await
    }

    /// A page's data.
    pub async fn data(&self, path: &str) -> Answer {
        self.send(Request::get(path), String::new(), "application/json").await
    }

    /// A form as a browser sends it.
    pub async fn form(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let kind = "application/x-www-form-urlencoded";
        let request = Request::post(path).header(header::CONTENT_TYPE, kind);
        self.send(request, serde_html_form::to_string(fields).unwrap(), "text/html").await
    }

    /// JSON as a program sends it.
    pub async fn post(&self, path: &str, body: Value) -> Answer {
        let request = Request::post(path).header(header::CONTENT_TYPE, "application/json");
        self.send(request, body.to_string(), "application/json").await
    }

    /// Domestic Abuse (DA23) with recommendations R1 and R14; gives the three identities.
    pub async fn registers_domestic_abuse(&self) -> [String; 3] {
        let inspection = self
            .post(
                "/inspections/new",
                json!({ "title": "Domestic Abuse", "code": "DA23", "kind": "thematic",
                    "published_on": "2024-01-31", "inspectorate": "HMICS", "addressees": "Caledonia Police" }),
            )
            .await
            .id();
        let mut made = Vec::new();
        for (reference, target) in [("R1", "September 2026"), ("R14", "December 2026")] {
            let body = json!({ "inspection": inspection, "reference": reference, "text": "Do what it asks.",
                "exposure": "Medium", "risk_statement": "People may come to harm.", "target": target,
                "owner_post": "Head of Public Protection" });
            made.push(self.post("/recommendations/new", body).await.id());
        }
        let [r1, r14] = [made.remove(0), made.remove(0)];
        [inspection, r1, r14]
    }

    /// The paper of the day, which gives `open` open ones of DA23; gives its identity.
    pub async fn registers_a_paper(&self, open: &str) -> String {
        let body = json!({ "title": "Progress Summary", "reference": "S004",
            "meeting_on": "16 September 2025", "published_on": "2025-09-11" });
        let paper = self.post("/sources/new", body).await.id();
        self.cites(&paper, "DA23", "open", open).await;
        paper
    }

    pub async fn cites(&self, paper: &str, about: &str, quantity: &str, value: &str) {
        let body = json!({ "about": about, "quantity": quantity, "value": value, "words": "Domestic Abuse | 4 | 9 (9)" });
        let answer = self.post(&format!("/sources/{paper}/statements/new"), body).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    }
}

/// The rows are the fold of the journal.
pub async fn rows_are_the_fold(journal: &Journal) {
    let mut tx = journal.begin().await.unwrap();
    let before = dump(&mut tx, &TABLES).await.unwrap();
    clear(&mut tx, &TABLES).await.unwrap();
    let mut memory = Memory::default();
    let last = head(&mut tx).await.unwrap();
    for entry in entries(&mut tx, 0, last).await.unwrap() {
        refold(&mut tx, &mut memory, &entry).await.unwrap();
    }
    assert_eq!(dump(&mut tx, &TABLES).await.unwrap(), before);
    assert!(!before.is_empty());
}

/// An identity in an answer.
pub fn id(text: &str) -> Id {
    Id::read(text).unwrap_or_else(|| panic!("{text:?} is no identity"))
}
