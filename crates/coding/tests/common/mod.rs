//! A week of contacts that are counted, and a clock.

#![expect(
    clippy::unwrap_used,
    reason = "these are the hands of tests; clippy knows only the tests themselves"
)]

use std::sync::atomic::{AtomicI64, Ordering};

use contact::{
    contact::rules::{Arrival, Channel, Command as Contacting, Location, Purpose},
    grade::Grade,
};
use incident::{
    Acting, Change, Opening,
    incident::rules::{Command as Incident, Kind},
};
use jiff::{SignedDuration, Timestamp};
use journal::{Actor, Id, Journal, Tx};

/// The week that is drawn: 16 to 22 November 2026.
pub const WEEK: &str = "2026-W47";

static CLOCK: AtomicI64 = AtomicI64::new(0);

/// The site's clock: at first 26 November 2026, at noon.
pub fn now() -> Timestamp {
    let start: Timestamp = "2026-11-26T12:00:00Z".parse().unwrap();
    start + SignedDuration::from_mins(CLOCK.load(Ordering::SeqCst))
}

/// Puts the clock so many minutes after noon.
pub fn minutes_past_noon(minutes: i64) {
    CLOCK.store(minutes, Ordering::SeqCst);
}

fn at(hours: i64) -> Timestamp {
    let begin: Timestamp = "2026-11-16T08:00:00Z".parse().unwrap();
    begin + SignedDuration::from_hours(hours)
}

/// Somebody with an account, on the task of recording.
pub fn who(account: &str) -> Actor {
    Actor { who: account.into(), role: "service_advisor".into(), task: "Record a contact".into() }
}

async fn received(tx: &mut Tx, account: &str, now: Timestamp, says: &str) -> Id {
    let contact = Id::new(now);
    let arrival = Arrival {
        channel: Channel::NonEmergency,
        option: "4".into(),
        line: "Bilston Glen 12".into(),
        number: "01632 960700".to_owned().into(),
        arrived_at: now,
        answered_at: Some(now),
        their_reference: String::new(),
    };
    let words = "14 Rowan Court".to_owned().into();
    let location = Location { words, division: "E".into(), ..Location::default() };
    for command in [
        Contacting::Receive(arrival),
        Contacting::Locate(location),
        Contacting::Tell { words: says.to_owned() },
    ] {
        let stored = contact::contact::rows::change(tx, &who(account), now, &contact, command).await.unwrap();
        stored.unwrap();
    }
    contact
}

/// An incident, and somebody who rings again and chases.
async fn chased(tx: &mut Tx, account: &str, hours: i64) {
    let contact = received(tx, account, at(hours), "Her bicycle was taken <b>").await;
    let opening = Opening {
        contact,
        kind: Kind { incident_type: "theft".into(), qualifiers: vec![] },
        location: None,
        summary: "A bicycle was taken".into(),
        persons: vec![],
        warnings: vec![],
        grade: Grade::OtherResolution,
        suggestion: None,
        rationale: String::new(),
    };
    let (incident, acting) = (Id::new(at(hours)), Acting::of(who(account), "session"));
    incident::open(tx, &acting, at(hours), &incident, opening).await.unwrap().unwrap();
    let again = received(tx, account, at(hours + 2), "She asks what became of it").await;
    let attach = Change::Incident(Incident::Attach { contact: again, purpose: Purpose::Chase });
    incident::change(tx, &acting, at(hours + 2), &incident, attach).await.unwrap().unwrap();
}

/// Counts a week in which `plain` contacts came and `chases` incidents were each chased once.
pub async fn week(journal: &Journal, account: &str, plain: i64, chases: i64) {
    recorded(journal, account, plain, chases).await;
    measure::worker::catch_up(journal).await.unwrap();
}

/// The same week, not counted yet.
pub async fn recorded(journal: &Journal, account: &str, plain: i64, chases: i64) {
    let mut tx = journal.begin().await.unwrap();
    for number in 0..plain {
        received(&mut tx, account, at(number), "Somebody shouts in the street").await;
    }
    for number in 0..chases {
        chased(&mut tx, account, plain + 4 * number).await;
    }
    tx.commit().await.unwrap();
}
