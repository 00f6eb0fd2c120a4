//! The pages of diaries: who may do what, what is refused and how, and what a program gets at the same addresses.

mod common;

use axum::http::StatusCode;
use common::app;
use serde_json::{Value, json};
use users::testing::{Caller, hidden};

fn shift() -> Value {
    json!({
        "weekdays": ["1", "2", "3", "4", "5"], "first": "2026-11-30", "from": "08:00", "until": "12:00",
        "slot_minutes": "60", "modes": ["home", "station"], "officers": "woman: sexual_offences\nman"
    })
}

fn with_seq(mut body: Value, seq: i64) -> Value {
    body["last_seq"] = json!(seq);
    body
}

/// A diary with a shift; its address, and its last entry.
async fn with_shift(manager: &Caller, station: &str) -> (String, i64) {
    let opened = manager.post("/diaries", &json!({ "unit": "division_e", "station": station }), &[]).await;
    assert_eq!(opened.status, StatusCode::CREATED, "{}", opened.body);
    let at = format!("/diaries/{}", opened.text("id"));
    let seq = opened.json()["entry"].as_i64().expect("an entry");
    let added = manager.post(&format!("{at}/shift"), &with_seq(shift(), seq), &[]).await;
    assert_eq!(added.status, StatusCode::OK, "{}", added.body);
    (at, added.json()["entry"].as_i64().expect("an entry"))
}

#[tokio::test]
async fn a_diary_is_kept_and_a_week_of_it_shown_to_whoever_may() {
    for t in journal::testing::engines().await {
        let app = app(&t.journal);
        let manager = Caller::program(&t.journal, &app, "diary_manager").await;
        let (at, seq) = with_shift(&manager, "Shore Street").await;
        let week = manager.get(&format!("{at}?week=2026-12-02")).await.json();
        assert_eq!(week["times"].as_array().unwrap().len(), 4, "{week}");
        assert_eq!(week["times"][0]["days"][0], json!({ "places": 2, "taken": 1 }), "{week}");
        assert_eq!(week["times"][0]["days"][6], json!({ "places": 0, "taken": 0 }), "a Sunday");
        let block =
            json!({ "from": "2026-11-30", "until": "2026-11-30", "reason": "Saint Andrew", "last_seq": seq });
        let blocked = manager.post(&format!("{at}/block"), &block, &[]).await;
        assert_eq!(blocked.status, StatusCode::OK, "{}", blocked.body);
        let stale = manager.post(&format!("{at}/block"), &block, &[]).await;
        assert_eq!(stale.status, StatusCode::CONFLICT, "{}", stale.body);
        let missing = manager.post(&format!("{at}/block"), &json!({}), &[]).await;
        assert_eq!(
            (missing.status, missing.body.contains("last_seq")),
            (StatusCode::UNPROCESSABLE_ENTITY, true)
        );
        let week = manager.get(&format!("{at}?week=2026-12-02")).await.json();
        assert_eq!(week["times"][0]["days"][0], json!({ "places": 1, "taken": 1 }), "what is booked stays");

        let advisor = Caller::program(&t.journal, &app, "service_advisor").await;
        assert_eq!(
            advisor.get("/diaries?unit=division_e").await.json()["rows"][0]["station"],
            "Shore Street"
        );
        assert_eq!(advisor.get("/diaries?unit=division_g").await.json()["rows"], json!([]));
        for path in ["/diaries/new", "/diaries/import", &format!("{at}/shift"), &format!("{at}/feeds")] {
            assert_eq!(advisor.get(path).await.status, StatusCode::FORBIDDEN, "{path}");
        }
        let stranger = Caller::stranger(&app, true);
        assert_eq!(stranger.get("/diaries").await.status, StatusCode::UNAUTHORIZED);
        for path in
            ["/diaries/none", "/diaries/018a645b-0000-7bb7-b19b-0000000000d1", &format!("{at}/nothing")]
        {
            assert_eq!(manager.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
        }
        for path in ["/diaries?unit=nowhere", &format!("{at}?week=soon"), &format!("{at}?week=9999-12-31")] {
            assert_eq!(manager.get(path).await.status, StatusCode::UNPROCESSABLE_ENTITY, "{path}");
        }
    }
}

#[tokio::test]
async fn an_address_is_made_read_by_anybody_and_taken_back() {
    for t in journal::testing::engines().await {
        let app = app(&t.journal);
        let manager = Caller::program(&t.journal, &app, "diary_manager").await;
        let (at, _) = with_shift(&manager, "Shore Street").await;
        let feeds = format!("{at}/feeds");
        let refused = manager.post(&feeds, &json!({ "name": " " }), &[]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.body);
        let made = manager.post(&feeds, &json!({ "name": "Wall screen" }), &[]).await;
        assert_eq!(made.status, StatusCode::CREATED, "{}", made.body);
        let address = made.text("address");
        let path = address.split_once("localhost").unwrap().1.to_owned();
        let secret = path.trim_start_matches("/feeds/diary/").trim_end_matches(".ics");
        assert!(secret.len() == 64, "{address}");

        let stranger = Caller::stranger(&app, true);
        let read = stranger.get(&path).await;
        assert_eq!(read.status, StatusCode::OK);
        assert!(
            read.body.starts_with("BEGIN:VCALENDAR") && read.body.contains("SUMMARY:1 of 2 taken"),
            "{}",
            read.body
        );
        // 56 days from Monday 23 November: seven weeks of five mornings.
        assert_eq!(read.body.matches("BEGIN:VEVENT").count(), 7 * 5 * 4);
        let again = stranger.get_with(&path, ("if-none-match", &read.tag)).await;
        assert_eq!((again.status, again.body.as_str()), (StatusCode::NOT_MODIFIED, ""));

        let listed = manager.get(&feeds).await;
        assert_eq!(
            (listed.json()["feeds"][0]["name"].as_str(), listed.body.contains(secret)),
            (Some("Wall screen"), false)
        );
        let revocation = format!("{feeds}/{}/revocation", made.text("id"));
        assert_eq!(manager.post(&revocation, &json!({}), &[]).await.status, StatusCode::OK);
        let twice = manager.post(&revocation, &json!({}), &[]).await;
        assert_eq!(twice.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", twice.body);
        for path in [path.as_str(), "/feeds/diary/0.ics", "/feeds/diary/", &path.replace(".ics", "")] {
            assert_eq!(stranger.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
        }
        let other = with_shift(&manager, "High Street").await.0;
        let elsewhere = format!("{other}/feeds/{}/revocation", made.text("id"));
        assert_eq!(manager.get(&elsewhere).await.status, StatusCode::NOT_FOUND, "of another diary");
        let text = listed.body + &manager.get(&feeds).await.body;
        assert!(!text.contains(secret), "the secret is shown once");
    }
}

const TABLE: &str = "division,station,date,from,until,modes,officers\n\
    E,Shore Street,2026-12-05,08:00,12:00,home,woman; man\n\
    G,Gryfebridge,2026-12-05,22:00,06:00,phone,-\n";

#[tokio::test]
async fn a_file_is_checked_then_carried_in_whole_and_changes_nothing_again() {
    for t in journal::testing::engines().await {
        let app = app(&t.journal);
        let manager = Caller::program(&t.journal, &app, "diary_manager").await;
        let (at, _) = with_shift(&manager, "Shore Street").await;
        let before = manager.get("/diaries").await.body;
        let faulty = TABLE.replace("22:00", "soon");
        let refused = manager.upload("/diaries/import", &[], Some(("diary.csv", faulty.as_bytes()))).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.body.contains("Row 3, from: “soon” is not a time."), "{}", refused.body);
        let not_text = manager.upload("/diaries/import", &[], Some(("diary.csv", b"\xff\xfe"))).await;
        assert!(not_text.body.contains("not UTF-8"), "{}", not_text.body);
        let nothing = manager.upload("/diaries/import", &[], None).await;
        assert!(nothing.body.contains("Choose a file"), "{}", nothing.body);

        let checked = manager.upload("/diaries/import", &[], Some(("diary.csv", TABLE.as_bytes()))).await;
        assert_eq!((checked.status, &checked.json()["new"]), (StatusCode::OK, &json!(2)), "{}", checked.body);
        assert_eq!(checked.json()["opened"], json!(["Gryfebridge"]));
        assert_eq!(manager.get("/diaries").await.body, before, "nothing has been written");
        let compared = checked.text("compared");
        let confirm = json!({ "text": TABLE, "compared": compared });
        let moved = manager
            .post("/diaries/import/confirmation", &json!({ "text": TABLE, "compared": "" }), &[])
            .await;
        assert_eq!((moved.status, moved.json()["has_moved"].clone()), (StatusCode::CONFLICT, json!(true)));
        let done = manager.post("/diaries/import/confirmation", &confirm, &[]).await;
        assert_eq!((done.status, done.json()), (StatusCode::OK, json!({ "entries": 3 })), "{}", done.body);
        let again = manager.upload("/diaries/import", &[("pasted", TABLE)], None).await.json();
        assert_eq!((&again["new"], &again["same"]), (&json!(0), &json!(2)));
        let rows = manager.get("/diaries").await.json();
        assert_eq!(rows["rows"].as_array().unwrap().len(), 2, "{rows}");
        let week = manager.get(&format!("{at}?week=2026-12-05")).await.json();
        assert_eq!(week["times"][0]["days"][5]["places"], 2, "{week}");

        let calendar = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\nSUMMARY:Leave of Mòrag Bàn\r\nDTSTART:20261205T080000Z\r\nDTEND:20261205T090000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
        let chosen =
            [("diary", at.trim_start_matches("/diaries/")), ("becomes", "blocks"), ("reason", "Leave")];
        let checked =
            manager.upload("/diaries/import", &chosen, Some(("leave.ics", calendar.as_bytes()))).await;
        let mut confirm = json!({ "text": calendar, "compared": checked.text("compared") });
        for (name, value) in chosen {
            confirm[name] = json!(value);
        }
        let done = manager.post("/diaries/import/confirmation", &confirm, &[]).await;
        assert_eq!(done.json(), json!({ "entries": 1 }), "{}", done.body);
        let week = manager.get(&format!("{at}?week=2026-12-05")).await;
        let booked = json!({ "places": 1, "taken": 1 });
        assert_eq!(week.json()["times"][0]["days"][5], booked, "only what was booked: {}", week.body);
        assert!(!week.body.contains("Mòrag"), "no word of an event is kept");
        let advisor = Caller::program(&t.journal, &app, "service_advisor").await;
        assert_eq!(advisor.upload("/diaries/import", &[], None).await.status, StatusCode::FORBIDDEN);
    }
}

#[tokio::test]
async fn a_browser_gets_pages_and_what_was_typed_comes_back() {
    let t = journal::testing::engines().await.remove(0);
    let app = app(&t.journal);
    let manager = Caller::person(&t.journal, &app, "diary_manager").await;
    let form = manager.get("/diaries/new").await;
    let refused = manager.send("/diaries", &form, &[("unit", ""), ("station", "Shore <b>Street</b>")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        !refused.body.contains("<b>Street") && refused.body.contains("Problem: Open a diary"),
        "{}",
        refused.body
    );
    let opened =
        manager.send("/diaries", &form, &[("unit", "division_e"), ("station", "Shore <b>Street</b>")]).await;
    assert_eq!(opened.status, StatusCode::SEE_OTHER, "{}", opened.body);
    let at = opened.location.split('?').next().unwrap().to_owned();
    let page = manager.get(&at).await;
    assert!(page.body.contains("nobody can be booked") && !page.body.contains("<b>Street"), "{}", page.body);
    let import = manager.get("/diaries/import").await;
    let csrf = hidden(&import.body, "csrf");
    let other = manager.upload("/diaries/import", &[("csrf", "other"), ("pasted", TABLE)], None).await;
    assert!(other.status.is_client_error() && !other.body.contains("Import it"), "a form of another session");
    let bad = manager.upload("/diaries/import", &[("csrf", csrf), ("pasted", "a,b\n1,2\n")], None).await;
    assert_eq!(bad.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(bad.body.contains("Nothing was imported") && bad.body.contains("a,b\n1,2"), "{}", bad.body);
    let good = manager.upload("/diaries/import", &[("csrf", csrf), ("pasted", TABLE)], None).await;
    assert!(good.body.contains("Import it"), "{}", good.body);
    let fields = [("compared", hidden(&good.body, "compared")), ("text", TABLE)];
    let done = manager.send("/diaries/import/confirmation", &good, &fields).await;
    assert_eq!((done.status, done.location.as_str()), (StatusCode::SEE_OTHER, "/diaries?done=imported"));
    let feeds = manager.get(&format!("{at}/feeds")).await;
    let made = manager.send(&format!("{at}/feeds"), &feeds, &[("name", "Wall screen")]).await;
    assert!(made.status == StatusCode::CREATED && made.body.contains("/feeds/diary/"), "{}", made.body);
}
