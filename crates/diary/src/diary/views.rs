//! Diaries as they are shown: the list of them, and a week of one.

use std::collections::BTreeMap;

use askama::Template;
use contact::unit;
use jiff::{
    Timestamp, ToSpan,
    civil::{Date, Time},
};
use journal::{
    Entry, Id, beginning_of,
    words::{counted, day as told_day, moment, short_day},
};
use serde::{Deserialize, Serialize};
use users::User;
use web::{Choice, Frame, Section};

use super::{
    forms::{FORMS, told},
    rules::{Block, Diary, Fact, Officer, Shift},
};
use crate::{
    busy::{Busy, busy},
    definition::{day_of, scotland, skills},
    place::Place,
    slot::slots,
};

/// What the address holds.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Query {
    /// A division.
    pub unit: String,
    /// Any day of the week that is shown.
    pub week: String,
    /// What was just done.
    pub done: String,
}

/// One diary of the list.
#[derive(Debug, Serialize)]
pub struct Row {
    /// Where it is.
    pub address: String,
    /// The station.
    pub station: String,
    /// The division.
    pub division: String,
    /// Its shifts that are not over.
    pub shifts: Vec<String>,
    /// How many officers they have together.
    pub officers: usize,
}

/// The list.
#[derive(Debug, Template, Serialize)]
#[template(path = "diary/list.html")]
pub struct DiariesPage {
    /// The frame.
    #[serde(skip)]
    pub frame: Frame,
    /// The diaries by division and station.
    pub rows: Vec<Row>,
    /// The divisions.
    #[serde(skip)]
    pub units: Vec<Choice>,
    /// The chosen one.
    pub unit: String,
    /// Whether they may open one.
    #[serde(skip)]
    pub may_keep: bool,
}

/// The page of the diaries that were found.
pub fn list_page(now: Timestamp, who: &User, query: &Query, found: &[(Id, Diary)]) -> DiariesPage {
    let today = day_of(now);
    let divisions = unit::valid(today).into_iter().filter(|unit| !unit.letter.is_empty());
    let divisions = divisions.map(|unit| Choice::of(&unit.key, &unit.name, &query.unit));
    DiariesPage {
        frame: Frame::of("Diaries", Section::Diaries).seen_by(who.signed()),
        rows: found.iter().map(|(id, diary)| row(id, diary, today)).collect(),
        units: std::iter::once(Choice::of("", "Every division", &query.unit)).chain(divisions).collect(),
        unit: query.unit.clone(),
        may_keep: who.may_do("diary.keep"),
    }
}

fn row(id: &Id, diary: &Diary, today: Date) -> Row {
    let running = || diary.shifts.iter().filter(|shift| !shift.is_over(today));
    Row {
        address: format!("/diaries/{id}"),
        station: diary.station.clone(),
        division: unit::name(&diary.unit).to_owned(),
        shifts: running().map(told).collect(),
        officers: running().map(|shift| shift.officers.len()).sum(),
    }
}

/// A time of the week: what is offered in it, on each of the seven days.
#[derive(Debug, Serialize)]
pub struct Times {
    /// "10:00".
    pub time: String,
    /// "2 of 3 taken"; empty where nothing is offered.
    pub days: Vec<Cell>,
}

/// What is offered at a time of a day.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Cell {
    /// How many places the diary has: offered, or taken before they were blocked or ended.
    pub places: usize,
    /// How many of them somebody has.
    pub taken: usize,
}

/// A shift as it is shown.
#[derive(Debug, Serialize)]
pub struct ShiftRow {
    /// Its hours and days.
    pub told: String,
    /// The minutes of a slot, and how people are seen.
    pub slots: String,
    /// Its officers: "1 a woman (Sexual offences liaison)".
    pub officers: Vec<String>,
    /// Whether it is over.
    pub is_over: bool,
}

/// A blocked time as it is shown.
#[derive(Debug, Serialize)]
pub struct BlockRow {
    /// From when until when.
    pub when: String,
    /// Whose time.
    pub whose: String,
    /// Why.
    pub reason: String,
}

/// A moment of its life.
#[derive(Debug, Serialize)]
pub struct Moment {
    /// What happened.
    pub title: String,
    /// Who, in which role.
    pub who: String,
    /// When, as a machine reads it.
    pub at: String,
    /// When.
    pub when: String,
}

/// A week of a diary.
#[derive(Debug, Template, Serialize)]
#[template(path = "diary/show.html")]
pub struct DiaryPage {
    /// The frame.
    #[serde(skip)]
    pub frame: Frame,
    /// Its identity.
    pub id: Id,
    /// The station.
    pub station: String,
    /// The division.
    pub division: String,
    /// The days of the week: "Mon 23 Nov".
    pub days: Vec<String>,
    /// The times at which something begins.
    pub times: Vec<Times>,
    /// The week before, this one, and the week after.
    #[serde(skip)]
    pub around: [(&'static str, String); 3],
    /// The week, in words.
    pub week: String,
    /// Its shifts, the last added first.
    pub shifts: Vec<ShiftRow>,
    /// Its blocked times that are not past.
    pub blocks: Vec<BlockRow>,
    /// The forms that are offered.
    #[serde(skip)]
    pub steps: Vec<(&'static str, &'static str)>,
    /// Its last entry.
    pub last_seq: i64,
    /// Its life, the latest first.
    #[serde(skip)]
    pub history: Vec<Moment>,
}

/// The Monday of a day's week.
pub fn monday(day: Date) -> Date {
    day.saturating_sub(i64::from(day.weekday().to_monday_zero_offset()).days())
}

/// From when until when a week is.
pub fn week(monday: Date) -> (Timestamp, Timestamp) {
    (beginning_of(monday), beginning_of(monday.saturating_add(7.days())))
}

/// The page of a diary's week; `taken` is what somebody has.
pub fn show_page(
    now: Timestamp,
    who: &User,
    (id, diary): (&Id, &Diary),
    monday: Date,
    taken: &std::collections::BTreeSet<Place>,
    (history, names): (&[Entry], &BTreeMap<String, String>),
) -> DiaryPage {
    let (from, until) = week(monday);
    let address = |day: Date| format!("/diaries/{id}?week={day}");
    let this_week = self::monday(day_of(now));
    let steps = FORMS.iter().filter(|_| who.may_do("diary.keep"));
    DiaryPage {
        frame: Frame::of(format!("Diary: {}", diary.station), Section::Diaries).seen_by(who.signed()),
        id: id.clone(),
        station: diary.station.clone(),
        division: unit::name(&diary.unit).to_owned(),
        days: (0..7).map(|day| monday.saturating_add(day.days()).strftime("%a %-d %b").to_string()).collect(),
        times: times(monday, &busy(id, diary, &slots(id, diary, from, until), taken)),
        around: [
            ("Week before", address(monday.saturating_sub(7.days()))),
            ("This week", address(this_week)),
            ("Week after", address(monday.saturating_add(7.days()))),
        ],
        week: format!("{} to {}", told_day(monday), told_day(monday.saturating_add(6.days()))),
        shifts: diary.shifts.iter().rev().map(|shift| shift_row(shift, day_of(now))).collect(),
        blocks: diary
            .blocks
            .iter()
            .filter(|block| block.lifted_at.is_none() && block.until > now)
            .map(|block| block_row(diary, block))
            .collect(),
        steps: steps.map(|form| (form.word, form.heading)).collect(),
        last_seq: history.last().map_or(0, |entry| entry.seq),
        history: history.iter().rev().map(|entry| happened(entry, names)).collect(),
    }
}

fn times(monday: Date, busy: &[Busy]) -> Vec<Times> {
    let mut rows: BTreeMap<Time, Vec<Cell>> = BTreeMap::new();
    for one in busy {
        let local = one.starts_at.to_zoned(scotland());
        let day =
            local.date().since(monday).map_or(0, |since| usize::try_from(since.get_days()).unwrap_or(0));
        let row = rows.entry(local.time()).or_insert_with(|| vec![Cell::default(); 7]);
        if let Some(cell) = row.get_mut(day) {
            cell.places += one.places;
            cell.taken += one.taken;
        }
    }
    let row = |(time, days): (Time, Vec<Cell>)| Times { time: time.strftime("%H:%M").to_string(), days };
    rows.into_iter().map(row).collect()
}

fn shift_row(shift: &Shift, today: Date) -> ShiftRow {
    let modes: Vec<String> = shift.modes.iter().map(|mode| mode.words().to_lowercase()).collect();
    ShiftRow {
        told: told(shift),
        slots: format!(
            "{}, {}",
            counted(usize::try_from(shift.slot_minutes).unwrap_or(0), "minute", "minutes"),
            modes.join(", ")
        ),
        officers: (1..)
            .zip(&shift.officers)
            .map(|(number, officer): (i64, _)| officer_told(number, officer))
            .collect(),
        is_over: shift.is_over(today),
    }
}

fn officer_told(number: i64, officer: &Officer) -> String {
    let gender = officer.gender.map_or("", |gender| gender.words()).to_lowercase();
    let trained: Vec<&str> =
        officer.skills.iter().map(|skill| contact::codes::words(skills(), skill)).collect();
    let trained = if trained.is_empty() { String::new() } else { format!(" ({})", trained.join(", ")) };
    format!("{number} {gender}{trained}").trim_end().to_owned()
}

fn block_row(diary: &Diary, block: &Block) -> BlockRow {
    let shift = block.shift.and_then(|number| diary.shifts.get(usize::try_from(number).ok()?));
    let whose = match (shift, block.officer) {
        (None, _) => "All shifts".to_owned(),
        (Some(shift), None) => told(shift),
        (Some(shift), Some(officer)) => format!("Officer {} of {}", officer + 1, told(shift)),
    };
    BlockRow {
        when: format!("{} to {}", moment(block.from), moment(block.until)),
        whose,
        reason: block.reason.clone(),
    }
}

fn happened(entry: &Entry, names: &BTreeMap<String, String>) -> Moment {
    let title = match entry.fact::<Fact>() {
        Ok(Some(Fact::Opened { .. })) => "Opened".to_owned(),
        Ok(Some(Fact::ShiftAdded(shift))) => format!("Shift added: {}", told(&shift)),
        Ok(Some(Fact::ShiftEnded { last, .. })) => format!("Shift ended on {}", told_day(last)),
        Ok(Some(Fact::Blocked(block))) => {
            format!("Blocked from {}: {}", short_day(day_of(block.from)), block.reason)
        }
        Ok(Some(Fact::Unblocked { .. })) => "Unblocked".to_owned(),
        Ok(None) | Err(_) => entry.kind.clone(),
    };
    let who = names.get(&entry.actor.who).map_or(entry.actor.who.as_str(), String::as_str);
    Moment {
        title,
        who: format!("{who}, {}", entry.actor.role.replace('_', " ")),
        at: entry.at.to_string(),
        when: moment(entry.at),
    }
}
