//! Every queue as it is shown, and how clocks are said.

use askama::Template;
use jiff::Timestamp;
use serde::Serialize;
use users::User;
use web::{Frame, Section};

use super::{
    rules::{Clock, Endorsement, Queued, Waits, tally},
    worklist::rows::Worklist,
};
use crate::{
    codes,
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
pub fn queues_page(who: &User, open: &Worklist, now: Timestamp) -> QueuesPage {
    let queued: Vec<&Queued> = open.all().map(|one| &one.queued).collect();
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
        entry: open.seq,
    }
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
