//! Periods: a day, a week, a month, a quarter; the one before, the same one last year, the year to date. Pure.
//!
//! A period is days of the calendar in Scotland. The night on which the clocks change makes one of them an hour shorter or
//! longer, and no period a day.

use jiff::{ToSpan, civil::Date};
use journal::words::day as told_day;
use serde::{Deserialize, Serialize};

/// Weeks after which the same days of the week come again in about the same place of the year.
const WEEKS_OF_A_YEAR: i64 = 52;

/// How long a period is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// One day.
    Day,
    /// From Monday to Sunday.
    Week,
    /// A month of the calendar.
    Month,
    /// Three months, the first of them January, April, July or October.
    Quarter,
}

impl Kind {
    /// All of them, the shortest first.
    pub const ALL: [Self; 4] = [Self::Day, Self::Week, Self::Month, Self::Quarter];

    /// As an address and a row have it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Quarter => "quarter",
        }
    }

    /// The kind of that key.
    pub fn of(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.key() == key)
    }

    /// "Daily".
    pub fn words(self) -> &'static str {
        match self {
            Self::Day => "Daily",
            Self::Week => "Weekly",
            Self::Month => "Monthly",
            Self::Quarter => "Quarterly",
        }
    }

    /// "the day before", as the head of a column.
    pub fn before_words(self) -> &'static str {
        match self {
            Self::Day => "Day before",
            Self::Week => "Week before",
            Self::Month => "Month before",
            Self::Quarter => "Quarter before",
        }
    }
}

/// A period: its first day says which.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Period {
    /// How long it is.
    pub kind: Kind,
    /// Its first day.
    pub from: Date,
    /// Its last day.
    pub until: Date,
}

/// The days of a span, both counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    /// The first.
    pub from: Date,
    /// The last.
    pub until: Date,
}

impl Period {
    /// The period of that kind that the day is of.
    pub fn of(kind: Kind, day: Date) -> Self {
        let from = match kind {
            Kind::Day => day,
            Kind::Week => day.saturating_sub(i64::from(day.weekday().to_monday_zero_offset()).days()),
            Kind::Month => day.first_of_month(),
            Kind::Quarter => day.first_of_month().saturating_sub(i64::from((day.month() - 1) % 3).months()),
        };
        let until = match kind {
            Kind::Day => from,
            Kind::Week => from.saturating_add(6.days()),
            Kind::Month => from.last_of_month(),
            Kind::Quarter => from.saturating_add(2.months()).last_of_month(),
        };
        Self { kind, from, until }
    }

    /// The months that it touches, whole.
    pub fn months(self) -> Vec<Span> {
        let mut all = Vec::new();
        let mut day = self.from.first_of_month();
        while day <= self.until {
            all.push(Span { from: day, until: day.last_of_month() });
            day = day.saturating_add(1.months());
        }
        all
    }

    /// The one before it.
    #[must_use]
    pub fn before(self) -> Self {
        Self::of(self.kind, self.from.saturating_sub(1.days()))
    }

    /// The same one last year. A month or a quarter has its name again; a day or a week is held against the same days of
    /// the week, 52 weeks before, because no two days of the week are worked alike.
    #[must_use]
    pub fn last_year(self) -> Self {
        let day = match self.kind {
            Kind::Day | Kind::Week => self.from.saturating_sub((7 * WEEKS_OF_A_YEAR).days()),
            Kind::Month | Kind::Quarter => self.from.saturating_sub(1.year()),
        };
        Self::of(self.kind, day)
    }

    /// From the first day of the year that its last day is of, to that last day.
    pub fn year_to_date(self, begins: Year) -> Span {
        Span { from: begins.before_or_on(self.until), until: self.until }
    }

    /// Its days.
    pub fn span(self) -> Span {
        Span { from: self.from, until: self.until }
    }

    /// So many periods that end with it, the earliest first.
    pub fn and_before(self, many: usize) -> Vec<Self> {
        let mut all = vec![self];
        while all.len() < many {
            all.push(all[all.len() - 1].before());
        }
        all.reverse();
        all
    }

    /// Whether none of its days is over or under way.
    pub fn is_to_come(self, today: Date) -> bool {
        self.from > today
    }

    /// Whether its last day is over.
    pub fn is_over(self, today: Date) -> bool {
        self.until < today
    }

    /// "16 November 2026 to 22 November 2026", "November 2026", "July to September 2026".
    pub fn words(self) -> String {
        match self.kind {
            Kind::Day => told_day(self.from),
            Kind::Week => self.span().words(),
            Kind::Month => self.from.strftime("%B %Y").to_string(),
            Kind::Quarter => format!("{} to {}", self.from.strftime("%B"), self.until.strftime("%B %Y")),
        }
    }
}

impl Span {
    /// "1 April 2026 to 22 November 2026".
    pub fn words(self) -> String {
        format!("{} to {}", told_day(self.from), told_day(self.until))
    }

    /// Whether that day, as rows have it, is in it.
    pub fn has(self, day: &str) -> bool {
        // Days are written so that their order is that of their text.
        self.from.to_string().as_str() <= day && day <= self.until.to_string().as_str()
    }
}

/// On which day a year begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Year {
    /// The month.
    pub begins_month: i8,
    /// The day of that month.
    pub begins_day: i8,
}

impl Year {
    /// Whether there is such a day in every year.
    pub fn is_whole(self) -> bool {
        Date::new(2025, self.begins_month, self.begins_day).is_ok()
    }

    /// The last first day of a year up to `day`.
    fn before_or_on(self, day: Date) -> Date {
        let of = |year| Date::new(year, self.begins_month, self.begins_day).unwrap_or(day);
        let this = of(day.year());
        if this <= day { this } else { of(day.year() - 1) }
    }

    /// The year that a day is of, by name: "2026/27", or "2026" where it is that of the calendar.
    pub fn name(self, day: Date) -> String {
        let first = self.before_or_on(day).year();
        if (self.begins_month, self.begins_day) == (1, 1) {
            return first.to_string();
        }
        format!("{first}/{:02}", (first + 1).rem_euclid(100))
    }
}

#[cfg(test)]
#[path = "rules_test.rs"]
mod tests;
