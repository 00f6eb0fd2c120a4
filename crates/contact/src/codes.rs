//! The words a contact is described with: channels, menu options, relations, languages, agencies, outcomes, checks.
//!
//! They are data (`definitions/contact.toml`), each with the days on which it may be chosen and whether it is a
//! guess: an expert may add to them without a compiler.

use std::sync::LazyLock;

use jiff::civil::Date;
use serde::Deserialize;

static DEFINITIONS: LazyLock<Definitions> = LazyLock::new(|| {
    Definitions::read(include_str!("../../../definitions/contact.toml"))
        .expect("definitions/contact.toml is compiled in, and a test reads it")
});

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Definitions {
    version: i64,
    limits: Limits,
    channel: Vec<Code>,
    option: Vec<Code>,
    relation: Vec<Code>,
    language: Vec<Code>,
    agency: Vec<Code>,
    contact_outcome: Vec<Code>,
    closing_check: Vec<Code>,
    ended_by: Vec<Code>,
    interviewer: Vec<Code>,
}

/// How much fits, and how far clocks may differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// The most characters of a narrative.
    pub narrative_characters: usize,
    /// Whether that is a guess.
    pub guess_narrative: bool,
    /// How many seconds another system's clock may be ahead of ours.
    pub clock_ahead_seconds: i64,
    /// Whether that is a guess.
    pub guess_clock: bool,
    /// How many hours after a call was given up a contact from the same number is tied to it.
    pub given_up_hours: i64,
    /// Whether that is a guess.
    pub guess_given_up: bool,
}

/// A key that facts hold, and the words that people read.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Code {
    /// What a fact holds: `front_counter`.
    pub key: String,
    /// What a person reads.
    pub words: String,
    /// What it belongs to: for an agency, the key of the channel it is chosen with.
    #[serde(default)]
    pub kind: String,
    /// The first day on which it may be chosen; nothing means always.
    #[serde(default)]
    pub from: Option<Date>,
    /// The last day on which it may be chosen; nothing means until further notice.
    #[serde(default)]
    pub until: Option<Date>,
    /// Whether no source gives it.
    #[serde(default)]
    pub guess: bool,
}

impl Code {
    /// Whether it may be chosen on `day`.
    pub fn is_valid_on(&self, day: Date) -> bool {
        is_within(self.from, self.until, day)
    }
}

impl Definitions {
    fn read(text: &str) -> Result<Self, String> {
        let read: Self = toml::from_str(text).map_err(|error| error.to_string())?;
        for (what, codes) in read.tables() {
            check(what, codes)?;
        }
        let known = |kind: &str| read.channel.iter().any(|channel| channel.key == kind);
        match read.agency.iter().find(|agency| !known(&agency.kind)) {
            Some(stray) => Err(format!("the agency {:?} belongs to no channel", stray.key)),
            None => Ok(read),
        }
    }

    fn tables(&self) -> [(&'static str, &[Code]); 9] {
        [
            ("channel", &self.channel),
            ("option", &self.option),
            ("relation", &self.relation),
            ("language", &self.language),
            ("agency", &self.agency),
            ("contact_outcome", &self.contact_outcome),
            ("closing_check", &self.closing_check),
            ("ended_by", &self.ended_by),
            ("interviewer", &self.interviewer),
        ]
    }
}

/// Refuses a table with a key that is there twice, an empty word, or an end before its beginning.
pub(crate) fn check(what: &str, codes: &[Code]) -> Result<(), String> {
    once(what, codes.iter().map(|one| (one.key.as_str(), one.words.as_str(), one.from, one.until)))
}

/// The same of any table whose rows have a key, words and days.
pub fn once<'a>(
    what: &str,
    rows: impl Iterator<Item = (&'a str, &'a str, Option<Date>, Option<Date>)>,
) -> Result<(), String> {
    let mut seen: Vec<&str> = Vec::new();
    for (key, words, from, until) in rows {
        if key.is_empty() || words.is_empty() {
            return Err(format!("the {what} {key:?} has no key or no words"));
        }
        if seen.contains(&key) {
            return Err(format!("the {what} {key:?} is there twice"));
        }
        if from.zip(until).is_some_and(|(from, until)| until < from) {
            return Err(format!("the {what} {key:?} ends before it begins"));
        }
        seen.push(key);
    }
    Ok(())
}

/// Whether a day is one of those from the first to the last, where they have an end.
pub fn is_within(from: Option<Date>, until: Option<Date>, day: Date) -> bool {
    from.is_none_or(|from| from <= day) && until.is_none_or(|until| day <= until)
}

/// The version of the file, for whoever keeps what a contact was described with.
pub fn version() -> i64 {
    DEFINITIONS.version
}

/// How much fits, and how far clocks may differ.
pub fn limits() -> Limits {
    DEFINITIONS.limits
}

/// How somebody gets in touch: the words of each channel.
pub fn channels() -> &'static [Code] {
    &DEFINITIONS.channel
}

/// The options of the 101 menu.
pub fn options() -> &'static [Code] {
    &DEFINITIONS.option
}

/// What a caller is to what they call about.
pub fn relations() -> &'static [Code] {
    &DEFINITIONS.relation
}

/// Languages, British Sign Language among them.
pub fn languages() -> &'static [Code] {
    &DEFINITIONS.language
}

/// Agencies, alarm companies and reporting centres; `kind` is the channel of each.
pub fn agencies() -> &'static [Code] {
    &DEFINITIONS.agency
}

/// What came of a contact.
pub fn contact_outcomes() -> &'static [Code] {
    &DEFINITIONS.contact_outcome
}

/// What is settled before a call ends.
pub fn closing_checks() -> &'static [Code] {
    &DEFINITIONS.closing_check
}

/// How an attempt ended before anybody answered.
pub fn ended_by() -> &'static [Code] {
    &DEFINITIONS.ended_by
}

/// Whom somebody wants to be interviewed by.
pub fn interviewers() -> &'static [Code] {
    &DEFINITIONS.interviewer
}

/// Those of `codes` that may be chosen on `day`.
pub fn on(codes: &[Code], day: Date) -> Vec<&Code> {
    codes.iter().filter(|code| code.is_valid_on(day)).collect()
}

/// Whether `key` may be chosen on `day`.
pub fn known(codes: &[Code], key: &str, day: Date) -> bool {
    codes.iter().any(|code| code.key == key && code.is_valid_on(day))
}

/// The words of a key; the key itself, should the file have lost it.
pub fn words<'a>(codes: &'a [Code], key: &'a str) -> &'a str {
    codes.iter().find(|code| code.key == key).map_or(key, |code| code.words.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contact::rules::Channel;

    fn code(key: &str, from: Option<&str>, until: Option<&str>) -> Code {
        let day = |text: &str| text.parse().unwrap();
        let (from, until) = (from.map(day), until.map(day));
        Code { key: key.into(), words: key.into(), kind: String::new(), from, until, guess: false }
    }

    #[test]
    fn the_file_reads_and_every_channel_has_its_words() {
        let keys: Vec<&str> = channels().iter().map(|one| one.key.as_str()).collect();
        assert_eq!(keys, Channel::ALL.map(Channel::as_str));
        assert_eq!(words(languages(), "bfi"), "British Sign Language");
        assert_eq!(words(options(), "lost"), "lost");
        assert_eq!((version(), limits().narrative_characters, limits().given_up_hours), (2, 20_000, 48));
    }

    #[test]
    fn a_key_is_valid_on_its_days_and_on_no_other() {
        let codes = [code("old", None, Some("2026-03-31")), code("new", Some("2026-04-01"), None)];
        for (day, valid) in [("2026-03-31", "old"), ("2026-04-01", "new")] {
            let day = day.parse().unwrap();
            assert_eq!(on(&codes, day).iter().map(|code| &*code.key).collect::<Vec<_>>(), [valid], "{day}");
            assert!(known(&codes, valid, day));
        }
        assert!(!known(&codes, "old", "2026-04-01".parse().unwrap()));
    }

    #[test]
    fn a_broken_file_is_told() {
        let cases = [
            (vec![code("a", None, None), code("a", None, None)], "there twice"),
            (vec![code("", None, None)], "no key"),
            (vec![code("a", Some("2026-04-01"), Some("2026-03-31"))], "ends before it begins"),
        ];
        for (codes, told) in cases {
            assert!(check("relation", &codes).unwrap_err().contains(told));
        }
        let whole = include_str!("../../../definitions/contact.toml");
        let stray = whole.replace("kind = \"alarm_company\"", "kind = \"smoke\"");
        assert!(Definitions::read(&stray).unwrap_err().contains("belongs to no channel"));
    }
}
