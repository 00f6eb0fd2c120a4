//! Random histories: each is one recommendation's life by commands that may or may not be allowed.
//!
//! Whatever happens, at every entry what is in work, proposed, discharged and superseded adds up to what was
//! made: per plan, theme and owner, and in a period what was open before and came in is what was closed and
//! is left. At the end the rows are the fold of the journal. A slice runs always; 10,000 histories on each
//! engine with ANSWERABLE_SOAK=50 (`make soak`).

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp, ToSpan, civil::Date};
use journal::{Actor, Id, Journal, Position, Tx, act, clear, dump, entries, head};
use plan::{
    Memory, TABLES,
    classification::{self, rows::Classifications},
    inspection::{
        rows::Inspections,
        rules::{Command as Register, Details, Known as Others},
    },
    pages::recall,
    recommendation::{
        rows::Recommendations,
        rules::{Command, Known, Printed},
        status::Status,
    },
    refold,
    register::rows::load_at,
    summary::rules::{Identity, lines},
    target::{self, rows::Targets},
};

/// Histories on each engine: 200, or 10,000 at the factor of `make soak`.
fn histories() -> usize {
    let factor = std::env::var("ANSWERABLE_SOAK").ok().and_then(|text| text.parse().ok()).unwrap_or(1);
    (200 * usize::max(factor, 1)).min(10_000)
}

struct Chance(u64);

impl Chance {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits fit") % most
    }
}

const THEMES: [&str; 3] = ["demand_picture", "custody", "consistency"];
const OWNERS: [&str; 3] = ["Head of Training", "Head of Diaries", "ACC Policing Together"];
/// Recommendations of one inspection; a reference is free up to here.
const EACH: usize = 25;

/// What the test itself knows of a recommendation: the oracle, kept without any of the code it tests.
#[derive(Clone)]
struct Mine {
    plan: usize,
    themes: Vec<&'static str>,
    owner: &'static str,
    status: Status,
    closed_on: Option<Date>,
}

struct World {
    chance: Chance,
    who: Actor,
    now: Timestamp,
    inspections: Vec<(Id, Date)>,
    mine: BTreeMap<Id, Mine>,
    refused: usize,
}

impl World {
    fn new(seed: u64) -> Self {
        Self {
            chance: Chance(seed),
            who: Actor { who: "tester".into(), role: "audit_manager".into(), task: "Live".into() },
            now: Timestamp::from_second(1_500_000_000).expect("a moment"),
            inspections: Vec::new(),
            mine: BTreeMap::new(),
            refused: 0,
        }
    }

    fn today(&self) -> Date {
        plan::register::rules::scottish_day(self.now)
    }

    fn pass(&mut self, hours: usize) {
        self.now += SignedDuration::from_hours(i64::try_from(hours).expect("it fits"));
    }

    async fn inspect(&mut self, tx: &mut Tx) {
        let id = Id::new(self.now);
        let number = self.inspections.len();
        let details = Details {
            title: format!("Inspection {number}"),
            code: format!("I{number}"),
            kind: "audit".into(),
            published_on: self.today().to_string(),
            inspectorate: "HMICS".into(),
            addressees: "Caledonia Police".into(),
        };
        let command = Register::Register(details);
        let done = act::<Inspections>(tx, &self.who, self.now, &id, &Others::default(), command).await;
        done.expect("the database answers").expect("it is registered");
        self.inspections.push((id, self.today()));
    }

    /// A whole history of one recommendation.
    async fn history(&mut self, tx: &mut Tx, number: usize) {
        if number.is_multiple_of(EACH) {
            self.inspect(tx).await;
        }
        let plan = self.inspections.len() - 1;
        let id = Id::new(self.now);
        let owner = OWNERS[self.chance.below(3)];
        let printed = Printed {
            inspection: Some(self.inspections[plan].0.clone()),
            reference: format!("R{}", number % EACH + 1),
            text: "Do it.".into(),
            owner_post: owner.into(),
            ..Printed::default()
        };
        assert!(self.change(tx, &id, Command::Make(printed)).await, "a free reference is taken");
        let made = Mine { plan, themes: vec![], owner, status: Status::Open, closed_on: None };
        self.mine.insert(id.clone(), made);
        for _ in 0..self.chance.below(14) {
            let hours = 1 + self.chance.below(900);
            self.pass(hours);
            self.step(tx, &id).await;
        }
    }

    async fn step(&mut self, tx: &mut Tx, id: &Id) {
        let why = || "as agreed".to_owned();
        match self.chance.below(10) {
            0 => self.theme(tx, id).await,
            1 => self.target(tx, id).await,
            2 => {
                let owner = OWNERS[self.chance.below(3)];
                let command = Command::Reassign { post: owner.into(), team: String::new(), reason: why() };
                if self.change(tx, id, command).await {
                    self.mine.get_mut(id).expect("it was made").owner = owner;
                }
            }
            chosen => {
                let (command, to) = match chosen {
                    3 | 4 => (Command::AssembleEvidence { evidence: why() }, Status::EvidenceAssembled),
                    5 | 6 => {
                        let command = Command::ProposeClosure { what_we_did: why(), impact: why() };
                        (command, Status::ProposedForClosure)
                    }
                    7 => (Command::Return { reason: why() }, Status::Returned),
                    8 => (Command::Discharge { reason: why() }, Status::Discharged),
                    _ if self.chance.below(3) == 0 => {
                        let all: Vec<&Id> = self.mine.keys().collect();
                        let by = (*all[self.chance.below(all.len())]).clone();
                        (Command::Supersede { by, reason: why() }, Status::Superseded)
                    }
                    _ => return,
                };
                if self.change(tx, id, command).await {
                    let today = self.today();
                    let mine = self.mine.get_mut(id).expect("it was made");
                    mine.status = to;
                    mine.closed_on = Some(today).filter(|_| to.is_closed());
                }
            }
        }
    }

    async fn change(&mut self, tx: &mut Tx, id: &Id, command: Command) -> bool {
        let successor = match &command {
            Command::Supersede { by, .. } => recall(tx, by).await.expect("sql"),
            _ => None,
        };
        let known = Known { today: self.today(), taken: BTreeMap::new(), successor };
        let done = act::<Recommendations>(tx, &self.who, self.now, id, &known, command).await.expect("sql");
        self.refused += usize::from(done.is_err());
        done.is_ok()
    }

    async fn theme(&mut self, tx: &mut Tx, id: &Id) {
        use classification::rules::{Command, Known};
        let most = 1 + self.chance.below(2);
        let mut themes: Vec<&str> = (0..most).map(|_| THEMES[self.chance.below(3)]).collect();
        let known = Known { recommendation: recall(tx, id).await.expect("sql"), bodies: vec![] };
        let command = Command::Theme { themes: themes.iter().map(|one| (*one).to_owned()).collect() };
        let done = act::<Classifications>(tx, &self.who, self.now, id, &known, command).await.expect("sql");
        if done.is_ok() {
            themes.sort_unstable();
            themes.dedup();
            self.mine.get_mut(id).expect("it was made").themes = themes;
        }
    }

    async fn target(&mut self, tx: &mut Tx, id: &Id) {
        let known = recall(tx, id).await.expect("sql");
        let month = 1 + self.chance.below(12);
        let command = if self.chance.below(2) == 0 {
            target::rules::Command::Set { target: format!("2030-{month:02}") }
        } else {
            target::rules::Command::Move {
                to: format!("2031-{month:02}"),
                reason: "late".into(),
                approved_by: "ACC".into(),
                delay_reason: "wider_programmes".into(),
            }
        };
        let done = act::<Targets>(tx, &self.who, self.now, id, &known, command).await.expect("sql");
        self.refused += usize::from(done.is_err());
    }

    /// The count of those that `which` says, without any of the code under test.
    fn count(&self, which: impl Fn(&Mine) -> bool) -> Identity {
        let mut counted = Identity::default();
        for mine in self.mine.values().filter(|mine| which(mine)) {
            match mine.status {
                Status::Open | Status::EvidenceAssembled | Status::Returned => counted.in_work += 1,
                Status::ProposedForClosure => counted.proposed += 1,
                Status::Discharged => counted.discharged += 1,
                Status::Superseded => counted.superseded += 1,
            }
        }
        counted
    }

    async fn the_identity_holds(&self, tx: &mut Tx) {
        let position = Position { seq: head(tx).await.expect("sql"), today: self.today(), is_past: false };
        let register = load_at(tx, position).await.expect("it loads");
        let from = self.today().saturating_sub(200.days());
        let period = (from, self.today());
        let (plans, total) = lines(&register, "plan", period);
        assert_eq!(total.identity, self.count(|_| true));
        assert_eq!(total.identity.total(), self.mine.len());
        assert_eq!(
            total.identity.open() + total.identity.discharged + total.identity.superseded,
            self.mine.len()
        );
        for line in plans {
            let number: usize = line.name.trim_start_matches("Inspection ").parse().expect("a number");
            assert_eq!(line.identity, self.count(|mine| mine.plan == number), "{}", line.name);
        }
        for line in lines(&register, "owner", period).0 {
            assert_eq!(line.identity, self.count(|mine| mine.owner == line.name), "{}", line.name);
        }
        for line in lines(&register, "theme", period).0 {
            let key = line.query.theme.first().cloned();
            let of_theme = |mine: &Mine| match &key {
                Some(key) => mine.themes.contains(&key.as_str()),
                None => mine.themes.is_empty(),
            };
            assert_eq!(line.identity, self.count(of_theme), "{}", line.name);
        }
        self.the_period_adds_up(&register, from);
    }

    /// Open before the period, and what came in, is what was closed in it and what is left.
    fn the_period_adds_up(&self, register: &plan::register::rules::Register, from: Date) {
        let before = Identity::on(&register.items, from.yesterday().expect("a day"));
        let left = Identity::on(&register.items, self.today());
        let in_period = |on: Date| from <= on && on <= self.today();
        let came = self.mine.values().filter(|mine| in_period(self.inspections[mine.plan].1)).count();
        let closed = self.mine.values().filter(|mine| mine.closed_on.is_some_and(in_period)).count();
        assert_eq!(before.open() + came, closed + left.open(), "the period does not add up");
        assert_eq!(left, self.count(|_| true), "the steps tell another story than the status");
        let discharged = register.items.iter().filter(|item| item.was_discharged_between(from, self.today()));
        let mine = self.mine.values().filter(|mine| mine.status == Status::Discharged);
        assert_eq!(discharged.count(), mine.filter(|mine| mine.closed_on.is_some_and(in_period)).count());
    }
}

async fn rows_are_the_fold(journal: &Journal) {
    let mut tx = journal.begin().await.expect("a command begins");
    let before = dump(&mut tx, &TABLES).await.expect("the rows are read");
    clear(&mut tx, &TABLES).await.expect("the rows are emptied");
    let (mut memory, mut from) = (Memory::default(), 0);
    let last = head(&mut tx).await.expect("sql");
    while from < last {
        for entry in entries(&mut tx, from, from + 1_000).await.expect("the journal is read") {
            refold(&mut tx, &mut memory, &entry).await.expect("it is folded");
        }
        from += 1_000;
    }
    assert!(before == dump(&mut tx, &TABLES).await.expect("the rows are read"), "the rows are not the fold");
}

#[tokio::test]
async fn the_identity_holds_in_every_history_and_the_rows_are_the_fold() {
    let histories = histories();
    for t in journal::testing::engines().await {
        let mut world = World::new(11);
        for number in 0..histories {
            let mut tx = t.journal.begin().await.expect("a command begins");
            world.history(&mut tx, number).await;
            // The whole register is counted now and then; every history has then been counted at some entry.
            if number % usize::max(histories / 40, 5) == 0 {
                world.the_identity_holds(&mut tx).await;
            }
            tx.commit().await.expect("it is committed");
        }
        let mut tx = t.journal.begin().await.expect("a command begins");
        world.the_identity_holds(&mut tx).await;
        drop(tx);
        println!("{:?}: seed 11, {histories} histories, {} refused", t.engine, world.refused);
        assert!(world.refused > histories / 2, "the histories are too obedient to mean anything");
        rows_are_the_fold(&t.journal).await;
    }
}
