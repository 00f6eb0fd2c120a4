//! The published definitions: `definitions/measures.toml`, every version of each measure that was ever in force.
//!
//! A version holds from its first day until the next one’s. Each is counted for every day, so that history can be told by
//! another definition beside what was published, and never instead of it (decisions/0032).

#![expect(missing_docs, reason = "the file says what its fields are; their names say the rest")]

mod check;
mod timeline;

use std::sync::LazyLock;

use contact::unit::Organisation;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

pub use timeline::{Since, Timeline, Versions};

use crate::chart::series::Direction;

static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(|| {
    Catalogue::read(include_str!("../../../definitions/measures.toml"), failure::definition::definitions())
        .expect("definitions/measures.toml is compiled in, and a test reads it")
});

/// The calendar of working days, of which only the version travels with a value: days are counted as Scotland’s, and a
/// clock that is counted in working days is a fact of its own.
static CALENDAR: LazyLock<i64> = LazyLock::new(|| {
    let file: toml::Table = include_str!("../../../definitions/working_days.toml")
        .parse()
        .expect("definitions/working_days.toml is compiled in, and a test reads it");
    file.get("version").and_then(toml::Value::as_integer).expect("the calendar has a version")
});

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    version: i64,
    measure: Vec<Definition>,
}

/// All that a value is counted by: the definitions with their versions, FD-1 with its own, and the organisation.
#[derive(Debug, Clone)]
pub struct Catalogue {
    version: i64,
    /// The versions of each measure, the first first, in the order of what is counted.
    measures: Vec<Vec<Definition>>,
    /// The last version of each.
    last: Vec<Definition>,
    failure: Vec<failure::definition::Definition>,
    organisation: Organisation,
    calendar: i64,
}

/// A measure as it is published.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Definition {
    pub key: String,
    pub name: String,
    /// Raised with each change of what is counted.
    pub version: i64,
    /// The day from which this version holds, until the next one’s.
    pub from: Date,
    /// By which rule of the program it is counted: raised where what is counted differs, and not where only words do.
    #[serde(default = "first")]
    pub rule: i64,
    /// The number of the version of FD-1 (`definitions/failure.toml`) by which contacts are judged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failure_definition: Option<u32>,
    pub about: String,
    /// Of what it is counted.
    pub population: String,
    pub numerator: String,
    /// Empty for a plain count.
    #[serde(default)]
    pub denominator: String,
    pub excluded: String,
    /// On which day something is counted.
    pub counted_on: String,
    pub unit: Unit,
    /// What the reasons of it are called: "Outcome".
    pub reason: String,
    pub good: Direction,
    #[serde(default)]
    pub target: Option<f64>,
    /// Facts of which it is made, as kinds of the journal.
    pub facts: Vec<String>,
    pub owner: String,
    /// The recommendations that it serves.
    pub serves: Vec<String>,
    /// After so many days a value is not expected to change.
    pub settles_after_days: i64,
    pub changes: Vec<String>,
    /// Which of these no source gives.
    pub guesses: Vec<String>,
}

fn first() -> i64 {
    1
}

/// What a value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// How many.
    Count,
    /// The numerator in a hundred of the denominator.
    Percent,
    /// Seconds of the numerator for each of the denominator.
    Seconds,
    /// Minutes for each of the denominator; the numerator is in seconds.
    Minutes,
    /// Hours for each of the denominator; the numerator is in minutes.
    Hours,
}

impl Definition {
    /// The value of so much of a numerator and a denominator; nothing where nothing is counted.
    pub fn value(&self, numerator: i64, denominator: i64) -> Option<f64> {
        #[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
        let (numerator, denominator) = (numerator as f64, denominator as f64);
        match self.unit {
            Unit::Count => Some(numerator),
            _ if denominator == 0.0 => None,
            Unit::Percent => Some(100.0 * numerator / denominator),
            Unit::Seconds => Some(numerator / denominator),
            // Hours are summed in minutes, and minutes in seconds.
            Unit::Minutes | Unit::Hours => Some(numerator / denominator / 60.0),
        }
    }

    /// Whether it counts the same as another version does.
    fn counts_as(&self, other: &Self) -> bool {
        (self.rule, self.failure_definition) == (other.rule, other.failure_definition)
    }

    /// Of how many a value is: "5 of 6", "of 48"; empty of a plain count and where nothing is counted.
    pub fn of_how_many(&self, numerator: i64, denominator: i64) -> String {
        match self.unit {
            Unit::Count => String::new(),
            _ if denominator == 0 => String::new(),
            Unit::Percent => format!("{numerator} of {denominator}"),
            Unit::Seconds | Unit::Minutes | Unit::Hours => format!("of {denominator}"),
        }
    }

    /// A value as a page has it: "83.3%", "412", "12.4 s", "31.0 hours".
    pub fn told(&self, value: Option<f64>) -> String {
        let Some(value) = value else { return "Nothing counted".to_owned() };
        match self.unit {
            Unit::Count => format!("{value:.0}"),
            Unit::Percent => format!("{value:.1}%"),
            Unit::Seconds => format!("{value:.1} s"),
            Unit::Minutes => format!("{value:.1} minutes"),
            Unit::Hours => format!("{value:.1} hours"),
        }
    }
}

impl Catalogue {
    /// That of the files that are compiled in.
    pub fn published() -> &'static Self {
        &CATALOGUE
    }

    /// Reads a file of definitions, with the versions of FD-1 and the published organisation beside it.
    ///
    /// # Errors
    /// What of it does not fit together: the measure, the version and the mend.
    pub fn read(text: &str, failure: &failure::definition::Definitions) -> Result<Self, String> {
        let File { version, measure } = toml::from_str(text).map_err(|error| error.to_string())?;
        let mut measures: Vec<Vec<Definition>> = Vec::new();
        for one in measure {
            match measures.last_mut().filter(|last| last.last().is_some_and(|last| last.key == one.key)) {
                Some(versions) => versions.push(one),
                None => measures.push(vec![one]),
            }
        }
        let last = measures.iter().filter_map(|versions| versions.last().cloned()).collect();
        let (organisation, calendar) = (Organisation::published().clone(), *CALENDAR);
        let read = Self { version, measures, last, failure: failure.version.clone(), organisation, calendar };
        read.check()?;
        Ok(read)
    }

    /// The same with another organisation.
    #[must_use]
    pub fn with_organisation(self, organisation: Organisation) -> Self {
        Self { organisation, ..self }
    }

    /// The organisation.
    pub fn organisation(&self) -> &Organisation {
        &self.organisation
    }

    /// The version of the calendar of working days.
    pub fn calendar(&self) -> i64 {
        self.calendar
    }

    /// The last version of every measure, in the order in which they are shown.
    pub fn all(&self) -> &[Definition] {
        &self.last
    }

    /// Every version of a measure, the first first; none where there is no such measure.
    pub fn versions(&self, key: &str) -> &[Definition] {
        let own = self.measures.iter().find(|versions| versions.first().is_some_and(|one| one.key == key));
        own.map_or(&[], Vec::as_slice)
    }

    /// One version of a measure.
    pub fn version(&self, key: &str, version: i64) -> Option<&Definition> {
        self.versions(key).iter().find(|one| one.version == version)
    }

    /// The version of a measure that is in force on `day`; the first on a day before all of them.
    pub fn on(&self, key: &str, day: Date) -> Option<&Definition> {
        let versions = self.versions(key);
        versions.iter().rfind(|one| one.from <= day).or_else(|| versions.first())
    }

    /// The versions of a measure that are counted by a rule.
    pub fn counted_by(&self, key: &str, rule: i64) -> impl Iterator<Item = i64> {
        self.versions(key).iter().filter(move |one| one.rule == rule).map(|one| one.version)
    }

    /// The versions of a measure that judge by a version of FD-1.
    pub fn judged_by(&self, key: &str, number: u32) -> impl Iterator<Item = i64> {
        self.versions(key)
            .iter()
            .filter(move |one| one.failure_definition == Some(number))
            .map(|one| one.version)
    }

    /// The versions of FD-1, the oldest first.
    pub fn failure(&self) -> &[failure::definition::Definition] {
        &self.failure
    }

    /// Whether a version of a measure is the one in force on `day`.
    pub fn is_in_force(&self, key: &str, version: i64, day: Date) -> bool {
        self.versions(key).iter().rfind(|one| one.from <= day).is_some_and(|one| one.version == version)
    }

    /// When each version of a measure is in force.
    pub fn timeline(&self, key: &str) -> Timeline {
        let versions = self.versions(key);
        let before = std::iter::once(None).chain(versions.iter().map(Some));
        let since = |(one, before): (&Definition, Option<&Definition>)| Since {
            version: one.version,
            from: one.from,
            counts_alike: before.is_some_and(|before| one.counts_as(before)),
        };
        Timeline(versions.iter().zip(before).map(since).collect())
    }

    /// What a value of a measure carries: by what it was counted.
    pub fn carried(&self, key: &str) -> Versions {
        Versions {
            definition: self.timeline(key),
            organisation: self.organisation.version(),
            calendar: self.calendar,
        }
    }

    /// What the counting was made with: when it differs, everything is counted anew.
    pub fn edition(&self) -> String {
        let one = |of: &Definition| {
            let rule = if of.rule == 1 { String::new() } else { format!(" by rule {}", of.rule) };
            let judged = of.failure_definition.map_or_else(String::new, |number| format!(" by FD {number}"));
            format!("{}@{} from {}{rule}{judged}", of.key, of.version, of.from)
        };
        let versions = self.measures.iter().flatten().map(one);
        let failure = self.failure.iter().map(|one| format!("FD {}", one.number));
        format!("{}: {}", self.version, versions.chain(failure).collect::<Vec<_>>().join("; "))
    }
}

/// Every measure by its last version, in the order in which they are shown.
pub fn all() -> &'static [Definition] {
    CATALOGUE.all()
}

/// The last version of the measure of that key.
pub fn definition(key: &str) -> Option<&'static Definition> {
    all().iter().find(|one| one.key == key)
}

/// What the counting was made with by the published definitions.
pub fn edition() -> String {
    CATALOGUE.edition()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measures::KEYS;

    /// Each test of the file breaks it in one place (`catalogue/check.rs`).
    #[test]
    fn the_file_fits_what_is_counted() {
        assert_eq!(all().len(), KEYS.len());
        assert_eq!(all().iter().map(|one| one.key.as_str()).collect::<Vec<_>>(), KEYS);
    }

    #[test]
    fn the_facts_of_a_measure_are_those_that_the_journal_has() {
        let stored = [
            include_str!("../../contact/tests/stored.jsonl"),
            include_str!("../../crime/tests/stored.jsonl"),
            include_str!("../../incident/tests/stored.jsonl"),
            include_str!("../../partner/tests/stored.jsonl"),
            include_str!("../../plan/tests/stored.jsonl"),
        ]
        .concat();
        for definition in CATALOGUE.measures.iter().flatten() {
            for kind in &definition.facts {
                let is_stored = stored.contains(&format!("\"kind\":\"{kind}\""));
                assert!(is_stored, "{} is made of {kind:?}, which no journal has", definition.key);
            }
        }
    }

    /// A measure’s page asks five statements at most: one more for several versions, or for where times lie, and not both.
    #[test]
    fn no_measure_of_times_has_several_versions() {
        for versions in &CATALOGUE.measures {
            let is_time = versions.iter().any(crate::figure::spread::is_time);
            assert!(!is_time || versions.len() == 1, "{} asks for six statements", versions[0].key);
        }
    }

    #[test]
    fn a_value_is_told_in_its_unit() {
        let of = |unit, numerator, denominator| {
            let one = Definition { unit, ..all()[0].clone() };
            one.told(one.value(numerator, denominator))
        };
        for (unit, numerator, denominator, told) in [
            (Unit::Count, 412, 0, "412"),
            (Unit::Percent, 5, 6, "83.3%"),
            (Unit::Percent, 0, 0, "Nothing counted"),
            (Unit::Seconds, 62, 5, "12.4 s"),
            (Unit::Minutes, 372, 2, "3.1 minutes"),
            (Unit::Hours, 3_720, 2, "31.0 hours"),
        ] {
            assert_eq!(of(unit, numerator, denominator), told);
        }
    }
}
