//! The committee's paper: what it costs, who sees it, and that a frozen one stays as it is.

use std::time::Duration;

use force::{Shape, sixty, workbook};
use serde_json::json;

use crate::{
    house::{House, Server},
    http::Client,
};

/// What HTML and PDF of a paper with 60 open recommendations may cost together. What is built for debugging runs
/// several times slower, and is held to three times as much.
const MOST: Duration = Duration::from_secs(if cfg!(debug_assertions) { 6 } else { 2 });

const ROLES: [&str; 2] = ["audit_manager", "committee_member"];

/// A register of 60 open recommendations.
fn house() -> House {
    let house = House::with(&ROLES);
    let plan = sixty(7);
    let file = house.file("long.xlsx", &workbook(&plan, Shape::Plain).expect("a workbook"));
    let told = house.imported(&file, &plan.title);
    assert_eq!((&told["new"], &told["unsure"]), (&json!(60), &json!([])));
    house
}

fn drafted(manager: &mut Client) -> String {
    manager.make(
        "/papers/new",
        &json!({
            "meeting": "Policing Performance Committee", "date": "9 December 2026", "location": "Video conference",
            "title": "Inspection improvement plans", "presented_by": "ACC A. Person", "ask": "discuss",
            "period_from": "1 September 2026", "period_to": "30 November 2026",
        }),
    )
}

/// Accepts every fault that the check of the register finds.
fn accept_faults(manager: &mut Client) {
    let found = manager.get("/check?severity=fault").json();
    let groups = found["groups"].as_array().expect("groups");
    for finding in groups.iter().flat_map(|group| group["findings"].as_array().expect("findings")) {
        let part = |name: &str| finding[name].as_str().expect("a word").to_owned();
        let path = format!("/check/{}/{}/{}/acceptance", part("subject"), part("check"), part("fingerprint"));
        let accepted = manager.post(&path, &json!({ "reason": "The committee knows." }));
        assert!(accepted.status < 300, "{path}: {}", accepted.status);
    }
}

/// The page and the PDF.
fn both(client: &mut Client, id: &str) -> (Vec<u8>, Vec<u8>) {
    let page = client.page(&format!("/papers/{id}"));
    let pdf = client.get(&format!("/papers/{id}/pdf"));
    assert_eq!((page.status, page.kind()), (200, "text/html"));
    assert_eq!((pdf.status, pdf.kind()), (200, "application/pdf"));
    assert!(pdf.body.starts_with(b"%PDF-"), "a PDF");
    // The paper itself: what stands around it tells how the register has moved on.
    let text = String::from_utf8_lossy(&page.body);
    let from = text.find("<article").expect("the paper");
    let to = text.find("</article>").expect("its end");
    (text.as_bytes()[from..to].to_vec(), pdf.body)
}

fn clients(house: &House, server: &Server) -> [Client; 2] {
    ROLES.map(|role| server.client(&house.token(role)))
}

#[test]
fn a_frozen_paper_of_sixty_is_quick_to_make_and_stays_as_it_is() {
    let house = house();
    let server = house.serve();
    let [mut manager, mut member] = clients(&house, &server);
    let id = drafted(&mut manager);
    let (address, before) = (format!("/papers/{id}"), server.busy());
    let draft = both(&mut manager, &id);
    let cost = server.busy().saturating_sub(before);
    println!(
        "HTML and PDF of 60 open recommendations: {cost:?} of CPU, {} and {} bytes",
        draft.0.len(),
        draft.1.len()
    );
    assert!(cost < MOST, "{cost:?} of CPU");
    let text = String::from_utf8(draft.0).expect("text");
    for number in [1, 30, 60] {
        assert!(
            text.contains(&format!("ILI24-R{number}")) || text.contains(&format!("R{number}")),
            "{number}"
        );
    }
    assert_eq!((member.get(&address).status, member.get(&format!("{address}/pdf")).status), (404, 404));
    assert_eq!(member.get("/papers").json()["papers"], json!([]));
    let refused = manager.post(&format!("{address}/freeze"), &json!({}));
    assert_eq!(refused.status, 422, "a fault that nobody has accepted stands in the way");
    accept_faults(&mut manager);
    manager.make(&format!("{address}/freeze"), &json!({}));
    let frozen = both(&mut manager, &id);
    assert_eq!(member.get(&address).status, 200);
    assert_eq!(member.get(&format!("{address}?as_at=5")).json(), member.get(&address).json());
    assert_eq!(member.get("/papers").json()["papers"].as_array().map(Vec::len), Some(1));
    let read_by_member = both(&mut member, &id);
    for (name, body) in [("edit", json!({ "title": "Another title" })), ("freeze", json!({}))] {
        assert_eq!(manager.post(&format!("{address}/{name}"), &body).status, 422, "{name}");
    }
    work_goes_on(&mut manager);
    assert!(both(&mut manager, &id) == frozen, "the frozen paper is as it was, byte by byte");
    assert!(both(&mut member, &id) == read_by_member, "for its readers too");
    let later = drafted(&mut manager);
    let page = both(&mut manager, &later).0;
    assert!(String::from_utf8_lossy(&page).contains("Everything has changed"), "a new draft tells the news");
    drop(server);
    house.check();
    let rebuilt = house.done(&["rebuild"]);
    assert!(rebuilt.text().contains("; 0 lines of rows were put right"), "{}", rebuilt.text());
    let server = house.serve();
    let [mut manager, _] = clients(&house, &server);
    let rebuilt = both(&mut manager, &id);
    assert_eq!(without_port(&rebuilt.0), without_port(&frozen.0), "rebuilt from the journal, it is the same");
}

/// The page without the port of the server that showed it: the figures' links begin with the site's address.
fn without_port(page: &[u8]) -> String {
    let page = String::from_utf8_lossy(page);
    page.split("127.0.0.1:").map(|part| part.trim_start_matches(|c: char| c.is_ascii_digit())).collect()
}

/// Changes that every figure of the paper would show.
fn work_goes_on(manager: &mut Client) {
    let list = manager.get("/recommendations").json();
    let rows = list["groups"][0]["rows"].as_array().expect("rows").clone();
    for row in rows.iter().take(5) {
        let address = format!("/recommendations/{}", row["id"].as_str().expect("an identity"));
        let target = json!({ "to": "December 2029", "reason": "Everything is late", "approved_by": "ACC", "delay_reason": "wider_programmes" });
        manager.make(&format!("{address}/target"), &target);
        manager.make(&format!("{address}/update"), &json!({ "text": "Everything has changed." }));
        let text = json!({ "text": "Do something else.", "reason": "Misprint" });
        manager.make(&format!("{address}/text"), &text);
    }
    let address = format!("/recommendations/{}", rows[0]["id"].as_str().expect("an identity"));
    manager.make(
        &format!("{address}/supersession"),
        &json!({ "by": rows[1]["id"], "reason": "Taken up there" }),
    );
}
