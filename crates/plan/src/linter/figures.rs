//! Figures of papers against the list: how many are open, closed, delayed; and figures that fell by themselves.

use std::collections::BTreeMap;

use journal::Id;

use super::{
    Finding, Look, Severity,
    look::Told,
    rules::Place,
    says::{counted, delayed},
    standing::closed_between,
};
use crate::{
    source::rules::{About, Quantity},
    words::{counted as number_of, day, thousands},
};

/// Where a finding about a statement is: at the inspection it is about, or at the source itself; mended
/// where the statement stands beside what the register says.
fn place(look: &Look<'_>, told: Told<'_>) -> Place {
    match &told.statement.about {
        About::Inspection(id) => match look.plan(id) {
            Some(plan) => Place::plan(id, &plan.inspection.code, format!("/sources/{}", told.id)),
            None => Place::source(told.id, told.source),
        },
        _ => Place::source(told.id, told.source),
    }
}

/// What makes a statement this statement.
fn key(told: Told<'_>) -> String {
    let statement = told.statement;
    format!("{}/{}/{}/{}", told.id, statement.quantity.as_str(), statement.value, statement.as_on)
}

/// Fault 1: the table of a paper gives 9 open where ten are listed.
pub(super) fn against_list(look: &Look<'_>) -> Vec<Finding> {
    let wrong = |told: Told<'_>| {
        let statement = told.statement;
        if matches!(statement.quantity, Quantity::Delayed | Quantity::Total | Quantity::AreasForDevelopment) {
            return None;
        }
        let (said, count) = (statement.number()?, counted(look, statement)?);
        if count.is(said) {
            return None;
        }
        let list = count.told(&statement.about);
        let sentence = format!(
            "{} gives {} of {} on {}; the register lists {list}.",
            told.source.named(),
            number_of(said, count.noun.0, count.noun.1),
            look.name(&statement.about),
            day(statement.as_on)
        );
        let key = format!("{}/{list}", key(told));
        Some(place(look, told).finding("figure_against_list", Severity::Fault, sentence, &key))
    };
    look.told().filter_map(wrong).collect()
}

/// Fault 3: 6 are "delayed" where seven were moved. No rule gives the figure, or no one rule gives them all.
pub(super) fn delayed_by_which_rule(look: &Look<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut rules: BTreeMap<&Id, (u8, Vec<String>, Told<'_>)> = BTreeMap::new();
    for told in look.told().filter(|told| told.statement.quantity == Quantity::Delayed) {
        let statement = told.statement;
        let Some(said) = statement.number() else { continue };
        let delayed = delayed(look, statement);
        let fit = delayed.fit(said);
        let name = look.name(&statement.about);
        if fit == 0 {
            let sentence = format!(
                "{} gives {} of {name} on {}, but no rule gives {said}: {} past the first target, {} past the target of that day, and the target of {} was moved.",
                told.source.named(),
                number_of(said, "delayed recommendation", "delayed recommendations"),
                day(statement.as_on),
                are(delayed.first.len()),
                are(delayed.current.len()),
                thousands(delayed.moved.len()),
            );
            let key = format!("{}/{}", key(told), delayed.words());
            found.push(place(look, told).finding("delayed_by_which_rule", Severity::Fault, sentence, &key));
            continue;
        }
        let of_source = rules.entry(told.id).or_insert((7, Vec::new(), told));
        of_source.0 &= fit;
        of_source.1.push(format!("{said} of {name} ({})", rule_words(fit)));
    }
    for (fit, said, told) in rules.into_values() {
        if fit == 0 {
            let sentence = format!(
                "{} counts “delayed” by more than one rule: {}. Say which rule a figure counts by.",
                told.source.named(),
                said.join(", ")
            );
            let place = Place::source(told.id, told.source);
            found.push(place.finding("delayed_by_which_rule", Severity::Warning, sentence, &said.join(";")));
        }
    }
    found
}

fn are(number: usize) -> String {
    format!("{} {}", thousands(number), if number == 1 { "is" } else { "are" })
}

fn rule_words(fit: u8) -> String {
    let names = [(1, "past the first target"), (2, "past the target of that day"), (4, "target moved")];
    let names: Vec<&str> = names.iter().filter(|(bit, _)| fit & bit > 0).map(|(_, name)| *name).collect();
    names.join(" or ")
}

/// Fault 17: 31 open in June and 26 in September, with no closure in between.
pub(super) fn fell_without_closure(look: &Look<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for (about, told) in look.said() {
        let mut open: Vec<(Told<'_>, usize)> = told
            .iter()
            .filter(|told| told.statement.quantity == Quantity::Open)
            .filter_map(|told| told.statement.number().map(|number| (*told, number)))
            .collect();
        open.sort_by_key(|(told, _)| told.statement.as_on);
        for pair in open.windows(2) {
            let [(before, had), (after, has)] = pair else { continue };
            let (from, to) = (before.statement.as_on, after.statement.as_on);
            let closed = look.scope(about).iter().filter(|item| closed_between(item, from, to)).count();
            if from == to || had.saturating_sub(*has) <= closed {
                continue;
            }
            let sentence = format!(
                "The open recommendations of {} fell by {} from {had} on {} ({}) to {has} on {} ({}), but the register has {} closed in between.",
                look.name(about),
                had - has,
                day(from),
                before.source.named(),
                day(to),
                after.source.named(),
                if closed == 0 { "none".to_owned() } else { closed.to_string() },
            );
            let key = format!("{}/{}/{closed}", key(*before), key(*after));
            found.push(place(look, *after).finding("fell_without_closure", Severity::Fault, sentence, &key));
        }
    }
    found
}
