//! The queue of the resolution team by pages: as data, as a page, and as pictures for a screen that stays open.

mod common;
#[path = "common/desk.rs"]
mod desk;

use std::{collections::BTreeSet, time::Duration};

use axum::{
    body::{Body, to_bytes},
    http::StatusCode,
};
use common::{at, who};
use desk::{Desk, open};
use futures_util::StreamExt;
use incident::{
    Change,
    closure::rules::{Command as Closing, Form},
};
use journal::{Id, Journal};
use serde_json::{Value, json};

const QUEUE: &str = "/queues/resolution_team";

async fn snapshot(desk: &Desk, path: &str) -> Value {
    let (status, mut page) = desk.data(path).await;
    assert_eq!(status, StatusCode::OK, "{path}: {page}");
    page["snapshot"].take()
}

fn texts(snapshot: &Value, field: &str) -> Vec<String> {
    let lines = snapshot["lines"].as_array().expect("lines");
    lines.iter().map(|line| line[field].as_str().expect("a text").to_owned()).collect()
}

async fn html(desk: &Desk, path: &str) -> String {
    let answer = desk.ask(path, "text/html").await;
    let body = to_bytes(answer.into_body(), 1 << 22).await.expect("a body");
    String::from_utf8(body.to_vec()).expect("it is text")
}

async fn close(journal: &Journal, id: &Id) {
    let part = || "All is told.".to_owned();
    let (overview, updates, action, outcome) = (part(), part(), part(), part());
    let form = Form { code: "SC01".into(), overview, updates, action, outcome, ..Form::default() };
    let mut tx = journal.begin().await.expect("it begins");
    let close = Change::Closure(Closing::Close(form));
    let stored = incident::change(&mut tx, &who("advisor"), at(1_440), id, close).await;
    stored.expect("the database answers").expect("it is closed");
    tx.commit().await.expect("it is committed");
}

#[tokio::test]
async fn pages_are_turned_by_their_links_and_show_each_row_once() {
    for t in journal::testing::engines().await {
        let desk = Desk::of(&t.journal).await;
        let opened: BTreeSet<String> = open(&t.journal, 0..120).await.iter().map(Id::to_string).collect();
        for (order, risks) in [("", ["low", "medium"]), ("?order=risk", ["high", "none_identified"])] {
            let mut path = format!("{QUEUE}{order}");
            let (mut ids, mut found) = (Vec::new(), Vec::new());
            for (number, (length, rows)) in
                [(50, "Rows 1 to 50 of 120"), (50, "Rows 51 to 100 of 120"), (20, "Rows 101 to 120 of 120")]
                    .into_iter()
                    .enumerate()
            {
                let page = snapshot(&desk, &path).await;
                // The evening’s first half hour is late.
                assert_eq!(
                    [&page["total"], &page["here"], &page["late"]],
                    [&json!(120), &json!(120), &json!(30)]
                );
                assert_eq!((&page["rows"], &page["told"]), (&json!(rows), &json!("120 here, 30 late")));
                let shown = texts(&page, "id");
                assert_eq!(shown.len(), length, "{path}");
                assert_eq!(page["first"] == json!(""), number == 0, "{path}");
                let text = html(&desk, &path).await;
                let places: Vec<_> = shown
                    .iter()
                    .map(|id| text.find(&format!("<tr data-line=\"{id}\">")).expect("a row of it"))
                    .collect();
                assert!(places.is_sorted(), "the page has the rows in another order than its data");
                assert_eq!(text.matches("<tr data-line=").count(), length, "{path}");
                ids.extend(shown);
                found.extend(texts(&page, "risk"));
                page["next"].as_str().expect("an address").clone_into(&mut path);
            }
            assert_eq!(path, "", "there is a page after the last");
            assert_eq!(ids.len(), 120);
            assert_eq!(ids.into_iter().collect::<BTreeSet<_>>(), opened, "{order}");
            assert_eq!([found[0].as_str(), found[119].as_str()], risks, "{order}");
        }
    }
}

#[tokio::test]
async fn what_narrows_a_list_stays_in_its_links_and_an_empty_page_says_why() {
    let t = journal::testing::engines().await.remove(0);
    let desk = Desk::of(&t.journal).await;
    open(&t.journal, 0..3).await;
    let short = html(&desk, QUEUE).await;
    assert!(short.contains("data-queue-filter hidden>"), "a short queue needs no filter");
    open(&t.journal, 3..290).await;
    let narrowed = format!("{QUEUE}?risk=high&order=risk");
    let page = snapshot(&desk, &narrowed).await;
    assert_eq!(page["told"], "58 of 290 here, 6 of them late");
    let next = page["next"].as_str().expect("an address");
    assert!(next.starts_with(&format!("{narrowed}&after=high")), "{next}");
    let second = snapshot(&desk, next).await;
    assert_eq!((texts(&second, "id").len(), &second["first"]), (8, &json!(narrowed)));
    assert!(html(&desk, next).await.contains("data-queue-filter>"), "a long queue has its filters");
    let past = next.replace("2026-11-22", "2099-01-01");
    for (path, nothing) in [
        ("/queues/division_a".to_owned(), "Nothing waits here."),
        (format!("{QUEUE}?grade=immediate"), "Nothing that waits here matches all of that."),
        ("/queues/division_a?late=yes".to_owned(), "Nobody waits here that is late."),
        ("/queues/division_a?late=yes&order=risk".to_owned(), "Nobody waits here that is late."),
        (past, "No more wait here."),
    ] {
        assert_eq!(snapshot(&desk, &path).await["nothing"], nothing, "{path}");
        assert!(html(&desk, &path).await.contains(nothing), "{path}");
    }
    for (asked, field) in [
        ("risk=severe", "risk"),
        ("late=no", "late"),
        ("grade=urgent", "grade"),
        ("with=me", "with"),
        ("order=name", "order"),
        ("after=here", "after"),
    ] {
        for path in [format!("{QUEUE}?{asked}"), format!("{QUEUE}/live?{asked}")] {
            let (status, problem) = desk.data(&path).await;
            assert_eq!(
                (status, &problem["field"]),
                (StatusCode::UNPROCESSABLE_ENTITY, &json!(field)),
                "{path}"
            );
            assert!(
                problem["detail"].as_str().is_some_and(|words| words.ends_with('.')),
                "{path}: {problem}"
            );
        }
    }
}

/// The next picture of a stream.
async fn picture(body: &mut axum::body::BodyDataStream) -> Value {
    let mut text = String::new();
    while !text.ends_with("\n\n") {
        let waited = tokio::time::timeout(Duration::from_secs(20), body.next()).await.expect("a picture");
        text.push_str(std::str::from_utf8(&waited.expect("more").expect("bytes")).expect("text"));
    }
    let data = text.lines().find_map(|line| line.strip_prefix("data: ")).expect("data");
    serde_json::from_str(data).expect("JSON")
}

#[tokio::test]
async fn the_pictures_of_a_page_are_of_the_same_page() {
    for t in journal::testing::engines().await {
        let desk = Desk::of(&t.journal).await;
        let opened = open(&t.journal, 0..120).await;
        let page = snapshot(&desk, QUEUE).await;
        let next = page["next"].as_str().expect("an address").to_owned();
        let second = snapshot(&desk, &next).await;
        let live = next.replace("resolution_team", "resolution_team/live");
        let mut body = Body::into_data_stream(desk.ask(&live, "text/event-stream").await.into_body());
        assert_eq!(picture(&mut body).await, second, "the first picture is not the page that was shown");
        // One of the first page goes: the second stays as it is, but for its counts.
        close(&t.journal, &opened[0]).await;
        let after = picture(&mut body).await;
        assert_eq!((texts(&after, "id"), &after["total"]), (texts(&second, "id"), &json!(119)));
        assert_eq!(after["rows"], "Rows 50 to 99 of 119");
        // One of its own goes: what came after it moves up.
        close(&t.journal, &opened[60]).await;
        let after = picture(&mut body).await;
        let ids = texts(&after, "id");
        assert!(!ids.contains(&opened[60].to_string()), "what is closed is still shown");
        assert_eq!(ids.last(), Some(&opened[100].to_string()));
        assert_eq!(snapshot(&desk, &next).await, after, "the page is another than its picture");
    }
}
