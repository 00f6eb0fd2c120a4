//! Hands for the tests of any room’s pages: somebody at a browser, or a program with a token, before an [`App`].

use axum::{
    Router,
    body::{Body, to_bytes},
    extract::ConnectInfo,
    http::{Request, StatusCode, header},
    middleware::{from_fn, from_fn_with_state},
};
use jiff::Timestamp;
use journal::{Actor, Journal};
use serde::Serialize;
use tower::ServiceExt;
use web::Site;

use crate::{Role, account::Opening};

const PASSWORD: &str = "correct horse battery";

/// Names of hidden fields that a form carries and a test need not say.
const HIDDEN: [&str; 4] = ["csrf", "last_seq", "opened_at", "idempotency_key"];

/// Rooms as the binary serves them, at the time of a clock.
#[derive(Clone)]
pub struct App {
    router: Router,
    clock: fn() -> Timestamp,
}

impl App {
    /// The room of accounts and others, with what goes round every request.
    pub fn of(journal: &Journal, clock: fn() -> Timestamp, rooms: Router<Site>) -> Self {
        let site = Site { journal: journal.clone(), clock };
        let router = crate::routes()
            .merge(rooms)
            .layer(from_fn_with_state(site.clone(), crate::let_in))
            .layer(from_fn(web::render_problems))
            .layer(from_fn(web::refuse_foreign_origins))
            .with_state(site);
        Self { router, clock }
    }
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    /// Its status.
    pub status: StatusCode,
    /// Where it leads; empty where it leads nowhere.
    pub location: String,
    /// Its tag; empty where it has none.
    pub tag: String,
    /// Its body.
    pub body: String,
}

impl Answer {
    /// The body as data.
    ///
    /// # Panics
    /// When it is none.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }

    /// A member of the data, as text.
    ///
    /// # Panics
    /// When there is no such member, or it is no text.
    pub fn text(&self, member: &str) -> String {
        self.json()[member].as_str().unwrap_or_else(|| panic!("no {member}: {}", self.body)).to_owned()
    }
}

/// Somebody at a browser, or a program with a token.
#[derive(Clone)]
pub struct Caller {
    app: App,
    pass: (header::HeaderName, String),
    is_program: bool,
}

impl Caller {
    /// Somebody with this role who has signed in.
    ///
    /// # Panics
    /// When they are not let in: then no test of a page means anything.
    pub async fn person(journal: &Journal, app: &App, role: &str) -> Self {
        open(journal, app, role).await;
        let visitor = Self::stranger(app, false);
        let (page, before) = visitor.call("GET", "/sign-in", String::new(), &[]).await;
        let csrf = hidden(&page.body, "csrf").to_owned();
        let visitor = Self { pass: (header::COOKIE, before), ..visitor };
        let fields = [("csrf", csrf.as_str()), ("sign_in", role), ("password", PASSWORD)];
        let (answer, session) = visitor.call("POST", "/sign-in", form(&fields), &[]).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        Self { pass: (header::COOKIE, session), ..visitor }
    }

    /// A program with a token for this role.
    ///
    /// # Panics
    /// When there is no such role.
    pub async fn program(journal: &Journal, app: &App, role: &str) -> Self {
        open(journal, app, role).await;
        let token = token(journal, app, role).await.expect("an account of this role is open");
        Self { pass: (header::AUTHORIZATION, format!("Bearer {token}")), ..Self::stranger(app, true) }
    }

    /// Nobody: with a browser or with a program.
    pub fn stranger(app: &App, is_program: bool) -> Self {
        Self { app: app.clone(), pass: (header::COOKIE, String::new()), is_program }
    }

    /// Asks for a page.
    pub async fn get(&self, path: &str) -> Answer {
        self.call("GET", path, String::new(), &[]).await.0
    }

    /// Asks with a header.
    pub async fn get_with(&self, path: &str, header: (&str, &str)) -> Answer {
        self.call("GET", path, String::new(), &[header]).await.0
    }

    /// Sends data, as a program does.
    pub async fn post(&self, path: &str, body: &serde_json::Value, headers: &[(&str, &str)]) -> Answer {
        self.call("POST", path, body.to_string(), headers).await.0
    }

    /// Sends a form, with what `page` had in its hidden fields unless `fields` says otherwise.
    pub async fn send(&self, path: &str, page: &Answer, fields: &[(&str, &str)]) -> Answer {
        let is_given = |name: &&str| !fields.iter().any(|(field, _)| field == name);
        let carried = HIDDEN.into_iter().filter(is_given).map(|name| (name, hidden(&page.body, name)));
        let mut all: Vec<(&str, &str)> = carried.filter(|(_, value)| !value.is_empty()).collect();
        all.extend(fields);
        self.call("POST", path, form(&all), &[]).await.0
    }

    /// Sends a form with a file, as a browser does.
    pub async fn upload(&self, path: &str, fields: &[(&str, &str)], file: Option<(&str, &[u8])>) -> Answer {
        let part = |(name, value): &(&str, &str)| {
            format!("--line\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
        };
        let mut bytes = fields.iter().map(part).collect::<Vec<_>>().concat().into_bytes();
        if let Some((name, file)) = file {
            let head = format!(
                "--line\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n"
            );
            bytes.extend([head.as_bytes(), file, b"\r\n"].concat());
        }
        bytes.extend(b"--line--\r\n");
        self.raw("POST", path, bytes, "multipart/form-data; boundary=line", &[]).await.0
    }

    async fn call(&self, method: &str, path: &str, body: String, more: &[(&str, &str)]) -> (Answer, String) {
        let sends = if self.is_program { "application/json" } else { "application/x-www-form-urlencoded" };
        self.raw(method, path, body.into_bytes(), sends, more).await
    }

    /// What came back, and the cookies that it set.
    async fn raw(
        &self,
        method: &str,
        path: &str,
        body: Vec<u8>,
        sends: &str,
        more: &[(&str, &str)],
    ) -> (Answer, String) {
        let accept = if self.is_program { "application/json" } else { "text/html" };
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::ACCEPT, accept)
            .header(header::CONTENT_TYPE, sends)
            .header("sec-fetch-site", "same-origin")
            .header(&self.pass.0, &self.pass.1);
        for (name, value) in more {
            request = request.header(*name, *value);
        }
        let mut request = request.body(Body::from(body)).expect("an address and headers that can be sent");
        request.extensions_mut().insert(ConnectInfo(std::net::SocketAddr::from(([192, 0, 2, 1], 4000))));
        let response = self.app.router.clone().oneshot(request).await.expect("every request is answered");
        let headers = response.headers();
        let text = |value: &header::HeaderValue| value.to_str().unwrap_or_default().to_owned();
        let lines = headers.get_all(header::SET_COOKIE).iter().map(text);
        let pairs = lines.filter_map(|line| line.split(';').next().map(str::to_owned));
        let cookies: Vec<String> = pairs.filter(|pair| !pair.ends_with('=')).collect();
        let location = headers.get(header::LOCATION).map_or_else(String::new, text);
        let tag = headers.get(header::ETAG).map_or_else(String::new, text);
        let status = response.status();
        let body = to_bytes(response.into_body(), 1 << 23).await.expect("a body that ends");
        let body = String::from_utf8(body.to_vec()).expect("pages and data are UTF-8");
        (Answer { status, location, tag, body }, cookies.join("; "))
    }
}

fn form(fields: &impl Serialize) -> String {
    serde_html_form::to_string(fields).expect("pairs are a form")
}

async fn token(journal: &Journal, app: &App, role: &str) -> Option<String> {
    let role = Role::of(role).expect("the test names a role");
    crate::account::token_for_role(journal, (app.clock)(), role).await.ok()
}

/// Opens an account with this role, unless there is one.
async fn open(journal: &Journal, app: &App, role: &str) {
    if token(journal, app, role).await.is_none() {
        let of = Role::of(role).expect("the test names a role");
        let opening = Opening { name: "Ailsa Craig", sign_in: role, role: of, password: PASSWORD };
        let actor = Actor { who: "test".into(), role: "administrator".into(), task: "Prepare a test".into() };
        let opened = crate::account::open_account(journal, &actor, (app.clock)(), opening).await;
        opened.unwrap_or_else(|problem| panic!("no account of {role}: {problem:?}"));
    }
}

/// The value of a hidden field of a page; empty where it has none.
pub fn hidden<'a>(page: &'a str, name: &str) -> &'a str {
    let mark = format!("name=\"{name}\" value=\"");
    page.split_once(&mark).and_then(|(_, rest)| rest.split_once('"')).map_or("", |(value, _)| value)
}
