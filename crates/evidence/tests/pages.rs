//! The pages of evidence, as the audit manager, an analyst, a committee member and a program use them, on both engines.

mod common;

use axum::http::StatusCode;
use common::{attached, grow, now, recommendation, worked};
use evidence::evidence::rules::Wish;
use journal::{Id, Journal, testing::engines};
use serde_json::json;
use users::testing::{Answer, App, Caller, hidden};

fn app(journal: &Journal) -> App {
    let rooms = evidence::routes().merge(plan::routes()).merge(measure::routes());
    App::of(journal, now, rooms)
}

fn shows(answer: &Answer, words: &[&str]) {
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    for one in words {
        assert!(answer.body.contains(one), "no “{one}” in {}", answer.body);
    }
}

fn refused(answer: &Answer, words: &[&str]) {
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", answer.body);
    for one in words {
        assert!(answer.body.contains(one), "no “{one}” in {}", answer.body);
    }
}

fn led_to(answer: &Answer) -> String {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    answer.location.split('?').next().unwrap_or_default().to_owned()
}

const DEMAND: [(&str, &str); 6] = [
    ("measure", "failure_demand"),
    ("from", "2026-01-05"),
    ("until", "2026-11-22"),
    ("by", "month"),
    ("claim", "went_down"),
    ("words", "It fell <b>after the training."),
];

fn with<'a>(field: &'a str, value: &'a str) -> Vec<(&'a str, &'a str)> {
    let rest = DEMAND.iter().filter(|(name, _)| *name != field).copied();
    rest.chain(std::iter::once((field, value))).collect()
}

/// Fills in a form as it is shown, with the entry that it was made at.
async fn fill(who: &Caller, at: &str, typed: &[(&str, &str)]) -> Answer {
    let form = who.get(at).await;
    shows(&form, &["<form"]);
    let seen = hidden(&form.body, "last_seq").to_owned();
    let mut typed = typed.to_vec();
    if !seen.is_empty() {
        typed.push(("last_seq", seen.as_str()));
    }
    who.send(at, &form, &typed).await
}

#[tokio::test]
async fn what_cannot_be_attached_is_refused_at_its_field() {
    for t in engines().await {
        worked(&t.journal, 60).await;
        let app = app(&t.journal);
        let manager = Caller::person(&t.journal, &app, "audit_manager").await;
        let about = recommendation(&t.journal, "CAM22-R3").await;
        let at = format!("/evidence/new?recommendation={about}");
        let form = manager.get(&at).await;
        shows(&form, &["Failure demand, serves CAM22-R3", "Attach a measure as evidence", "3.1 Say what"]);
        let first = form.body.find("Contacts, serves CAM22-R3").expect("one that serves it");
        assert!(first < form.body.find(">Crime reports returned<").expect("one that does not"));
        let to = format!("/evidence?recommendation={about}");
        for (typed, field, told) in [
            (with("measure", ""), "measure", "Say which measure"),
            (with("until", "2026-11-27"), "until", "still to come"),
            (with("claim", ""), "claim", "claimed to show"),
            (with("claim", "target_met"), "claim", "has no target"),
            (with("words", ""), "words", "is missing"),
            (with("division", "YY"), "division", "no division"),
            (with("action", "9.9"), "action", "has no action 9.9"),
            (with("measure", "crime_reports_returned"), "from", "Nothing was counted"),
        ] {
            let answer = manager.send(&to, &form, &typed).await;
            refused(&answer, &[told, &format!("id=\"{field}-error\"")]);
        }
        let empty = [("from", "2021-03-01"), ("until", "2021-03-31")];
        let typed: Vec<_> = DEMAND
            .iter()
            .filter(|(name, _)| !empty.iter().any(|(e, _)| e == name))
            .copied()
            .chain(empty)
            .collect();
        refused(&manager.send(&to, &form, &typed).await, &["Nothing was counted in this period"]);

        let other = recommendation(&t.journal, "CAM22-R1").await;
        let answer = manager.send(&format!("/evidence?recommendation={other}"), &form, &DEMAND).await;
        refused(&answer, &["does not say that it serves CAM22-R1", "although-error"]);
    }
}

#[tokio::test]
async fn a_measure_is_attached_run_again_and_withdrawn() {
    for t in engines().await {
        worked(&t.journal, 200).await;
        let app = app(&t.journal);
        let manager = Caller::person(&t.journal, &app, "audit_manager").await;
        let about = recommendation(&t.journal, "CAM22-R3").await;
        let at = format!("/evidence/new?recommendation={about}");
        let to = format!("/evidence?recommendation={about}");
        let form = manager.get(&at).await;
        let place = led_to(&manager.send(&to, &form, &with("action", "3.1")).await);
        let page = manager.get(&place).await;
        shows(&page, &["Failure demand", "CAM22-R3", "action 3.1", "Went down", "It fell &#60;b&#62;after"]);
        shows(
            &page,
            &["Not shown", "<svg", "Period by period", "as_at=", "Run it again", "not whole, so not judged"],
        );
        // Much comes in afterwards, late for the same months: the same, and another figure now.
        grow(&t.journal, 31, 120).await;
        shows(
            &manager.get(&format!("{place}/again")).await,
            &["The same, to the last digit", "The same period now"],
        );
        let analyst = Caller::program(&t.journal, &app, "analyst").await;
        let again = analyst.get(&format!("{place}/again")).await.json();
        assert_eq!(again["rerun"]["outcome"], "same");
        assert_eq!(again["rerun"]["again"], again["told"]);
        assert_ne!(again["rerun"]["now_of"], again["of_how_many"], "nothing came in that counts");
        shows(&manager.get("/evidence?verdict=not_shown").await, &["Failure demand", "CAM22-R3", "an-spark"]);
        shows(&manager.get("/evidence?verdict=shown").await, &["No evidence matches."]);
        shows(&manager.get("/evidence.csv").await, &["Failure demand", "Not shown", "CAM22-R3"]);
        refused(&manager.get("/evidence?measure=luck").await, &["There is no such measure"]);
        // Withdrawn with a reason: both stay.
        let withdrawal = format!("{place}/withdrawal");
        refused(&fill(&manager, &withdrawal, &[("reason", " ")]).await, &["reason-error", "is missing"]);
        led_to(&fill(&manager, &withdrawal, &[("reason", "Another period is right.")]).await);
        shows(&manager.get(&place).await, &["Withdrawn", "Another period is right.", "It fell"]);
        refused(&fill(&manager, &withdrawal, &[("reason", "Again.")]).await, &["withdrawn already"]);
        shows(&manager.get("/evidence").await, &["Withdrawn"]);
    }
}

#[tokio::test]
async fn who_only_reads_the_plan_sees_the_figure_and_no_record_and_no_small_count() {
    for t in engines().await {
        worked(&t.journal, 200).await;
        let app = app(&t.journal);
        let about = recommendation(&t.journal, "CAM22-R3").await;
        let wish = |measure: &str, from: &str| Wish {
            measure: measure.into(),
            from: from.into(),
            until: "2026-10-31".into(),
            by: "month".into(),
            claim: "is_counted".into(),
            words: "It is counted.".into(),
            ..Wish::default()
        };
        let large =
            attached(&t.journal, &about, &wish("contacts", "2026-01-01")).await.expect("it is attached");
        let small = Wish { by: "day".into(), ..wish("contacts", "2026-09-01") };
        let small = attached(&t.journal, &about, &small).await.expect("it is attached");
        let member = Caller::person(&t.journal, &app, "committee_member").await;
        let analyst = Caller::person(&t.journal, &app, "analyst").await;
        let page = member.get(&format!("/evidence/{large}")).await;
        shows(&page, &["Contacts", "Shown", "<svg", "Period by period"]);
        assert!(!page.body.contains("/measures/") && !page.body.contains("/again"), "{}", page.body);
        let page = member.get(&format!("/evidence/{small}")).await;
        shows(&page, &["A count below 5 could point to a person"]);
        assert!(
            !page.body.contains("Period by period") && !page.body.contains("an-chart__dot"),
            "{}",
            page.body
        );
        let page = analyst.get(&format!("/evidence/{small}")).await;
        shows(&page, &["Period by period", "/measures/contacts/records?", "an-chart__dot"]);
        let list = member.get("/evidence").await;
        assert_eq!(list.body.matches("an-spark__last").count(), 1, "only the large one has its course shown");
        // As data, too.
        let program = Caller::program(&t.journal, &app, "committee_member").await;
        let data = program.get(&format!("/evidence/{small}")).await.json();
        assert_eq!((data["parts"].as_array().map(Vec::len), &data["address"]), (Some(0), &json!("")));
        assert!(data["drawing"].is_null(), "{data}");
        may_what((&t.journal, &app), (&member, &analyst, &program), (&about, &large)).await;
    }
}

/// Who may do what.
async fn may_what(
    (journal, app): (&Journal, &App),
    (member, analyst, program): (&Caller, &Caller, &Caller),
    (about, large): (&Id, &Id),
) {
    for (who, place, status) in [
        (member, format!("/evidence/{large}/again"), StatusCode::FORBIDDEN),
        (member, format!("/evidence/{large}/withdrawal"), StatusCode::FORBIDDEN),
        (member, format!("/evidence/new?recommendation={about}"), StatusCode::FORBIDDEN),
        (analyst, format!("/evidence/new?recommendation={about}"), StatusCode::FORBIDDEN),
        (analyst, format!("/evidence/{large}/again"), StatusCode::OK),
        (analyst, "/evidence/018a645b-0000-7bb7-b19b-000000000001".into(), StatusCode::NOT_FOUND),
        (analyst, "/evidence/R3".into(), StatusCode::NOT_FOUND),
    ] {
        assert_eq!(who.get(&place).await.status, status, "{place}");
    }
    let agency = Caller::person(journal, app, "partner_agency").await;
    for place in ["/evidence".to_owned(), "/evidence.csv".to_owned(), format!("/evidence/{large}")] {
        assert_eq!(agency.get(&place).await.status, StatusCode::FORBIDDEN, "{place}");
    }
    let body =
        json!({ "recommendation": about, "measure": "contacts", "claim": "is_counted", "words": "So." });
    let answer = program.post("/evidence", &body, &[]).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN, "{}", answer.body);
}

#[tokio::test]
async fn closing_asks_why_while_a_measure_does_not_show_its_claim() {
    for t in engines().await {
        worked(&t.journal, 200).await;
        let app = app(&t.journal);
        let manager = Caller::person(&t.journal, &app, "audit_manager").await;
        let reviewer = Caller::person(&t.journal, &app, "inspectorate_reviewer").await;
        let about = recommendation(&t.journal, "CAM22-R3").await;
        let program = Caller::program(&t.journal, &app, "audit_manager").await;
        let body = |claim: &str, although: &str| {
            json!({ "recommendation": about, "measure": "failure_demand", "from": "2026-01-05", "until": "2026-11-22",
                "by": "month", "claim": claim, "words": "It fell.", "although": although })
        };
        let answer = program.post("/evidence", &body("went_down", ""), &[]).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.body);
        let id = answer.text("id");
        let place = format!("/recommendations/{about}");
        shows(
            &manager.get(&place).await,
            &["A measure attached as evidence", "is claimed to have gone down: not shown."],
        );
        led_to(&fill(&manager, &format!("{place}/evidence"), &[("evidence", "The chart.")]).await);
        let closure = format!("{place}/closure");
        let said = [("what_we_did", "We defined it."), ("impact", "It is counted.")];
        let form = manager.get(&closure).await;
        shows(&form, &["Why it is closed although a measure does not show the effect"]);
        let asked = fill(&manager, &closure, &said).await;
        refused(&asked, &["although-error", "Say why it is closed all the same.", "We defined it."]);
        let why = [said[0], said[1], ("although", "It fell before it was counted.")];
        led_to(&fill(&manager, &closure, &why).await);
        let page = manager.get(&place).await;
        shows(
            &page,
            &[
                "Proposed for closure although a measure does not show the effect",
                "It fell before it was counted.",
            ],
        );
        // The inspectorate is asked as well.
        let discharge = format!("{place}/discharge");
        refused(&fill(&reviewer, &discharge, &[("reason", "Enough.")]).await, &["although-error"]);
        // Withdrawn, nothing is in the way, and nothing is asked.
        let withdrawn =
            program.post(&format!("/evidence/{id}/withdrawal"), &json!({ "reason": "Wrong." }), &[]).await;
        assert_eq!(withdrawn.status, StatusCode::OK, "{}", withdrawn.body);
        let form = reviewer.get(&discharge).await;
        assert!(!form.body.contains("although"), "{}", form.body);
        led_to(&fill(&reviewer, &discharge, &[("reason", "Enough.")]).await);
        after_the_discharge((&manager, &program), &place, &body).await;
    }
}

/// After the discharge only with a reason; and its closed record is told nothing.
async fn after_the_discharge(
    (manager, program): (&Caller, &Caller),
    place: &str,
    body: impl Fn(&str, &str) -> serde_json::Value,
) {
    let answer = program.post("/evidence", &body("is_counted", ""), &[]).await;
    refused(&answer, &["CAM22-R3 is discharged"]);
    let answer = program.post("/evidence", &body("is_counted", "Whether it lasts."), &[]).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.body);
    let late = answer.text("id");
    shows(&manager.get(&format!("/evidence/{late}")).await, &["Attached all the same", "Whether it lasts."]);
    let told = manager.get(place).await;
    assert_eq!(told.body.matches("A measure attached as evidence").count(), 1, "a closed record grew");
    let withdrawn =
        program.post(&format!("/evidence/{late}/withdrawal"), &json!({ "reason": "Wrong." }), &[]).await;
    assert_eq!(withdrawn.status, StatusCode::OK, "{}", withdrawn.body);
}

#[tokio::test]
async fn the_same_form_sent_twice_is_one_and_a_stale_one_is_told() {
    for t in engines().await {
        worked(&t.journal, 60).await;
        let app = app(&t.journal);
        let program = Caller::program(&t.journal, &app, "audit_manager").await;
        let about = recommendation(&t.journal, "CAM22-R3").await;
        let id = journal::Id::new(now());
        let body = json!({ "recommendation": about, "evidence": id, "measure": "contacts", "from": "2026-01-01",
            "until": "2026-11-01", "by": "month", "claim": "is_counted", "words": "It is counted." });
        let first = program.post("/evidence", &body, &[]).await;
        let second = program.post("/evidence", &body, &[]).await;
        assert_eq!((first.status, second.status), (StatusCode::CREATED, StatusCode::OK), "{}", second.body);
        assert_eq!(first.json(), second.json());
        let place = format!("/evidence/{id}/withdrawal");
        let stale = program.post(&place, &json!({ "reason": "Wrong.", "last_seq": 1 }), &[]).await;
        assert!(
            stale.status == StatusCode::CONFLICT || stale.status == StatusCode::PRECONDITION_FAILED,
            "{stale:?}"
        );
        for (body, field) in [
            (json!({ "measure": "contacts" }), "recommendation"),
            (json!({ "recommendation": "R3" }), "recommendation"),
            (json!({ "recommendation": about, "evidence": "1" }), "evidence"),
        ] {
            let answer = program.post("/evidence", &body, &[]).await;
            refused(&answer, &[field]);
        }
    }
}
