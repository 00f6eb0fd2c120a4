//! Rows of diaries on both engines: holds, what is free in a fixed number of statements, and the fold of the journal.

use std::{
    collections::BTreeSet,
    sync::atomic::{AtomicUsize, Ordering},
};

use diary::{
    Memory, TABLES,
    diary::{
        rows::{Diaries, of_unit, one},
        rules::{Command, Known, Officer, Shift},
    },
    feed::{self, rows::Feeds},
    hold::rows::{hold, of_holder, release},
    place::{Mode, Place, Slot},
    refold,
    slot::slots,
};
use jiff::{
    SignedDuration, Timestamp,
    civil::{date, time},
};
use journal::{Actor, Id, Journal, act};
use tracing_subscriber::{Layer, layer::SubscriberExt};

/// How many statements the driver has told of.
static STATEMENTS: AtomicUsize = AtomicUsize::new(0);

/// Counts the statements that the database driver tells of as it runs them.
struct Counting;

impl<S: tracing::Subscriber> Layer<S> for Counting {
    fn on_event(&self, event: &tracing::Event<'_>, _: tracing_subscriber::layer::Context<'_, S>) {
        if event.metadata().target() == "sqlx::query" {
            STATEMENTS.fetch_add(1, Ordering::SeqCst);
        }
    }
}

fn now() -> Timestamp {
    "2026-11-27T10:00:00Z".parse().expect("a moment")
}

fn who() -> Actor {
    Actor { who: "tester".into(), role: "diary_manager".into(), task: "Keep a diary".into() }
}

/// A diary with a shift of every day from eight to eight.
async fn open(journal: &Journal, unit: &str, station: &str, officers: usize) -> Id {
    let id = Id::new(now());
    let mut tx = journal.begin().await.expect("it begins");
    let shift = Shift {
        weekdays: (1..=7).collect(),
        first: date(2026, 11, 1),
        last: None,
        from: time(8, 0, 0, 0),
        until: time(20, 0, 0, 0),
        slot_minutes: 60,
        modes: vec![Mode::Home],
        officers: vec![Officer::default(); officers],
    };
    let known = Known { now: now(), is_taken: false };
    for command in [Command::Open { unit: unit.into(), station: station.into() }, Command::AddShift(shift)] {
        act::<Diaries>(&mut tx, &who(), now(), &id, &known, command)
            .await
            .expect("the database answers")
            .expect("it is decided");
    }
    tx.commit().await.expect("it is committed");
    id
}

async fn free(
    journal: &Journal,
    unit: &str,
    at: Timestamp,
    holder: &str,
    taken: &BTreeSet<Place>,
) -> Vec<Slot> {
    let until = now() + SignedDuration::from_hours(24 * 31);
    let mut read = journal.read().await.expect("it begins");
    diary::free(&mut read, unit, (now(), until), at, holder, taken).await.expect("it reads")
}

#[tokio::test]
async fn a_time_is_held_for_one_until_it_runs_out_or_is_released() {
    for t in journal::testing::engines().await {
        let id = open(&t.journal, "division_e", "Shore Street", 2).await;
        let none = BTreeSet::new();
        let all = free(&t.journal, "division_e", now(), "one", &none).await;
        let place = all[0].place.clone();
        let later = now() + SignedDuration::from_mins(5);
        let mut tx = t.journal.begin().await.expect("it begins");
        for (holder, at, is_held) in [
            ("one", now(), true),
            ("two", now(), false),
            ("one", now() + SignedDuration::from_mins(1), true),
            ("two", later, false),
            ("two", later + SignedDuration::from_mins(1), true),
            ("one", later + SignedDuration::from_mins(2), false),
        ] {
            let held = hold(&mut tx, &place, holder, &id, at).await.expect("the database answers");
            assert_eq!(held, is_held, "{holder} at {at}, {:?}", t.engine);
        }
        tx.commit().await.expect("it is committed");
        let at = later + SignedDuration::from_mins(2);
        assert_eq!(free(&t.journal, "division_e", at, "two", &none).await.len(), all.len());
        let for_others = free(&t.journal, "division_e", at, "one", &none).await;
        assert_eq!(for_others.len(), all.len() - 1);
        assert!(for_others.iter().all(|slot| slot.place != place));
        let mut read = t.journal.read().await.expect("it begins");
        assert_eq!(of_holder(&mut read, "two", at).await.expect("it reads")[0].0, place);
        assert!(of_holder(&mut read, "one", at).await.expect("it reads").is_empty());
        drop(read);
        let mut tx = t.journal.begin().await.expect("it begins");
        release(&mut tx, "two").await.expect("the database answers");
        tx.commit().await.expect("it is committed");
        assert_eq!(free(&t.journal, "division_e", at, "one", &none).await.len(), all.len());
        assert!(free(&t.journal, "division_g", at, "one", &none).await.is_empty(), "another division");
    }
}

#[tokio::test]
async fn what_is_free_takes_two_statements_for_0_200_and_2000_bookings_and_is_in_order() {
    tracing::subscriber::set_global_default(tracing_subscriber::registry().with(Counting)).expect("set once");
    let t = journal::testing::engines().await.remove(0);
    for station in ["Shore Street", "High Street", "Harbour"] {
        open(&t.journal, "division_e", station, 4).await;
    }
    let all = free(&t.journal, "division_e", now(), "one", &BTreeSet::new()).await;
    assert!(all.len() > 4_000 && all.is_sorted_by_key(|slot| slot.place.starts_at), "{}", all.len());
    let until = now() + SignedDuration::from_hours(24 * 31);
    let mut read = t.journal.read().await.expect("it begins");
    let mut counts = Vec::new();
    for bookings in [0, 200, 2_000] {
        let taken: BTreeSet<Place> = all.iter().take(bookings).map(|slot| slot.place.clone()).collect();
        let before = STATEMENTS.load(Ordering::SeqCst);
        let found = diary::free(&mut read, "division_e", (now(), until), now(), "one", &taken).await;
        assert_eq!(found.expect("it reads").len(), all.len() - bookings);
        counts.push(STATEMENTS.load(Ordering::SeqCst) - before);
    }
    assert_eq!(counts, [2, 2, 2], "statements for 0, 200 and 2,000 bookings");
}

#[tokio::test]
async fn the_rows_are_the_fold_of_the_journal() {
    for t in journal::testing::engines().await {
        let id = open(&t.journal, "division_e", "Shore Street", 2).await;
        let mut tx = t.journal.begin().await.expect("it begins");
        let state = one(&mut tx, &id).await.expect("it reads").expect("it is there");
        assert_eq!(of_unit(&mut tx, "").await.expect("it reads"), [(id.clone(), state.clone())]);
        let until = now() + SignedDuration::from_hours(24);
        assert_eq!(slots(&id, &state, now(), until).len(), 24);
        let table = "division,station,date,from,until,modes,officers\nE,Shore Street,2026-12-05,08:00,12:00,home,man\nG,Gryfebridge,2026-12-05,08:00,12:00,home,man\nG,Gryfebridge,2026-12-06,08:00,12:00,home,man\n";
        let lines =
            diary::import::rules::read(table, &web::Typed::default(), now(), None).expect("it is read");
        let diaries = of_unit(&mut tx, "").await.expect("it reads");
        let compared = diary::import::rules::compare(now(), &diaries, &lines).expect("it is right");
        let count =
            diary::import::carry::carry(&mut tx, &who(), now(), &compared).await.expect("it is carried");
        assert_eq!(count, 4);
        let feed = Id::new(now());
        let opened =
            feed::rules::Command::Open { diary: id, hash: "ab12".into(), name: "Wall screen".into() };
        for command in [opened, feed::rules::Command::Revoke] {
            let known = feed::rules::Known::default();
            act::<Feeds>(&mut tx, &who(), now(), &feed, &known, command)
                .await
                .expect("the database answers")
                .expect("it is decided");
        }
        tx.commit().await.expect("it is committed");

        let mut tx = t.journal.begin().await.expect("it begins");
        let before = journal::dump(&mut tx, &TABLES).await.expect("it is dumped");
        assert_eq!(before.len(), 3, "{before:?}");
        journal::clear(&mut tx, &TABLES).await.expect("it is cleared");
        let mut memory = Memory::default();
        for entry in journal::entries(&mut tx, 0, 1_000).await.expect("it reads") {
            assert!(entry.leaf_fits);
            refold(&mut tx, &mut memory, &entry).await.expect("it folds");
        }
        assert_eq!(journal::dump(&mut tx, &TABLES).await.expect("it is dumped"), before, "{:?}", t.engine);
    }
}
