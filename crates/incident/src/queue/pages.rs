//! Queues: the overview, one of them, and its stream for a screen that stays open.

use std::{convert::Infallible, time::Duration};

use axum::{
    Router,
    extract::{Path, Query as Asking, State},
    http::HeaderValue,
    response::{
        IntoResponse, Response,
        sse::{Event, KeepAlive, Sse},
    },
    routing::get,
};
use futures_util::stream::unfold;
use tokio::{sync::watch, time::sleep};
use users::User;
use web::{Accepts, Problem, Site, show};

use super::{
    views::queues_page,
    worklist::{
        rows::{at_head, shown},
        rules::{Asked, PAGE, Query, SUPERVISORS, page},
        views::{QueuePage, Snapshot, queue_page, snapshot},
    },
};
use crate::unit;

/// How long a stream waits for this process's next commit before it looks for another's, and for clocks that ran out.
const LOOK: Duration = Duration::from_secs(5);

/// The shortest time between two pictures: nobody reads faster, and a busy minute costs no more than a quiet one.
const AT_LEAST: Duration = Duration::from_millis(250);

/// The addresses of queues.
pub fn routes() -> Router<Site> {
    Router::new()
        .route("/queues", get(overview))
        .route("/queues/{unit}", get(show_one))
        .route("/queues/{unit}/live", get(live))
}

/// `GET /queues`
async fn overview(State(site): State<Site>, who: User, accepts: Accepts) -> Result<Response, Problem> {
    who.may("incident.read")?;
    let mut read = site.read().await?;
    let open = at_head(&site.journal, &mut read).await?;
    show(accepts, &queues_page(&who, &open, site.now()))
}

/// The name of a queue, if there is one of that key.
fn name_of(key: &str) -> Result<&str, Problem> {
    if key == SUPERVISORS {
        return Ok("For a second person");
    }
    unit::of(key).map(|unit| unit.name.as_str()).ok_or(Problem::NotFound)
}

/// A page of a queue: three statements at most, whatever the queue’s length.
async fn picture(site: &Site, key: &str, query: &Query, asked: &Asked) -> Result<Snapshot, Problem> {
    let mut read = site.read().await?;
    let open = at_head(&site.journal, &mut read).await?;
    let now = site.now();
    let page = page(key, open.all(), asked, now, PAGE);
    let shown = shown(&mut read, &page.shown).await?;
    Ok(snapshot(key, query, &page, &shown, open.seq, now))
}

/// `GET /queues/{unit}`
async fn show_one(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Path(key): Path<String>,
    Asking(query): Asking<Query>,
) -> Result<Response, Problem> {
    who.may("incident.read")?;
    let name = name_of(&key)?;
    let snapshot = picture(&site, &key, &query, &query.asked(&key)?).await?;
    let page: QueuePage = queue_page(&who, &key, name, query, snapshot);
    show(accepts, &page)
}

/// What a stream goes on with.
struct Streaming {
    site: Site,
    who: User,
    key: String,
    query: Query,
    asked: Asked,
    committed: watch::Receiver<u64>,
    last: Option<Snapshot>,
}

/// `GET /queues/{unit}/live`: pictures of the same page of the queue, each with the entry it is as at, whenever it is
/// another.
async fn live(
    State(site): State<Site>,
    who: User,
    Path(key): Path<String>,
    Asking(query): Asking<Query>,
) -> Result<Response, Problem> {
    who.may("incident.read")?;
    name_of(&key)?;
    let asked = query.asked(&key)?;
    let committed = site.journal.committed();
    let stream = unfold(Streaming { site, who, key, query, asked, committed, last: None }, next);
    let mut response =
        Sse::new(stream).keep_alive(KeepAlive::new().interval(Duration::from_secs(15))).into_response();
    // A proxy that waits for the end of an answer would never show any of it.
    response.headers_mut().insert("x-accel-buffering", HeaderValue::from_static("no"));
    Ok(response)
}

/// The next picture that differs from the last. A database that does not answer ends the stream: the screen asks anew.
/// So does whoever may no longer see it: who signed out, was closed, or has another role.
async fn next(mut streaming: Streaming) -> Option<(Result<Event, Infallible>, Streaming)> {
    loop {
        if streaming.last.is_some() {
            let moved = streaming.committed.changed();
            if let Ok(Err(_)) = tokio::time::timeout(LOOK, moved).await {
                return None; // the service stops
            }
        }
        streaming.who.again(&streaming.site).await.and_then(|who| who.may("incident.read")).ok()?;
        let Streaming { site, key, query, asked, .. } = &streaming;
        let picture = picture(site, key, query, asked).await.ok()?;
        if streaming.last.as_ref().is_some_and(|last| last.shows(&picture)) {
            sleep(AT_LEAST).await;
            continue;
        }
        let event = Event::default().event("queue").id(picture.seq.to_string()).json_data(&picture).ok()?;
        if streaming.last.replace(picture).is_some() {
            sleep(AT_LEAST).await;
        }
        return Some((Ok(event), streaming));
    }
}
