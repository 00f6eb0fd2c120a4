//! Saved views, as their owners and everybody else see them, on both engines.

mod desk;

use axum::http::{StatusCode, header};
use desk::{Answer, Desk, Person};
use journal::{dump, testing::engines};
use plan::{Memory, TABLES, refold, view::rows::STATEMENTS};
use serde_json::Value;

fn location(answer: &Answer) -> &str {
    answer.1.get(header::LOCATION).map_or("", |value| value.to_str().expect("it is text"))
}

async fn save(who: &Person, name: &str, query: &str, shared: bool) -> Answer {
    let mut fields = vec![("name", name), ("query", query)];
    if shared {
        fields.push(("shared", "yes"));
    }
    who.send("/views", &fields).await
}

/// The identity of the own view of that name.
async fn id_of(who: &Person, name: &str) -> String {
    let views = who.json("/views").await;
    let own = views["own"].as_array().expect("a list");
    let view = own.iter().find(|view| view["name"] == name).expect("it is there");
    view["id"].as_str().expect("an identity").to_owned()
}

fn names(views: &Value) -> Vec<&str> {
    views.as_array().expect("a list").iter().map(|view| view["name"].as_str().expect("a name")).collect()
}

#[tokio::test]
async fn a_list_is_saved_opened_renamed_shared_and_deleted() {
    for t in engines().await {
        let desk = Desk::filled(&t.journal).await;
        let (morag, iain) = (desk.person("analyst").await, desk.person("committee_member").await);
        let (_, _, page) = morag.get("/recommendations").await;
        assert!(!page.contains("Save this list"), "the whole register is offered to be saved");
        let (_, _, page) = morag.get("/recommendations?owner=Head+of+Diaries&status=open").await;
        assert!(page.contains("Save this list") && page.contains("owner=Head+of+Diaries&#38;status=open"));

        let query = "owner=Head+of+Diaries&status=open";
        let saved = save(&morag, "Diaries", query, false).await;
        assert_eq!(saved.0, StatusCode::SEE_OTHER, "{}", saved.2);
        assert_eq!(location(&saved), format!("/recommendations?{query}&done=saved-view"));
        let (_, _, page) = morag.get(location(&saved)).await;
        assert!(page.contains("The view is saved.") && page.contains("aria-current=\"true\">Diaries</a>"));
        let views = morag.json("/views").await;
        assert_eq!(names(&views["own"]), ["Diaries"]);
        assert_eq!(views["own"][0]["found"], "2");
        assert_eq!(views["own"][0]["words"], "Open · Head of Diaries");
        assert!(!iain.get("/recommendations").await.2.contains(">Diaries</a>"), "it is not shared");

        let id = id_of(&morag, "Diaries").await;
        let (_, _, form) = morag.get(&format!("/views/{id}")).await;
        assert!(form.contains("value=\"Diaries\"") && form.contains("<option value=\"no\" selected>"));
        let fields = [("name", "The diaries"), ("shared", "yes")];
        let changed = morag.send(&format!("/views/{id}"), &fields).await;
        assert_eq!(location(&changed), "/views?done=changed", "{}", changed.2);
        let (_, _, page) = iain.get("/recommendations").await;
        assert!(
            page.contains("href=\"/recommendations?owner=Head+of+Diaries&#38;status=open\">The diaries</a>")
        );
        let shared = iain.json("/views").await["shared"].clone();
        assert_eq!((names(&shared), &shared[0]["role"]), (vec!["The diaries"], &"Analyst".into()));
        assert!(shared[0].get("owner").is_none(), "nobody is named");

        let (_, _, confirm) = morag.get(&format!("/views/{id}/deletion")).await;
        assert!(confirm.contains("Delete this view?") && confirm.contains("Everybody who uses it loses it"));
        let deleted = morag.send(&format!("/views/{id}/deletion"), &[]).await;
        assert_eq!(location(&deleted), "/views?done=deleted", "{}", deleted.2);
        assert!(morag.get("/views?done=deleted").await.2.contains("The view is deleted."));
        assert!(names(&iain.json("/views").await["shared"]).is_empty());
        assert_eq!(morag.get(&format!("/views/{id}")).await.0, StatusCode::NOT_FOUND);
        // Its name is free again.
        assert_eq!(save(&morag, "The diaries", query, false).await.0, StatusCode::SEE_OTHER);
    }
}

#[tokio::test]
async fn only_its_owner_changes_a_view_and_an_unshared_one_is_nobody_elses() {
    for t in engines().await {
        let desk = Desk::filled(&t.journal).await;
        let (morag, iain) = (desk.person("analyst").await, desk.person("audit_manager").await);
        save(&morag, "Mine", "flag=delayed", false).await;
        save(&morag, "Ours", "flag=stale", true).await;
        let (mine, ours) = (id_of(&morag, "Mine").await, id_of(&morag, "Ours").await);
        for path in [format!("/views/{mine}"), format!("/views/{mine}/deletion")] {
            assert_eq!(iain.get(&path).await.0, StatusCode::NOT_FOUND, "{path}");
            assert_eq!(iain.send(&path, &[("name", "His")]).await.0, StatusCode::NOT_FOUND, "{path}");
        }
        for path in [format!("/views/{ours}"), format!("/views/{ours}/deletion")] {
            assert_eq!(iain.get(&path).await.0, StatusCode::FORBIDDEN, "{path}");
            let (status, _, text) = iain.send(&path, &[("name", "His")]).await;
            assert_eq!(status, StatusCode::FORBIDDEN, "{path}");
            assert!(text.contains("save the list under a name of your own"), "{text}");
        }
        assert_eq!(names(&morag.json("/views").await["own"]), ["Mine", "Ours"]);
        // The same name is another person's to give.
        assert_eq!(save(&iain, "Mine", "flag=delayed", true).await.0, StatusCode::SEE_OTHER);
        let partner = desk.person("partner_agency").await;
        assert_eq!(partner.get("/views").await.0, StatusCode::FORBIDDEN);
        assert_eq!(save(&partner, "Mine", "flag=delayed", true).await.0, StatusCode::FORBIDDEN);
    }
}

#[tokio::test]
async fn what_is_refused_comes_back_with_what_was_typed() {
    let t = engines().await.remove(0);
    let desk = Desk::filled(&t.journal).await;
    let morag = desk.person("analyst").await;
    save(&morag, "Delayed", "flag=delayed", false).await;
    for (name, query, told) in [
        ("", "flag=stale", "The name is missing"),
        ("delayed", "flag=stale", "You have a view called “delayed” already"),
        ("All", "", "This is the whole register"),
        ("Odd", "page=two", "This list cannot be read"),
    ] {
        let (status, _, page) = save(&morag, name, query, true).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{told}");
        assert!(page.contains(told) && page.contains(&format!("value=\"{name}\"")), "{told}: {page}");
        assert!(page.contains("<option value=\"yes\" selected>"), "{told}");
        assert!(page.contains("<title>Problem: Save this list"), "{told}");
    }
    // The list goes with the form that came back.
    let answer = morag.send("/views?query=flag%3Dstale", &[("name", "Stale"), ("shared", "no")]).await;
    assert_eq!(location(&answer), "/recommendations?flag=stale&done=saved-view", "{}", answer.2);
    let id = id_of(&morag, "Stale").await;
    let (status, _, page) = morag.send(&format!("/views/{id}"), &[("name", "DELAYED")]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("id=\"name-error\"") && page.contains("value=\"DELAYED\""), "{page}");
    // Somebody else (oneself, in another tab) was quicker.
    let stale = [("name", "Silent"), ("last_seq", "1")];
    assert_eq!(morag.send(&format!("/views/{id}"), &stale).await.0, StatusCode::CONFLICT);
    assert_eq!(morag.send(&format!("/views/{id}/deletion"), &stale).await.0, StatusCode::CONFLICT);
    assert_eq!(names(&morag.json("/views").await["own"]), ["Delayed", "Stale"]);
}

#[tokio::test]
async fn the_rows_of_views_are_the_fold_of_the_journal() {
    for t in engines().await {
        let desk = Desk::filled(&t.journal).await;
        let morag = desk.person("analyst").await;
        for (name, query) in [("One", "flag=delayed"), ("Two", "flag=stale"), ("Three", "sort=target")] {
            save(&morag, name, query, name == "Two").await;
        }
        let (one, two) = (id_of(&morag, "One").await, id_of(&morag, "Two").await);
        morag.send(&format!("/views/{one}/deletion"), &[]).await;
        morag.send(&format!("/views/{two}"), &[("name", "One")]).await;
        let mut tx = t.journal.begin().await.expect("it begins");
        let before = dump(&mut tx, &TABLES).await.expect("sql");
        assert_eq!(before.iter().filter(|line| line.starts_with("saved_view:")).count(), 2);
        journal::clear(&mut tx, &TABLES).await.expect("sql");
        let mut memory = Memory::default();
        for entry in journal::entries(&mut tx, 0, i64::MAX).await.expect("sql") {
            refold(&mut tx, &mut memory, &entry).await.expect("it is folded");
        }
        assert_eq!(before, dump(&mut tx, &TABLES).await.expect("sql"), "on {:?}", t.engine);
    }
}

#[tokio::test]
async fn every_statement_about_views_prepares_on_both_engines() {
    journal::testing::prepare_all(&STATEMENTS).await;
}

#[tokio::test]
async fn the_figures_above_the_list_are_those_of_the_body_it_is_about_and_add_up() {
    let t = engines().await.remove(0);
    let desk = Desk::filled(&t.journal).await;
    let manager = desk.person("audit_manager").await;
    let fields = [
        ("title", "Cross-system Review 2025"),
        ("code", "CSR25"),
        ("kind", "thematic"),
        ("published_on", "31 August 2025"),
        ("inspectorate", "HMICS"),
        ("addressees", "Scottish Government"),
    ];
    let (_, headers, text) = manager.send("/inspections/new", &fields).await;
    let address = headers.get(header::LOCATION).expect("it leads on").to_str().expect("text");
    let id = address.split(['/', '?']).nth(2).unwrap_or_else(|| panic!("{text}"));
    let fields = [("inspection", id), ("reference", "1"), ("text", "Share it."), ("target", "May 2026")];
    let sent = manager.send("/recommendations/new", &fields).await;
    assert_eq!(sent.0, StatusCode::SEE_OTHER, "{}", sent.2);
    for (body, made) in [("", 8), ("Caledonia Police", 7), ("Scottish Government", 1)] {
        let address = format!("/recommendations?addressee={}", body.replace(' ', "+"));
        let page = manager.json(&address).await;
        let count = |name: &str| page["counts"][name].as_u64().expect("a figure");
        assert_eq!(count("made"), made, "{body}");
        assert_eq!(
            ["open", "with_inspectorate", "discharged", "superseded"].map(count).iter().sum::<u64>(),
            made,
            "{body}"
        );
        assert_eq!(page["found"].as_u64(), Some(made), "{body}");
        let (_, _, html) = manager.get(&address).await;
        let figure = format!("addressee={}&#38;status=open&#38;status=evidence", body.replace(' ', "+"));
        assert!(body.is_empty() || html.contains(&figure), "{html}");
        assert!(html.contains(
            "8 recommendations from 3 inspections: 7 to Caledonia Police, 1 to Scottish Government"
        ));
    }
}
