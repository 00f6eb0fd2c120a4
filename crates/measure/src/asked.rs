//! What the address of a measure asks: a period, a division, a reason. Pure.

use jiff::{Timestamp, ToSpan, civil::Date};
use journal::{Id, Refusal, day_of, day_typed};
use serde::{Deserialize, Serialize};

use crate::{
    catalogue::{Catalogue, Definition},
    figure::rows::{After, Asked, NONE},
};

/// Weeks that are shown where nothing is asked.
const WEEKS: i64 = 12;

/// What the address holds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Query {
    /// The first day.
    pub from: String,
    /// The last day.
    pub until: String,
    /// "day", "week" or "month".
    pub by: String,
    /// The letter of a division.
    pub division: String,
    /// A key of a reason.
    pub reason: String,
    /// An entry: the records as they were counted then.
    pub as_at: String,
    /// The place in the list of records.
    pub after: String,
    /// The number of a version, by which every day is counted; empty means that in force on each.
    pub version: String,
    /// "now": divisions are those that they became; otherwise they are as they were.
    pub divisions: String,
}

/// As an address asks for the divisions as they are now.
pub const NOW: &str = "now";

/// How days are put together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Each for itself.
    Day,
    /// From Monday to Sunday.
    Week,
    /// A month of the calendar.
    Month,
}

impl Step {
    /// All of them, with their keys and words.
    pub const ALL: [(Self, &'static str, &'static str); 3] =
        [(Self::Day, "day", "By day"), (Self::Week, "week", "By week"), (Self::Month, "month", "By month")];

    /// The first day of the period that `day` is of.
    pub fn start(self, day: Date) -> Date {
        match self {
            Self::Day => day,
            Self::Week => day.saturating_sub(i64::from(day.weekday().to_monday_zero_offset()).days()),
            Self::Month => day.first_of_month(),
        }
    }

    /// The last day of the period that begins on `start`.
    pub fn end(self, start: Date) -> Date {
        match self {
            Self::Day => start,
            Self::Week => start.saturating_add(6.days()),
            Self::Month => start.last_of_month(),
        }
    }

    /// Every period from `from` to `until`, by its first day: one in which nothing was counted is there, too.
    pub fn between(self, from: Date, until: Date) -> Vec<Date> {
        let mut all = Vec::new();
        let mut start = self.start(from);
        while start <= until {
            all.push(start);
            start = self.end(start).saturating_add(1.day());
        }
        all
    }
}

/// What is asked, understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Period {
    /// What is summed.
    pub asked: Asked,
    /// How days are put together.
    pub step: Step,
    /// Today: what is of the last days is not settled.
    pub today: Date,
}

impl Query {
    /// What it means by the published definitions, or what of it cannot be meant.
    pub fn read(&self, definition: &Definition, now: Timestamp) -> Result<Period, Refusal> {
        self.read_by(Catalogue::published(), &definition.key, now)
    }

    /// The same by other definitions, of the measure of that key.
    pub fn read_by(&self, catalogue: &Catalogue, key: &str, now: Timestamp) -> Result<Period, Refusal> {
        let today = day_of(now);
        let until = day_typed("until", &self.until)?.unwrap_or(today);
        if until > today {
            let sentence = format!("{until} is still to come. Enter today, {today}, or an earlier day.");
            return Err(Refusal::of("until", sentence));
        }
        let weeks_ago = || Step::Week.start(until).saturating_sub((7 * (WEEKS - 1)).days());
        let from = day_typed("from", &self.from)?.unwrap_or_else(weeks_ago);
        if from > until {
            let sentence =
                format!("The period ends on {until}, before it begins on {from}. Enter an earlier day.");
            return Err(Refusal::of("from", sentence));
        }
        let by = if self.by.is_empty() { "week" } else { &self.by };
        let step = Step::ALL.iter().find(|(_, key, _)| *key == by).map(|(step, ..)| *step);
        let step = step.ok_or_else(|| {
            Refusal::of("by", format!("Nothing is counted by “{by}”. Choose day, week or month."))
        })?;
        let asked = Asked {
            measure: key.to_owned(),
            from,
            until,
            division: self.division_on(catalogue, today)?,
            reason: self.reason.clone(),
            version: self.version_of(catalogue, key)?,
        };
        Ok(Period { asked, step, today })
    }

    /// The letter that is asked for; the letters of all that the division is made of, where it is asked for as it is now.
    fn division_on(&self, catalogue: &Catalogue, today: Date) -> Result<String, Refusal> {
        let is_now = match self.divisions.as_str() {
            "" | "then" => false,
            NOW => true,
            other => {
                let sentence = format!(
                    "Divisions cannot be told as “{other}”. Choose as they were, or as they are now."
                );
                return Err(Refusal::of("divisions", sentence));
            }
        };
        let organisation = catalogue.organisation();
        let is_letter =
            self.division == NONE || organisation.all().iter().any(|unit| unit.letter == self.division);
        if !self.division.is_empty() && !is_letter {
            let sentence =
                format!("“{}” is no division. Choose one of the list, or all of them.", self.division);
            return Err(Refusal::of("division", sentence));
        }
        let made_of = organisation.made_of(&self.division, today).concat();
        Ok(if is_now && !made_of.is_empty() { made_of } else { self.division.clone() })
    }

    /// The version that is asked for; 0 where none is.
    fn version_of(&self, catalogue: &Catalogue, key: &str) -> Result<i64, Refusal> {
        if self.version.is_empty() {
            return Ok(0);
        }
        let number = self.version.parse().ok();
        number.filter(|number| catalogue.version(key, *number).is_some()).ok_or_else(|| {
            let sentence =
                format!("“{}” is no version of this measure. Choose one of the list.", self.version);
            Refusal::of("version", sentence)
        })
    }

    /// The entry as at which records are asked for.
    pub fn as_at(&self) -> Result<Option<i64>, Refusal> {
        match self.as_at.as_str() {
            "" => Ok(None),
            text => text.parse().ok().filter(|seq| *seq >= 0).map(Some).ok_or_else(|| {
                Refusal::of("as_at", format!("“{text}” is no entry of the journal. Give its number."))
            }),
        }
    }

    /// Where the list of records begins.
    pub fn after(&self) -> Result<Option<After>, Refusal> {
        let read = |text: &str| {
            let mut parts = text.split('_');
            let (at, subject, number) = (parts.next()?, parts.next()?, parts.next()?);
            let subject = Id::read(subject)?;
            Some((at.parse().ok()?, subject.as_str().to_owned(), number.parse().ok()?))
        };
        match self.after.as_str() {
            "" => Ok(None),
            text => read(text)
                .map(Some)
                .ok_or_else(|| Refusal::of("after", "That is no place in the list. Begin at its start.")),
        }
    }

    /// The address of `page` with this.
    pub fn address(&self, page: &str) -> String {
        let pairs = [
            ("from", &self.from),
            ("until", &self.until),
            ("by", &self.by),
            ("division", &self.division),
            ("reason", &self.reason),
            ("as_at", &self.as_at),
            ("after", &self.after),
            ("version", &self.version),
            ("divisions", &self.divisions),
        ];
        let given: Vec<(&str, &String)> = pairs.into_iter().filter(|(_, value)| !value.is_empty()).collect();
        match serde_html_form::to_string(&given) {
            Ok(query) if !query.is_empty() => format!("{page}?{query}"),
            _ => page.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::all;

    fn read(query: &Query) -> Result<Period, Refusal> {
        query.read(&all()[0], "2026-11-26T12:00:00Z".parse().unwrap())
    }

    #[test]
    fn a_period_is_read_or_refused_at_its_field() {
        let period = read(&Query::default()).unwrap();
        let days = (period.asked.from.to_string(), period.asked.until.to_string());
        assert_eq!(days, ("2026-09-07".into(), "2026-11-26".into()));
        let query = |field: &str, value: &str| {
            let mut query = Query::default();
            match field {
                "from" => query.from = value.into(),
                "until" => query.until = value.into(),
                "by" => query.by = value.into(),
                "division" => query.division = value.into(),
                "divisions" => query.divisions = value.into(),
                "version" => query.version = value.into(),
                _ => unreachable!(),
            }
            query
        };
        for (field, value, told) in [
            ("from", "2026-11-27", "before it begins"),
            ("from", "soon", "not a day"),
            ("from", "0001-01-01", "not a day"),
            ("until", "2026-11-27", "still to come"),
            ("until", "2026-02-30", "not a day"),
            ("by", "hour", "day, week or month"),
            ("division", "YY", "no division"),
            ("division", "' or 1=1", "no division"),
            ("division", "EG", "no division"),
            ("divisions", "tomorrow", "as they were, or as they are now"),
            ("version", "7", "no version of this measure"),
            ("version", "0", "no version of this measure"),
            ("version", "one", "no version of this measure"),
        ] {
            let refusal = read(&query(field, value)).unwrap_err();
            assert!(refusal.field == field && refusal.sentence.contains(told), "{value}: {refusal}");
        }
        assert!(read(&query("division", "E")).is_ok());
        assert_eq!(read(&query("version", "1")).unwrap().asked.version, 1);
    }

    #[test]
    fn a_division_that_ended_is_known_and_is_now_what_it_became() {
        let of = |division: &str, divisions: &str| {
            let (division, divisions) = (division.to_owned(), divisions.to_owned());
            read(&Query { division, divisions, ..Query::default() }).unwrap().asked.division
        };
        for (division, divisions, expected) in [
            ("B", "", "B"),
            ("B", "then", "B"),
            ("B", NOW, "AB"),
            ("A", NOW, "AB"),
            ("A", "", "A"),
            ("E", NOW, "E"),
            ("", NOW, ""),
            (NONE, NOW, NONE),
        ] {
            assert_eq!(of(division, divisions), expected, "{division} {divisions}");
        }
    }

    #[test]
    fn periods_are_whole_and_none_is_left_out() {
        let date = |text: &str| text.parse::<Date>().unwrap();
        let of = |step: Step, from, until| {
            step.between(date(from), date(until)).iter().map(ToString::to_string).collect::<Vec<_>>()
        };
        // The clocks went back on 25 October: a week is a week.
        assert_eq!(of(Step::Week, "2026-10-21", "2026-11-02"), ["2026-10-19", "2026-10-26", "2026-11-02"]);
        assert_eq!(of(Step::Month, "2026-01-31", "2026-03-01"), ["2026-01-01", "2026-02-01", "2026-03-01"]);
        assert_eq!(of(Step::Day, "2026-02-28", "2026-03-01"), ["2026-02-28", "2026-03-01"]);
        assert_eq!(Step::Month.end(date("2028-02-01")), date("2028-02-29"));
    }
}
