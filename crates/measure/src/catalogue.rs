//! The published definitions: `definitions/measures.toml`.

#![expect(missing_docs, reason = "the file says what its fields are; their names say the rest")]

use std::sync::LazyLock;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{chart::series::Direction, measures::KEYS};

static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(|| {
    Catalogue::read(include_str!("../../../definitions/measures.toml"))
        .expect("definitions/measures.toml is compiled in, and a test reads it")
});

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Catalogue {
    version: i64,
    measure: Vec<Definition>,
}

/// A measure as it is published.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Definition {
    pub key: String,
    pub name: String,
    /// Raised with each change of what is counted.
    pub version: i64,
    /// The day from which this version holds.
    pub from: Date,
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

    fn check(&self) -> Result<(), String> {
        let key = &self.key;
        let is_missing =
            [&self.name, &self.about, &self.population, &self.numerator, &self.owner, &self.reason]
                .iter()
                .any(|words| words.trim().is_empty());
        if is_missing || self.facts.is_empty() || self.serves.is_empty() || self.changes.is_empty() {
            return Err(format!("the definition of {key:?} is not all there"));
        }
        if (self.unit == Unit::Count) != self.denominator.is_empty() {
            return Err(format!("the measure {key:?} counts with a denominator, or divides by none"));
        }
        let is_odd = |target: f64| {
            !target.is_finite() || target < 0.0 || (self.unit == Unit::Percent && target > 100.0)
        };
        if let Some(target) = self.target.filter(|target| is_odd(*target)) {
            return Err(format!("the target {target} of {key:?} cannot be met by any value"));
        }
        if self.version < 1 || self.settles_after_days < 0 {
            return Err(format!("the measure {key:?} has no version or settles before it is counted"));
        }
        Ok(())
    }
}

impl Catalogue {
    fn read(text: &str) -> Result<Self, String> {
        let read: Self = toml::from_str(text).map_err(|error| error.to_string())?;
        let keys: Vec<&str> = read.measure.iter().map(|one| one.key.as_str()).collect();
        if keys != KEYS {
            return Err(format!("the definitions are of {keys:?}, and what is counted is {KEYS:?}"));
        }
        read.measure.iter().try_for_each(Definition::check)?;
        Ok(read)
    }
}

/// Every measure, in the order in which they are shown.
pub fn all() -> &'static [Definition] {
    &CATALOGUE.measure
}

/// The measure of that key.
pub fn definition(key: &str) -> Option<&'static Definition> {
    all().iter().find(|one| one.key == key)
}

/// What the counting was made with: when it differs, everything is counted anew.
pub fn edition() -> String {
    let versions = all().iter().map(|one| format!("{}@{}", one.key, one.version));
    let failure = failure::definition::definitions().version.iter().map(|one| format!("FD {}", one.number));
    format!("{}: {}", CATALOGUE.version, versions.chain(failure).collect::<Vec<_>>().join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHOLE: &str = include_str!("../../../definitions/measures.toml");

    #[test]
    fn the_file_fits_what_is_counted_and_a_broken_one_is_refused() {
        assert_eq!(all().len(), KEYS.len());
        for (broken, told) in [
            (WHOLE.replacen("key = \"contacts\"", "key = \"calls\"", 1), "what is counted is"),
            (WHOLE.replacen("target = 95.0", "target = 130.0", 1), "cannot be met"),
            (WHOLE.replacen("unit = \"percent\"", "unit = \"count\"", 1), "with a denominator"),
            (WHOLE.replacen("owner = \"", "owner = \" \"\n#", 1), "not all there"),
            (WHOLE.replacen("settles_after_days = 1", "settles_after_days = -1", 1), "settles before"),
        ] {
            let refusal = Catalogue::read(&broken).map(|_| ()).unwrap_err();
            assert!(refusal.contains(told), "{told}: {refusal}");
        }
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
        for definition in all() {
            for kind in &definition.facts {
                let is_stored = stored.contains(&format!("\"kind\":\"{kind}\""));
                assert!(is_stored, "{} is made of {kind:?}, which no journal has", definition.key);
            }
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
