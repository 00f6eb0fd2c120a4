//! When which version of a measure is in force, and what a value carries of it. Pure.

use jiff::{ToSpan, civil::Date};
use serde::{Deserialize, Serialize};

/// A version and the first day on which it is in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Since {
    pub version: i64,
    pub from: Date,
    /// Whether it counts as the version before it does, and only its words or its target are others.
    #[serde(default, skip_serializing_if = "is_not")]
    pub counts_alike: bool,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks by reference")]
fn is_not(it: &bool) -> bool {
    !*it
}

/// The versions of a measure, the first first: each is in force until the day before the next one’s.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timeline(pub Vec<Since>);

/// By what a value was counted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Versions {
    /// The versions of the definition of its measure, each with the first day on which it is in force.
    pub definition: Timeline,
    /// The version of the organisation (`definitions/organisation.toml`).
    pub organisation: i64,
    /// The version of the calendar of working days (`definitions/working_days.toml`).
    pub calendar: i64,
}

impl Timeline {
    /// One version for all days: what was published before a value carried more than a number.
    pub fn of_one(version: i64) -> Self {
        Self(vec![Since { version, from: Date::MIN, counts_alike: false }])
    }

    /// The stretches of a period, each with the version in force; days before the first version have none.
    pub fn parts(&self, from: Date, until: Date) -> Vec<(i64, Date, Date)> {
        let ends = self.0.iter().skip(1).map(|next| next.from.saturating_sub(1.day())).chain([Date::MAX]);
        let part = |(since, end): (&Since, Date)| (since.version, since.from.max(from), end.min(until));
        self.0.iter().zip(ends).map(part).filter(|(_, from, until)| from <= until).collect()
    }

    /// The versions in force in a period, with the day from which each is.
    #[must_use]
    pub fn within(&self, from: Date, until: Date) -> Self {
        let own = self.parts(from, until);
        let is_own = |since: &&Since| own.iter().any(|(version, ..)| *version == since.version);
        Self(self.0.iter().filter(is_own).copied().collect())
    }

    /// The versions in force in a period, in words: "1", "1 and 2"; empty where none was.
    pub fn words(&self, from: Date, until: Date) -> String {
        let numbers: Vec<String> =
            self.parts(from, until).iter().map(|(version, ..)| version.to_string()).collect();
        match numbers.split_last() {
            Some((last, [])) => last.clone(),
            Some((last, others)) => format!("{} and {last}", others.join(", ")),
            None => String::new(),
        }
    }

    /// The changes from one version to the next that fall into a period: another version begins on that day.
    pub fn changes(&self, from: Date, until: Date) -> impl Iterator<Item = Since> {
        self.0.iter().skip(1).copied().filter(move |since| from <= since.from && since.from <= until)
    }

    /// The days in a period from which something else is counted: values before and after are not to be compared.
    pub fn breaks(&self, from: Date, until: Date) -> impl Iterator<Item = Date> {
        self.changes(from, until).filter(|since| !since.counts_alike).map(|since| since.from)
    }

    /// Whether all of its versions are among `others`, which may have more and begin on other days.
    pub fn is_among(&self, others: &Self) -> bool {
        self.0.iter().all(|one| others.0.iter().any(|other| other.version == one.version))
    }
}

impl Versions {
    /// The same for the days of a period only.
    #[must_use]
    pub fn within(&self, from: Date, until: Date) -> Self {
        Self { definition: self.definition.within(from, until), ..self.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn every_day_has_the_version_that_is_in_force_on_it() {
        let since = |version, from: &str| Since { version, from: day(from), counts_alike: version == 3 };
        let all = Timeline(vec![since(1, "2026-01-01"), since(2, "2026-10-01"), since(3, "2026-11-01")]);
        for (from, until, expected, words, changes) in [
            ("2025-12-01", "2025-12-31", vec![], "", 0),
            ("2025-12-31", "2026-01-01", vec![(1, "2026-01-01", "2026-01-01")], "1", 0),
            ("2026-09-01", "2026-09-30", vec![(1, "2026-09-01", "2026-09-30")], "1", 0),
            ("2026-10-01", "2026-10-31", vec![(2, "2026-10-01", "2026-10-31")], "2", 1),
            (
                "2026-09-28",
                "2026-10-04",
                vec![(1, "2026-09-28", "2026-09-30"), (2, "2026-10-01", "2026-10-04")],
                "1 and 2",
                1,
            ),
            (
                "2026-09-30",
                "2026-12-01",
                vec![
                    (1, "2026-09-30", "2026-09-30"),
                    (2, "2026-10-01", "2026-10-31"),
                    (3, "2026-11-01", "2026-12-01"),
                ],
                "1, 2 and 3",
                2,
            ),
        ] {
            let parts = all.parts(day(from), day(until));
            let expected: Vec<_> =
                expected.into_iter().map(|(v, from, until)| (v, day(from), day(until))).collect();
            assert_eq!(parts, expected, "{from} to {until}");
            assert_eq!(all.words(day(from), day(until)), words, "{from} to {until}");
            assert_eq!(all.changes(day(from), day(until)).count(), changes, "{from} to {until}");
            let within = all.within(day(from), day(until));
            assert_eq!(within.parts(day(from), day(until)), parts, "{from} to {until}");
        }
        assert_eq!(all.breaks(day("2025-01-01"), day("2027-01-01")).collect::<Vec<_>>(), [day("2026-10-01")]);
        assert_eq!(Timeline::of_one(2).parts(day("2020-01-01"), day("2020-01-02")).len(), 1);
        assert!(Timeline::of_one(2).is_among(&all) && !Timeline::of_one(4).is_among(&all));
    }
}
