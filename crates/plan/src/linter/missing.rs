//! What is missing: a target, a sentence on the risk, a value in a sentence.

use super::{
    Finding, Look, Severity,
    grouped::{Same, Telling},
    look::Told,
    rules::Place,
    says::{counted, delayed, target_of},
    text::{quoted, sentences},
};
use crate::{
    register::rules::{Item, scottish_day},
    source::rules::{About, Quantity},
    words::day,
};

/// Words that a value has to follow, when "of" or "by" follows them.
const WANT_A_VALUE: [&str; 15] = [
    "date",
    "dates",
    "target",
    "deadline",
    "total",
    "number",
    "percentage",
    "version",
    "day",
    "month",
    "year",
    "figure",
    "rate",
    "average",
    "cost",
];
const BEFORE_A_VALUE: [&str; 5] = ["of", "on", "by", "for", "at"];
const NO_VALUE: [&str; 11] =
    ["will", "was", "is", "has", "have", "had", "are", "were", "would", "should", "cannot"];
const PLACEHOLDERS: [&str; 9] = ["()", "[]", "( )", "[ ]", "[insert", "<insert", "____", "dd/mm", "[tbc]"];

/// Fault 12: "The original target date of will not be met".
pub(super) fn value(look: &Look<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for told in look.told() {
        if let Some(gap) = gap(&told.statement.words) {
            let sentence = format!("{} leaves a gap in a sentence ({gap}).", told.source.named());
            let place = match &told.statement.about {
                About::Recommendation(id) => look.item(id).map_or_else(
                    || Place::source(told.id, told.source),
                    |item| Place::item_in(item, told.id),
                ),
                _ => Place::source(told.id, told.source),
            };
            found.push(place.finding(
                "blank_in_sentence",
                Severity::Fault,
                sentence,
                &format!("{}/{gap}", told.id),
            ));
        }
    }
    for (item, reading) in look.open_read() {
        for Gap { what, form, sentence } in &reading.gaps {
            let told = format!("The {what} of {} leaves a gap in a sentence ({sentence}).", item.label());
            let place = Place::item(item, form);
            found.push(place.finding("blank_in_sentence", Severity::Fault, told, sentence));
        }
    }
    found.extend(look.in_print(|papers, printed, last| {
        let gap = gap(&last.text)?;
        let label = printed.item.label();
        let on = day(scottish_day(last.at));
        let told = format!("the update of {label}, of {on}, left a gap in a sentence ({gap}).");
        Some(papers.note(printed.item, "blank_in_sentence", &told, &gap))
    }));
    found
}

/// A sentence of a recommendation that leaves out a value.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Gap {
    /// What it is in: "last update".
    what: &'static str,
    /// The form that mends it.
    form: &'static str,
    /// The sentence, quoted.
    sentence: String,
}

/// The sentences of an open recommendation that leave out a value, one of each text.
pub(super) fn gaps(item: &Item) -> Vec<Gap> {
    let recommendation = &item.recommendation;
    let update = item.updates.last().map_or("", |said| said.text.as_str());
    let texts = [
        ("last update", "update", update),
        ("sentence on the risk", "risk", &recommendation.risk_statement),
        ("intended impact", "impact", &recommendation.impact),
        ("account of what was done", "", &recommendation.what_we_did),
        ("impact", "", &recommendation.impact_achieved),
    ];
    let actions = item.actions.iter().map(|action| ("list of actions", "action-words", action.text.as_str()));
    let all = texts.into_iter().chain(actions);
    all.filter_map(|(what, form, text)| Some(Gap { what, form, sentence: gap(text)? })).collect()
}

/// The sentence that leaves out a value, quoted.
fn gap(text: &str) -> Option<String> {
    sentences(text).find(|sentence| has_gap(sentence)).map(quoted)
}

fn has_gap(sentence: &str) -> bool {
    // Asked of every sentence of the register: words are looked at in passing.
    let mut last: [Option<&str>; 2] = [None, None];
    let is_left_out = sentence.split_whitespace().any(|word| {
        let [what, before] = last;
        last = [before, Some(word)];
        let Some(before) = before else { return false };
        let sign = word == "%" && !before.ends_with(|c: char| c.is_numeric()) || before == "£";
        let value = what.is_some_and(|what| {
            BEFORE_A_VALUE.contains(&before)
                && NO_VALUE.contains(&word.trim_end_matches(['.', ',', ';']))
                && WANT_A_VALUE.iter().any(|one| one.eq_ignore_ascii_case(what))
        });
        sign || value
    });
    let placeholder = || {
        let lower = sentence.to_lowercase();
        PLACEHOLDERS.iter().any(|mark| lower.contains(mark))
    };
    is_left_out || sentence.contains(['(', '[', '<', '_', '/']) && placeholder()
}

/// Fault 13: no target at all; or a paper leaves blank what another gives.
pub(super) fn target(look: &Look<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for plan in &look.plans {
        let none: Vec<Same<'_>> = plan
            .open()
            .filter(|item| item.targets.is_empty())
            .map(|item| Same { item, key: "none".to_owned(), told: String::new() })
            .collect();
        let telling = Telling { check: "target_missing", severity: Severity::Fault, form: "first-target" };
        let title = &plan.inspection.title;
        found.extend(telling.of(
            plan,
            &none,
            |one| format!("{} is open and has no target.", one.item.label()),
            |number, list| format!("{number} open recommendations of {title} have no target: {list}."),
        ));
    }
    found.extend(look.told().filter_map(|told| left_blank(look, told)));
    found
}

fn left_blank(look: &Look<'_>, told: Told<'_>) -> Option<Finding> {
    let statement = told.statement;
    if !statement.value.is_empty() || !(statement.quantity.is_number() || statement.quantity.is_date()) {
        return None;
    }
    let given = given_elsewhere(look, told)?;
    let sentence = format!(
        "{} leaves {} of {} blank on {}; {given}.",
        told.source.named(),
        blank_words(statement.quantity),
        look.name(&statement.about),
        day(statement.as_on)
    );
    let place = match &statement.about {
        About::Recommendation(id) => Place::item_in(look.item(id)?, told.id),
        About::Inspection(id) => {
            Place::plan(id, &look.plan(id)?.inspection.code, format!("/sources/{}", told.id))
        }
        _ => Place::source(told.id, told.source),
    };
    let key = format!("blank/{}/{}/{given}", told.id, statement.quantity.as_str());
    Some(place.finding("target_missing", Severity::Warning, sentence, &key))
}

fn blank_words(quantity: Quantity) -> String {
    let words = quantity.words().to_lowercase();
    if quantity.is_number() { format!("the number of {words}") } else { format!("the {words}") }
}

/// What another paper gives there, or else the register.
fn given_elsewhere(look: &Look<'_>, told: Told<'_>) -> Option<String> {
    let statement = told.statement;
    let other = look.said_of(&statement.about).iter().find(|other| {
        other.id != told.id
            && other.statement.quantity == statement.quantity
            && !other.statement.value.is_empty()
    });
    if let (Some(other), true) = (other, statement.quantity.is_date()) {
        return Some(format!("{} gives {}", other.source.named(), other.statement.shown()));
    }
    let own = match (statement.quantity, &statement.about) {
        (Quantity::Delayed, _) => delayed(look, statement).words(),
        (Quantity::FirstTarget | Quantity::CurrentTarget, About::Recommendation(id)) => {
            target_of(look.item(id)?, statement.quantity, statement.as_on)?.to_string()
        }
        (Quantity::Published, About::Inspection(id)) => day(look.plan(id)?.inspection.published_on),
        _ => counted(look, statement)?.whole.to_string(),
    };
    Some(format!("the register has {own}"))
}

/// Fault 14: no sentence says what the risk is.
pub(super) fn risk(look: &Look<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for plan in &look.plans {
        for rated in [false, true] {
            let none: Vec<Same<'_>> = plan
                .open()
                .filter(|item| item.recommendation.risk_statement.is_empty())
                .filter(|item| item.recommendation.exposure.is_some() == rated)
                .map(|item| Same { item, key: "none".to_owned(), told: String::new() })
                .collect();
            let severity = if rated { Severity::Warning } else { Severity::Fault };
            let telling = Telling { check: "risk_missing", severity, form: "risk" };
            let but = if rated { ", only a rating" } else { " and no rating" };
            let title = &plan.inspection.title;
            found.extend(telling.of(
                plan,
                &none,
                |one| format!("{} is open and has no sentence that says what the risk is{but}.", one.item.label()),
                |number, list| {
                    format!("{number} open recommendations of {title} have no sentence that says what the risk is{but}: {list}.")
                },
            ));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_with_a_gap_is_told_from_one_without() {
        for bad in [
            "The original target date of will not be met.",
            "A total of was recorded.",
            "It rose by % in a year.",
            "It cost £ in all.",
            "See version [insert number].",
            "The forum () meets.",
        ] {
            assert!(has_gap(bad), "{bad}");
        }
        for good in [
            "The original target date of 31 July will not be met.",
            "The number of appointments was counted.",
            "It is what the team is made of.",
            "It rose by 5 % in a year and cost £3.",
            "The date for which it was planned is past.",
            "They are on target for delivery.",
        ] {
            assert!(!has_gap(good), "{good}");
        }
    }
}
