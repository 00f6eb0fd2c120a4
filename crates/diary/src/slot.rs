//! The slots of a diary: which places can be offered, whoever has them. Pure.
//!
//! A shift of a day runs from its beginning on that day to its end, on that day or the next, in Europe/London. Its slots
//! follow each other by elapsed time while they end by its end, so a night shift has one more hour when the clocks go back
//! and one less when they go forward. A local time that is skipped is taken as the time as long after the gap; one that is
//! there twice as the first of the two.

use std::ops::RangeInclusive;

use jiff::{
    SignedDuration, Timestamp,
    civil::{Date, Time, date},
};
use journal::Id;

use crate::{
    definition::{day_of, scotland},
    diary::rules::{Diary, Shift},
    place::{Place, Slot},
};

/// The days that a diary may speak of.
pub fn sane_days() -> RangeInclusive<Date> {
    date(2000, 1, 1)..=date(2199, 12, 31)
}

/// How long a shift lasts on a day of 24 hours, in minutes.
pub fn minutes_of(from: Time, until: Time) -> i64 {
    let minutes = |time: Time| i64::from(time.hour()) * 60 + i64::from(time.minute());
    let length = minutes(until) - minutes(from);
    if length > 0 { length } else { length + 24 * 60 }
}

/// When a shift of `day` begins and ends.
fn hours(shift: &Shift, day: Date) -> Option<(Timestamp, Timestamp)> {
    let at = |day: Date, time: Time| day.to_datetime(time).to_zoned(scotland()).ok().map(|at| at.timestamp());
    let last = if shift.until > shift.from { day } else { day.tomorrow().ok()? };
    Some((at(day, shift.from)?, at(last, shift.until)?))
}

/// Every place whose slot begins from `from` and before `until`, by time, shift and officer; blocked ones are left out.
pub fn slots(id: &Id, diary: &Diary, from: Timestamp, until: Timestamp) -> Vec<Slot> {
    let mut slots = Vec::new();
    if until <= from {
        return slots;
    }
    // A shift that began the day before may run into the first.
    let first = day_of(from).yesterday().unwrap_or(Date::MIN).max(*sane_days().start());
    let last = day_of(until).min(*sane_days().end());
    let days = first.series(jiff::Span::new().days(1)).take_while(|day| *day <= last);
    for day in days {
        for (number, shift) in (0..).zip(&diary.shifts).filter(|(_, shift)| shift.is_on(day)) {
            of_shift(id, diary, (number, shift), day, (from, until), &mut slots);
        }
    }
    slots.sort_by(|one, other| {
        let key = |slot: &Slot| (slot.place.starts_at, slot.place.shift, slot.place.officer);
        key(one).cmp(&key(other))
    });
    slots
}

fn of_shift(
    id: &Id,
    diary: &Diary,
    (number, shift): (i64, &Shift),
    day: Date,
    (from, until): (Timestamp, Timestamp),
    slots: &mut Vec<Slot>,
) {
    let Some((begins, ends)) = hours(shift, day) else { return };
    let length = SignedDuration::from_mins(shift.slot_minutes.max(1));
    let mut starts_at = begins;
    while let Ok(ends_at) = starts_at.checked_add(length) {
        if ends_at > ends {
            return;
        }
        if from <= starts_at && starts_at < until {
            slots.extend(of_time(id, diary, (number, shift), starts_at, ends_at));
        }
        starts_at = ends_at;
    }
}

fn of_time<'a>(
    id: &'a Id,
    diary: &'a Diary,
    (number, shift): (i64, &'a Shift),
    starts_at: Timestamp,
    ends_at: Timestamp,
) -> impl Iterator<Item = Slot> + 'a {
    let is_free = move |officer: i64| {
        !diary.blocks.iter().any(|block| block.takes(number, officer, starts_at, ends_at))
    };
    let officers = (0..).zip(&shift.officers).filter(move |(officer, _)| is_free(*officer));
    officers.map(move |(officer, one)| Slot {
        place: Place { diary: id.clone(), shift: number, starts_at, officer },
        ends_at,
        unit: diary.unit.clone(),
        station: diary.station.clone(),
        modes: shift.modes.clone(),
        gender: one.gender,
        skills: one.skills.clone(),
    })
}

#[cfg(test)]
#[path = "slot_test.rs"]
mod tests;
