//! What may happen to a meeting, and what is due before it. Pure: no clock, no SQL, no HTML.

#![expect(missing_docs, reason = "the variant says what its fields are; their names say the rest")]

use jiff::{ToSpan, civil::Date};
use journal::{Id, Refusal};
use plan::{
    inspection::rules::read_day,
    words::{LINE, PARAGRAPH, day, optional, required},
};
use serde::{Deserialize, Serialize};

use crate::{
    group::{cadence::Cadence, rules::Group},
    workday::rules::{Calendar, Outside},
};

/// A meeting as it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Meeting {
    /// Whose meeting it is.
    pub group: Id,
    /// Its day.
    pub on: Date,
    /// Where; empty if nobody said.
    pub place: String,
    /// What became of it.
    pub standing: Standing,
}

/// What became of a meeting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// It is to be held.
    Called,
    /// It is not held.
    Cancelled {
        /// Why.
        reason: String,
    },
    /// It was held.
    Held {
        /// Where its minutes are, or a note; empty while there are none.
        minutes: String,
    },
}

impl Standing {
    /// The word of a row and an address.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Called => "called",
            Self::Cancelled { .. } => "cancelled",
            Self::Held { .. } => "held",
        }
    }

    /// The words of a page.
    pub fn words(&self) -> &'static str {
        match self {
            Self::Called => "Called",
            Self::Cancelled { .. } => "Cancelled",
            Self::Held { .. } => "Held",
        }
    }
}

/// What somebody wants to happen.
#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    /// A new meeting of a group, on a day in words.
    Call { group: Option<Id>, on: String, place: String },
    /// It is held on another day.
    Move { on: String, reason: String },
    /// It is not held.
    Cancel { reason: String },
    /// It was held.
    Hold { minutes: String },
    /// Its minutes are somewhere else than was said, or are there at last.
    RecordMinutes { minutes: String },
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    /// It was called.
    Called { group: Id, on: Date, place: String },
    /// It was moved to another day.
    Moved { to: Date, reason: String },
    /// It was cancelled.
    Cancelled { reason: String },
    /// It was held.
    Held { minutes: String },
    /// Its minutes were recorded.
    MinutesRecorded { minutes: String },
}

impl journal::Fact for Fact {
    const NOUN: &'static str = "meeting";
}

/// What else the rule knows.
#[derive(Debug, Clone)]
pub struct Known<'a> {
    /// Today, in Scotland.
    pub today: Date,
    /// The working days.
    pub calendar: &'a Calendar,
    /// The group whose meeting it is, if there is such a one.
    pub group: Option<Group>,
    /// The days of its other meetings that are not cancelled.
    pub taken: Vec<Date>,
}

/// What happens, or why not.
pub fn decide(known: &Known<'_>, was: Option<&Meeting>, command: Command) -> Result<Fact, Refusal> {
    match (was, command) {
        (Some(_), Command::Call { .. }) => Err(Refusal::of("on", "This meeting is called already.")),
        (None, Command::Call { group, on, place }) => {
            let chosen = || Refusal::of("group", "Choose the group that meets. Set it up first.");
            let group = group.ok_or_else(chosen)?;
            if known.group.as_ref().ok_or_else(chosen)?.ended.is_some() {
                return Err(Refusal::of("group", "This group has ended. Choose one that goes on."));
            }
            let place = optional("place", "The place", &place, LINE)?;
            Ok(Fact::Called { group, on: free_day(known, &on)?, place })
        }
        (None, _) => Err(Refusal::of("on", "There is no such meeting. Call it first.")),
        (Some(was), command) => change(known, was, command),
    }
}

fn change(known: &Known<'_>, was: &Meeting, command: Command) -> Result<Fact, Refusal> {
    let over = |what: &str| Refusal::of("standing", format!("This meeting {what}; that stands."));
    match (&was.standing, &command) {
        (Standing::Cancelled { .. }, _) => return Err(over("was cancelled")),
        (Standing::Held { .. }, Command::RecordMinutes { .. }) => {}
        (Standing::Held { .. }, _) => return Err(over("was held")),
        (Standing::Called, Command::RecordMinutes { .. }) => {
            return Err(Refusal::of("minutes", "Record first that the meeting was held."));
        }
        (Standing::Called, _) => {}
    }
    match command {
        Command::Call { .. } => Err(Refusal::of("on", "This meeting is called already.")),
        Command::Move { on, reason } => {
            let to = free_day(known, &on)?;
            if to == was.on {
                return Err(Refusal::of("on", format!("It is on {} already. Give another day.", day(to))));
            }
            Ok(Fact::Moved { to, reason: required("reason", "The reason", &reason, PARAGRAPH)? })
        }
        Command::Cancel { reason } => {
            Ok(Fact::Cancelled { reason: required("reason", "The reason", &reason, PARAGRAPH)? })
        }
        Command::Hold { minutes } => {
            if was.on > known.today {
                let sentence = format!(
                    "The meeting is on {} and cannot have been held yet. If it was held earlier, move it first.",
                    day(was.on)
                );
                return Err(Refusal::of("minutes", sentence));
            }
            Ok(Fact::Held { minutes: optional("minutes", "The note", &minutes, PARAGRAPH)? })
        }
        Command::RecordMinutes { minutes } => {
            let minutes = required("minutes", "Where the minutes are", &minutes, PARAGRAPH)?;
            if was.standing == (Standing::Held { minutes: minutes.clone() }) {
                return Err(Refusal::of("minutes", "This is as it was. Change it, or go back."));
            }
            Ok(Fact::MinutesRecorded { minutes })
        }
    }
}

fn free_day(known: &Known<'_>, words: &str) -> Result<Date, Refusal> {
    let on = read_day("on", "The day of the meeting", words)?;
    if !known.calendar.is_working_day(on)? {
        let why = known.calendar.holiday(on).map_or_else(|| on.strftime("a %A").to_string(), str::to_owned);
        let sentence = format!("{} is no working day ({why}). Choose another day.", day(on));
        return Err(Refusal::of("on", sentence));
    }
    due_before(known.calendar, on)?;
    if known.taken.contains(&on) {
        let sentence =
            format!("The group meets on {} already. Choose another day, or open that meeting.", day(on));
        return Err(Refusal::of("on", sentence));
    }
    Ok(on)
}

/// What it is after `fact`.
pub fn apply(was: Option<Meeting>, fact: &Fact) -> Meeting {
    let mut now = match (was, fact) {
        (None, Fact::Called { group, on, place }) => {
            Meeting { group: group.clone(), on: *on, place: place.clone(), standing: Standing::Called }
        }
        (None, _) => unreachable!("decide lets nothing happen to a meeting before it is called"),
        (Some(was), _) => was,
    };
    match fact.clone() {
        Fact::Called { .. } => {}
        Fact::Moved { to, .. } => now.on = to,
        Fact::Cancelled { reason } => now.standing = Standing::Cancelled { reason },
        Fact::Held { minutes } | Fact::MinutesRecorded { minutes } => {
            now.standing = Standing::Held { minutes };
        }
    }
    now
}

/// The days on which things are due before a meeting. Computed, never kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct DueBefore {
    /// Owners’ updates.
    pub updates: Date,
    /// The papers.
    pub papers: Date,
}

/// What is due when before a meeting on `on`.
pub fn due_before(calendar: &Calendar, on: Date) -> Result<DueBefore, Outside> {
    let papers = calendar.working_days_before(on, calendar.deadlines.papers_working_days_before_meeting)?;
    let updates =
        calendar.working_days_before(papers, calendar.deadlines.updates_working_days_before_papers)?;
    Ok(DueBefore { updates, papers })
}

/// A meeting between the one before it and the one after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Sitting {
    /// Its day.
    pub on: Date,
    /// The day of the group’s meeting before; nothing for its first.
    pub previous: Option<Date>,
    /// The day of the next one: called, or from the cadence, or else a month later.
    pub next: Date,
}

/// The meeting on `on` among the days of its group’s meetings that are not cancelled.
pub fn sitting(on: Date, days: &[Date], cadence: Cadence) -> Sitting {
    let previous = days.iter().copied().filter(|day| *day < on).max();
    let next = days.iter().copied().filter(|day| *day > on).min();
    let next = next.or_else(|| cadence.next_days(on, 1).first().copied());
    Sitting { on, previous, next: next.unwrap_or_else(|| on.saturating_add(1.month())) }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::group::{
        cadence::{Nth, Slot, Weekday},
        rules::{Kind, Terms},
    };

    fn date(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn known(today: &str) -> Known<'static> {
        let terms = Terms {
            name: "Tactical Group".into(),
            kind: Kind::Tactical,
            reference: String::new(),
            cadence: Cadence::None,
            plans: Vec::new(),
        };
        Known {
            today: date(today),
            calendar: Calendar::scotland(),
            group: Some(Group { terms, members: Vec::new(), ended: None }),
            taken: vec![date("2026-12-09")],
        }
    }

    fn call(on: &str) -> Command {
        Command::Call { group: Some(Id::new(Timestamp::UNIX_EPOCH)), on: on.into(), place: String::new() }
    }

    fn after(today: &str, was: Option<&Meeting>, command: Command) -> Meeting {
        apply(was.cloned(), &decide(&known(today), was, command).unwrap())
    }

    #[test]
    fn a_meeting_is_called_moved_held_and_its_minutes_follow() {
        let meeting = after("2026-11-23", None, call("25 November 2026"));
        let moved = Command::Move { on: "2026-12-02".into(), reason: "No room".into() };
        let meeting = after("2026-11-23", Some(&meeting), moved);
        assert_eq!(meeting.on, date("2026-12-02"));
        let early = decide(&known("2026-12-01"), Some(&meeting), Command::Hold { minutes: String::new() });
        assert_eq!(early.unwrap_err().field, "minutes");
        let meeting = after("2026-12-02", Some(&meeting), Command::Hold { minutes: String::new() });
        let minutes = || Command::RecordMinutes { minutes: "https://minutes.example/12".into() };
        let meeting = after("2026-12-09", Some(&meeting), minutes());
        assert_eq!(meeting.standing, Standing::Held { minutes: "https://minutes.example/12".into() });
        assert_eq!(decide(&known("2026-12-09"), Some(&meeting), minutes()).unwrap_err().field, "minutes");
        for command in [Command::Cancel { reason: "Late".into() }, Command::Hold { minutes: "x".into() }] {
            let refusal = decide(&known("2026-12-09"), Some(&meeting), command).unwrap_err();
            assert!(refusal.sentence.contains("was held"), "{refusal}");
        }
    }

    #[test]
    fn what_does_not_fit_is_refused_by_its_field() {
        let meeting = after("2026-11-23", None, call("2026-11-25"));
        let cancelled = after("2026-11-23", Some(&meeting), Command::Cancel { reason: "No room".into() });
        let to = |on: &str, reason: &str| Command::Move { on: on.into(), reason: reason.into() };
        let cases: [(Option<&Meeting>, Command, &str, &str); 13] = [
            (None, call("soon"), "on", "is not a day"),
            (None, call("28 November 2026"), "on", "a Saturday"),
            (None, call("30 November 2026"), "on", "St Andrew’s Day"),
            (None, call("9 December 2026"), "on", "already"),
            (None, call("2029-01-10"), "on", "covers 2020 to 2028"),
            (None, call("2020-01-08"), "on", "covers 2020 to 2028"),
            (
                None,
                Command::Call { group: None, on: "2026-11-25".into(), place: String::new() },
                "group",
                "Choose",
            ),
            (None, to("2026-11-26", "Why"), "on", "no such meeting"),
            (Some(&meeting), call("2026-11-26"), "on", "already"),
            (Some(&meeting), to("25 November 2026", "Why"), "on", "already"),
            (Some(&meeting), to("2026-11-26", " "), "reason", "missing"),
            (Some(&meeting), Command::RecordMinutes { minutes: "x".into() }, "minutes", "Record first"),
            (Some(&cancelled), to("2026-11-26", "Why"), "standing", "was cancelled"),
        ];
        for (was, command, field, told) in cases {
            let refusal = decide(&known("2026-11-23"), was, command).unwrap_err();
            assert_eq!(refusal.field, field, "{refusal}");
            assert!(refusal.sentence.contains(told), "{told}: {refusal}");
        }
        let none = Known { group: None, ..known("2026-11-23") };
        assert_eq!(decide(&none, None, call("2026-11-25")).unwrap_err().field, "group");
    }

    #[test]
    fn papers_and_updates_are_due_in_working_days() {
        let cases = [
            // the meeting, the papers three before it, the updates five before them
            ("2026-11-25", "2026-11-20", "2026-11-13"),
            ("2026-12-02", "2026-11-26", "2026-11-19"),
            ("2024-03-13", "2024-03-08", "2024-03-01"),
            ("2024-04-10", "2024-04-05", "2024-03-28"),
            ("2027-01-06", "2026-12-30", "2026-12-21"),
            ("2023-01-11", "2023-01-06", "2022-12-28"),
        ];
        for (on, papers, updates) in cases {
            let due = due_before(Calendar::scotland(), date(on)).unwrap();
            assert_eq!((due.papers, due.updates), (date(papers), date(updates)), "{on}");
        }
    }

    /// A meeting, its group’s days and cadence, and the days before and after it.
    type Case<'a> = (&'a str, &'a [Date], Cadence, Option<&'a str>, &'a str);

    #[test]
    fn a_meeting_sits_between_the_one_before_and_the_one_after() {
        let monthly = Cadence::Monthly(Slot { nth: Nth::Second, weekday: Weekday::Wednesday });
        let days = ["2026-09-09", "2026-11-11", "2026-12-16"].map(date);
        let cases: [Case<'_>; 4] = [
            ("2026-11-11", &days, monthly, Some("2026-09-09"), "2026-12-16"),
            ("2026-12-16", &days, monthly, Some("2026-11-11"), "2027-01-13"),
            ("2026-09-09", &days[..1], Cadence::None, None, "2026-10-09"),
            ("2026-01-31", &[], Cadence::None, None, "2026-02-28"),
        ];
        for (on, days, cadence, previous, next) in cases {
            let sitting = sitting(date(on), days, cadence);
            assert_eq!((sitting.previous, sitting.next), (previous.map(date), date(next)), "{on}");
        }
    }
}
