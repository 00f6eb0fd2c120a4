//! The rooms put together: their addresses, and what goes round every request.

use std::{
    net::{IpAddr, SocketAddr},
    time::Duration,
};

use axum::{
    Extension, Router,
    extract::{ConnectInfo, Request, State},
    http::StatusCode,
    middleware::{Next, from_fn, from_fn_with_state},
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use columns::list::pages::Kept;
use message::message::{mailbox::pages::Local, new::pages::Incidents};
use tower_http::{
    CompressionLevel, catch_panic::CatchPanicLayer, compression::CompressionLayer, timeout::TimeoutLayer,
};
use users::User;
use web::{Problem, Site};

use crate::{alongside, beside};

/// How long a request may take. Reading a large workbook is the slowest thing there is.
const PATIENCE: Duration = Duration::from_secs(30);

/// The whole site. `is_local`: nothing is set up by which a message could leave.
pub fn site(site: Site, kept: Kept, behind_proxy: bool, is_local: bool) -> Router {
    let pages = Router::new()
        .route("/", get(start))
        .merge(web::routes())
        .merge(users::routes())
        .merge(columns::routes())
        .merge(contact::routes())
        .merge(diary::routes())
        .merge(incident::routes())
        .merge(crime::routes())
        .merge(coding::routes())
        .merge(measure::routes())
        .merge(partner::routes())
        .merge(message::routes())
        .merge(plan::routes())
        .merge(evidence::routes())
        .merge(publish::routes())
        .merge(report::routes())
        .merge(round::routes())
        // What the plan cannot know of is found by its field all the same; and a diary shows who has its places.
        .layer(Extension(plan::find::pages::More(round::named)))
        .layer(Extension(partner::referral::new::pages::About(beside::about)))
        .layer(Extension(incident::beside::Beside(&beside::ROOMS)))
        .layer(Extension(plan::recommendation::beside::Beside(&alongside::ROOMS)))
        .layer(Extension(report::ROOM))
        .layer(Extension(diary::diary::pages::Taken(incident::appointment::rows::taken_of)))
        .layer(Extension(kept))
        .layer(Extension(Incidents(beside::to_write)));
    let pages = if is_local { pages.layer(Extension(Local)) } else { pages };
    let pages = pages
        .fallback(|| async { Problem::NotFound })
        .method_not_allowed_fallback(|| async { Problem::WrongMethod })
        .layer(from_fn_with_state(site.clone(), users::let_in))
        .layer(from_fn(web::refuse_foreign_origins))
        .layer(from_fn(web::render_problems))
        .layer(CatchPanicLayer::custom(broken))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, PATIENCE));
    Router::new()
        .route("/assets/{*path}", get(web::assets))
        .route("/readyz", get(ready))
        .merge(pages)
        // A tenth more bytes, and a third of the time that a long list takes.
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest))
        .layer(from_fn(web::security_headers))
        .layer(from_fn(move |request, next| caller(behind_proxy, request, next)))
        .with_state(site)
}

/// Behind a proxy everybody seems to come from the proxy, and one person's wrong passwords would count
/// against all. The last address of X-Forwarded-For is the proxy's own word; those before it are anybody's.
async fn caller(behind_proxy: bool, mut request: Request, next: Next) -> Response {
    let named = request.headers().get_all("x-forwarded-for").iter().next_back();
    let last = named.and_then(|value| value.to_str().ok()).and_then(|value| value.rsplit(',').next());
    if let Some(address) = last.and_then(|last| last.trim().parse::<IpAddr>().ok()).filter(|_| behind_proxy) {
        request.extensions_mut().insert(ConnectInfo(SocketAddr::new(address, 0)));
    }
    next.run(request).await
}

/// To what somebody’s role is there for: the queues, the contacts, the diaries, the register, or else their own account.
async fn start(who: User) -> Redirect {
    let places = [
        ("incident.dispatch", "/queues"),
        ("contact.record", "/contacts"),
        ("diary.keep", "/diaries"),
        ("plan.read", "/recommendations"),
    ];
    let place = places.into_iter().find(|(permission, _)| who.may_do(permission));
    Redirect::to(place.map_or("/account", |(_, address)| address))
}

/// Whether the database answers.
async fn ready(State(site): State<Site>) -> Response {
    let answers = async { journal::head(&mut *site.read().await?).await.map_err(Problem::from) };
    match answers.await {
        Ok(head) => axum::Json(serde_json::json!({ "ready": true, "entry": head })).into_response(),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, axum::Json(serde_json::json!({ "ready": false })))
            .into_response(),
    }
}

fn broken(panic: Box<dyn std::any::Any + Send + 'static>) -> Response {
    let told = match panic.downcast::<String>() {
        Ok(told) => *told,
        Err(panic) => {
            panic.downcast_ref::<&str>().map_or_else(|| "a panic".to_owned(), |told| (*told).to_owned())
        }
    };
    Problem::Broken(told).into_response()
}
