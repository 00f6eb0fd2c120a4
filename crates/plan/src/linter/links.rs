//! Recommendations against each other: the same words twice, and who waits for whom.

use std::collections::{BTreeMap, BTreeSet};

use import::TargetDate;
use journal::Id;

use super::{Finding, Look, Severity, rules::Place, standing::waits_on, text::listed};
use crate::{register::rules::Item, words::day};

/// Texts shorter than this say the same by chance.
const LETTERS: usize = 40;

/// The same recommendation twice: renamed, or taken up again and the first forgotten.
pub(super) fn same_text_twice(look: &Look<'_>) -> Vec<Finding> {
    let mut by_text: BTreeMap<u64, Vec<&Item>> = BTreeMap::new();
    for (item, reading) in look.input.readings.iter() {
        let own = &item.recommendation;
        if own.text.len() >= LETTERS && own.superseded_by.is_none() {
            by_text.entry(reading.sameness).or_default().push(item);
        }
    }
    let same = by_text.into_values().filter(|same| same.len() > 1 && same.iter().any(|item| item.is_open()));
    let told = |same: Vec<&Item>| {
        let names: Vec<String> = same.iter().map(|item| item.label()).collect();
        let sentence = format!(
            "{} have the same words. If one took the other up, say so; if one was renamed, give it both references.",
            listed(&names)
        );
        let open = same.iter().find(|item| item.is_open()).or(same.first())?;
        let place = Place::item(open, "supersession");
        Some(place.finding("same_text_twice", Severity::Warning, sentence, &names.join(",")))
    };
    same.filter_map(told).collect()
}

/// It waits for what is closed, for itself through others, or for what is due later than itself.
pub(super) fn waiting(look: &Look<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    let looped = in_loops(look);
    for item in look.open() {
        for other in waits_on(item).filter_map(|id| look.item(id)) {
            if !other.is_open() {
                found.push(over(item, other));
            } else if let (Some(own), Some(theirs)) = (item.current_target(), other.current_target())
                && own.last_day() < theirs.last_day()
            {
                let sentence = format!(
                    "{} is due {}, but waits for {}, which is due later, {}.",
                    item.label(),
                    when(own),
                    other.label(),
                    when(theirs)
                );
                let key = format!("{}/{}/{}", other.id, own.iso(), theirs.iso());
                found.push(Place::item(item, "target").finding("waiting", Severity::Warning, sentence, &key));
            }
        }
    }
    for members in looped {
        let items: Vec<&Item> = members.iter().filter_map(|id| look.item(id)).collect();
        let names: Vec<String> = items.iter().map(|item| item.label()).collect();
        let Some(first) = items.first() else { continue };
        let sentence =
            format!("{} wait for each other in a circle, so none of them can be first.", listed(&names));
        let place = Place::item(first, "dependency-ended");
        found.push(place.finding("waiting", Severity::Fault, sentence, &names.join(",")));
    }
    found
}

fn over(item: &Item, other: &Item) -> Finding {
    let status = other.recommendation.status.words().to_lowercase();
    let since = other.recommendation.status_on.map_or_else(String::new, |on| format!(" on {}", day(on)));
    let sentence = format!(
        "{} still waits for {}, which was {status}{since}. End the dependency, or say what it waits for now.",
        item.label(),
        other.label()
    );
    let key = format!("{}/{status}", other.id);
    Place::item(item, "dependency-ended").finding("waiting", Severity::Warning, sentence, &key)
}

fn when(target: TargetDate) -> String {
    let word = if matches!(target, TargetDate::Day(_)) { "on" } else { "in" };
    format!("{word} {target}")
}

type Edges<'a> = BTreeMap<&'a Id, Vec<&'a Id>>;

/// The recommendations that can reach themselves by what they wait for, one list for each circle.
fn in_loops<'a>(look: &Look<'a>) -> Vec<Vec<&'a Id>> {
    let open = look.input.register.items.iter().filter(|item| item.is_open());
    let edges: Edges<'a> = open.map(|item| (&item.id, waits_on(item).collect())).collect();
    let tangled = without_ends(edges);
    let mut told = BTreeSet::new();
    let mut loops = Vec::new();
    for id in tangled.keys().copied() {
        let seen = reached(&tangled, id);
        if !seen.contains(id) || told.contains(id) {
            continue;
        }
        let members: Vec<&Id> =
            seen.into_iter().filter(|other| reached(&tangled, other).contains(id)).collect();
        told.extend(members.iter().copied());
        loops.push(members);
    }
    loops
}

/// Only what waits for a circle or is in one: whatever waits for nothing is taken away, and so on.
fn without_ends(mut edges: Edges<'_>) -> Edges<'_> {
    let mut back: Edges<'_> = BTreeMap::new();
    for (id, on) in &edges {
        for other in on {
            back.entry(other).or_default().push(id);
        }
    }
    let mut left: BTreeMap<&Id, usize> = edges
        .iter()
        .map(|(id, on)| (*id, on.iter().filter(|other| edges.contains_key(*other)).count()))
        .collect();
    let mut ends: Vec<&Id> = left.iter().filter(|(_, number)| **number == 0).map(|(id, _)| *id).collect();
    while let Some(end) = ends.pop() {
        edges.remove(end);
        for waits in back.get(end).into_iter().flatten() {
            if let Some(number) = left.get_mut(waits) {
                *number = number.saturating_sub(1);
                if *number == 0 {
                    ends.push(waits);
                }
            }
        }
    }
    edges
}

fn reached<'a>(edges: &Edges<'a>, from: &Id) -> BTreeSet<&'a Id> {
    let mut seen = BTreeSet::new();
    let mut next: Vec<&'a Id> = edges.get(from).cloned().unwrap_or_default();
    while let Some(id) = next.pop() {
        if seen.insert(id) {
            next.extend(edges.get(id).into_iter().flatten().copied());
        }
    }
    seen
}
