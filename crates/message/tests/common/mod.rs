//! The room's pages with people and programs before them.

#![expect(
    clippy::unwrap_used,
    reason = "these are the hands of tests; clippy knows only the tests themselves"
)]

use std::sync::atomic::{AtomicI64, Ordering};

use axum::Extension;
use contact::{
    contact::rules::{Arrival, Caller as Described, Channel, Command},
    preference::{
        self,
        rules::{Preference, Unsafe, Way},
    },
};
use jiff::{SignedDuration, Timestamp};
use journal::{Actor, Connection, Id, Journal};
use message::message::{
    mailbox::pages::Local,
    new::pages::{Incidents, Telling},
    saying::About,
};
use users::testing::App;

static CLOCK: AtomicI64 = AtomicI64::new(0);

/// The site's clock stands where the test puts it; at first on 26 November 2026, at noon.
pub fn now() -> Timestamp {
    let start: Timestamp = "2026-11-26T12:00:00Z".parse().unwrap();
    start + SignedDuration::from_mins(CLOCK.load(Ordering::SeqCst))
}

/// Puts the clock so many minutes after noon.
pub fn minutes_past_noon(minutes: i64) {
    CLOCK.store(minutes, Ordering::SeqCst);
}

/// The one incident there is.
pub const INCIDENT: &str = "018a645b-0000-7bb7-b19b-000000000001";

/// The contact by which it was opened.
pub const CONTACT: &str = "018a645b-0000-7bb7-b19b-000000000002";

/// Their e-mail address, as the room of the incident tells it.
pub const EMAIL: &str = "canary.wren@example.org";

/// Their postal address, as the room of the incident tells it.
pub const ADDRESS: &str = "9 Canary Wynd\nLeith";

/// What the room of the incident tells of it.
pub fn the_incident() -> About {
    About {
        email: EMAIL.to_owned().into(),
        address: ADDRESS.to_owned().into(),
        ..About::of(Id::read(INCIDENT).unwrap(), "I-0001-X", Id::read(CONTACT))
    }
}

fn about<'a>(_: &'a mut Connection, id: &'a Id) -> Telling<'a> {
    let is_it = id.as_str() == INCIDENT;
    Box::pin(async move { Ok(is_it.then(the_incident)) })
}

/// Somebody of the tests who acts.
pub fn actor() -> Actor {
    Actor { who: "tester".into(), role: "service_advisor".into(), task: "Write".into() }
}

/// Whoever was in touch: Morag Reid, on that number, with this language.
pub async fn somebody(journal: &Journal, contact: &Id, number: &str, language: &str) {
    let arrived_at = "2026-11-20T09:00:00Z".parse().unwrap();
    let mut tx = journal.begin().await.unwrap();
    let arrival = Arrival {
        channel: Channel::NonEmergency,
        option: String::new(),
        line: String::new(),
        number: number.to_owned().into(),
        arrived_at,
        answered_at: Some(arrived_at),
        their_reference: String::new(),
    };
    let caller = Described {
        name: "Morag Reid".to_owned().into(),
        language: language.to_owned(),
        ..Described::default()
    };
    for command in [Command::Receive(arrival), Command::Describe(caller)] {
        contact::contact::rows::change(&mut tx, &actor(), now(), contact, command).await.unwrap().unwrap();
    }
    tx.commit().await.unwrap();
}

/// Says how whoever was in touch may be reached.
pub async fn wish(journal: &Journal, contact: &Id, preferred: &[Way], unsafe_ways: &[(Way, Option<&str>)]) {
    let unsafe_ways = unsafe_ways
        .iter()
        .map(|(way, to)| Unsafe {
            way: *way,
            to: to.map(|to| to.to_owned().into()),
            hours: None,
            why: "He reads it.".to_owned().into(),
        })
        .collect();
    let given = Preference {
        preferred: preferred.to_vec(),
        unsafe_ways,
        safe_hours: None,
        interviewer: String::new(),
    };
    let mut tx = journal.begin().await.unwrap();
    let give = preference::rules::Command::Give(given);
    preference::rows::change(&mut tx, &actor(), now(), contact, give).await.unwrap().unwrap();
    tx.commit().await.unwrap();
}

/// The room as the binary serves it.
pub fn app(journal: &Journal) -> App {
    App::of(journal, now, message::routes().layer(Extension(Incidents(about))).layer(Extension(Local)))
}
