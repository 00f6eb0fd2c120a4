//! The register as on 16 September 2025 has the figures that the committee was given (S004 1.1, DOMAIN 9), as the
//! register itself counts them.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{Timestamp, civil::date};
use journal::{AsAt, Journal};
use plan::{
    register::{
        list::Query,
        rules::{Item, Register},
    },
    summary::rules::{Days, Identity, Line, lines},
};

/// The days of that paper: its period, and the day since which it says how many were added.
const DAYS: Days =
    Days { period: (date(2025, 6, 13), date(2025, 9, 16)), on: date(2025, 9, 16), since: date(2023, 8, 1) };

/// What is addressed to the force.
fn of_the_force(mut register: Register) -> Register {
    let query = Query { addressee: force::FORCE.to_owned(), ..Query::default() };
    let today = register.position.today;
    register.items.retain(|item| query.finds(item, today));
    register
}

fn in_work(register: &Register) -> Vec<&Item> {
    let status = ["open", "evidence_assembled", "returned"].map(str::to_owned).to_vec();
    let query = Query { status, ..Query::default() };
    register.items.iter().filter(|item| query.finds(item, register.position.today)).collect()
}

/// The lines counted by `way`, by their names.
fn counted(register: &Register, way: &str) -> BTreeMap<String, Line> {
    lines(register, way, DAYS).0.into_iter().map(|line| (line.name.clone(), line)).collect()
}

fn standing(register: &Register) -> [usize; 4] {
    let Identity { in_work, proposed, discharged, superseded } = Identity::of(&register.items);
    [in_work, proposed, discharged, superseded]
}

pub async fn the_figures_of_september_2025(journal: &Journal, now: Timestamp) {
    let register =
        of_the_force(crate::register(journal, AsAt::Day("2025-09-16".parse().unwrap()), now).await);
    assert_eq!(standing(&register), [104, 5, 580, 0]);
    assert_eq!(lines(&register, "plan", DAYS).1.identity.total(), 104 + 5 + 580);
    let plans = counted(&register, "plan");
    assert_eq!(plans.values().filter(|line| line.identity.in_work > 0).count(), 22);
    let custody = &counted(&register, "theme")["Custody"];
    assert_eq!((custody.identity.in_work, custody.identity.proposed), (26, 5));
    policing_together(&register);
    the_table_by_plan(&register, &plans);
    the_ten_that_were_closed(&register);
    let all = lines(&register, "plan", DAYS).1;
    assert_eq!((all.since, all.identity.in_work, all.since_per_cent), (79, 104, 76));
    as_seen_today(journal, now, &all).await;
    let under_way = register.underway.iter().filter(|(_, one)| !one.stage.is_over());
    assert_eq!(under_way.count(), 5);
}

/// The same period asked of the register as it is now has the same figures: they are of the period's last day.
async fn as_seen_today(journal: &Journal, now: Timestamp, then: &Line) {
    let register = of_the_force(crate::register(journal, AsAt::Now, now).await);
    let today = register.position.today;
    assert!(today > DAYS.on);
    let all = lines(&register, "plan", Days::of(DAYS.period, Some(DAYS.since), today)).1;
    assert_eq!((all.identity, all.before), (then.identity, then.before));
    let figures = |line: &Line| [line.delayed, line.overdue, line.moved, line.since, line.added, line.closed];
    assert_eq!(figures(&all), figures(then));
    let superseded = all.identity.superseded - all.before.superseded;
    let left = all.before.not_closed() + all.added - all.closed - superseded;
    assert_eq!(left, all.identity.not_closed(), "the period does not add up");
    // Late is counted among what is worked on: the five that wait for the inspectorate are not.
    assert_eq!((all.delayed, all.overdue, all.closed), (40, 17, 10));
    let at_present = lines(&register, "plan", Days::of((DAYS.period.0, today), None, today)).1;
    assert!(
        at_present.delayed > all.delayed,
        "nothing became late since, so the test cannot tell the days apart"
    );
}

fn policing_together(register: &Register) {
    let team = "Assistant Chief Constable Policing Together";
    assert_eq!(counted(register, "strategic")[team].identity.in_work, 24);
    let query = Query { strategic_owner: team.to_owned(), ..Query::default() };
    let own = in_work(register).into_iter().filter(|item| query.finds(item, register.position.today));
    let mut plans: BTreeMap<&str, usize> = BTreeMap::new();
    for item in own {
        *plans.entry(&item.code).or_default() += 1;
    }
    assert_eq!(plans, BTreeMap::from([("HC21", 1), ("MH23", 10), ("MP24", 10), ("OC23", 3)]));
}

fn the_table_by_plan(register: &Register, plans: &BTreeMap<String, Line>) {
    // Discharged, in work, past the first target, moved. The paper's table has DA 9 (9) and MH delayed 6; its own
    // list has ten of DA, and seven of MH have a revised date.
    let table = [
        ("DA23", [4, 10, 10, 0]),
        ("CA20", [2, 4, 4, 4]),
        ("HC21", [14, 1, 1, 1]),
        ("MP24", [1, 10, 0, 0]),
        ("MH23", [3, 10, 7, 7]),
    ];
    for (code, expected) in table {
        let (_, inspection) = register.inspections.iter().find(|(_, one)| one.code == code).unwrap();
        let line = &plans[&inspection.title];
        let row = [line.identity.discharged, line.identity.in_work, line.delayed, line.moved];
        assert_eq!(row, expected, "{code}");
    }
}

fn the_ten_that_were_closed(register: &Register) {
    let (closed_from, closed_to) = (DAYS.period.0.to_string(), DAYS.period.1.to_string());
    let query = Query { closed_from, closed_to, ..Query::default() };
    let closed = register.items.iter().filter(|item| query.finds(item, register.position.today));
    let closed: BTreeSet<String> = closed.map(Item::label).collect();
    let ten = [
        "CA20-R2",
        "CAM22-R3",
        "EV19-R8",
        "MH23-R13",
        "MP24-R3",
        "OCSA20-R8",
        "TOX23-R1",
        "TOX23-R7",
        "TOX23-R9",
        "TOX23-R23",
    ];
    assert_eq!(closed, ten.map(str::to_owned).into());
    assert_eq!(lines(register, "plan", DAYS).1.closed, 10);
}

pub fn the_figures_of_today(register: &Register) {
    let own = register.items.iter().filter(|item| item.addressees.iter().any(|body| body == force::FORCE));
    let Identity { in_work, proposed, discharged, superseded } = Identity::of(own);
    assert_eq!([in_work, proposed, discharged, superseded], [104, 5, 580, 0]);
}
