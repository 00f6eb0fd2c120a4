//! The room's pages with people before them: each has a browser of their own, a program has a token.

#![expect(
    clippy::unwrap_used,
    reason = "these are the hands of tests; clippy knows only the tests themselves"
)]

use axum::{
    Router,
    body::{Body, to_bytes},
    extract::ConnectInfo,
    http::{Request, StatusCode, header},
    middleware::{from_fn, from_fn_with_state},
};
use jiff::Timestamp;
use journal::{Actor, Id, Journal, act};
use plan::inspection::{
    rows::{Inspections, known},
    rules::{Command, Details},
};
use tower::ServiceExt;
use users::{Role, account::Opening};
use web::Site;

const PASSWORD: &str = "correct horse battery";

/// The site's clock stands: 21 November 2026, 10 o'clock.
pub fn now() -> Timestamp {
    "2026-11-21T10:00:00Z".parse().unwrap()
}

/// Who does what the test does without a browser.
pub fn who() -> Actor {
    Actor { who: "test".into(), role: "audit_manager".into(), task: "Prepare a test".into() }
}

/// The room as the binary serves it.
pub fn app(journal: &Journal) -> Router {
    let site = Site { journal: journal.clone(), clock: now };
    users::routes()
        .merge(plan::routes())
        .layer(from_fn_with_state(site.clone(), users::let_in))
        .layer(from_fn(web::render_problems))
        .layer(from_fn(web::refuse_foreign_origins))
        .with_state(site)
}

/// Registers an inspection.
pub async fn inspection(journal: &Journal, title: &str, published_on: &str) -> Id {
    let id = Id::new(now());
    let details = Details {
        title: title.into(),
        kind: "assurance".into(),
        published_on: published_on.into(),
        inspectorate: "HMICS".into(),
        addressees: "Caledonia Police".into(),
        ..Details::default()
    };
    let mut tx = journal.begin().await.unwrap();
    let known = known(&mut tx, &id).await.unwrap();
    act::<Inspections>(&mut tx, &who(), now(), &id, &known, Command::Register(details))
        .await
        .unwrap()
        .unwrap();
    tx.commit().await.unwrap();
    id
}

/// What came back.
pub struct Answer {
    pub status: StatusCode,
    pub location: String,
    pub body: String,
}

impl Answer {
    /// The body as data.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }

    /// The identity that a redirect leads to, or that data names.
    pub fn id(&self) -> String {
        if self.location.is_empty() {
            return self.json()["id"].as_str().unwrap().to_owned();
        }
        self.location.split(['/', '?']).nth(2).unwrap().to_owned()
    }
}

/// Somebody at a browser, or a program with a token.
pub struct Caller {
    app: Router,
    /// Their cookie, or their token.
    pass: (header::HeaderName, String),
    is_program: bool,
}

impl Caller {
    /// Somebody who has just been given this role and has signed in.
    pub async fn person(journal: &Journal, app: &Router, role: &str) -> Self {
        let opening =
            Opening { name: "Mòrag Bàn", sign_in: role, role: Role::of(role).unwrap(), password: PASSWORD };
        let actor = Actor { role: "administrator".into(), ..who() };
        users::account::open_account(journal, &actor, now(), opening).await.unwrap();
        let none = (header::COOKIE, String::new());
        let visitor = Self { app: app.clone(), pass: none, is_program: false };
        let (page, before) = visitor.call("GET", "/sign-in", String::new()).await;
        let csrf = hidden(&page.body, "csrf");
        let visitor = Self { pass: (header::COOKIE, before), ..visitor };
        let fields = [("csrf", csrf), ("sign_in", role), ("password", PASSWORD)];
        let (answer, session) =
            visitor.call("POST", "/sign-in", serde_html_form::to_string(fields).unwrap()).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        Self { pass: (header::COOKIE, session), ..visitor }
    }

    /// A program with a token for this role.
    pub async fn program(journal: &Journal, app: &Router, role: &str) -> Self {
        let token = users::account::token_for_role(journal, now(), Role::of(role).unwrap()).await.unwrap();
        let pass = (header::AUTHORIZATION, format!("Bearer {token}"));
        Self { app: app.clone(), pass, is_program: true }
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.call("GET", path, String::new()).await.0
    }

    /// Opens the form at `path` and sends it back with `fields`; a field named twice is as given last.
    /// A program sends them as data.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        if self.is_program {
            let fields: std::collections::BTreeMap<_, _> = fields.iter().copied().collect();
            return self.call("POST", path, serde_json::to_string(&fields).unwrap()).await.0;
        }
        let page = self.get(path).await;
        let csrf = match hidden(&page.body, "csrf") {
            "" => hidden(&self.get("/account").await.body, "csrf").to_owned(),
            csrf => csrf.to_owned(),
        };
        let last_seq = hidden(&page.body, "last_seq");
        let mut all = vec![("csrf", csrf.as_str())];
        if !last_seq.is_empty() && !fields.iter().any(|(name, _)| *name == "last_seq") {
            all.push(("last_seq", last_seq));
        }
        all.extend(fields);
        self.call("POST", path, serde_html_form::to_string(all).unwrap()).await.0
    }

    async fn call(&self, method: &str, path: &str, body: String) -> (Answer, String) {
        let (accept, sends) = if self.is_program {
            ("application/json", "application/json")
        } else {
            ("text/html", "application/x-www-form-urlencoded")
        };
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::ACCEPT, accept)
            .header(header::CONTENT_TYPE, sends)
            .header("sec-fetch-site", "same-origin")
            .header(&self.pass.0, &self.pass.1)
            .body(Body::from(body))
            .unwrap();
        request.extensions_mut().insert(ConnectInfo(std::net::SocketAddr::from(([192, 0, 2, 1], 4000))));
        let response = self.app.clone().oneshot(request).await.unwrap();
        let cookies: Vec<String> = response
            .headers()
            .get_all(header::SET_COOKIE)
            .iter()
            .filter_map(|line| line.to_str().unwrap().split(';').next().map(str::to_owned))
            .filter(|pair| !pair.ends_with('='))
            .collect();
        let location = response.headers().get(header::LOCATION);
        let location = location.map_or("", |value| value.to_str().unwrap()).to_owned();
        let status = response.status();
        let body = to_bytes(response.into_body(), 1 << 22).await.unwrap();
        let body = String::from_utf8(body.to_vec()).unwrap();
        (Answer { status, location, body }, cookies.join("; "))
    }
}

/// The value of a hidden field.
pub fn hidden<'a>(page: &'a str, name: &str) -> &'a str {
    let mark = format!("name=\"{name}\" value=\"");
    page.split_once(&mark).and_then(|(_, rest)| rest.split_once('"')).map_or("", |(value, _)| value)
}
