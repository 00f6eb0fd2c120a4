//! The words by which recommendations are sorted: themes, reasons for delay, milestones of the business plan.
//!
//! They are data (`definitions/plan.toml`): an expert may add to them without a compiler.

use std::sync::LazyLock;

use serde::Deserialize;

static DEFINITIONS: LazyLock<Definitions> = LazyLock::new(|| {
    Definitions::read(include_str!("../../../definitions/plan.toml"))
        .expect("definitions/plan.toml is compiled in, and a test reads it")
});

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Definitions {
    #[expect(dead_code, reason = "the file's version is for whoever edits it")]
    version: u32,
    theme: Vec<Code>,
    delay_reason: Vec<Code>,
    outcome: Vec<Code>,
    milestone: Vec<Milestone>,
}

/// A key that facts hold, and the words that people read.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Code {
    /// What a fact holds: `demand_picture`.
    pub key: String,
    /// What a person reads.
    pub words: String,
}

/// A milestone of the business plan.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Milestone {
    /// The outcome's letters and the number: "SC 1.14".
    pub code: String,
    /// Its title, where the force has written one.
    #[serde(default)]
    pub title: String,
}

impl Definitions {
    fn read(text: &str) -> Result<Self, String> {
        let read: Self = toml::from_str(text).map_err(|error| error.to_string())?;
        for (what, codes) in
            [("theme", &read.theme), ("delay_reason", &read.delay_reason), ("outcome", &read.outcome)]
        {
            for (index, code) in codes.iter().enumerate() {
                if codes[..index].iter().any(|other| other.key == code.key) {
                    return Err(format!("the {what} {:?} is there twice", code.key));
                }
            }
        }
        for milestone in &read.milestone {
            let letters = milestone.code.split(' ').next().unwrap_or_default();
            if read.outcome.iter().all(|outcome| outcome.key != letters) {
                return Err(format!("the milestone {:?} belongs to no outcome", milestone.code));
            }
        }
        Ok(read)
    }
}

impl Milestone {
    /// "Safer Communities 1.14", and its title where it has one.
    pub fn words(&self) -> String {
        let (letters, number) = self.code.split_once(' ').unwrap_or((self.code.as_str(), ""));
        let outcome = DEFINITIONS.outcome.iter().find(|one| one.key == letters);
        let outcome = outcome.map_or(letters, |one| one.words.as_str());
        let title = if self.title.is_empty() { String::new() } else { format!(": {}", self.title) };
        format!("{outcome} {number}{title}")
    }
}

/// The themes.
pub fn themes() -> &'static [Code] {
    &DEFINITIONS.theme
}

/// The reasons for moving a target date (S004 3.3).
pub fn delay_reasons() -> &'static [Code] {
    &DEFINITIONS.delay_reason
}

/// The milestones of the business plan.
pub fn milestones() -> &'static [Milestone] {
    &DEFINITIONS.milestone
}

/// The words of a theme; its key, should the file have lost it.
pub fn theme_words(key: &str) -> &str {
    words(themes(), key)
}

/// The words of a reason for delay.
pub fn delay_reason_words(key: &str) -> &str {
    words(delay_reasons(), key)
}

/// The words of a milestone.
pub fn milestone_words(code: &str) -> String {
    milestones().iter().find(|one| one.code == code).map_or_else(|| code.to_owned(), Milestone::words)
}

fn words<'a>(codes: &'a [Code], key: &'a str) -> &'a str {
    codes.iter().find(|code| code.key == key).map_or(key, |code| code.words.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_reads_and_a_broken_one_is_told() {
        assert_eq!((themes().len(), delay_reasons().len()), (6, 4));
        assert_eq!(milestone_words("SC 1.14"), "Safer Communities 1.14");
        assert_eq!(theme_words("lost"), "lost");
        let twice = "version = 1\noutcome = []\nmilestone = []\ndelay_reason = []\n\
            [[theme]]\nkey = \"a\"\nwords = \"A\"\n[[theme]]\nkey = \"a\"\nwords = \"B\"\n";
        assert!(Definitions::read(twice).unwrap_err().contains("there twice"));
        let stray =
            "version = 1\noutcome = []\ntheme = []\ndelay_reason = []\n[[milestone]]\ncode = \"XX 1\"\n";
        assert!(Definitions::read(stray).unwrap_err().contains("no outcome"));
    }
}
