//! The pages of reports: composed, frozen, frozen again; refused; and what everybody may see of them.

use axum::http::StatusCode;
use journal::{clear, dump, entries, testing::engines};
use serde_json::{Value, json};
use users::testing::Caller;

use crate::scene::{Scene, contacts, noon_of};

async fn freeze(caller: &Caller, pack: &str, period: &str, reason: &str) -> users::testing::Answer {
    let body = json!({ "pack": pack, "period": period, "division": "", "reason": reason });
    caller.post("/reports/new", &body, &[]).await
}

async fn frozen(caller: &Caller, pack: &str, period: &str, reason: &str) -> String {
    let answer = freeze(caller, pack, period, reason).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    answer.text("id")
}

/// The links of a document, as words and address.
fn links(document: &Value) -> Vec<(String, String)> {
    let document: publish::document::Document = serde_json::from_value(document.clone()).expect("a document");
    document.links().into_iter().map(|(words, to)| (words.to_owned(), to.to_owned())).collect()
}

#[tokio::test]
async fn a_report_is_composed_frozen_and_every_figure_opens_to_its_records() {
    for t in engines().await {
        let scene = Scene::on(&t).await;
        let analyst = &scene.analyst;
        let look = analyst.get("/reports/new?pack=control_room_weekly&period=2026-11-04").await;
        assert_eq!(look.status, StatusCode::OK, "{}", look.body);
        let id = frozen(analyst, "control_room_weekly", "2026-11-04", "").await;
        let shown = analyst.get(&format!("/reports/{id}")).await.json();
        assert_eq!(
            shown["document"]["blocks"],
            look.json()["preview"]["document"]["blocks"],
            "what was looked at is frozen"
        );
        let links = links(&shown["document"]);
        assert!(links.len() > 20, "{}", links.len());
        for (words, address) in links {
            let path = address.strip_prefix("http://localhost").unwrap_or_else(|| panic!("{address}"));
            let records = analyst.get(path).await;
            assert_eq!(records.status, StatusCode::OK, "{path}: {}", records.body);
            assert_eq!(records.text("told"), words, "{path}");
        }
        let file = analyst.get(&format!("/reports/{id}/csv")).await;
        assert!(file.body.contains("contacts,1,period,2026-11-02,2026-11-08,,"), "{}", file.body);
        let list = analyst.get("/reports").await.json();
        assert_eq!(
            (list["rows"][0]["id"].as_str(), list["pages"]["total"].as_i64()),
            (Some(id.as_str()), Some(1))
        );
    }
}

#[tokio::test]
async fn another_edition_says_what_was_and_what_is_now_and_the_first_stays() {
    for t in engines().await {
        let scene = Scene::on(&t).await;
        let analyst = &scene.analyst;
        let id = frozen(analyst, "control_room_weekly", "2026-11-04", "").await;
        let first = analyst.get(&format!("/reports/{id}")).await.json();
        let again = freeze(analyst, "control_room_weekly", "2026-11-04", "To be sure").await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", again.body);
        assert!(again.text("detail").contains("No figure changed"), "{}", again.body);
        contacts(&t.journal, 9, 400, "2026-11-11").await;
        let unsaid = freeze(analyst, "control_room_weekly", "2026-11-05", " ").await;
        assert_eq!(
            (unsaid.status, unsaid.text("field")),
            (StatusCode::UNPROCESSABLE_ENTITY, "reason".into())
        );
        assert_eq!(
            frozen(analyst, "control_room_weekly", "2026-11-08", "Contacts came late").await,
            id,
            "the same week"
        );
        let second = analyst.get(&format!("/reports/{id}")).await.json();
        let words = second["document"].to_string();
        for told in ["What changed since edition 1", "Was in edition 1, and now", "Contacts came late"] {
            assert!(words.contains(told), "{told}");
        }
        assert_eq!(
            (second["number"].as_i64(), second["editions"].as_array().map(Vec::len)),
            (Some(2), Some(2))
        );
        let old = analyst.get(&format!("/reports/{id}?edition=1")).await.json();
        assert_eq!(old["document"], first["document"], "it renders the same for ever");
        for (edition, status) in [("3", StatusCode::NOT_FOUND), ("x", StatusCode::UNPROCESSABLE_ENTITY)] {
            assert_eq!(
                analyst.get(&format!("/reports/{id}?edition={edition}")).await.status,
                status,
                "{edition}"
            );
        }
        // What the journal alone gives is what is in the rows.
        let mut tx = t.journal.begin().await.expect("a command begins");
        let before = dump(&mut tx, &report::TABLES).await.expect("sql");
        clear(&mut tx, &report::TABLES).await.expect("sql");
        let mut memory = report::Memory::default();
        for entry in entries(&mut tx, 0, i64::MAX - 1).await.expect("sql") {
            report::refold(&mut tx, &mut memory, &entry).await.expect("it is folded");
        }
        assert_eq!((before.len(), dump(&mut tx, &report::TABLES).await.expect("sql")), (3, before));
    }
}

#[tokio::test]
async fn what_cannot_be_frozen_is_refused_by_name_and_what_is_not_over_is_provisional() {
    for t in engines().await {
        let scene = Scene::on(&t).await;
        let analyst = &scene.analyst;
        for (pack, period, division, field) in [
            ("everything", "", "", "pack"),
            ("", "2026-11-04", "", "pack"),
            ("control_room_weekly", "2026-11-16", "", "period"),
            ("control_room_weekly", "yesterday", "", "period"),
            ("control_room_weekly", "", "E", "division"),
            ("division_weekly", "", "YY", "division"),
            ("division_weekly", "", "", "division"),
        ] {
            let body = json!({ "pack": pack, "period": period, "division": division });
            let answer = analyst.post("/reports/new", &body, &[]).await;
            assert_eq!(
                (answer.status, answer.text("field")),
                (StatusCode::UNPROCESSABLE_ENTITY, field.into()),
                "{body}"
            );
            let look =
                analyst.get(&format!("/reports/new?pack={pack}&period={period}&division={division}")).await;
            assert_eq!(
                (look.status, look.text("field")),
                (StatusCode::UNPROCESSABLE_ENTITY, field.into()),
                "{body}"
            );
        }
        let id = frozen(analyst, "control_room_weekly", "2026-11-11", "").await;
        let under_way = analyst.get(&format!("/reports/{id}")).await.body;
        assert!(under_way.contains("the period ends on 15 November 2026 and is not over"), "{under_way}");
        let id = frozen(analyst, "authority_monthly", "2021-03-01", "").await;
        let empty = analyst.get(&format!("/reports/{id}")).await.body;
        assert!(
            empty.contains("Nothing was counted in this period.") && !empty.contains("\"0.0%\""),
            "{empty}"
        );
        assert_eq!(analyst.get("/reports/nothing").await.status, StatusCode::NOT_FOUND);
        for wrong in ["pack=x", "kind=year", "state=odd", "division=YY", "from=soon", "page=0"] {
            let answer = analyst.get(&format!("/reports?{wrong}")).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
        }
    }
}

#[tokio::test]
async fn everybody_sees_what_is_published_with_its_small_numbers_suppressed_and_nothing_else() {
    for t in engines().await {
        let scene = Scene::on(&t).await;
        let analyst = &scene.analyst;
        let inside = frozen(analyst, "control_room_weekly", "2026-11-04", "").await;
        let id = frozen(analyst, "authority_monthly", "2026-10-01", "").await;
        let whole = analyst.get(&format!("/reports/{id}")).await.json();
        assert!(
            !whole["document"].to_string().contains("Suppressed") && !links(&whole["document"]).is_empty()
        );
        for role in ["committee_member", "inspectorate_reviewer"] {
            let reader = Caller::program(&t.journal, &scene.app, role).await;
            assert_eq!(
                reader.get(&format!("/reports/{inside}")).await.status,
                StatusCode::NOT_FOUND,
                "{role}"
            );
            assert_eq!(
                reader.get(&format!("/reports/{inside}/csv")).await.status,
                StatusCode::NOT_FOUND,
                "{role}"
            );
            let list = reader.get("/reports").await.json();
            assert_eq!(list["rows"].as_array().map(Vec::len), Some(1), "{role}");
            let public = reader.get(&format!("/reports/{id}")).await.json();
            assert!(links(&public["document"]).is_empty(), "{role}: a figure leads to records");
            assert!(public["document"].to_string().contains("Suppressed"), "{role}: there are small numbers");
            let file = reader.get(&format!("/reports/{id}/csv")).await.body;
            let shown: Vec<&str> = file
                .lines()
                .filter(|line| line.starts_with("contacts,") && !line.contains(",suppressed,"))
                .collect();
            for line in shown {
                let numerator: i64 =
                    line.split(',').nth(5).and_then(|cell| cell.parse().ok()).expect("a count");
                assert!(numerator >= 5, "{role}: {line}");
            }
            for (path, status) in
                [("/reports/new", StatusCode::FORBIDDEN), ("/reports/due", StatusCode::FORBIDDEN)]
            {
                assert_eq!(reader.get(path).await.status, status, "{role} {path}");
            }
            assert_eq!(
                freeze(&reader, "authority_monthly", "2026-09-01", "").await.status,
                StatusCode::FORBIDDEN,
                "{role}"
            );
        }
        let owner = Caller::program(&t.journal, &scene.app, "action_owner").await;
        assert_eq!(owner.get("/reports").await.status, StatusCode::FORBIDDEN);
        let supervisor = Caller::program(&t.journal, &scene.app, "supervisor").await;
        assert_eq!(supervisor.get(&format!("/reports/{inside}")).await.status, StatusCode::OK);
        assert_eq!(
            freeze(&supervisor, "authority_monthly", "2026-09-01", "").await.status,
            StatusCode::FORBIDDEN
        );
    }
}

#[tokio::test]
async fn what_is_due_is_listed_until_it_is_frozen() {
    for t in engines().await {
        let scene = Scene::on(&t).await;
        let analyst = &scene.analyst;
        let due = |body: Value| body["rows"].as_array().map_or(0, Vec::len);
        let before = due(analyst.get("/reports/due").await.json());
        assert!(before > 10, "{before}");
        frozen(analyst, "control_room_weekly", "", "").await;
        assert_eq!(due(analyst.get("/reports/due").await.json()), before - 1);
        noon_of("2026-11-16");
        assert!(due(analyst.get("/reports/due").await.json()) >= before, "another week is over");
    }
}
