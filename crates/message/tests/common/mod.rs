//! The room's pages with people and programs before them.

#![expect(
    clippy::unwrap_used,
    reason = "these are the hands of tests; clippy knows only the tests themselves"
)]

use std::sync::atomic::{AtomicI64, Ordering};

use axum::{
    Extension, Router,
    body::{Body, to_bytes},
    extract::ConnectInfo,
    http::{Request, StatusCode, header},
    middleware::{from_fn, from_fn_with_state},
};
use contact::{
    contact::rules::{Arrival, Caller as Described, Channel, Command},
    preference::{
        self,
        rules::{Preference, Unsafe, Way},
    },
};
use jiff::{SignedDuration, Timestamp};
use journal::{Actor, Connection, Id, Journal};
use message::message::{
    mailbox::pages::Local,
    new::pages::{Incidents, Telling},
    saying::About,
};
use tower::ServiceExt;
use users::{Role, account::Opening};
use web::Site;

const PASSWORD: &str = "correct horse battery";

static CLOCK: AtomicI64 = AtomicI64::new(0);

/// The site's clock stands where the test puts it; at first on 26 November 2026, at noon.
pub fn now() -> Timestamp {
    let start: Timestamp = "2026-11-26T12:00:00Z".parse().unwrap();
    start + SignedDuration::from_mins(CLOCK.load(Ordering::SeqCst))
}

/// Puts the clock so many minutes after noon.
pub fn minutes_past_noon(minutes: i64) {
    CLOCK.store(minutes, Ordering::SeqCst);
}

/// The one incident there is.
pub const INCIDENT: &str = "018a645b-0000-7bb7-b19b-000000000001";

/// The contact by which it was opened.
pub const CONTACT: &str = "018a645b-0000-7bb7-b19b-000000000002";

/// Their e-mail address, as the room of the incident tells it.
pub const EMAIL: &str = "canary.wren@example.org";

/// Their postal address, as the room of the incident tells it.
pub const ADDRESS: &str = "9 Canary Wynd\nLeith";

/// What the room of the incident tells of it.
pub fn the_incident() -> About {
    About {
        email: EMAIL.to_owned().into(),
        address: ADDRESS.to_owned().into(),
        ..About::of(Id::read(INCIDENT).unwrap(), "I-0001-X", Id::read(CONTACT))
    }
}

fn about<'a>(_: &'a mut Connection, id: &'a Id) -> Telling<'a> {
    let is_it = id.as_str() == INCIDENT;
    Box::pin(async move { Ok(is_it.then(the_incident)) })
}

/// Somebody of the tests who acts.
pub fn actor() -> Actor {
    Actor { who: "tester".into(), role: "service_advisor".into(), task: "Write".into() }
}

/// Whoever was in touch: Morag Reid, on that number, with this language.
pub async fn somebody(journal: &Journal, contact: &Id, number: &str, language: &str) {
    let arrived_at = "2026-11-20T09:00:00Z".parse().unwrap();
    let mut tx = journal.begin().await.unwrap();
    let arrival = Arrival {
        channel: Channel::NonEmergency,
        option: String::new(),
        line: String::new(),
        number: number.to_owned().into(),
        arrived_at,
        answered_at: Some(arrived_at),
        their_reference: String::new(),
    };
    let caller = Described {
        name: "Morag Reid".to_owned().into(),
        language: language.to_owned(),
        ..Described::default()
    };
    for command in [Command::Receive(arrival), Command::Describe(caller)] {
        contact::contact::rows::change(&mut tx, &actor(), now(), contact, command).await.unwrap().unwrap();
    }
    tx.commit().await.unwrap();
}

/// Says how whoever was in touch may be reached.
pub async fn wish(journal: &Journal, contact: &Id, preferred: &[Way], unsafe_ways: &[(Way, Option<&str>)]) {
    let unsafe_ways = unsafe_ways
        .iter()
        .map(|(way, to)| Unsafe {
            way: *way,
            to: to.map(|to| to.to_owned().into()),
            hours: None,
            why: "He reads it.".to_owned().into(),
        })
        .collect();
    let given = Preference {
        preferred: preferred.to_vec(),
        unsafe_ways,
        safe_hours: None,
        interviewer: String::new(),
    };
    let mut tx = journal.begin().await.unwrap();
    let give = preference::rules::Command::Give(given);
    preference::rows::change(&mut tx, &actor(), now(), contact, give).await.unwrap().unwrap();
    tx.commit().await.unwrap();
}

/// The room as the binary serves it.
pub fn app(journal: &Journal) -> Router {
    let site = Site { journal: journal.clone(), clock: now };
    users::routes()
        .merge(message::routes())
        .layer(Extension(Incidents(about)))
        .layer(Extension(Local))
        .layer(from_fn_with_state(site.clone(), users::let_in))
        .layer(from_fn(web::render_problems))
        .layer(from_fn(web::refuse_foreign_origins))
        .with_state(site)
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

    /// A member of the data, as text.
    pub fn text(&self, member: &str) -> String {
        self.json()[member].as_str().unwrap_or_else(|| panic!("no {member}: {}", self.body)).to_owned()
    }
}

/// Somebody at a browser, or a program with a token.
#[derive(Clone)]
pub struct Caller {
    app: Router,
    pass: (header::HeaderName, String),
    is_program: bool,
}

impl Caller {
    /// Somebody with this role who has signed in.
    pub async fn person(journal: &Journal, app: &Router, role: &str) -> Self {
        open(journal, role).await;
        let visitor = Self { app: app.clone(), pass: (header::COOKIE, String::new()), is_program: false };
        let (page, before) = visitor.call("GET", "/sign-in", String::new(), &[]).await;
        let csrf = hidden(&page.body, "csrf").to_owned();
        let visitor = Self { pass: (header::COOKIE, before), ..visitor };
        let fields = [("csrf", csrf.as_str()), ("sign_in", role), ("password", PASSWORD)];
        let body = serde_html_form::to_string(fields).unwrap();
        let (answer, session) = visitor.call("POST", "/sign-in", body, &[]).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        Self { pass: (header::COOKIE, session), ..visitor }
    }

    /// A program with a token for this role.
    pub async fn program(journal: &Journal, app: &Router, role: &str) -> Self {
        open(journal, role).await;
        let token = users::account::token_for_role(journal, now(), Role::of(role).unwrap()).await.unwrap();
        let pass = (header::AUTHORIZATION, format!("Bearer {token}"));
        Self { app: app.clone(), pass, is_program: true }
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.call("GET", path, String::new(), &[]).await.0
    }

    /// Data, as a program sends it.
    pub async fn post(&self, path: &str, body: &serde_json::Value, headers: &[(&str, &str)]) -> Answer {
        self.call("POST", path, body.to_string(), headers).await.0
    }

    /// A form, with what the page at `path` had in its hidden fields unless `fields` says otherwise.
    pub async fn send(&self, path: &str, page: &Answer, fields: &[(&str, &str)]) -> Answer {
        let mut all: Vec<(&str, &str)> = ["csrf"]
            .into_iter()
            .filter(|name| !fields.iter().any(|(field, _)| field == name))
            .map(|name| (name, hidden(&page.body, name)))
            .collect();
        all.extend(fields);
        self.call("POST", path, serde_html_form::to_string(all).unwrap(), &[]).await.0
    }

    async fn call(&self, method: &str, path: &str, body: String, more: &[(&str, &str)]) -> (Answer, String) {
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
            .header(&self.pass.0, &self.pass.1);
        for (name, value) in more {
            request = request.header(*name, *value);
        }
        let mut request = request.body(Body::from(body)).unwrap();
        request.extensions_mut().insert(ConnectInfo(std::net::SocketAddr::from(([192, 0, 2, 1], 4000))));
        let response = self.app.clone().oneshot(request).await.unwrap();
        let headers = response.headers();
        let cookies: Vec<String> = headers
            .get_all(header::SET_COOKIE)
            .iter()
            .filter_map(|line| line.to_str().unwrap().split(';').next().map(str::to_owned))
            .filter(|pair| !pair.ends_with('='))
            .collect();
        let location = headers.get(header::LOCATION).map_or("", |value| value.to_str().unwrap()).to_owned();
        let status = response.status();
        let body = to_bytes(response.into_body(), 1 << 23).await.unwrap();
        (Answer { status, location, body: String::from_utf8(body.to_vec()).unwrap() }, cookies.join("; "))
    }
}

/// Opens an account with this role, unless there is one.
async fn open(journal: &Journal, role: &str) {
    if users::account::token_for_role(journal, now(), Role::of(role).unwrap()).await.is_err() {
        let opening =
            Opening { name: "Ailsa Craig", sign_in: role, role: Role::of(role).unwrap(), password: PASSWORD };
        let actor = Actor { who: "test".into(), role: "administrator".into(), task: "Prepare a test".into() };
        users::account::open_account(journal, &actor, now(), opening).await.unwrap();
    }
}

/// The value of a hidden field.
pub fn hidden<'a>(page: &'a str, name: &str) -> &'a str {
    let mark = format!("name=\"{name}\" value=\"");
    page.split_once(&mark).and_then(|(_, rest)| rest.split_once('"')).map_or("", |(value, _)| value)
}
