//! A small register at the desks of several people, as the binary serves it: each sends a token of their own.

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Request, StatusCode, header},
    middleware::{from_fn, from_fn_with_state},
};
use jiff::Timestamp;
use journal::{Actor, Id, Journal};
use serde_json::Value;
use tower::ServiceExt;
use users::{Role, account::Opening};
use web::Site;

/// Noon of the day on which all of it happens.
pub fn now() -> Timestamp {
    "2026-11-21T12:00:00Z".parse().expect("a moment")
}

/// What came back: its status, its headers, its text.
pub type Answer = (StatusCode, HeaderMap, String);

/// The site and its journal.
pub struct Desk {
    app: Router,
    journal: Journal,
}

/// Somebody with an account.
pub struct Person {
    app: Router,
    token: String,
}

/// Inspection, reference, words, owner, and whether it is discharged.
const RECOMMENDATIONS: [(usize, &str, &str, &str, bool); 7] = [
    (0, "R10", "Recommend a diary.", "Head of Diaries", false),
    (0, "R02", "Train the trainers.", "Head of Training", false),
    (0, "R1", "Keep Mòrag’s appointments.", "", false),
    (0, "3", "Count failure demand.", "Head of Training", false),
    (0, "4", "Answer every call.", "Head of Diaries", true),
    (1, "3", "Review the diary with partners.", "Head of Diaries", false),
    (1, "7", "Count repeat calls.", "Head of Analysis", false),
];

impl Desk {
    /// Two plans, an action and an update, on the journal.
    pub async fn filled(journal: &Journal) -> Self {
        let site = Site { journal: journal.clone(), clock: now };
        let app = plan::routes()
            .layer(from_fn_with_state(site.clone(), users::let_in))
            .layer(from_fn(web::refuse_foreign_origins))
            .layer(from_fn(web::render_problems))
            .with_state(site);
        let desk = Self { app, journal: journal.clone() };
        let manager = desk.person("audit_manager").await;
        let reviewer = desk.person("inspectorate_reviewer").await;
        let mut inspections = Vec::new();
        for (title, code) in [("Contact Assessment Model 2022", "CAM22"), ("Domestic Abuse 2023", "DA23")] {
            let fields = [
                ("title", title),
                ("code", code),
                ("kind", "thematic"),
                ("published_on", "31 August 2022"),
                ("inspectorate", "HMICS"),
                ("addressees", "Caledonia Police"),
            ];
            inspections.push(made(&manager.send("/inspections/new", &fields).await));
        }
        for (inspection, reference, text, owner, is_discharged) in RECOMMENDATIONS {
            let fields = [
                ("inspection", inspections[inspection].as_str()),
                ("reference", reference),
                ("text", text),
                ("owner_post", owner),
                ("target", "May 2027"),
            ];
            let address = made(&manager.send("/recommendations/new", &fields).await);
            let address = format!("/recommendations/{address}");
            match reference {
                "R02" => {
                    let fields = [("text", "Publish the call handling guide"), ("owner", "Guidance team")];
                    done(&manager.send(&format!("{address}/action"), &fields).await);
                }
                "R10" => {
                    let fields = [("text", "The pilot in Dundee is out; the diary follows.")];
                    done(&manager.send(&format!("{address}/update"), &fields).await);
                }
                _ => {}
            }
            if is_discharged {
                done(&manager.send(&format!("{address}/evidence"), &[("evidence", "All of it")]).await);
                let fields = [("what_we_did", "Answered."), ("impact", "Fewer wait.")];
                done(&manager.send(&format!("{address}/closure"), &fields).await);
                done(&reviewer.send(&format!("{address}/discharge"), &[("reason", "Sufficient.")]).await);
            }
        }
        desk
    }

    /// Somebody new in this role.
    pub async fn person(&self, role: &str) -> Person {
        let task = "Prepare a test".to_owned();
        let actor = Actor { who: "test".to_owned(), role: "administrator".to_owned(), task };
        let role = Role::of(role).expect("the file has the role");
        let sign_in = Id::new(now());
        let opening =
            Opening {
                name: "Mòrag Bàn", sign_in: sign_in.as_str(), role, password: "correct horse battery"
            };
        users::account::open_account(&self.journal, &actor, now(), opening).await.expect("it is opened");
        let token = users::account::token_for_role(&self.journal, now(), role).await.expect("it is issued");
        Person { app: self.app.clone(), token }
    }
}

impl Person {
    /// A page.
    pub async fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, "text/html", String::new()).await
    }

    /// The data of a page.
    pub async fn json(&self, path: &str) -> Value {
        let (status, _, text) = self.ask("GET", path, "application/json", String::new()).await;
        assert_eq!(status, StatusCode::OK, "{path}: {text}");
        serde_json::from_str(&text).expect("it is JSON")
    }

    /// A form, as a browser sends it.
    pub async fn send(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let body = serde_html_form::to_string(fields).expect("it is a form");
        self.ask("POST", path, "text/html", body).await
    }

    async fn ask(&self, method: &str, path: &str, accept: &str, body: String) -> Answer {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::AUTHORIZATION, format!("Bearer {}", self.token))
            .header(header::ACCEPT, accept)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(body))
            .expect("it is a request");
        let response = self.app.clone().oneshot(request).await.expect("it answers");
        let (status, headers) = (response.status(), response.headers().clone());
        let body = to_bytes(response.into_body(), 1 << 22).await.expect("it has a body");
        (status, headers, String::from_utf8(body.to_vec()).expect("it is text"))
    }
}

/// The identity in the address that the answer leads to.
fn made(answer: &Answer) -> String {
    done(answer);
    let location = answer.1.get(header::LOCATION).expect("it leads somewhere").to_str().expect("it is text");
    let last = location.rsplit('/').next().expect("it has a last part");
    last.split('?').next().expect("it has a first part").to_owned()
}

fn done((status, _, text): &Answer) {
    assert_eq!(*status, StatusCode::SEE_OTHER, "{text}");
}
