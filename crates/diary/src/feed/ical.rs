//! A diary as calendar programs read it: iCalendar (RFC 5545). Pure.

use icalendar::{Calendar, Component, Event, EventLike, Property};
use jiff::Timestamp;
use journal::Id;

use crate::busy::Busy;

/// What a UID ends with: whose it is, so that no other program makes the same.
const DOMAIN: &str = "diary.answerable";

/// The calendar of the diary `id` of `station`, made at `now`: an event for each time, which has the same UID for ever.
pub fn calendar(id: &Id, station: &str, times: &[Busy], now: Timestamp) -> String {
    let mut calendar = Calendar::empty();
    for (name, value) in [
        ("VERSION", "2.0"),
        ("PRODID", "-//Answerable//Diary//EN"),
        ("CALSCALE", "GREGORIAN"),
        ("METHOD", "PUBLISH"),
        // How often a program should look again (RFC 7986); the second is the older word for it.
        ("REFRESH-INTERVAL;VALUE=DURATION", "PT15M"),
        ("X-PUBLISHED-TTL", "PT15M"),
    ] {
        calendar.append_property(Property::new(name, value));
    }
    calendar.append_property(Property::new("X-WR-CALNAME", printable(&format!("Diary: {station}"))));
    for time in times {
        calendar.push(event(id, station, time, now));
    }
    calendar.to_string()
}

fn event(id: &Id, station: &str, time: &Busy, now: Timestamp) -> Event {
    let minutes = time.ends_at.duration_since(time.starts_at).as_mins();
    let mut event = Event::new();
    event
        .uid(&format!("{id}-{}-{minutes}@{DOMAIN}", stamp(time.starts_at)))
        .summary(&format!("{} of {} taken", time.taken, time.places))
        .location(&printable(station))
        .add_property("DTSTAMP", stamp(now))
        .add_property("DTSTART", stamp(time.starts_at))
        .add_property("DTEND", stamp(time.ends_at))
        // A time with a place left is a free time.
        .add_property("TRANSP", if time.taken < time.places { "TRANSPARENT" } else { "OPAQUE" });
    event.done()
}

fn stamp(at: Timestamp) -> String {
    at.strftime("%Y%m%dT%H%M%SZ").to_string()
}

/// Text without what could end its line.
fn printable(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_calendar_has_each_time_once_and_no_hostile_station_ends_its_line() {
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        let id = Id::read("018a645b-0000-7bb7-b19b-0000000000d1").unwrap();
        let time = |taken| Busy {
            starts_at: at("2026-11-27T09:00:00Z"),
            ends_at: at("2026-11-27T10:00:00Z"),
            places: 3,
            taken,
        };
        let station =
            "Shore Street; east,\r\nBEGIN:VALARM\u{7} and a long name that does not fit in one line of it";
        let text = calendar(&id, station, &[time(2), time(3)], at("2026-11-26T10:00:00Z"));
        assert!(text.starts_with("BEGIN:VCALENDAR\r\n") && text.ends_with("END:VCALENDAR\r\n"), "{text}");
        assert!(text.lines().all(|line| line.len() <= 75), "{text}");
        let whole = text.replace("\r\n ", "");
        assert!(!whole.lines().any(|line| line.starts_with("BEGIN:VALARM")), "{whole}");
        for told in [
            "SUMMARY:2 of 3 taken\r\n",
            "SUMMARY:3 of 3 taken\r\n",
            "TRANSP:TRANSPARENT\r\n",
            "TRANSP:OPAQUE\r\n",
            "DTSTART:20261127T090000Z\r\n",
            "DTEND:20261127T100000Z\r\n",
            "DTSTAMP:20261126T100000Z\r\n",
            "UID:018a645b-0000-7bb7-b19b-0000000000d1-20261127T090000Z-60@diary.answerable\r\n",
            "X-WR-CALNAME:Diary: Shore Street\\; east\\,BEGIN:VALARM",
            "LOCATION:Shore Street\\; east\\,BEGIN:VALARM",
            "REFRESH-INTERVAL;VALUE=DURATION:PT15M\r\n",
        ] {
            assert!(whole.contains(told), "{told} in {whole}");
        }
        assert_eq!(whole.matches("BEGIN:VEVENT").count(), 2);
        assert_eq!(text, calendar(&id, station, &[time(2), time(3)], at("2026-11-26T10:00:00Z")), "the same");
    }
}
