//! Random lives of samples, seeded, on both engines: the rows are the fold of the journal, and say what the facts say.

mod common;

use std::collections::BTreeMap;

use coding::{
    Memory, TABLES, refold,
    sample::{
        rows::{Stored, by_week, cells, change, draw, folded, items, list},
        rules::{Command, code_key},
        week::Week,
    },
};
use common::{WEEK, minutes_past_noon, now, week, who};
use failure::code::Code;
use journal::{Id, Journal, clear, dump, entries, head};

/// A small generator of numbers: the same seed gives the same life on every machine.
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits fit") % most
    }
}

/// The whole run multiplies the work (`make soak`).
fn times() -> usize {
    std::env::var("ANSWERABLE_SOAK").ok().and_then(|text| text.parse().ok()).unwrap_or(1)
}

async fn done(journal: &Journal, id: &Id, by: &str, command: Command) -> bool {
    let mut tx = journal.begin().await.expect("a command begins");
    let stored: Stored = change(&mut tx, &who(by), now(), id, command).await;
    let is_done = stored.expect("sql").is_ok();
    if is_done {
        tx.commit().await.expect("it is committed");
    }
    is_done
}

/// Codes, amends and closes at random; gives how often it was done and how often refused.
async fn live(journal: &Journal, id: &Id, chance: &mut Chance, steps: usize) -> (usize, usize) {
    let all = items(&mut journal.read().await.expect("it begins"), id).await.expect("sql");
    let (mut happened, mut refused) = (0, 0);
    for step in 0..steps {
        minutes_past_noon(i64::try_from(step).expect("few"));
        let by = ["a supervisor", "an analyst", "an advisor"][chance.below(3)];
        let contact = all[chance.below(all.len())].contact.clone();
        let code = Some(Code::ALL[chance.below(Code::ALL.len())]).filter(|_| chance.below(5) > 0);
        let note = ["", "As it is told"][chance.below(2)].to_owned();
        let reason = ["", "On reading it again"][chance.below(2)].to_owned();
        let command = match chance.below(40) {
            0 if step > steps / 2 => Command::Close { reason },
            1..=12 => Command::Amend { contact, code, note, reason },
            _ => Command::Code { contact, code, note },
        };
        if done(journal, id, by, command).await {
            happened += 1;
        } else {
            refused += 1;
        }
    }
    (happened, refused)
}

#[tokio::test]
async fn rows_are_the_fold_of_the_journal_and_say_what_the_facts_say() {
    for t in journal::testing::engines().await {
        minutes_past_noon(0);
        week(&t.journal, "an advisor", 30, 4).await;
        for seed in 0..times() {
            let mut chance = Chance(17 + u64::try_from(seed).expect("it fits"));
            let drawn = Week::read(WEEK).expect("a week");
            let id = Id::new(now());
            let mut tx = t.journal.begin().await.expect("a command begins");
            let stored = draw(&mut tx, &who("an analyst"), now(), &id, (drawn, format!("seed {seed}"))).await;
            if seed > 0 {
                assert!(stored.expect("sql").is_err(), "a week is drawn twice");
                continue;
            }
            stored.expect("sql").expect("it is drawn");
            tx.commit().await.expect("it is committed");
            let (happened, refused) = live(&t.journal, &id, &mut chance, 160).await;
            assert!(happened > 20 && refused > 20, "{happened} happened, {refused} were refused");
            fits(&t.journal, &id).await;
        }
        replays(&t.journal).await;
    }
}

/// Rows say what the facts say.
async fn fits(journal: &Journal, id: &Id) {
    let mut read = journal.read().await.expect("it begins");
    let sample = folded(&mut read, id).await.expect("sql").expect("it is there");
    let listed = by_week(&mut read, sample.drawn.week).await.expect("sql").expect("it is there");
    assert_eq!(list(&mut read, None, 9).await.expect("sql"), std::slice::from_ref(&listed));
    let missing = i64::try_from(sample.missing()).expect("few");
    assert_eq!((listed.drawn - listed.coded, listed.closed_at.is_some()), (missing, sample.closed.is_some()));
    let items = items(&mut read, id).await.expect("sql");
    assert_eq!(items.len(), sample.drawn.sample.len());
    for (item, one) in items.iter().zip(&sample.drawn.sample) {
        let codings = sample.codings(&one.contact);
        let second = codings.last().map_or_else(String::new, |last| code_key(last.code));
        assert_eq!(
            (&item.contact, &item.derived, &item.second),
            (&one.contact, &code_key(one.derived), &second)
        );
        assert_eq!(usize::try_from(item.codings).expect("few"), codings.len());
        assert!(codings.iter().all(|coding| coding.by != "an advisor"), "an advisor coded their own contact");
        assert!(codings.windows(2).all(|pair| pair[0].by == pair[1].by), "somebody amended another’s coding");
    }
    let cells = cells(&mut read, sample.drawn.week, sample.drawn.week).await.expect("sql");
    let pairs: u32 = cells.values().flat_map(BTreeMap::values).sum();
    let coded = items.iter().filter(|item| !item.second.is_empty()).count();
    assert_eq!(usize::try_from(pairs).expect("few"), if sample.closed.is_some() { coded } else { 0 });
}

async fn replays(journal: &Journal) {
    let mut tx = journal.begin().await.expect("a command begins");
    let before = dump(&mut tx, &TABLES).await.expect("the rows are read");
    assert!(before.len() > 30);
    clear(&mut tx, &TABLES).await.expect("the rows are emptied");
    let (mut memory, last) = (Memory::default(), head(&mut tx).await.expect("sql"));
    for entry in entries(&mut tx, 0, last).await.expect("sql") {
        refold(&mut tx, &mut memory, &entry).await.expect("it is folded");
    }
    assert_eq!(before, dump(&mut tx, &TABLES).await.expect("the rows are read"));
}
