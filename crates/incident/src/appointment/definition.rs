//! By which standard appointments are made: `definitions/appointments.toml`.

use std::{collections::BTreeSet, sync::LazyLock};

use contact::codes::Code;
use jiff::civil::Date;
use serde::Deserialize;

use crate::{codes, incident::rules::Kind};

static DEFINITIONS: LazyLock<Definitions> = LazyLock::new(|| {
    Definitions::read(include_str!("../../../../definitions/appointments.toml"))
        .expect("definitions/appointments.toml is compiled in, and a test reads it")
});

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Definitions {
    version: i64,
    family: Vec<Family>,
    standard: Vec<Standard>,
    limits: Limits,
    reason: Vec<Code>,
}

/// Incidents that have one standard of appointments.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Family {
    /// What a fact holds: `domestic_abuse`.
    pub key: String,
    /// What a person reads.
    pub words: String,
    /// Types of incident that are of it.
    pub types: Vec<String>,
    /// Qualifiers that make an incident one of it.
    pub qualifiers: Vec<String>,
    /// Earliest first, never moved in silence, assessed anew once missed (HMICS CAM 2022, action 1.5).
    pub is_protected: bool,
    /// Whether the gender of the interviewer has to be asked for before (2014 Act, section 8).
    pub is_listed: bool,
    /// What the officer has to be trained for; empty where nothing is asked.
    pub skill: String,
    /// What of it no source gives.
    pub guesses: Vec<String>,
}

/// What performance is acceptable (HMICS Domestic Abuse 2023 R5).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Standard {
    /// Of which family.
    pub family: String,
    /// For what is booked from that day on.
    pub from: Date,
    /// Hours from the booking to the slot.
    pub longest_wait_hours: i64,
    /// How often police may move or cancel one before a supervisor is asked.
    pub most_rebookings: usize,
    /// Minutes that officers may be late and still keep it.
    pub on_time_minutes: i64,
    /// Minutes after its time within which an outcome is waited for.
    pub alert_minutes: i64,
    /// What of it no source gives.
    pub guesses: Vec<String>,
}

/// How far ahead.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// Days ahead for which slots are offered.
    pub offer_days: i64,
    /// Times that may be held for one incident at once.
    pub most_held: usize,
    /// Minutes that officers may come early and still keep it.
    pub early_minutes: i64,
    /// What of it no source gives.
    pub guesses: Vec<String>,
}

impl Definitions {
    fn read(text: &str) -> Result<Self, String> {
        let mut read: Self = toml::from_str(text).map_err(|error| error.to_string())?;
        let mut seen = BTreeSet::new();
        for family in &read.family {
            if !seen.insert(&family.key) {
                return Err(format!("the family {:?} is there twice", family.key));
            }
            let known = |codes: &[Code], keys: &[String]| {
                keys.iter().find(|key| codes.iter().all(|code| code.key != **key)).cloned()
            };
            let stray = known(codes::types(), &family.types)
                .or_else(|| known(codes::qualifiers(), &family.qualifiers));
            if let Some(stray) = stray {
                return Err(format!(
                    "the family {:?} names {stray:?}, which is no type or qualifier",
                    family.key
                ));
            }
            let standards = read.standard.iter().filter(|standard| standard.family == family.key);
            if standards.count() == 0 {
                return Err(format!("the family {:?} has no standard", family.key));
            }
        }
        if read.family.last().is_none_or(|last| !last.types.is_empty() || !last.qualifiers.is_empty()) {
            return Err("the last family has to take what no other takes: no types, no qualifiers".to_owned());
        }
        for standard in &read.standard {
            if read.family.iter().all(|family| family.key != standard.family) {
                return Err(format!("a standard is of the family {:?}, which is not there", standard.family));
            }
            let minutes = 0..=24 * 60;
            let is_sane = (1..=24 * 366).contains(&standard.longest_wait_hours)
                && minutes.contains(&standard.on_time_minutes)
                && minutes.contains(&standard.alert_minutes);
            if !is_sane {
                return Err(format!("a time in a standard of {:?} cannot be meant", standard.family));
            }
        }
        if !(1..=366).contains(&read.limits.offer_days) {
            return Err("offer_days is not between 1 and 366".to_owned());
        }
        if read.limits.most_held == 0 || !(0..=24 * 60).contains(&read.limits.early_minutes) {
            return Err("most_held or early_minutes cannot be meant".to_owned());
        }
        if let Some(stray) =
            read.reason.iter().find(|one| !["police", "caller", "either"].contains(&&*one.kind))
        {
            return Err(format!("the reason {:?} is nobody’s", stray.key));
        }
        read.standard.sort_by_key(|standard| standard.from);
        Ok(read)
    }
}

/// The version of the file.
pub fn version() -> i64 {
    DEFINITIONS.version
}

/// The families, in the order in which they are looked at.
pub fn families() -> &'static [Family] {
    &DEFINITIONS.family
}

/// The family of an incident that had those kinds. What it once was it stays: that it is called otherwise later takes
/// away neither the question of section 8 nor the standard.
pub fn family<'a>(kinds: &(impl Iterator<Item = &'a Kind> + Clone)) -> &'static Family {
    let is_of = |family: &&Family| {
        kinds.clone().any(|kind| {
            family.types.contains(&kind.incident_type)
                || family.qualifiers.iter().any(|one| kind.qualifiers.contains(one))
        })
    };
    let all = families();
    all.iter().find(is_of).unwrap_or_else(|| all.last().expect("the file is read only with a last family"))
}

/// The family of that key; the one that takes the rest, should the file have lost it.
pub fn named(key: &str) -> &'static Family {
    let all = families();
    let last = || all.last().expect("the file is read only with a last family");
    all.iter().find(|family| family.key == key).unwrap_or_else(last)
}

/// The standard of a family for what is booked on `day`.
pub fn standard(family: &str, day: Date) -> &'static Standard {
    let mut of = DEFINITIONS.standard.iter().filter(|standard| standard.family == family);
    let first = of.clone().next().or_else(|| DEFINITIONS.standard.first());
    let first = first.expect("the file is read only with a standard for each family");
    of.rfind(|standard| standard.from <= day).unwrap_or(first)
}

/// How far ahead.
pub fn limits() -> &'static Limits {
    &DEFINITIONS.limits
}

/// Why an appointment is moved, cancelled or missed; `kind` says whose reason it may be.
pub fn reasons() -> &'static [Code] {
    &DEFINITIONS.reason
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHOLE: &str = include_str!("../../../../definitions/appointments.toml");

    #[test]
    fn an_incident_has_the_first_family_that_it_is_of() {
        type Called = (&'static str, &'static [&'static str]);
        let cases: [(&[Called], &str); 8] = [
            (&[("domestic_incident", &[])], "domestic_abuse"),
            (&[("assault", &["domestic"])], "domestic_abuse"),
            (&[("assault", &["domestic", "sexual"])], "sexual_crime"),
            (&[("assault", &["domestic"]), ("assault", &[])], "domestic_abuse"),
            (&[("sexual_crime", &[]), ("assault", &["domestic"]), ("assault", &[])], "sexual_crime"),
            (&[("stalking", &[])], "public_protection"),
            (&[("theft", &["alcohol"])], "other"),
            (&[("", &[])], "other"),
        ];
        for (called, expected) in cases {
            let kind = |(incident_type, qualifiers): &Called| Kind {
                incident_type: (*incident_type).to_owned(),
                qualifiers: qualifiers.iter().map(|one| (*one).to_owned()).collect(),
            };
            let kinds: Vec<Kind> = called.iter().map(kind).collect();
            assert_eq!(family(&kinds.iter()).key, expected, "{called:?}");
        }
        assert_eq!((version(), named("lost").key.as_str()), (1, "other"));
    }

    #[test]
    fn a_standard_holds_from_its_day() {
        let text = WHOLE.to_owned()
            + "\n[[standard]]\nfamily = \"other\"\nfrom = \"2027-04-01\"\nlongest_wait_hours = 48\nmost_rebookings = 1\n\
               on_time_minutes = 10\nalert_minutes = 10\nguesses = []\n";
        let read = Definitions::read(&text).unwrap();
        let of: Vec<i64> = read
            .standard
            .iter()
            .filter(|one| one.family == "other")
            .map(|one| one.longest_wait_hours)
            .collect();
        assert_eq!(of, [72, 48]);
        assert_eq!(standard("other", "2026-11-26".parse().unwrap()).longest_wait_hours, 72);
        assert_eq!(standard("domestic_abuse", "2000-01-01".parse().unwrap()).longest_wait_hours, 24);
    }

    #[test]
    fn a_broken_file_says_what_is_wrong() {
        for (whole, broken, told) in [
            ("key = \"public_protection\"", "key = \"domestic_abuse\"", "there twice"),
            ("types = [\"stalking\"]", "types = [\"stalkin\"]", "no type or qualifier"),
            ("family = \"other\"", "family = \"others\"", "has no standard"),
            ("types = []\nqualifiers = []", "types = [\"theft\"]\nqualifiers = []", "the last family"),
            ("longest_wait_hours = 72", "longest_wait_hours = 0", "cannot be meant"),
            ("offer_days = 28", "offer_days = 0", "offer_days"),
            ("most_held = 3", "most_held = 0", "most_held"),
            ("early_minutes = 60", "early_minutes = -1", "early_minutes"),
            ("kind = \"either\"", "kind = \"both\"", "is nobody"),
            ("version = 1", "versions = 1", "versions"),
        ] {
            assert!(WHOLE.contains(whole), "{whole}");
            let error = Definitions::read(&WHOLE.replacen(whole, broken, 1)).unwrap_err();
            assert!(error.contains(told), "{told}: {error}");
        }
    }
}
