//! The room as the binary serves it, with somebody of the resolution team, a day after the evening began.

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{Request, StatusCode, header},
    middleware::{from_fn, from_fn_with_state},
    response::Response,
};
use contact::{
    grade::Grade,
    thrive::rules::{Assessment, Command as Assess, Considered, Element, Level},
};
use incident::{Change, Opening};
use jiff::Timestamp;
use journal::{Actor, Id, Journal};
use serde_json::Value;
use tower::ServiceExt;
use users::Role;
use web::Site;

use crate::common::{at, call, opening, who};

/// When the pages are asked for: what the team got in the evening’s first half hour is late.
pub fn now() -> Timestamp {
    at(24 * 60 + 30)
}

/// The site, and the token of somebody who asks it.
pub struct Desk {
    app: Router,
    token: String,
}

impl Desk {
    pub async fn of(journal: &Journal) -> Self {
        let site = Site { journal: journal.clone(), clock: now };
        let app = incident::routes()
            .layer(from_fn_with_state(site.clone(), users::let_in))
            .layer(from_fn(web::render_problems))
            .with_state(site);
        let role = Role::of("resolution_team").expect("a role");
        let tester = Actor { who: "tester".into(), role: "administrator".into(), task: "Test".into() };
        let opening = users::account::Opening {
            name: "Mòrag Bàn",
            sign_in: "resolution.team",
            role,
            password: "correct horse battery",
        };
        users::account::open_account(journal, &tester, now(), opening).await.expect("an account");
        let token = users::account::token_for_role(journal, now(), role).await.expect("a token");
        Self { app, token }
    }

    /// What is answered.
    pub async fn ask(&self, path: &str, accept: &str) -> Response {
        let request = Request::get(path)
            .header(header::AUTHORIZATION, format!("Bearer {}", self.token))
            .header(header::ACCEPT, accept)
            .body(Body::empty())
            .expect("a request");
        self.app.clone().oneshot(request).await.expect("an answer")
    }

    /// A page’s data, and its status.
    pub async fn data(&self, path: &str) -> (StatusCode, Value) {
        let answer = self.ask(path, "application/json").await;
        let status = answer.status();
        let body = to_bytes(answer.into_body(), 1 << 22).await.expect("a body");
        (status, serde_json::from_slice(&body).expect("JSON"))
    }
}

/// The levels of what comes, one after the other; every fifth is not assessed.
pub const LEVELS: [Option<Level>; 5] =
    [Some(Level::Low), Some(Level::High), None, Some(Level::NoneIdentified), Some(Level::Medium)];

/// Opens some more for the team, one each minute; gives their identities.
pub async fn open(journal: &Journal, minutes: std::ops::Range<usize>) -> Vec<Id> {
    let advisor = who("advisor");
    let mut opened = Vec::new();
    for minute in minutes {
        let mut tx = journal.begin().await.expect("it begins");
        let now = at(minute);
        let id = Id::new(now);
        let contact = call(&mut tx, now, "0131 496 0123").await;
        let summary = format!("A bicycle was taken, number {minute}");
        let opening = Opening { summary, ..opening(contact, Grade::OtherResolution) };
        let stored = incident::open(&mut tx, &advisor, now, &id, opening).await;
        stored.expect("the database answers").expect("it is opened");
        if let Some(level) = LEVELS[minute % LEVELS.len()] {
            let one = |element| {
                let level = if element == Element::Harm { level } else { Level::NoneIdentified };
                (element, Considered { level, narrative: "Said so.".to_owned().into() })
            };
            let elements = Element::ALL.into_iter().map(one).collect();
            let assess = Change::Thrive(Assess::Assess(Assessment { elements, ..Assessment::default() }));
            let stored = incident::change(&mut tx, &advisor, now, &id, assess).await;
            stored.expect("the database answers").expect("it is assessed");
        }
        tx.commit().await.expect("it is committed");
        opened.push(id);
    }
    opened
}
