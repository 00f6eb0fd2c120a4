//! Why somebody got in touch, as the advisor judges it: a reason of the published definition of failure demand, or nothing
//! said. Pure (MEASURES 1; HMICS CAM 2022 R3; decisions/0027).
//!
//! It is the advisor’s word beside what the record shows, and takes nothing from either: both are kept, and how often they
//! differ is counted. It never lowers a grade and never holds up a call.

use failure::{
    code::Code,
    definition::{Definition, definitions},
};
use jiff::civil::Date;
use journal::{Refusal, words::day as told_day};
use serde::{Deserialize, Serialize};

use super::rules::Fact;

/// What the advisor said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coded {
    /// The reason.
    pub code: Code,
    /// The version of the definition whose words were read.
    pub definition: u32,
}

/// The definition by which a contact of that day is judged, and in whose words it is asked; before the first there is none.
pub fn definition(day: Date) -> Option<&'static Definition> {
    definitions().on(day)
}

/// The reasons that may be said of a contact of that day, with their published words, in the order of the definition’s table.
pub fn reasons(day: Date) -> Vec<(Code, &'static str)> {
    let Some(definition) = definition(day) else { return Vec::new() };
    let words = |code| definition.reason(code).map(|reason| (code, reason.words.as_str()));
    Code::ALL.into_iter().filter_map(words).collect()
}

/// A reason as a page says it: "F15 Complaint about the service".
pub fn told(coded: Coded) -> String {
    let version = definitions().version.iter().find(|one| one.number == coded.definition);
    let words = version.and_then(|version| version.reason(coded.code)).map_or("", |reason| &reason.words);
    format!("{} {words}", coded.code).trim_end().to_owned()
}

/// What is said of a contact of that day, or that it is taken back; or why not.
pub(super) fn coded(day: Date, was: Option<Coded>, why: &str) -> Result<Fact, Refusal> {
    let why = why.trim();
    if why.is_empty() {
        let nothing = || Refusal::of("why", "No reason was said, so none can be taken back. Choose one.");
        return was.map(Fact::CodeTakenBack).ok_or_else(nothing);
    }
    let Some(definition) = definition(day) else {
        let sentence = format!(
            "No definition of failure demand was in force on {}, when they got in touch. Leave the reason unsaid.",
            told_day(day)
        );
        return Err(Refusal::of("why", sentence));
    };
    if let Ok(code) = Code::try_from(why.to_owned()) {
        return Ok(Fact::Coded(Coded { code, definition: definition.number }));
    }
    let short: String = why.chars().take(40).collect();
    let sentence = format!(
        "“{short}” is no reason of {}. Choose one of F01 to F15, V1 to V5 or X1 to X3, or leave it unsaid.",
        definition.name
    );
    Err(Refusal::of("why", sentence))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_is_offered_in_its_published_words() {
        let first = definitions().version.first().unwrap();
        let all = reasons(first.from);
        assert_eq!(all.iter().map(|(code, _)| *code).collect::<Vec<_>>(), Code::ALL);
        for (code, words) in all {
            let coded = Coded { code, definition: first.number };
            assert_eq!(told(coded), format!("{code} {words}"));
            assert!(words.len() > 5, "{code}");
        }
        assert_eq!(told(Coded { code: Code::F15, definition: 99 }), "F15");
    }

    #[test]
    fn a_reason_is_said_on_the_days_of_its_definition_and_on_no_other() {
        let first = definitions().version.first().unwrap();
        let said = |day: Date, why: &str| coded(day, None, why);
        let expected = |code| Ok(Fact::Coded(Coded { code, definition: first.number }));
        for code in Code::ALL {
            assert_eq!(said(first.from, &format!(" {code} ")), expected(code));
        }
        let was = Coded { code: Code::F04, definition: first.number };
        assert_eq!(coded(first.from, Some(was), " "), Ok(Fact::CodeTakenBack(was)));
        let before = first.from.yesterday().unwrap();
        for (day, why, told) in [
            (first.from, "", "none can be taken back"),
            (before, "F15", "was in force on 31 December 2025"),
            (first.from, "F16", "“F16” is no reason of FD-1"),
            (first.from, "f15", "no reason of FD-1"),
            (first.from, "complaint", "Choose one of F01 to F15"),
        ] {
            let refusal = said(day, why).unwrap_err();
            assert_eq!(refusal.field, "why");
            assert!(refusal.sentence.contains(told), "{why}: {refusal}");
        }
        assert!(reasons(before).is_empty());
    }
}
