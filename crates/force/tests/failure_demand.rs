//! What the measure finds, held against what was played (MEASURES 1, oracles iv and v): a force without failures has no
//! failure demand, and of one with them the measure finds those who got in touch because of them, and why.

#![expect(clippy::unwrap_used, reason = "a helper of a test is not seen as one")]

use std::collections::BTreeMap;

use force::{Behaviours, Truth, work};
use jiff::Timestamp;
use journal::{
    Journal, OPEN_END,
    testing::{Testing, engines},
};
use measure::{
    figure::rows::{Asked, Record, records},
    measures::failure_demand::FAILURE_DEMAND,
    worker::catch_up,
};

const NOW: &str = "2026-11-21T22:30:00Z";

/// Plays so many weeks and gives what was played and what was counted of each contact.
async fn played(t: &Testing, weeks: i64, behaviours: Behaviours) -> (Vec<Truth>, BTreeMap<String, Record>) {
    let now: Timestamp = NOW.parse().unwrap();
    let mut number = 0;
    let password = || {
        number += 1;
        format!("a password for test {number}")
    };
    let truths = work(&t.journal, now, weeks, behaviours, password).await.unwrap();
    catch_up(&t.journal).await.unwrap();
    (truths, counted(&t.journal).await)
}

async fn counted(journal: &Journal) -> BTreeMap<String, Record> {
    let asked = Asked {
        measure: FAILURE_DEMAND.to_owned(),
        from: "2026-01-01".parse().unwrap(),
        until: "2026-12-31".parse().unwrap(),
        division: String::new(),
        reason: String::new(),
        version: 0,
    };
    let all = records(&mut journal.read().await.unwrap(), &asked, OPEN_END, None, 100_000).await.unwrap();
    all.into_iter().map(|one| (one.subject.to_string(), one)).collect()
}

#[tokio::test]
async fn a_force_without_failures_has_no_failure_demand() {
    for t in engines().await {
        let (truths, counted) = played(&t, 1, Behaviours::published().without_failures()).await;
        assert!(counted.len() > 100 && truths.iter().all(|one| one.code.starts_with('V')), "{truths:?}");
        let failures: Vec<&Record> = counted.values().filter(|one| one.numerator > 0).collect();
        assert!(failures.is_empty(), "{failures:?}");
    }
}

#[tokio::test]
async fn who_got_in_touch_because_of_a_failure_is_found_with_its_reason() {
    for t in engines().await {
        let (truths, counted) = played(&t, 2, Behaviours::published().always()).await;
        let mut told: BTreeMap<(&str, String), usize> = BTreeMap::new();
        for truth in &truths {
            let found = counted.get(truth.contact.as_str()).map_or("not counted", |one| &one.reason);
            *told.entry((&truth.code, found.to_owned())).or_default() += 1;
        }
        let right: usize =
            told.iter().filter(|((truth, found), _)| truth == found).map(|(_, count)| count).sum();
        let codes: std::collections::BTreeSet<&str> = truths.iter().map(|one| one.code.as_str()).collect();
        assert_eq!(codes.len(), 12, "{codes:?}");
        // Found as failure demand or not, whatever the reason: nobody is missed, nobody is wrongly blamed.
        let is_failure = |one: &Truth| one.code.starts_with('F');
        let found = |one: &Truth| counted.get(one.contact.as_str()).is_some_and(|one| one.numerator > 0);
        let missed: Vec<&Truth> = truths.iter().filter(|one| is_failure(one) && !found(one)).collect();
        let blamed: Vec<&Truth> = truths.iter().filter(|one| !is_failure(one) && found(one)).collect();
        assert!(missed.is_empty() && blamed.is_empty(), "missed {missed:?}, blamed {blamed:?}");
        let others = counted.values().filter(|one| one.numerator > 0).count();
        let true_failures = truths.iter().filter(|one| is_failure(one)).count();
        assert_eq!(others, true_failures, "failures that nobody played");
        println!("{right} of {} by the same reason: {told:?}", truths.len());
        assert!(right * 100 >= truths.len() * 90, "{right} of {}: {told:?}", truths.len());
    }
}
