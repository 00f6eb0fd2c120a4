//! What the list of areas for development shows in its parts: rows, figures, filters. Pure.

use journal::Id;
use serde::Serialize;
use web::Choice;

use super::{
    list::{Counts, Flag, Placed, Query},
    rules::{Area, Mapping},
};
use crate::{
    register::rules::{Item, Register},
    words::{day, thousands},
};

/// A figure above the list, and the list it counts.
#[derive(Debug)]
pub(super) struct Figure {
    pub address: String,
    pub number: String,
    pub words: &'static str,
    pub note: &'static str,
    pub alarm: bool,
}

/// One row of the list, and of the file.
#[derive(Debug, Serialize)]
pub struct Row {
    /// Its identity.
    pub id: String,
    /// Its page.
    #[serde(skip)]
    pub address: String,
    /// "CAM22-AFD6".
    pub label: String,
    /// Its number as printed.
    pub number: String,
    /// Its words.
    pub text: String,
    /// Its inspection.
    pub inspection: String,
    /// Its heading.
    pub heading: String,
    /// The recommendation it is printed under.
    pub printed_under: Option<String>,
    /// The actions that are to meet it.
    pub mappings: Vec<Mapped>,
    /// Open, and mapped to none.
    pub is_unmapped: bool,
    /// Mapped to more than one.
    pub is_mapped_twice: bool,
    /// Its state's tag.
    #[serde(skip)]
    pub state_tag: &'static str,
    /// Open or closed.
    pub state: &'static str,
    /// The day it was closed, in words.
    pub closed_on: String,
    /// Why it was closed.
    pub closed_reason: String,
}

/// An action that is to meet an area.
#[derive(Debug, Serialize)]
pub struct Mapped {
    /// Its recommendation's identity.
    pub recommendation_id: String,
    /// Its recommendation: "CAM22-R7".
    pub recommendation: String,
    /// Its number.
    pub action: String,
    /// Its words.
    pub text: String,
    /// Whether it is done.
    pub done: bool,
    /// The note.
    pub note: String,
    /// "Contested by …".
    pub contested_by: Option<String>,
    /// What they say.
    pub contested_words: String,
    /// How the last contest was settled.
    pub settled: String,
    /// What may be done to the mapping: address and words.
    #[serde(skip)]
    pub changes: Vec<(String, &'static str)>,
}

#[derive(Debug, Serialize)]
pub(super) struct OfInspection {
    #[serde(skip)]
    pub address: String,
    pub title: String,
    pub counts: Counts,
}

/// The rows that `query` means.
pub fn rows(register: &Register, areas: &[(Id, Area)], query: &Query) -> Vec<Row> {
    query.list(register, areas).into_iter().map(|placed| row(placed, query)).collect()
}

pub(super) fn row(placed: Placed<'_>, query: &Query) -> Row {
    let Placed { id, area, register } = placed;
    let suffix = if query.as_at.is_empty() { String::new() } else { format!("?as_at={}", query.as_at) };
    let (state_tag, state) = state(area);
    Row {
        id: id.to_string(),
        address: format!("/areas/{id}{suffix}"),
        label: placed.label(),
        number: area.number.clone(),
        text: area.text.clone(),
        inspection: register.inspection(&area.inspection).map_or_else(String::new, |one| one.title.clone()),
        heading: area.heading.clone(),
        printed_under: placed.printed_under().map(Item::label),
        mappings: area.mappings.iter().map(|mapping| mapped(register, mapping)).collect(),
        is_unmapped: area.is_unmapped(),
        is_mapped_twice: area.is_mapped_twice(),
        state_tag,
        state,
        closed_on: area.closed.as_ref().map_or_else(String::new, |closed| day(closed.on)),
        closed_reason: area.closed.as_ref().map_or_else(String::new, |closed| closed.reason.clone()),
    }
}

fn state(area: &Area) -> (&'static str, &'static str) {
    if area.closed.is_some() { ("discharged", "Closed") } else { ("open", "Open") }
}

fn mapped(register: &Register, mapping: &Mapping) -> Mapped {
    let item = register.item(&mapping.recommendation);
    let action = item.and_then(|item| item.actions.iter().find(|action| action.number == mapping.action));
    Mapped {
        recommendation_id: mapping.recommendation.to_string(),
        recommendation: item.map_or_else(String::new, Item::label),
        action: mapping.action.clone(),
        text: action.map_or_else(String::new, |action| action.text.clone()),
        done: action.is_some_and(|action| action.done_on.is_some()),
        note: mapping.note.clone(),
        contested_by: mapping.contest.as_ref().map(|contest| format!("Contested by {}", contest.by)),
        contested_words: mapping.contest.as_ref().map_or_else(String::new, |contest| contest.words.clone()),
        settled: mapping.settled.clone(),
        changes: Vec::new(),
    }
}

pub(super) fn figures(counts: &Counts, query: &Query) -> Vec<Figure> {
    let start =
        Query { inspection: query.inspection.clone(), as_at: query.as_at.clone(), ..Query::default() };
    let figure = |change: fn(&mut Query), number: usize, words, note, alarm: bool| Figure {
        address: start.address(change),
        number: thousands(number),
        words,
        note,
        alarm: alarm && number > 0,
    };
    vec![
        figure(|_| {}, counts.areas, "Areas for development", "as listed in the reports", false),
        figure(
            |query| query.flag = vec![Flag::Unmapped.as_str().to_owned()],
            counts.unmapped,
            "No action",
            "open, mapped to nothing",
            true,
        ),
        figure(
            |query| query.flag = vec![Flag::MappedTwice.as_str().to_owned()],
            counts.mapped_twice,
            "Mapped twice",
            "to more than one action",
            false,
        ),
        figure(
            |query| query.flag = vec![Flag::Contested.as_str().to_owned()],
            counts.contested,
            "Contested",
            "a post says it is not theirs",
            true,
        ),
        figure(
            |query| "closed".clone_into(&mut query.state),
            counts.closed,
            "Closed",
            "with the reason",
            false,
        ),
    ]
}

pub(super) fn flag_choice(flag: Flag, areas: &[(Id, Area)], query: &Query) -> Choice {
    let count = areas.iter().filter(|(_, area)| flag.holds(area)).count();
    let chosen = query.flag.iter().any(|word| word == flag.as_str());
    Choice { chosen, ..Choice::of(flag.as_str(), flag.words(), "\0") }.counting(count)
}

pub(super) fn inspections(register: &Register, areas: &[(Id, Area)], query: &Query) -> Vec<Choice> {
    let choice = |(id, one): &(Id, crate::inspection::rules::Inspection)| {
        let count = areas.iter().filter(|(_, area)| area.inspection == *id).count();
        let chosen = query.inspection.iter().any(|wanted| wanted == id.as_str());
        Choice { chosen, ..Choice::of(id.as_str(), &*one.title, "\0") }.counting(count)
    };
    register.inspections.iter().map(choice).collect()
}

/// One line for each inspection with areas, so that recommendations and areas can be held against the report.
pub(super) fn by_inspection(register: &Register, areas: &[(Id, Area)], query: &Query) -> Vec<OfInspection> {
    let of = |(id, one): &(Id, crate::inspection::rules::Inspection)| OfInspection {
        address: Query { as_at: query.as_at.clone(), ..Query::default() }
            .address(|query| query.inspection = vec![id.to_string()]),
        title: one.title.clone(),
        counts: Counts::of(
            register.of_inspection(id).count(),
            areas.iter().map(|(_, area)| area).filter(|area| area.inspection == *id),
        ),
    };
    register.inspections.iter().map(of).filter(|line| line.counts.areas > 0).collect()
}

/// How a form names an action: its recommendation and its number.
pub fn chosen(mapping: &Mapping) -> String {
    format!("{} {}", mapping.recommendation, mapping.action)
}
