//! The words an incident is described with, and how soon things have to happen.
//!
//! They are data (`definitions/incident.toml`), each with the days on which it may be chosen and whether it is a
//! guess: an expert may add to them without a compiler.

use std::sync::LazyLock;

use contact::codes::Code;
use jiff::{
    Timestamp,
    civil::{Date, time},
};
use serde::Deserialize;

pub use journal::{beginning_of, day_of, scotland};

pub use crate::clocks::{Clocks, Limits};

/// The qualifier that calls for a second person.
pub const DOMESTIC: &str = "domestic";
/// The type that is domestic by its name.
pub const DOMESTIC_TYPE: &str = "domestic_incident";
/// The closure code of what local policing takes over; it stands on an offer to a division, too.
pub const TO_LOCAL_POLICING: &str = "SC07";
/// The promise that is made to somebody protected whom police missed.
pub const PROMISE_TO_TELL: &str = "update";
/// The closure codes for which the force promised a second person where the incident is domestic.
const PROMISED: [&str; 2] = ["SC02", TO_LOCAL_POLICING];

static DEFINITIONS: LazyLock<Definitions> = LazyLock::new(|| {
    Definitions::read(include_str!("../../../definitions/incident.toml"))
        .expect("definitions/incident.toml is compiled in, and a test reads it")
});

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Definitions {
    version: i64,
    group: Vec<Code>,
    #[serde(rename = "type")]
    types: Vec<Code>,
    qualifier: Vec<Code>,
    role: Vec<Code>,
    warning: Vec<Code>,
    return_reason: Vec<Code>,
    regrade_reason: Vec<Code>,
    promise: Vec<Code>,
    result: Vec<ResultCode>,
    closure: Vec<ClosureCode>,
    clocks: Vec<Clocks>,
    limits: Limits,
}

/// What came of sending officers.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ResultCode {
    /// What a fact holds: `stood_down`.
    pub key: String,
    /// What a person reads.
    pub words: String,
    /// Whether it says that officers were there.
    pub attended: bool,
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

/// How an incident is closed.
#[expect(clippy::struct_excessive_bools, reason = "a code is a list of what it is, yes or no")]
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClosureCode {
    /// What a fact holds: `SC02`.
    pub key: String,
    /// What a person reads.
    pub words: String,
    /// Whether it is the force’s own, and none of the public ones.
    #[serde(default)]
    pub is_own: bool,
    /// Whether a domestic incident closed so waits for a second person.
    pub endorse_domestic: bool,
    /// Whether it says that there was no crime: never of an incident on which one is recorded.
    #[serde(default)]
    pub is_no_crime: bool,
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

impl Definitions {
    fn read(text: &str) -> Result<Self, String> {
        let mut read: Self = toml::from_str(text).map_err(|error| error.to_string())?;
        for (what, codes) in read.tables() {
            check(what, codes.iter().map(Line::of))?;
        }
        check("result", read.result.iter().map(|one| Line(&one.key, &one.words, one.from, one.until)))?;
        check("closure", read.closure.iter().map(|one| Line(&one.key, &one.words, one.from, one.until)))?;
        let stray = read.types.iter().find(|one| read.group.iter().all(|group| group.key != one.kind));
        if let Some(stray) = stray {
            return Err(format!("the type {:?} belongs to no group", stray.key));
        }
        if read.qualifier.iter().all(|one| one.key != DOMESTIC) {
            return Err(format!("the qualifier {DOMESTIC:?} is missing; the program knows it"));
        }
        if read.types.iter().all(|one| one.key != DOMESTIC_TYPE) {
            return Err(format!("the type {DOMESTIC_TYPE:?} is missing; the program knows it"));
        }
        if read.promise.iter().all(|one| one.key != PROMISE_TO_TELL) {
            return Err(format!("the promise {PROMISE_TO_TELL:?} is missing; the program knows it"));
        }
        for code in PROMISED {
            if !read.closure.iter().any(|one| one.key == code && one.endorse_domestic) {
                return Err(format!("the closure {code:?} has to be there with endorse_domestic = true"));
            }
        }
        if let Some(named) = read.closure.iter().find(|one| one.key.starts_with("SC") == one.is_own) {
            return Err(format!(
                "the closure {:?} is not named as what it is: the force’s own or a public one",
                named.key
            ));
        }
        if read.clocks.is_empty() || read.clocks.iter().any(Clocks::is_out_of_range) {
            return Err("the clocks are missing, or a time is not between 1 minute and 30 days".to_owned());
        }
        read.clocks.sort_by_key(|clocks| clocks.from);
        Ok(read)
    }

    fn tables(&self) -> [(&'static str, &[Code]); 8] {
        [
            ("group", &self.group),
            ("type", &self.types),
            ("qualifier", &self.qualifier),
            ("role", &self.role),
            ("warning", &self.warning),
            ("return_reason", &self.return_reason),
            ("regrade_reason", &self.regrade_reason),
            ("promise", &self.promise),
        ]
    }
}

/// What every table has: a key, its words, its first and its last day.
struct Line<'a>(&'a str, &'a str, Option<Date>, Option<Date>);

impl<'a> Line<'a> {
    fn of(code: &'a Code) -> Self {
        Self(&code.key, &code.words, code.from, code.until)
    }
}

/// Refuses a table with a key that is there twice, no words, or an end before its beginning.
fn check<'a>(what: &str, lines: impl Iterator<Item = Line<'a>>) -> Result<(), String> {
    let mut seen = std::collections::BTreeSet::new();
    for Line(key, words, from, until) in lines {
        if !seen.insert(key) {
            return Err(format!("the {what} {key:?} is there twice"));
        }
        if key.is_empty() || words.is_empty() {
            return Err(format!("the {what} {key:?} has no key or no words"));
        }
        if from.zip(until).is_some_and(|(from, until)| until < from) {
            return Err(format!("the {what} {key:?} ends before it begins"));
        }
    }
    Ok(())
}

fn is_valid(from: Option<Date>, until: Option<Date>, day: Date) -> bool {
    from.is_none_or(|from| from <= day) && until.is_none_or(|until| day <= until)
}

impl ResultCode {
    /// Whether it may be chosen on `day`.
    pub fn is_valid_on(&self, day: Date) -> bool {
        is_valid(self.from, self.until, day)
    }
}

impl ClosureCode {
    /// Whether it may be chosen on `day`.
    pub fn is_valid_on(&self, day: Date) -> bool {
        is_valid(self.from, self.until, day)
    }
}

/// The version of the file, for whoever keeps what an incident was described with.
pub fn version() -> i64 {
    DEFINITIONS.version
}

/// The groups of types.
pub fn groups() -> &'static [Code] {
    &DEFINITIONS.group
}

/// The types of incident; `kind` is the group of each.
pub fn types() -> &'static [Code] {
    &DEFINITIONS.types
}

/// The words of a type; its key, should the file have lost it.
pub fn type_words(key: &str) -> &str {
    contact::codes::words(types(), key)
}

/// The qualifiers.
pub fn qualifiers() -> &'static [Code] {
    &DEFINITIONS.qualifier
}

/// What a person is to an incident.
pub fn roles() -> &'static [Code] {
    &DEFINITIONS.role
}

/// The warning markers.
pub fn warnings() -> &'static [Code] {
    &DEFINITIONS.warning
}

/// Why a unit returns what it was offered.
pub fn return_reasons() -> &'static [Code] {
    &DEFINITIONS.return_reason
}

/// Why a grade is changed: the National Decision Model.
pub fn regrade_reasons() -> &'static [Code] {
    &DEFINITIONS.regrade_reason
}

/// What may be promised to a person.
pub fn promises() -> &'static [Code] {
    &DEFINITIONS.promise
}

/// What came of sending officers.
pub fn results() -> &'static [ResultCode] {
    &DEFINITIONS.result
}

/// The result of that key.
pub fn result(key: &str) -> Option<&'static ResultCode> {
    results().iter().find(|one| one.key == key)
}

/// How incidents are closed.
pub fn closures() -> &'static [ClosureCode] {
    &DEFINITIONS.closure
}

/// The closure code of that key.
pub fn closure(key: &str) -> Option<&'static ClosureCode> {
    closures().iter().find(|one| one.key == key)
}

/// "SC02 No crime"; the code alone, should the file have lost it.
pub fn closure_words(key: &str) -> String {
    closure(key).map_or_else(|| key.to_owned(), |one| format!("{} {}", one.key, one.words))
}

/// How soon things have to happen, by the rules of that day.
pub fn clocks(day: Date) -> &'static Clocks {
    let all = &DEFINITIONS.clocks;
    all.iter().rev().find(|clocks| clocks.from <= day).unwrap_or(&all[0])
}

/// How much is asked for, and how much is too much.
pub fn limits() -> &'static Limits {
    &DEFINITIONS.limits
}

/// The last minute of the day in Scotland.
pub fn last_minute_of_day(at: Timestamp) -> Timestamp {
    let last = at.to_zoned(scotland()).date().to_datetime(time(23, 59, 0, 0));
    last.to_zoned(scotland()).map_or(at, |last| last.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHOLE: &str = include_str!("../../../definitions/incident.toml");

    #[test]
    fn the_file_reads_and_says_what_the_program_asks_for() {
        assert_eq!((version(), groups().len()), (2, 5));
        let public: Vec<&str> = closures().iter().filter(|one| !one.is_own).map(|one| &*one.key).collect();
        assert_eq!(public, ["SC01", "SC02", "SC07"], "no other code has a public meaning");
        assert!(!closure("SC01").unwrap().endorse_domestic);
        assert_eq!(
            (closure_words("SC02").as_str(), closure_words("lost").as_str()),
            ("SC02 No crime", "lost")
        );
        let clocks = clocks("2026-11-21".parse().unwrap());
        assert!(clocks.prompt_review == 45 && !clocks.guesses.contains(&"prompt_review".to_owned()));
        assert!(!result("stood_down").unwrap().attended && result("arrest").unwrap().attended);
    }

    #[test]
    fn what_the_rules_of_grades_name_is_there() {
        let keys: Vec<&str> = qualifiers().iter().map(|one| one.key.as_str()).collect();
        let named = contact::suggestion::definition::qualifiers();
        assert!(named.iter().all(|key| keys.contains(key)), "{named:?} are named, {keys:?} are there");
    }

    #[test]
    fn a_broken_file_says_what_is_wrong() {
        let cases = [
            ("kind = \"transport\"", "kind = \"travel\"", "belongs to no group"),
            ("key = \"domestic\"", "key = \"home\"", "\"domestic\" is missing"),
            ("key = \"SC02\"", "key = \"SC03\"", "\"SC02\" has to be there"),
            (
                "words = \"Transfer to local policing\"\nendorse_domestic = true",
                "words = \"T\"\nendorse_domestic = false",
                "\"SC07\" has to be there",
            ),
            ("key = \"F01\"", "key = \"SC05\"", "not named as what it is"),
            ("key = \"dog\"", "key = \"weapons\"", "the warning \"weapons\" is there twice"),
            ("words = \"Noise\"", "words = \"\"", "no key or no words"),
            ("debt = 30 ", "debt = 0 ", "between 1 minute and 30 days"),
            (
                "key = \"noise\"",
                "key = \"noise\"\nfrom = \"2026-02-01\"\nuntil = \"2026-01-31\"",
                "ends before it begins",
            ),
            ("version = 2", "version = 2\nversions = 2", "versions"),
        ];
        for (whole, broken, told) in cases {
            assert!(WHOLE.contains(whole), "{whole}");
            let error = Definitions::read(&WHOLE.replacen(whole, broken, 1)).unwrap_err();
            assert!(error.contains(told), "{told}: {error}");
        }
    }

    #[test]
    fn clocks_hold_from_their_day() {
        let text = WHOLE.to_owned()
            + &WHOLE[WHOLE.find("[[clocks]]").unwrap()..WHOLE.find("[limits]").unwrap()]
                .replace("2013-04-01", "2027-04-01")
                .replace("prompt_review = 45", "prompt_review = 40");
        let read = Definitions::read(&text).unwrap();
        assert_eq!(read.clocks.iter().map(|one| one.prompt_review).collect::<Vec<_>>(), [45, 40]);
    }
}
