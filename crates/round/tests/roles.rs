//! Who may do what in the month, and what a program gets and sends instead of a page.

#[expect(dead_code, reason = "these tests use some of the hands")]
mod common;

use axum::http::StatusCode;
use common::{
    Somebody, app, morning,
    steps::{group_and_meeting, led_to, recommendations},
};
use journal::testing::engines;
use serde_json::json;

#[tokio::test]
async fn a_program_does_the_same_as_a_page() {
    let t = engines().await.remove(0);
    morning("2024-02-12");
    let app = app(&t.journal);
    let manager = Somebody::in_role(&t.journal, &app, "audit_manager").await;
    let all = recommendations(&t.journal).await;
    let (_, meeting) = group_and_meeting(&manager).await;
    let id = meeting.rsplit('/').next().unwrap_or_default();
    let open = json!({ "meeting": id, "due_on": "2024-02-28", "recommendation": [all[1]] });
    let opened = manager.post_data("/rounds/new", &open).await;
    assert_eq!(opened.status, StatusCode::CREATED, "{}", opened.body);
    let round = format!("/rounds/{}", opened.json()["id"].as_str().expect("it has an identity"));
    let data = manager.data(&round).await.json();
    assert_eq!(data["requests"].as_array().map(Vec::len), Some(1), "only the one that was named");
    assert_eq!(data["due_on"], "28 February 2024");
    let done = manager.post_data(&format!("{round}/reminders"), &json!({ "recommendation": all[1] })).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.body);
    let again = manager.post_data(&format!("{round}/reminders"), &json!({ "recommendation": all[1] })).await;
    assert_eq!(
        (again.status, again.json()["field"].as_str()),
        (StatusCode::UNPROCESSABLE_ENTITY, Some("recommendation"))
    );
}

#[tokio::test]
async fn each_role_does_what_it_may_and_nothing_else() {
    let t = engines().await.remove(0);
    morning("2024-02-12");
    let app = app(&t.journal);
    let manager = Somebody::in_role(&t.journal, &app, "audit_manager").await;
    let all = recommendations(&t.journal).await;
    let (group, meeting) = group_and_meeting(&manager).await;
    let id = meeting.rsplit('/').next().unwrap_or_default();
    let round = led_to(&manager.post("/rounds/new", &[("meeting", id)]).await);
    let before = manager.data(&round).await.json();
    let about = [("recommendation", all[0].as_str()), ("reason", "Why"), ("post", "ACC Local Policing")];
    let pages = ["/groups", "/meetings", "/rounds", &group, &meeting, &round, &format!("{round}/export/csv")];
    let forms = [
        "/groups/new",
        "/meetings/new",
        "/rounds/new",
        &format!("{group}/terms"),
        &format!("{meeting}/move"),
        &format!("{round}/closure"),
    ];
    let posts = ["/groups/new", "/meetings/new", "/rounds/new"].map(str::to_owned).into_iter().chain(
        [
            (&group, "members"),
            (&group, "removal"),
            (&group, "end"),
            (&meeting, "cancellation"),
            (&round, "reminders"),
            (&round, "escalations"),
            (&round, "withdrawal"),
            (&round, "closure"),
        ]
        .map(|(page, word)| format!("{page}/{word}")),
    );
    let posts: Vec<String> = posts.collect();
    for role in ["action_owner", "committee_member", "inspectorate_reviewer"] {
        let somebody = Somebody::in_role(&t.journal, &app, role).await;
        for page in pages {
            let shown = somebody.get(page).await;
            assert_eq!(shown.status, StatusCode::OK, "{role} {page}");
            for offer in [
                "Remind now",
                "Set up a group",
                "Call a meeting",
                "Close the round",
                "Add a member",
                "Cancel it",
            ] {
                assert!(!shown.body.contains(offer), "{role} is offered {offer} on {page}");
            }
        }
        for form in forms {
            assert_eq!(somebody.get(form).await.status, StatusCode::FORBIDDEN, "{role} {form}");
        }
        for post in &posts {
            let answer = somebody.post(post, &about).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{role} {post}");
            assert!(answer.body.contains("Only the role Audit manager may"), "{}", answer.body);
        }
    }
    let partner = Somebody::in_role(&t.journal, &app, "partner_agency").await;
    for page in pages {
        assert_eq!(partner.get(page).await.status, StatusCode::FORBIDDEN, "{page}");
    }
    assert_eq!(manager.data(&round).await.json()["counts"], before["counts"], "nothing happened");
    let nothing = "00000000-0000-7000-8000-000000000000";
    for page in ["groups", "meetings", "rounds"] {
        for end in [
            nothing,
            "x",
            &format!("{nothing}/end"),
            &format!("{nothing}/move"),
            &format!("{nothing}/closure"),
        ] {
            assert_eq!(
                manager.get(&format!("/{page}/{end}")).await.status,
                StatusCode::NOT_FOUND,
                "{page}/{end}"
            );
        }
        let answer = manager.post(&format!("/{page}/{nothing}/nonsense"), &about).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{page}");
    }
}
