//! Why people get in touch again: `definitions/force.toml`, and what of a story happens with it. Pure.
//!
//! What was played is told beside the journal ([`Truth`]), never in it: a measure is scored against it.

use std::{collections::BTreeMap, sync::LazyLock};

use jiff::Timestamp;
use journal::Id;
use serde::{Deserialize, Serialize};

use super::rhythm::Rhythm;
use crate::sixty::Chance;

static PUBLISHED: LazyLock<Behaviours> = LazyLock::new(|| {
    Behaviours::read(include_str!("../../../../definitions/force.toml"))
        .expect("definitions/force.toml is compiled in, and a test reads it")
});

/// A step of a script that is not played on the day that ends now.
const PAST: &str = "past";
/// The step in which they get in touch.
const AGAIN: &str = "again";

/// A reason for which people get in touch again, as a switch with a rate.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Behaviour {
    /// As the scripts of the calls name it.
    pub key: String,
    /// What such a contact is by the definition of failure demand: "F01".
    pub code: String,
    /// Whether it is a failure of ours.
    pub is_failure: bool,
    /// Of a hundred stories that have it, in how many it happens.
    pub percent: u64,
    /// Of a hundred of those, how many get in touch because of it.
    pub again_percent: u64,
    /// Whether it happens always on the day that ends now.
    #[serde(default)]
    pub on_the_last_day: bool,
    /// What they say then.
    pub says: String,
    /// Whether no source gives the rate.
    pub guess: bool,
}

/// What advisors say of whoever gets in touch again.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Advisor {
    /// Of a hundred, of how many they say why.
    pub codes_percent: i64,
    /// Of a hundred of those of which the record shows something graver, of how many they say that somebody only chases.
    pub chases_percent: i64,
    /// Whether no source gives the rates.
    pub guess: bool,
}

/// Only chasing, and what is graver.
const CHASES: &str = "F04";
const GRAVER: [&str; 3] = ["F01", "F02", "F03"];

impl Advisor {
    /// What they say of a contact that is `code`, if anything. Drawn from its moment: the same for the same.
    pub(super) fn says<'a>(&self, code: &'a str, at: Timestamp) -> Option<&'a str> {
        let drawn = at.as_second();
        if drawn.rem_euclid(100) >= self.codes_percent {
            return None;
        }
        let chases = GRAVER.contains(&code) && (drawn / 100).rem_euclid(100) < self.chases_percent;
        Some(if chases { CHASES } else { code })
    }
}

/// All of them.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Behaviours {
    /// Raised with each change.
    pub version: i64,
    /// What advisors say of whoever gets in touch again.
    pub advisor: Advisor,
    /// When people get in touch.
    pub rhythm: Rhythm,
    /// In the order of the file.
    pub behaviour: Vec<Behaviour>,
}

/// A contact that was made for a reason, and what it is by the definition: what a measure ought to find.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Truth {
    /// The contact.
    pub contact: Id,
    /// The key of the behaviour.
    pub behaviour: String,
    /// What it is: "F01".
    pub code: String,
}

impl Behaviours {
    /// Those of the file.
    pub fn published() -> Self {
        PUBLISHED.clone()
    }

    /// The same force without any failure: nobody has a reason to get in touch because of one.
    #[must_use]
    pub fn without_failures(mut self) -> Self {
        for one in self.behaviour.iter_mut().filter(|one| one.is_failure) {
            (one.percent, one.again_percent) = (0, 0);
        }
        self
    }

    /// The same force in which everything happens that can, and everybody gets in touch because of it.
    #[must_use]
    pub fn always(mut self) -> Self {
        for one in &mut self.behaviour {
            (one.percent, one.again_percent) = (100, 100);
        }
        self
    }

    /// The same force with so many contacts on an ordinary day of the past.
    #[must_use]
    pub fn with_contacts_a_day(mut self, contacts: u64) -> Self {
        self.rhythm.contacts_a_day = contacts;
        self
    }

    /// The one of that key.
    pub fn of(&self, key: &str) -> Option<&Behaviour> {
        self.behaviour.iter().find(|one| one.key == key)
    }

    fn read(text: &str) -> Result<Self, String> {
        let read: Self = toml::from_str(text).map_err(|error| error.to_string())?;
        for one in &read.behaviour {
            if one.percent > 100 || one.again_percent > 100 {
                return Err(format!("more than a hundred of a hundred of {:?}", one.key));
            }
            if one.is_failure != one.code.starts_with('F') {
                return Err(format!("{:?} is a failure, or its code {} is", one.key, one.code));
            }
        }
        let Advisor { codes_percent, chases_percent, .. } = read.advisor;
        if ![codes_percent, chases_percent].into_iter().all(|percent| (0..=100).contains(&percent)) {
            return Err("a share of the advisor is not from 0 to 100 of a hundred".to_owned());
        }
        read.rhythm.check()?;
        Ok(read)
    }

    /// The steps of a story of the past that are played: what happens is drawn once for each behaviour.
    pub(super) fn played(&self, script: &[String], chance: &mut Chance) -> Vec<String> {
        let mut drawn: BTreeMap<&str, (bool, bool)> = BTreeMap::new();
        let mut steps = Vec::new();
        for step in script {
            let Some((key, happens, step)) = condition(step) else {
                steps.push(step.clone());
                continue;
            };
            if key == PAST {
                steps.push(step.to_owned());
                continue;
            }
            let Some(behaviour) = self.of(key) else { continue };
            let (is, again) = *drawn.entry(key).or_insert_with(|| {
                (chance.below(100) < behaviour.percent, chance.below(100) < behaviour.again_percent)
            });
            if is == happens && (step != AGAIN || again) {
                steps.push(if step == AGAIN { format!("{AGAIN}:{key}") } else { step.to_owned() });
            }
        }
        steps
    }

    /// The steps of a story of the day that ends now: nothing is drawn, so that it is the same day always.
    pub(super) fn of_the_last_day(&self, script: &[String]) -> Vec<String> {
        let played = script.iter().filter_map(|step| {
            let Some((key, happens, step)) = condition(step) else { return Some(step.clone()) };
            let behaviour = self.of(key)?;
            let is = behaviour.on_the_last_day && behaviour.percent > 0;
            if step == AGAIN {
                // A chase is nothing else; of the others nobody complains yet.
                return (is && key == "chase").then(|| format!("{AGAIN}:{key}"));
            }
            let is_played = is == happens && !step.starts_with("wait:");
            is_played.then(|| step.to_owned())
        });
        played.collect()
    }
}

/// The behaviour of a step, whether it has to happen, and the step.
fn condition(step: &str) -> Option<(&str, bool, &str)> {
    let at = step.find(['?', '!'])?;
    Some((&step[..at], step.as_bytes()[at] == b'?', &step[at + 1..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn script(steps: &[&str]) -> Vec<String> {
        steps.iter().map(|step| (*step).to_owned()).collect()
    }

    const STEPS: [&str; 6] = [
        "send",
        "nobody_came?wait:40",
        "nobody_came?again",
        "nobody_came!free:report",
        "past?keep",
        "report_returned?resubmitted",
    ];

    #[test]
    fn a_story_has_what_happens_and_not_what_does_not() {
        let published = Behaviours::published();
        let chance = &mut Chance(1);
        let played = |behaviours: &Behaviours, chance: &mut Chance| {
            behaviours.played(&script(&STEPS), chance).join(" ")
        };
        assert_eq!(
            played(&published.clone().always(), chance),
            "send wait:40 again:nobody_came keep resubmitted"
        );
        assert_eq!(played(&published.clone().without_failures(), chance), "send free:report keep");
        assert_eq!(published.of_the_last_day(&script(&STEPS)).join(" "), "send free:report resubmitted");
        let chase = script(&["chase?again", "returned_incomplete?again"]);
        assert_eq!(published.of_the_last_day(&chase), ["again:chase"]);
    }

    #[test]
    fn a_rate_is_kept_and_what_is_drawn_holds_for_the_whole_story() {
        let (published, chance) = (Behaviours::published(), &mut Chance(11));
        let one = published.of("nobody_came").unwrap();
        let all: Vec<Vec<String>> =
            (0..2_000).map(|_| published.played(&script(&STEPS[..4]), chance)).collect();
        let happened = all.iter().filter(|steps| steps.contains(&"wait:40".to_owned())).count();
        let again = all.iter().filter(|steps| steps.contains(&"again:nobody_came".to_owned())).count();
        let both = all.iter().filter(|steps| steps.contains(&"free:report".to_owned())).count();
        assert_eq!(happened + both, 2_000);
        let expected = 20 * usize::try_from(one.percent).unwrap();
        assert!(happened.abs_diff(expected) < 90, "{happened} of 2,000, and {expected} are wanted");
        let expected = expected * usize::try_from(one.again_percent).unwrap() / 100;
        assert!(again.abs_diff(expected) < 80 && again <= happened, "{again} of {happened}");
    }

    #[test]
    fn a_broken_file_is_refused() {
        const WHOLE: &str = include_str!("../../../../definitions/force.toml");
        for (broken, told) in [
            (WHOLE.replacen("\npercent = 25", "\npercent = 250", 1), "more than a hundred of a hundred of"),
            (WHOLE.replacen("chases_percent = 25", "chases_percent = 250", 1), "of the advisor"),
            (WHOLE.replacen("emergency_hours = [24,", "emergency_hours = [240,", 1), "of a thousand"),
            (WHOLE.replacen("code = \"F01\"", "code = \"V3\"", 1), "is a failure"),
            (WHOLE.replacen("says = ", "tells = ", 1), "tells"),
        ] {
            let refusal = Behaviours::read(&broken).unwrap_err();
            assert!(refusal.contains(told), "{told}: {refusal}");
        }
    }

    #[test]
    fn advisors_say_why_of_some_and_only_that_somebody_chases_of_fewer() {
        let (advisor, begin) =
            (Behaviours::published().advisor, Timestamp::from_second(1_790_000_000).unwrap());
        let all = |code| {
            let moments = (0..20_000).map(|seconds| begin + jiff::SignedDuration::from_secs(seconds));
            moments.map(|at| advisor.says(code, at)).collect::<Vec<_>>()
        };
        let (graver, other) = (all("F02"), all("F09"));
        let count = |said: &[Option<&str>], code| said.iter().filter(|one| **one == code).count();
        assert_eq!((count(&graver, None), count(&other, None)), (8_000, 8_000));
        assert_eq!((count(&graver, Some("F04")), count(&graver, Some("F02"))), (3_000, 9_000));
        assert_eq!((count(&other, Some("F04")), count(&other, Some("F09"))), (0, 12_000));
    }
}
