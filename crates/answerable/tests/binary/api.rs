//! The API with bearer tokens: one address and two representations, every refusal with its status, and the register
//! as at any entry the same over HTTP and at the command line.

use std::fmt::Write;

use serde_json::json;

use crate::{
    chance::{Chance, times},
    house::{House, Server},
    http::{Answer, Client},
    plans::{TITLE, csv, plan, table},
};

const NOBODY: &str = "0186c072-e280-7626-a8af-208c8c91e765";

/// A served register with the plan in it; the audit manager; the identities of the recommendations.
fn served() -> (House, Server, Client, Vec<String>) {
    let house = House::with(&["audit_manager", "committee_member"]);
    house.imported(&house.file("plan.csv", &csv(&table(&plan(), "\n"))), TITLE);
    let server = house.serve();
    let mut manager = server.client(&house.token("audit_manager"));
    let list = manager.get("/recommendations").json();
    let rows = list["groups"][0]["rows"].as_array().expect("rows");
    let ids = rows.iter().map(|row| row["id"].as_str().expect("an identity").to_owned()).collect();
    (house, server, manager, ids)
}

/// A problem as RFC 9457 has it; gives its field.
fn problem(answer: &Answer, status: u16, what: &str) -> String {
    assert_eq!(
        (answer.status, answer.kind()),
        (status, "application/problem+json"),
        "{what}: {}",
        answer.text()
    );
    let told = answer.json();
    assert_eq!(told["status"], json!(status), "{what}");
    for name in ["title", "detail"] {
        assert!(told[name].as_str().is_some_and(|words| !words.is_empty()), "{what}: {told}");
    }
    told["field"].as_str().unwrap_or_default().to_owned()
}

#[test]
fn one_address_is_data_for_a_program_and_a_page_for_a_person() {
    let (_house, _server, mut manager, ids) = served();
    let list = manager.get("/recommendations");
    assert_eq!((list.status, list.kind()), (200, "application/json"));
    assert_eq!((&list.json()["found"], &list.json()["counts"]["made"]), (&json!(8), &json!(8)));
    let page = manager.page("/recommendations");
    assert_eq!((page.status, page.kind()), (200, "text/html"));
    for (id, meant) in ids.iter().zip(plan().recommendations) {
        let label = format!("CAM22-R{}", meant.reference);
        assert!(page.text().contains(id) && page.text().contains(&label), "{label}");
        let address = format!("/recommendations/{id}");
        let (data, page) = (manager.get(&address), manager.page(&address));
        assert_eq!((data.kind(), page.kind()), ("application/json", "text/html"));
        assert_eq!((&data.json()["id"], &data.json()["label"]), (&json!(id), &json!(label)));
        // Words are escaped in a page: these begin before the first apostrophe.
        for words in [&meant.text, &meant.owner, &meant.actions[0]] {
            let words = words.split(['\'', '’', '&']).next().expect("words");
            assert!(data.text().contains(words) && page.text().contains(words), "{label}: {words}");
        }
    }
    assert!(manager.page("/recommendations/new").text().contains("<form"), "a form is a page");
}

#[test]
fn a_refused_change_names_its_field_and_changes_nothing() {
    let (house, _server, mut manager, ids) = served();
    let (id, head) = (&ids[0], house.head());
    let cases = [
        ("target", json!({ "to": "Spring", "reason": "x", "approved_by": "y" }), "to"),
        ("target", json!({ "to": "June 2026", "approved_by": "y" }), "reason"),
        (
            "target",
            json!({ "to": "June 2026", "reason": "x", "delay_reason": "wider_programmes" }),
            "approved_by",
        ),
        ("first-target", json!({ "target": "June 2026" }), "target"),
        ("update", json!({ "text": "x".repeat(40_000) }), "text"),
        ("update", json!({}), "text"),
        ("action", json!({ "number": "1.1", "text": "Again" }), "number"),
        ("action-done", json!({ "number": "9.9", "note": "x" }), "number"),
        ("owner", json!({ "owner_post": "", "reason": "x" }), "owner_post"),
        ("risk", json!({ "exposure": "Severe", "reason": "x" }), "exposure"),
        ("alias", json!({ "alias": "R02" }), "alias"),
        ("closure", json!({ "what_we_did": "x", "impact": "y" }), "status"),
        ("supersession", json!({ "by": id, "reason": "x" }), "by"),
        ("dependency", json!({ "on": id, "reason": "x" }), "on"),
        ("dependency", json!({ "on": "R2", "reason": "x" }), "on"),
    ];
    for (word, body, field) in cases {
        let answer = manager.post(&format!("/recommendations/{id}/{word}"), &body);
        assert_eq!(problem(&answer, 422, word), field, "{word} {}", answer.text());
    }
    for (path, field) in [("/recommendations/new", "inspection"), ("/inspections/new", "title")] {
        assert_eq!(problem(&manager.post(path, &json!({})), 422, path), field);
    }
    assert_eq!(house.head(), head);
}

#[test]
fn a_loop_of_dependencies_is_refused() {
    let (house, _server, mut manager, ids) = served();
    let mut wait = |from: usize, on: usize| {
        let body = json!({ "on": ids[on], "reason": "It comes first" });
        manager.post(&format!("/recommendations/{}/dependency", ids[from]), &body)
    };
    for (from, on) in [(0, 1), (1, 2), (2, 3), (0, 3)] {
        assert_eq!(wait(from, on).status, 200, "{from} waits for {on}");
    }
    for (from, on) in [(1, 0), (2, 0), (3, 0), (3, 1), (3, 2), (0, 1)] {
        assert_eq!(problem(&wait(from, on), 422, "a loop"), "on", "{from} waits for {on}");
    }
    let register = house.register();
    let waits = register["recommendations"][0]["waits_for"].as_array().expect("labels");
    assert!(waits.len() == 2 && waits.contains(&json!("CAM22-R2")) && waits.contains(&json!("CAM22-R4")));
}

#[test]
fn a_change_that_did_not_see_the_last_one_is_refused() {
    let (house, _server, mut manager, ids) = served();
    let address = format!("/recommendations/{}/owner", ids[2]);
    let seen = manager.get(&address).json()["last_seq"].clone();
    assert!(seen.is_i64(), "the form carries the last entry");
    let body = |post: &str| json!({ "owner_post": post, "owner_team": "", "reason": "x", "last_seq": seen });
    assert_eq!(manager.post(&address, &body("Chief Inspector, First")).status, 200);
    let head = house.head();
    problem(&manager.post(&address, &body("Chief Inspector, Second")), 409, "stale");
    assert_eq!(house.head(), head);
    assert_eq!(house.register()["recommendations"][2]["owner"], json!("Chief Inspector, First"));
    // What is only added overwrites nothing, however old the page is.
    let update = json!({ "text": "News", "last_seq": seen });
    assert_eq!(manager.post(&format!("/recommendations/{}/update", ids[2]), &update).status, 200);
}

#[test]
fn what_is_not_there_and_who_is_not_let_in() {
    let (house, server, mut manager, ids) = served();
    let member = house.token("committee_member"); // a token is an entry too
    let head = house.head();
    let news = json!({ "text": "News" });
    for path in [
        format!("/recommendations/{NOBODY}"),
        "/recommendations/7".to_owned(),
        format!("/recommendations/{NOBODY}/update"),
        format!("/recommendations/{}/applause", ids[0]),
        format!("/papers/{NOBODY}"),
        format!("/inspections/{NOBODY}"),
        "/nothing/here".to_owned(),
        "/recommendations/export/docx".to_owned(),
    ] {
        problem(&manager.get(&path), 404, &path);
    }
    for path in [format!("/recommendations/{NOBODY}/update"), format!("/recommendations/{}/applause", ids[0])]
    {
        problem(&manager.post(&path, &news), 404, &path);
    }
    let update = format!("/recommendations/{}/update", ids[0]);
    problem(&server.client(&member).post(&update, &news), 403, "not their role");
    for token in ["", "an_0000", "nonsense"] {
        let mut nobody = server.client(token);
        problem(&nobody.post(&update, &news), 401, "nobody's change");
        problem(&nobody.get("/recommendations"), 401, "nobody's look");
    }
    let page = server.client("").page("/recommendations");
    let to = page.headers.get("location").map(String::as_str);
    assert_eq!((page.status, to), (303, Some("/sign-in?next=/recommendations")));
    let json = ("content-type", "application/json");
    for foreign in
        [("origin", "https://elsewhere.example"), ("sec-fetch-site", "cross-site"), ("origin", "null")]
    {
        let answer = manager.send("POST", &update, &[json, foreign], news.to_string().as_bytes());
        problem(&answer.expect("an answer"), 403, "another site's");
    }
    let large = json!({ "text": "x".repeat(3 * 1024 * 1024) }).to_string();
    let answer = manager.send("POST", &update, &[json], large.as_bytes());
    problem(&answer.expect("an answer"), 413, "too large");
    let answer = manager.send("POST", &update, &[json], b"{ not json").expect("an answer");
    problem(&answer, 422, "damaged");
    assert_eq!(house.head(), head);
}

#[test]
fn the_register_as_at_an_entry_is_the_same_over_http_and_at_the_command_line() {
    let (house, _server, mut manager, ids) = served();
    let mut chance = Chance::printed("as at an entry");
    for number in 0..30 * times() {
        let id = &ids[usize::try_from(chance.below(8)).expect("eight")];
        let (word, body) = match chance.below(4) {
            0 => (
                "target",
                json!({ "to": format!("{}-{:02}-01", 2027 + number % 70, 1 + number / 70 % 12), "reason": "x", "approved_by": "y", "delay_reason": "wider_programmes" }),
            ),
            1 => ("action", json!({ "text": format!("Do {number}") })),
            2 => ("owner", json!({ "owner_post": format!("Post {number}"), "reason": "x" })),
            _ => ("update", json!({ "text": format!("News {number}") })),
        };
        let answer = manager.post(&format!("/recommendations/{id}/{word}"), &body);
        assert_eq!(answer.status, 200, "{word} {body}: {}", answer.text());
    }
    let head = u64::try_from(house.head()).expect("some entries");
    let mut moments: Vec<String> = (0..8 * times()).map(|_| chance.below(head).to_string()).collect();
    moments.extend([head.to_string(), "2022-08-30".to_owned(), String::new()]);
    for moment in moments {
        let mut arguments = vec!["export", "register"];
        if !moment.is_empty() {
            arguments.extend(["--as-at", &moment]);
        }
        let told = house.done(&arguments).json();
        let asked = manager.get(&format!("/recommendations/export/json?as_at={moment}"));
        assert_eq!(asked.json(), told, "as at {moment:?}");
        let page = manager.get(&format!("/recommendations?as_at={moment}")).json();
        assert_eq!(page["entry"], told["counted_at_entry"]);
        let count = told["recommendations"].as_array().map(Vec::len);
        assert_eq!(page["counts"]["made"], json!(count), "as at {moment:?}");
    }
    assert_eq!(problem(&manager.get("/recommendations?as_at=yesterday"), 422, "a moment"), "as_at");
    let mut told = String::new();
    for format in ["csv", "json", "xlsx"] {
        let answer = manager.get(&format!("/recommendations/export/{format}"));
        let name = answer.headers.get("content-disposition").cloned().unwrap_or_default();
        write!(told, "{} {name};", answer.status).expect("a string");
    }
    let names = |format: &str| format!("200 attachment; filename=\"register-at-entry-{head}.{format}\";");
    assert_eq!(told, ["csv", "json", "xlsx"].map(names).concat());
    assert_eq!(manager.get("/readyz").json(), json!({ "ready": true, "entry": head }));
}
