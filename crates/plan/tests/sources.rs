//! Sources: their rows on both engines, and their pages in each role.

mod hands;

use axum::http::StatusCode;
use hands::{Desk, id, now, rows_are_the_fold, tester};
use journal::{Id, act, testing::engines};
use plan::source::{
    rows::{self, Sources},
    rules::{About, Citation, Command, Details, Known, Quantity},
};
use serde_json::json;

#[tokio::test]
async fn every_statement_is_understood_by_both_engines() {
    journal::testing::prepare_all(&rows::statements()).await;
}

#[tokio::test]
async fn the_rows_tell_what_counted_at_any_position() {
    for t in engines().await {
        let paper = Id::new(now());
        let mut known = Known::default();
        known.abouts.insert("da23".into(), About::Inspection(id("018a645b-0000-7bb7-b19b-e8d3aa192b00")));
        let details = Details {
            title: "Progress Summary".into(),
            meeting_on: "16 September 2025".into(),
            ..Details::default()
        };
        let cite = |about: &str, quantity: &str, value: &str| {
            let (about, quantity, value) = (about.into(), quantity.into(), value.into());
            Command::Cite(Citation {
                about,
                quantity,
                value,
                words: "as printed".into(),
                as_on: String::new(),
            })
        };
        let commands = [
            Command::Register(details.clone()),
            cite("DA23", "open", "9"),
            cite("portfolio", "open", "104"),
            cite("theme: Custody", "open", ""),
            Command::Correct(Details { reference: "S004".into(), ..details }, "It has a number.".into()),
            Command::Withdraw { no: 2, reason: "It counts otherwise.".into() },
        ];
        let mut seqs = Vec::new();
        for command in commands {
            let mut tx = t.journal.begin().await.expect("it begins");
            let entry = act::<Sources>(&mut tx, &tester(), now(), &paper, &known, command.clone())
                .await
                .expect("the database answers")
                .unwrap_or_else(|refusal| panic!("{command:?}: {refusal}"));
            tx.commit().await.expect("it is committed");
            seqs.push(entry.seq);
        }
        let mut read = t.journal.read().await.expect("it begins");
        let mut counts = Vec::new();
        for seq in &seqs {
            let all = rows::all(&mut read, *seq).await.expect("it is read");
            let (found, source) = &all[0];
            assert_eq!((all.len(), found), (1, &paper), "{:?}", t.engine);
            counts.push((source.reference.clone(), source.statements.len()));
        }
        let expected = [("", 0), ("", 1), ("", 2), ("", 3), ("S004", 3), ("S004", 2)];
        assert_eq!(
            counts,
            expected.map(|(reference, count)| (reference.to_owned(), count)),
            "{:?}",
            t.engine
        );
        let (_, source) = &rows::all(&mut read, seqs[5]).await.expect("it is read")[0];
        let numbers: Vec<i64> = source.statements.iter().map(|cited| cited.no).collect();
        assert_eq!(numbers, [1, 3]);
        let last = &source.statements[1].statement;
        assert_eq!(
            (&last.about, last.quantity, last.value.as_str()),
            (&About::Theme("Custody".into()), Quantity::Open, "")
        );
        let whole = rows::whole(&mut read, &paper).await.expect("it is read").expect("it is there");
        assert_eq!(whole.statements[1].withdrawn.as_deref(), Some("It counts otherwise."));
        assert_eq!(rows::references(&mut read, &paper).await.expect("it is read"), Vec::<String>::new());
        assert_eq!(rows::references(&mut read, &Id::new(now())).await.expect("it is read"), ["S004"]);
        drop(read);
        rows_are_the_fold(&t.journal).await;
    }
}

#[tokio::test]
async fn a_paper_is_registered_cited_and_read_beside_the_register() {
    for t in engines().await {
        let desk = Desk::of(&t.journal);
        let manager = desk.person("audit_manager").await;
        let empty = manager.page("/sources").await.body;
        assert!(
            empty.contains("No source is registered yet.") && empty.contains("href=\"/sources/new\""),
            "{empty}"
        );
        let [_, _, r14] = manager.registers_domestic_abuse().await;
        let fields = [
            ("title", "Progress Summary"),
            ("reference", "S004"),
            ("meeting_on", "16 September 2025"),
            ("published_on", ""),
        ];
        let answer = manager.form("/sources/new", &fields).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        let address = answer.location().split('?').next().expect("an address").to_owned();
        let registered = manager.page(answer.location()).await.body;
        assert!(
            registered.contains("The source is registered.")
                && registered.contains("Nothing is cited from it yet.")
        );
        let cite = format!("{address}/statements/new");
        for fields in [
            [("about", "DA23"), ("quantity", "open"), ("value", "1"), ("words", "Domestic Abuse | 1")],
            [("about", "da23-r14"), ("quantity", "first_target"), ("value", "Dec 2026"), ("words", "")],
        ] {
            let answer = manager.form(&cite, &fields).await;
            assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        }
        let shown = manager.page(&address).await.body;
        for part in [
            "2 open recommendations: R1 and R14",
            "They differ",
            "They agree",
            "December 2026",
            "Domestic Abuse | 1",
            "gives 1 open recommendation of Domestic Abuse",
        ] {
            assert!(shown.contains(part), "{part}: {shown}");
        }
        let data = manager.data(&address).await.json();
        assert_eq!(
            (&data["statements"][0]["agrees"], &data["statements"][1]["agrees"]),
            (&json!(false), &json!(true))
        );
        assert_eq!(data["statements"][1]["value"], "2026-12");
        let listed = manager.data("/sources").await.json();
        assert_eq!((&listed["sources"][0]["agree"], &listed["sources"][0]["differ"]), (&json!(1), &json!(1)));
        let answer = manager
            .form(&format!("{address}/statements/1/withdrawal"), &[("reason", "Copied wrongly.")])
            .await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        let shown = manager.page(&address).await.body;
        assert!(shown.contains("Copied wrongly.") && !shown.contains("They differ"), "{shown}");
        assert!(manager.page(&format!("/recommendations/{r14}")).await.status.is_success());
        rows_are_the_fold(&t.journal).await;
    }
}

/// The fields of a form: name and value.
type Fields<'a> = &'a [(&'a str, &'a str)];

#[tokio::test]
async fn a_refusal_stands_beside_its_field_with_what_was_typed() {
    let t = engines().await.remove(0);
    let desk = Desk::of(&t.journal);
    let manager = desk.person("audit_manager").await;
    manager.registers_domestic_abuse().await;
    let paper = manager.registers_a_paper("2").await;
    let cite = format!("/sources/{paper}/statements/new");
    let withdrawal = format!("/sources/{paper}/statements/1/withdrawal");
    let correction = format!("/sources/{paper}/correction");
    let cases: [(&str, Fields<'_>, &str, &str); 7] = [
        ("/sources/new", &[("title", ""), ("reference", "kept words")], "title", "The title is missing."),
        (
            "/sources/new",
            &[("title", "kept words"), ("reference", "s004")],
            "reference",
            "another source’s reference",
        ),
        (
            &cite,
            &[("about", "kept words"), ("quantity", "open"), ("value", "9")],
            "about",
            "There is no “kept words”",
        ),
        (
            &cite,
            &[("about", "DA23"), ("quantity", "open"), ("value", "kept words")],
            "value",
            "is not a number",
        ),
        (
            &cite,
            &[("about", "DA23"), ("quantity", "open"), ("value", "2"), ("words", "kept words")],
            "value",
            "Statement 1 says this already",
        ),
        (&withdrawal, &[("reason", " ")], "reason", "The reason is missing."),
        (&correction, &[("title", "kept words"), ("reason", "")], "reason", "The reason is missing."),
    ];
    for (path, fields, field, part) in cases {
        let answer = manager.form(path, fields).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{path}: {}", answer.body);
        assert!(
            answer.body.contains(&format!("id=\"{field}-error\"")) && answer.body.contains(part),
            "{path} {part}: {}",
            answer.body
        );
        if fields.iter().any(|(_, value)| *value == "kept words") {
            assert!(answer.body.contains("kept words"), "{path}");
        }
        let body = fields.iter().map(|(name, value)| ((*name).to_owned(), json!(value))).collect();
        let answer = manager.post(path, serde_json::Value::Object(body)).await;
        assert_eq!(
            (answer.status, &answer.json()["field"]),
            (StatusCode::UNPROCESSABLE_ENTITY, &json!(field)),
            "{path}"
        );
    }
    let stale = [("title", "Another"), ("reason", "why"), ("last_seq", "1")];
    assert_eq!(manager.form(&correction, &stale).await.status, StatusCode::CONFLICT);
    let form = manager.page(&correction).await.body;
    let last = form
        .split("name=\"last_seq\" value=\"")
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .expect("it is in the form");
    let right = [
        ("title", "Progress Summary"),
        ("reference", "S004"),
        ("meeting_on", "2025-09-16"),
        ("published_on", "2025-09-12"),
        ("reason", "It was online a day later."),
        ("last_seq", last),
    ];
    assert_eq!(manager.form(&correction, &right).await.status, StatusCode::SEE_OTHER);
    assert!(manager.page(&format!("/sources/{paper}")).await.body.contains("12 September 2025"));
}

#[tokio::test]
async fn each_role_sees_and_does_what_it_may() {
    let t = engines().await.remove(0);
    let desk = Desk::of(&t.journal);
    let manager = desk.person("audit_manager").await;
    manager.registers_domestic_abuse().await;
    let paper = manager.registers_a_paper("2").await;
    let (shown, cite) = (format!("/sources/{paper}"), format!("/sources/{paper}/statements/new"));
    let member = desk.person("committee_member").await;
    for path in ["/sources", &shown] {
        let page = member.page(path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        assert!(
            !page.body.contains("/statements/") && !page.body.contains("/sources/new"),
            "no form is offered: {path}"
        );
    }
    for path in
        ["/sources/new", &cite, &format!("{shown}/correction"), &format!("{shown}/statements/1/withdrawal")]
    {
        assert_eq!(member.page(path).await.status, StatusCode::FORBIDDEN, "{path}");
        assert_eq!(
            member.form(path, &[("title", "x"), ("reason", "x")]).await.status,
            StatusCode::FORBIDDEN,
            "{path}"
        );
    }
    let partner = desk.person("partner_agency").await;
    for path in ["/sources", &shown] {
        assert_eq!(partner.page(path).await.status, StatusCode::FORBIDDEN, "{path}");
    }
    let nobody = format!("/sources/{}", Id::new(now()));
    for path in [
        &nobody,
        &format!("{nobody}/correction"),
        &format!("{shown}/statements/9/withdrawal"),
        &"/sources/nonsense".to_owned(),
    ] {
        assert_eq!(manager.page(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    let answer = manager
        .form(&format!("{nobody}/statements/new"), &[("about", "DA23"), ("quantity", "open"), ("value", "1")])
        .await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND, "{}", answer.body);
}
