//! Queues as they are shown, and as they go to a screen that stays open.

use askama::Template;
use jiff::Timestamp;
use serde::Serialize;
use users::User;
use web::{Frame, Section};

use super::rules::{Clock, Endorsement, Queued, Waits, tally};
pub use super::{rules::is_late, worklist::rules::SUPERVISORS};
use crate::{
    codes,
    incident::list::{
        rows::Listed,
        views::{Row, row},
    },
    unit::{self, Unit},
};

/// "officers to be sent by 20:45", or how late it is.
pub fn clock_words(clock: Option<&Clock>, now: Timestamp) -> String {
    let Some(clock) = clock else { return String::new() };
    let late = now.duration_since(clock.due_at).as_secs();
    if late <= 0 {
        let due = clock.due_at.to_zoned(codes::scotland());
        let today = due.date() == codes::day_of(now);
        let when = due.strftime(if today { "%H:%M" } else { "%-d %b, %H:%M" });
        return format!("{} by {when}", clock.words);
    }
    format!("{}, {} late", clock.words, spell(late))
}

/// The clock that runs in the list of `key`: a supervisor’s is that of the endorsement.
fn clock<'a>(key: &str, queued: &'a Queued) -> Option<&'a Clock> {
    if key == SUPERVISORS { queued.endorse_by.as_ref() } else { queued.clock.as_ref() }
}

/// What a second person is asked for.
pub fn endorsement_words(queued: &Queued) -> &'static str {
    match queued.endorsement {
        Some(Endorsement::Closing) => "Endorse its closing",
        Some(Endorsement::Downgrade) => "Endorse its lower grade",
        None => "",
    }
}

/// "12 min", "3 h 05 min", "2 days".
pub fn spell(seconds: i64) -> String {
    match seconds / 60 {
        0 => "less than a minute".to_owned(),
        minutes @ 1..=59 => format!("{minutes} min"),
        minutes @ 60..=1439 => format!("{} h {:02} min", minutes / 60, minutes % 60),
        minutes => format!("{} days", minutes / 1440),
    }
}

/// One incident in a queue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Line {
    /// The incident.
    pub id: String,
    /// Where it is.
    pub address: String,
    /// Its reference.
    pub reference: String,
    /// The opening account.
    pub summary: String,
    /// Its type and qualifiers.
    pub kind: String,
    /// The place.
    pub place: String,
    /// The grade, as an address has it.
    pub grade: String,
    /// The grade.
    pub grade_words: String,
    /// What it waits for.
    pub waits: &'static str,
    /// What has to happen.
    pub clock: String,
    /// By when, for the clock that runs on the screen; empty where none does.
    pub due_at: String,
    /// Since when it is with the unit, for people.
    pub since: String,
    /// What is owed.
    pub owed: String,
    /// Whose it is, where that is not the queue's own unit.
    pub with: String,
    /// What a second person is asked for.
    pub endorsement: &'static str,
}

/// A queue at an entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Snapshot {
    /// The entry it is as at.
    pub seq: i64,
    /// The lines, the first due first.
    pub lines: Vec<Line>,
    /// "12 in the queue, 3 late".
    pub told: String,
}

/// The lines of a queue: of a unit, or of what waits for a supervisor. Life first, then what is due first.
pub fn snapshot(key: &str, all: &[Listed], seq: i64, now: Timestamp) -> Snapshot {
    let mut shown: Vec<(&Listed, &Queued)> = all
        .iter()
        .filter_map(|listed| listed.queued.as_ref().map(|queued| (listed, queued)))
        .filter(|(_, queued)| belongs(key, queued))
        .collect();
    shown.sort_by_key(|(listed, queued)| {
        let due = clock(key, queued).map_or(Timestamp::MAX, |clock| clock.due_at);
        (std::cmp::Reverse(queued.grade), due, listed.seq)
    });
    let late = shown.iter().filter(|(_, queued)| is_late(clock(key, queued), now)).count();
    let told = match (shown.len(), late) {
        (0, _) => "Nothing waits here".to_owned(),
        (all, 0) => format!("{all} here, none late"),
        (all, late) => format!("{all} here, {late} late"),
    };
    Snapshot {
        seq,
        told,
        lines: shown.into_iter().map(|(listed, queued)| line(key, listed, queued, now)).collect(),
    }
}

/// Whether an incident is shown in the list of `key`: owned there, offered there, or waiting for a second person.
fn belongs(key: &str, queued: &Queued) -> bool {
    if key == SUPERVISORS {
        return queued.endorsement.is_some();
    }
    queued.unit == key || queued.offered_to.as_deref() == Some(key)
}

fn line(key: &str, listed: &Listed, queued: &Queued, now: Timestamp) -> Line {
    let Row { address, reference, summary, kind, place, grade, grade_words, .. } = row(listed, now);
    let is_offered_here = queued.offered_to.as_deref() == Some(key);
    let with = if is_offered_here {
        format!("offered by {}", unit::name(&queued.unit))
    } else if queued.unit == key {
        queued.offered_to.as_deref().map_or_else(String::new, |to| format!("offered to {}", unit::name(to)))
    } else {
        unit::name(&queued.unit).to_owned()
    };
    Line {
        id: listed.id.to_string(),
        address,
        reference,
        summary,
        kind,
        place,
        grade,
        grade_words,
        waits: if is_offered_here { "Your unit to accept" } else { queued.waits.words() },
        clock: clock_words(clock(key, queued), now),
        due_at: clock(key, queued).map_or_else(String::new, |clock| clock.due_at.to_string()),
        since: queued.since.to_zoned(codes::scotland()).strftime("%-d %b, %H:%M").to_string(),
        owed: owed(queued, now),
        with,
        endorsement: endorsement_words(queued),
    }
}

/// What is owed, and the next promise to a person.
fn owed(queued: &Queued, now: Timestamp) -> String {
    let debts = queued.debts.iter().map(|debt| debt.words.clone());
    let promised = queued.promised.iter().map(|promised| clock_words(Some(promised), now));
    debts.chain(promised).collect::<Vec<_>>().join("; ")
}

/// One unit in the overview.
#[derive(Debug, Serialize)]
pub struct UnitRow {
    /// Where its queue is.
    pub address: String,
    /// Its name.
    pub name: String,
    /// How many wait, and how many are late, by what they wait for.
    pub counts: Vec<(usize, usize)>,
    /// How many in all.
    pub all: usize,
    /// How many of them are late.
    pub late: usize,
    /// How long the longest is there.
    pub longest: String,
}

/// The overview.
#[derive(Debug, Template, Serialize)]
#[template(path = "queue/list.html")]
pub struct QueuesPage {
    /// The frame.
    #[serde(skip)]
    pub frame: Frame,
    /// The units, those with something in them first.
    pub rows: Vec<UnitRow>,
    /// What is waited for.
    pub heads: Vec<&'static str>,
    /// How many wait for a second person.
    pub to_endorse: usize,
    /// How many are open in all.
    pub open: usize,
    /// The entry.
    pub entry: i64,
}

/// The overview of every queue.
pub fn queues_page(who: &User, all: &[Listed], entry: i64, now: Timestamp) -> QueuesPage {
    let queued: Vec<&Queued> = all.iter().filter_map(|listed| listed.queued.as_ref()).collect();
    let tallies = tally(queued.iter().copied(), now);
    let row = |unit: &&Unit| {
        let of = |waits: Waits| tallies.get(&(unit.key.clone(), waits));
        let counts: Vec<(usize, usize)> = Waits::ALL
            .iter()
            .map(|waits| of(*waits).map_or((0, 0), |tally| (tally.count, tally.overdue)))
            .collect();
        let longest = Waits::ALL.iter().filter_map(|waits| of(*waits)?.longest_since).min();
        UnitRow {
            address: format!("/queues/{}", unit.key),
            name: unit.name.clone(),
            all: counts.iter().map(|(count, _)| count).sum(),
            late: counts.iter().map(|(_, late)| late).sum(),
            counts,
            longest: longest.map_or_else(String::new, |since| spell(now.duration_since(since).as_secs())),
        }
    };
    // A unit that is no more is shown as long as something is left in its queue.
    let today = codes::day_of(now);
    let is_left = |unit: &Unit| tallies.keys().any(|(key, _)| *key == unit.key);
    let shown: Vec<&Unit> =
        unit::all().iter().filter(|unit| unit.is_valid_on(today) || is_left(unit)).collect();
    let mut rows: Vec<UnitRow> = shown.iter().map(row).collect();
    rows.sort_by_key(|row| row.all == 0);
    QueuesPage {
        frame: Frame::of("Queues", Section::Queues).seen_by(who.signed()),
        rows,
        heads: Waits::ALL.iter().map(|waits| waits.words()).collect(),
        to_endorse: queued.iter().filter(|queued| queued.endorsement.is_some()).count(),
        open: queued.len(),
        entry,
    }
}

/// One queue.
#[derive(Debug, Template, Serialize)]
#[template(path = "queue/show.html")]
pub struct QueuePage {
    /// The frame.
    #[serde(skip)]
    pub frame: Frame,
    /// Its key.
    pub key: String,
    /// Its name.
    pub name: String,
    /// What is in it.
    pub snapshot: Snapshot,
}

/// The page of one queue.
pub fn queue_page(who: &User, key: &str, name: &str, snapshot: Snapshot) -> QueuePage {
    let frame = Frame::of(format!("Queue: {name}"), Section::Queues).seen_by(who.signed());
    QueuePage { frame, key: key.to_owned(), name: name.to_owned(), snapshot }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_long_something_waits_is_said_as_people_say_it() {
        for (seconds, expected) in [
            (5, "less than a minute"),
            (60, "1 min"),
            (3_599, "59 min"),
            (3_900, "1 h 05 min"),
            (200_000, "2 days"),
        ] {
            assert_eq!(spell(seconds), expected);
        }
    }
}
