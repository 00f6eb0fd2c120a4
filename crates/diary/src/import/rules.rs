//! What a file would change: each line as a command, held against the diaries as they are. Pure.

#![expect(missing_docs, reason = "the variant says what its fields are; their names say the rest")]

use std::collections::BTreeMap;

use jiff::Timestamp;
use journal::{Id, Refusal, words::thousands};
use serde::Serialize;
use web::Typed;
pub use web::{Fault, Wrong};

use super::{calendar, table};
use crate::{
    definition::day_of,
    diary::{
        forms::told,
        rules::{Block, Command, Diary, Fact, Known, Shift, apply, decide},
    },
};

/// The largest file that is read, in bytes: years of a division's diary.
pub const LARGEST: usize = 1024 * 1024;
/// The most lines of a file. All of it is one change.
pub const MOST_LINES: usize = 2_000;
/// How many faults are told at once.
pub const TOLD: usize = 50;

/// A line that was understood.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    pub row: usize,
    pub unit: String,
    pub station: String,
    /// Nothing where it was cancelled in the file.
    pub command: Option<Command>,
}

/// What becomes of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    New,
    /// The diary had it, and has it still or ended it since.
    Same,
    Past,
    Cancelled,
}

/// A line as it is shown before it is carried in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Step {
    pub row: usize,
    pub station: String,
    pub told: String,
    pub fate: Fate,
}

/// What happens to one diary.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// Nothing where it is opened first.
    pub diary: Option<Id>,
    pub state: Diary,
    pub facts: Vec<Fact>,
}

/// A file held against the diaries.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Compared {
    pub changes: Vec<Change>,
    pub steps: Vec<Step>,
    /// The stations whose diary is opened.
    pub opened: Vec<String>,
}

/// The lines of what was sent: a calendar, where it begins as one, or a table.
pub fn read(text: &str, typed: &Typed, now: Timestamp, chosen: Option<&Diary>) -> Result<Vec<Line>, Wrong> {
    if text.len() > LARGEST {
        let sentence = format!(
            "The file has {} bytes, and at most {} can be read. Send it in parts.",
            thousands(text.len()),
            thousands(LARGEST)
        );
        return Err(Wrong::Field(Refusal::of("file", sentence)));
    }
    let text = text.trim_start_matches('\u{feff}').trim_start();
    if calendar::is_one(text) { calendar::read(text, typed, chosen) } else { table::read(text, now) }
}

/// What the lines would change, or the faults of those that the rules refuse.
pub fn compare(now: Timestamp, diaries: &[(Id, Diary)], lines: &[Line]) -> Result<Compared, Wrong> {
    let mut work = Work::over(now, diaries);
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let mut faults = Vec::new();
    let mut compared = Compared::default();
    for line in lines {
        if faults.len() >= TOLD {
            break;
        }
        let key = format!("{} {} {:?}", line.unit, line.station.to_lowercase(), line.command);
        let first = *seen.entry(key).or_insert(line.row);
        if first != line.row && line.command.is_some() {
            let sentence = format!(
                "The same stands in row {first}. Put its officers together in one row, or leave one out."
            );
            faults.push(Fault::of(line.row, column(line, "first"), sentence));
            continue;
        }
        match work.step(line) {
            Ok(step) => compared.steps.push(step),
            Err(refusal) => faults.push(Fault::of(line.row, column(line, &refusal.field), refusal.sentence)),
        }
    }
    if !faults.is_empty() {
        return Err(Wrong::Lines(faults));
    }
    compared.opened = work.opened;
    compared.changes = work.changes.into_iter().filter(|change| !change.facts.is_empty()).collect();
    Ok(compared)
}

/// Everything that would be written, as text of which a hash is taken: the same a minute later, unless something changed.
pub fn written(compared: &Compared) -> String {
    let fact = |fact: &Fact| match fact {
        Fact::Opened { unit, station, at: _ } => format!("opened {unit} {station:?}"),
        other => format!("{other:?}"),
    };
    let change = |one: &Change| {
        let facts: Vec<String> = one.facts.iter().map(fact).collect();
        format!("{:?} {}", one.diary, facts.join("\n"))
    };
    compared.changes.iter().map(change).collect::<Vec<_>>().join("\n")
}

/// The diaries while the lines are taken in, one after the other.
struct Work {
    known: Known,
    changes: Vec<Change>,
    /// Where the diary of a station of a division is among them.
    places: BTreeMap<(String, String), usize>,
    opened: Vec<String>,
}

impl Work {
    fn over(now: Timestamp, diaries: &[(Id, Diary)]) -> Self {
        let key = |diary: &Diary| (diary.unit.clone(), diary.station.to_lowercase());
        let places = diaries.iter().enumerate().map(|(place, (_, diary))| (key(diary), place)).collect();
        let change = |(id, diary): &(Id, Diary)| Change {
            diary: Some(id.clone()),
            state: diary.clone(),
            facts: Vec::new(),
        };
        Self {
            known: Known { now, is_taken: false },
            changes: diaries.iter().map(change).collect(),
            places,
            opened: Vec::new(),
        }
    }

    fn step(&mut self, line: &Line) -> Result<Step, Refusal> {
        let step = |told, fate| Step { row: line.row, station: line.station.clone(), told, fate };
        let Some(command) = &line.command else { return Ok(step("Cancelled".to_owned(), Fate::Cancelled)) };
        let told = what(command);
        if is_past(command, self.known.now) {
            return Ok(step(told, Fate::Past));
        }
        let place = self.place(line)?;
        let change = &mut self.changes[place];
        if is_there(&change.state, command) {
            return Ok(step(told, Fate::Same));
        }
        let fact = decide(&self.known, Some(&change.state), command.clone())?;
        take(change, fact);
        Ok(step(told, Fate::New))
    }

    /// The diary of a line's station, opened where there is none.
    fn place(&mut self, line: &Line) -> Result<usize, Refusal> {
        let key = (line.unit.clone(), line.station.to_lowercase());
        if let Some(place) = self.places.get(&key) {
            return Ok(*place);
        }
        let command = Command::Open { unit: line.unit.clone(), station: line.station.clone() };
        let fact = decide(&self.known, None, command)?;
        let state = apply(None, &fact);
        self.opened.push(state.station.clone());
        self.changes.push(Change { diary: None, state, facts: vec![fact] });
        self.places.insert(key, self.changes.len() - 1);
        Ok(self.changes.len() - 1)
    }
}

fn take(change: &mut Change, fact: Fact) {
    change.state = apply(Some(change.state.clone()), &fact);
    change.facts.push(fact);
}

/// Whether nobody could be booked, or seen, by it any more: an exported diary has its past in it.
fn is_past(command: &Command, now: Timestamp) -> bool {
    match command {
        Command::AddShift(shift) => shift.is_over(day_of(now)),
        Command::Block { until, .. } => *until <= now,
        _ => false,
    }
}

/// Whether the diary has it, or had it: what was ended or unblocked since stays so.
fn is_there(diary: &Diary, command: &Command) -> bool {
    match command {
        Command::AddShift(shift) => {
            let mut modes = shift.modes.clone();
            modes.sort_unstable();
            // All but its end. A diary keeps its lists in order.
            let is_same = |one: &Shift| {
                (one.first, one.from, one.until) == (shift.first, shift.from, shift.until)
                    && one.slot_minutes == shift.slot_minutes
                    && one.weekdays == shift.weekdays
                    && one.modes == modes
                    && one.officers == shift.officers
            };
            diary.shifts.iter().any(is_same)
        }
        Command::Block { from, until, shift, officer, .. } => {
            let is_same = |one: &Block| {
                (one.from, one.until, one.shift, one.officer) == (*from, *until, *shift, *officer)
            };
            diary.blocks.iter().any(is_same)
        }
        _ => false,
    }
}

fn what(command: &Command) -> String {
    match command {
        Command::AddShift(shift) => format!("{}; officers: {}", told(shift), shift.officers.len()),
        Command::Block { from, until, .. } => {
            format!("Blocked from {} to {}", journal::words::moment(*from), journal::words::moment(*until))
        }
        _ => String::new(),
    }
}

/// The column of what the rules refuse.
fn column(line: &Line, field: &str) -> &'static str {
    match (&line.command, field) {
        (Some(Command::Block { .. }), "until") => "DTEND",
        (Some(Command::Block { .. }), "reason") => "reason",
        (Some(Command::Block { .. }), _) => "DTSTART",
        (_, "unit") => "division",
        (_, "station") => "station",
        (_, "from") => "from",
        (_, "until") => "until",
        (_, "slot_minutes") => "slot minutes",
        (_, "modes") => "modes",
        (_, "officers") => "officers",
        _ => "date",
    }
}
