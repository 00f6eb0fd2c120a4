//! What the tables of a paper say of a recommendation. Pure.

use plan::register::rules::Item;

use crate::document::{Cell, Content, Inline, Passage};

/// The recommendation's label and words.
pub(super) fn named(item: &Item) -> Cell {
    let mut passages = Passage::typed(&item.recommendation.text);
    passages.insert(0, Passage::paragraph(Inline::strong(item.label())));
    Cell(passages)
}

/// Its reference without its inspection's short name: "R3".
pub(super) fn reference(item: &Item) -> String {
    let label = item.label();
    label.strip_prefix(&format!("{}-", item.code)).unwrap_or(&label).to_owned()
}

/// "Risk: " and what it is.
pub(super) fn strong_then(strong: &str, words: &str) -> Passage {
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    Passage::paragraph(Content(vec![Inline::strong(strong), Inline::text(words)]))
}

/// The text, or what is said where there is none.
pub(super) fn or(text: &str, none: &str) -> String {
    if text.trim().is_empty() { none.to_owned() } else { text.to_owned() }
}

/// "What we did and the impact".
pub(super) fn what_we_did(item: &Item) -> Cell {
    let recommendation = &item.recommendation;
    let impact = or(&recommendation.impact_achieved, "not recorded.");
    Cell::typed(&recommendation.what_we_did, "Not recorded.").and(strong_then("Impact: ", &impact))
}
