//! Areas for development: how many there are, and which action takes each up.

use std::collections::BTreeSet;

use super::{
    AreaFact, Finding, Look, Severity,
    look::{Plan, Told},
    rules::Place,
    text::{listed, quoted},
};
use crate::{
    source::rules::{About, Quantity},
    words::{counted as number_of, thousands},
};

fn of<'a>(look: &Look<'a>, plan: &Plan<'_>) -> Vec<&'a AreaFact> {
    look.input.areas.iter().filter(|area| area.inspection == *plan.id).collect()
}

/// Fault 5: "5 areas for development" above nine of them, which stand under five headings.
pub(super) fn counted(look: &Look<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for plan in &look.plans {
        let listed_here = of(look, plan).len();
        let told = look.said_of(&About::Inspection(plan.id.clone()));
        let wrong: Vec<(Told<'_>, usize)> = told
            .iter()
            .filter(|one| one.statement.quantity == Quantity::AreasForDevelopment)
            .filter_map(|one| one.statement.number().map(|number| (*one, number)))
            .filter(|(_, number)| *number != listed_here)
            .collect();
        let numbers: BTreeSet<usize> = wrong.iter().map(|(_, number)| *number).collect();
        for number in numbers {
            let of_number = wrong.iter().filter(|(_, said)| *said == number);
            let who: Vec<String> = of_number.clone().map(|(told, _)| told.source.named()).collect();
            let mend = of_number
                .clone()
                .next()
                .map_or_else(|| plan.list(), |(told, _)| format!("/sources/{}", told.id));
            let give = if who.len() == 1 { "gives" } else { "give" };
            let has = if listed_here == 0 { "none".to_owned() } else { thousands(listed_here) };
            let sentence = format!(
                "{} {give} {} of {}; the register lists {has}{}.",
                listed(&who),
                number_of(number, "area for development", "areas for development"),
                plan.inspection.title,
                headings(look, plan, number)
            );
            let place = Place::plan(plan.id, &plan.inspection.code, mend);
            let key = format!("{number}/{listed_here}/{}", who.join(";"));
            found.push(place.finding("areas_counted", Severity::Fault, sentence, &key));
        }
    }
    found
}

/// Where the number is that of the headings, it says so.
fn headings(look: &Look<'_>, plan: &Plan<'_>, number: usize) -> String {
    let areas = of(look, plan);
    let headings: BTreeSet<&str> =
        areas.iter().map(|area| area.heading.as_str()).filter(|heading| !heading.is_empty()).collect();
    if headings.len() == number && number > 0 { format!(", under {number} headings") } else { String::new() }
}

/// Fault 6: an area without an action, with two, or with one that is contested.
pub(super) fn mapped(look: &Look<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for plan in &look.plans {
        let open: Vec<&AreaFact> = of(look, plan).into_iter().filter(|area| area.is_open).collect();
        found.extend(unmapped(plan, &open));
        found.extend(twice(look, plan, &open));
        for area in open.iter().filter(|area| !area.contested.is_empty()) {
            let sentence = format!(
                "The mapping of area for development {} of {} is contested: {}",
                area.reference,
                plan.inspection.title,
                full_stop(&area.contested)
            );
            let place = Place::plan(plan.id, &plan.inspection.code, area.address.clone());
            let key = format!("contested/{}/{}", area.reference, area.contested);
            found.push(place.finding("areas_mapped", Severity::Warning, sentence, &key));
        }
    }
    found
}

fn unmapped(plan: &Plan<'_>, open: &[&AreaFact]) -> Option<Finding> {
    let none: Vec<&AreaFact> = open.iter().copied().filter(|area| area.actions.is_empty()).collect();
    let first = none.first()?;
    let title = &plan.inspection.title;
    let names: Vec<&str> = none.iter().map(|area| area.reference.as_str()).collect();
    let sentence = if none.len() == 1 {
        format!(
            "No action takes up area for development {} of {title} ({}).",
            first.reference,
            quoted(&first.text)
        )
    } else {
        format!(
            "No action takes up {} of the {} open areas for development of {title}: {}.",
            none.len(),
            open.len(),
            listed(&names)
        )
    };
    let place = Place::plan(plan.id, &plan.inspection.code, first.address.clone());
    Some(place.finding("areas_mapped", Severity::Fault, sentence, &format!("none/{}", names.join(","))))
}

fn twice(look: &Look<'_>, plan: &Plan<'_>, open: &[&AreaFact]) -> Option<Finding> {
    let many: Vec<&AreaFact> = open.iter().copied().filter(|area| area.actions.len() > 1).collect();
    let first = many.first()?;
    let action = |(id, number): &(journal::Id, String)| {
        let code = look.item(id).map_or("", |item| item.code.as_str());
        if code == plan.inspection.code {
            number.clone()
        } else {
            format!("{code} {number}").trim().to_owned()
        }
    };
    let each: Vec<String> = many
        .iter()
        .map(|area| {
            let actions: Vec<String> = area.actions.iter().map(action).collect();
            format!("area {} by actions {}", area.reference, listed(&actions))
        })
        .collect();
    let sentence = format!(
        "More than one action takes up the same area for development of {}: {}. Say which is to be counted.",
        plan.inspection.title,
        each.join("; ")
    );
    let place = Place::plan(plan.id, &plan.inspection.code, first.address.clone());
    Some(place.finding("areas_mapped", Severity::Warning, sentence, &format!("twice/{}", each.join(";"))))
}

fn full_stop(sentence: &str) -> String {
    let sentence = sentence.trim();
    if sentence.ends_with(['.', '!', '?']) { sentence.to_owned() } else { format!("{sentence}.") }
}
