//! Contacts as they come in: from telephony, twice, at once, and by hand; and the list of them.

mod common;

use axum::http::StatusCode;
use common::app;
use contact::contact::rows::{Filter, list};
use journal::{Journal, head};
use serde_json::{Value, json};
use users::testing::{Caller, hidden};

fn call() -> Value {
    json!({ "channel": "non_emergency", "option": "4", "line": "Bilston Glen 12", "number": "0131 496 0123",
        "arrived_at": "2026-11-21T20:09:19Z", "answered_at": "2026-11-21T20:10:25Z", "their_reference": "acd-1" })
}

fn with(body: &Value, name: &str, value: impl Into<Value>) -> Value {
    let mut body = body.clone();
    body[name] = value.into();
    body
}

fn without(body: &Value, name: &str) -> Value {
    let mut body = body.clone();
    body.as_object_mut().expect("an object").remove(name);
    body
}

async fn count(journal: &Journal) -> usize {
    let every = Filter {
        channel: None,
        state: None,
        with_attempts: true,
        division: String::new(),
        from: None,
        before: None,
        limit: 1_000,
    };
    list(&mut journal.read().await.expect("it begins"), &every).await.expect("it reads").len()
}

async fn seq(journal: &Journal) -> i64 {
    head(&mut journal.read().await.expect("it begins")).await.expect("it reads")
}

#[tokio::test]
async fn a_call_sent_twice_is_one_contact_and_another_body_is_refused() {
    for t in journal::testing::engines().await {
        let telephony = Caller::program(&t.journal, &app(&t.journal), "service_advisor").await;
        let first = telephony.post("/contacts", &call(), &[]).await;
        assert_eq!(first.status, StatusCode::CREATED, "{}", first.body);
        assert_eq!(first.location, first.text("address"));
        assert!(first.text("reference").starts_with("C-"));
        let before = seq(&t.journal).await;
        let again = telephony.post("/contacts", &call(), &[]).await;
        assert_eq!((again.status, again.text("id")), (StatusCode::OK, first.text("id")));
        for other in [
            with(&call(), "answered_at", "2026-11-21T20:10:26Z"),
            with(&call(), "number", "0131 496 0124"),
            with(&call(), "name", "Mòrag Bàn"),
            without(&call(), "answered_at"),
        ] {
            let refused = telephony.post("/contacts", &other, &[]).await;
            assert_eq!(
                (refused.status, refused.text("field")),
                (StatusCode::UNPROCESSABLE_ENTITY, "their_reference".into())
            );
            assert!(
                refused.text("detail").contains("sent before, 21 November 2026, 20:30"),
                "{}",
                refused.body
            );
        }
        assert_eq!((seq(&t.journal).await, count(&t.journal).await), (before, 1));
    }
}

#[tokio::test]
async fn a_key_in_the_header_stands_in_for_a_reference() {
    for t in journal::testing::engines().await {
        let telephony = Caller::program(&t.journal, &app(&t.journal), "service_advisor").await;
        let body = without(&call(), "their_reference");
        let key = [("idempotency-key", "5f1c")];
        let first = telephony.post("/contacts", &body, &key).await;
        let again = telephony.post("/contacts", &body, &key).await;
        assert_eq!((first.status, again.status), (StatusCode::CREATED, StatusCode::OK));
        assert_eq!(first.text("id"), again.text("id"));
        let other = telephony.post("/contacts", &with(&body, "line", "Govan 3"), &key).await;
        assert_eq!(other.text("field"), "their_reference");
        // Without any key nothing says that the same words twice are one: they are refused.
        let without = telephony.post("/contacts", &body, &[]).await;
        assert_eq!(without.text("field"), "their_reference");
        assert_eq!(count(&t.journal).await, 1);
    }
}

#[tokio::test]
async fn ten_of_the_same_at_once_are_one() {
    for t in journal::testing::engines().await {
        let telephony = Caller::program(&t.journal, &app(&t.journal), "service_advisor").await;
        let sent: Vec<_> = (0..10)
            .map(|_| {
                let telephony = telephony.clone();
                tokio::spawn(async move { telephony.post("/contacts", &call(), &[]).await })
            })
            .collect();
        let mut ids = std::collections::BTreeSet::new();
        let mut created = 0;
        for one in sent {
            let answer = one.await.expect("it answers");
            assert!(answer.status.is_success(), "{:?}: {}", t.engine, answer.body);
            created += usize::from(answer.status == StatusCode::CREATED);
            ids.insert(answer.text("id"));
        }
        assert_eq!((created, ids.len(), count(&t.journal).await), (1, 1, 1), "{:?}", t.engine);
    }
}

#[tokio::test]
async fn a_call_that_was_given_up_is_an_attempt() {
    for t in journal::testing::engines().await {
        let telephony = Caller::program(&t.journal, &app(&t.journal), "service_advisor").await;
        let gone = with(&without(&call(), "answered_at"), "ended_at", "2026-11-21T20:10:04Z");
        let attempt = telephony.post("/contacts", &with(&gone, "ended_by", "caller"), &[]).await;
        assert_eq!(attempt.status, StatusCode::CREATED, "{}", attempt.body);
        assert_eq!(
            (attempt.text("state"), attempt.json()["is_attempt"].clone()),
            ("attempt".into(), json!(true))
        );
        let list = telephony.get("/contacts").await.json();
        assert_eq!(list["contacts"], json!([]), "attempts are counted apart");
        let list = telephony.get("/contacts?attempts=with").await.json();
        assert_eq!(
            (&list["contacts"][0]["waited_seconds"], &list["contacts"][0]["outcome"]),
            (&json!(45), &json!("caller"))
        );
        let half = telephony.post("/contacts", &with(&gone, "their_reference", "acd-2"), &[]).await;
        assert_eq!(half.text("field"), "ended_by");
    }
}

#[tokio::test]
async fn a_web_form_brings_its_words_or_nothing() {
    for t in journal::testing::engines().await {
        let server = Caller::program(&t.journal, &app(&t.journal), "service_advisor").await;
        let form = json!({ "channel": "web_form", "arrived_at": "2026-11-21T19:00:00Z", "their_reference": "web-7",
            "name": "Łukasz Żak", "call_back_on": "07700 900123", "language": "pl", "needs_interpreter": true,
            "place_words": "12 Mill Street, Kinmuir", "division": "d", "narrative": "My bicycle was stolen." });
        let before = seq(&t.journal).await;
        let long = with(&form, "narrative", "x".repeat(1_000_000));
        let refused = server.post("/contacts", &long, &[]).await;
        assert_eq!(
            (refused.status, refused.text("field")),
            (StatusCode::UNPROCESSABLE_ENTITY, "narrative".into())
        );
        assert!(
            refused.text("detail").contains("has 1,000,000 characters; at most 20,000"),
            "{}",
            refused.body
        );
        assert_eq!(seq(&t.journal).await, before, "all or nothing");
        let stored = server.post("/contacts", &form, &[]).await;
        assert_eq!((stored.status, stored.text("state")), (StatusCode::CREATED, "waiting".into()));
        assert_eq!(server.post("/contacts", &form, &[]).await.status, StatusCode::OK);
        let list =
            server.get("/contacts?channel=web_form&state=waiting&division=D&day=2026-11-21").await.json();
        assert_eq!(list["contacts"][0]["name"], "Łukasz Żak");
        for empty in ["channel=email", "state=open", "division=E", "day=2026-11-20"] {
            assert_eq!(
                server.get(&format!("/contacts?{empty}")).await.json()["contacts"],
                json!([]),
                "{empty}"
            );
        }
    }
}

#[tokio::test]
async fn each_refusal_names_its_field_and_stores_nothing() {
    let t = journal::testing::engines().await.remove(0);
    let router = app(&t.journal);
    let telephony = Caller::program(&t.journal, &router, "service_advisor").await;
    let before = seq(&t.journal).await;
    let cases = [
        (without(&call(), "channel"), "channel", "Choose one of: emergency, non_emergency"),
        (with(&call(), "channel", "pigeon"), "channel", "Choose one of"),
        (without(&call(), "arrived_at"), "arrived_at", "Say when it began to wait"),
        (with(&call(), "arrived_at", "yesterday"), "arrived_at", "is not a moment"),
        (with(&call(), "arrived_at", "2026-11-21T20:31:00Z"), "arrived_at", "still to come"),
        (with(&call(), "answered_at", "2026-11-21 20:09"), "answered_at", "before the arrival"),
        (with(&call(), "ansered_at", "2026-11-21T20:10:25Z"), "ansered_at", "no field “ansered_at”"),
        (with(&call(), "option", "11"), "option", "is not known"),
        (with(&call(), "agency", "ambulance"), "agency", "does not get in touch as “101”"),
        (with(&call(), "needs_interpreter", "perhaps"), "needs_interpreter", "neither yes nor no"),
        (json!([1]), "body", "not a JSON object"),
        (without(&call(), "their_reference"), "their_reference", "Idempotency-Key"),
    ];
    for (body, field, told) in cases {
        let refused = telephony.post("/contacts", &body, &[]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{field}: {}", refused.body);
        assert_eq!(refused.text("field"), field, "{}", refused.body);
        assert!(refused.text("detail").contains(told), "{}", refused.body);
    }
    assert_eq!(
        telephony.post("/contacts", &with(&call(), "narrative", "x".repeat(3 << 20)), &[]).await.status,
        StatusCode::PAYLOAD_TOO_LARGE
    );
    assert_eq!(
        Caller::stranger(&router, true).post("/contacts", &call(), &[]).await.status,
        StatusCode::UNAUTHORIZED
    );
    let analyst = Caller::program(&t.journal, &router, "analyst").await;
    assert_eq!(analyst.post("/contacts", &call(), &[]).await.status, StatusCode::FORBIDDEN);
    assert_eq!(analyst.get("/contacts").await.status, StatusCode::FORBIDDEN);
    assert_eq!(count(&t.journal).await, 0);
    assert!(seq(&t.journal).await >= before);
}

#[tokio::test]
async fn by_hand_sent_twice_is_one_and_a_refused_form_loses_nothing() {
    for t in journal::testing::engines().await {
        let advisor = Caller::person(&t.journal, &app(&t.journal), "service_advisor").await;
        let empty = advisor.get("/contacts").await;
        assert!(empty.body.contains("Nobody has been in touch yet."), "{}", empty.body);
        let page = advisor.get("/contacts/new").await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.body);
        assert!(!hidden(&page.body, "opened_at").is_empty());
        let wrong = advisor
            .send(
                "/contacts/new",
                &page,
                &[("channel", "front_counter"), ("option", "4"), ("name", "Mòrag <Bàn>")],
            )
            .await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(
            wrong.body.contains("Only 101 has a menu") && wrong.body.contains("Mòrag &#60;Bàn&#62;"),
            "{}",
            wrong.body
        );
        let fields = [("channel", "front_counter"), ("option", ""), ("name", "Mòrag Bàn"), ("narrative", "")];
        let sent = advisor.send("/contacts/new", &wrong, &fields).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
        let again = advisor.send("/contacts/new", &wrong, &fields).await;
        assert_eq!((again.status, again.location.clone()), (StatusCode::SEE_OTHER, sent.location.clone()));
        let list = advisor.get("/contacts").await;
        assert!(list.body.contains("Mòrag Bàn") && list.body.contains("20:30:00"), "{}", list.body);
        assert_eq!(count(&t.journal).await, 1);
    }
}

#[tokio::test]
async fn a_contact_is_found_by_its_reference_and_a_misheard_one_is_told() {
    for t in journal::testing::engines().await {
        let router = app(&t.journal);
        let telephony = Caller::program(&t.journal, &router, "service_advisor").await;
        let stored = telephony.post("/contacts", &call(), &[]).await;
        let reference = stored.text("reference").to_lowercase().replace('-', "+");
        let found = telephony.get(&format!("/contacts?reference={reference}")).await.json();
        assert_eq!(found["contacts"][0]["id"], stored.json()["id"]);
        let advisor = Caller::person(&t.journal, &router, "service_advisor").await;
        let there = advisor.get(&format!("/contacts?reference={reference}")).await;
        assert_eq!((there.status, there.location), (StatusCode::SEE_OTHER, stored.text("address")));
        let misheard = advisor.get("/contacts?reference=C-0001-1").await;
        assert!(misheard.body.contains("misheard"), "{}", misheard.body);
        for wrong in ["day=soon", "channel=pigeon", "state=asleep", "before=here"] {
            let told = telephony.get(&format!("/contacts?{wrong}")).await;
            assert_eq!(told.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
            assert!(
                advisor.get(&format!("/contacts?{wrong}")).await.body.contains("There is a problem"),
                "{wrong}"
            );
        }
    }
}

#[tokio::test]
async fn the_list_goes_on_page_by_page() {
    for t in journal::testing::engines().await {
        let telephony = Caller::program(&t.journal, &app(&t.journal), "service_advisor").await;
        for number in 0..120 {
            let body = with(&call(), "their_reference", format!("acd-{number}"));
            // Three came in the same second: the order still is one.
            let body = with(&body, "arrived_at", format!("2026-11-21T19:{:02}:00Z", number / 3));
            assert_eq!(telephony.post("/contacts", &body, &[]).await.status, StatusCode::CREATED);
        }
        let (mut address, mut seen) =
            ("/contacts?channel=non_emergency".to_owned(), std::collections::BTreeSet::new());
        let mut sizes = Vec::new();
        loop {
            let page = telephony.get(&address).await.json();
            let contacts = page["contacts"].as_array().expect("a list");
            sizes.push(contacts.len());
            seen.extend(contacts.iter().map(|one| one["id"].as_str().expect("an identity").to_owned()));
            let Some(older) = page["older"].as_str() else { break };
            address = older.to_owned();
        }
        assert_eq!((sizes, seen.len()), (vec![50, 50, 20], 120), "{:?}", t.engine);
    }
}
