//! The twenty-three, by number, and the test that goes through them.

use std::collections::BTreeSet;

use plan::linter::CHECKS;

use crate::{
    desk::{Desk, said},
    in_figures, in_papers, in_words,
};

/// A fault: its number, its check, the sentences that tell it, and a register with it and without it.
pub struct Case {
    pub fault: u8,
    pub check: &'static str,
    pub told: &'static [&'static str],
    pub with: fn(&mut Desk),
    pub without: fn(&mut Desk),
}

const SUMMARY: (&str, &str, &str) = ("Progress Summary", "S004", "2025-09-16");

pub fn summary(desk: &mut Desk) {
    desk.paper(SUMMARY.0, SUMMARY.1, SUMMARY.2);
}

pub fn updated(desk: &mut Desk, reference: &str, update: &str) {
    desk.add(reference, |item| item.updates = vec![said(update, "2025-09-04")]);
}

fn cases() -> Vec<Case> {
    [in_figures::cases(), in_words::cases(), in_papers::cases()].into_iter().flatten().collect()
}

#[test]
fn each_of_the_twenty_three_is_told_and_nothing_is_told_without_it() {
    let cases = cases();
    let numbers: Vec<u8> = cases.iter().map(|case| case.fault).collect();
    assert_eq!(numbers, (1..=23).collect::<Vec<u8>>());
    let mut wrong = Vec::new();
    for case in cases {
        let check = CHECKS.iter().find(|check| check.key == case.check).expect("it is in the table");
        assert!(
            check.faults.contains(&case.fault),
            "{} is not the check of fault {}",
            case.check,
            case.fault
        );
        let mut broken = Desk::new();
        (case.with)(&mut broken);
        let told: BTreeSet<String> = broken.sentences(case.check).into_iter().collect();
        let expected: BTreeSet<String> = case.told.iter().map(|sentence| (*sentence).to_owned()).collect();
        if told != expected {
            wrong.push(format!("fault {}:\n  told     {told:#?}\n  expected {expected:#?}", case.fault));
        }
        let mut mended = Desk::new();
        (case.without)(&mut mended);
        let told = mended.sentences(case.check);
        if !told.is_empty() {
            wrong.push(format!("fault {} is told where it is not: {told:#?}", case.fault));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_fault_has_a_check_and_every_check_a_key_of_its_own() {
    let keys: BTreeSet<&str> = CHECKS.iter().map(|check| check.key).collect();
    assert_eq!(keys.len(), CHECKS.len());
    let faults: BTreeSet<u8> = CHECKS.iter().flat_map(|check| check.faults.iter().copied()).collect();
    assert_eq!(faults, (1..=23).collect());
    assert!(CHECKS.iter().all(|check| check.why.ends_with('.') && !check.source.is_empty()));
}
