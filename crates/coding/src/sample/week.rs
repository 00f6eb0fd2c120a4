//! A week as it is sampled: Monday to Sunday, in Scotland. Pure.

use std::fmt;

use jiff::{
    Timestamp, ToSpan,
    civil::{Date, ISOWeekDate, Weekday},
};
use journal::{beginning_of, words::day};
use serde::{Deserialize, Serialize};

/// A week of ISO 8601, by its Monday. As text it is `2026-W48`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Week(Date);

impl Week {
    /// The week that `day` is of.
    pub fn of(day: Date) -> Self {
        Self(day.saturating_sub(i64::from(day.weekday().to_monday_zero_offset()).days()))
    }

    /// The week that is written `2026-W48`; none where that is no week that anybody means.
    pub fn read(text: &str) -> Option<Self> {
        let (year, number) = text.trim().split_once("-W")?;
        let is_plain =
            |part: &str, long: usize| part.len() == long && part.bytes().all(|byte| byte.is_ascii_digit());
        if !is_plain(year, 4) || !is_plain(number, 2) {
            return None;
        }
        let year: i16 = year.parse().ok().filter(|year| (1900..=2200).contains(year))?;
        let week = ISOWeekDate::new(year, number.parse().ok()?, Weekday::Monday).ok()?;
        Some(Self(week.date()))
    }

    /// Its first day.
    pub fn monday(self) -> Date {
        self.0
    }

    /// Its last day.
    pub fn sunday(self) -> Date {
        self.0.saturating_add(6.days())
    }

    /// The week before it.
    #[must_use]
    pub fn before(self) -> Self {
        Self(self.0.saturating_sub(7.days()))
    }

    /// When it is over: the next Monday begins.
    pub fn ends_at(self) -> Timestamp {
        beginning_of(self.0.saturating_add(7.days()))
    }

    /// The last `many` weeks that are over at `now`, the latest first.
    pub fn ended(now: Timestamp, many: usize) -> Vec<Self> {
        let last = Self::of(journal::day_of(now)).before();
        std::iter::successors(Some(last), |week| Some(week.before())).take(many).collect()
    }

    /// As the draw names it.
    pub fn drawn_as(self) -> Result<sampling::Week, String> {
        let iso = self.0.iso_week_date();
        sampling::Week::new(iso.year(), iso.week())
    }

    /// "16 to 22 November 2026".
    pub fn words(self) -> String {
        let (monday, sunday) = (self.monday(), self.sunday());
        if (monday.year(), monday.month()) == (sunday.year(), sunday.month()) {
            format!("{} to {}", monday.day(), day(sunday))
        } else {
            format!("{} to {}", day(monday), day(sunday))
        }
    }
}

impl fmt::Display for Week {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let iso = self.0.iso_week_date();
        write!(f, "{:04}-W{:02}", iso.year(), iso.week())
    }
}

impl From<Week> for String {
    fn from(week: Week) -> Self {
        week.to_string()
    }
}

impl TryFrom<String> for Week {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        Self::read(&text).ok_or_else(|| format!("“{text}” is no week. Give it as 2026-W48."))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_week_is_read_and_written_and_begins_on_its_monday() {
        for (text, monday, words) in [
            ("2026-W48", "2026-11-23", "23 to 29 November 2026"),
            ("2026-W53", "2026-12-28", "28 December 2026 to 3 January 2027"),
            ("2025-W01", "2024-12-30", "30 December 2024 to 5 January 2025"),
        ] {
            let week = Week::read(text).unwrap();
            assert_eq!((week.to_string().as_str(), week.monday().to_string().as_str()), (text, monday));
            assert_eq!((Week::of(week.sunday()), week.words().as_str()), (week, words));
            assert_eq!(week.drawn_as().unwrap().to_string(), text);
            assert_eq!(serde_json::from_value::<Week>(serde_json::json!(text)).unwrap(), week);
        }
        for odd in
            ["", "2026", "2026-48", "2026-W54", "2025-W53", "2026-W00", "26-W48", "2026-W4", "2026-W+4"]
        {
            assert_eq!(Week::read(odd), None, "{odd:?}");
        }
        assert!(serde_json::from_str::<Week>("\"2026-W99\"").is_err());
    }

    #[test]
    fn a_week_ends_when_monday_begins_in_scotland() {
        // The clocks went back on Sunday 25 October, and forward on Sunday 29 March: both weeks end at their midnight.
        for (week, ends) in [
            ("2026-W43", "2026-10-26T00:00:00Z"),
            ("2026-W13", "2026-03-29T23:00:00Z"),
            ("2026-W26", "2026-06-28T23:00:00Z"),
        ] {
            assert_eq!(Week::read(week).unwrap().ends_at(), ends.parse().unwrap(), "{week}");
        }
        let ended = |at: &str| -> Vec<String> {
            Week::ended(at.parse().unwrap(), 2).iter().map(ToString::to_string).collect()
        };
        assert_eq!(ended("2026-06-28T22:59:59Z"), ["2026-W25", "2026-W24"]);
        assert_eq!(ended("2026-06-28T23:00:00Z"), ["2026-W26", "2026-W25"]);
    }
}
