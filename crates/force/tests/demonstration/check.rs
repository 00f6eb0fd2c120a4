//! The check of the register over the demonstration: each of the 23 faults of DOMAIN 9 is told in a sentence, on the
//! evening of the paper that has it and still today, or it is said why data cannot show it.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use journal::{AsAt, Journal};
use plan::linter::{CHECKS, Finding, Severity, load_findings};

use crate::faults::{
    PAPER, PLAN, SINCE_PAPER, TODAY,
    Told::{Not, On},
    faults,
};

async fn findings(journal: &Journal, day: &str, now: Timestamp) -> Vec<Finding> {
    let as_at = if day == TODAY { AsAt::Now } else { AsAt::Day(day.parse().unwrap()) };
    load_findings(&mut journal.read().await.unwrap(), as_at, now).await.unwrap().findings
}

pub async fn the_check_of_the_register(journal: &Journal, now: Timestamp) {
    let mut found: BTreeMap<&str, Vec<Finding>> = BTreeMap::new();
    for day in [PLAN, PAPER, TODAY] {
        found.insert(day, findings(journal, day, now).await);
    }
    each_of_the_twenty_three_is_told(&found);
    what_is_proposed_in_one_paper_and_silently_open_in_the_next_is_told(&found);
    no_word_is_told_twice(&found);
    what_only_a_paper_says_is_mended_there(&found[TODAY]);
}

fn each_of_the_twenty_three_is_told(found: &BTreeMap<&str, Vec<Finding>>) {
    let faults = faults();
    let told: BTreeSet<u8> =
        faults.iter().filter(|(_, told)| matches!(told, On(..))).map(|(fault, _)| *fault).collect();
    assert_eq!(told, (1..=23).collect(), "each of them is told by data, whatever of it is not");
    let mut missing = Vec::new();
    for (fault, told) in &faults {
        let (days, check, words) = match told {
            On(days, check, words) => (days, check, words),
            Not(why) => {
                assert!(why.contains(": "), "fault {fault}: what cannot be shown, and why: {why}");
                continue;
            }
        };
        assert!(CHECKS.iter().any(|one| one.key == *check), "there is no check {check}");
        for day in *days {
            let of_check: Vec<&str> = found[day]
                .iter()
                .filter(|one| one.check == *check)
                .map(|one| one.sentence.as_str())
                .collect();
            if !of_check.iter().any(|sentence| words.iter().all(|part| sentence.contains(part))) {
                missing.push(format!("fault {fault} on {day}: {words:?} is not in {of_check:#?}"));
            }
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

/// DOMAIN 0, finding 5.
fn what_is_proposed_in_one_paper_and_silently_open_in_the_next_is_told(found: &BTreeMap<&str, Vec<Finding>>) {
    for day in SINCE_PAPER {
        let told: Vec<(&str, Severity)> = found[day]
            .iter()
            .filter(|one| one.check == "closure_forgotten" && one.sentence.contains("does not say why"))
            .map(|one| (one.label.as_str(), one.severity))
            .collect();
        // The register has the return of the one, in November 2024, and none of the other.
        assert_eq!(told, [("DA23-R9", Severity::Fault), ("DA23-R12", Severity::Warning)], "{day}");
    }
}

fn no_word_is_told_twice(found: &BTreeMap<&str, Vec<Finding>>) {
    for (day, found) in found {
        let sentences: Vec<&str> = found.iter().map(|one| one.sentence.as_str()).collect();
        for wrong in ["says daily", "of of ", "““", "“COS” stands", "“UNIFI” stands", "“PCC” stands"]
        {
            let told: Vec<&&str> = sentences.iter().filter(|sentence| sentence.contains(wrong)).collect();
            assert!(told.is_empty(), "{wrong:?} on {day}: {told:#?}");
        }
        let once: BTreeSet<&&str> = sentences.iter().collect();
        assert_eq!(once.len(), sentences.len(), "{day}");
    }
}

fn what_only_a_paper_says_is_mended_there(found: &[Finding]) {
    let of_papers = ["target_told_otherwise", "closure_forgotten", "base_of_count", "fell_without_closure"];
    let of_papers = |one: &&Finding| {
        of_papers.contains(&one.check)
            || one.sentence.starts_with("When “")
            || one.sentence.contains(" blank on ")
    };
    let elsewhere: Vec<&Finding> =
        found.iter().filter(of_papers).filter(|one| !one.mend.starts_with("/sources/")).collect();
    assert_eq!(elsewhere, Vec::<&Finding>::new());
    // What is over is told, and stands in nobody's way.
    let when = found.iter().filter(|one| one.sentence.starts_with("When “"));
    assert!(when.clone().count() > 0 && when.clone().all(|one| one.severity == Severity::Note));
}
