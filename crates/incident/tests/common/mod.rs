//! Contacts and people for tests of incidents.

use contact::{
    contact::rules::{Arrival, Channel, Command, Location},
    grade::Grade,
};
use incident::{Acting, Opening, incident::rules::Kind};
use jiff::{SignedDuration, Timestamp};
use journal::{Actor, Id, Tx};

/// So many minutes after the evening began: 21 November 2026, 20 o'clock.
pub fn at(minute: usize) -> Timestamp {
    let start: Timestamp = "2026-11-21T20:00:00Z".parse().expect("a moment");
    start + SignedDuration::from_mins(i64::try_from(minute).expect("it fits"))
}

/// Somebody in a session of their own.
pub fn who(name: &str) -> Acting {
    let actor = Actor { who: name.into(), role: "supervisor".into(), task: "Live".into() };
    Acting::of(actor, &format!("session of {name}"))
}

/// A call that was answered.
pub async fn call(tx: &mut Tx, now: Timestamp, number: &str) -> Id {
    let id = Id::new(now);
    let arrival = Arrival {
        channel: Channel::Emergency,
        option: String::new(),
        line: "Bilston Glen 12".into(),
        number: number.to_owned().into(),
        arrived_at: now - SignedDuration::from_secs(9),
        answered_at: Some(now),
        their_reference: String::new(),
    };
    contact::contact::rows::change(tx, &who("advisor").actor, now, &id, Command::Receive(arrival))
        .await
        .expect("the database answers")
        .expect("the call is received");
    id
}

/// An assault in Edinburgh, in a few words.
pub fn opening(contact: Id, grade: Grade) -> Opening {
    let words = "4 Shore Street, Leith".to_owned().into();
    Opening {
        contact,
        kind: Kind { incident_type: "assault".into(), qualifiers: vec!["alcohol".into()] },
        location: Some(Location { words, division: "E".into(), ..Location::default() }),
        summary: "Shouting and a scream next door".into(),
        persons: vec![],
        warnings: vec![],
        grade,
        suggestion: None,
        rationale: String::new(),
    }
}
