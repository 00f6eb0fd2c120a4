//! Outages as people and programs record them: each refusal, the list by pages, and rows that are the fold of the journal.

mod common;

use axum::http::StatusCode;
use common::{app, now};
use contact::{
    Memory, TABLES,
    outage::{
        rows::{Filter, change, list, open},
        rules::{Command, State, Told},
    },
    refold,
};
use jiff::{Timestamp, ToSpan};
use journal::{Actor, Id, Journal, clear, dump, entries, head};
use serde_json::{Value, json};
use users::testing::Caller;

fn who() -> Actor {
    Actor { who: "tester".into(), role: "supervisor".into(), task: "Record an outage".into() }
}

fn down() -> Value {
    json!({ "system": "crime_record", "began_at": "19:05", "callers": "Ring again tomorrow.", "source": "Service desk" })
}

fn with(name: &str, value: &str) -> Value {
    let mut body = down();
    body[name] = value.into();
    body
}

async fn seq(journal: &Journal) -> i64 {
    head(&mut journal.read().await.expect("it begins")).await.expect("it reads")
}

#[tokio::test]
async fn a_program_records_an_outage_ends_corrects_and_takes_it_back() {
    for t in journal::testing::engines().await {
        let desk = Caller::program(&t.journal, &app(&t.journal), "supervisor").await;
        let made = desk.post("/outages", &down(), &[]).await;
        assert_eq!(made.status, StatusCode::CREATED, "{}", made.body);
        let address = format!("/outages/{}", made.text("id"));
        let one = desk.get(&address).await;
        assert_eq!((one.text("state"), one.text("system")), ("open".into(), "crime_record".into()));
        assert_eq!(one.text("began_at"), "2026-11-21T19:05:00Z");
        assert!(one.json()["ended_at"].is_null());
        let say = async |form: &str, mut body: Value| {
            body["last_seq"] = desk.get(&address).await.json()["last_seq"].clone();
            desk.post(&format!("{address}/{form}"), &body, &[]).await
        };
        let ended = say("end", json!({ "ended_at": "20:05", "source": "Service desk" })).await;
        assert_eq!(ended.status, StatusCode::OK, "{}", ended.body);
        let earlier = json!({ "system": "crime_record", "began_at": "2026-11-21 18:00",
            "ended_at": "2026-11-21 20:05", "reason": "The first calls were earlier." });
        assert_eq!(say("correction", earlier).await.status, StatusCode::OK);
        let one = desk.get(&address).await;
        assert_eq!(
            (one.text("state"), one.text("began_at")),
            ("ended".into(), "2026-11-21T18:00:00Z".into())
        );
        assert_eq!(say("taken-back", json!({ "reason": "It was a drill." })).await.status, StatusCode::OK);
        let one = desk.get(&address).await;
        assert_eq!(one.text("state"), "taken_back");
        let life = one.json()["history"].as_array().expect("its life").clone();
        let titles: Vec<&str> = life.iter().filter_map(|one| one["title"].as_str()).collect();
        assert_eq!(titles.len(), 4);
        assert!(titles[0] == "Taken back" && titles[3] == "Down since 21 November 2026, 19:05", "{titles:?}");
        assert_eq!(life[0]["words"], "It was a drill.");
    }
}

#[tokio::test]
async fn what_is_refused_names_its_field_and_changes_nothing() {
    for t in journal::testing::engines().await {
        let app = app(&t.journal);
        let desk = Caller::program(&t.journal, &app, "supervisor").await;
        let advisor = Caller::program(&t.journal, &app, "service_advisor").await;
        let analyst = Caller::program(&t.journal, &app, "analyst").await;
        let made = desk.post("/outages", &down(), &[]).await;
        let address = format!("/outages/{}", made.text("id"));
        let last = desk.get(&address).await.json()["last_seq"].clone();
        let before = seq(&t.journal).await;
        let end = |at: &str| json!({ "ended_at": at, "source": "Service desk", "last_seq": last });
        for (path, body, field, told) in [
            ("/outages".to_owned(), down(), "system", "down since 21 November 2026, 19:05 already"),
            ("/outages".to_owned(), with("system", "fax"), "system", "is not known"),
            ("/outages".to_owned(), with("began_at", "soon"), "began_at", "is not a time"),
            ("/outages".to_owned(), with("began_at", "2026-11-21 20:31"), "began_at", "still to come"),
            ("/outages".to_owned(), with("ended_at", "19:00"), "ended_at", "not after the beginning"),
            ("/outages".to_owned(), with("source", " "), "source", "is missing"),
            (format!("{address}/end"), end("19:05"), "ended_at", "not after the beginning"),
            (format!("{address}/end"), end("2026-11-21 20:45"), "ended_at", "still to come"),
            (format!("{address}/end"), json!({ "ended_at": "20:00" }), "last_seq", "is missing"),
            (format!("{address}/taken-back"), json!({ "last_seq": last }), "reason", "is missing"),
        ] {
            let body = if path == "/outages" && body["system"] == "crime_record" && field != "system" {
                json!({ "system": "radio", "began_at": body["began_at"], "ended_at": body["ended_at"], "source": body["source"] })
            } else {
                body
            };
            let answer = desk.post(&path, &body, &[]).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{path} {body}: {}", answer.body);
            assert_eq!(answer.text("field"), field, "{body}");
            assert!(answer.text("detail").contains(told), "{body}: {}", answer.body);
        }
        let stale =
            desk.post(&format!("{address}/end"), &json!({ "ended_at": "20:00", "last_seq": 1 }), &[]).await;
        assert_eq!(stale.status, StatusCode::CONFLICT, "{}", stale.body);
        for (path, status) in [
            ("/outages?state=broken", StatusCode::UNPROCESSABLE_ENTITY),
            ("/outages?system=fax", StatusCode::UNPROCESSABLE_ENTITY),
            ("/outages?before=x", StatusCode::UNPROCESSABLE_ENTITY),
            ("/outages/none", StatusCode::NOT_FOUND),
            ("/outages/018a645b-0000-7bb7-b19b-e8d3aa192b00", StatusCode::NOT_FOUND),
        ] {
            assert_eq!(desk.get(path).await.status, status, "{path}");
        }
        assert_eq!(desk.get(&format!("{address}/begin")).await.status, StatusCode::NOT_FOUND);
        // Who records contacts sees it and says nothing of it; who reads none does not see it.
        assert_eq!(advisor.get(&address).await.status, StatusCode::OK);
        for path in ["/outages/new".to_owned(), format!("{address}/end")] {
            assert_eq!(advisor.get(&path).await.status, StatusCode::FORBIDDEN, "{path}");
        }
        for path in ["/outages".to_owned(), format!("{address}/end")] {
            assert_eq!(advisor.post(&path, &down(), &[]).await.status, StatusCode::FORBIDDEN, "{path}");
        }
        for path in ["/outages", &address] {
            assert_eq!(analyst.get(path).await.status, StatusCode::FORBIDDEN, "{path}");
        }
        assert_eq!(seq(&t.journal).await, before, "nothing of it was recorded");
    }
}

#[tokio::test]
async fn a_form_that_is_refused_comes_back_with_what_was_typed() {
    let t = journal::testing::engines().await.remove(0);
    let person = Caller::person(&t.journal, &app(&t.journal), "supervisor").await;
    let form = person.get("/outages/new").await;
    assert!(form.body.contains("value=\"2026-11-21 20:30\""), "it begins with now");
    let typed = [("system", ""), ("began_at", "19:05"), ("callers", "Ring <again>."), ("source", "Desk 4")];
    let refused = person.send("/outages", &form, &typed).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    for part in ["Say which system is down", "value=\"19:05\"", "Ring &#60;again&#62;.", "value=\"Desk 4\""] {
        assert!(refused.body.contains(part), "{part}");
    }
    let made = person.send("/outages", &form, &[&[("system", "radio")], &typed[1..]].concat()).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.body);
    let shown = person.get(&made.location).await;
    assert!(shown.body.contains("The outage is recorded.") && shown.body.contains("Ring &#60;again&#62;."));
    let address = made.location.split('?').next().expect("an address").to_owned();
    let form = person.get(&format!("{address}/correction")).await;
    assert!(form.body.contains("value=\"2026-11-21 19:05\""), "it begins with what is recorded");
    let same = [
        ("system", "radio"),
        ("began_at", "2026-11-21 19:05"),
        ("callers", "Ring <again>."),
        ("reason", "None"),
    ];
    let refused = person.send(&format!("{address}/correction"), &form, &same).await;
    assert!(refused.body.contains("Nothing is different"), "{}", refused.status);
}

/// A day of outages, one an hour.
async fn many(journal: &Journal, count: i64) -> Vec<Id> {
    let mut tx = journal.begin().await.expect("it begins");
    let mut ids = Vec::new();
    for number in 0..count {
        let began_at: Timestamp = now() - (count - number).hours();
        let told = Told {
            system: ["radio", "network"][usize::try_from(number % 2).expect("few")].into(),
            began_at,
            ended_at: Some(began_at + 50.minutes()).filter(|_| number + 2 < count),
            callers: String::new(),
        };
        let id = Id::new(now());
        let begin = Command::Begin { told, source: "Desk".into() };
        change(&mut tx, &who(), now(), &id, begin).await.expect("sql").expect("it is recorded");
        ids.push(id);
    }
    tx.commit().await.expect("it is committed");
    ids
}

#[tokio::test]
async fn pages_of_the_list_are_all_of_it_once_and_rows_are_their_fold() {
    for t in journal::testing::engines().await {
        let ids = many(&t.journal, 120).await;
        let mut tx = t.journal.begin().await.expect("it begins");
        let drill = Command::TakeBack { reason: "A drill.".into() };
        change(&mut tx, &who(), now(), &ids[5], drill).await.expect("sql").expect("it is taken back");
        tx.commit().await.expect("it is committed");
        let desk = Caller::program(&t.journal, &app(&t.journal), "supervisor").await;
        let (mut path, mut found, mut pages) = ("/outages".to_owned(), Vec::new(), 0);
        loop {
            let page = desk.get(&path).await.json();
            assert_eq!(page["down"], 2);
            found.extend(page["outages"].as_array().expect("rows").iter().map(|one| one["id"].to_string()));
            pages += 1;
            let Some(older) = page["older"].as_str() else { break };
            path = older.to_owned();
        }
        let expected: Vec<String> = ids.iter().rev().map(|id| format!("\"{id}\"")).collect();
        assert_eq!((pages, found), (3, expected));
        for (query, count) in [("state=open", 2), ("state=taken_back", 1), ("system=radio&state=open", 1)] {
            let page = desk.get(&format!("/outages?{query}")).await.json();
            assert_eq!(page["outages"].as_array().map(Vec::len), Some(count), "{query}");
        }
        let mut tx = t.journal.begin().await.expect("it begins");
        assert_eq!(open(&mut tx).await.expect("sql").len(), 2);
        let filter =
            Filter { state: Some(State::Ended), system: "network".into(), before: None, limit: 1_000 };
        assert_eq!(list(&mut tx, &filter).await.expect("sql").len(), 58);
        let before = dump(&mut tx, &TABLES).await.expect("sql");
        clear(&mut tx, &TABLES).await.expect("sql");
        let mut memory = Memory::default();
        let last = head(&mut tx).await.expect("sql");
        for entry in entries(&mut tx, 0, last).await.expect("sql") {
            refold(&mut tx, &mut memory, &entry).await.expect("it folds");
        }
        assert_eq!(before, dump(&mut tx, &TABLES).await.expect("sql"));
    }
}

#[tokio::test]
async fn the_database_lets_a_system_be_down_once_at_a_time() {
    for t in journal::testing::engines().await {
        many(&t.journal, 2).await;
        let mut tx = t.journal.begin().await.expect("it begins");
        // What two people say at the same moment, neither having seen the other, is held by the rows.
        let twice = "insert into outage (id, seq, last_seq, system, began_at, callers, state)
            select 'other', 999, 999, system, began_at, '', 'open' from outage where system = 'radio'";
        let error = sqlx::query(twice).execute(&mut *tx).await.expect_err("the system is down already");
        assert!(contact::outage::rows::is_taken(&error), "{error}");
    }
}
