//! What the tests of pages do again and again: a group with its meeting, and looking at what came back.

use axum::http::StatusCode;
use journal::{Id, Journal};

use super::{Answer, Somebody, aim, inspect, now, recommend};

/// A form that came back with why it was refused, and with what was typed.
pub fn refused(answer: &Answer, parts: &[&str]) {
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", answer.body);
    assert!(answer.body.contains("There is a problem"), "{}", answer.body);
    for part in parts {
        assert!(answer.body.contains(part), "{part}: {}", answer.body);
    }
}

/// A page with these words.
pub fn shows(answer: &Answer, parts: &[&str]) {
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    for part in parts {
        assert!(answer.body.contains(part), "{part}: {}", answer.body);
    }
}

/// The identity in the address that one is led to.
pub fn led_to(answer: &Answer) -> String {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    answer.location().split('?').next().unwrap_or_default().to_owned()
}

/// A form that sets up a group.
pub const GROUP: [(&str, &str); 6] = [
    ("name", "Tactical Group"),
    ("kind", "tactical"),
    ("reference", "To deliver the plan."),
    ("cadence", "monthly"),
    ("nth", "second"),
    ("weekday", "wednesday"),
];

/// A group with a chair, and its meeting on 13 March 2024.
pub async fn group_and_meeting(manager: &Somebody) -> (String, String) {
    let group = led_to(&manager.post("/groups/new", &GROUP).await);
    let member = [("post", "ACC Local Policing"), ("alternate", "Chief Superintendent"), ("chairs", "yes")];
    led_to(&manager.post(&format!("{group}/members"), &member).await);
    let id = group.rsplit('/').next().expect("an address has an end").to_owned();
    let call = [("group", id.as_str()), ("on", "13 March 2024"), ("place", "Video conference")];
    let meeting = led_to(&manager.post("/meetings/new", &call).await);
    (group, meeting)
}

/// Three open recommendations, one of them without an owner.
pub async fn recommendations(journal: &Journal) -> Vec<Id> {
    let mut tx = journal.begin().await.expect("it begins");
    let inspection = inspect(&mut tx, now()).await;
    let mut all = Vec::new();
    for (reference, owner) in [("R1", "Head of Training"), ("R2", "=Head of Diaries"), ("R3", "")] {
        all.push(recommend(&mut tx, now(), &inspection, reference, owner).await);
    }
    aim(&mut tx, now(), &all[0], "2024-03").await;
    tx.commit().await.expect("it is committed");
    all
}

/// A refusal that no form of this page could mend.
pub fn refused_plainly(answer: &Answer) {
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", answer.body);
}
