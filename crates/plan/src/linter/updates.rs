//! What updates and papers say of what is to come, and is past.

use jiff::civil::Date;

use super::{
    Finding, Look, Severity,
    dates::spoken,
    look::Told,
    rules::Place,
    text::{has_any, quoted, sentences},
};
use crate::{
    register::rules::{Item, scottish_day},
    source::rules::About,
    words::day,
};

/// Words of what is to come.
const TO_COME: [&str; 23] = [
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
    "comes out",
    "come out",
    "goes out",
    "appears",
    "takes place",
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
    for (item, _) in look.open_read().filter(|(_, reading)| reading.speaks_of_a_day_to_come) {
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
    found.extend(look.in_print(|papers, printed, last| {
        let (sentence, words) = sentences(&last.text).find_map(|one| coming(one, papers.on))?;
        let told = format!(
            "the update of {}, of {}, spoke of {words} as still to come ({}); it was past by then.",
            printed.item.label(),
            day(scottish_day(last.at)),
            quoted(sentence)
        );
        Some(papers.note(printed.item, "coming_but_past", &told, &format!("{}/{words}", last.seq)))
    }));
    found
}

/// Whether the last update speaks of a day before `today` as to come.
pub(super) fn speaks_of_a_day_to_come(item: &Item, today: Date) -> bool {
    let last = item.updates.last().map_or("", |said| said.text.as_str());
    sentences(last).any(|one| coming(one, today).is_some())
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
    Some(Place::item_in(item, told.id).finding("coming_but_past", Severity::Fault, told_so, &key))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_speaks_of_what_is_to_come_or_knows_that_it_is_past() {
        let today = "2025-09-16".parse().unwrap();
        let cases = [
            ("It will be published in the newsletter in August 2025.", Some("August 2025")),
            ("It comes out with the newsletter of August 2025.", Some("August 2025")),
            ("The template, due in the summer of 2025, is not out.", Some("the summer of 2025")),
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
