//! Days and times as people type them, in Scotland. A fitting: every room reads and refuses them alike.

use jiff::{
    Timestamp, ToSpan,
    civil::{Date, DateTime, Time},
};

use crate::{Refusal, day_of, scotland};

/// The day that was typed, as 2026-11-26; nothing where nothing was.
pub fn day_typed(field: &'static str, text: &str) -> Result<Option<Date>, Refusal> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    // Beyond these nobody means a day, and a calendar has its end.
    let day = text.parse::<Date>().ok().filter(|day| (1900..=2200).contains(&day.year()));
    day.map(Some).ok_or_else(|| Refusal::of(field, format!("“{text}” is not a day. Give it as 2026-11-26.")))
}

/// A time gone by: "20:14" is today’s, or yesterday’s where that is still to come. With its day it is as it says; anything
/// else is a moment as programs write it.
pub fn time_gone(field: &str, text: &str, now: Timestamp) -> Result<Timestamp, Refusal> {
    let (at, is_of_today) = typed(field, text, now, 0)?;
    if is_of_today && at > now { Ok(typed(field, text, now, -1)?.0) } else { Ok(at) }
}

/// A time to come: "20:14" is today’s, or tomorrow’s where that is past; else as [`time_gone`].
pub fn time_to_come(field: &str, text: &str, now: Timestamp) -> Result<Timestamp, Refusal> {
    let (at, is_of_today) = typed(field, text, now, 0)?;
    if is_of_today && at <= now { Ok(typed(field, text, now, 1)?.0) } else { Ok(at) }
}

/// What was typed, so many days later where no day was; and whether none was.
fn typed(field: &str, text: &str, now: Timestamp, later: i64) -> Result<(Timestamp, bool), Refusal> {
    let text = text.trim();
    let told = || {
        let sentence =
            format!("“{text}” is not a time. Give it as 20:14, or with its day as 2026-11-26 20:14.");
        Refusal::of(field.to_owned(), sentence)
    };
    if let Ok(at) = text.parse::<Timestamp>() {
        return Ok((at, false));
    }
    let local = |at: DateTime| at.to_zoned(scotland()).map(|at| at.timestamp()).map_err(|_| told());
    if text.contains('-') {
        return Ok((local(text.replace(' ', "T").parse().map_err(|_| told())?)?, false));
    }
    let time = Time::strptime("%H:%M", text).map_err(|_| told())?;
    let day = day_of(now).saturating_add(later.days());
    Ok((local(day.to_datetime(time))?, true))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_read_as_it_is_typed() {
        let now: Timestamp = "2026-11-26T10:00:00Z".parse().unwrap();
        for (text, gone, to_come) in [
            ("09:59", "2026-11-26T09:59:00Z", "2026-11-27T09:59:00Z"),
            (" 10:00 ", "2026-11-26T10:00:00Z", "2026-11-27T10:00:00Z"),
            ("10:01", "2026-11-25T10:01:00Z", "2026-11-26T10:01:00Z"),
            // With its day, and as programs write it, it is what it says; in summer an hour ahead of UTC.
            ("2026-07-01 12:00", "2026-07-01T11:00:00Z", "2026-07-01T11:00:00Z"),
            ("2026-07-01T12:00:00Z", "2026-07-01T12:00:00Z", "2026-07-01T12:00:00Z"),
        ] {
            assert_eq!(time_gone("at", text, now).unwrap(), gone.parse().unwrap(), "{text}");
            assert_eq!(time_to_come("at", text, now).unwrap(), to_come.parse().unwrap(), "{text}");
        }
        // On the night of 28 March 2027 the clocks go forward: there is no 01:30.
        let spring: Timestamp = "2027-03-27T23:00:00Z".parse().unwrap();
        for text in ["01:30", "02:30"] {
            let at = time_to_come("at", text, spring).unwrap();
            assert_eq!(at, "2027-03-28T01:30:00Z".parse().unwrap(), "{text}");
        }
        for text in ["", "soon", "25:00", "2026-13-01 10:00", "10", "-", "10:00:00:00"] {
            for refusal in [time_gone("at", text, now), time_to_come("at", text, now)] {
                let refusal = refusal.unwrap_err();
                assert!(refusal.field == "at" && refusal.sentence.contains("20:14"), "{text}: {refusal}");
            }
        }
    }

    #[test]
    fn a_day_is_read_or_refused() {
        assert_eq!(day_typed("from", " ").unwrap(), None);
        assert_eq!(day_typed("from", " 2026-11-26 ").unwrap(), Some(jiff::civil::date(2026, 11, 26)));
        for text in ["soon", "2026-02-30", "9999-12-31", "0001-01-01", "26/11/2026"] {
            let refusal = day_typed("from", text).unwrap_err();
            assert!(
                refusal.field == "from" && refusal.sentence.contains("is not a day"),
                "{text}: {refusal}"
            );
        }
    }
}
