//! A site with actors: each has a browser of their own, with its cookies, at an address of their own.

#![expect(
    clippy::unwrap_used,
    reason = "these are the hands of tests; clippy knows only the tests themselves"
)]

use std::{cell::Cell, collections::BTreeMap, net::SocketAddr};

use axum::{
    Json, Router,
    body::{Body, to_bytes},
    extract::ConnectInfo,
    http::{HeaderMap, Request, StatusCode, header},
    middleware::{from_fn, from_fn_with_state},
    routing::get,
};
use jiff::{SignedDuration, Timestamp};
use journal::{Actor, Id, Journal};
use tower::ServiceExt;
use users::{Role, User, account::Opening};
use web::{Problem, Site};

thread_local! {
    static CLOCK: Cell<i64> = const { Cell::new(1_700_000_000) };
}

/// The password of everybody in these tests.
pub const PASSWORD: &str = "correct horse battery";

/// The site's clock.
pub fn now() -> Timestamp {
    Timestamp::from_second(CLOCK.get()).unwrap()
}

/// Time passes.
pub fn pass(time: SignedDuration) {
    CLOCK.set(CLOCK.get() + time.as_secs());
}

/// Time passes, in minutes.
pub fn pass_minutes(minutes: i64) {
    pass(SignedDuration::from_mins(minutes));
}

/// The whole room as the binary serves it, with two pages of another room.
pub fn app(journal: &Journal) -> Router {
    let site = Site { journal: journal.clone(), clock: now };
    let whoami = async |who: User| Json(serde_json::json!({ "name": who.name, "role": who.role.key() }));
    let register = async |who: User| who.may("plan.register").map(|()| "registered");
    users::routes()
        .route("/whoami", get(whoami))
        .route("/register", get(register))
        .route("/nothing", get(async |_: User| Err::<(), Problem>(Problem::NotFound)))
        .layer(from_fn_with_state(site.clone(), users::let_in))
        .layer(from_fn(web::render_problems))
        .layer(from_fn(web::refuse_foreign_origins))
        .with_state(site)
}

/// Opens an account with [`PASSWORD`].
pub async fn open(journal: &Journal, sign_in: &str, role: &str) -> Id {
    let task = "Prepare a test".to_owned();
    let actor = Actor { who: "test".to_owned(), role: "administrator".to_owned(), task };
    let role = Role::of(role).unwrap();
    let opening = Opening { name: "Mòrag Bàn", sign_in, role, password: PASSWORD };
    users::account::open_account(journal, &actor, now(), opening).await.unwrap()
}

/// What came back.
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

    /// The lines that set cookies.
    pub fn set_cookies(&self) -> Vec<&str> {
        self.headers.get_all(header::SET_COOKIE).iter().map(|value| value.to_str().unwrap()).collect()
    }
}

/// A browser.
#[derive(Clone)]
pub struct Browser {
    app: Router,
    pub cookies: BTreeMap<String, String>,
    pub address: [u8; 4],
    pub headers: Vec<(&'static str, String)>,
}

impl Browser {
    pub fn of(app: &Router) -> Self {
        let headers = vec![("accept", "text/html".to_owned()), ("sec-fetch-site", "same-origin".to_owned())];
        Self { app: app.clone(), cookies: BTreeMap::new(), address: [192, 0, 2, 1], headers }
    }

    /// A browser in which somebody has signed in.
    pub async fn signed_in(app: &Router, sign_in: &str) -> Self {
        let mut browser = Self::of(app);
        let answer = browser.sign_in(sign_in, PASSWORD, "").await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        browser
    }

    pub async fn get(&mut self, path: &str) -> Answer {
        self.send("GET", path, String::new()).await
    }

    /// Sends a form just as it is.
    pub async fn post_bare(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.send("POST", path, serde_html_form::to_string(fields).unwrap()).await
    }

    /// Opens the page `from`, and sends a form with the hidden fields found there.
    pub async fn post(&mut self, from: &str, path: &str, fields: &[(&str, &str)]) -> Answer {
        let page = self.get(from).await;
        let mut all: Vec<(&str, &str)> = vec![("csrf", hidden(&page.body, "csrf"))];
        if page.body.contains("name=\"edits\"") {
            all.push(("edits", hidden(&page.body, "edits")));
        }
        all.extend(fields);
        self.post_bare(path, &all).await
    }

    pub async fn sign_in(&mut self, sign_in: &str, password: &str, next: &str) -> Answer {
        let fields = [("sign_in", sign_in), ("password", password), ("next", next)];
        self.post("/sign-in", "/sign-in", &fields).await
    }

    pub async fn send(&mut self, method: &str, path: &str, body: String) -> Answer {
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in &self.headers {
            request = request.header(*name, value);
        }
        let cookies: Vec<String> =
            self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        if !cookies.is_empty() {
            request = request.header(header::COOKIE, cookies.join("; "));
        }
        if method == "POST" && !self.headers.iter().any(|(name, _)| *name == "content-type") {
            request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        }
        let mut request = request.body(Body::from(body)).unwrap();
        request.extensions_mut().insert(ConnectInfo(SocketAddr::from((self.address, 4000))));
        let response = self.app.clone().oneshot(request).await.unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        let body = to_bytes(response.into_body(), 1 << 20).await.unwrap();
        let answer = Answer { status, headers, body: String::from_utf8(body.to_vec()).unwrap() };
        for line in answer.set_cookies() {
            let (name, rest) = line.split_once('=').unwrap();
            let value = rest.split(';').next().unwrap();
            if value.is_empty() {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        answer
    }
}

/// The value of a hidden field.
pub fn hidden<'a>(page: &'a str, name: &str) -> &'a str {
    let mark = format!("name=\"{name}\" value=\"");
    page.split_once(&mark).and_then(|(_, rest)| rest.split_once('"')).map_or("", |(value, _)| value)
}
