//! How many recommendations an inspection made, and for whom they are counted.

use std::collections::{BTreeMap, BTreeSet};

use import::normal_reference;

use super::{
    Finding, Look, Severity,
    look::{Plan, Told, short},
    rules::Place,
    says::counted,
    standing::addressees,
    text::listed,
};
use crate::{
    register::rules::Item,
    source::rules::{About, Quantity},
    words::{counted as number_of, thousands},
};

/// A total that a source gives: itself, or by its closed and open ones together.
struct Stated<'a> {
    total: usize,
    told: Told<'a>,
    /// "14", or "13 (3 closed and 10 open)".
    words: String,
}

fn stated<'a>(look: &Look<'a>, plan: &Plan<'a>) -> Vec<Stated<'a>> {
    let told = look.said_of(&About::Inspection(plan.id.clone())).to_vec();
    let mut stated = Vec::new();
    for one in &told {
        let Some(number) = one.statement.number() else { continue };
        if one.statement.quantity == Quantity::Total {
            stated.push(Stated { total: number, told: *one, words: thousands(number) });
        }
        // A figure that the list contradicts has its own finding.
        let right =
            |told: &Told<'_>, number| counted(look, told.statement).is_some_and(|count| count.is(number));
        if one.statement.quantity != Quantity::Closed || !right(one, number) {
            continue;
        }
        let open = told.iter().find(|open| {
            open.id == one.id
                && open.statement.quantity == Quantity::Open
                && open.statement.as_on == one.statement.as_on
                && open.statement.number().is_some_and(|number| right(open, number))
        });
        if let Some(open) = open.and_then(|open| open.statement.number()) {
            let total = number + open;
            let words = format!("{total} ({number} closed and {open} open)");
            stated.push(Stated { total, told: *one, words });
        }
    }
    stated.sort_by_key(|one| (one.told.statement.as_on, one.total));
    stated
}

/// Fault 2: the inspectorate made 14, the paper counts 13; one is addressed to another body.
pub(super) fn base_of_count(look: &Look<'_>) -> Vec<Finding> {
    let differs = |plan: &Plan<'_>| {
        let stated = stated(look, plan);
        let (whole, ours) = counts(look, plan);
        let mut totals: BTreeSet<usize> = stated.iter().map(|one| one.total).collect();
        let explained = totals.iter().all(|total| *total == whole || *total == ours);
        totals.insert(whole);
        if stated.is_empty() || !explained || totals.len() < 2 {
            return None;
        }
        let others: Vec<&Item> = plan.items.iter().copied().filter(|item| !look.is_ours(item)).collect();
        let names: Vec<String> = others
            .iter()
            .map(|item| format!("{}, {}", short(item), addressees(item, plan.inspection).join(" and ")))
            .collect();
        let sentence = format!(
            "{} is counted on more than one base: {}. The register has {}, {ours} of them addressed to {} and {} not ({}). Say for whom a figure counts.",
            plan.inspection.title,
            said(&stated),
            number_of(whole, "recommendation", "recommendations"),
            look.service,
            others.len(),
            names.join("; ")
        );
        let key = format!("{whole}/{ours}/{}", key(&stated));
        Some(at(plan, &stated).finding("base_of_count", Severity::Warning, sentence, &key))
    };
    look.plans.iter().filter_map(differs).collect()
}

/// Fault 22: what is in the register is not what the inspectorate made; or one reference is there twice.
pub(super) fn total_against_list(look: &Look<'_>) -> Vec<Finding> {
    let mut found: Vec<Finding> = look.plans.iter().filter_map(twice).collect();
    for plan in &look.plans {
        let stated = stated(look, plan);
        let (whole, ours) = counts(look, plan);
        if stated.iter().all(|one| one.total == whole || one.total == ours) {
            continue;
        }
        let of = if ours == whole {
            String::new()
        } else {
            format!(", {ours} of them addressed to {}", look.service)
        };
        let sentence = format!(
            "{}: {}; the register has {}{of}.",
            plan.inspection.title,
            said(&stated),
            number_of(whole, "recommendation", "recommendations"),
        );
        let key = format!("{whole}/{ours}/{}", key(&stated));
        found.push(at(plan, &stated).finding("total_against_list", Severity::Fault, sentence, &key));
    }
    found
}

fn twice(plan: &Plan<'_>) -> Option<Finding> {
    let mut by_reference: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for item in &plan.items {
        let own = &item.recommendation;
        for reference in own.references() {
            by_reference.entry(normal_reference(reference)).or_default().insert(item.id.as_str());
        }
    }
    let twice: Vec<String> = by_reference
        .into_iter()
        .filter(|(_, items)| items.len() > 1)
        .map(|(key, _)| format!("R{key}"))
        .collect();
    if twice.is_empty() {
        return None;
    }
    let sentence = format!(
        "{}: more than one recommendation goes by {}, so the plan counts one twice.",
        plan.inspection.title,
        listed(&twice)
    );
    let place = Place::plan(plan.id, &plan.inspection.code, plan.list());
    Some(place.finding("total_against_list", Severity::Fault, sentence, &twice.join(",")))
}

fn counts(look: &Look<'_>, plan: &Plan<'_>) -> (usize, usize) {
    (plan.items.len(), plan.items.iter().filter(|item| look.is_ours(item)).count())
}

/// "“Review” (K12) gives 14 and “Progress Summary” (S004) 13 (3 closed and 10 open)".
fn said(stated: &[Stated<'_>]) -> String {
    let each: Vec<String> = stated
        .iter()
        .enumerate()
        .map(|(at, one)| {
            let gives = if at == 0 { "gives " } else { "" };
            format!("{} {gives}{}", one.told.source.named(), one.words)
        })
        .collect();
    listed(&each)
}

fn key(stated: &[Stated<'_>]) -> String {
    stated.iter().map(|one| format!("{}={}", one.told.id, one.words)).collect::<Vec<_>>().join(";")
}

fn at(plan: &Plan<'_>, stated: &[Stated<'_>]) -> Place {
    let mend = stated.first().map_or_else(|| plan.list(), |one| format!("/sources/{}", one.told.id));
    Place::plan(plan.id, &plan.inspection.code, mend)
}
