//! Random lives of crime reports, seeded, on both engines: the rows are the fold of the journal, every figure is the length
//! of the list that it opens, and both are what the journal alone gives.

mod common;
#[path = "common/stolen.rs"]
mod stolen;

use std::collections::BTreeMap;

use common::{at, incident, who};
use crime::{
    Memory, TABLES,
    definition::definitions,
    refold,
    report::{
        counts::{
            rows::{recorded, returned, states},
            rules::{Of, add_up, by_state},
        },
        list::rows::{Filter, NOWHERE, list, of_incident},
        returns::rows::{self as returns, Rework},
        rows::{change, folded},
        rules::{Command, Ending, Report, State},
    },
};
use journal::{Id, Journal, OPEN_END, clear, dump, entries, history};
use stolen::theft;

/// A small generator of numbers: the same seed gives the same life on every machine.
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits fit") % most
    }

    fn pick<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }
}

/// The whole run multiplies the work (`make soak`).
fn times() -> usize {
    std::env::var("ANSWERABLE_SOAK").ok().and_then(|text| text.parse().ok()).unwrap_or(1)
}

struct Life {
    chance: Chance,
    incidents: Vec<Id>,
    reports: Vec<(Id, Id)>,
    happened: usize,
    refused: usize,
}

impl Life {
    async fn new(journal: &Journal, seed: u64) -> Self {
        let mut tx = journal.begin().await.expect("a command begins");
        let mut incidents = Vec::new();
        for number in 0..12 {
            let division = ["D", "E", "G", ""][number % 4];
            incidents.push(incident(&mut tx, at(0), division, number % 3 == 2).await);
        }
        tx.commit().await.expect("it is committed");
        Self { chance: Chance(seed), incidents, reports: vec![], happened: 0, refused: 0 }
    }

    async fn step(&mut self, journal: &Journal, step: usize) {
        let now = at(7 * step);
        let mut tx = journal.begin().await.expect("a command begins");
        let is_new = self.reports.is_empty() || self.chance.below(4) == 0;
        let (id, of) = if is_new {
            let place = self.chance.below(self.incidents.len());
            (Id::new(now), self.incidents[place].clone())
        } else {
            let place = self.chance.below(self.reports.len());
            self.reports[place].clone()
        };
        let command = self.command(step, is_new);
        let may_override = self.chance.below(2) == 0;
        match change(&mut tx, &who(), now, (&id, &of), may_override, command).await.expect("sql") {
            Ok(_) => {
                if is_new {
                    self.reports.push((id, of));
                }
                self.happened += 1;
                tx.commit().await.expect("it is committed");
            }
            Err(refusal) => {
                self.refused += 1;
                assert!(refusal.sentence.ends_with('.'), "{refusal}");
            }
        }
    }

    fn command(&mut self, step: usize, is_new: bool) -> Command {
        let ending = self.chance.pick(&Ending::ALL);
        let mut content = Box::new(theft(at(7 * step), ending));
        content.counts = i64::try_from(1 + self.chance.below(3)).expect("few");
        let override_reason = self.chance.pick(&["", "Her nurse Wilma is there."]).to_owned();
        let words = "The neighbour Łukasz was asked.".to_owned();
        if is_new {
            return Command::Record { content, override_reason };
        }
        match self.chance.below(8) {
            0 => Command::Amend { content, override_reason, words },
            1 | 2 => {
                let place = self.chance.below(definitions().return_reason.len());
                let reason = definitions().return_reason[place].key.clone();
                Command::Return { unit: "division_d".into(), reason, words }
            }
            3 | 4 => Command::Resubmit { content, override_reason, words },
            5 if self.chance.below(6) == 0 => {
                Command::Withdraw { words: "Recorded twice, says Wilma.".into() }
            }
            5 | 6 => Command::Export { format: 1, json_sha256: format!("{step:x}"), csv_sha256: "b".into() },
            _ => Command::Acknowledge { reference: format!("CR/{step}") },
        }
    }
}

async fn rows_are_the_fold(journal: &Journal) {
    let mut tx = journal.begin().await.expect("a command begins");
    let before = dump(&mut tx, &TABLES).await.expect("the rows are read");
    clear(&mut tx, &TABLES).await.expect("the rows are emptied");
    let mut memory = Memory::default();
    for entry in entries(&mut tx, 0, i64::MAX).await.expect("the journal is read") {
        refold(&mut tx, &mut memory, &entry).await.expect("it is folded");
    }
    let after = dump(&mut tx, &TABLES).await.expect("the rows are read");
    assert!(TABLES.iter().all(|table| before.iter().any(|line| line.starts_with(&format!("{table}:")))));
    assert_eq!(before, after, "the rows are not the fold of the journal");
    for private in ["Mòrag", "07700", "Wilma", "Łukasz", "quoted", "WBK"] {
        assert!(!before.iter().any(|line| line.contains(private)), "{private} is in a row");
    }
}

fn length<T>(of: &[T]) -> i64 {
    i64::try_from(of.len()).expect("few")
}

async fn figures_are_lists_and_the_journals(journal: &Journal, life: &Life) {
    let mut read = journal.read().await.expect("a reading begins");
    let mut lives: BTreeMap<Id, Report> = BTreeMap::new();
    for (id, _) in &life.reports {
        let told = history(&mut read, id, OPEN_END).await.expect("sql");
        lives.insert(id.clone(), folded(&told).expect("it folds").expect("it is there"));
    }
    let half = at(7 * 150);
    for (from, until) in [(None, None), (Some(half), None), (None, Some(half))] {
        let filter = Filter { from, until, ..Filter::default() };
        let is_in =
            |moment| from.is_none_or(|from| from <= moment) && until.is_none_or(|until| moment < until);
        let counts = add_up(
            &recorded(&mut read, &filter).await.expect("sql"),
            &returned(&mut read, &filter).await.expect("sql"),
        );
        let alone: Vec<&Report> = lives.values().filter(|one| is_in(one.at)).collect();
        assert_eq!(counts.all.recorded(), length(&alone));
        let back = lives.values().flat_map(|one| &one.returns).filter(|one| is_in(one.at));
        let back: Vec<_> = back.collect();
        assert_eq!(counts.all.returned, length(&back));
        let minutes: i64 = back.iter().filter_map(|one| one.minutes()).sum();
        assert_eq!(counts.all.minutes, minutes);
        for (Of { team, division }, count) in &counts.by_place {
            let division = if division.is_empty() { NOWHERE.to_owned() } else { division.clone() };
            let of =
                Filter { team: team.clone(), division: division.clone(), from, until, ..Filter::default() };
            assert_eq!(length(&list(&mut read, &of).await.expect("sql")), count.recorded());
            for (ending, number) in Ending::ALL.into_iter().zip(count.endings) {
                let filter = Filter { ending: Some(ending), ..of.clone() };
                assert_eq!(length(&list(&mut read, &filter).await.expect("sql")), number);
            }
            let of =
                returns::Filter { team: team.clone(), division, from, until, ..returns::Filter::default() };
            assert_eq!(length(&returns::list(&mut read, &of).await.expect("sql")), count.returned);
            for (rework, number) in [(Rework::Open, count.open), (Rework::Resubmitted, count.resubmitted())] {
                let filter = returns::Filter { rework: Some(rework), ..of.clone() };
                assert_eq!(length(&returns::list(&mut read, &filter).await.expect("sql")), number);
            }
        }
        for (reason, count) in &counts.by_reason {
            let filter =
                returns::Filter { reason: reason.clone(), from, until, ..returns::Filter::default() };
            assert_eq!(length(&returns::list(&mut read, &filter).await.expect("sql")), count.returned);
        }
        for (state, number) in by_state(&states(&mut read, &filter).await.expect("sql")) {
            let of = Filter { state: Some(state), ..filter.clone() };
            let found = list(&mut read, &of).await.expect("sql");
            assert_eq!(length(&found), number, "{state:?}");
            assert!(found.iter().all(|one| lives[&one.id].state() == state));
        }
    }
    pages_are_the_list(&mut read).await;
    let mut all = 0;
    for incident in &life.incidents {
        all += of_incident(&mut read, incident).await.expect("sql").len();
    }
    assert_eq!(all, life.reports.len());
    assert!(State::ALL.into_iter().all(|state| lives.values().any(|one| one.state() == state)));
}

async fn pages_are_the_list(read: &mut journal::Connection) {
    let whole = list(read, &Filter::default()).await.expect("sql");
    let (mut paged, mut before) = (Vec::new(), None);
    loop {
        let page = list(read, &Filter { before, limit: 7, ..Filter::default() }).await.expect("sql");
        let Some(last) = page.last() else { break };
        before = Some(last.seq);
        paged.extend(page);
    }
    assert_eq!(paged, whole);
    let whole = returns::list(read, &returns::Filter::default()).await.expect("sql");
    let (mut paged, mut before) = (Vec::new(), None);
    loop {
        let filter = returns::Filter { before, limit: 7, ..returns::Filter::default() };
        let page = returns::list(read, &filter).await.expect("sql");
        let Some(last) = page.last() else { break };
        before = Some(last.seq);
        paged.extend(page);
    }
    assert_eq!(paged, whole);
}

#[tokio::test]
async fn rows_equal_the_fold_and_figures_equal_lists() {
    for seed in 0..u64::try_from(2 * times()).expect("it fits") {
        for t in journal::testing::engines().await {
            println!("seed {seed} on {:?}", t.engine);
            let mut life = Life::new(&t.journal, seed).await;
            for step in 0..300 {
                life.step(&t.journal, step).await;
            }
            println!("{} happened, {} were refused", life.happened, life.refused);
            assert!(life.happened > 100 && life.refused > 50, "the life is too quiet to mean anything");
            rows_are_the_fold(&t.journal).await;
            figures_are_lists_and_the_journals(&t.journal, &life).await;
        }
    }
}

#[tokio::test]
async fn a_changed_row_is_found_by_the_fold() {
    let t = journal::testing::engines().await.remove(0);
    let mut life = Life::new(&t.journal, 5).await;
    for step in 0..60 {
        life.step(&t.journal, step).await;
    }
    let mut tx = t.journal.begin().await.expect("a command begins");
    sqlx::query("update crime_report set counts = 9").execute(&mut *tx).await.expect("sql");
    let before = dump(&mut tx, &TABLES).await.expect("sql");
    clear(&mut tx, &TABLES).await.expect("sql");
    let mut memory = Memory::default();
    for entry in entries(&mut tx, 0, i64::MAX).await.expect("sql") {
        refold(&mut tx, &mut memory, &entry).await.expect("sql");
    }
    assert_ne!(before, dump(&mut tx, &TABLES).await.expect("sql"));
}
