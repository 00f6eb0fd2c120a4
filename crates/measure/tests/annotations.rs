//! What was changed is marked on a chart by those who may, and stands there for everybody.

mod common;

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use common::{Desk, now};
use journal::AsAt;
use plan::register::rows::load;
use serde_json::{Value, json};

/// Posts a form as a program does.
async fn post(desk: &Desk, path: &str, body: &Value) -> (StatusCode, Value) {
    let request = Request::post(path)
        .header(header::ACCEPT, "application/json")
        .header(header::CONTENT_TYPE, "application/json")
        .body(Body::from(body.to_string()))
        .expect("a request");
    let (status, body) = desk.send(request).await;
    (status, serde_json::from_slice(&body).unwrap_or(Value::Null))
}

#[tokio::test]
async fn a_change_is_marked_told_and_taken_back() {
    for t in journal::testing::engines().await {
        let folder = tempfile::tempdir().expect("a folder");
        let password = || "correct horse battery".to_owned();
        force::demonstrate(&t.journal, now(), 0, folder.path(), password, |_| {}).await.expect("a force");
        measure::worker::catch_up(&t.journal).await.expect("it is counted");
        let register =
            load(&mut t.journal.read().await.expect("a reading"), AsAt::Now, now()).await.expect("sql");
        let item = register.items.iter().find(|item| !item.actions.is_empty()).expect("one with actions");
        let (label, action) = (item.label(), item.actions[0].number.clone());
        let (analyst, diary) = (Desk::of(&t.journal).await, Desk::of_role(&t.journal, "diary_manager").await);
        let here = "/measures/contacts/annotations";
        let mark = json!({
            "on": "2026-10-20", "words": "Another rota on 101", "recommendation": label.to_lowercase(), "action": action,
        });
        let (status, told) = post(&diary, here, &mark).await;
        assert_eq!(status, StatusCode::FORBIDDEN, "{told}");
        let (status, told) = post(&analyst, here, &mark).await;
        assert_eq!(status, StatusCode::CREATED, "{told}");
        let id = told["id"].as_str().expect("its identity").to_owned();
        for (change, field) in [
            (json!({ "words": "Another rota on 101" }), "words"),
            (json!({ "on": "2026-11-12" }), "on"),
            (json!({ "on": "soon" }), "on"),
            (json!({ "on": "" }), "on"),
            (json!({ "words": " " }), "words"),
            (json!({ "division": "ZZ" }), "division"),
            (json!({ "recommendation": "CAM99-R1" }), "recommendation"),
            (json!({ "action": "99.9" }), "action"),
        ] {
            let mut wrong = mark.clone();
            change.as_object().expect("fields").iter().for_each(|(name, value)| wrong[name] = value.clone());
            let (status, told) = post(&analyst, here, &wrong).await;
            assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}: {told}");
            assert!(told.to_string().contains(&format!("\"{field}\"")), "{field}: {told}");
        }
        assert_eq!(post(&analyst, "/measures/nothing/annotations", &mark).await.0, StatusCode::NOT_FOUND);

        // Everybody who reads the measure sees it, where its day is of the period; others are told of no way to change it.
        let page = diary.data("/measures/contacts?from=2026-10-01").await;
        let note = &page["changes"][0];
        assert_eq!(
            (note["name"].as_str(), note["words"].as_str()),
            (Some("Change 1"), Some("Another rota on 101"))
        );
        assert_eq!((note["label"].as_str(), note["back"].as_str()), (Some(label.as_str()), Some("")));
        assert_eq!(diary.data("/measures/contacts?from=2026-10-21").await["changes"], json!([]));
        assert_eq!(diary.data("/measures/answer_wait?from=2026-10-01").await["changes"], json!([]));

        let back = format!("{here}/{id}/taken-back");
        let seen = note["last_seq"].as_i64().expect("its last entry");
        for (body, expected) in [
            (json!({ "reason": "It was never so" }), StatusCode::UNPROCESSABLE_ENTITY),
            (json!({ "reason": "It was never so", "last_seq": seen - 1 }), StatusCode::CONFLICT),
            (json!({ "reason": "", "last_seq": seen }), StatusCode::UNPROCESSABLE_ENTITY),
        ] {
            let (status, told) = post(&analyst, &back, &body).await;
            assert_eq!(status, expected, "{body}: {told}");
        }
        let reason = json!({ "reason": "It was never so", "last_seq": seen });
        assert_eq!(
            post(&analyst, &format!("/measures/answer_wait/annotations/{id}/taken-back"), &reason).await.0,
            StatusCode::NOT_FOUND
        );
        assert_eq!(post(&analyst, &back, &reason).await.0, StatusCode::OK);
        assert_eq!(post(&analyst, &back, &reason).await.0, StatusCode::NOT_FOUND);
        assert_eq!(diary.data("/measures/contacts?from=2026-10-01").await["changes"], json!([]));
        let (status, told) = post(&analyst, here, &mark).await;
        assert_eq!(status, StatusCode::CREATED, "what was taken back may be marked anew: {told}");
    }
}
