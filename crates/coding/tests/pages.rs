//! The pages of quality sampling, as those who draw, code and read use them, on both engines.

mod common;
#[path = "common/desk.rs"]
mod desk;

use std::collections::BTreeSet;

use axum::http::StatusCode;
use coding::sample::{
    rows::{Samples, draw, once, population},
    rules::{Command, Known},
    week::Week,
};
use common::{WEEK, minutes_past_noon, recorded, week};
use desk::app;
use journal::{
    Engine, Id, Journal, act,
    testing::{engines, postgres_database},
};
use serde_json::{Value, json};
use users::testing::{Answer, App, Caller};

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
    answer.location.clone()
}

async fn somebody(journal: &Journal) -> (App, Caller, Caller, Caller) {
    minutes_past_noon(0);
    let app = app(journal);
    let analyst = Caller::person(journal, &app, "analyst").await;
    let supervisor = Caller::person(journal, &app, "supervisor").await;
    let auditor = Caller::person(journal, &app, "audit_manager").await;
    (app, analyst, supervisor, auditor)
}

async fn drawn(analyst: &Caller) {
    let form = analyst.get("/coding").await;
    assert_eq!(
        led_to(&analyst.send("/coding", &form, &[("week", WEEK)]).await),
        format!("/coding/{WEEK}?done=drawn")
    );
}

/// The contacts of the sample, as data has them.
async fn contacts(journal: &Journal, app: &App) -> Vec<String> {
    let program = Caller::program(journal, app, "analyst").await;
    let sample = program.get(&format!("/coding/{WEEK}")).await.json();
    let rows = sample["rows"].as_array().cloned().unwrap_or_default();
    rows.iter().filter_map(|row| row["address"].as_str().map(str::to_owned)).collect()
}

#[tokio::test]
async fn a_week_is_drawn_coded_blind_closed_and_says_what_it_found() {
    for t in engines().await {
        let (app, analyst, supervisor, auditor) = somebody(&t.journal).await;
        shows(
            &analyst.get("/coding").await,
            &["No week was drawn yet", "2026-W47: 16 to 22 November 2026", "a guess"],
        );
        week(&t.journal, "an advisor", 8, 2).await;
        drawn(&analyst).await;
        let here = format!("/coding/{WEEK}");
        shows(&auditor.get(&here).await, &["12 of 12 contacts", "Counted at entry", "With its closing"]);
        let all = contacts(&t.journal, &app).await;
        assert_eq!(all.len(), 12);
        // Nothing of the first coding is told while it is open: not the code, not the advisor’s, on a page or as data.
        let program = Caller::program(&t.journal, &app, "supervisor").await;
        for address in &all {
            for answer in [supervisor.get(address).await, program.get(address).await] {
                shows(&answer, &["Another contact", "This contact"][1..]);
                for telling in ["chasing it", "\"derived\":\"", "Derived", "01632", "checked"] {
                    assert!(!answer.body.contains(telling), "“{telling}” is told: {}", answer.body);
                }
            }
        }
        let open = program.get(&here).await.json();
        assert!(open["lines"].is_null() && open["draw"]["contacts"] == 12, "{open}");
        refused(&auditor.get(&format!("{here}/contacts")).await, &["still being coded"]);
        refused(&auditor.get(&format!("{here}/results.csv")).await, &["still being coded"]);

        let mut address = all[0].clone();
        for number in 0..12 {
            let form = supervisor.get(&address).await;
            let code = if form.body.contains("This contact</h3>")
                && form.body.contains("what became of it")
                && number % 2 == 0
            {
                "F04"
            } else {
                "V1"
            };
            let next = led_to(
                &supervisor.send(&address, &form, &[("code", code), ("note", "As it is told <i>")]).await,
            );
            assert!(next.ends_with("?done=coded"), "{next}");
            address = next.split('?').next().unwrap_or_default().to_owned();
        }
        assert_eq!(address, here, "from the last it leads back to the sample");
        // Amended with a reason; both stay.
        let form = supervisor.get(&all[3]).await;
        shows(&form, &["Amend the coding", "Why it is amended", "As it is told &#60;i&#62;"]);
        let typed = [("code", "unknown"), ("note", "Nothing is told"), ("reason", "")];
        refused(
            &supervisor.send(&all[3], &form, &typed).await,
            &["The reason for amending it is missing", "Nothing is told"],
        );
        let typed = [("code", "unknown"), ("note", "Nothing is told"), ("reason", "On reading it again")];
        assert!(led_to(&supervisor.send(&all[3], &form, &typed).await).ends_with("?done=amended"));

        let form = analyst.get(&format!("{here}/close")).await;
        shows(&form, &["12 of 12 contacts are coded"]);
        led_to(&analyst.send(&format!("{here}/close"), &form, &[("reason", "")]).await);
        let result = auditor.get(&here).await;
        shows(
            &result,
            &[
                "Counted rate",
                "16.7%",
                "2 of 12 contacts",
                "Kappa: failure demand or not",
                "Only 12 were coded twice",
                "Derived against second coding",
            ],
        );
        shows(
            &auditor.get(&all[3]).await,
            &["On reading it again", "Cannot be told", "Derived", "is shown to those who code"],
        );
        shows(&auditor.get("/coding").await, &["Closed", "16.7%"]);
    }
}

#[tokio::test]
async fn every_cell_opens_to_as_many_contacts_as_it_says_and_files_hold_them() {
    for t in engines().await {
        let (app, analyst, _, auditor) = somebody(&t.journal).await;
        week(&t.journal, "an advisor", 5, 3).await;
        drawn(&analyst).await;
        let program = Caller::program(&t.journal, &app, "supervisor").await;
        let codes = ["V1", "F04", "unknown", "V1", "X1"];
        let all = contacts(&t.journal, &app).await;
        for (address, code) in all.iter().take(10).zip(codes.iter().cycle()) {
            let answer = program.post(address, &json!({ "code": code, "note": "" }), &[]).await;
            assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
        }
        let by = Caller::program(&t.journal, &app, "analyst").await;
        let close = format!("/coding/{WEEK}/close");
        refused(&by.post(&close, &json!({ "reason": "" }), &[]).await, &["1 contact is not coded"]);
        let closed = by.post(&close, &json!({ "reason": "It was her own call." }), &[]).await;
        assert_eq!(closed.status, StatusCode::OK, "{}", closed.body);
        let result = program.get(&format!("/coding/{WEEK}")).await.json();
        assert_eq!(
            (&result["missing"]["number"], &result["why"]),
            (&json!(1), &json!("It was her own call."))
        );
        let mut figures: Vec<Value> = result["totals"].as_array().cloned().unwrap_or_default();
        let mut sum = 0;
        for line in result["lines"].as_array().into_iter().flatten() {
            figures.push(line["all"].clone());
            let cells = line["cells"].as_array().cloned().unwrap_or_default();
            sum += cells.iter().filter_map(|cell| cell["number"].as_u64()).sum::<u64>();
            figures.extend(cells);
        }
        assert_eq!(json!(sum), result["pairs"]["number"]);
        figures.extend(["missing", "pairs", "alike", "untold"].map(|name| result[name].clone()));
        assert!(figures.len() > 10);
        for figure in figures.iter().filter(|one| one["number"] != 0) {
            let list = program.get(figure["address"].as_str().unwrap_or_default()).await.json();
            assert_eq!(
                list["rows"].as_array().map(Vec::len),
                figure["number"].as_u64().map(|n| usize::try_from(n).unwrap_or(0)),
                "{figure}"
            );
        }
        let file = auditor.get(&format!("/coding/{WEEK}/results.csv")).await;
        assert_eq!(file.body.lines().count(), 12, "{}", file.body);
        shows(&auditor.get("/coding.csv").await, &["2026-W47", ",11,3,11,10,", "0.2727"]);
        for (odd, told) in [("derived=F99", "no code"), ("second=%27%20or%201=1", "no code")] {
            refused(&auditor.get(&format!("/coding/{WEEK}/contacts?{odd}")).await, &[told]);
        }
    }
}

/// Two servers of one force, on the same database: each has a writer of its own.
async fn two_servers() -> Vec<(Journal, Journal)> {
    let mut all = Vec::new();
    for t in engines().await {
        let address = match (t.engine, std::env::var("ANSWERABLE_TEST_POSTGRES")) {
            (Engine::PostgreSql, Ok(server)) => postgres_database(&server).await,
            _ => "sqlite".to_owned(),
        };
        let open = || Journal::open(&address, &t.data_dir, crate::common::now());
        all.push((open().await.expect("one opens"), open().await.expect("another opens")));
    }
    all
}

#[tokio::test(flavor = "multi_thread")]
async fn two_people_who_draw_the_same_week_at_once_are_the_first_and_the_second() {
    for (one, other) in two_servers().await {
        let (app, analyst, ..) = somebody(&one).await;
        recorded(&one, "tester", 3, 0).await;
        measure::worker::catch_up(&one).await.expect("it is counted");
        let program = Caller::program(&one, &app, "analyst").await;
        let elsewhere = Caller::program(&other, &desk::app(&other), "analyst").await;
        let body = json!({ "week": WEEK });
        let draws = (program.post("/coding", &body, &[]), elsewhere.post("/coding", &body, &[]));
        let (first, second) = tokio::join!(draws.0, draws.1);
        let mut answers = [first, second];
        answers.sort_by_key(|answer| answer.status);
        assert_eq!(answers[0].status, StatusCode::CREATED, "{}", answers[0].body);
        refused(&answers[1], &["was drawn already", "Open its sample."]);
        shows(&analyst.get(&format!("/coding/{WEEK}")).await, &["3 contacts"]);
    }
}

/// The database alone knows that the week was drawn: what it says becomes the same sentence.
#[tokio::test]
async fn what_only_the_index_knows_is_told_in_the_same_sentence() {
    for t in engines().await {
        recorded(&t.journal, "tester", 3, 0).await;
        measure::worker::catch_up(&t.journal).await.expect("it is counted");
        let week = Week::read(WEEK).expect("a week");
        let who = crate::common::who("tester");
        let now = crate::common::now();
        let id = Id::new(now);
        let mut tx = t.journal.begin().await.expect("it begins");
        let first = draw(&mut tx, &who, now, &id, (week, "seed".to_owned())).await.expect("sql");
        first.expect("it is drawn");
        let known = Known {
            now,
            who: who.who.clone(),
            is_drawn: false,
            counted_to: 1,
            reaches: 1,
            edition: String::new(),
            population: population(&mut tx, week, i64::MAX - 1).await.expect("sql"),
            advisors: BTreeSet::new(),
        };
        let command = Command::Draw { week, seed: "another".to_owned() };
        let again = act::<Samples>(&mut tx, &who, now, &Id::new(now), &known, command).await;
        let again = once(again, week);
        let refusal = again.expect("no error of the database").expect_err("it is refused");
        assert!(refusal.field == "week" && refusal.sentence.contains("was drawn already"), "{refusal}");
    }
}

#[tokio::test]
async fn what_may_not_be_drawn_coded_or_closed_is_refused_in_sentences() {
    for t in engines().await {
        let (app, analyst, supervisor, auditor) = somebody(&t.journal).await;
        let people = users::people(&mut t.journal.read().await.expect("it begins")).await.expect("sql");
        let own = people.iter().find(|one| one.role.key() == "supervisor").expect("there is one");
        let form = analyst.get("/coding").await;
        let draw = async |week: &str| analyst.send("/coding", &form, &[("week", week)]).await;
        refused(&analyst.send("/coding", &form, &[("week", WEEK)]).await, &["no contact was counted"]);
        recorded(&t.journal, own.id.as_str(), 3, 0).await;
        refused(&draw(WEEK).await, &["Measures are counted to entry 0, and the week reaches to entry"]);
        measure::worker::catch_up(&t.journal).await.expect("it is counted");
        for (week, told) in [
            ("", "The week is missing"),
            ("soon", "“soon” is no week"),
            ("2026-W48", "ends on 29 November 2026"),
            ("2026-W46", "no contact was counted"),
            ("2019-W10", "No rules of sampling"),
        ] {
            refused(&draw(week).await, &[told]);
        }
        drawn(&analyst).await;
        refused(&draw(WEEK).await, &["was drawn already"]);
        let all = contacts(&t.journal, &app).await;
        // Their own contact: no form, and sending one all the same is refused.
        let page = supervisor.get(&all[0]).await;
        shows(&page, &["would not be a second person"]);
        assert!(!page.body.contains("type=\"radio\""));
        refused(&supervisor.send(&all[0], &page, &[("code", "V1")]).await, &["would not be a second person"]);
        // Whoever drew may code; once.
        let page = analyst.get(&all[0]).await;
        refused(
            &analyst.send(&all[0], &page, &[("code", ""), ("note", "Typed")]).await,
            &["Choose the code", "Typed"],
        );
        refused(&analyst.send(&all[0], &page, &[("code", "F99")]).await, &["is unknown"]);
        led_to(&analyst.send(&all[0], &page, &[("code", "V1")]).await);
        refused(
            &analyst.send(&all[0], &page, &[("code", "V1"), ("reason", "Why")]).await,
            &["Nothing is different"],
        );
        let form = analyst.get(&format!("/coding/{WEEK}/close")).await;
        let close = format!("/coding/{WEEK}/close");
        refused(&analyst.send(&close, &form, &[("reason", " ")]).await, &["2 contacts are not coded"]);
        led_to(&analyst.send(&close, &form, &[("reason", "The others were her own calls.")]).await);
        refused(&analyst.send(&close, &form, &[("reason", "Again")]).await, &["was closed at"]);
        refused(&analyst.send(&all[1], &page, &[("code", "V1")]).await, &["was closed at"]);
        shows(
            &auditor.get(&format!("/coding/{WEEK}")).await,
            &["None", "same one code", "The others were her own calls."],
        );

        for odd in [
            "/coding/2026-W46",
            "/coding/x",
            "/coding/2026-W47/contacts/x",
            "/coding/2026-W47/contacts/018a645b-0000-7bb7-b19b-000000000001",
            "/coding/2026-W46/again",
        ] {
            assert_eq!(analyst.get(odd).await.status, StatusCode::NOT_FOUND, "{odd}");
        }
        refused(&analyst.get("/coding?before=soon").await, &["is no week"]);
        shows(&analyst.get("/coding?before=2026-W47").await, &["No week was drawn yet"]);
        let advisor = Caller::person(&t.journal, &app, "service_advisor").await;
        for path in [
            "/coding",
            "/coding.csv",
            "/coding/2026-W47",
            "/coding/2026-W47/again",
            "/coding/2026-W47/contacts",
            &all[0],
            "/coding/2026-W47/population.csv",
            "/coding/2026-W47/results.csv",
            "/coding/2026-W47/close",
        ] {
            assert_eq!(advisor.get(path).await.status, StatusCode::FORBIDDEN, "{path}");
        }
        for (caller, path) in [
            (&auditor, "/coding"),
            (&supervisor, "/coding"),
            (&supervisor, close.as_str()),
            (&auditor, &all[1]),
        ] {
            assert_eq!(
                caller
                    .send(path, &caller.get("/coding").await, &[("week", WEEK), ("code", "V1")])
                    .await
                    .status,
                StatusCode::FORBIDDEN,
                "{path}"
            );
        }
    }
}

#[tokio::test]
async fn anybody_draws_the_same_again_and_a_late_fact_changes_nothing_of_it() {
    for t in engines().await {
        let (app, analyst, _, auditor) = somebody(&t.journal).await;
        week(&t.journal, "an advisor", 50, 1).await;
        drawn(&analyst).await;
        let again = format!("/coding/{WEEK}/again");
        shows(&auditor.get(&again).await, &["It is the same draw", "sha256sum", "population.csv"]);
        // Three more of that week come to be known only now: they are counted, but not as at the entry of the draw.
        week(&t.journal, "an advisor", 3, 0).await;
        let program = Caller::program(&t.journal, &app, "audit_manager").await;
        let told = program.get(&again).await.json();
        assert_eq!((&told["is_same"], &told["contacts"]), (&json!(true), &json!([52, 52])));
        let file = auditor.get(&format!("/coding/{WEEK}/population.csv")).await;
        assert_eq!(file.body.lines().count(), 53);
        // The published recipe, by hand: the smallest digests of seed, week and identity.
        let seed = told["seed"].as_str().unwrap_or_default();
        let ids: Vec<&str> = file.body.lines().skip(1).filter_map(|line| line.split(',').next()).collect();
        let drawn =
            sampling::draw(seed, sampling::Week::new(2026, 47).expect("a week"), &ids, 40).expect("drawn");
        let rows: Vec<&str> =
            told["rows"].as_array().into_iter().flatten().filter_map(|row| row["contact"].as_str()).collect();
        assert_eq!(rows, drawn);
        assert_eq!(contacts(&t.journal, &app).await.len(), 40);
    }
}
