//! Updates asked about recommendations that were ticked in the register: previewed, then asked, on both engines.

#[expect(dead_code, reason = "these tests use some of the hands")]
mod common;

use axum::http::StatusCode;
use common::{
    Answer, Somebody, app, happens, hidden, morning, now, reassign,
    steps::{group_and_meeting, led_to, recommendations, refused, refused_plainly, shows},
};
use journal::{Id, Journal, Noun, recall, testing::engines};
use plan::{post::rows::Posts, recommendation::rows::Recommendations};
use serde_json::json;

const PREVIEW: &str = "/rounds/preview";
const CONFIRM: &str = "/rounds/preview/confirmation";

/// Four recommendations: one whose post somebody holds, one whose post nobody holds, one that nobody owns, and one
/// that is discharged.
async fn four(journal: &Journal) -> Vec<Id> {
    let mut all = recommendations(journal).await;
    let mut tx = journal.begin().await.expect("it begins");
    let holder = users::people(&mut tx).await.expect("sql").remove(0).id;
    let post = Id::new(now());
    happens::<Posts>(&mut tx, now(), &post, json!({ "created": { "title": "Head of Training" } })).await;
    happens::<Posts>(&mut tx, now(), &post, json!({ "held": { "account": holder, "alternate": false } }))
        .await;
    let first = recall(&mut tx, &all[0], Recommendations::apply).await.expect("sql").state;
    let inspection = first.expect("it is there").inspection;
    all.push(common::recommend(&mut tx, now(), &inspection, "R9", "Head of Training").await);
    happens::<Recommendations>(
        &mut tx,
        now(),
        &all[3],
        json!({ "discharged": { "reason": "Enough", "on": "2024-02-12" } }),
    )
    .await;
    tx.commit().await.expect("it is committed");
    all
}

async fn send(who: &Somebody, path: &str, ids: &[Id], more: &[(&str, &str)]) -> Answer {
    let mut fields: Vec<(&str, &str)> = ids.iter().map(|id| ("id", id.as_str())).collect();
    fields.extend(more);
    who.post(path, &fields).await
}

#[tokio::test]
async fn the_preview_says_of_each_whether_it_is_asked_and_the_round_asks_just_these() {
    for t in engines().await {
        morning("2024-02-12");
        let app = app(&t.journal);
        let manager = Somebody::in_role(&t.journal, &app, "audit_manager").await;
        let all = four(&t.journal).await;
        let (_, meeting) = group_and_meeting(&manager).await;
        let meeting = meeting.rsplit('/').next().unwrap_or_default();

        // From the register come only ticks: the meeting is asked for, and nothing is refused.
        let asked = send(&manager, PREVIEW, &all, &[("query", "status=open")]).await;
        shows(
            &asked,
            &[
                "Ask for updates on 4 recommendations",
                "2 updates will be asked for; 1 of these from a post that nobody holds; 1 not asked for, because nobody owns it; 1 not asked for, because it is closed.",
                "Nobody holds this post",
                "Give CAM22-R3 an owner",
                "/recommendations?status=open\">Cancel</a>",
                "name=\"meeting\"",
            ],
        );
        assert!(
            !asked.body.contains(CONFIRM) && !asked.body.contains("There is a problem"),
            "{}",
            asked.body
        );
        for (due_on, told) in [("2 March 2024", "no working day"), ("12 February 2024", "after today")] {
            let given = [("meeting", meeting), ("due_on", due_on)];
            refused(&send(&manager, PREVIEW, &all, &given).await, &[told, due_on, "id=\"due_on-error\""]);
        }
        refused(&send(&manager, PREVIEW, &all, &[("meeting", "")]).await, &["Choose the meeting"]);
        let nobody = [("meeting", meeting)];
        refused(
            &send(&manager, PREVIEW, &all[2..], &nobody).await,
            &["No open recommendation with an owner"],
        );
        refused(&send(&manager, PREVIEW, &[], &[]).await, &["Tick at least one"]);
        assert_eq!(manager.data("/rounds").await.json()["rounds"].as_array().map(Vec::len), Some(0));

        let given = [("meeting", meeting), ("due_on", "1 March 2024"), ("query", "status=open")];
        let preview = send(&manager, PREVIEW, &all, &given).await;
        shows(&preview, &["Ask for 2 updates</button>", CONFIRM]);
        let seen = hidden(&preview.body, "seen").to_owned();
        let confirmed = send(&manager, CONFIRM, &all, &[&given[..], &[("seen", &seen)]].concat()).await;
        let round = led_to(&confirmed);
        let data = manager.data(&round).await.json();
        let requests = data["requests"].as_array().cloned().unwrap_or_default();
        let about: Vec<_> = requests.iter().map(|one| one["request"]["recommendation"].clone()).collect();
        assert_eq!(about, [json!(all[0]), json!(all[1])]);
        assert_eq!(data["due_on"], "1 March 2024");
        let mut read = t.journal.read().await.expect("it begins");
        let head = journal::head(&mut read).await.expect("sql");
        let entries = journal::entries(&mut read, seen.parse().expect("a number"), head).await.expect("sql");
        let kinds: Vec<&str> = entries.iter().map(|one| one.kind.as_str()).collect();
        assert_eq!(kinds[0], "round/opened", "{kinds:?}");
        let again = send(&manager, PREVIEW, &all, &given).await;
        refused(&again, &["A round for this meeting is open"]);
    }
}

#[tokio::test]
async fn what_somebody_changed_meanwhile_is_shown_again_and_nobody_is_asked() {
    for t in engines().await {
        morning("2024-02-12");
        let app = app(&t.journal);
        let manager = Somebody::in_role(&t.journal, &app, "audit_manager").await;
        let all = four(&t.journal).await;
        let (_, meeting) = group_and_meeting(&manager).await;
        let given = [("meeting", meeting.rsplit('/').next().unwrap_or_default()), ("due_on", "")];
        let seen = hidden(&send(&manager, PREVIEW, &all, &given).await.body, "seen").to_owned();
        let mut tx = t.journal.begin().await.expect("it begins");
        reassign(&mut tx, now(), &all[1], "Head of Surprise").await;
        tx.commit().await.expect("it is committed");
        let stale = send(&manager, CONFIRM, &all, &[given[0], given[1], ("seen", &seen)]).await;
        assert_eq!(stale.status, StatusCode::CONFLICT, "{}", stale.body);
        for words in ["Nobody is asked yet: 1 recommendation was changed", "Head of Surprise"] {
            assert!(stale.body.contains(words), "{words}: {}", stale.body);
        }
        assert_eq!(stale.body.matches("Changed by somebody after your preview").count(), 1);
        assert_eq!(manager.data("/rounds").await.json()["rounds"].as_array().map(Vec::len), Some(0));
        // The page that came back is a preview to confirm.
        let seen = hidden(&stale.body, "seen").to_owned();
        led_to(&send(&manager, CONFIRM, &all, &[given[0], given[1], ("seen", &seen)]).await);
        refused_plainly(&send(&manager, CONFIRM, &all, &given).await);
    }
}

#[tokio::test]
async fn only_who_may_ask_previews_or_asks() {
    let t = engines().await.remove(0);
    morning("2024-02-12");
    let app = app(&t.journal);
    let all = recommendations(&t.journal).await;
    for role in ["action_owner", "committee_member", "analyst"] {
        let somebody = Somebody::in_role(&t.journal, &app, role).await;
        for path in [PREVIEW, CONFIRM] {
            let answer = send(&somebody, path, &all, &[("seen", "1")]).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{role} {path}");
        }
    }
}
