//! A target date with its precision: published plans say "November 2023" of one action and "30-6-25" of
//! another, and a month is not its first day.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::target_words;

/// A month or a day. Ordered by the last day on which it is still met, then by the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub enum TargetDate {
    /// Some time in a month: "November 2023".
    Month {
        /// The year.
        year: i16,
        /// The month, 1 to 12.
        month: i8,
    },
    /// A day: "30 November 2023".
    Day(Date),
}

impl TargetDate {
    /// The date that `words` give, the British way (day before month). Nothing where they give no month
    /// ("Spring", "TBC", "Q4 2023", "Ongoing") or more than one date.
    #[must_use]
    pub fn read(words: &str) -> Option<Self> {
        target_words::read(words)
    }

    /// A month, where there is such a month.
    pub(crate) fn month(year: i16, month: i8) -> Option<Self> {
        Date::new(year, month, 1).ok().map(|_| Self::Month { year, month })
    }

    /// The first day it covers.
    #[must_use]
    pub fn first_day(&self) -> Date {
        match *self {
            Self::Day(day) => day,
            Self::Month { year, month } => {
                Date::new(year, month.clamp(1, 12), 1).unwrap_or(if year < 0 { Date::MIN } else { Date::MAX })
            }
        }
    }

    /// The last day on which it is still met.
    #[must_use]
    pub fn last_day(&self) -> Date {
        match *self {
            Self::Day(day) => day,
            Self::Month { .. } => self.first_day().last_of_month(),
        }
    }

    /// "2023-11" or "2023-11-30".
    #[must_use]
    pub fn iso(&self) -> String {
        match *self {
            Self::Day(day) => day.to_string(),
            Self::Month { year, month } => format!("{year:04}-{month:02}"),
        }
    }
}

impl fmt::Display for TargetDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let month = target_words::MONTHS[usize::from(self.first_day().month().unsigned_abs()) - 1];
        match *self {
            Self::Day(day) => write!(f, "{} {month} {}", day.day(), day.year()),
            Self::Month { year, .. } => write!(f, "{month} {year}"),
        }
    }
}

impl Ord for TargetDate {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.last_day(), self.first_day()).cmp(&(other.last_day(), other.first_day()))
    }
}

impl PartialOrd for TargetDate {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl FromStr for TargetDate {
    type Err = String;

    /// Reads what [`TargetDate::iso`] writes, and nothing else.
    fn from_str(iso: &str) -> Result<Self, String> {
        let wrong = || format!("“{iso}” is not a target. Give a month as 2023-11 or a day as 2023-11-30.");
        let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        let parts: Vec<&str> = iso.split('-').collect();
        let read = match parts[..] {
            [year, month] if year.len() == 4 && month.len() == 2 && digits(year) && digits(month) => {
                year.parse().ok().zip(month.parse().ok()).and_then(|(year, month)| Self::month(year, month))
            }
            [year, month, day] if [year.len(), month.len(), day.len()] == [4, 2, 2] => {
                iso.parse().ok().map(Self::Day)
            }
            _ => None,
        };
        read.ok_or_else(wrong)
    }
}

impl From<TargetDate> for String {
    fn from(target: TargetDate) -> Self {
        target.iso()
    }
}

impl TryFrom<String> for TargetDate {
    type Error = String;

    fn try_from(iso: String) -> Result<Self, String> {
        iso.parse()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(words: &str) -> String {
        TargetDate::read(words).map_or_else(|| "none".to_owned(), |target| target.iso())
    }

    #[test]
    fn a_target_is_read_with_the_precision_in_which_it_is_written() {
        let cases = [
            ("November 2023", "2023-11"),
            ("Nov 2023", "2023-11"),
            ("Nov-23", "2023-11"),
            ("Nov 23", "2023-11"),
            ("NOV '23", "2023-11"),
            ("Nov. 2023", "2023-11"),
            ("Sept 2022", "2022-09"),
            ("11/2023", "2023-11"),
            ("9/22", "2022-09"),
            ("End of November 2023", "2023-11"),
            ("by end Nov 2023", "2023-11"),
            ("2023-11", "2023-11"),
            ("November, 2023.", "2023-11"),
            ("30/11/2023", "2023-11-30"),
            ("30 Nov 2023", "2023-11-30"),
            ("30th November 2023", "2023-11-30"),
            ("30-11-2023", "2023-11-30"),
            ("30.11.23", "2023-11-30"),
            ("31-1-25", "2025-01-31"),
            ("2023-11-30", "2023-11-30"),
            ("2023-11-30 00:00:00", "2023-11-30"),
            ("2023-11-30T00:00:00", "2023-11-30"),
            ("Thursday 30 November 2023", "2023-11-30"),
            ("30-Nov-23", "2023-11-30"),
            ("November 30, 2023", "2023-11-30"),
            ("1st May\u{a0}2024", "2024-05-01"),
            ("29/02/2024", "2024-02-29"),
        ];
        for (words, iso) in cases {
            assert_eq!(read(words), iso, "{words}");
        }
    }

    #[test]
    fn words_that_give_no_one_date_are_no_target() {
        for words in [
            "",
            "Spring",
            "TBC",
            "Q4 2023",
            "Ongoing",
            "2023",
            "November",
            "30 Nov",
            "29/02/2023",
            "13/2023",
            "01/02",
            "32 Nov 2023",
            "Nov 2023 and May 2024",
            "12",
            "1.1",
            "45260",
            "mid November 2023",
            "Nov 1823",
            "2023-13",
            "999999999999/11/2023",
        ] {
            assert_eq!(read(words), "none", "{words}");
        }
    }

    #[test]
    fn a_month_is_met_until_its_last_day_and_sorts_so() {
        let month = TargetDate::Month { year: 2024, month: 2 };
        let day = TargetDate::Day(jiff::civil::date(2024, 2, 28));
        assert_eq!(month.last_day(), jiff::civil::date(2024, 2, 29));
        assert_eq!(month.first_day(), jiff::civil::date(2024, 2, 1));
        assert!(day < month);
        assert!(
            month < TargetDate::Day(jiff::civil::date(2024, 2, 29)),
            "the same last day, an earlier first"
        );
    }

    #[test]
    fn a_target_is_written_for_people_and_for_machines() {
        let day: TargetDate = "2023-11-30".parse().expect("a day");
        let month: TargetDate = "2023-11".parse().expect("a month");
        assert_eq!((day.to_string(), month.to_string()), ("30 November 2023".into(), "November 2023".into()));
        assert_eq!(serde_json::to_string(&[day, month]).expect("json"), r#"["2023-11-30","2023-11"]"#);
        assert_eq!(serde_json::from_str::<TargetDate>(r#""2023-11""#).expect("a month"), month);
        assert!(serde_json::from_str::<TargetDate>(r#""Nov 2023""#).is_err());
        assert!("2023-1".parse::<TargetDate>().is_err());
        assert!("2023-11-31".parse::<TargetDate>().is_err());
    }

    #[test]
    fn a_month_that_does_not_exist_breaks_nothing() {
        for target in
            [TargetDate::Month { year: i16::MAX, month: 0 }, TargetDate::Month { year: i16::MIN, month: 99 }]
        {
            let _ = (target.last_day(), target.to_string(), target.iso());
        }
    }
}
