//! What is due before a meeting, in the calendar and its address; full days; and actions that move.

#![expect(clippy::unwrap_used, reason = "a helper of a test is not seen as one")]

#[expect(dead_code, reason = "these tests use some of the hands")]
mod hands;

use hands::{Person, actor, fill, now};
use journal::{act, testing::engines};
use plan::action::{
    rows::ActionsOf,
    rules::{Command, Known},
};

/// The events of a calendar, each as its lines, unfolded.
fn events(text: &str) -> Vec<String> {
    text.replace("\r\n ", "").split("BEGIN:VEVENT\r\n").skip(1).map(str::to_owned).collect()
}

/// A property of an event.
fn of(event: &str, name: &str) -> String {
    let line = event.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
    line.unwrap_or_else(|| panic!("no {name} in {event}")).to_owned()
}

/// The address in the answer to making one.
fn address(body: &str) -> String {
    let (_, rest) = body.split_once("/calendar/feed/").expect("the new address is shown");
    format!("/calendar/feed/{}", rest.split('<').next().unwrap())
}

#[tokio::test]
async fn papers_and_updates_are_due_before_a_meeting_and_move_with_it() {
    for t in engines().await {
        fill(&t.journal).await;
        let manager = Person::open(&t.journal, "Catriona Munro", "audit_manager").await;
        let (_, meeting) = hands::call(&manager, "13 January 2027").await;
        let made = manager.post("/calendar/feeds", &[("name", "Mine"), ("scope", "mine")]).await;
        let feed = address(&made.body);
        let read = async || {
            let told = |one: &String| {
                ["DTSTART;VALUE=DATE", "SUMMARY", "SEQUENCE"].map(|name| of(one, name)).join(" ")
            };
            events(&manager.stranger(&feed, &[]).await.body).iter().map(told).collect::<Vec<_>>()
        };
        assert_eq!(
            read().await,
            [
                "20261230 Tactical Group: updates due 0",
                "20270108 Tactical Group: papers due 0",
                "20270113 Tactical Group 0"
            ]
        );
        let page = manager.get("/calendar?month=2027-01").await.body;
        assert!(page.contains("Papers due: Tactical Group"), "{page}");
        assert!(manager.get("/calendar?month=2026-12").await.body.contains("Updates due: Tactical Group"));
        // A round may ask for another day than the calendar gives, and a meeting may move.
        let id = meeting.rsplit('/').next().unwrap();
        let open = [("meeting", id), ("due_on", "22 December 2026")];
        hands::led_to(&manager.post("/rounds/new", &open).await);
        assert_eq!(read().await[0], "20261222 Tactical Group: updates due 1");
        let to = [("on", "20 January 2027"), ("reason", "No room")];
        hands::led_to(&manager.post(&format!("{meeting}/move"), &to).await);
        assert_eq!(
            read().await,
            [
                "20261222 Tactical Group: updates due 2",
                "20270115 Tactical Group: papers due 1",
                "20270120 Tactical Group 1"
            ]
        );
        hands::led_to(&manager.post(&format!("{meeting}/cancellation"), &[("reason", "Snow")]).await);
        assert!(read().await.is_empty());
    }
}

#[tokio::test]
async fn a_full_day_leads_to_the_list_and_an_action_that_moves_is_a_move() {
    let t = engines().await.remove(0);
    let ids = fill(&t.journal).await;
    let owner = Person::open(&t.journal, "Mòrag Bàn", "action_owner").await;
    let feed =
        address(&owner.post("/calendar/feeds", &[("name", "All"), ("scope", "everything")]).await.body);
    let read = async || {
        let all = events(&owner.stranger(&feed, &[]).await.body);
        let uid = format!("action-{}-3.1@calendar.answerable", ids[2]);
        let mine = all.into_iter().find(|one| of(one, "UID") == uid).expect("it is there");
        (of(&mine, "DTSTART;VALUE=DATE"), of(&mine, "SEQUENCE"))
    };
    assert_eq!(read().await, ("20261221".to_owned(), "0".to_owned()));
    let mut tx = t.journal.begin().await.unwrap();
    let recommendation = plan::pages::recall(&mut tx, &ids[2]).await.unwrap();
    let known = Known::on("2026-11-10".parse().unwrap(), recommendation);
    let to = Command::MoveTarget {
        number: "3.1".into(),
        to: "2027-02-26".into(),
        reason: "It waits.".into(),
        delay_reason: "wider_programmes".into(),
    };
    act::<ActionsOf>(&mut tx, &actor(), now(), &ids[2], &known, to).await.unwrap().unwrap();
    let known = Known { published_on: None, ..known };
    for number in 1..=9 {
        let add = Command::Add {
            number: format!("9.{number}"),
            text: "Train.".into(),
            owner: String::new(),
            target: Some("2027-02".parse().unwrap()),
        };
        act::<ActionsOf>(&mut tx, &actor(), now(), &ids[2], &known, add).await.unwrap().unwrap();
    }
    tx.commit().await.unwrap();
    assert_eq!(read().await, ("20270226".to_owned(), "1".to_owned()));
    let page = owner.get("/calendar?month=2027-02").await.body;
    let cell = page.split("id=\"day-2027-02-28\"").next().unwrap();
    assert!(cell.contains("<a href=\"#day-2027-02-28\">and 3 more<"), "{page}");
    assert!(cell.contains("action 9.6") && !cell.contains("action 9.7"), "the rest is in the list");
    assert!(page.contains("action 9.9") && page.matches("id=\"day-2027-02-28\"").count() == 1);
}
