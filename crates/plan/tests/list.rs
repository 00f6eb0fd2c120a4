//! The register as a list: filters, search, sorting, groups, pages, and addresses that hold all of it.

use jiff::Timestamp;
use journal::{Id, Position};
use plan::{
    classification::rules::Classification,
    inspection::rules::{Inspection, Kind},
    recommendation::{
        rules::{Exposure, Recommendation},
        status::Status,
    },
    register::{
        list::{Flag, PAGE, Query, open_statuses},
        rules::{Counts, Item, Register},
    },
    target::rows::Given,
    update::rows::Said,
};

fn id(second: usize) -> Id {
    let second = i64::try_from(second).expect("it fits");
    Id::new(Timestamp::from_second(1_700_000_000 + second).expect("a moment"))
}

fn given(iso: &str) -> Given {
    Given {
        seq: 1,
        at: Timestamp::UNIX_EPOCH,
        who: "somebody".into(),
        target: iso.parse().expect("a target"),
        reason: String::new(),
        approved_by: String::new(),
        delay_reason: String::new(),
    }
}

struct Sample {
    reference: &'static str,
    text: &'static str,
    owner: &'static str,
    exposure: Option<Exposure>,
    status: Status,
    targets: &'static [&'static str],
    updated: Option<&'static str>,
}

const SAMPLES: [Sample; 5] = [
    Sample {
        reference: "R10",
        text: "Recommend a diary",
        owner: "Head of Diaries",
        exposure: Some(Exposure::High),
        status: Status::Open,
        targets: &["2023-05", "2024-05", "2027-03"],
        updated: Some("2026-11-20T10:00:00Z"),
    },
    Sample {
        reference: "R02",
        text: "Train the trainers",
        owner: "Head of Training",
        exposure: None,
        status: Status::Returned,
        targets: &["2026-12"],
        updated: Some("2026-09-01T10:00:00Z"),
    },
    Sample {
        reference: "R1",
        text: "Mòrag’s appointments",
        owner: "",
        exposure: Some(Exposure::Low),
        status: Status::ProposedForClosure,
        targets: &["2026-10-31"],
        updated: None,
    },
    Sample {
        reference: "3",
        text: "Count demand",
        owner: "Head of Training",
        exposure: Some(Exposure::Medium),
        status: Status::Discharged,
        targets: &["2020-01"],
        updated: None,
    },
    Sample {
        reference: "4",
        text: "Nothing set",
        owner: "Head of Diaries",
        exposure: Some(Exposure::Medium),
        status: Status::Open,
        targets: &[],
        updated: None,
    },
];

fn register() -> Register {
    let inspection = id(0);
    let item = |(number, sample): (usize, &Sample)| Item {
        id: id(number + 1),
        recommendation: Recommendation {
            inspection: inspection.clone(),
            reference: sample.reference.into(),
            aliases: Vec::new(),
            text: sample.text.into(),
            exposure: sample.exposure,
            risk_statement: String::new(),
            impact: String::new(),
            owner_post: sample.owner.into(),
            owner_team: String::new(),
            status: sample.status,
            status_on: None,
            what_we_did: String::new(),
            impact_achieved: String::new(),
            superseded_by: None,
        },
        code: "CAM22".into(),
        published_on: "2022-08-31".parse().expect("a day"),
        targets: sample.targets.iter().map(|iso| given(iso)).collect(),
        actions: Vec::new(),
        updates: sample
            .updated
            .iter()
            .map(|at| Said {
                seq: 1,
                at: at.parse().expect("a moment"),
                who: "x".into(),
                text: "It goes on.".into(),
                inherited_from: None,
            })
            .collect(),
        steps: Vec::new(),
        classification: Classification::default(),
        waits_for: Vec::new(),
        addressees: vec!["Caledonia Police".into()],
        is_blocked: false,
    };
    Register {
        position: Position { seq: 9, today: "2026-11-21".parse().expect("a day"), is_past: false },
        inspections: vec![(
            inspection.clone(),
            Inspection {
                title: "Contact Assessment Model".into(),
                code: "CAM22".into(),
                kind: Kind::Assurance,
                published_on: "2022-08-31".parse().expect("a day"),
                inspectorate: "HMICS".into(),
                addressees: vec!["Caledonia Police".into()],
            },
        )],
        items: SAMPLES.iter().enumerate().map(item).collect(),
        areas: Vec::new(),
        programmes: Vec::new(),
        underway: Vec::new(),
    }
}

fn found(query: &Query) -> Vec<String> {
    let register = register();
    let list = query.list(&register);
    list.groups
        .iter()
        .flat_map(|group| group.rows.iter().map(|item| item.recommendation.reference.clone()))
        .collect()
}

#[test]
fn each_filter_finds_exactly_its_rows() {
    let cases: [(Query, &[&str]); 15] = [
        (Query::default(), &["R10", "R02", "R1", "3", "4"]),
        (Query { words: "R2".into(), ..Query::default() }, &["R02"]),
        (Query { words: "recommendation 10".into(), ..Query::default() }, &["R10"]),
        (Query { words: "R1".into(), ..Query::default() }, &["R1"]),
        (Query { words: "r010".into(), ..Query::default() }, &["R10"]),
        (Query { words: "CAM22-R3".into(), ..Query::default() }, &["3"]),
        (Query { words: "training head".into(), ..Query::default() }, &["R02", "3"]),
        (Query { words: "goes ON".into(), ..Query::default() }, &["R10", "R02"]),
        (Query { status: vec!["open".into(), "returned".into()], ..Query::default() }, &["R10", "R02", "4"]),
        (Query { risk: vec!["none".into(), "High".into()], ..Query::default() }, &["R10", "R02"]),
        (Query { owner: "Head of Diaries".into(), ..Query::default() }, &["R10", "4"]),
        (Query { flag: vec!["delayed".into()], risk: vec!["High".into()], ..Query::default() }, &["R10"]),
        (Query { flag: vec!["delayed".into()], risk: vec!["Low".into()], ..Query::default() }, &[]),
        (Query { inspection: vec!["other".into()], ..Query::default() }, &[]),
        (Query { strategic_owner: "none".into(), ..Query::default() }, &["R10", "R02", "R1", "3", "4"]),
    ];
    for (query, expected) in cases {
        assert_eq!(found(&query), expected, "{query:?}");
    }
}

#[test]
fn each_flag_means_what_it_says() {
    let register = register();
    let today = register.position.today;
    let holds = |flag: Flag| -> Vec<&str> {
        register
            .items
            .iter()
            .filter(|item| flag.holds(item, today))
            .map(|item| item.recommendation.reference.as_str())
            .collect()
    };
    // R1 is past its target too, and with the inspectorate: it is counted there.
    assert_eq!(holds(Flag::Delayed), ["R10"], "past the first target");
    assert!(holds(Flag::Overdue).is_empty(), "none in work is past its current target");
    assert_eq!(holds(Flag::Moved), ["R10"]);
    assert_eq!(holds(Flag::Stale), ["R02", "4"]);
    assert_eq!(holds(Flag::TwoYears), ["R10", "R02", "4"]);
    assert_eq!(holds(Flag::NoTarget), ["4"]);
    let counts = register.counts();
    assert_eq!((counts.made, counts.open, counts.delayed, counts.past_current_target), (5, 3, 1, 0));
    assert_eq!(
        (counts.with_inspectorate, counts.discharged, counts.over_two_years, counts.without_update),
        (1, 1, 3, 2)
    );
    let item = register.items.iter().find(|item| item.recommendation.reference == "R1").expect("it is there");
    assert!(item.past_first_target(today).is_some() && item.delay_from_first(today).is_none());
}

#[test]
fn open_with_the_inspectorate_discharged_and_superseded_are_all_and_each_figure_is_its_list() {
    let mut register = register();
    let today = register.position.today;
    for status in Status::ALL {
        for item in register.items.iter_mut() {
            item.recommendation.status = status;
            let counts = Counts::of(std::iter::once(&*item), today);
            let parts = counts.open + counts.with_inspectorate + counts.discharged + counts.superseded;
            assert_eq!(parts, 1, "{status:?} is counted once");
            assert!(counts.delayed + counts.over_two_years + counts.without_update <= 3 * counts.open);
            let open = Query { status: open_statuses(), ..Query::default() };
            assert_eq!(open.finds(item, today), counts.open == 1, "{status:?}");
            for (flag, number) in [
                (Flag::Delayed, counts.delayed),
                (Flag::Overdue, counts.past_current_target),
                (Flag::TwoYears, counts.over_two_years),
                (Flag::Stale, counts.without_update),
            ] {
                assert_eq!(usize::from(flag.holds(item, today)), number, "{status:?}: {flag:?}");
            }
        }
    }
}

#[test]
fn rows_sort_both_ways_and_group() {
    let sorted = |sort: &str| found(&Query { sort: sort.into(), group: "none".into(), ..Query::default() });
    assert_eq!(sorted("target"), ["3", "R1", "R02", "R10", "4"]);
    assert_eq!(sorted("-target"), ["4", "R10", "R02", "R1", "3"]);
    assert_eq!(sorted("risk"), ["R10", "3", "4", "R1", "R02"]);
    let register = register();
    let query = Query { group: "owner".into(), ..Query::default() };
    let groups: Vec<_> =
        query.list(&register).groups.iter().map(|group| (group.name.clone(), group.rows.len())).collect();
    let expected = [("Head of Diaries", 2), ("Head of Training", 2), ("No owner", 1)];
    assert_eq!(groups, expected.map(|(name, count)| (name.to_owned(), count)));
}

#[test]
fn a_page_has_fifty_rows_and_no_row_is_lost_between_pages() {
    let mut register = register();
    let first = register.items[0].clone();
    register.items = (0..123)
        .map(|number| Item {
            id: id(number),
            recommendation: Recommendation { reference: number.to_string(), ..first.recommendation.clone() },
            ..first.clone()
        })
        .collect();
    let mut seen = Vec::new();
    for page in 1..=3 {
        let query = Query { page, ..Query::default() };
        let list = query.list(&register);
        assert_eq!((list.found, list.pages, list.page), (123, 3, page));
        seen.extend(list.groups.iter().flat_map(|group| group.rows.iter().map(|item| item.id.clone())));
    }
    assert_eq!(seen, register.items.iter().map(|item| item.id.clone()).collect::<Vec<_>>());
    assert_eq!(Query { page: 99, ..Query::default() }.list(&register).page, 3);
    assert_eq!(PAGE, 50);
    let whole = Query { rows: "all".into(), ..Query::default() }.list(&register);
    let rows: usize = whole.groups.iter().map(|group| group.rows.len()).sum();
    assert_eq!((whole.found, whole.pages, rows), (123, 1, 123), "all on one page");
}

#[test]
fn an_address_holds_the_whole_list() {
    let query = Query {
        words: "a & b".into(),
        status: vec!["open".into(), "returned".into()],
        flag: vec!["delayed".into()],
        sort: "-target".into(),
        as_at: "2025-09-16".into(),
        ..Query::default()
    };
    let address = query.address(|query| query.page = 2);
    let (_, text) = address.split_once('?').expect("it has a query");
    let read: Query = serde_html_form::from_str(text).expect("it reads");
    assert_eq!(read, Query { page: 2, ..query });
    assert_eq!(Query::default().address(|_| {}), "/recommendations");
}
