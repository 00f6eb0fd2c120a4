//! When an agency is there: the hours of its week, in Scotland, through the changes of the clock. Pure.

use jiff::{
    Timestamp, ToSpan,
    civil::{Date, Time, Weekday},
};
use journal::{day_of, scotland};
use serde::{Deserialize, Serialize};

/// How far ahead the next opening is looked for.
const DAYS_AHEAD: i64 = 8;

/// A day of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Day {
    /// Monday.
    Monday,
    /// Tuesday.
    Tuesday,
    /// Wednesday.
    Wednesday,
    /// Thursday.
    Thursday,
    /// Friday.
    Friday,
    /// Saturday.
    Saturday,
    /// Sunday.
    Sunday,
}

impl Day {
    /// All of them, Monday first.
    pub const ALL: [Self; 7] = [
        Self::Monday,
        Self::Tuesday,
        Self::Wednesday,
        Self::Thursday,
        Self::Friday,
        Self::Saturday,
        Self::Sunday,
    ];

    fn weekday(self) -> Weekday {
        match self {
            Self::Monday => Weekday::Monday,
            Self::Tuesday => Weekday::Tuesday,
            Self::Wednesday => Weekday::Wednesday,
            Self::Thursday => Weekday::Thursday,
            Self::Friday => Weekday::Friday,
            Self::Saturday => Weekday::Saturday,
            Self::Sunday => Weekday::Sunday,
        }
    }

    /// As a page says it.
    pub fn words(self) -> &'static str {
        match self {
            Self::Monday => "Monday",
            Self::Tuesday => "Tuesday",
            Self::Wednesday => "Wednesday",
            Self::Thursday => "Thursday",
            Self::Friday => "Friday",
            Self::Saturday => "Saturday",
            Self::Sunday => "Sunday",
        }
    }
}

/// Hours of some days: from one time to another, into the next day where the second is not later.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Span {
    /// The days on which they begin.
    pub days: Vec<Day>,
    /// When they begin.
    pub from: Time,
    /// When they end; not later than `from` means the next day.
    pub until: Time,
}

impl Span {
    /// "Monday to Friday, 09:00 to 17:00".
    pub fn words(&self) -> String {
        let places: Vec<usize> = Day::ALL
            .iter()
            .enumerate()
            .filter(|(_, day)| self.days.contains(day))
            .map(|(place, _)| place)
            .collect();
        let name = |place: &usize| Day::ALL[*place].words();
        let days = match (places.first(), places.last()) {
            (Some(first), Some(last)) if places.len() > 2 && last - first + 1 == places.len() => {
                format!("{} to {}", name(first), name(last))
            }
            _ => places.iter().map(name).collect::<Vec<_>>().join(", "),
        };
        let end = if self.until <= self.from { " the next day" } else { "" };
        format!("{days}, {} to {}{end}", self.from.strftime("%H:%M"), self.until.strftime("%H:%M"))
    }
}

/// Whether somebody is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Open {
    /// Somebody is there now.
    Now,
    /// Nobody is there before then.
    From(Timestamp),
    /// It has no hours in the days to come.
    NotSoon,
}

/// Whether an agency with these hours is open at `at`, and if not, from when. None means day and night.
pub fn open(spans: &[Span], at: Timestamp) -> Open {
    if spans.is_empty() {
        return Open::Now;
    }
    let today = day_of(at);
    let mut next: Option<Timestamp> = None;
    for ahead in -1..=DAYS_AHEAD {
        let day = today.saturating_add(ahead.days());
        for span in spans.iter().filter(|span| span.days.iter().any(|one| one.weekday() == day.weekday())) {
            let last = if span.until <= span.from { day.saturating_add(1.day()) } else { day };
            let (Some(from), Some(until)) = (moment(day, span.from), moment(last, span.until)) else {
                continue;
            };
            if from <= at && at < until {
                return Open::Now;
            }
            if from > at {
                next = Some(next.map_or(from, |next| next.min(from)));
            }
        }
    }
    next.map_or(Open::NotSoon, Open::From)
}

fn moment(day: Date, time: Time) -> Option<Timestamp> {
    day.to_datetime(time).to_zoned(scotland()).ok().map(|at| at.timestamp())
}

/// The hours as a page has them, one a line.
pub fn words(spans: &[Span]) -> Vec<String> {
    if spans.is_empty() {
        return vec!["Day and night".to_owned()];
    }
    spans.iter().map(Span::words).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn span(days: &[Day], from: &str, until: &str) -> Span {
        Span { days: days.to_vec(), from: from.parse().unwrap(), until: until.parse().unwrap() }
    }

    #[test]
    fn an_agency_is_open_or_opens_at_its_next_hours() {
        let week = &Day::ALL[..5];
        let office = vec![span(week, "09:00", "17:00")];
        let nights = vec![span(week, "16:45", "08:45"), span(&Day::ALL[5..], "00:00", "00:00")];
        let cases = [
            // 2026-11-26 is a Thursday, in winter; 2026-07-03 a Friday in summer, an hour ahead of UTC.
            (&office, "2026-11-26T09:00:00Z", "now"),
            (&office, "2026-11-26T16:59:59Z", "now"),
            (&office, "2026-11-26T17:00:00Z", "2026-11-27T09:00:00Z"),
            (&office, "2026-11-27T18:00:00Z", "2026-11-30T09:00:00Z"),
            (&office, "2026-07-03T16:00:00Z", "2026-07-06T08:00:00Z"),
            (&office, "2026-07-03T08:00:00Z", "now"),
            (&nights, "2026-11-26T03:00:00Z", "now"),
            (&nights, "2026-11-26T08:45:00Z", "2026-11-26T16:45:00Z"),
            (&nights, "2026-11-28T12:00:00Z", "now"),
            // From Sunday midnight until Monday evening nobody is there: Sunday’s hours end with it.
            (&nights, "2026-11-30T00:00:00Z", "2026-11-30T16:45:00Z"),
            // The hour that the clocks repeat is within Saturday’s and Sunday’s hours.
            (&nights, "2026-10-25T00:30:00Z", "now"),
            (&nights, "2026-10-25T01:30:00Z", "now"),
        ];
        for (spans, when, told) in cases {
            let expected = if told == "now" { Open::Now } else { Open::From(at(told)) };
            assert_eq!(open(spans, at(when)), expected, "{when}");
        }
        assert_eq!(open(&[], at("2026-11-26T03:00:00Z")), Open::Now);
        assert_eq!(open(&[span(&[], "09:00", "17:00")], at("2026-11-26T03:00:00Z")), Open::NotSoon);
    }

    #[test]
    fn hours_are_told_in_words() {
        assert_eq!(words(&[]), ["Day and night"]);
        assert_eq!(span(&Day::ALL[..5], "09:00", "17:00").words(), "Monday to Friday, 09:00 to 17:00");
        assert_eq!(
            span(&[Day::Sunday, Day::Saturday], "16:45", "08:45").words(),
            "Saturday, Sunday, 16:45 to 08:45 the next day"
        );
    }
}
