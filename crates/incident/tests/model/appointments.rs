//! The steps about appointments, and what the diaries offer.

use diary::place::{Gender, Mode, Place, Slot};
use incident::appointment::{
    booking::{Chosen, Offered, Wish},
    rules::{Cause, Command},
};
use jiff::{SignedDuration, Timestamp};
use journal::Id;

use crate::steps::{Chance, Step};

fn slot(now: Timestamp, minutes: i64, gender: Option<Gender>) -> Slot {
    let starts_at = now + SignedDuration::from_mins(minutes);
    let diary = Id::read("018a645b-0000-7bb7-b19b-0000000000d1").expect("an identity");
    Slot {
        place: Place { diary, shift: 0, starts_at, officer: minutes },
        ends_at: starts_at + SignedDuration::from_mins(10),
        unit: "division_e".to_owned(),
        station: "Shore Street".to_owned(),
        modes: vec![Mode::Home],
        gender,
        skills: vec![],
    }
}

/// What is free at `now`: in a minute, in a quarter of an hour, in an hour.
pub fn offered(now: Timestamp) -> Offered {
    let free = vec![slot(now, 1, Some(Gender::Man)), slot(now, 15, Some(Gender::Woman)), slot(now, 60, None)];
    Offered { free, is_in_diary: true }
}

/// The one that begins in `minutes`.
pub fn wish(now: Timestamp, minutes: i64, why_later: &str) -> Wish {
    let slot = Some(Chosen::of(&slot(now, minutes, None)));
    Wish { slot, mode: "home".into(), why_later: why_later.into(), asked: None }
}

/// Somebody’s doing, and how they were told.
pub fn cause(by: &str) -> Cause {
    Cause { by: by.into(), reason: "not_safe".into(), words: String::new(), told: "call".into() }
}

/// A step by chance.
pub fn command(chance: &mut Chance, now: Timestamp, step: Step) -> Command {
    let by = chance.pick(&["police", "caller", "caller", "nobody"]);
    match step {
        Step::Ask => {
            let answer = chance.pick(&["woman", "man", "no_preference", "not asked"]).to_owned();
            Command::Ask { way: "call".into(), answer }
        }
        Step::Except => {
            let ground = chance.pick(&["prejudice", "not_practicable", "c"]).to_owned();
            Command::Except { ground, reason: "None on duty.".into() }
        }
        Step::Allow => Command::Allow { reason: chance.pick(&["A flood.", ""]).to_owned() },
        Step::Book => {
            let minutes = chance.pick(&[1, 15, 60, 61]);
            let why = chance.pick(&["", "They work until then."]);
            Command::Book { wish: wish(now, minutes, why), cause: cause(by) }
        }
        Step::Cancel => Command::Cancel { cause: cause(by) },
        Step::Miss => Command::Miss { cause: cause(by) },
        Step::Keep => {
            let as_asked = chance.pick(&["", "yes", "no"]).to_owned();
            Command::Keep { at: now, as_asked, words: "All was told.".into() }
        }
        _ => Command::NotWanted { reason: "They came by.".into() },
    }
}
