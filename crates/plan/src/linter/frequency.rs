//! How often an action promises that something is done, and how often updates say that it is.

use std::{collections::BTreeSet, sync::LazyLock};

use jiff::civil::Date;

use super::{
    Finding, Look, Severity,
    rules::Place,
    text::{quoted, sentences, tokens},
};
use crate::{
    register::rules::{Item, scottish_day},
    update::rows::Said,
    words::day,
};

/// How often something is done, and the ways to say so. The longer first: "6 monthly" is not "monthly".
const FREQUENCIES: [(&str, &[&str]); 8] = [
    (
        "six-monthly",
        &[
            "six monthly",
            "6 monthly",
            "half yearly",
            "biannual",
            "biannually",
            "bi annual",
            "bi annually",
            "twice a year",
            "every six months",
            "every 6 months",
        ],
    ),
    (
        "quarterly",
        &[
            "three monthly",
            "3 monthly",
            "quarterly",
            "every quarter",
            "each quarter",
            "every three months",
            "every 3 months",
        ],
    ),
    (
        "two-monthly",
        &["two monthly", "2 monthly", "bi monthly", "bimonthly", "every two months", "every 2 months"],
    ),
    ("monthly", &["monthly", "every month", "each month"]),
    ("fortnightly", &["fortnightly", "two weekly", "every two weeks", "every fortnight"]),
    ("weekly", &["weekly", "every week", "each week"]),
    ("daily", &["daily", "every day", "each day"]),
    ("yearly", &["yearly", "annual", "annually", "every year", "each year", "once a year"]),
];

/// Words that speak of no interval, though one is in them.
const NO_INTERVAL: [&str; 4] = ["daily business", "daily work", "daily duties", "annual leave"];

/// Words of four letters and more that tie no two sentences together.
const COMMON: [&str; 20] = [
    "this", "that", "with", "will", "have", "been", "from", "their", "which", "basis", "during", "relation",
    "into", "such", "also", "other", "where", "police", "scotland", "monthly",
];

/// The updates in which a frequency is looked for: what was said before those is history.
const LOOKED_AT: usize = 3;

/// What a sentence about a frequency holds at least.
const STEMS: [&str; 9] = ["month", "week", "quarter", "annual", "year", "daily", "day", "fortnight", "twice"];

/// Whether a sentence may be about a frequency. Asked of every sentence of the register, so it makes no copy.
fn has_stem(sentence: &str) -> bool {
    let bytes = sentence.as_bytes();
    let begins = |at: usize, stem: &str| {
        bytes.get(at..at + stem.len()).is_some_and(|here| here.eq_ignore_ascii_case(stem.as_bytes()))
    };
    (0..bytes.len()).any(|at| {
        let first = bytes[at].to_ascii_lowercase();
        STEMS.iter().any(|stem| stem.as_bytes()[0] == first && begins(at, stem))
    })
}

/// The ways as they stand between two words.
static WAYS: LazyLock<Vec<(&str, Vec<String>)>> = LazyLock::new(|| {
    let spaced = |ways: &[&str]| ways.iter().map(|way| format!(" {way} ")).collect();
    FREQUENCIES.iter().map(|(name, ways)| (*name, spaced(ways))).collect()
});

/// How often a sentence says that something is done.
fn frequencies(sentence: &str) -> Vec<&'static str> {
    if !has_stem(sentence) {
        return Vec::new();
    }
    let lower = sentence.to_lowercase();
    let mut words = format!(" {} ", tokens(&lower).collect::<Vec<_>>().join(" "));
    for other in NO_INTERVAL {
        if words.contains(other) {
            words = words.replace(&format!(" {other} "), " ");
        }
    }
    let mut found = Vec::new();
    for (name, ways) in WAYS.iter() {
        for way in ways {
            if words.contains(way) {
                words = words.replace(way, " ");
                found.push(*name);
            }
        }
    }
    found.dedup();
    found
}

/// The words that tell what a sentence is about: acronyms as they stand, and words of four letters.
fn telling(sentence: &str) -> BTreeSet<String> {
    let is_acronym = |word: &str| {
        let letters = word.chars().all(|c| c.is_uppercase() || c.is_numeric());
        word.len() > 1 && letters && word.chars().any(char::is_uppercase)
    };
    let words = tokens(sentence).filter(|word| is_acronym(word) || word.chars().count() >= 4);
    words
        .map(|word| if is_acronym(word) { word.to_owned() } else { word.to_lowercase() })
        .filter(|word| !COMMON.contains(&word.as_str()))
        .collect()
}

/// How surely two sentences are about one matter: two words of both tell so; less surely one that means one thing
/// only, as the name of a body in capitals. "C3" stands in every sentence of a control room.
fn of_one_matter(one: &BTreeSet<String>, other: &BTreeSet<String>) -> Option<Sure> {
    let both: Vec<&String> = one.intersection(other).collect();
    let is_name = |word: &&String| word.len() > 2 && word.chars().all(char::is_uppercase);
    if both.len() >= 2 {
        return Some(Sure::ByWords);
    }
    both.iter().any(is_name).then_some(Sure::ByName)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sure {
    ByWords,
    ByName,
}

/// A sentence of an update that says how often something is done.
struct Spoken<'a> {
    on: Date,
    sentence: &'a str,
    given: Vec<&'static str>,
    about: BTreeSet<String>,
}

/// The sentences of the last of `updates` that say how often something is done, the newest first.
fn frequencies_in(updates: &[Said]) -> Vec<Spoken<'_>> {
    let last = updates.iter().rev().take(LOOKED_AT);
    let sentences =
        last.flat_map(|said| sentences(&said.text).map(|sentence| (scottish_day(said.at), sentence)));
    let spoken = sentences.map(|(on, sentence)| (on, sentence, frequencies(sentence)));
    spoken
        .filter(|(_, _, given)| !given.is_empty())
        .map(|(on, sentence, given)| Spoken { on, sentence, given, about: telling(sentence) })
        .collect()
}

/// Whether the last of `updates` say how often something is done.
pub(super) fn says_how_often(updates: &[Said]) -> bool {
    !frequencies_in(updates).is_empty()
}

/// An action that promises one frequency where `updates` speak of another: the sentence without its verb's
/// tense, and what makes it this finding.
struct Broken {
    told: String,
    key: String,
}

/// What `updates` say otherwise than the actions of `item` that were not done by `on`.
fn broken(item: &Item, updates: &[Said], on: Date, says: &str) -> Vec<Broken> {
    let spoken = frequencies_in(updates);
    if spoken.is_empty() {
        return Vec::new();
    }
    let open = item.actions.iter().filter(|action| action.done_on.is_none_or(|done| done > on));
    let told = open.filter_map(|action| {
        let promised = frequencies(&action.text);
        let about = telling(&action.text);
        // The last sentence on the matter counts.
        let by = |sure: Sure| spoken.iter().find(|one| of_one_matter(&one.about, &about) == Some(sure));
        let last = by(Sure::ByWords).or_else(|| by(Sure::ByName))?;
        if promised.is_empty() || last.given.iter().any(|given| promised.contains(given)) {
            return None;
        }
        let told = format!(
            "ction {} of {} {says} {}, the update of {} {says} {} ({}).",
            action.number,
            item.label(),
            promised.join(" and "),
            day(last.on),
            last.given.join(" and "),
            quoted(last.sentence)
        );
        Some(Broken {
            told,
            key: format!("{}/{}/{}", action.number, promised.join(","), last.given.join(",")),
        })
    });
    told.collect()
}

/// Fault 7: the action promises quarterly reports, the update speaks of a six-monthly one.
pub(super) fn frequency(look: &Look<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for (item, _) in look.open_read().filter(|(_, reading)| reading.says_how_often) {
        for one in broken(item, &item.updates, look.input.today, "says") {
            let place = Place::item(item, "update");
            let told = format!("A{}", one.told);
            found.push(place.finding("frequency", Severity::Warning, told, &one.key));
        }
    }
    found.extend(look.in_print(|papers, printed, _| {
        // One of a paper is enough to read it again.
        let one = broken(printed.item, printed.updates, papers.on, "said").into_iter().next()?;
        Some(papers.note(printed.item, "frequency", &format!("a{}", one.told), &one.key))
    }));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frequencies_are_told_apart() {
        let cases: [(&str, &[&str]); 7] = [
            ("will consider it on 6 monthly basis", &["six-monthly"]),
            ("monthly meetings in place", &["monthly"]),
            ("daily/weekly/quarterly reports", &["quarterly", "weekly", "daily"]),
            ("a bi-annual survey", &["six-monthly"]),
            ("including annual refresher", &["yearly"]),
            ("a month of weeks", &[]),
            ("beside daily business", &[]),
        ];
        for (sentence, expected) in cases {
            assert_eq!(frequencies(sentence), expected, "{sentence}");
        }
    }

    #[test]
    fn one_name_or_two_words_make_two_sentences_of_one_matter() {
        let action =
            telling("Agree with the SPA on quarterly reports about the model's figures and this plan.");
        for (sentence, expected) in [
            ("The SPA PPCW will look at it every six months.", Some(Sure::ByName)),
            ("The figures of the model are out every month.", Some(Sure::ByWords)),
            ("The plan is looked at every month.", None),
            ("C3 reports every month.", None),
        ] {
            assert_eq!(of_one_matter(&telling(sentence), &action), expected, "{sentence}");
        }
    }
}
