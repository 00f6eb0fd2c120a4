//! What is due this month and will be late by what updates say, though its target stands as if nothing were.

use std::collections::BTreeSet;

use import::TargetDate;
use jiff::civil::Date;
use journal::Id;

use super::{
    Finding, Look, Severity,
    rules::Place,
    standing::{target_on, waits_on},
    text::{has_any, quoted, sentences},
};
use crate::{
    recommendation::status::Status,
    register::rules::{Item, scottish_day},
    update::rows::Said,
    words::day,
};

/// Words of a delay.
const DELAY: [&str; 5] = ["delay", "delays", "delayed", "slipped", "postponed"];

/// Fault 11, its second half: due in this month, and late by its own last update, or by that of what it waits for;
/// but the target was not moved.
pub(super) fn late_in_words(look: &Look<'_>) -> Vec<Finding> {
    let today = look.input.today;
    let mut found = Vec::new();
    let mut told: BTreeSet<&Id> = BTreeSet::new();
    for plan in &look.plans {
        let worked = plan
            .items
            .iter()
            .filter(|item| item.is_open() && item.recommendation.status != Status::ProposedForClosure);
        for item in worked {
            if let Some(late) = Late::of(look, item, today) {
                told.insert(&item.id);
                let place = Place::item(item, "target");
                found.push(place.finding("target_past", Severity::Warning, late.told(item), &late.key));
            }
        }
    }
    for plan in &look.plans {
        let mut of_papers: BTreeSet<String> = BTreeSet::new();
        for papers in look.printed_of(plan) {
            let then = papers.of(plan).filter(|printed| !printed.is_proposed);
            for printed in then.filter(|printed| !told.contains(&printed.item.id)) {
                let Some(late) = Late::of(look, printed.item, papers.on) else { continue };
                if of_papers.insert(format!("{}/{}", printed.item.id, late.key)) {
                    found.push(papers.note(
                        printed.item,
                        "target_past",
                        &late.told_then(printed.item),
                        &late.key,
                    ));
                }
            }
        }
    }
    found
}

/// Why it will be late, though its target says nothing of it.
struct Late {
    target: TargetDate,
    /// The other that it waits for, where the words are about that.
    other: Option<String>,
    said_on: Date,
    words: String,
    key: String,
}

impl Late {
    /// As seen on `on`.
    fn of(look: &Look<'_>, item: &Item, on: Date) -> Option<Self> {
        let target = target_on(item, on)?;
        let due = target.last_day();
        if due < on || due.first_of_month() != on.first_of_month() {
            return None;
        }
        if let Some((said, words)) = delayed(item, on) {
            let (said_on, key) = (scottish_day(said.at), format!("{}/{}", target.iso(), said.seq));
            return Some(Self { target, other: None, said_on, words, key });
        }
        // What it waits for is not there in time either, unless that was said to be due before.
        waits_on(item).filter_map(|id| look.item(id)).find_map(|other| {
            let (said, words) = delayed(other, on)?;
            let key = format!("{}/{}/{}", target.iso(), other.id, said.seq);
            Some(Self { target, other: Some(other.label()), said_on: scottish_day(said.at), words, key })
        })
    }

    fn told(&self, item: &Item) -> String {
        let Self { target, said_on, words, .. } = self;
        let (label, on) = (item.label(), day(*said_on));
        match &self.other {
            None => format!(
                "{label} is due this month ({target}), and its last update, of {on}, speaks of a delay ({words}); but its target was not moved, and nothing counts it as delayed."
            ),
            Some(other) => format!(
                "{label} is due this month ({target}) and waits for {other}, whose last update, of {on}, speaks of a delay ({words}); but its target was not moved, and nothing counts it as delayed."
            ),
        }
    }

    fn told_then(&self, item: &Item) -> String {
        let Self { target, said_on, words, .. } = self;
        let (label, on) = (item.label(), day(*said_on));
        let why = match &self.other {
            None => format!("its update, of {on}, spoke of a delay ({words})"),
            Some(other) => format!("{other}, for which it waits, spoke of a delay on {on} ({words})"),
        };
        format!(
            "{label} was due that month ({target}), and {why}; but its target was not moved, and nothing counted it as delayed."
        )
    }
}

/// The last update by `on` and its sentence that speaks of a delay, where no target was moved since.
fn delayed(item: &Item, on: Date) -> Option<(&Said, String)> {
    let said = item.updates.iter().rev().find(|said| scottish_day(said.at) <= on)?;
    let is_moved =
        |at| item.targets.iter().skip(1).any(|given| given.at >= at && scottish_day(given.at) <= on);
    if is_moved(said.at) {
        return None;
    }
    let sentence = sentences(&said.text).find(|one| has_any(&one.to_lowercase(), &DELAY))?;
    Some((said, quoted(sentence)))
}
