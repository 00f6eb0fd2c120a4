//! Moves of targets at their pages: an action's own, one that came in without its kind of reason, and one that
//! nobody can mean.

use axum::http::StatusCode;
use journal::{act, testing::engines};
use plan::{
    pages::recall,
    target::{pages::known_of, rows::Targets, rules::Command},
};
use serde_json::json;

use crate::hands::{Desk, id, now, rows_are_the_fold, tester};

#[tokio::test]
async fn an_actions_target_is_moved_with_its_reason_and_the_page_keeps_where_it_was() {
    for t in engines().await {
        let desk = Desk::of(&t.journal);
        let manager = desk.person("audit_manager").await;
        let [_, r1, _] = manager.registers_domestic_abuse().await;
        let address = format!("/recommendations/{r1}");
        let action = json!({ "text": "Publish the guidance.", "target": "June 2026" });
        manager.post(&format!("{address}/action"), action).await;
        let page = manager.page(&address).await.body;
        assert!(page.contains(&format!("href=\"{address}/action-target\"")), "{page}");
        let form = manager.page(&format!("{address}/action-target")).await.body;
        assert!(form.contains("1.1 Publish the guidance. (June 2026)"), "{form}");
        let form = format!("{address}/action-target");
        let moved = |to: &'static str| {
            let kind = ("delay_reason", "partnership_dependency");
            [("number", "1.1"), ("to", to), ("reason", "The printer is late."), kind]
        };
        let refused = manager.form(&form, &moved("June 2001")).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        let told = "before the inspection was published, on 31 January 2024";
        assert!(refused.body.contains("id=\"to-error\"") && refused.body.contains(told), "{}", refused.body);
        let done = manager.form(&form, &moved("August 2026")).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
        assert_eq!(done.location(), format!("{address}?done=action-target"));
        assert!(manager.page(done.location()).await.body.contains("The action’s target is moved."));
        let owner = desk.person("action_owner").await;
        let hidden = owner.form(&form, &moved("October 2026")).await;
        assert_eq!(hidden.status, StatusCode::FORBIDDEN, "{}", hidden.body);
        let data = manager.data(&address).await.json();
        assert_eq!(
            data["shown"]["actions"][0]["moves"][0],
            json!({ "nth": "1st", "words": "June 2026 to August 2026", "note": "2 months later · Depends on a partner" })
        );
        let page = manager.page(&address).await.body;
        for words in [
            "1st move of its target: June 2026 to August 2026",
            "Target of action 1.1 moved to August 2026",
            "The printer is late.",
        ] {
            assert!(page.contains(words), "{words} is not there: {page}");
        }
        rows_are_the_fold(&t.journal).await;
    }
}

#[tokio::test]
async fn a_move_of_a_published_plan_gets_its_kind_of_reason_later() {
    for t in engines().await {
        let desk = Desk::of(&t.journal);
        let manager = desk.person("audit_manager").await;
        let [_, r1, _] = manager.registers_domestic_abuse().await;
        let address = format!("/recommendations/{r1}");
        assert!(!manager.page(&address).await.body.contains("target-kind"), "there is no move yet");
        let mut tx = t.journal.begin().await.unwrap();
        let recommendation = recall(&mut tx, &id(&r1)).await.unwrap();
        let known = known_of(&mut tx, recommendation).await.unwrap();
        let command =
            Command::MoveAsPublished { to: "2027-05".parse().unwrap(), reason: "As published".into() };
        let entry =
            act::<Targets>(&mut tx, &tester(), now(), &id(&r1), &known, command).await.unwrap().unwrap();
        tx.commit().await.unwrap();

        let page = manager.page(&address).await.body;
        assert!(page.contains(&format!("href=\"{address}/target-kind\"")), "{page}");
        let form = manager.page(&format!("{address}/target-kind")).await.body;
        assert!(form.contains("1st move: September 2026 to May 2027"), "{form}");
        let kind = json!({ "number": "1", "delay_reason": "technical_development" });
        let done = manager.post(&format!("{address}/target-kind"), kind.clone()).await;
        assert_eq!(done.status, StatusCode::OK, "{}", done.body);
        let again = manager.post(&format!("{address}/target-kind"), kind).await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", again.body);
        let note = |data: &serde_json::Value| data["shown"]["target_moves"][0]["note"].clone();
        assert_eq!(note(&manager.data(&address).await.json()), "8 months later · Technical development");
        let before = manager.data(&format!("{address}?as_at={}", entry.seq)).await.json();
        assert_eq!(note(&before), "8 months later", "it had no kind then");
        let found = manager.data("/recommendations?delay_reason=technical_development").await.json();
        assert_eq!(found["found"], 1, "{found}");
        let page = manager.page(&address).await.body;
        assert!(page.contains("Kind of reason given to the 1st move of the target"), "{page}");
        assert!(
            !page.contains(&format!("href=\"{address}/target-kind\"")),
            "nothing is left to sort: {page}"
        );
        rows_are_the_fold(&t.journal).await;
    }
}

#[tokio::test]
async fn a_wait_is_for_one_body_and_for_what_is_still_to_come() {
    for t in engines().await {
        let desk = Desk::of(&t.journal);
        let manager = desk.person("audit_manager").await;
        let reviewer = desk.person("inspectorate_reviewer").await;
        let [_, r1, r14] = manager.registers_domestic_abuse().await;
        let wait = |what: serde_json::Value| {
            let mut body = what;
            body["reason"] = json!("It has to come first.");
            body
        };
        let [of_r1, of_r14] = [&r1, &r14].map(|id| format!("/recommendations/{id}/dependency"));
        let first = manager.post(&of_r1, wait(json!({ "body": "Scottish Government" }))).await;
        assert_eq!(first.status, StatusCode::OK, "{}", first.body);
        let again = manager.post(&of_r1, wait(json!({ "body": "scottish  government" }))).await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", again.body);
        assert!(again.body.contains("It waits for"), "{}", again.body);
        manager.post(&of_r14, wait(json!({ "body": "THE SCOTTISH GOVERNMENT" }))).await;
        let data = manager.data(&format!("/recommendations/{r14}")).await.json();
        assert_eq!(
            data["shown"]["waits_for"][0]["label"], "Scottish Government",
            "the first writing is kept"
        );

        let address = format!("/recommendations/{r14}");
        manager.post(&format!("{address}/evidence"), json!({ "evidence": "All of it" })).await;
        let closure = json!({ "what_we_did": "It.", "impact": "Better." });
        manager.post(&format!("{address}/closure"), closure).await;
        reviewer.post(&format!("{address}/discharge"), json!({ "reason": "Sufficient." })).await;
        let late = manager.post(&of_r1, wait(json!({ "on": r14 }))).await;
        assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", late.body);
        let sentence = "R14 is discharged already, so there is nothing to wait for.";
        assert!(late.body.contains(sentence), "{}", late.body);
        rows_are_the_fold(&t.journal).await;
    }
}

#[tokio::test]
async fn a_source_says_nothing_of_a_day_to_come() {
    let t = engines().await.remove(0);
    let manager = Desk::of(&t.journal).person("audit_manager").await;
    manager.registers_domestic_abuse().await;
    let paper = manager.registers_a_paper("2").await;
    let body = json!({ "about": "DA23", "quantity": "open", "value": "9", "as_on": "2031-01-01" });
    let refused = manager.post(&format!("/sources/{paper}/statements/new"), body).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.body);
    assert!(refused.body.contains("1 January 2031, which is still to come"), "{}", refused.body);
}
