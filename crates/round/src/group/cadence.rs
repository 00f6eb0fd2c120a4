//! How often a group meets, and the days that follow from it. Pure.

use jiff::{ToSpan, civil::Date};
use serde::{Deserialize, Serialize};

/// How often a group meets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cadence {
    /// When it is called.
    None,
    /// Once a month.
    Monthly(Slot),
    /// Once a quarter.
    Quarterly {
        /// On which day of the month.
        slot: Slot,
        /// In which month of the quarter, from 1 to 3: the third is March, June, September and December.
        month: i8,
    },
}

/// A day of a month: the second Wednesday, the last Friday.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Slot {
    /// Which one in the month.
    pub nth: Nth,
    /// Which day of the week.
    pub weekday: Weekday,
}

/// Which one in the month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Nth {
    /// The first.
    First,
    /// The second.
    Second,
    /// The third.
    Third,
    /// The fourth.
    Fourth,
    /// The last.
    Last,
}

/// The days on which groups meet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Weekday {
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
}

impl Nth {
    /// All, in order.
    pub const ALL: [Self; 5] = [Self::First, Self::Second, Self::Third, Self::Fourth, Self::Last];

    /// The word of a form and a page.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::First => "first",
            Self::Second => "second",
            Self::Third => "third",
            Self::Fourth => "fourth",
            Self::Last => "last",
        }
    }

    /// The one that a form names.
    pub fn read(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|nth| nth.as_str() == word)
    }

    fn number(self) -> i8 {
        match self {
            Self::First => 1,
            Self::Second => 2,
            Self::Third => 3,
            Self::Fourth => 4,
            Self::Last => -1,
        }
    }
}

impl Weekday {
    /// All, in order.
    pub const ALL: [Self; 5] = [Self::Monday, Self::Tuesday, Self::Wednesday, Self::Thursday, Self::Friday];

    /// The word of a form.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Monday => "monday",
            Self::Tuesday => "tuesday",
            Self::Wednesday => "wednesday",
            Self::Thursday => "thursday",
            Self::Friday => "friday",
        }
    }

    /// The word of a page.
    pub fn words(self) -> &'static str {
        match self {
            Self::Monday => "Monday",
            Self::Tuesday => "Tuesday",
            Self::Wednesday => "Wednesday",
            Self::Thursday => "Thursday",
            Self::Friday => "Friday",
        }
    }

    /// The day that a form names.
    pub fn read(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|day| day.as_str() == word)
    }

    fn civil(self) -> jiff::civil::Weekday {
        match self {
            Self::Monday => jiff::civil::Weekday::Monday,
            Self::Tuesday => jiff::civil::Weekday::Tuesday,
            Self::Wednesday => jiff::civil::Weekday::Wednesday,
            Self::Thursday => jiff::civil::Weekday::Thursday,
            Self::Friday => jiff::civil::Weekday::Friday,
        }
    }
}

impl Slot {
    /// The day of the month of `within`; nothing beyond the end of the calendar.
    fn in_month_of(self, within: Date) -> Option<Date> {
        within.nth_weekday_of_month(self.nth.number(), self.weekday.civil()).ok()
    }
}

impl Cadence {
    /// The next `most` days after `after` on which the group would meet.
    pub fn next_days(self, after: Date, most: usize) -> Vec<Date> {
        let (slot, month) = match self {
            Self::None => return Vec::new(),
            Self::Monthly(slot) => (slot, None),
            Self::Quarterly { slot, month } => (slot, Some(month)),
        };
        after
            .first_of_month()
            .series(1.month())
            .filter(|first| month.is_none_or(|month| (first.month() - 1) % 3 + 1 == month))
            .filter_map(|first| slot.in_month_of(first))
            .filter(|day| *day > after)
            .take(most)
            .collect()
    }

    /// The word of a form.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Monthly(_) => "monthly",
            Self::Quarterly { .. } => "quarterly",
        }
    }
}

impl std::fmt::Display for Cadence {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let on = |slot: &Slot| format!("{} {}", slot.nth.as_str(), slot.weekday.words());
        match self {
            Self::None => f.write_str("When it is called"),
            Self::Monthly(slot) => write!(f, "Monthly, on the {}", on(slot)),
            Self::Quarterly { slot, month } => {
                let which = ["January, April, July and October", "February, May, August and November"]
                    .get(usize::from(month.unsigned_abs().saturating_sub(1)))
                    .unwrap_or(&"March, June, September and December");
                write!(f, "Quarterly, on the {} of {which}", on(slot))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn the_next_days_follow_from_the_cadence() {
        let slot = |nth, weekday| Slot { nth, weekday };
        let cases: [(Cadence, &str, &[&str]); 6] = [
            (Cadence::None, "2026-11-22", &[]),
            (
                Cadence::Monthly(slot(Nth::Second, Weekday::Wednesday)),
                "2026-11-11",
                &["2026-12-09", "2027-01-13", "2027-02-10"],
            ),
            (
                Cadence::Monthly(slot(Nth::Second, Weekday::Wednesday)),
                "2026-11-10",
                &["2026-11-11", "2026-12-09", "2027-01-13"],
            ),
            (
                Cadence::Monthly(slot(Nth::Last, Weekday::Thursday)),
                "2024-01-31",
                &["2024-02-29", "2024-03-28", "2024-04-25"],
            ),
            (
                Cadence::Quarterly { slot: slot(Nth::Third, Weekday::Tuesday), month: 3 },
                "2025-09-16",
                &["2025-12-16", "2026-03-17", "2026-06-16"],
            ),
            (
                Cadence::Quarterly { slot: slot(Nth::First, Weekday::Monday), month: 1 },
                "2026-11-22",
                &["2027-01-04", "2027-04-05", "2027-07-05"],
            ),
        ];
        for (cadence, after, expected) in cases {
            let expected: Vec<Date> = expected.iter().map(|text| day(text)).collect();
            assert_eq!(cadence.next_days(day(after), 3), expected, "{cadence} after {after}");
        }
        assert_eq!(Cadence::Monthly(slot(Nth::First, Weekday::Friday)).next_days(Date::MAX, 3), []);
    }

    #[test]
    fn a_cadence_says_itself_in_words_and_every_word_is_read_again() {
        let slot = Slot { nth: Nth::Last, weekday: Weekday::Friday };
        assert_eq!(Cadence::Monthly(slot).to_string(), "Monthly, on the last Friday");
        let quarterly = Cadence::Quarterly { slot, month: 2 }.to_string();
        assert_eq!(quarterly, "Quarterly, on the last Friday of February, May, August and November");
        assert!(Nth::ALL.into_iter().all(|nth| Nth::read(nth.as_str()) == Some(nth)));
        assert!(Weekday::ALL.into_iter().all(|day| Weekday::read(day.as_str()) == Some(day)));
    }
}
