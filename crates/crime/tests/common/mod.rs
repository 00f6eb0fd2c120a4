//! Incidents and crimes for the tests of the room.

use contact::{
    contact::rules::{Arrival, Channel, Command as Contacting, Location},
    grade::Grade,
    thrive::rules::{Assessment, Command as Assess, Considered, Element, Level},
};
use incident::{Acting, Change, Opening, incident::rules::Kind};
use jiff::{SignedDuration, Timestamp};
use journal::{Actor, Id, Tx};

/// 26 November 2026 at 8 o'clock, and so many minutes.
pub fn at(minutes: usize) -> Timestamp {
    let begin: Timestamp = "2026-11-26T08:00:00Z".parse().expect("a moment");
    begin + SignedDuration::from_mins(i64::try_from(minutes).expect("few"))
}

/// Somebody of the resolution team.
pub fn who() -> Actor {
    Actor { who: "tester".into(), role: "resolution_team".into(), task: "Record".into() }
}

/// An incident for the resolution team in that division, opened and assessed at `now`.
pub async fn incident(tx: &mut Tx, now: Timestamp, division: &str, is_vulnerable: bool) -> Id {
    let contact = Id::new(now);
    let arrival = Arrival {
        channel: Channel::NonEmergency,
        option: String::new(),
        line: "Bilston Glen 12".into(),
        number: "01632 960700".to_owned().into(),
        arrived_at: now,
        answered_at: Some(now),
        their_reference: String::new(),
    };
    contact::contact::rows::change(tx, &who(), now, &contact, Contacting::Receive(arrival))
        .await
        .expect("the database answers")
        .expect("the call is received");
    let acting = Acting::of(who(), "session");
    let id = Id::new(now);
    let words = "14 Rowan Court".to_owned().into();
    let location =
        (!division.is_empty()).then(|| Location { words, division: division.into(), ..Location::default() });
    let opening = Opening {
        contact,
        kind: Kind { incident_type: "theft".into(), qualifiers: vec![] },
        location,
        summary: "A bicycle was taken from a shed".into(),
        persons: vec![],
        warnings: vec![],
        grade: Grade::OtherResolution,
        suggestion: None,
        rationale: String::new(),
    };
    incident::open(tx, &acting, now, &id, opening)
        .await
        .expect("the database answers")
        .expect("it is opened");
    assess(tx, now, &id, is_vulnerable).await;
    id
}

/// An assessment of all six.
pub async fn assess(tx: &mut Tx, now: Timestamp, id: &Id, is_vulnerable: bool) {
    let level = |element| {
        if element == Element::Vulnerability && is_vulnerable { Level::High } else { Level::NoneIdentified }
    };
    let one = |element| {
        (element, Considered { level: level(element), narrative: "It was asked about".to_owned().into() })
    };
    let elements = Element::ALL.into_iter().map(one).collect();
    let change = "It was asked about again".to_owned().into();
    let assess = Assess::Assess(Assessment { elements, change, ..Assessment::default() });
    incident::change(tx, &Acting::of(who(), "session"), now, id, Change::Thrive(assess))
        .await
        .expect("the database answers")
        .expect("it is assessed");
}
