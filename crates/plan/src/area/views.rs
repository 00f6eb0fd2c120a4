//! What the pages of areas for development show, made by plain functions.

use askama::Template;
use journal::Id;
use serde::Serialize;
use users::User;
use web::{Choice, Frame, Section};

use super::{
    list::{Counts, Flag, Placed, Query},
    rules::{Area, Mapping},
    shown::{
        Figure, Mapped, OfInspection, Row, by_inspection, chosen, figures, flag_choice, inspections, row,
        rows,
    },
};
use crate::{
    beside::pages::{Moment, as_at_words},
    register::rules::Register,
    words::counted,
};

/// The list's page.
#[derive(Debug, Template, Serialize)]
#[template(path = "area/list.html")]
pub struct ListPage {
    #[serde(skip)]
    frame: Frame,
    #[serde(skip)]
    crumbs: Vec<(String, String)>,
    lead: String,
    counts: Counts,
    #[serde(skip)]
    figures: Vec<Figure>,
    query: Query,
    #[serde(skip)]
    as_at_error: Option<String>,
    #[serde(skip)]
    flags: Vec<Choice>,
    #[serde(skip)]
    states: Vec<Choice>,
    #[serde(skip)]
    inspections: Vec<Choice>,
    #[serde(skip)]
    csv: String,
    #[serde(skip)]
    may_register: bool,
    #[serde(skip)]
    is_filtered: bool,
    found: usize,
    #[serde(skip)]
    found_words: String,
    #[serde(skip)]
    empty_words: &'static str,
    #[serde(rename = "areas")]
    rows: Vec<Row>,
    by_inspection: Vec<OfInspection>,
    entry: i64,
}

/// The page of `areas` that `query` means, for `who`.
pub fn list_page(
    register: &Register,
    areas: &[(Id, Area)],
    query: &Query,
    who: &User,
    as_at_error: Option<String>,
) -> ListPage {
    let rows = rows(register, areas, query);
    let among =
        |id: &Id| query.inspection.is_empty() || query.inspection.iter().any(|one| one == id.as_str());
    let counts = Counts::of(
        register.items.iter().filter(|item| among(&item.recommendation.inspection)).count(),
        areas.iter().map(|(_, area)| area).filter(|area| among(&area.inspection)),
    );
    let position = register.position;
    ListPage {
        frame: Frame::of("Areas for development", Section::Improvement)
            .seen_by(who.signed())
            .looking_back_to(as_at_words(position)),
        crumbs: vec![
            ("/recommendations".to_owned(), "Improvement".to_owned()),
            (String::new(), "Areas for development".to_owned()),
        ],
        lead: counts.words(),
        figures: figures(&counts, query),
        counts,
        flags: Flag::ALL.into_iter().map(|flag| flag_choice(flag, areas, query)).collect(),
        states: [("", "Open and closed"), ("open", "Open"), ("closed", "Closed")]
            .map(|(word, words)| Choice::of(word, words, &query.state))
            .into(),
        inspections: inspections(register, areas, query),
        csv: query.address(|_| {}).replacen("/areas", "/areas/export/csv", 1),
        may_register: who.may_do("plan.register") && !position.is_past,
        is_filtered: *query != Query { as_at: query.as_at.clone(), ..Query::default() },
        found: rows.len(),
        found_words: counted(rows.len(), "area for development", "areas for development"),
        empty_words: if areas.is_empty() {
            "There is no area for development in the register yet."
        } else {
            "No area for development fits these filters."
        },
        rows,
        by_inspection: by_inspection(register, areas, query),
        query: query.clone(),
        as_at_error,
        entry: position.seq,
    }
}

/// An area's page.
#[derive(Debug, Template, Serialize)]
#[template(path = "area/show.html")]
pub struct ShowPage {
    #[serde(skip)]
    frame: Frame,
    #[serde(skip)]
    crumbs: Vec<(String, String)>,
    id: String,
    #[serde(skip)]
    address: String,
    label: String,
    number: String,
    text: String,
    #[serde(skip)]
    state_tag: &'static str,
    state: &'static str,
    closed_on: String,
    closed_reason: String,
    inspection_id: String,
    inspection: String,
    heading: String,
    printed_under: Option<(String, String)>,
    mapped_words: String,
    mappings: Vec<Mapped>,
    is_unmapped: bool,
    #[serde(skip)]
    may_change: bool,
    #[serde(skip)]
    steps: Vec<(String, &'static str)>,
    history: Vec<Moment>,
    entry: i64,
}

/// What a page needs besides the area: its history, what may be done, and what was just done.
pub struct Around {
    /// Its history, newest first.
    pub history: Vec<Moment>,
    /// The forms that may be used.
    pub steps: Vec<(String, &'static str)>,
    /// The forms that change a mapping: their last word and what they are called on the page.
    pub mapping_steps: fn(&Mapping) -> Vec<(&'static str, &'static str, &'static str)>,
    /// What was just done.
    pub notice: Option<String>,
}

/// The page of one area, for `who`.
pub fn show_page(placed: Placed<'_>, who: &User, around: Around) -> ShowPage {
    let Placed { id, area, register } = placed;
    let row = row(placed, &Query::default());
    let open = area.closed.is_none() && !register.position.is_past;
    let mut mappings = row.mappings;
    for (shown, mapping) in mappings.iter_mut().zip(&area.mappings).filter(|_| open) {
        let offered = (around.mapping_steps)(mapping).into_iter();
        shown.changes = offered
            .filter(|(_, _, permission)| who.may_do(permission))
            .map(|(word, words, _)| {
                let chosen = serde_html_form::to_string([("action", chosen(mapping))]).unwrap_or_default();
                (format!("/areas/{id}/{word}?{chosen}"), words)
            })
            .collect();
    }
    ShowPage {
        frame: Frame::of(row.label.clone(), Section::Improvement)
            .seen_by(who.signed())
            .with_notice(around.notice)
            .looking_back_to(as_at_words(register.position)),
        crumbs: vec![
            ("/recommendations".to_owned(), "Improvement".to_owned()),
            ("/areas".to_owned(), "Areas for development".to_owned()),
            (String::new(), row.label.clone()),
        ],
        id: row.id,
        address: format!("/areas/{id}"),
        label: row.label,
        number: row.number,
        text: row.text,
        state_tag: row.state_tag,
        state: row.state,
        closed_on: row.closed_on,
        closed_reason: row.closed_reason,
        inspection_id: area.inspection.to_string(),
        inspection: row.inspection,
        heading: row.heading,
        printed_under: placed
            .printed_under()
            .map(|item| (format!("/recommendations/{}", item.id), item.label())),
        mapped_words: counted(mappings.len(), "action", "actions"),
        may_change: mappings.iter().any(|mapping| !mapping.changes.is_empty()),
        mappings,
        is_unmapped: row.is_unmapped,
        steps: around.steps,
        history: around.history,
        entry: register.position.seq,
    }
}
