//! The agenda: which recommendations of a register are on it, and why. A table of cases.

#[expect(dead_code, reason = "these tests use some of the hands")]
mod common;

use common::{aim, date, happens, inspect, moment, recommend, say};
use journal::{AsAt, Id, Tx, testing::engines};
use plan::{
    dependency::rows::DependenciesOf,
    recommendation::rows::Recommendations,
    register::{rows::load, rules::Register},
};
use round::{
    group::{
        cadence::Cadence,
        rules::{Kind, Terms},
    },
    meeting::{
        agenda::{Reason, agenda},
        rules::Sitting,
    },
};
use serde_json::json;

async fn wait(tx: &mut Tx, id: &Id, on: &Id) {
    let fact = json!({ "added": { "on": on, "reason": "It comes first" } });
    happens::<DependenciesOf>(tx, moment(date("2026-09-01"), 9, 0), id, fact).await;
}

async fn step(tx: &mut Tx, id: &Id, fact: serde_json::Value) {
    happens::<Recommendations>(tx, moment(date("2026-10-01"), 9, 0), id, fact).await;
}

/// The register of 20 November 2026.
async fn register() -> Register {
    let t = engines().await.remove(0);
    let at = moment(date("2022-09-01"), 9, 0);
    let mut tx = t.journal.begin().await.expect("it begins");
    let inspection = inspect(&mut tx, at).await;
    let mut all = Vec::new();
    for (reference, target, updated) in [
        ("R1", Some("2026-11-25"), Some("2026-11-12")),
        ("R2", Some("2026-11-24"), Some("2026-11-11")),
        ("R3", Some("2026-12"), Some("2026-11-10")),
        ("R4", Some("2026-12-09"), Some("2026-11-12")),
        ("R5", None, Some("2026-11-12")),
        ("R6", Some("2027-03"), None),
        ("R7", Some("2026-11-30"), Some("2026-11-12")),
        ("R8", Some("2020-01"), None),
        ("R9", Some("2027-01"), Some("2026-11-12")),
    ] {
        let id = recommend(&mut tx, at, &inspection, reference, "Owner").await;
        if let Some(target) = target {
            aim(&mut tx, at, &id, target).await;
        }
        if let Some(updated) = updated {
            say(&mut tx, moment(date(updated), 9, 0), &id, "It goes on.").await;
        }
        all.push(id);
    }
    let on = "2026-10-01";
    step(
        &mut tx,
        &all[0],
        json!({ "proposed_for_closure": { "what_we_did": "It", "impact": "Better", "on": on } }),
    )
    .await;
    step(&mut tx, &all[6], json!({ "returned": { "reason": "More", "on": on } })).await;
    step(&mut tx, &all[7], json!({ "discharged": { "reason": "Enough", "on": on } })).await;
    wait(&mut tx, &all[4], &all[0]).await; // waits for one that is open
    wait(&mut tx, &all[8], &all[7]).await; // waits for one that is discharged
    wait(&mut tx, &all[7], &all[0]).await; // is discharged itself
    tx.commit().await.expect("it is committed");
    let mut read = t.journal.read().await.expect("it begins");
    load(&mut read, AsAt::Now, moment(date("2026-11-20"), 9, 0)).await.expect("it loads")
}

fn terms(plans: Vec<Id>) -> Terms {
    let (name, reference) = ("Tactical Group".to_owned(), String::new());
    Terms { name, kind: Kind::Tactical, reference, cadence: Cadence::None, plans }
}

/// The day of a meeting, of the one before and the one after; a reason, and what is there for it.
type Case<'a> = (&'a str, Option<&'a str>, &'a str, Reason, &'a [&'a str]);

#[tokio::test]
async fn an_agenda_is_what_the_register_says_on_the_day_of_the_meeting() {
    use Reason::{Due, Overdue, ProposedForClosure, Returned, Waiting, WithoutUpdate};
    let register = register().await;
    let cases: [Case<'_>; 15] = [
        ("2026-11-25", Some("2026-11-11"), "2026-12-09", ProposedForClosure, &["R1"]),
        ("2026-11-25", Some("2026-11-11"), "2026-12-09", Returned, &["R7"]),
        // Met on the day itself: due, not past.
        ("2026-11-25", Some("2026-11-11"), "2026-12-09", Overdue, &["R2"]),
        ("2026-11-25", Some("2026-11-11"), "2026-12-09", Due, &["R1", "R7"]),
        // What is due on the day of the next meeting is due there; a month is due on its last day.
        ("2026-11-25", Some("2026-11-11"), "2027-01-13", Due, &["R1", "R7", "R4", "R3"]),
        ("2026-11-25", Some("2026-11-11"), "2026-12-10", Due, &["R1", "R7", "R4"]),
        ("2026-12-09", Some("2026-11-25"), "2027-01-13", Due, &["R4", "R3"]),
        ("2026-12-09", Some("2026-11-25"), "2027-01-13", Overdue, &["R2", "R1", "R7"]),
        ("2026-11-25", Some("2026-11-11"), "2026-12-09", Waiting, &["R5"]),
        // On the day of the meeting before is since it.
        ("2026-11-25", Some("2026-11-11"), "2026-12-09", WithoutUpdate, &["R3", "R6"]),
        ("2026-11-25", Some("2026-11-12"), "2026-12-09", WithoutUpdate, &["R2", "R3", "R6"]),
        ("2026-11-25", Some("2026-11-10"), "2026-12-09", WithoutUpdate, &["R6"]),
        // A first meeting asks for what is stale on its day.
        ("2026-11-25", None, "2026-12-09", WithoutUpdate, &["R6"]),
        ("2026-12-11", None, "2027-01-09", WithoutUpdate, &["R3", "R6"]),
        ("2020-01-01", None, "2020-02-01", Overdue, &[]),
    ];
    for (on, previous, next, reason, expected) in cases {
        let sitting = Sitting { on: date(on), previous: previous.map(date), next: date(next) };
        let parts = agenda(&register, &terms(Vec::new()), sitting);
        assert_eq!(parts.iter().map(|(reason, _)| *reason).collect::<Vec<_>>(), Reason::ALL);
        let (_, items) = parts.iter().find(|(one, _)| *one == reason).expect("each part is there");
        let found: Vec<&str> = items.iter().map(|item| item.recommendation.reference.as_str()).collect();
        assert_eq!(found, expected, "{reason:?} on {on}, after {previous:?}, before {next}");
    }
}

#[tokio::test]
async fn an_agenda_has_only_what_the_group_looks_after() {
    let register = register().await;
    let sitting =
        Sitting { on: date("2026-11-25"), previous: Some(date("2026-11-11")), next: date("2026-12-09") };
    let count = |plans: Vec<Id>| -> usize {
        agenda(&register, &terms(plans), sitting).iter().map(|(_, items)| items.len()).sum()
    };
    let own = register.inspections.first().expect("there is one").0.clone();
    let other = Id::new(moment(date("2023-01-01"), 9, 0));
    let all = count(Vec::new());
    assert!(all > 5, "{all}");
    assert_eq!((count(vec![own.clone()]), count(vec![other.clone(), own])), (all, all));
    assert_eq!(count(vec![other]), 0);
}
