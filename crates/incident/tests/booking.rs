//! Many at once want the few places of a diary: nobody gets one that somebody has, on both engines.

mod common;
#[path = "common/seen.rs"]
mod seen;

use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use common::{at, call, opening, who};
use contact::{
    grade::Grade,
    thrive::rules::{Assessment, Command as Assess, Considered, Element, Level},
};
use diary::place::Place;
use incident::{
    Change,
    appointment::{
        booking::{Chosen, Wish},
        rules::{Cause, Command, Fact},
    },
};
use jiff::{SignedDuration, Timestamp};
use journal::{Id, Journal, Tx, entries, head};

/// Who want a place at the same time.
const CLIENTS: usize = 64;

/// Entries that are read at once: a million attempts are more than fit into memory with ease.
const PAGE: usize = 50_000;

/// The attempts of a plain run; `make soak` makes a million.
const ATTEMPTS: usize = 3_000;
const SOAK_ATTEMPTS: usize = 1_000_000;

/// After so many changes to one incident a client goes on with another: the longer its history, the slower it is recalled.
const CHANGES: usize = 20;

struct Chance(u64);

impl Chance {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits fit") % most
    }
}

#[derive(Default)]
struct Counts {
    attempts: AtomicUsize,
    booked: AtomicUsize,
    refused: AtomicUsize,
}

/// A Standard incident in Edinburgh that was assessed.
async fn standard(tx: &mut Tx, now: Timestamp) -> Id {
    let id = Id::new(now);
    let contact = call(tx, now, "0131 496 0123").await;
    let advisor = who("advisor");
    incident::open(tx, &advisor, now, &id, opening(contact, Grade::Standard))
        .await
        .expect("the database answers")
        .expect("it is opened");
    let one = |element| {
        (element, Considered { level: Level::NoneIdentified, narrative: "Alone".to_owned().into() })
    };
    let elements = Element::ALL.into_iter().map(one).collect();
    let assess =
        Assess::Assess(Assessment { elements, change: "First".to_owned().into(), ..Assessment::default() });
    incident::change(tx, &advisor, now, &id, Change::Thrive(assess))
        .await
        .expect("the database answers")
        .expect("it is assessed");
    id
}

/// One of the twelve hours of the day after: 24 places for all.
fn wish(diary: &Id, chance: &mut Chance) -> Wish {
    let first: Timestamp = "2026-11-22T08:00:00Z".parse().expect("a moment");
    let hour = i64::try_from(chance.below(12)).expect("it fits");
    let starts_at = first + SignedDuration::from_hours(hour);
    let slot = Some(Chosen { diary: diary.clone(), shift: 0, starts_at });
    Wish { slot, mode: "home".into(), why_later: "They wish it.".into(), asked: None }
}

fn cause() -> Cause {
    Cause { by: "caller".into(), reason: "another_time_wanted".into(), ..Cause::default() }
}

async fn client(journal: Journal, diary: Id, seed: u64, most: usize, counts: Arc<Counts>) {
    let now = at(30);
    let mut chance = Chance(seed);
    let acting = who(&format!("advisor {seed}"));
    let mut changes = CHANGES;
    let mut incident: Option<Id> = None;
    while counts.attempts.fetch_add(1, Ordering::Relaxed) < most {
        let mut tx = journal.begin().await.expect("a command begins");
        let id = if let Some(id) = incident.take().filter(|_| changes < CHANGES) {
            id
        } else {
            let id = standard(&mut tx, now).await;
            tx.commit().await.expect("it is committed");
            tx = journal.begin().await.expect("a command begins");
            changes = 0;
            id
        };
        let is_cancelled = changes + 1 == CHANGES || chance.below(8) == 0;
        let command = if is_cancelled {
            Command::Cancel { cause: cause() }
        } else {
            Command::Book { wish: wish(&diary, &mut chance), cause: cause() }
        };
        let stored = incident::change(&mut tx, &acting, now, &id, Change::Appointment(command)).await;
        if stored.expect("the database answers").is_ok() {
            tx.commit().await.expect("it is committed");
            changes += 1;
            counts.booked.fetch_add(usize::from(!is_cancelled), Ordering::Relaxed);
        } else {
            drop(tx);
            // At the end of its turn it gives back what it has; where it has nothing, it goes on with another.
            changes += usize::from(changes + 1 == CHANGES);
            counts.refused.fetch_add(1, Ordering::Relaxed);
        }
        incident = Some(id);
    }
}

/// Every place, as the journal has it from its first entry to its last: taken once, and given back before it is taken again.
async fn nobody_got_what_somebody_had(journal: &Journal) -> usize {
    let mut read = journal.read().await.expect("a reading begins");
    let mut had: BTreeMap<Place, Id> = BTreeMap::new();
    let mut of: BTreeMap<Id, Place> = BTreeMap::new();
    let mut double = 0;
    let last = head(&mut read).await.expect("the journal is read");
    for after in (0..last).step_by(PAGE) {
        let until = last.min(after + i64::try_from(PAGE).expect("it fits"));
        for entry in entries(&mut read, after, until).await.expect("the journal is read") {
            let Some(fact) = entry.fact::<Fact>().expect("it parses") else { continue };
            let id = entry.subject.clone();
            if let Some(place) = of.remove(&id) {
                had.remove(&place);
            }
            if let Fact::Booked(booking) | Fact::Rescheduled { booking, .. } = fact {
                double += usize::from(had.insert(booking.place.clone(), id.clone()).is_some());
                of.insert(id, booking.place);
            }
        }
    }
    double
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_place_is_never_booked_twice_however_many_want_it() {
    let is_soak = std::env::var("ANSWERABLE_SOAK").is_ok_and(|text| !text.is_empty() && text != "0");
    let most = if is_soak { SOAK_ATTEMPTS } else { ATTEMPTS };
    for t in journal::testing::engines().await {
        let diary = seen::diary(&t.journal, at(0)).await;
        let counts = Arc::new(Counts::default());
        let clients = (0..CLIENTS).map(|number| {
            let seed = u64::try_from(number).expect("it fits");
            tokio::spawn(client(t.journal.clone(), diary.clone(), seed, most, counts.clone()))
        });
        for client in clients.collect::<Vec<_>>() {
            client.await.expect("no client gives up");
        }
        let (booked, refused) =
            (counts.booked.load(Ordering::Relaxed), counts.refused.load(Ordering::Relaxed));
        let double = nobody_got_what_somebody_had(&t.journal).await;
        println!(
            "{:?}: {most} attempts of {CLIENTS} clients, {booked} booked, {refused} refused, {double} double",
            t.engine
        );
        assert_eq!(double, 0, "somebody got a place that somebody had");
        assert!(booked > 100 && refused > most / 20, "too little was wanted to mean anything");
    }
}
