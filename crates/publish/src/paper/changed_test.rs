//! What changed between two papers, case by case.

use jiff::Timestamp;
use journal::{Id, Position};
use plan::{
    classification::rules::Classification,
    inspection::rules::{Inspection, Kind},
    recommendation::rows::Taken,
    target::rows::Given,
};

use super::*;

/// The last paper was counted here; this one at entry 20.
const SINCE: i64 = 10;

fn id(number: i64) -> Id {
    Id::read(&format!("00000000-0000-7000-8000-{number:012}")).unwrap()
}

fn on(text: &str) -> Date {
    text.parse().unwrap()
}

fn given(seq: i64, target: &str, key: &str, reason: &str) -> Given {
    Given {
        seq,
        at: Timestamp::UNIX_EPOCH,
        who: "somebody".into(),
        target: target.parse().unwrap(),
        reason: reason.into(),
        approved_by: String::new(),
        delay_reason: key.into(),
    }
}

fn taken(seq: i64, status: Status, day: &str) -> Taken {
    Taken { status, on: on(day), seq }
}

fn item(number: i64) -> Item {
    Item {
        id: id(number),
        recommendation: Recommendation {
            inspection: id(900),
            reference: format!("R{number}"),
            aliases: Vec::new(),
            text: "Do something.".into(),
            exposure: Some(Exposure::Medium),
            risk_statement: "It may go wrong.".into(),
            impact: String::new(),
            owner_post: "Head of Diaries".into(),
            owner_team: String::new(),
            status: Status::Open,
            status_on: None,
            what_we_did: String::new(),
            impact_achieved: String::new(),
            superseded_by: None,
        },
        code: "CAM22".into(),
        published_on: on("2022-08-31"),
        targets: vec![given(1, "2026-05", "", "")],
        actions: Vec::new(),
        updates: Vec::new(),
        steps: Vec::new(),
        classification: Classification::default(),
        waits_for: Vec::new(),
        addressees: Vec::new(),
        is_blocked: false,
    }
}

/// An item whose last step is `step`.
fn stepped(mut item: Item, step: Taken) -> Item {
    item.recommendation.status = step.status;
    item.recommendation.status_on = Some(step.on);
    item.steps.push(step);
    item
}

fn register(seq: i64, items: Vec<Item>) -> Register {
    let inspection = Inspection {
        title: "Contact Assessment Model 2022".into(),
        code: "CAM22".into(),
        kind: Kind::Assurance,
        published_on: on("2022-08-31"),
        inspectorate: "HMICS".into(),
        addressees: vec!["Caledonia Police".into()],
    };
    let position = Position { seq, today: on("2026-11-21"), is_past: true };
    Register {
        position,
        inspections: vec![(id(900), inspection)],
        items: items.into_iter().collect(),
        areas: Vec::new(),
        programmes: Vec::new(),
        underway: Vec::new(),
    }
}

/// What is told of the first recommendation that changed, when all of both registers is counted.
fn told(before: Vec<Item>, now: Vec<Item>) -> Vec<String> {
    let (before, now) = (register(SINCE, before), register(20, now));
    let (was, is): (Vec<_>, Vec<_>) = (before.items.iter().collect(), now.items.iter().collect());
    let changed = changes(&Side { register: &before, counted: &was }, &Side { register: &now, counted: &is });
    changed.into_iter().flat_map(|(_, changes)| changes).map(|change| change.words()).collect()
}

/// One recommendation, before and now.
fn one(was: Item, is: Item) -> Vec<String> {
    told(vec![was], vec![is])
}

#[test]
fn what_stays_as_it_was_is_not_told() {
    assert!(one(item(1), item(1)).is_empty());
    let assembled = stepped(item(1), taken(5, Status::EvidenceAssembled, "2026-03-01"));
    assert!(one(assembled.clone(), assembled).is_empty());
}

#[test]
fn a_new_recommendation_is_new_and_its_first_target_is_no_news() {
    let mut new = item(2);
    new.targets = vec![given(15, "2027-05", "", "")];
    assert_eq!(told(vec![item(1)], vec![item(1), new.clone()]), ["New in the register."]);
    let discharged = stepped(new, taken(17, Status::Discharged, "2026-11-01"));
    let words = told(vec![item(1)], vec![item(1), discharged]);
    assert_eq!(words, ["New in the register.", "Discharged by the inspectorate on 1 November 2026."]);
}

#[test]
fn every_decision_since_is_told_in_its_order() {
    let was = stepped(item(1), taken(9, Status::ProposedForClosure, "2026-05-01"));
    let is = [
        taken(11, Status::Returned, "2026-06-01"),
        taken(12, Status::EvidenceAssembled, "2026-07-01"),
        taken(13, Status::ProposedForClosure, "2026-08-01"),
    ]
    .into_iter()
    .fold(was.clone(), stepped);
    let expected = ["Returned by the inspectorate on 1 June 2026.", "Proposed for closure on 1 August 2026."];
    assert_eq!(one(was.clone(), is.clone()), expected);
    let discharged = stepped(is.clone(), taken(14, Status::Discharged, "2026-09-01"));
    assert_eq!(
        one(is.clone(), discharged.clone()).last().unwrap(),
        "Discharged by the inspectorate on 1 September 2026."
    );
    assert_eq!(one(was, discharged).len(), 3);
}

#[test]
fn what_was_superseded_names_what_took_it_up() {
    let mut is = stepped(item(1), taken(11, Status::Superseded, "2026-06-01"));
    is.recommendation.superseded_by = Some(id(2));
    let words = told(vec![item(1), item(2)], vec![is.clone(), item(2)]);
    assert_eq!(words, ["Superseded by CAM22-R2 on 1 June 2026."]);
    assert_eq!(one(item(1), is), ["Superseded on 1 June 2026."]);
}

#[test]
fn a_status_that_goes_back_without_a_decision_is_told() {
    use Status::*;
    let cases = [
        (EvidenceAssembled, Open, true),
        (ProposedForClosure, Open, true),
        (ProposedForClosure, EvidenceAssembled, true),
        (Discharged, Open, true),
        (Superseded, Returned, true),
        (Returned, Open, false),
        (Open, EvidenceAssembled, false),
        (EvidenceAssembled, ProposedForClosure, false),
    ];
    for (from, to, goes_back) in cases {
        let (mut was, mut is) = (item(1), item(1));
        (was.recommendation.status, is.recommendation.status) = (from, to);
        let expected = format!(
            "Gone back from “{}” to “{}” without a decision of the inspectorate.",
            from.words(),
            to.words()
        );
        assert_eq!(one(was, is), if goes_back { vec![expected] } else { vec![] }, "{from:?} {to:?}");
    }
    let was = stepped(item(1), taken(9, ProposedForClosure, "2026-05-01"));
    let is = stepped(was.clone(), taken(11, Returned, "2026-06-01"));
    assert_eq!(one(was, is), ["Returned by the inspectorate on 1 June 2026."]);
}

#[test]
fn a_move_of_the_target_says_which_it_is_how_far_and_why() {
    let with = |more: &[Given]| {
        let mut item = item(1);
        item.targets.extend(more.iter().cloned());
        item
    };
    let first = given(5, "2026-11", "", "");
    let cases = [
        (
            given(11, "2027-03", "technical_development", "The release is late."),
            "November 2026 to March 2027, the 2nd move, 4 months later (Technical development: The release is late).",
        ),
        (
            given(11, "2026-10", "partnership_dependency", ""),
            "November 2026 to October 2026, the 2nd move, 1 month earlier (Depends on a partner).",
        ),
        (
            given(11, "2026-11-30", "", "A day was agreed"),
            "November 2026 to 30 November 2026, the 2nd move, within the same month (A day was agreed).",
        ),
        (
            given(11, "2027-11", "", ""),
            "November 2026 to November 2027, the 2nd move, 12 months later (no reason is said).",
        ),
    ];
    for (moved, told) in cases {
        let words = one(with(std::slice::from_ref(&first)), with(&[first.clone(), moved]));
        assert_eq!(words, [format!("Target moved from {told}")]);
    }
    let two = [given(11, "2026-07", "", "a"), given(12, "2026-09", "", "b")];
    let words = one(item(1), with(&two));
    assert!(words[0].contains("the 1st move, 2 months later (a)"), "{words:?}");
    assert!(words[1].contains("from July 2026 to September 2026, the 2nd move"), "{words:?}");
    let mut none = item(1);
    none.targets.clear();
    let mut set = item(1);
    set.targets = vec![given(11, "2027-01", "", "")];
    assert_eq!(one(none, set), ["Target set for the first time: January 2027."]);
}

#[test]
fn owners_and_risk_are_compared_from_end_to_end() {
    let mut is = item(1);
    is.recommendation.owner_post = "Head of Training".into();
    is.recommendation.owner_team = "Learning".into();
    is.recommendation.exposure = None;
    is.recommendation.risk_statement = String::new();
    let expected = [
        "Owner changed from Head of Diaries to Head of Training, Learning.",
        "Risk exposure changed from Medium to not rated.",
        "The sentence on the risk has changed.",
    ];
    assert_eq!(one(item(1), is), expected);
    let mut nobody = item(1);
    nobody.recommendation.owner_post = String::new();
    assert_eq!(one(item(1), nobody), ["Owner changed from Head of Diaries to nobody."]);
}

#[test]
fn what_comes_into_the_count_or_leaves_it_is_told() {
    let before = register(SINCE, vec![item(1), item(2)]);
    let now = register(20, vec![item(1), item(2)]);
    let (was, is): (Vec<_>, Vec<_>) = (vec![&before.items[0]], vec![&now.items[1]]);
    let changed = changes(&Side { register: &before, counted: &was }, &Side { register: &now, counted: &is });
    let told: Vec<_> = changed.iter().map(|(item, changes)| (item.label(), changes.clone())).collect();
    assert_eq!(
        told,
        [("CAM22-R2".to_owned(), vec![Change::Joined]), ("CAM22-R1".to_owned(), vec![Change::Left])]
    );
}

#[test]
fn numbers_are_told_in_order() {
    let cases = [
        (1, "1st"),
        (2, "2nd"),
        (3, "3rd"),
        (4, "4th"),
        (11, "11th"),
        (12, "12th"),
        (13, "13th"),
        (21, "21st"),
        (102, "102nd"),
        (111, "111th"),
    ];
    for (number, told) in cases {
        assert_eq!(ordinal(number), told);
    }
}
