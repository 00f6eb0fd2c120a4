//! The pages of crime reports, as the team, a supervisor and a program use them, on both engines.

mod common;
#[path = "common/desk.rs"]
mod desk;

use axum::http::StatusCode;
use common::assess;
use desk::{THEFT, app, led_to, now, opened, recorded, refused, shows};
use incident::closure::rules::{Command as Closing, Form};
use journal::{Id, Journal, testing::engines};
use serde_json::{Value, json};
use users::testing::{Answer, Caller, hidden};

async fn close(journal: &Journal, incident: &Id, code: &str) -> Result<(), journal::Refusal> {
    let acting = incident::Acting::of(common::who(), "session");
    let told = || "It was dealt with, and the caller was told.".to_owned();
    let form = Form {
        code: code.into(),
        overview: told(),
        updates: told(),
        action: told(),
        outcome: told(),
        ..Form::default()
    };
    let change = incident::Change::Closure(Closing::Close(form));
    let mut tx = journal.begin().await.expect("it begins");
    let stored =
        incident::change(&mut tx, &acting, now(), incident, change).await.expect("the database answers");
    stored?;
    tx.commit().await.expect("it is committed");
    Ok(())
}

fn with<'a>(field: &'a str, value: &'a str) -> Vec<(&'a str, &'a str)> {
    let rest = THEFT.iter().filter(|(name, _)| *name != field).copied();
    rest.chain(std::iter::once((field, value))).collect()
}

/// Fills in a form as it is shown, with the entry that it was made at.
async fn fill(who: &Caller, at: &str, typed: &[(&str, &str)]) -> Answer {
    let form = who.get(at).await;
    shows(&form, &["last_seq"]);
    let seen = hidden(&form.body, "last_seq").to_owned();
    let typed: Vec<_> = typed.iter().copied().chain([("last_seq", seen.as_str())]).collect();
    who.send(at, &form, &typed).await
}

#[tokio::test]
async fn a_crime_is_recorded_exported_returned_and_resubmitted() {
    for t in engines().await {
        let app = app(&t.journal);
        let team = Caller::person(&t.journal, &app, "resolution_team").await;
        let chief = Caller::person(&t.journal, &app, "supervisor").await;
        let incident = opened(&t.journal, false).await;
        shows(
            &team.get(&format!("/crime-reports/new?incident={incident}")).await,
            &["Which crime?", "Theft by shoplifting", "A bicycle was taken from a shed"],
        );
        let at = recorded(&team, &incident).await;
        let page = team.get(&format!("{at}?done=recorded")).await;
        shows(
            &page,
            &[
                "is recorded as D-",
                "taken &#60;b&#62;",
                "£450.00",
                "To be exported",
                "Record and file",
                "Told spoken to at 26 November 2026, 11:55",
            ],
        );
        // Exported, and the very bytes of the receipt.
        let export = format!("{at}/export");
        let form = team.get(&export).await;
        led_to(&fill(&team, &export, &[]).await);
        let file = team.get(&format!("{at}/receipts/1.json")).await;
        let told: Value = serde_json::from_str(&file.body).expect("it is JSON");
        assert_eq!(
            (told["persons"][0]["name"].as_str(), told["revision"].as_i64()),
            (Some("Mòrag Bàn"), Some(1))
        );
        assert_eq!(told["place"].as_str(), Some("14 Rowan Court"));
        shows(&team.get(&format!("{at}/receipts/1.csv")).await, &["persons,1,name,Mòrag Bàn"]);
        for odd in ["receipts/2.json", "receipts/1.xml", "receipts/1", "receipts/x.json"] {
            assert_eq!(team.get(&format!("{at}/{odd}")).await.status, StatusCode::NOT_FOUND, "{odd}");
        }
        refused(&team.get(&export).await, &["is not possible: the report is exported"]);
        let seen = hidden(&form.body, "last_seq").to_owned();
        let stale = team.send(&export, &form, &[("last_seq", seen.as_str())]).await;
        assert_eq!(stale.status, StatusCode::CONFLICT, "{}", stale.body);
        let there = format!("{at}/acknowledgement");
        refused(&fill(&team, &there, &[("reference", " ")]).await, &["missing"]);
        led_to(&fill(&team, &there, &[("reference", "CR/0012345/26")]).await);
        shows(&team.get(&at).await, &["In the crime system", "CR/0012345/26"]);
        // Returned by a supervisor, with what is wrong said, and reworked.
        let back = format!("{at}/return");
        let typed = [("unit", "division_d"), ("reason", ""), ("words", "Ask the neighbour.")];
        refused(&fill(&chief, &back, &typed).await, &["why it is returned", "Ask the neighbour."]);
        let typed = [("unit", "division_d"), ("reason", "lines_missed"), ("words", "Ask the neighbour.")];
        led_to(&fill(&chief, &back, &typed).await);
        shows(&team.get(&at).await, &["Returned for rework", "Lines of enquiry missed: Ask the neighbour."]);
        let form = team.get(&format!("{at}/resubmission")).await;
        shows(&form, &["frame WBK 12345", "Victim; Mòrag Bàn; 07700 900480", "2026-11-26 07:00"]);
        let seen = hidden(&form.body, "last_seq").to_owned();
        let mut again = with("line_witnesses", "done");
        again.extend([("line_witnesses_words", "She saw nothing."), ("last_seq", seen.as_str())]);
        refused(
            &team.send(&format!("{at}/resubmission"), &form, &again).await,
            &["What was changed", "She saw nothing."],
        );
        again.push(("words", "The neighbour was asked."));
        led_to(&team.send(&format!("{at}/resubmission"), &form, &again).await);
        shows(&team.get(&at).await, &["To be exported", "Reworked and resubmitted", "She saw nothing."]);
        // The first receipt is still what it was.
        assert_eq!(team.get(&format!("{at}/receipts/1.json")).await.body, file.body);
        shows(&team.get("/crime-reports?state=to_export").await, &["Returned once", "Theft"]);
        shows(&team.get("/crime-reports/returns").await, &["Lines of enquiry missed", "Resubmitted"]);
        shows(
            &team.get("/crime-reports/counts?from=2026-11-26&until=2026-11-26").await,
            &["Resolution team", "/crime-reports/returns?team=", "Lines of enquiry missed"],
        );
        // Another crime is chosen on rework: the form comes back with its questions.
        led_to(
            &fill(
                &chief,
                &format!("{at}/return"),
                &[("unit", "division_d"), ("reason", "wrong_crime"), ("words", "It is vandalism.")],
            )
            .await,
        );
        let mut other = with("crime_type", "vandalism");
        other.push(("words", "It is vandalism."));
        let asked = fill(&team, &format!("{at}/resubmission"), &other).await;
        refused(&asked, &["What was damaged, and how?", "It is vandalism."]);
        other.extend([("vandalism_what", "The lock"), ("line_forensic", "not_possible")]);
        led_to(&fill(&team, &format!("{at}/resubmission"), &other).await);
        shows(&team.get(&at).await, &["Vandalism", "The lock"]);
        // While it is there, the incident is no incident without a crime.
        let closed = close(&t.journal, &incident, "SC02").await.expect_err("a crime is recorded on it");
        assert!(closed.sentence.contains("A crime is recorded on it"), "{closed}");
        led_to(&fill(&chief, &format!("{at}/withdrawal"), &[("words", "It is there twice.")]).await);
        shows(&team.get(&at).await, &["Withdrawn", "It is there twice."]);
        close(&t.journal, &incident, "SC02").await.expect("nothing is recorded on it any more");
    }
}

#[tokio::test]
async fn whoever_is_vulnerable_is_recorded_by_a_supervisor_with_a_reason_only() {
    for t in engines().await {
        let app = app(&t.journal);
        let team = Caller::person(&t.journal, &app, "resolution_team").await;
        let chief = Caller::person(&t.journal, &app, "supervisor").await;
        let incident = opened(&t.journal, true).await;
        let new = format!("/crime-reports/new?incident={incident}&crime_type=theft");
        let to = format!("/crime-reports?incident={incident}&crime_type=theft");
        let form = team.get(&new).await;
        shows(&form, &["Vulnerability was identified"]);
        assert!(!form.body.contains("override_reason"));
        refused(
            &team.send(&to, &form, &with("override_reason", "I say so.")).await,
            &["Vulnerability was identified", "A bicycle was taken"],
        );
        let form = chief.get(&new).await;
        shows(&form, &["unless a supervisor says why"]);
        refused(&chief.send(&to, &form, &THEFT).await, &["although somebody is vulnerable is missing"]);
        let at = led_to(&chief.send(&to, &form, &with("override_reason", "Her nurse is there.")).await);
        shows(&team.get(&at).await, &["Although somebody is vulnerable", "Her nurse is there."]);
        shows(&team.get("/crime-reports").await, &["Recorded although somebody is vulnerable"]);
        // Who turns out to be vulnerable later.
        let calm = opened(&t.journal, false).await;
        let at = recorded(&team, &calm).await;
        let mut tx = t.journal.begin().await.expect("it begins");
        assess(&mut tx, now(), &calm, true).await;
        tx.commit().await.expect("it is committed");
        let form = team.get(&format!("{at}/amendment")).await;
        let seen = hidden(&form.body, "last_seq").to_owned();
        let mut typed = with("counts", "2");
        typed.extend([("words", "Two were taken."), ("last_seq", seen.as_str())]);
        shows(&form, &["Vulnerability was identified"]);
        refused(&team.send(&format!("{at}/amendment"), &form, &typed).await, &["ask a supervisor"]);
        refused(&fill(&team, &format!("{at}/export"), &[]).await, &["turned out to be vulnerable"]);
        // What one assessment found, a later one that finds nobody does not take away.
        let found = opened(&t.journal, true).await;
        let mut tx = t.journal.begin().await.expect("it begins");
        assess(&mut tx, now(), &found, false).await;
        tx.commit().await.expect("it is committed");
        let new = format!("/crime-reports/new?incident={found}&crime_type=theft");
        let form = team.get(&new).await;
        refused(
            &team.send(&new.replace("/new?", "?"), &form, &THEFT).await,
            &["Vulnerability was identified"],
        );
    }
}

#[tokio::test]
async fn a_program_records_and_hostile_bodies_change_nothing() {
    for t in engines().await {
        let app = app(&t.journal);
        let program = Caller::program(&t.journal, &app, "resolution_team").await;
        let incident = opened(&t.journal, false).await;
        let body = |field: &str, value: Value| {
            let mut body = json!({ "incident": incident, "crime_type": "theft" });
            for (name, text) in THEFT {
                body[name] = json!(text);
            }
            body[field] = value;
            body
        };
        for (field, value, told) in [
            ("incident", json!("x"), "incident"),
            ("crime_type", json!("arson"), "crime_type"),
            ("counts", json!("two"), "counts"),
            ("account", json!("x".repeat(20_001)), "account"),
            ("account", json!("\u{7}"), "account"),
            ("others", json!("hero; A"), "others"),
            ("property", json!("Bell; -1"), "property"),
            ("happened_from", json!("9999-12-31T00:00:00Z"), "happened_from"),
            ("told_at", json!("2026-11-26T12:00:01Z"), "told_at"),
            ("ending", json!("burn"), "ending"),
        ] {
            let answer = program.post("/crime-reports", &body(field, value.clone()), &[]).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{field} {value}: {}", answer.body);
            assert_eq!(answer.text("field"), told, "{value}");
        }
        let nobody = json!("018a645b-0000-7bb7-b19b-0000000000ff");
        assert_eq!(
            program.post("/crime-reports", &body("incident", nobody), &[]).await.status,
            StatusCode::NOT_FOUND
        );
        // The same sent twice is the same report.
        let own = json!("018a645b-0000-7bb7-b19b-0000000000aa");
        let answer = program.post("/crime-reports", &body("report", own.clone()), &[]).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.body);
        let again = program.post("/crime-reports", &body("report", own), &[]).await;
        assert_eq!((again.status, again.text("id")), (StatusCode::OK, answer.text("id")));
        assert_eq!(
            program.post("/crime-reports", &body("report", json!("x")), &[]).await.text("field"),
            "report"
        );
        let at = format!("/crime-reports/{}", answer.text("id"));
        let told = program.get(&at).await.json();
        assert_eq!((told["state"].as_str(), told["value"].as_str()), (Some("to_export"), Some("£450.00")));
        // What replaces it has seen it.
        let mut amend = body("counts", json!("2"));
        amend["words"] = json!("Two were taken.");
        let answer = program.post(&format!("{at}/amendment"), &amend, &[]).await;
        assert_eq!(
            (answer.status, answer.text("field").as_str()),
            (StatusCode::UNPROCESSABLE_ENTITY, "last_seq")
        );
        amend["last_seq"] = json!("1");
        assert_eq!(program.post(&format!("{at}/amendment"), &amend, &[]).await.status, StatusCode::CONFLICT);
        amend["last_seq"] = told["last_seq"].clone();
        let answer = program.post(&format!("{at}/amendment"), &amend, &[]).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
        assert!(program.get(&at).await.body.contains("2 counts"));
    }
}
