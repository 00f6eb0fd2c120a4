//! What the page of a measure can be narrowed by, and told by. Pure.

use web::Choice;

use super::parts::division_name;
use crate::{
    asked::{NOW, Query, Step},
    catalogue::{Catalogue, Definition},
    figure::rows::{NONE, Sum},
    measures::reason_words,
};

/// A choice of the filter: its name, its words, what can be chosen.
pub type Filter = (&'static str, &'static str, Vec<Choice>);

/// The choices of the filter. By which version something is counted is asked only where there are several, and how the
/// divisions are told only where some of them merged.
pub fn filters(
    catalogue: &Catalogue,
    query: &Query,
    definition: &Definition,
    reasons: &[Sum],
    is_merged: bool,
) -> Vec<Filter> {
    let by = if query.by.is_empty() { "week" } else { &query.by };
    let steps = Step::ALL.map(|(_, key, words)| Choice::of(key, words, by));
    let mut all = vec![
        ("by", "Periods", steps.to_vec()),
        ("division", "Division", divisions(catalogue, query)),
        ("reason", "Counted for", counted_for(query, definition, reasons)),
    ];
    let versions = catalogue.versions(&definition.key);
    if versions.len() > 1 {
        let first = Choice::of("", "The version in force", &query.version);
        let one = |one: &Definition| {
            let words = format!("Version {} for all days", one.version);
            Choice::of(one.version.to_string(), words, &query.version)
        };
        all.push(("version", "Counted by", std::iter::once(first).chain(versions.iter().map(one)).collect()));
    }
    if is_merged {
        let choices = [("", "As they were"), (NOW, "As they are now")];
        let choices = choices.map(|(key, words)| Choice::of(key, words, &query.divisions));
        all.push(("divisions", "Divisions", choices.to_vec()));
    }
    all
}

fn divisions(catalogue: &Catalogue, query: &Query) -> Vec<Choice> {
    let organisation = catalogue.organisation();
    let one = |letter: &str| Choice::of(letter, division_name(organisation, letter), &query.division);
    std::iter::once(Choice::of("", "All", &query.division))
        .chain(organisation.letters().into_iter().map(one))
        .collect()
}

fn counted_for(query: &Query, definition: &Definition, reasons: &[Sum]) -> Vec<Choice> {
    let mut keys: Vec<&str> =
        reasons.iter().map(|sum| if sum.of.is_empty() { NONE } else { &sum.of }).collect();
    if !query.reason.is_empty() && !keys.contains(&query.reason.as_str()) {
        keys.push(&query.reason);
    }
    let one = |key: &&str| Choice::of(*key, reason_words(&definition.key, key), &query.reason);
    std::iter::once(Choice::of("", "All", &query.reason)).chain(keys.iter().map(one)).collect()
}
