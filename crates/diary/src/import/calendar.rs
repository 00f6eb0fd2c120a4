//! A calendar of one diary (iCalendar, RFC 5545): each event becomes a blocked time or a shift, as the person chose. Pure.
//!
//! Only the times of an event are taken, never its words: they may name somebody. What repeats is refused, because a shift
//! with weekdays says it better. A local time without a zone is Scottish.

use icalendar::parser::{Component, Property, read_calendar, unfold};
use jiff::{
    Span, Zoned,
    civil::{Date, DateTime, Time},
    tz::TimeZone,
};
use journal::{Refusal, words::thousands};
use web::Typed;

use super::rules::{Fault, Line, MOST_LINES, TOLD, Wrong};
use crate::{
    definition::scotland,
    diary::{
        forms::{clock, meant},
        rules::{Command, Diary},
    },
    slot::minutes_of,
};

/// How deep components stand in one another: an alarm in an event in a calendar. More is an attack on the reader.
const DEEPEST: usize = 8;

/// Whether a text is a calendar.
pub fn is_one(text: &str) -> bool {
    text.get(..15).is_some_and(|start| start.eq_ignore_ascii_case("BEGIN:VCALENDAR"))
}

/// The lines of a calendar for the `chosen` diary, or its faults.
pub fn read(text: &str, typed: &Typed, chosen: Option<&Diary>) -> Result<Vec<Line>, Wrong> {
    let diary = chosen
        .ok_or_else(|| Wrong::Field(Refusal::of("diary", "Choose the diary of which the calendar is.")))?;
    let becomes = Becomes::of(typed)?;
    // The parser looks for CR LF only, and looks through all of the rest where there is none.
    let text = unfold(&text.lines().flat_map(|line| [line, "\r\n"]).collect::<String>());
    not_too_deep(&text)?;
    // The parser's own words are for programmers.
    let calendar = read_calendar(&text).map_err(|_| {
        let sentence =
            "The calendar cannot be read: a line is damaged, or its end is missing. Export it anew.";
        Wrong::Lines(vec![Fault::of(1, "VCALENDAR", sentence)])
    })?;
    let events: Vec<&Component> = calendar.components.iter().filter(|one| is_named(one, "VEVENT")).collect();
    if events.is_empty() {
        return Err(Wrong::Lines(vec![Fault::of(1, "VEVENT", "The calendar has no event. Export it anew.")]));
    }
    if events.len() > MOST_LINES {
        let sentence =
            format!("The calendar has more than {} events. Export a shorter time.", thousands(MOST_LINES));
        return Err(Wrong::Lines(vec![Fault::of(MOST_LINES + 1, "VEVENT", sentence)]));
    }
    let (mut lines, mut faults) = (Vec::new(), Vec::new());
    for (row, event) in (1..).zip(events) {
        if faults.len() >= TOLD {
            break;
        }
        match command(row, event, &becomes) {
            Ok(command) => {
                let (unit, station) = (diary.unit.clone(), diary.station.clone());
                lines.push(Line { row, unit, station, command });
            }
            Err(fault) => faults.push(fault),
        }
    }
    if faults.is_empty() { Ok(lines) } else { Err(Wrong::Lines(faults)) }
}

/// What an event becomes.
enum Becomes<'a> {
    Blocked(&'a str),
    Shift(&'a Typed),
}

impl<'a> Becomes<'a> {
    fn of(typed: &'a Typed) -> Result<Self, Wrong> {
        match typed.get("becomes") {
            "blocks" if typed.get("reason").trim().is_empty() => {
                let sentence = "Say why the times are blocked, for all of them. Name nobody.";
                Err(Wrong::Field(Refusal::of("reason", sentence)))
            }
            "blocks" => Ok(Self::Blocked(typed.get("reason"))),
            "shifts" => {
                // What all of them share is looked at once, with hours that always fit.
                let noon = Date::constant(2026, 1, 1).at(12, 0, 0, 0);
                shift(typed, noon, noon).map_err(Wrong::Field)?;
                Ok(Self::Shift(typed))
            }
            _ => Err(Wrong::Field(Refusal::of("becomes", "Choose what its events become."))),
        }
    }
}

fn shift(typed: &Typed, from: DateTime, until: DateTime) -> Result<Command, Refusal> {
    let day = from.date();
    let typed = typed
        .clone()
        .with("weekdays", day.weekday().to_monday_one_offset().to_string())
        .with("first", day.to_string())
        .with("last", day.to_string())
        .with("from", clock(from.time()))
        .with("until", clock(until.time()));
    meant("shift", &typed)
}

/// Counted before the parser goes down with them. What ends a part has to be its own name and nothing more, so that the
/// parser cannot see another depth than this.
fn not_too_deep(text: &str) -> Result<(), Wrong> {
    let refused = |sentence: &'static str| Err(Wrong::Lines(vec![Fault::of(1, "VCALENDAR", sentence)]));
    let mut open: Vec<&str> = Vec::new();
    for line in text.lines() {
        let after = |word: &str| {
            let (start, rest) = line.split_at_checked(word.len())?;
            start.eq_ignore_ascii_case(word).then_some(rest)
        };
        if let Some(name) = after("BEGIN:") {
            let is_name = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
            if !is_name {
                return refused("A part of the calendar begins without a name. Export it anew.");
            }
            open.push(name);
        } else if let Some(name) = after("END:")
            && open.pop().is_none_or(|begun| begun != name)
        {
            return refused("A part of the calendar ends that did not begin. Export it anew.");
        }
        if open.len() > DEEPEST {
            return refused("The calendar has parts in parts in parts. Export it anew, with events only.");
        }
    }
    Ok(())
}

fn is_named(component: &Component, name: &str) -> bool {
    component.name.as_str().eq_ignore_ascii_case(name)
}

fn property<'a>(event: &'a Component<'a>, name: &str) -> Option<&'a Property<'a>> {
    event.properties.iter().find(|one| one.name.as_str().eq_ignore_ascii_case(name))
}

fn command(row: usize, event: &Component, becomes: &Becomes) -> Result<Option<Command>, Fault> {
    let fault = |column, sentence: &str| Fault::of(row, column, sentence);
    if property(event, "STATUS").is_some_and(|one| one.val.as_str().trim().eq_ignore_ascii_case("CANCELLED"))
    {
        return Ok(None);
    }
    for name in ["RRULE", "RDATE"] {
        if property(event, name).is_some() {
            let sentence =
                "The event repeats. Add a shift with its weekdays by hand, or export each time as an event.";
            return Err(fault("RRULE", sentence));
        }
    }
    let start = property(event, "DTSTART")
        .ok_or_else(|| fault("DTSTART", "The event has no beginning. Give it one, or leave it out."))?;
    let from = at(row, "DTSTART", start)?;
    let until = ends(row, event, &from, is_day(start))?;
    if until <= from {
        return Err(fault("DTEND", "The event ends before it begins. Give it a later end."));
    }
    match becomes {
        Becomes::Blocked(reason) => Ok(Some(Command::Block {
            from: from.timestamp(),
            until: until.timestamp(),
            shift: None,
            officer: None,
            reason: (*reason).to_owned(),
        })),
        Becomes::Shift(_) if is_day(start) => Err(fault(
            "DTSTART",
            "A whole day is no shift: it has no hours. Give it a time, or leave it out.",
        )),
        Becomes::Shift(typed) => {
            let (from, until) = (from.with_time_zone(scotland()), until.with_time_zone(scotland()));
            if until.datetime() > from.datetime().saturating_add(Span::new().days(1)) {
                return Err(fault("DTEND", "The shift is longer than a day. Make one event of each day."));
            }
            // A shift has its hours on the wall: over the change of the clocks they may say another length than was meant.
            let lasts = until.timestamp().duration_since(from.timestamp()).as_mins();
            if lasts < 1 || (minutes_of(from.time(), until.time()) - lasts).abs() > 60 {
                let sentence = "Its hours cannot be a shift: too short, or over the change of the clocks. Add it by hand.";
                return Err(fault("DTEND", sentence));
            }
            let command = shift(typed, from.datetime(), until.datetime());
            command.map(Some).map_err(|refusal| Fault::of(row, "DTSTART", refusal.sentence))
        }
    }
}

fn is_day(property: &Property) -> bool {
    property.val.as_str().trim().len() == 8
}

/// When an event ends: what it says, or how long it lasts; a day without either is that day.
fn ends(row: usize, event: &Component, from: &Zoned, is_day: bool) -> Result<Zoned, Fault> {
    if let Some(end) = property(event, "DTEND") {
        return at(row, "DTEND", end);
    }
    let length = match property(event, "DURATION") {
        Some(length) => length.val.as_str().trim().parse::<Span>().ok(),
        None if is_day => Some(Span::new().days(1)),
        None => None,
    };
    length.and_then(|length| from.checked_add(length).ok()).ok_or_else(|| {
        Fault::of(row, "DTEND", "The event has no end that can be read. Give it one, as 20261130T120000Z.")
    })
}

/// A moment of an event: in UTC, in a named zone, or in local time.
fn at(row: usize, column: &'static str, property: &Property) -> Result<Zoned, Fault> {
    let text = property.val.as_str().trim();
    let fault = || {
        let short: String = text.chars().take(40).collect();
        Fault::of(row, column, format!("“{short}” is not a time. Give it as 20261130T080000Z."))
    };
    if let Some(utc) = text.strip_suffix(['Z', 'z']) {
        let at = DateTime::strptime("%Y%m%dT%H%M%S", utc).map_err(|_| fault())?;
        return Ok(sane(at.to_zoned(TimeZone::UTC)).ok_or_else(fault)?.with_time_zone(scotland()));
    }
    let zone = zone(row, column, property)?;
    let local = if text.len() == 8 {
        Date::strptime("%Y%m%d", text).map_err(|_| fault())?.to_datetime(Time::midnight())
    } else {
        DateTime::strptime("%Y%m%dT%H%M%S", text).map_err(|_| fault())?
    };
    sane(local.to_zoned(zone)).ok_or_else(fault)
}

/// A moment of which a diary may speak.
fn sane(at: Result<Zoned, jiff::Error>) -> Option<Zoned> {
    at.ok().filter(|at| crate::slot::sane_days().contains(&at.date()))
}

fn zone(row: usize, column: &'static str, property: &Property) -> Result<TimeZone, Fault> {
    let named = property.params.iter().find(|one| one.key.as_str().eq_ignore_ascii_case("TZID"));
    let Some(name) = named.and_then(|one| one.val.as_ref()).map(|val| val.as_str().trim_matches('"')) else {
        return Ok(scotland());
    };
    match name {
        // What Outlook calls it.
        "GMT Standard Time" => Ok(scotland()),
        name => TimeZone::get(name).map_err(|_| {
            let short: String = name.chars().take(40).collect();
            let sentence =
                format!("The time zone “{short}” is not known. Export it in UTC or Europe/London.");
            Fault::of(row, column, sentence)
        }),
    }
}
