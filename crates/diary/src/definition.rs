//! What shifts may be, and what officers are trained for: `definitions/diary.toml`.

use std::sync::LazyLock;

use contact::codes::Code;
use jiff::civil::Time;
pub use journal::{day_of, scotland};
use serde::Deserialize;

static DEFINITIONS: LazyLock<Definitions> = LazyLock::new(|| {
    Definitions::read(include_str!("../../../definitions/diary.toml"))
        .expect("definitions/diary.toml is compiled in, and a test reads it")
});

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Definitions {
    version: i64,
    skill: Vec<Code>,
    limits: Limits,
}

/// How much is too much, and what a new shift begins with.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// The minutes of a slot of a new shift.
    pub slot_minutes: i64,
    /// When a new shift begins.
    pub from: Time,
    /// When it ends.
    pub until: Time,
    /// The shortest slot, in minutes.
    pub shortest_slot_minutes: i64,
    /// The longest, in minutes.
    pub longest_slot_minutes: i64,
    /// The most officers of one shift.
    pub most_officers: usize,
    /// The most shifts of one diary that hold or are still to come.
    pub most_shifts: usize,
    /// The most blocked times of one diary that hold or are still to come.
    pub most_blocks: usize,
    /// How long a time is held while an advisor speaks, in minutes.
    pub hold_minutes: i64,
    /// The most live calendar addresses of one diary.
    pub most_feeds: i64,
    /// How many days a calendar address tells of, from the Monday of the week on.
    pub feed_days: i64,
    /// What of it no source gives.
    pub guesses: Vec<String>,
}

impl Definitions {
    fn read(text: &str) -> Result<Self, String> {
        let read: Self = toml::from_str(text).map_err(|error| error.to_string())?;
        for (index, skill) in read.skill.iter().enumerate() {
            if skill.key.is_empty() || skill.words.is_empty() || skill.key.contains(char::is_whitespace) {
                return Err(format!("the skill {:?} has no words, or its key is none", skill.key));
            }
            if read.skill[..index].iter().any(|other| other.key == skill.key) {
                return Err(format!("the skill {:?} is there twice", skill.key));
            }
        }
        let limits = &read.limits;
        let slots = limits.shortest_slot_minutes..=limits.longest_slot_minutes;
        if limits.shortest_slot_minutes < 1 || !slots.contains(&limits.slot_minutes) || *slots.end() > 24 * 60
        {
            return Err("the minutes of a slot do not fit together".to_owned());
        }
        if limits.most_officers == 0 || limits.most_shifts == 0 || limits.most_blocks == 0 {
            return Err("a limit is 0".to_owned());
        }
        if !(1..=60).contains(&limits.hold_minutes) {
            return Err("hold_minutes is not between 1 and 60".to_owned());
        }
        if limits.most_feeds < 1 || !(7..=366).contains(&limits.feed_days) {
            return Err("the limits of feeds do not fit".to_owned());
        }
        Ok(read)
    }
}

/// The version of the file.
pub fn version() -> i64 {
    DEFINITIONS.version
}

/// What officers are trained for.
pub fn skills() -> &'static [Code] {
    &DEFINITIONS.skill
}

/// How much is too much.
pub fn limits() -> &'static Limits {
    &DEFINITIONS.limits
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHOLE: &str = include_str!("../../../definitions/diary.toml");

    #[test]
    fn the_file_reads() {
        assert_eq!((version(), limits().slot_minutes, limits().hold_minutes), (1, 60, 5));
        assert!(skills().iter().any(|skill| skill.key == "sexual_offences"));
    }

    #[test]
    fn a_broken_file_says_what_is_wrong() {
        for (whole, broken, told) in [
            ("key = \"cyber\"", "key = \"domestic_abuse\"", "there twice"),
            ("words = \"Online crime\"", "words = \"\"", "has no words"),
            ("\nslot_minutes = 60", "\nslot_minutes = 5", "do not fit"),
            ("most_officers = 40", "most_officers = 0", "a limit is 0"),
            ("hold_minutes = 5", "hold_minutes = 0", "hold_minutes"),
            ("feed_days = 56", "feed_days = 1", "feeds"),
            ("from = \"08:00\"", "from = \"8 o’clock\"", "from"),
            ("version = 1", "versions = 1", "versions"),
        ] {
            assert!(WHOLE.contains(whole), "{whole}");
            let error = Definitions::read(&WHOLE.replacen(whole, broken, 1)).unwrap_err();
            assert!(error.contains(told), "{told}: {error}");
        }
    }
}
