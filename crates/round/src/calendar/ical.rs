//! The calendar as text that calendar programs read: iCalendar (RFC 5545), written here. Pure.
//!
//! A line ends with CRLF and has at most 75 octets; a longer one is folded, never within a letter. Each event
//! is a whole day, has the same UID for ever, and a SEQUENCE that grows with each move.

use jiff::{Timestamp, civil::Date};

use super::rules::{Event, Kind};

/// The most octets of a line, without its end.
const OCTETS: usize = 75;

/// What a UID ends with: whose it is, so that no other program makes the same.
const DOMAIN: &str = "calendar.answerable";

/// The calendar called `name`, with `events`.
pub fn calendar(name: &str, events: &[Event]) -> String {
    let mut text = String::new();
    for content in ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Answerable//Improvement plan//EN"] {
        line(&mut text, content);
    }
    line(&mut text, "CALSCALE:GREGORIAN");
    line(&mut text, "METHOD:PUBLISH");
    line(&mut text, &format!("X-WR-CALNAME:{}", escaped(name)));
    // How often a program should look again (RFC 7986); the second is the older word for it.
    line(&mut text, "REFRESH-INTERVAL;VALUE=DURATION:PT12H");
    line(&mut text, "X-PUBLISHED-TTL:PT12H");
    for event in events {
        write(&mut text, event);
    }
    line(&mut text, "END:VCALENDAR");
    text
}

fn write(text: &mut String, event: &Event) {
    line(text, "BEGIN:VEVENT");
    line(text, &format!("UID:{}@{DOMAIN}", escaped(&event.uid)));
    // The moment the date was recorded, and not now: what has not changed must read the same.
    line(text, &format!("DTSTAMP:{}", stamp(event.changed_at)));
    line(text, &format!("SEQUENCE:{}", event.moves));
    line(text, &format!("DTSTART;VALUE=DATE:{}", date(event.day)));
    if let Ok(next) = event.day.tomorrow() {
        line(text, &format!("DTEND;VALUE=DATE:{}", date(next)));
    }
    line(text, &format!("SUMMARY:{}", escaped(&summary(event))));
    line(text, &format!("CATEGORIES:{}", escaped(event.kind.words())));
    // It takes nobody's time: a day with a target is a free day.
    line(text, "TRANSP:TRANSPARENT");
    line(text, "END:VEVENT");
}

fn summary(event: &Event) -> String {
    match (&event.month, event.kind) {
        (_, Kind::Meeting) => event.label.clone(),
        (_, Kind::PapersDue) => format!("{}: papers due", event.label),
        (_, Kind::UpdatesDue) => format!("{}: updates due", event.label),
        (Some(month), _) => format!("{}: target {month}", event.label),
        (None, _) => format!("{}: target date", event.label),
    }
}

fn date(day: Date) -> String {
    day.strftime("%Y%m%d").to_string()
}

fn stamp(at: Timestamp) -> String {
    at.strftime("%Y%m%dT%H%M%SZ").to_string()
}

/// Text as a value: commas, semicolons, backslashes and line breaks are escaped, other controls left out.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.replace("\r\n", "\n").chars() {
        match c {
            '\\' | ';' | ',' => {
                safe.push('\\');
                safe.push(c);
            }
            '\n' => safe.push_str("\\n"),
            c if c.is_control() => {}
            c => safe.push(c),
        }
    }
    safe
}

/// Writes one line, folded where it is too long: the rest goes on after a space on the next.
fn line(text: &mut String, content: &str) {
    let mut octets = 0;
    for c in content.chars() {
        if octets + c.len_utf8() > OCTETS {
            text.push_str("\r\n ");
            octets = 1;
        }
        text.push(c);
        octets += c.len_utf8();
    }
    text.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_folded_at_75_octets_and_never_within_a_letter() {
        for content in [
            "SUMMARY:short".to_owned(),
            "a".repeat(75),
            "a".repeat(76),
            "à".repeat(100),
            format!("{}𝔸{}", "a".repeat(73), "è".repeat(90)),
            String::new(),
        ] {
            let mut text = String::new();
            line(&mut text, &content);
            assert!(text.ends_with("\r\n"));
            for one in text.trim_end_matches("\r\n").split("\r\n") {
                assert!(one.len() <= 75, "{} octets: {one}", one.len());
            }
            assert_eq!(text.replace("\r\n ", "").trim_end_matches("\r\n"), content);
        }
    }

    #[test]
    fn text_cannot_end_its_line_or_its_value() {
        let hostile = "A; b, c\\ d\r\nBEGIN:VALARM\u{7}\u{2028}";
        assert_eq!(escaped(hostile), "A\\; b\\, c\\\\ d\\nBEGIN:VALARM\u{2028}");
    }
}
