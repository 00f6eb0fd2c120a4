//! Counting in working days. Pure: the days are data, compiled in from `definitions/working_days.toml`.

use std::{collections::BTreeMap, sync::LazyLock};

use jiff::{
    ToSpan,
    civil::{Date, Weekday},
};
use journal::Refusal;
use serde::Deserialize;

static SCOTLAND: LazyLock<Calendar> = LazyLock::new(|| {
    Calendar::read(include_str!("../../../../definitions/working_days.toml"))
        .expect("definitions/working_days.toml is compiled in, and a test reads it")
});

/// The working days of some years, and the deadlines that are counted in them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    /// Which edition of the file it is: a round keeps the one its days were counted with.
    pub version: u32,
    /// How many working days lie between one deadline and the next.
    pub deadlines: Deadlines,
    first_year: i16,
    last_year: i16,
    holidays: BTreeMap<Date, String>,
}

/// How many working days lie between one deadline and the next.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Deadlines {
    /// Papers are due so long before the meeting.
    pub papers_working_days_before_meeting: u32,
    /// Updates are due so long before the papers.
    pub updates_working_days_before_papers: u32,
    /// An owner who has not answered is reminded so long before the day an update is due, the longest first.
    pub remind_working_days_before_due: Vec<u32>,
    /// What is silent so long after that day is escalated.
    pub escalate_working_days_after_due: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    version: u32,
    first_year: i16,
    last_year: i16,
    holidays: Vec<Holiday>,
    deadlines: Deadlines,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Holiday {
    on: Date,
    name: String,
    known: Source,
}

/// Where a bank holiday is known from; the file says what each means.
#[derive(Deserialize)]
enum Source {
    #[serde(rename = "acts")]
    Acts,
    #[serde(rename = "general knowledge")]
    GeneralKnowledge,
    #[serde(rename = "announcement")]
    Announcement,
}

/// A day in a year whose bank holidays the calendar does not know: it is refused, never guessed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outside {
    /// The day that was asked for, or reached by counting.
    pub day: Date,
    /// The first year that is covered.
    pub first_year: i16,
    /// The last year that is covered.
    pub last_year: i16,
}

impl std::fmt::Display for Outside {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "{} is outside the calendar of working days, which covers {} to {}. Choose a day in those years, \
             or have the bank holidays of more years added to definitions/working_days.toml.",
            plan::words::day(self.day),
            self.first_year,
            self.last_year
        )
    }
}

impl From<Outside> for Refusal {
    fn from(outside: Outside) -> Self {
        Self::of("on", outside.to_string())
    }
}

impl Calendar {
    /// The calendar that is in force.
    pub fn scotland() -> &'static Self {
        &SCOTLAND
    }

    /// Reads the file’s text; the error says what does not fit.
    pub fn read(text: &str) -> Result<Self, String> {
        let file: File = toml::from_str(text).map_err(|error| error.to_string())?;
        if file.last_year < file.first_year {
            return Err(format!("it covers {} to {}: no year at all", file.first_year, file.last_year));
        }
        let mut holidays = BTreeMap::new();
        for Holiday { on, name, known: Source::Acts | Source::GeneralKnowledge | Source::Announcement } in
            file.holidays
        {
            if !(file.first_year..=file.last_year).contains(&on.year()) {
                return Err(format!("{on} ({name}) is in a year that is not covered"));
            }
            if is_weekend(on) {
                return Err(format!("{on} ({name}) is at a weekend: give the substitute day"));
            }
            if holidays.insert(on, name).is_some() {
                return Err(format!("{on} stands twice"));
            }
        }
        let bare = |year: &i16| !holidays.keys().any(|on| on.year() == *year);
        if let Some(bare) = (file.first_year..=file.last_year).find(bare) {
            return Err(format!("{bare} is covered, but has no bank holiday"));
        }
        let reminders = &file.deadlines.remind_working_days_before_due;
        if !reminders.is_sorted_by(|earlier, later| earlier > later) {
            return Err(format!("the reminders {reminders:?} do not come nearer to the day"));
        }
        let File { version, first_year, last_year, deadlines, .. } = file;
        Ok(Self { version, deadlines, first_year, last_year, holidays })
    }

    /// The bank holiday on `day`, if it is one.
    pub fn holiday(&self, day: Date) -> Option<&str> {
        self.holidays.get(&day).map(String::as_str)
    }

    /// Whether people work on `day`.
    pub fn is_working_day(&self, day: Date) -> Result<bool, Outside> {
        if (self.first_year..=self.last_year).contains(&day.year()) {
            return Ok(!is_weekend(day) && !self.holidays.contains_key(&day));
        }
        Err(Outside { day, first_year: self.first_year, last_year: self.last_year })
    }

    /// The `n`th working day before `day`, which itself is not counted; `day` if `n` is none.
    pub fn working_days_before(&self, day: Date, n: u32) -> Result<Date, Outside> {
        self.step(day, n, Date::yesterday)
    }

    /// The `n`th working day after `day`, which itself is not counted; `day` if `n` is none.
    pub fn working_days_after(&self, day: Date, n: u32) -> Result<Date, Outside> {
        self.step(day, n, Date::tomorrow)
    }

    fn step(&self, from: Date, n: u32, next: fn(Date) -> Result<Date, jiff::Error>) -> Result<Date, Outside> {
        self.is_working_day(from)?;
        let (mut day, mut left) = (from, n);
        while left > 0 {
            // The calendar ends long before the days do, so there always is a next one.
            day = next(day).unwrap_or(day);
            left -= u32::from(self.is_working_day(day)?);
        }
        Ok(day)
    }

    /// How many working days come after `from` up to `to`, which is counted; negative if `to` is earlier.
    pub fn working_days_between(&self, from: Date, to: Date) -> Result<i64, Outside> {
        self.is_working_day(from)?;
        self.is_working_day(to)?;
        if to < from {
            return Ok(-self.working_days_between(to, from)?);
        }
        from.series(1.day())
            .skip(1)
            .take_while(|day| *day <= to)
            .try_fold(0, |count, day| Ok(count + i64::from(self.is_working_day(day)?)))
    }
}

fn is_weekend(day: Date) -> bool {
    matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    /// Gauss’s rule, as Meeus gives it for the Gregorian calendar: an oracle of its own.
    fn easter(year: i16) -> Date {
        let year_number = i32::from(year);
        let (golden, century, rest) = (year_number % 19, year_number / 100, year_number % 100);
        let moon = 19 * golden + century - century / 4 - (century - (century + 8) / 25 + 1) / 3 + 15;
        let epact = moon % 30;
        let weekday = (32 + 2 * (century % 4) + 2 * (rest / 4) - epact - rest % 4) % 7;
        let late = (golden + 11 * epact + 22 * weekday) / 451;
        let sum = epact + weekday - 7 * late + 114;
        Date::new(year, i8::try_from(sum / 31).unwrap(), i8::try_from(sum % 31 + 1).unwrap()).unwrap()
    }

    /// What the rules of the acts and the customary substitutes give, without the years’ own exceptions.
    fn expected(year: i16) -> Vec<Date> {
        let date = |month, day| Date::new(year, month, day).unwrap();
        let monday = |nth, month| date(month, 1).nth_weekday_of_month(nth, Weekday::Monday).unwrap();
        let mut days = vec![
            easter(year).saturating_sub(2.days()),
            monday(1, 5),
            monday(-1, 5),
            monday(1, 8),
            date(11, 30),
            date(1, 1),
            date(1, 2),
            date(12, 25),
            date(12, 26),
        ];
        days.sort();
        // What falls on a weekend moves to the next day that is neither at a weekend nor taken.
        let weekend: Vec<Date> = days.iter().copied().filter(|day| is_weekend(*day)).collect();
        days.retain(|day| !is_weekend(*day));
        for moved in weekend {
            let free = moved.series(1.day()).find(|day| !is_weekend(*day) && !days.contains(day)).unwrap();
            days.push(free);
        }
        days.sort();
        days
    }

    #[test]
    fn the_file_is_what_the_rules_give_but_for_the_days_that_were_proclaimed() {
        let calendar = Calendar::scotland();
        let gone: [&str; 2] = ["2020-05-04", "2022-05-30"];
        let added = ["2020-05-08", "2022-06-02", "2022-06-03", "2022-09-19", "2023-05-08", "2026-06-15"];
        let mut all: Vec<Date> = (2020..=2028).flat_map(expected).collect();
        all.retain(|given| !gone.iter().any(|gone| day(gone) == *given));
        all.extend(added.map(day));
        all.sort();
        assert_eq!(calendar.holidays.keys().copied().collect::<Vec<_>>(), all);
        assert_eq!(easter(2024), day("2024-03-31"));
        assert_eq!(calendar.holiday(day("2023-01-03")), Some("New Year’s Day, substitute day"));
        assert_eq!(calendar.deadlines.papers_working_days_before_meeting, 3);
    }

    #[test]
    fn working_days_are_counted_back_over_every_kind_of_run() {
        let cases = [
            // an ordinary week, and a weekend
            ("2026-11-25", 3, "2026-11-20"),
            ("2026-11-25", 0, "2026-11-25"),
            ("2026-11-29", 1, "2026-11-27"),
            // Christmas and New Year: 25, 28 December; 1 January, then 4 January for the 2nd
            ("2021-01-05", 3, "2020-12-29"),
            ("2020-12-29", 1, "2020-12-24"),
            // 2022 began with two substitute days, 2023 with 2 and 3 January
            ("2022-01-05", 1, "2021-12-31"),
            ("2023-01-04", 3, "2022-12-28"),
            ("2021-12-29", 1, "2021-12-24"),
            // 29 February, where there is one
            ("2024-03-01", 1, "2024-02-29"),
            ("2023-03-01", 1, "2023-02-28"),
            ("2028-03-01", 1, "2028-02-29"),
            // Good Friday is none, Easter Monday is one: 29 March and 1 April 2024
            ("2024-04-02", 2, "2024-03-28"),
            ("2026-04-07", 3, "2026-04-01"),
            // summer is the first Monday of August, not the last
            ("2026-08-04", 1, "2026-07-31"),
            ("2026-09-01", 1, "2026-08-31"),
            // St Andrew’s Day, and its Monday
            ("2026-12-01", 1, "2026-11-27"),
            ("2024-12-03", 1, "2024-11-29"),
            // four days’ holiday in June 2022, one day in September, the World Cup
            ("2022-06-06", 1, "2022-06-01"),
            ("2022-09-20", 1, "2022-09-16"),
            ("2026-06-16", 1, "2026-06-12"),
        ];
        let calendar = Calendar::scotland();
        for (from, n, to) in cases {
            assert_eq!(calendar.working_days_before(day(from), n).unwrap(), day(to), "{n} before {from}");
            if n > 0 && calendar.is_working_day(day(from)).unwrap() {
                assert_eq!(calendar.working_days_after(day(to), n).unwrap(), day(from), "{n} after {to}");
                assert_eq!(calendar.working_days_between(day(to), day(from)).unwrap(), i64::from(n));
                assert_eq!(calendar.working_days_between(day(from), day(to)).unwrap(), -i64::from(n));
            }
        }
        assert_eq!(calendar.working_days_between(day("2024-01-01"), day("2024-12-31")).unwrap(), 262 - 9);
    }

    #[test]
    fn a_day_outside_the_years_is_refused_and_not_guessed() {
        let calendar = Calendar::scotland();
        for outside in [
            calendar.is_working_day(day("2029-01-02")).unwrap_err(),
            calendar.working_days_after(day("2028-12-29"), 1).unwrap_err(),
            calendar.working_days_before(day("2020-01-03"), 1).unwrap_err(),
            calendar.working_days_between(day("2028-12-01"), day("2030-01-01")).unwrap_err(),
            calendar.working_days_before(day("2019-12-31"), 0).unwrap_err(),
        ] {
            assert!(outside.to_string().contains("which covers 2020 to 2028"), "{outside}");
            assert_eq!(Refusal::from(outside).field, "on");
        }
        assert!(calendar.is_working_day(day("2020-01-03")).unwrap());
    }

    #[test]
    fn a_file_that_does_not_fit_together_is_refused() {
        let good = include_str!("../../../../definitions/working_days.toml");
        let cases = [
            (good.replace("last_year = 2028", "last_year = 2027"), "not covered"),
            (good.replace("last_year = 2028", "last_year = 2029"), "has no bank holiday"),
            (good.replace("first_year = 2020", "first_year = 2030"), "no year at all"),
            (good.replace("2028-12-25", "2028-12-26"), "stands twice"),
            (good.replace("2028-12-25", "2028-12-24"), "at a weekend"),
            (good.replace("2028-12-25", "2028-12-32"), "2028-12-32"),
            (good.replace("[5, 1]", "[1, 5]"), "do not come nearer"),
            (good.replace("[deadlines]", "[deadlines]\ncolour = 1"), "colour"),
            (good.replace("\"announcement\" }", "\"hearsay\" }"), "hearsay"),
        ];
        for (text, told) in cases {
            let refusal = Calendar::read(&text).unwrap_err();
            assert!(refusal.contains(told), "{told}: {refusal}");
        }
    }
}
