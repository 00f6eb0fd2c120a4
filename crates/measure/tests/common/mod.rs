//! The room as the binary serves it, with an analyst who asks it.

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{Request, StatusCode, header},
    middleware::{from_fn, from_fn_with_state},
};
use jiff::Timestamp;
use journal::{Actor, Journal};
use serde_json::Value;
use tower::ServiceExt;
use users::Role;
use web::Site;

/// When the pages are asked for.
pub fn now() -> Timestamp {
    "2026-11-11T20:00:00Z".parse().expect("a moment")
}

/// The site, and the token of an analyst who asks it.
pub struct Desk {
    app: Router,
    token: String,
}

impl Desk {
    pub async fn of(journal: &Journal) -> Self {
        Self::of_role(journal, "analyst").await
    }

    /// The same for somebody in another role.
    pub async fn of_role(journal: &Journal, role: &str) -> Self {
        let site = Site { journal: journal.clone(), clock: now };
        let app = measure::routes()
            .layer(from_fn_with_state(site.clone(), users::let_in))
            .layer(from_fn(web::render_problems))
            .with_state(site);
        let role = Role::of(role).expect("a role");
        let tester = Actor { who: "tester".into(), role: "administrator".into(), task: "Test".into() };
        let opening = users::account::Opening {
            name: "Mòrag Bàn",
            sign_in: &format!("measures.{}", role.key()),
            role,
            password: "correct horse battery",
        };
        users::account::open_account(journal, &tester, now(), opening).await.expect("an account");
        let token = users::account::token_for_role(journal, now(), role).await.expect("a token");
        Self { app, token }
    }

    pub async fn ask(&self, path: &str, accept: &str) -> (StatusCode, Vec<u8>) {
        let request =
            Request::get(path).header(header::ACCEPT, accept).body(Body::empty()).expect("a request");
        self.send(request).await
    }

    /// Sends a request as the one who asks.
    pub async fn send(&self, mut request: Request<Body>) -> (StatusCode, Vec<u8>) {
        let token = format!("Bearer {}", self.token).parse().expect("a header");
        request.headers_mut().insert(header::AUTHORIZATION, token);
        let answer = self.app.clone().oneshot(request).await.expect("an answer");
        let status = answer.status();
        (status, to_bytes(answer.into_body(), usize::MAX).await.expect("its body").to_vec())
    }

    pub async fn data(&self, path: &str) -> Value {
        let (status, body) = self.ask(path, "application/json").await;
        assert_eq!(status, StatusCode::OK, "{path}: {}", String::from_utf8_lossy(&body));
        serde_json::from_slice(&body).expect("data")
    }
}
