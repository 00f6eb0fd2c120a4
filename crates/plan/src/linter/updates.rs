//! What updates say: how often something is done, and of what is to come.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::{
    Finding, Look, Severity,
    dates::spoken,
    look::Told,
    rules::Place,
    text::{has_any, quoted, sentences, tokens},
};
use crate::{
    register::rules::{Item, scottish_day},
    source::rules::About,
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

/// Words of four letters and more that tie no two sentences together.
const COMMON: [&str; 20] = [
    "this", "that", "with", "will", "have", "been", "from", "their", "which", "basis", "during", "relation",
    "into", "such", "also", "other", "where", "police", "scotland", "monthly",
];

/// The updates in which a frequency is looked for: what was said before those is history.
const LOOKED_AT: usize = 3;

/// What a sentence about a frequency holds at least.
const STEMS: [&str; 9] =
    ["month", "week", "quarter", "annual", "year", "daily", " day", "fortnight", "twice"];

/// How often a sentence says that something is done.
fn frequencies(sentence: &str) -> Vec<&'static str> {
    let lower = sentence.to_lowercase();
    if !STEMS.iter().any(|stem| lower.contains(stem)) {
        return Vec::new();
    }
    let mut words = format!(" {} ", tokens(&lower).collect::<Vec<_>>().join(" "));
    let mut found = Vec::new();
    for (name, ways) in FREQUENCIES {
        for way in ways {
            let way = format!(" {way} ");
            if words.contains(&way) {
                words = words.replace(&way, " ");
                found.push(name);
            }
        }
    }
    found.dedup();
    found
}

/// The words that tell what a sentence is about: acronyms, and words of four letters.
fn telling(sentence: &str) -> BTreeSet<String> {
    tokens(sentence)
        .filter(|word| {
            let acronym = word.len() > 1 && word.chars().all(|c| c.is_uppercase() || c.is_numeric());
            acronym && word.chars().any(char::is_uppercase) || word.chars().count() >= 4
        })
        .map(str::to_lowercase)
        .filter(|word| !COMMON.contains(&word.as_str()))
        .collect()
}

/// A sentence of an update that says how often something is done.
struct Spoken<'a> {
    on: Date,
    sentence: &'a str,
    given: Vec<&'static str>,
    about: BTreeSet<String>,
}

/// The sentences of the last updates that say how often something is done, the newest first.
fn frequencies_in_updates(item: &Item) -> Vec<Spoken<'_>> {
    let last = item.updates.iter().rev().take(LOOKED_AT);
    let sentences =
        last.flat_map(|said| sentences(&said.text).map(|sentence| (scottish_day(said.at), sentence)));
    let spoken = sentences.map(|(on, sentence)| (on, sentence, frequencies(sentence)));
    spoken
        .filter(|(_, _, given)| !given.is_empty())
        .map(|(on, sentence, given)| Spoken { on, sentence, given, about: telling(sentence) })
        .collect()
}

/// Fault 7: the action promises quarterly reports, the update speaks of a six-monthly one.
pub(super) fn frequency(look: &Look<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for item in look.open() {
        let spoken = frequencies_in_updates(item);
        if spoken.is_empty() {
            continue;
        }
        for action in item.actions.iter().filter(|action| action.done_on.is_none()) {
            let promised = frequencies(&action.text);
            let about = telling(&action.text);
            // The last sentence on the matter counts.
            let last = spoken.iter().find(|spoken| spoken.about.intersection(&about).count() >= 2);
            let Some(last) = last.filter(|_| !promised.is_empty()) else { continue };
            if last.given.iter().any(|given| promised.contains(given)) {
                continue;
            }
            let told = format!(
                "Action {} of {} says {}, the update of {} says {} ({}).",
                action.number,
                item.label(),
                promised.join(" and "),
                day(last.on),
                last.given.join(" and "),
                quoted(last.sentence)
            );
            let key = format!("{}/{}/{}", action.number, promised.join(","), last.given.join(","));
            found.push(Place::item(item, "update").finding("frequency", Severity::Warning, told, &key));
        }
    }
    found
}

/// Words of what is to come.
const TO_COME: [&str; 18] = [
    "will",
    "to be",
    "planned",
    "plans",
    "due",
    "expected",
    "imminent",
    "upcoming",
    "forthcoming",
    "scheduled",
    "anticipated",
    "intended",
    "intention",
    "next",
    "aim",
    "shortly",
    "is being planned",
    "later",
];

/// Words of a sentence that knows that the day is past.
const PAST: [&str; 13] = [
    "was due",
    "were due",
    "was planned",
    "was expected",
    "was scheduled",
    "missed",
    "original target",
    "initial target",
    "was published",
    "was launched",
    "has been",
    "have been",
    "took place",
];

/// Fault 10: "in August 2025", "imminent", of what is past by now.
pub(super) fn coming_but_past(look: &Look<'_>) -> Vec<Finding> {
    let today = look.input.today;
    let mut found: Vec<Finding> = look.told().filter_map(|told| in_paper(look, told)).collect();
    for item in look.open() {
        let Some(said) = item.updates.last() else { continue };
        let Some((sentence, words)) = sentences(&said.text).find_map(|one| coming(one, today)) else {
            continue;
        };
        let on = scottish_day(said.at);
        let told = format!(
            "The last update of {}, of {}, speaks of {words} as still to come ({}); it is past.",
            item.label(),
            day(on),
            quoted(sentence)
        );
        let key = format!("{}/{words}", said.seq);
        found.push(Place::item(item, "update").finding("coming_but_past", Severity::Warning, told, &key));
    }
    found
}

/// A sentence that speaks of a day before `today` as to come, and that day.
fn coming(sentence: &str, today: Date) -> Option<(&str, String)> {
    // Only a sentence with a year or a day in it is looked at closely.
    if !sentence.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let lower = sentence.to_lowercase();
    if has_any(&lower, &PAST) {
        return None;
    }
    // "On 5 June it was agreed that it will …": what is to come is told before its day.
    let dates = spoken(sentence);
    let first = lower.find(&dates.first()?.words.to_lowercase()).unwrap_or(0);
    if !has_any(&lower[..first], &TO_COME) {
        return None;
    }
    // All of them: "due in June 2025, now expected in March 2026" is in order.
    let last = dates.iter().max_by_key(|date| date.last)?;
    (last.last < today).then(|| (sentence, last.words.clone()))
}

/// A paper that calls a target imminent which was past on its own day.
fn in_paper(look: &Look<'_>, told: Told<'_>) -> Option<Finding> {
    let statement = told.statement;
    let About::Recommendation(id) = &statement.about else { return None };
    let item = look.item(id)?;
    let soon = |sentence: &&str| {
        has_any(&sentence.to_lowercase(), &["imminent", "imminently", "shortly", "upcoming"])
    };
    let by_value = statement.date().filter(|date| date.last_day() < statement.as_on);
    let (sentence, words) = match (by_value, sentences(&statement.words).find(soon)) {
        (Some(date), Some(sentence)) => (sentence, date.to_string()),
        _ => sentences(&statement.words).find_map(|one| coming(one, statement.as_on))?,
    };
    let told_so = format!(
        "{} speaks on {} of {words} as still to come for {} ({}); it was past by then.",
        told.source.named(),
        day(statement.as_on),
        item.label(),
        quoted(sentence)
    );
    let key = format!("{}/{words}", told.id);
    Some(Place::item(item, "update").finding("coming_but_past", Severity::Fault, told_so, &key))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frequencies_are_told_apart() {
        let cases: [(&str, &[&str]); 6] = [
            ("will consider it on 6 monthly basis", &["six-monthly"]),
            ("monthly meetings in place", &["monthly"]),
            ("daily/weekly/quarterly reports", &["quarterly", "weekly", "daily"]),
            ("a bi-annual survey", &["six-monthly"]),
            ("including annual refresher", &["yearly"]),
            ("a month of weeks", &[]),
        ];
        for (sentence, expected) in cases {
            assert_eq!(frequencies(sentence), expected, "{sentence}");
        }
    }

    #[test]
    fn a_sentence_speaks_of_what_is_to_come_or_knows_that_it_is_past() {
        let today = "2025-09-16".parse().unwrap();
        let cases = [
            ("It will be published in the newsletter in August 2025.", Some("August 2025")),
            ("It is planned for later in 2025.", None),
            ("It was due in Summer 2025 and we await it.", None),
            ("It missed its target of 30 June 2025 but will follow.", None),
            ("It was June 2025 and is now expected in March 2026.", None),
            ("Evidence was sent in July 2024.", None),
            ("Following a meeting on 5 June 2025 it was agreed that it will be developed.", None),
            ("It met on the 09/06/25 to determine if this will do.", None),
        ];
        for (sentence, expected) in cases {
            let found = coming(sentence, today).map(|(_, words)| words);
            assert_eq!(found.as_deref(), expected, "{sentence}");
        }
    }
}
