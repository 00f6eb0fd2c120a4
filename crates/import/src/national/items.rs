//! A recommendation as the tables have it, and how it is filed under its publication.

use super::paper::{Closed, OpenOne, Publication};
use super::tables::Kind;
use super::update;
use super::walk::Walk;
use crate::place::ledger::Number;

/// What a cell of a recommendation holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    Reference,
    Target,
    Text,
    MoreText,
    Words,
    MoreWords,
}

/// One recommendation and its cells, while the walk goes on.
pub(crate) struct Item {
    pub(crate) publication: usize,
    pub(crate) kind: Kind,
    pub(crate) reference: String,
    pub(crate) key: String,
    /// What is recommended.
    pub(crate) text: String,
    /// What was done, or is being done.
    pub(crate) words: String,
    /// What the column of targets says.
    pub(crate) target: String,
    pub(crate) at: String,
    pub(crate) cells: Vec<(Number, Part)>,
    /// The cells that may belong elsewhere.
    pub(crate) doubted: Vec<Number>,
}

impl Item {
    /// What a cell became: "Hate Crime, R6, recommendation".
    pub(crate) fn label(&self, publications: &[Publication], part: Part) -> String {
        let words = match self.kind {
            Kind::Closures => "what we did",
            Kind::Open => "what we are doing",
        };
        let part = match part {
            Part::Reference => "reference",
            Part::Target => "target",
            Part::Text => "recommendation",
            Part::MoreText => "recommendation (continued)",
            Part::Words => words,
            Part::MoreWords => return format!("{} (continued)", self.label(publications, Part::Words)),
        };
        format!("{}, {}, {part}", publications[self.publication].title, self.reference)
    }
}

/// Files each recommendation under its publication, and places its cells.
pub(crate) fn file(walk: &mut Walk<'_>) {
    for item in &walk.items {
        let label = |part: Part| item.label(&walk.publications, part);
        for (number, part) in &item.cells {
            let label = label(*part);
            if item.doubted.contains(number) {
                let why = format!(
                    "These words were taken to go on with {} above. Check that they do.",
                    item.reference
                );
                walk.ledger.doubt(*number, &label, why);
            } else {
                walk.ledger.place(*number, label);
            }
        }
        let Some((first, _)) = item.cells.first().copied() else { continue };
        if item.words.is_empty() {
            let why = format!(
                "{} says nothing of what was or is being done. Check whether the file lost it.",
                item.reference
            );
            walk.ledger.note(first, &item.at, &item.reference, why);
        }
        let words =
            item.cells.iter().find(|(_, part)| *part == Part::Words).map_or(first, |(number, _)| *number);
        if item.kind == Kind::Closures {
            walk.publications[item.publication].closed.push(closed(item));
        } else {
            let (open, doubts, of_target) = open(item);
            for why in doubts {
                walk.ledger.doubt(words, &label(Part::Words), why);
            }
            let target = item.cells.iter().find(|(_, part)| *part == Part::Target);
            if let (Some(why), Some((number, part))) = (of_target, target) {
                walk.ledger.doubt(*number, &label(*part), why);
            }
            walk.publications[item.publication].open.push(open);
        }
    }
}

fn closed(item: &Item) -> Closed {
    Closed {
        reference: item.reference.clone(),
        key: item.key.clone(),
        text: item.text.clone(),
        what_we_did: item.words.clone(),
        target_words: Some(item.target.clone()).filter(|target| !target.is_empty()),
        at: item.at.clone(),
    }
}

/// The recommendation, what is unsure about its update, and what about its own target.
fn open(item: &Item) -> (OpenOne, Vec<String>, Option<String>) {
    let mut said = update::read(&item.words);
    let of_target = said.takes_column(&item.target);
    let open = OpenOne {
        reference: item.reference.clone(),
        key: item.key.clone(),
        text: item.text.clone(),
        as_above: said.as_above(),
        initial_target: said.initial,
        revised_target: said.revised,
        target_words: Some(said.target_words.join(" ")).filter(|words| !words.is_empty()),
        update: said.update,
        risk: said.risk,
        at: item.at.clone(),
    };
    (open, said.doubts, of_target)
}
