//! Whom a round reaches: what the pages say of posts that nobody holds, of meetings that are not held after all,
//! and of plans that a group does not look after.

#![expect(clippy::unwrap_used, reason = "a helper of a test is not seen as one")]

#[expect(dead_code, reason = "these tests use some of the hands")]
mod hands;

use axum::http::{StatusCode, header};
use hands::{CERP, Person, actor, call, fill, give, led_to, now};
use journal::{Id, Journal, act, testing::engines};
use plan::{
    inspection::{self, rows::Inspections},
    recommendation::{self, rows::Recommendations},
};

fn shows(body: &str, parts: &[&str]) {
    for part in parts {
        assert!(body.contains(part), "{part}: {body}");
    }
}

fn id_of(address: &str) -> &str {
    address.rsplit('/').next().unwrap()
}

#[tokio::test]
async fn what_reaches_nobody_is_said_before_and_after_and_leads_to_what_mends_it() {
    for t in engines().await {
        let ids = fill(&t.journal).await;
        let owner = Person::open(&t.journal, "Mòrag Bàn", "action_owner").await;
        let manager = Person::open(&t.journal, "Catriona Munro", "audit_manager").await;
        let deputy = Person::open(&t.journal, "Rory Abernethy", "analyst").await;
        give(&t.journal, CERP, &owner.id, false).await;
        let (_, meeting) = call(&manager, "13 January 2027").await;
        let form = manager.get(&format!("/rounds/new?meeting={}", id_of(&meeting))).await.body;
        shows(
            &form,
            &[
                "Will be told: 1 person about 5 updates.",
                "Nobody holds the post of: Head of Training.",
                "1 update would be asked of nobody.",
                "Head of Training (1 open, held by nobody)",
                "Superintendent CERP (4 open)",
                "to the recommendation’s strategic owner, or to the chair of the group",
            ],
        );
        assert!(!form.contains("escalated to the chair"));
        let open = [("meeting", id_of(&meeting)), ("due_on", "12 January 2027")];
        let opened = manager.post("/rounds/new", &open).await;
        let round = led_to(&opened);
        let page = manager.get(opened.headers[header::LOCATION].to_str().unwrap()).await.body;
        shows(
            &page,
            &[
                "6 updates are asked for. 1 person is told about 5 updates; 1 update reached nobody",
                "1 update is asked of nobody: nobody who can be told holds Head of Training",
                "href=\"/posts/new?title=Head+of+Training\"",
                "held by nobody: nobody is told",
                "The papers for this meeting are due on 8 January 2027, and updates only on 12 January 2027",
            ],
        );
        assert_eq!(owner.json("/mailbox").await["total"], 1);
        let about = [("recommendation", ids[2].as_str())];
        let done = manager.post(&format!("{round}/escalations"), &about).await;
        let page = manager.get(done.headers[header::LOCATION].to_str().unwrap()).await.body;
        shows(&page, &["The silence is escalated to ACC. That post is held by nobody: nobody is told."]);
        // The seat has an alternate: named, they are told, and the page says so.
        give(&t.journal, "Training manager", &deputy.id, false).await;
        let done = manager.post(&format!("{round}/reminders"), &about).await;
        let page = manager.get(done.headers[header::LOCATION].to_str().unwrap()).await.body;
        shows(
            &page,
            &[
                "The reminder to Head of Training is recorded. That post is held by nobody: Training manager is told.",
                "Nobody holds 1 post that was asked: Training manager is told in their place",
            ],
        );
        assert_eq!(deputy.json("/mailbox").await["notices"][0]["kind"], "reminded");
        assert!(!owner.get(&round).await.body.contains("/posts/new?title"), "an owner names nobody");
        the_files_and_the_end(&manager, &meeting, &round).await;
    }
}

async fn the_files_and_the_end(manager: &Person, meeting: &str, round: &str) {
    let file = manager.get(&format!("{round}/export/xlsx")).await;
    assert!(file.status == StatusCode::OK && file.body.starts_with("PK"), "{}", file.status);
    assert_eq!(manager.get(&format!("{round}/export/pdf")).await.status, StatusCode::NOT_FOUND);
    led_to(&manager.post(&format!("{meeting}/cancellation"), &[("reason", "Snow")]).await);
    let page = manager.get(round).await.body;
    let close = format!("<a href=\"{round}/closure\">Close the round</a>");
    shows(&page, &["The meeting was cancelled. Owners are still reminded", &close]);
    shows(&manager.get(meeting).await.body, &["Still open: owners are reminded until it is closed"]);
    led_to(&manager.post(&format!("{round}/closure"), &[]).await);
    assert!(!manager.get(round).await.body.contains("Owners are still reminded"));
    for word in ["withdrawal", "closure"] {
        let gone = manager.get(&format!("{round}/{word}")).await;
        assert_eq!(gone.status, StatusCode::UNPROCESSABLE_ENTITY, "{word}");
        let sentence = "The round “Tactical Group, 13 January 2027” is closed";
        shows(&gone.body, &["There is a problem", sentence, "href=\"/rounds\""]);
    }
    let late = manager.post(&format!("{round}/withdrawal"), &[("reason", "Merged")]).await;
    assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY);
    shows(&late.body, &["There is a problem"]);
}

/// Another inspection with one recommendation, MP24-R1.
async fn another(journal: &Journal) -> Id {
    let mut tx = journal.begin().await.unwrap();
    let id = Id::new(now());
    let details = inspection::rules::Details {
        title: "Missing Persons 2024".into(),
        code: "MP24".into(),
        kind: "assurance".into(),
        published_on: "2024-08-31".into(),
        inspectorate: "HMICS".into(),
        addressees: "Caledonia Police".into(),
    };
    let register = inspection::rules::Command::Register(details);
    let known = inspection::rules::Known::default();
    act::<Inspections>(&mut tx, &actor(), now(), &id, &known, register).await.unwrap().unwrap();
    let printed = recommendation::rules::Printed {
        inspection: Some(id.clone()),
        reference: "R1".into(),
        text: "Find them.".into(),
        owner_post: CERP.into(),
        ..Default::default()
    };
    let known = recommendation::rules::Known {
        today: "2026-11-10".parse().unwrap(),
        taken: std::collections::BTreeMap::new(),
        successor: None,
    };
    let make = recommendation::rules::Command::Make(printed);
    act::<Recommendations>(&mut tx, &actor(), now(), &Id::new(now()), &known, make).await.unwrap().unwrap();
    tx.commit().await.unwrap();
    id
}

#[tokio::test]
async fn a_group_asks_and_talks_about_the_plans_that_it_looks_after() {
    for t in engines().await {
        fill(&t.journal).await;
        let other = another(&t.journal).await;
        let manager = Person::open(&t.journal, "Catriona Munro", "audit_manager").await;
        let (group, meeting) = call(&manager, "13 January 2027").await;
        shows(&manager.get(&group).await.body, &["All plans"]);
        let count = async |address: &str| {
            let data = manager.json(address).await;
            let parts = data["agenda"].as_array().unwrap().clone();
            parts.iter().map(|part| part["count"].as_u64().unwrap()).sum::<u64>()
        };
        let all = count(&meeting).await;
        let terms = |plan: &str, reason: &str| {
            [
                ("name", "Tactical Group".to_owned()),
                ("kind", "tactical".to_owned()),
                ("cadence", "none".to_owned()),
                ("plans", plan.to_owned()),
                ("reason", reason.to_owned()),
            ]
        };
        let send = async |fields: &[(&str, String)]| {
            let fields: Vec<(&str, &str)> =
                fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
            manager.post(&format!("{group}/terms"), &fields).await
        };
        let refused = send(&terms("018a645b-0000-7bb7-b19b-e8d3aa192b00", "Why")).await;
        shows(&refused.body, &["One of these inspections is not in the register"]);
        let kept = send(&terms(other.as_str(), " ")).await;
        shows(&kept.body, &["The reason is missing", &format!("value=\"{other}\" checked")]);
        led_to(&send(&terms(other.as_str(), "It was set up for this")).await);
        let link = format!("<a href=\"/inspections/{other}\">Missing Persons 2024</a>");
        shows(&manager.get(&group).await.body, &[&link]);
        shows(&manager.get(&format!("{group}/terms")).await.body, &[&format!("value=\"{other}\" checked")]);
        let own = count(&meeting).await;
        assert!(own > 0 && own < all, "{own} of {all}");
        let form = manager.get(&format!("/rounds/new?meeting={}", id_of(&meeting))).await.body;
        shows(
            &form,
            &[
                "Those that the group looks after",
                "Of the plans that the group looks after, 1 open recommendation has",
            ],
        );
        let asked = async |inspection: &str| {
            let open = [("meeting", id_of(&meeting)), ("inspection", inspection)];
            let round = led_to(&manager.post("/rounds/new", &open).await);
            led_to(&manager.post(&format!("{round}/closure"), &[]).await);
            manager.json(&round).await["counts"]["asked"].clone()
        };
        assert_eq!((asked("").await, asked("all").await), (1.into(), 7.into()));
        // None is all again.
        led_to(&send(&terms("", "It takes on the rest")).await);
        assert_eq!((count(&meeting).await, asked("").await), (all, 7.into()));
    }
}
