//! Every changing route refuses each role that may not: the table of roles × changes, asked over HTTP.

use std::{collections::BTreeSet, fmt::Write};

use serde_json::json;

use crate::{
    house::{House, Server},
    http::Client,
    plans::{TITLE, csv, plan, table},
};

const ROLES: [&str; 12] = [
    "service_advisor",
    "area_control_room",
    "resolution_team",
    "supervisor",
    "diary_manager",
    "analyst",
    "audit_manager",
    "action_owner",
    "committee_member",
    "inspectorate_reviewer",
    "partner_agency",
    "administrator",
];

/// Who may make each change. Every other role must be refused.
const CHANGES: [(&[&str], &[&str]); 5] = [
    (
        &[
            "text",
            "alias",
            "owner",
            "risk",
            "impact",
            "action",
            "action-words",
            "dependency",
            "dependency-ended",
            "target",
            "first-target",
            "action-target",
            "target-kind",
            "addressees",
            "themes",
            "horizon",
            "milestones",
            "strategic-owner",
        ],
        &["audit_manager"],
    ),
    (
        &["update", "update-as-above", "action-done", "action-reopened", "action-stage"],
        &["audit_manager", "action_owner"],
    ),
    (&["comment"], &["audit_manager", "action_owner", "committee_member", "inspectorate_reviewer"]),
    (&["evidence", "closure", "supersession"], &["audit_manager"]),
    (&["return", "discharge"], &["inspectorate_reviewer"]),
];

/// Other routes that change something.
const OTHERS: [(&str, &[&str]); 26] = [
    ("/recommendations/new", &["audit_manager"]),
    ("/inspections/new", &["audit_manager"]),
    ("/inspections/{inspection}", &["audit_manager"]),
    ("/imports", &["audit_manager"]),
    ("/imports/confirmation", &["audit_manager"]),
    ("/areas/new", &["audit_manager"]),
    ("/programmes/new", &["audit_manager"]),
    ("/inspections-under-way/new", &["audit_manager"]),
    ("/sources/new", &["audit_manager"]),
    ("/sources/{inspection}/correction", &["audit_manager"]),
    ("/sources/{inspection}/statements/new", &["audit_manager"]),
    ("/check/{inspection}/risk_missing/00/acceptance", &["audit_manager"]),
    ("/check/acceptances", &["audit_manager"]),
    ("/check/acceptances/confirmation", &["audit_manager"]),
    ("/posts", &["audit_manager"]),
    ("/posts/{inspection}/holder", &["audit_manager"]),
    ("/groups/new", &["audit_manager"]),
    ("/meetings/new", &["audit_manager"]),
    ("/rounds/new", &["audit_manager"]),
    ("/rounds/preview", &["audit_manager"]),
    ("/rounds/preview/confirmation", &["audit_manager"]),
    ("/rounds/{inspection}/reminders", &["audit_manager"]),
    ("/papers/new", &["audit_manager"]),
    ("/papers/{paper}/edit", &["audit_manager"]),
    ("/papers/{paper}/freeze", &["audit_manager"]),
    ("/accounts", &["administrator"]),
];

const ACCOUNT: [&str; 3] = ["role", "password", "closure"];

/// Every changing address, and who may use it.
fn routes(manager: &mut Client) -> Vec<(String, &'static [&'static str])> {
    let list = manager.get("/recommendations").json();
    let id = list["groups"][0]["rows"][0]["id"].as_str().expect("an identity").to_owned();
    let inspection = "0186c072-e280-7626-a8af-208c8c91e765"; // nobody but who may learns that there is none
    let paper = manager.make(
        "/papers/new",
        &json!({
            "meeting": "Committee", "date": "2026-12-09", "location": "Here", "title": "Progress",
            "presented_by": "A. Person", "ask": "discuss", "period_from": "2026-09-01", "period_to": "2026-11-30",
        }),
    );
    let mut routes: Vec<(String, &[&str])> = Vec::new();
    for (words, who) in &CHANGES {
        routes.extend(words.iter().map(|word| (format!("/recommendations/{id}/{word}"), *who)));
    }
    for (path, who) in OTHERS {
        routes.push((path.replace("{inspection}", inspection).replace("{paper}", &paper), who));
    }
    let account = |word: &&str| (format!("/accounts/{inspection}/{word}"), &["administrator"][..]);
    routes.extend(ACCOUNT.iter().map(account));
    routes
}

fn post(client: &mut Client, path: &str) -> u16 {
    if path == "/imports" {
        let body = b"--x\r\ncontent-disposition: form-data; name=\"pasted\"\r\n\r\nno plan\r\n--x--\r\n";
        let kind = ("content-type", "multipart/form-data; boundary=x");
        return client.send("POST", path, &[kind], body).expect("an answer").status;
    }
    client.post(path, &json!({})).status
}

/// A served register with an account for each role, and each role's caller.
fn served() -> (House, Server, Vec<(&'static str, Client)>) {
    let house = House::with(&ROLES);
    house.imported(&house.file("plan.csv", &csv(&table(&plan(), "\n"))), TITLE);
    let server = house.serve();
    let clients = ROLES.iter().map(|role| (*role, server.client(&house.token(role)))).collect();
    (house, server, clients)
}

#[test]
fn the_table_has_every_change() {
    let tables = [
        &plan::recommendation::pages::CHANGES[..],
        &plan::target::pages::CHANGES,
        &plan::action::pages::CHANGES,
        &plan::update::pages::CHANGES,
        &plan::dependency::pages::CHANGES,
        &plan::classification::pages::CHANGES,
        &plan::comment::pages::CHANGES,
    ];
    let offered: BTreeSet<&str> = tables.into_iter().flatten().map(|change| change.word).collect();
    let asked: BTreeSet<&str> = CHANGES.iter().flat_map(|(words, _)| words.iter().copied()).collect();
    assert_eq!(asked, offered);
}

#[test]
fn every_change_refuses_each_role_that_may_not() {
    let (house, server, mut clients) = served();
    let routes = routes(&mut clients[6].1);
    // A paper may be frozen without a word: ask that of nobody who may.
    let (head, mut asked, mut wrong) = (house.head(), 0, String::new());
    for (role, client) in &mut clients {
        for (path, who) in &routes {
            if who.contains(role) && path.ends_with("/freeze") {
                continue;
            }
            let status = post(client, path);
            let expected = if who.contains(role) { status != 403 && status < 500 } else { status == 403 };
            if !expected {
                writeln!(wrong, "{role} {path}: {status}").expect("a string");
            }
            asked += 1;
        }
    }
    for (path, _) in &routes {
        let status = post(&mut server.client(""), path);
        if status != 401 {
            writeln!(wrong, "nobody {path}: {status}").expect("a string");
        }
    }
    println!("{asked} decisions, {} routes", routes.len());
    assert!(wrong.is_empty(), "{wrong}");
    // Nothing that was refused, and nothing that was empty, has been written.
    assert_eq!(house.head(), head);
}

#[test]
fn a_partner_agency_sees_nothing_of_the_plan_and_the_others_see_all_of_it() {
    let (_house, _server, mut clients) = served();
    let list = clients[6].1.get("/recommendations").json();
    let id = list["groups"][0]["rows"][0]["id"].as_str().expect("an identity");
    let one = format!("/recommendations/{id}");
    for (role, client) in &mut clients {
        let expected = if *role == "partner_agency" { 403 } else { 200 };
        for path in ["/recommendations", &one, "/recommendations/export/csv", "/papers"] {
            assert_eq!(client.get(path).status, expected, "{role} {path}");
        }
        let expected = if *role == "administrator" { 200 } else { 403 };
        assert_eq!(client.get("/accounts").status, expected, "{role}");
        let expected = if *role == "audit_manager" { 200 } else { 403 };
        for path in [format!("{one}/target"), "/recommendations/new".to_owned(), "/imports".to_owned()] {
            assert_eq!(client.get(&path).status, expected, "{role} {path}");
        }
    }
}
