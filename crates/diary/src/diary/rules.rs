//! What may happen to a diary: opened, shifts added and ended, times blocked and unblocked. Pure.

#![expect(missing_docs, reason = "the variant says what its fields are; their names say the rest")]

use contact::{codes::known, unit};
use jiff::{
    Timestamp,
    civil::{Date, Time, Weekday},
};
use journal::{
    Refusal,
    words::{LINE, PARAGRAPH, day as told_day, moment, required},
};
use serde::{Deserialize, Serialize};

use crate::{
    definition::{day_of, limits, skills},
    place::{Gender, Mode},
};

/// An officer of a shift, as far as somebody may ask for one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Officer {
    /// Nothing where the diary does not say.
    pub gender: Option<Gender>,
    /// Keys of `definitions/diary.toml`.
    #[serde(default)]
    pub skills: Vec<String>,
}

/// A shift: the same hours on some days of the week.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shift {
    /// The days of the week, 1 for Monday to 7 for Sunday, in order.
    pub weekdays: Vec<i8>,
    pub first: Date,
    /// Nothing means until further notice.
    pub last: Option<Date>,
    /// Local time.
    pub from: Time,
    /// Local time; not after `from` means on the next day.
    pub until: Time,
    pub slot_minutes: i64,
    pub modes: Vec<Mode>,
    pub officers: Vec<Officer>,
}

impl Shift {
    /// Whether it begins on `day`.
    pub fn is_on(&self, day: Date) -> bool {
        self.first <= day
            && self.last.is_none_or(|last| day <= last)
            && self.weekdays.contains(&day.weekday().to_monday_one_offset())
    }

    /// Whether it will not begin any more after `day`.
    pub fn is_over(&self, day: Date) -> bool {
        self.last.is_some_and(|last| last < day)
    }
}

/// A time in which nobody is seen: a holiday, a course, an illness.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    pub from: Timestamp,
    pub until: Timestamp,
    /// Only this shift; nothing means all.
    pub shift: Option<i64>,
    /// Only this officer of it; nothing means all.
    pub officer: Option<i64>,
    pub reason: String,
    pub lifted_at: Option<Timestamp>,
}

impl Block {
    /// Whether it takes away a place whose slot is from `from` to `until`.
    pub fn takes(&self, shift: i64, officer: i64, from: Timestamp, until: Timestamp) -> bool {
        self.lifted_at.is_none()
            && self.from < until
            && from < self.until
            && self.shift.is_none_or(|only| only == shift)
            && self.officer.is_none_or(|only| only == officer)
    }
}

/// A diary.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diary {
    /// A key of `contact::unit`.
    pub unit: String,
    pub station: String,
    pub opened_at: Timestamp,
    /// Each is known by its number, from 0.
    pub shifts: Vec<Shift>,
    /// Each is known by its number, from 0.
    pub blocks: Vec<Block>,
}

/// What the rules know besides the diary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    pub now: Timestamp,
    /// Whether the division has another diary of that station.
    pub is_taken: bool,
}

/// What somebody wants to happen.
#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    Open { unit: String, station: String },
    AddShift(Shift),
    EndShift { number: usize, last: Date },
    Block { from: Timestamp, until: Timestamp, shift: Option<i64>, officer: Option<i64>, reason: String },
    Unblock { number: usize },
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    Opened {
        at: Timestamp,
        unit: String,
        station: String,
    },
    ShiftAdded(Shift),
    /// `last`: the last day on which it begins; before its first day it never does.
    ShiftEnded {
        number: usize,
        last: Date,
    },
    Blocked(Block),
    Unblocked {
        number: usize,
        at: Timestamp,
    },
}

impl journal::Fact for Fact {
    const NOUN: &'static str = "diary";
}

/// What happens, or why not.
pub fn decide(known: &Known, was: Option<&Diary>, command: Command) -> Result<Fact, Refusal> {
    if let (None, Command::Open { unit, station }) = (was, &command) {
        return open(known, unit, station);
    }
    let Some(diary) = was else { return Err(Refusal::of("diary", "There is no such diary.")) };
    let today = day_of(known.now);
    match command {
        Command::Open { .. } => Err(Refusal::of("station", "It is open already.")),
        Command::AddShift(shift) => add(diary, today, shift),
        Command::EndShift { number, last } => end(diary, today, number, last),
        Command::Block { from, until, shift, officer, reason } => {
            let reason = required("reason", "The reason", &reason, PARAGRAPH)?;
            block(known, diary, Block { from, until, shift, officer, reason, lifted_at: None })
        }
        Command::Unblock { number } => {
            let block = diary.blocks.get(number).ok_or_else(|| {
                Refusal::of("number", "There is no such blocked time. Choose one of the list.")
            })?;
            if let Some(lifted_at) = block.lifted_at {
                let sentence = format!("That time was unblocked at {}.", moment(lifted_at));
                return Err(Refusal::of("number", sentence));
            }
            if block.until <= known.now {
                return Err(Refusal::of("number", "That time is past. It stays as it was."));
            }
            Ok(Fact::Unblocked { number, at: known.now })
        }
    }
}

fn open(known: &Known, unit: &str, station: &str) -> Result<Fact, Refusal> {
    let unit = unit.trim();
    let today = day_of(known.now);
    let division = unit::of(unit).filter(|one| one.is_valid_on(today) && !one.letter.is_empty());
    if division.is_none() {
        let sentence = format!("“{unit}” is not a division today. Choose one of the list.");
        return Err(Refusal::of("unit", sentence));
    }
    let station = required("station", "The station", station, LINE)?;
    if station.contains('\n') {
        return Err(Refusal::of("station", "The station has more than one line. Write it in one."));
    }
    if known.is_taken {
        let sentence = format!("There is a diary of {station} already. Add a shift to it instead.");
        return Err(Refusal::of("station", sentence));
    }
    Ok(Fact::Opened { at: known.now, unit: unit.to_owned(), station })
}

fn add(diary: &Diary, today: Date, mut shift: Shift) -> Result<Fact, Refusal> {
    shift.weekdays.sort_unstable();
    shift.weekdays.dedup();
    shift.modes.sort_unstable();
    shift.modes.dedup();
    let limits = limits();
    if shift.weekdays.is_empty()
        || shift.weekdays.iter().any(|day| Weekday::from_monday_one_offset(*day).is_err())
    {
        return Err(Refusal::of("weekdays", "Say on which days of the week it is: choose one or more."));
    }
    if shift.last.is_some_and(|last| last < shift.first) {
        return Err(Refusal::of(
            "last",
            "The last day is before the first. Give a later one, or leave it empty.",
        ));
    }
    if shift.is_over(today) {
        return Err(Refusal::of("last", "Its last day is past. Nobody can be booked for it."));
    }
    let sane = crate::slot::sane_days();
    if !sane.contains(&shift.first) || shift.last.is_some_and(|last| !sane.contains(&last)) {
        return Err(Refusal::of(
            "first",
            "That day cannot be meant. Give a day of this century as 2026-11-27.",
        ));
    }
    let begins = |day: &Date| shift.is_on(*day);
    if shift.last.is_some() && !shift.first.series(jiff::Span::new().days(1)).take(7).any(|day| begins(&day))
    {
        return Err(Refusal::of("weekdays", "From its first to its last day it is on none of these days."));
    }
    let slots = limits.shortest_slot_minutes..=limits.longest_slot_minutes;
    if !slots.contains(&shift.slot_minutes) {
        let sentence =
            format!("A slot has {} to {} minutes. Enter such a number.", slots.start(), slots.end());
        return Err(Refusal::of("slot_minutes", sentence));
    }
    let hours = crate::slot::minutes_of(shift.from, shift.until);
    if hours < shift.slot_minutes {
        let sentence =
            format!("It lasts {hours} minutes, and a slot {}. Give it longer hours.", shift.slot_minutes);
        return Err(Refusal::of("until", sentence));
    }
    if shift.modes.is_empty() {
        return Err(Refusal::of("modes", "Say how people are seen: choose one way or more."));
    }
    officers(&shift.officers, today)?;
    if diary.shifts.iter().filter(|one| !one.is_over(today)).count() >= limits.most_shifts {
        let sentence = format!("A diary has at most {} shifts at a time. End one first.", limits.most_shifts);
        return Err(Refusal::of("first", sentence));
    }
    if diary.shifts.contains(&shift) {
        return Err(Refusal::of("first", "That shift is in the diary already."));
    }
    Ok(Fact::ShiftAdded(shift))
}

fn officers(officers: &[Officer], today: Date) -> Result<(), Refusal> {
    if officers.is_empty() {
        return Err(Refusal::of("officers", "Nobody is on it. Enter one officer a line."));
    }
    let most = limits().most_officers;
    if officers.len() > most {
        let sentence = format!("A shift has at most {most} officers, and these are {}.", officers.len());
        return Err(Refusal::of("officers", sentence));
    }
    for (number, officer) in (1..).zip(officers) {
        if let Some(stray) = officer.skills.iter().find(|skill| !known(skills(), skill, today)) {
            let all: Vec<&str> = skills().iter().map(|skill| skill.words.as_str()).collect();
            let sentence = format!(
                "Officer {number}: “{stray}” is no skill. Leave it out, or write one of these: {}.",
                all.join(", ")
            );
            return Err(Refusal::of("officers", sentence));
        }
    }
    Ok(())
}

fn end(diary: &Diary, today: Date, number: usize, last: Date) -> Result<Fact, Refusal> {
    let shift = diary
        .shifts
        .get(number)
        .ok_or_else(|| Refusal::of("number", "There is no such shift. Choose one of the list."))?;
    if shift.last.is_some_and(|was| was <= last) {
        let was = shift.last.map_or_else(String::new, told_day);
        let sentence = format!("It ends on {was} already. Give an earlier day.");
        return Err(Refusal::of("last", sentence));
    }
    if last < today.yesterday().unwrap_or(today) {
        let sentence =
            "That day is past. It can end today or later; yesterday means that today there is none.";
        return Err(Refusal::of("last", sentence));
    }
    Ok(Fact::ShiftEnded { number, last })
}

fn block(known: &Known, diary: &Diary, block: Block) -> Result<Fact, Refusal> {
    if block.until <= block.from {
        return Err(Refusal::of("until", "It ends before it begins. Give a later end."));
    }
    if block.until <= known.now {
        return Err(Refusal::of("until", "That time is past. Block a time that is still to come."));
    }
    let shift = match block.shift {
        None if block.officer.is_some() => {
            return Err(Refusal::of("shift", "Say of which shift the officer is."));
        }
        None => None,
        Some(number) => {
            let found = usize::try_from(number).ok().and_then(|number| diary.shifts.get(number));
            Some(
                found
                    .ok_or_else(|| Refusal::of("shift", "There is no such shift. Choose one of the list."))?,
            )
        }
    };
    let is_there = |officer: i64| {
        let of = shift.map_or(0, |shift| shift.officers.len());
        usize::try_from(officer).is_ok_and(|officer| officer < of)
    };
    if block.officer.is_some_and(|officer| !is_there(officer)) {
        return Err(Refusal::of("officer", "That shift has no such officer. Choose one of the list."));
    }
    let most = limits().most_blocks;
    let holds = |one: &&Block| one.lifted_at.is_none() && one.until > known.now;
    if diary.blocks.iter().filter(holds).count() >= most {
        let sentence = format!("A diary has at most {most} blocked times. Block a longer time at once.");
        return Err(Refusal::of("from", sentence));
    }
    if diary.blocks.iter().filter(holds).any(|one| {
        (one.from, one.until, one.shift, one.officer) == (block.from, block.until, block.shift, block.officer)
    }) {
        return Err(Refusal::of("from", "That time is blocked already."));
    }
    Ok(Fact::Blocked(block))
}

/// What it is after `fact`.
pub fn apply(was: Option<Diary>, fact: &Fact) -> Diary {
    let Some(mut now) = was else {
        let Fact::Opened { at, unit, station } = fact.clone() else {
            unreachable!("decide lets nothing happen to a diary before it is opened")
        };
        return Diary { unit, station, opened_at: at, shifts: Vec::new(), blocks: Vec::new() };
    };
    match fact.clone() {
        Fact::Opened { unit, station, .. } => (now.unit, now.station) = (unit, station),
        Fact::ShiftAdded(shift) => now.shifts.push(shift),
        Fact::ShiftEnded { number, last } => {
            if let Some(shift) = now.shifts.get_mut(number) {
                shift.last = Some(last);
            }
        }
        Fact::Blocked(block) => now.blocks.push(block),
        Fact::Unblocked { number, at } => {
            if let Some(block) = now.blocks.get_mut(number) {
                block.lifted_at = Some(at);
            }
        }
    }
    now
}
