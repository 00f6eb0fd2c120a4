//! Areas for development: a whole plan of them, their rows on both engines as at any entry, and their pages.

#![expect(
    clippy::unwrap_used,
    reason = "some of these are the hands of tests; clippy knows only the tests themselves"
)]

#[path = "../common/mod.rs"]
mod common;
mod pages;

use common::{inspection, now, who};
use journal::{Id, Journal, act, head, testing::engines};
use plan::{
    action::{rows::ActionsOf, rules as action},
    area::{
        rows::{Areas, all, known, one, statements},
        rules::{Command, Printed},
    },
    recommendation::{
        rows::Recommendations,
        rules::{Command as Recommend, Known as Others, Printed as PrintedRecommendation},
    },
};

/// The nine of a published plan (DOMAIN 9, faults 5 and 6), in our words: heading, text.
const NINE: [(&str, &str); 9] = [
    ("Service delivery", "Tell local officers and partners how the model works."),
    ("Service delivery", "Keep appointments in public protection early, and keep them."),
    ("Assessment", "Train first line managers in the assessment."),
    ("Assessment", "Send a whole assessment with an incident that is transferred."),
    ("Demand", "Count what the resolution teams resolve alone."),
    ("Partnership", "Measure how well partnership works."),
    ("Workforce", "Have more staff answer the survey."),
    ("Workforce", "Learn from what went wrong."),
    ("Workforce", "Train advisors in mental health."),
];

/// Which action meets which: the sixth has none, the ninth two.
const MAPPED: [(usize, &str); 9] = [
    (1, "1.4"),
    (2, "1.5"),
    (3, "2.5"),
    (4, "3.5"),
    (5, "4.3"),
    (7, "7.3"),
    (8, "7.4"),
    (9, "7.5"),
    (9, "5.5"),
];

async fn recommendation(journal: &Journal, inspection: &Id, reference: usize, actions: &[String]) -> Id {
    let id = Id::new(now());
    let mut tx = journal.begin().await.unwrap();
    let others = Others {
        today: "2026-11-21".parse().unwrap(),
        taken: std::collections::BTreeMap::new(),
        successor: None,
    };
    let printed = PrintedRecommendation {
        inspection: Some(inspection.clone()),
        reference: format!("R{reference}"),
        text: format!("Do the {reference}th thing."),
        ..PrintedRecommendation::default()
    };
    let make = Recommend::Make(printed);
    act::<Recommendations>(&mut tx, &who(), now(), &id, &others, make).await.unwrap().unwrap();
    let recommendation = plan::pages::recall(&mut tx, &id).await.unwrap();
    let known = action::Known::on("2026-11-21".parse().unwrap(), recommendation);
    for number in actions {
        let add = action::Command::Add {
            number: number.clone(),
            text: format!("Act on {number}"),
            owner: String::new(),
            target: None,
        };
        act::<ActionsOf>(&mut tx, &who(), now(), &id, &known, add).await.unwrap().unwrap();
    }
    tx.commit().await.unwrap();
    id
}

/// Eight recommendations with their actions, the first of them numbered 1.1 to 1.9.
async fn plan_of_eight(journal: &Journal) -> (Id, Vec<Id>) {
    let inspection = inspection(journal, "Contact Assessment Model", "2022-08-31").await;
    let mut recommendations = Vec::new();
    for reference in 1..=8 {
        let actions: Vec<String> = (1..=6).map(|n| format!("{reference}.{n}")).collect();
        recommendations.push(recommendation(journal, &inspection, reference, &actions).await);
    }
    (inspection, recommendations)
}

async fn does(journal: &Journal, inspection: &Id, id: &Id, command: Command) {
    let mut tx = journal.begin().await.unwrap();
    let mapped = match &command {
        Command::Map { recommendation, .. } => Some(recommendation.clone()),
        _ => None,
    };
    let today = "2026-11-21".parse().unwrap();
    let known = known(&mut tx, Some(inspection), id, mapped.as_ref(), today).await.unwrap();
    act::<Areas>(&mut tx, &who(), now(), id, &known, command).await.unwrap().unwrap();
    tx.commit().await.unwrap();
}

/// The nine, mapped as the plan has them, the ninth contested.
async fn nine(journal: &Journal) -> (Id, Vec<Id>, Vec<Id>) {
    let (inspection, recommendations) = plan_of_eight(journal).await;
    let mut areas = Vec::new();
    for (heading, text) in NINE {
        let id = Id::new(now());
        let printed = Printed { text: text.into(), heading: heading.into(), ..Printed::default() };
        does(journal, &inspection, &id, Command::Make { inspection: Some(inspection.clone()), printed })
            .await;
        areas.push(id);
    }
    for (area, action) in MAPPED {
        let reference: usize = action.split('.').next().unwrap().parse().unwrap();
        let recommendation = recommendations[reference - 1].clone();
        let map = Command::Map { recommendation, action: action.into(), note: String::new() };
        does(journal, &inspection, &areas[area - 1], map).await;
    }
    let contest = Command::Contest {
        recommendation: recommendations[4].clone(),
        action: "5.5".into(),
        by: "The change programme".into(),
        words: "Training is not ours.".into(),
    };
    does(journal, &inspection, &areas[8], contest).await;
    (inspection, recommendations, areas)
}

#[tokio::test]
async fn every_statement_prepares_on_both_engines() {
    journal::testing::prepare_all(&statements()).await;
}

#[tokio::test]
async fn the_areas_as_at_an_entry_are_what_they_were_then() {
    for t in engines().await {
        let (inspection, recommendations, areas) = nine(&t.journal).await;
        let mut read = t.journal.read().await.unwrap();
        let last = head(&mut read).await.unwrap();
        let now_all = all(&mut read, last).await.unwrap();
        let numbers: Vec<_> = now_all.iter().map(|(_, area)| area.number.as_str()).collect();
        assert_eq!(numbers, ["1", "2", "3", "4", "5", "6", "7", "8", "9"], "{:?}", t.engine);
        assert!(now_all[5].1.is_unmapped() && now_all[8].1.is_mapped_twice() && now_all[8].1.is_contested());
        let before = all(&mut read, last - 1).await.unwrap();
        assert!(!before[8].1.is_contested());
        let first = all(&mut read, last - 10).await.unwrap();
        assert!(first.len() == 9 && first.iter().all(|(_, area)| area.is_unmapped()));
        assert!(one(&mut read, &areas[0], last - 18).await.unwrap().is_some_and(|area| area.number == "1"));
        assert_eq!(one(&mut read, &areas[8], last - 11).await.unwrap(), None);
        drop(read);

        // The row is refused even where two racing people got past the rule.
        let again = Id::new(now());
        let mut tx = t.journal.begin().await.unwrap();
        let mut known =
            known(&mut tx, Some(&inspection), &again, None, "2026-11-21".parse().unwrap()).await.unwrap();
        assert_eq!((known.taken.len(), known.recommendations.len()), (9, recommendations.len()));
        known.taken.clear();
        let printed = Printed { number: "AFD 06".into(), text: "Twice.".into(), ..Printed::default() };
        let make = Command::Make { inspection: Some(inspection.clone()), printed };
        assert!(act::<Areas>(&mut tx, &who(), now(), &again, &known, make).await.is_err(), "{:?}", t.engine);
    }
}
