//! Incidents that police no longer attend: the policies, their days and their exceptions. Pure.
//!
//! "The realities and decisions made as to where police will no longer continue to attend certain incidents" (CAM 2022
//! R6, action 6.2). They are data (`definitions/attendance.toml`): shown where they could apply, applied by somebody or
//! excepted with a reason, and never silent. "Where any vulnerability is identified the police will always attend".

use std::sync::LazyLock;

use contact::grade::Grade;
use jiff::civil::Date;
use serde::Deserialize;

use crate::{codes, incident::rules::Kind};

static DEFINITIONS: LazyLock<Definitions> = LazyLock::new(|| {
    Definitions::read(include_str!("../../../definitions/attendance.toml"))
        .expect("definitions/attendance.toml is compiled in, and a test reads it")
});

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Definitions {
    version: i64,
    policy: Vec<Policy>,
}

/// A policy under which nobody is sent.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// Its number, for ever.
    pub number: i64,
    /// Its name.
    pub name: String,
    /// The types of incident it is about.
    pub types: Vec<String>,
    /// What the caller is told.
    pub told: String,
    /// Its first day; nothing means always.
    #[serde(default)]
    pub from: Option<Date>,
    /// Its last day; nothing means until further notice.
    #[serde(default)]
    pub until: Option<Date>,
    /// Whether no source gives it.
    #[serde(default)]
    pub guess: bool,
    /// When officers are sent all the same.
    #[serde(default)]
    pub exception: Vec<Exception>,
}

/// When officers are sent all the same.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exception {
    /// Its key.
    pub key: String,
    /// What a person reads.
    pub words: String,
}

impl Policy {
    /// Whether it holds on `day`.
    pub fn is_valid_on(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day <= until)
    }
}

impl Definitions {
    fn read(text: &str) -> Result<Self, String> {
        let read: Self = toml::from_str(text).map_err(|error| error.to_string())?;
        for (index, policy) in read.policy.iter().enumerate() {
            let number = policy.number;
            if read.policy[..index].iter().any(|other| other.number == number) {
                return Err(format!("policy {number} is there twice"));
            }
            if policy.from.zip(policy.until).is_some_and(|(from, until)| until < from) {
                return Err(format!("policy {number} ends before it begins"));
            }
            if policy.told.trim().is_empty() {
                return Err(format!(
                    "policy {number} does not say what the caller is told: it would be silent"
                ));
            }
            if let Some(stray) =
                policy.types.iter().find(|key| codes::types().iter().all(|one| one.key != **key))
            {
                return Err(format!(
                    "policy {number} is about the type {stray:?}, which incident.toml does not have"
                ));
            }
        }
        Ok(read)
    }
}

/// The version of the file.
pub fn version() -> i64 {
    DEFINITIONS.version
}

/// Every policy there is or was.
pub fn policies() -> &'static [Policy] {
    &DEFINITIONS.policy
}

/// The policy of that number.
pub fn policy(number: i64) -> Option<&'static Policy> {
    policies().iter().find(|policy| policy.number == number)
}

/// The policies that could apply to an incident of that kind on `day`: show them.
pub fn on(kind: &Kind, day: Date) -> Vec<&'static Policy> {
    policies().iter().filter(|one| one.types.contains(&kind.incident_type) && one.is_valid_on(day)).collect()
}

/// Why officers are sent whatever a policy says; nothing where one may be applied.
pub fn always_attended(
    grade: Option<Grade>,
    was_domestic: bool,
    is_vulnerable: bool,
) -> Option<&'static str> {
    if grade == Some(Grade::Immediate) {
        return Some("It is graded Immediate");
    }
    if was_domestic {
        return Some("It is domestic");
    }
    is_vulnerable.then_some("Somebody is vulnerable")
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHOLE: &str = include_str!("../../../definitions/attendance.toml");

    #[test]
    fn a_policy_is_shown_for_its_types_on_its_days() {
        assert_eq!(version(), 1);
        let kind = |key: &str| Kind { incident_type: key.into(), qualifiers: vec![] };
        let numbers = |key: &str, day: &str| {
            on(&kind(key), day.parse().unwrap()).iter().map(|one| one.number).collect::<Vec<_>>()
        };
        assert_eq!(numbers("alarm", "2026-11-21"), [1]);
        assert_eq!((numbers("alarm", "2025-12-31"), numbers("assault", "2026-11-21")), (vec![], vec![]));
        assert_eq!((numbers("animal", "2026-12-31"), numbers("animal", "2027-01-01")), (vec![4], vec![]));
    }

    #[test]
    fn some_incidents_are_always_attended() {
        let cases = [
            (Some(Grade::Immediate), false, false, Some("It is graded Immediate")),
            (Some(Grade::Prompt), true, false, Some("It is domestic")),
            (Some(Grade::Prompt), false, true, Some("Somebody is vulnerable")),
            (Some(Grade::Prompt), false, false, None),
            (None, false, false, None),
        ];
        for (grade, domestic, vulnerable, why) in cases {
            assert_eq!(always_attended(grade, domestic, vulnerable), why);
        }
    }

    #[test]
    fn a_broken_file_says_what_is_wrong() {
        let cases = [
            ("number = 2", "number = 1", "policy 1 is there twice"),
            ("types = [\"alarm\"]", "types = [\"alarms\"]", "which incident.toml does not have"),
            ("until = \"2026-12-31\"", "until = \"2025-12-31\"", "policy 4 ends before it begins"),
            ("told = \"The council", "told = \" \"\n# \"The council", "it would be silent"),
        ];
        for (whole, broken, told) in cases {
            assert!(WHOLE.contains(whole), "{whole}");
            let error = Definitions::read(&WHOLE.replacen(whole, broken, 1)).unwrap_err();
            assert!(error.contains(told), "{told}: {error}");
        }
    }
}
