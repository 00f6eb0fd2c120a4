//! Comments on a recommendation: the rules' cases, and what each person sees, on both engines.

mod desk;

use std::collections::BTreeSet;

use axum::http::{StatusCode, header};
use desk::{Desk, Person, now};
use journal::{Private, testing::engines};
use plan::{
    Memory, TABLES,
    comment::{
        rows::STATEMENTS,
        rules::{Command, Comments, Fact, Known, apply, decide},
    },
    refold,
};

/// The address of a recommendation, by its label.
async fn address_of(who: &Person, label: &str) -> String {
    let list = who.json("/recommendations").await;
    let groups = list["groups"].as_array().expect("groups");
    let rows = groups.iter().flat_map(|group| group["rows"].as_array().expect("rows"));
    let row = rows.into_iter().find(|row| row["label"] == label).expect("it is in the register");
    format!("/recommendations/{}", row["id"].as_str().expect("an identity"))
}

/// The rules' view of a recommendation, open or closed, taken from the register itself.
async fn recommendation(
    t: &journal::testing::Testing,
    label: &str,
) -> plan::recommendation::rules::Recommendation {
    let mut read = t.journal.read().await.expect("it begins");
    let register = plan::register::rows::load(&mut read, journal::AsAt::Now, now()).await.expect("it loads");
    let item = register.items.iter().find(|item| item.label() == label).expect("it is in the register");
    item.recommendation.clone()
}

#[tokio::test]
async fn a_comment_is_made_while_it_is_open_and_withdrawn_by_its_author_or_who_keeps_the_plan() {
    let t = engines().await.remove(0);
    let _ = Desk::filled(&t.journal).await;
    let open = Some(recommendation(&t, "CAM22-R3").await);
    let closed = Some(recommendation(&t, "CAM22-R4").await);
    let known = |recommendation: &Option<_>, may_strike_any, author: Option<&str>| Known {
        recommendation: recommendation.clone(),
        who: "morag".into(),
        may_strike_any,
        author: author.map(str::to_owned),
    };
    let say = |text: &str| Command::Say { text: text.into() };
    let strike = |reason: &str| Command::Strike { entry: 7, reason: reason.into() };
    let made = Comments { said: 1, struck: BTreeSet::new() };
    let gone = Comments { said: 1, struck: BTreeSet::from([7]) };
    let own = Some("morag");
    let cases = [
        (known(&open, false, None), &made, say("  Ask the panel first. "), Ok("said")),
        (known(&open, false, None), &made, say(" \n "), Err("text")),
        (known(&open, false, None), &made, say(&"a".repeat(4_001)), Err("text")),
        (known(&closed, false, None), &made, say("Too late."), Err("status")),
        (known(&None, false, None), &made, say("Nothing."), Err("reference")),
        (known(&open, false, own), &made, strike("It named a person."), Ok("struck")),
        (known(&closed, false, own), &made, strike("It named a person."), Ok("struck")),
        (known(&open, true, Some("iain")), &made, strike("It named a person."), Ok("struck")),
        (known(&open, false, Some("iain")), &made, strike("I do not like it."), Err("entry")),
        (known(&open, true, None), &made, strike("No such comment."), Err("entry")),
        (known(&open, false, own), &gone, strike("Again."), Err("entry")),
        (known(&open, false, own), &made, strike(" "), Err("reason")),
        (known(&None, true, own), &made, strike("Nothing."), Err("reference")),
    ];
    for (known, was, command, expected) in cases {
        let told = format!("{command:?}, {known:?}");
        let outcome = decide(&known, Some(was), command);
        let found = match &outcome {
            Ok(Fact::Said { .. }) => Ok("said"),
            Ok(Fact::Struck { .. }) => Ok("struck"),
            Err(refusal) => Err(refusal.field.as_ref()),
        };
        assert_eq!(found, expected, "{told}");
    }
    let said = Fact::Said { text: Private::Known("Ask the panel first.".into()) };
    assert_eq!(decide(&known(&open, false, None), None, say("  Ask the panel first. ")), Ok(said.clone()));
    let struck = Fact::Struck { entry: 7, reason: "It named a person.".into() };
    assert_eq!(apply(Some(apply(None, &said)), &struck), gone);
}

#[tokio::test]
async fn a_comment_is_shown_with_who_and_when_and_a_withdrawn_one_with_why() {
    for t in engines().await {
        let desk = Desk::filled(&t.journal).await;
        let member = desk.person("committee_member").await;
        let owner = desk.person("action_owner").await;
        let manager = desk.person("audit_manager").await;
        let address = address_of(&member, "CAM22-R3").await;
        let say = format!("{address}/comment");

        assert!(member.get(&address).await.2.contains("Nobody has commented on it."));
        let (status, headers, _) = member.send(&say, &[("text", "Is <b>Tayside</b> in it?")]).await;
        assert_eq!(status, StatusCode::SEE_OTHER);
        let (_, _, page) = member.get(headers[header::LOCATION].to_str().expect("text")).await;
        assert!(page.contains("The comment is added.") && page.contains("1 comment<"), "{page}");
        assert!(page.contains("Is &#60;b&#62;Tayside&#60;/b&#62; in it?"), "{page}");
        assert!(page.contains("Mòrag Bàn, <time datetime=\"2026-11-21T12:00:00Z\">21 November 2026, 12:00"));
        owner.send(&say, &[("text", "It is.")]).await;

        let comments = member.json(&address).await["comments"]["comments"].clone();
        let entries: Vec<i64> = (0..2).map(|at| comments[at]["entry"].as_i64().expect("a number")).collect();
        assert_eq!(comments[1]["text"], "It is.");
        // One's own may be withdrawn, and all of them by who keeps the plan.
        let links =
            |page: &str| entries.iter().filter(|n| page.contains(&format!("/comments/{n}\""))).count();
        assert_eq!(links(&member.get(&address).await.2), 1);
        assert_eq!(links(&manager.get(&address).await.2), 2);
        let withdrawal = format!("{address}/comments/{}", entries[0]);
        let (status, _, page) = owner.send(&withdrawal, &[("reason", "I do not like it.")]).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.contains("Only the person who made this comment"), "{page}");
        assert!(page.contains("I do not like it."), "what was typed is lost");
        let (status, _, page) = member.send(&withdrawal, &[("reason", " ")]).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.contains("id=\"reason-error\""), "{page}");
        assert!(member.get(&withdrawal).await.2.contains("“Is &#60;b&#62;Tayside"));
        let (status, headers, _) = manager.send(&withdrawal, &[("reason", "It is answered.")]).await;
        assert_eq!(status, StatusCode::SEE_OTHER);
        let (_, _, page) = member.get(headers[header::LOCATION].to_str().expect("text")).await;
        assert!(page.contains("The comment is withdrawn.") && page.contains("It is answered."), "{page}");
        assert!(page.contains("Withdrawn by Mòrag Bàn, 21 November 2026, 12:00"), "{page}");

        // Nobody sees the words again: not on the card, not on the timeline, not by looking back.
        let back = format!("{address}?as_at={}", entries[0]);
        for path in [&address, &back, &withdrawal] {
            assert!(!member.get(path).await.2.contains("Tayside"), "{path}");
        }
        assert!(!member.json(&back).await.to_string().contains("Tayside"));
        assert!(!member.get(&back).await.2.contains("Add the comment"), "the past is not commented on");
        let again = manager.send(&withdrawal, &[("reason", "Once more.")]).await;
        assert!(again.2.contains("withdrawn already"), "{}", again.2);
    }
}

#[tokio::test]
async fn who_may_not_comment_and_what_is_closed_is_refused() {
    for t in engines().await {
        let desk = Desk::filled(&t.journal).await;
        let (analyst, member) = (desk.person("analyst").await, desk.person("committee_member").await);
        let open = address_of(&member, "CAM22-R3").await;
        let closed = address_of(&member, "CAM22-R4").await;
        assert!(!analyst.get(&open).await.2.contains("Comments"), "an empty card for who may not comment");
        for path in [format!("{open}/comment"), format!("{open}/comments/1")] {
            assert_eq!(analyst.get(&path).await.0, StatusCode::FORBIDDEN, "{path}");
            assert_eq!(analyst.send(&path, &[("text", "x")]).await.0, StatusCode::FORBIDDEN, "{path}");
        }
        assert!(!member.get(&closed).await.2.contains("Add the comment"));
        let (status, _, text) = member.send(&format!("{closed}/comment"), &[("text", "Late.")]).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(text.contains("its record is closed"), "{text}");
        // An entry that is no comment, and one of another recommendation.
        member.send(&format!("{open}/comment"), &[("text", "Here.")]).await;
        let entry = member.json(&open).await["comments"]["comments"][0]["entry"].as_i64().expect("a number");
        for path in [format!("{open}/comments/1"), format!("{closed}/comments/{entry}")] {
            assert_eq!(member.get(&path).await.0, StatusCode::NOT_FOUND, "{path}");
            assert_eq!(member.send(&path, &[("reason", "x")]).await.0, StatusCode::NOT_FOUND, "{path}");
        }
        let (status, _, page) = member.send(&format!("{open}/comment"), &[("text", " ")]).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.contains("The comment is missing."), "{page}");
    }
}

#[tokio::test]
async fn the_rows_of_comments_are_the_fold_of_the_journal() {
    for t in engines().await {
        let desk = Desk::filled(&t.journal).await;
        let member = desk.person("committee_member").await;
        let address = address_of(&member, "CAM22-R3").await;
        for text in ["One.", "Two.", "Three."] {
            member.send(&format!("{address}/comment"), &[("text", text)]).await;
        }
        let entry = member.json(&address).await["comments"]["comments"][1]["entry"].clone();
        member.send(&format!("{address}/comments/{entry}"), &[("reason", "Not so.")]).await;
        let mut tx = t.journal.begin().await.expect("it begins");
        let before = journal::dump(&mut tx, &TABLES).await.expect("sql");
        assert_eq!(before.iter().filter(|line| line.starts_with("comment:")).count(), 3);
        assert_eq!(before.iter().filter(|line| line.contains("struck_reason=\"Not so.\"")).count(), 1);
        journal::clear(&mut tx, &TABLES).await.expect("sql");
        let mut memory = Memory::default();
        for entry in journal::entries(&mut tx, 0, i64::MAX).await.expect("sql") {
            refold(&mut tx, &mut memory, &entry).await.expect("it is folded");
        }
        assert_eq!(before, journal::dump(&mut tx, &TABLES).await.expect("sql"), "on {:?}", t.engine);
    }
}

#[tokio::test]
async fn every_statement_about_comments_prepares_on_both_engines() {
    journal::testing::prepare_all(&STATEMENTS).await;
}
