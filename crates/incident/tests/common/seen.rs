//! A diary for tests of appointments.

use diary::{
    diary::{
        rows::Diaries,
        rules::{Command, Known, Officer, Shift},
    },
    place::{Gender, Mode},
};
use jiff::{Timestamp, civil::time};
use journal::{Id, Journal, act};

use crate::common::who;

/// A diary of Edinburgh: day and night, by the hour, with a man and a woman.
pub async fn diary(journal: &Journal, now: Timestamp) -> Id {
    let id = Id::new(now);
    let known = Known { now, is_taken: false };
    let day = diary::definition::day_of(now);
    let gender = |gender| Officer { gender: Some(gender), skills: vec![] };
    let shift = Shift {
        weekdays: (1..=7).collect(),
        first: day,
        last: None,
        from: time(0, 0, 0, 0),
        until: time(0, 0, 0, 0),
        slot_minutes: 60,
        modes: vec![Mode::Home, Mode::Station],
        officers: vec![gender(Gender::Man), gender(Gender::Woman)],
    };
    let mut tx = journal.begin().await.expect("a command begins");
    for command in [
        Command::Open { unit: "division_e".into(), station: "Shore Street".into() },
        Command::AddShift(shift),
    ] {
        act::<Diaries>(&mut tx, &who("manager").actor, now, &id, &known, command)
            .await
            .expect("the database answers")
            .expect("the diary has its shift");
    }
    tx.commit().await.expect("it is committed");
    id
}
