//! The demonstration, on each engine: what its register holds, and that the journal bears it out.

#![expect(clippy::unwrap_used, reason = "a helper of a test is not seen as one")]

mod around;
mod check;
mod faults;
mod paper;

use std::path::Path;

use import::TargetDate;
use jiff::Timestamp;
use journal::{AsAt, Journal, OPEN_END, clear, dump, entries, head, testing::engines};
use plan::{
    recommendation::{rules::Exposure, status::Status},
    register::{
        rows::load,
        rules::{Counts, Item, Register},
    },
};

const NOW: &str = "2026-11-21T22:30:00Z";

fn moment(text: &str) -> Timestamp {
    text.parse().unwrap()
}

async fn demonstrate(journal: &Journal, now: Timestamp, folder: &Path) -> Vec<force::SignIn> {
    let mut number = 0;
    let password = || {
        number += 1;
        format!("a password for test {number}")
    };
    force::demonstrate(journal, now, 0, folder, password, |_| ()).await.unwrap()
}

async fn register(journal: &Journal, as_at: AsAt, now: Timestamp) -> Register {
    load(&mut journal.read().await.unwrap(), as_at, now).await.unwrap()
}

fn of<'a>(register: &'a Register, code: &str) -> Vec<&'a Item> {
    register.items.iter().filter(|item| item.code == code).collect()
}

fn counts(register: &Register, code: &str) -> Counts {
    Counts::of(of(register, code).into_iter(), register.position.today)
}

fn item<'a>(register: &'a Register, label: &str) -> &'a Item {
    register.items.iter().find(|item| item.label() == label).unwrap()
}

fn target(iso: &str) -> TargetDate {
    iso.parse().unwrap()
}

// One demonstration on each engine for all these checks: making it is what takes the time.
#[tokio::test]
async fn the_demonstration_is_what_the_papers_say_and_the_journal_bears_it_out() {
    for t in engines().await {
        let (now, folder) = (moment(NOW), tempfile::tempdir().unwrap());
        let sign_ins = demonstrate(&t.journal, now, folder.path()).await;
        assert_eq!(sign_ins.len(), users::Role::all().count());
        assert!(sign_ins.iter().any(|one| one.role == "audit_manager" && one.sign_in == "audit.manager"));
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 70);
        let register = register(&t.journal, AsAt::Now, now).await;
        the_portfolio(&register);
        the_counts_by_plan(&register);
        the_targets(&register);
        the_contact_assessment_model(&register);
        domestic_abuse(&register);
        the_register_looks_back_to_the_days_of_the_papers(&t.journal, now).await;
        paper::the_figures_of_september_2025(&t.journal, now).await;
        paper::the_figures_of_today(&register);
        check::the_check_of_the_register(&t.journal, now).await;
        around::programmes(&t.journal, now).await;
        around::what_waits(&register);
        around::areas(&register);
        around::under_way(&t.journal, now).await;
        around::groups_and_meetings(&t.journal, &register).await;
        entries_are_in_order_of_time_and_none_is_after_now(&t.journal, now).await;
        the_rows_are_the_fold_of_the_journal(&t.journal).await;
    }
}

fn the_portfolio(register: &Register) {
    let all = register.counts();
    // Not discharged: 104 open and 5 with the inspectorate, and one that is the Scottish Government's.
    assert_eq!((all.made, all.discharged, all.superseded), (690, 580, 0));
    assert_eq!((all.open, all.with_inspectorate), (104 + 1, 5));
    let open = |item: &&Item| item.is_open() && item.recommendation.status != Status::ProposedForClosure;
    let plans: std::collections::BTreeSet<&str> =
        register.items.iter().filter(open).map(|item| item.code.as_str()).collect();
    assert_eq!(plans.len(), 22);
}

fn the_counts_by_plan(register: &Register) {
    let cam = counts(register, "CAM22");
    assert_eq!((cam.made, cam.discharged, cam.open, cam.delayed), (8, 8, 0, 0));
    let da = counts(register, "DA23");
    assert_eq!((da.made, da.discharged, da.open, da.delayed, da.over_two_years), (14, 4, 10, 10, 10));
    assert_eq!((da.with_inspectorate, da.without_update), (0, 6));
    let (mh, mp) = (counts(register, "MH23"), counts(register, "MP24"));
    assert_eq!((mh.made, mh.discharged, mh.open), (14, 3, 11));
    assert_eq!((mp.made, mp.discharged, mp.open), (11, 1, 10));
}

fn the_targets(register: &Register) {
    let first = |label: &str| item(register, label).first_target();
    let cam = ["2023-11", "2023-11", "2024-05", "2023-11", "2023-11", "2023-11", "2024-05", "2023-05"];
    for (number, iso) in (1..).zip(cam) {
        assert_eq!(first(&format!("CAM22-R{number}")), Some(target(iso)), "CAM22-R{number}");
    }
    let da = [
        (1, "2024-09"),
        (5, "2024-03"),
        (7, "2024-12"),
        (8, "2024-12"),
        (9, "2024-06"),
        (10, "2024-04"),
        (11, "2023-12"),
        (12, "2024-12"),
        (13, "2024-12"),
        (14, "2023-12"),
    ];
    for (number, iso) in da {
        assert_eq!(first(&format!("DA23-R{number}")), Some(target(iso)), "DA23-R{number}");
    }
    assert!(of(register, "DA23").iter().all(|item| item.moves() == 0));
    assert_eq!(
        of(register, "CAM22").iter().map(|item| item.moves()).collect::<Vec<_>>(),
        [0, 0, 2, 1, 1, 0, 1, 0]
    );
}

fn the_contact_assessment_model(register: &Register) {
    let cam = of(register, "CAM22");
    let actions: Vec<usize> = cam.iter().map(|item| item.actions.len()).collect();
    assert_eq!(actions, [5, 6, 6, 9, 8, 2, 6, 2]);
    assert!(cam.iter().all(|item| item.actions_done() == item.actions.len()));
    let owners: Vec<&str> = cam.iter().map(|item| item.recommendation.owner_post.as_str()).collect();
    let (cerp, commander) =
        ("Superintendent Contact Engagement and Resolution Project (CERP)", "C3 Divisional Commander");
    let (governance, team) =
        ("Chief Inspector C3 Governance and Improvement", "Chief Inspector C3 Resolution Team");
    assert_eq!(
        owners,
        [cerp, cerp, governance, team, commander, commander, "CTO Digital Division", commander]
    );
    for (number, item) in (1..).zip(&cam) {
        let exposure = if number == 7 { Exposure::High } else { Exposure::Medium };
        assert_eq!(item.recommendation.exposure, Some(exposure), "{}", item.label());
    }
}

fn domestic_abuse(register: &Register) {
    let status = |number: u8| item(register, &format!("DA23-R{number}")).recommendation.status;
    let discharged: Vec<u8> = (1..=14).filter(|number| status(*number) == Status::Discharged).collect();
    assert_eq!(discharged, [2, 3, 4, 6]);
    assert_eq!((status(12), status(13)), (Status::Returned, Status::Returned));
    assert_eq!((status(9), status(8)), (Status::EvidenceAssembled, Status::EvidenceAssembled));
    let risk =
        |number: u8| item(register, &format!("DA23-R{number}")).recommendation.risk_statement.is_empty();
    assert_eq!((1..=14).filter(|number| risk(*number)).collect::<Vec<u8>>(), [2, 3, 4, 6, 14]);
    let thirteen = &item(register, "DA23-R13").id;
    for label in ["DA23-R7", "DA23-R12"] {
        let waits = &item(register, label).waits_for;
        assert!(waits.iter().any(|one| one.on.recommendation() == Some(thirteen)), "{label}");
    }
}

async fn the_register_looks_back_to_the_days_of_the_papers(journal: &Journal, now: Timestamp) {
    let at = |day: &str| AsAt::Day(day.parse().unwrap());
    let paper = register(journal, at("2024-09-18"), now).await;
    let (cam, da) = (counts(&paper, "CAM22"), counts(&paper, "DA23"));
    assert_eq!((cam.made, cam.discharged, cam.open), (8, 4, 4));
    // "Delayed" as that paper counts: past the first target. All four had been moved to a later one.
    assert_eq!((cam.delayed, cam.past_current_target), (4, 0));
    assert_eq!((da.discharged, da.with_inspectorate), (3, 2));
    let paper = register(journal, at("2025-03-19"), now).await;
    assert_eq!((counts(&paper, "CAM22").open, counts(&paper, "DA23").open), (1, 10));
    let paper = register(journal, at("2025-09-16"), now).await;
    let da = counts(&paper, "DA23");
    assert_eq!(counts(&paper, "CAM22").discharged, 8);
    assert_eq!((da.discharged, da.open, da.delayed, da.over_two_years), (4, 10, 10, 10));
    assert_eq!(item(&paper, "DA23-R9").recommendation.status, Status::EvidenceAssembled);
    let all = paper.counts();
    assert_eq!((all.made, all.discharged, all.open, all.with_inspectorate), (690, 580, 105, 5));
    let closed = |item: &&Item| {
        item.was_discharged_between("2025-06-13".parse().unwrap(), "2025-09-16".parse().unwrap())
    };
    assert_eq!(paper.items.iter().filter(closed).count(), 10);
}

async fn entries_are_in_order_of_time_and_none_is_after_now(journal: &Journal, now: Timestamp) {
    let all = entries(&mut journal.read().await.unwrap(), 0, OPEN_END).await.unwrap();
    assert!(all.is_sorted_by_key(|entry| entry.at));
    assert!(all.iter().all(|entry| entry.at <= now && entry.leaf_fits));
    assert!(all.iter().zip(1..).all(|(entry, seq)| entry.seq == seq));
}

async fn the_rows_are_the_fold_of_the_journal(journal: &Journal) {
    let tables: Vec<&str> = plan::TABLES.into_iter().chain(users::TABLES).chain(round::TABLES).collect();
    let mut tx = journal.begin().await.unwrap();
    let before = dump(&mut tx, &tables).await.unwrap();
    let last = head(&mut tx).await.unwrap();
    clear(&mut tx, &tables).await.unwrap();
    let (mut plans, mut people) = (plan::Memory::default(), users::Memory::default());
    let mut months = round::Memory::default();
    for entry in entries(&mut tx, 0, last).await.unwrap() {
        plan::refold(&mut tx, &mut plans, &entry).await.unwrap();
        users::refold(&mut tx, &mut people, &entry).await.unwrap();
        round::refold(&mut tx, &mut months, &entry).await.unwrap();
    }
    assert_eq!(dump(&mut tx, &tables).await.unwrap(), before);
    assert!(before.len() > 200);
}

#[tokio::test]
async fn it_can_be_made_on_any_day_but_only_in_an_empty_journal() {
    // The second is half past midnight on the first of July, in Scotland.
    let days = ["2019-01-01T00:00:00Z", "2024-06-30T23:30:00Z"];
    for day in days {
        let (now, folder) = (moment(day), tempfile::tempdir().unwrap());
        let t = engines().await.remove(0);
        demonstrate(&t.journal, now, folder.path()).await;
        let all = entries(&mut t.journal.read().await.unwrap(), 0, OPEN_END).await.unwrap();
        assert!(all.is_sorted_by_key(|entry| entry.at) && all.iter().all(|entry| entry.at <= now), "{day}");
        let again = force::demonstrate(&t.journal, now, 0, folder.path(), String::new, |_| ()).await;
        assert!(again.unwrap_err().to_string().contains("needs an empty one"));
    }
}

#[tokio::test]
async fn an_invented_long_plan_is_carried_in_open_and_whole() {
    let t = engines().await.remove(0);
    let (now, plan) = (moment(NOW), force::sixty(7));
    assert_eq!(plan, force::sixty(7));
    let who =
        journal::Actor { who: "test".into(), role: "audit_manager".into(), task: "Import a plan".into() };
    for shape in [force::Shape::Plain, force::Shape::Titled] {
        let mut tx = t.journal.begin().await.unwrap();
        force::carry_in(&mut tx, &who, now, &plan, shape).await.unwrap();
        let register = load(&mut tx, AsAt::Now, now).await.unwrap();
        let counts = register.counts();
        assert_eq!((counts.made, counts.open), (60, 60), "{shape:?}");
        for (item, meant) in register.items.iter().zip(&plan.recommendations) {
            assert_eq!(
                (item.first_target(), item.actions.len()),
                (meant.target, meant.actions.len()),
                "{shape:?}"
            );
            assert_eq!(
                item.current_target(),
                meant.revised_target.or(meant.target),
                "{shape:?} {}",
                item.label()
            );
        }
    }
}
