//! What the diaries offer on the evening of the tables of cases.

use contact::grade::Grade;
use diary::place::{Gender, Mode, Place, Slot};
use journal::Refusal;

use super::{
    booking::{Chosen, Offered, Wish},
    rules::{Cause, Command},
};
use crate::{
    change::Change,
    testing::{Sample, at, id},
};

/// A slot of an hour in the diary of Edinburgh.
pub(super) fn slot(minute: &str, officer: i64, gender: Option<Gender>) -> Slot {
    Slot {
        place: Place { diary: id(9), shift: 0, starts_at: at(minute), officer },
        ends_at: at(minute) + jiff::SignedDuration::from_hours(1),
        unit: "division_e".to_owned(),
        station: "Shore Street".to_owned(),
        modes: vec![Mode::Home, Mode::Station],
        gender,
        skills: vec![],
    }
}

/// An incident that was assessed at 20:05, with slots at 21:00 (a man), 22:00 (a man and a woman) and 23:00 (nobody says).
pub(super) fn sample(grade: Grade, qualifiers: &[&str]) -> Sample {
    let mut sample = Sample::opened(grade, qualifiers).assessed("20:05", 6);
    let (man, woman) = (Some(Gender::Man), Some(Gender::Woman));
    let free =
        vec![slot("21:00", 0, man), slot("22:00", 0, man), slot("22:00", 1, woman), slot("23:00", 0, None)];
    sample.1 = Offered { free, is_in_diary: true };
    sample
}

pub(super) fn wish(minute: &str, mode: &str) -> Wish {
    let chosen = Chosen { diary: id(9), shift: 0, starts_at: at(minute) };
    Wish { slot: Some(chosen), mode: mode.into(), why_later: String::new(), asked: None }
}

pub(super) fn book(minute: &str, mode: &str) -> Command {
    Command::Book { wish: wish(minute, mode), cause: Cause::default() }
}

pub(super) fn does(sample: &mut Sample, minute: &str, command: Command) -> Result<&'static str, Refusal> {
    sample.told(minute, "officer", Change::Appointment(command))
}
