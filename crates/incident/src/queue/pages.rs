//! Queues: the overview, one of them, and its stream for a screen that stays open.

use std::{convert::Infallible, sync::Arc, time::Duration};

use axum::{
    Router,
    extract::{Path, State},
    http::HeaderValue,
    response::{
        IntoResponse, Response,
        sse::{Event, KeepAlive, Sse},
    },
    routing::get,
};
use futures_util::stream::unfold;
use journal::{Journal, head};
use tokio::{sync::watch, time::sleep};
use users::User;
use web::{Accepts, Problem, Site, show};

use super::views::{QueuePage, SUPERVISORS, Snapshot, queue_page, queues_page, snapshot};
use crate::{
    incident::rows::{Listed, all_open},
    unit,
};

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

/// Every open incident, as at the journal's last entry, kept in memory for all who look at that entry.
#[derive(Debug)]
struct AllOpen(Vec<Listed>);

async fn open_now(journal: &Journal) -> Result<(i64, Arc<AllOpen>), journal::DatabaseError> {
    let mut read = journal.read().await?;
    let seq = head(&mut read).await?;
    if let Some(kept) = journal.kept::<AllOpen>(seq) {
        return Ok((seq, kept));
    }
    let all = Arc::new(AllOpen(all_open(&mut read).await?));
    journal.keep(seq, Arc::clone(&all));
    Ok((seq, all))
}

/// `GET /queues`
async fn overview(State(site): State<Site>, who: User, accepts: Accepts) -> Result<Response, Problem> {
    who.may("incident.read")?;
    let (seq, all) = open_now(&site.journal).await?;
    show(accepts, &queues_page(&who, &all.0, seq, site.now()))
}

/// The name of a queue, if there is one of that key.
fn name_of(key: &str) -> Result<&str, Problem> {
    if key == SUPERVISORS {
        return Ok("For a second person");
    }
    unit::of(key).map(|unit| unit.name.as_str()).ok_or(Problem::NotFound)
}

async fn picture(site: &Site, key: &str) -> Result<Snapshot, Problem> {
    let (seq, all) = open_now(&site.journal).await?;
    Ok(snapshot(key, &all.0, seq, site.now()))
}

/// `GET /queues/{unit}`
async fn show_one(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Path(key): Path<String>,
) -> Result<Response, Problem> {
    who.may("incident.read")?;
    let name = name_of(&key)?;
    let page: QueuePage = queue_page(&who, &key, name, picture(&site, &key).await?);
    show(accepts, &page)
}

/// What a stream goes on with.
struct Streaming {
    site: Site,
    who: User,
    key: String,
    committed: watch::Receiver<u64>,
    last: Option<Snapshot>,
}

/// `GET /queues/{unit}/live`: pictures of the queue, each with the entry it is as at, whenever it is another.
async fn live(State(site): State<Site>, who: User, Path(key): Path<String>) -> Result<Response, Problem> {
    who.may("incident.read")?;
    name_of(&key)?;
    let committed = site.journal.committed();
    let stream = unfold(Streaming { site, who, key, committed, last: None }, next);
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
        let picture = picture(&streaming.site, &streaming.key).await.ok()?;
        let same = streaming
            .last
            .as_ref()
            .is_some_and(|last| (&last.lines, &last.told) == (&picture.lines, &picture.told));
        if same {
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
