//! The heading row: which column holds what, told by its words, in whatever order the columns stand.

use std::collections::{BTreeMap, BTreeSet};

use super::heading_words::WORDS;
use crate::Cell;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Column {
    Reference,
    Recommendation,
    RiskExposure,
    RiskStatement,
    ActionNumber,
    Action,
    Owner,
    ActionOwner,
    Impact,
    Target,
    FirstTarget,
    RevisedTarget,
    ActionTarget,
    Update,
    Status,
    ActionStatus,
}

/// A heading longer than this is a sentence.
const LONGEST: usize = 200;

/// What a heading says its column holds, and the title of the publication where that stands before it:
/// "Some Review August 2022 Recommendation".
pub(crate) fn column(heading: &str) -> Option<(Column, Option<String>)> {
    if heading.len() > LONGEST {
        return None;
    }
    if heading.trim() == "#" {
        return Some((Column::Reference, None));
    }
    let words = bare(heading);
    let without_brackets = bare(heading.split('(').next().unwrap_or_default());
    for words in [&words, &without_brackets] {
        if let Some((column, _)) = WORDS.iter().find(|(_, known)| known.contains(&words.as_str())) {
            return Some((*column, None));
        }
    }
    titled(heading).or_else(|| looser(&words).map(|column| (column, None)))
}

/// "Some Review August 2022 Recommendation": the last word is the heading, the others are the title.
fn titled(heading: &str) -> Option<(Column, Option<String>)> {
    let heading = heading.trim().trim_end_matches(|char: char| !char.is_alphanumeric());
    let (before, last) = heading.rsplit_once(char::is_whitespace)?;
    if !matches!(bare(last).as_str(), "recommendation" | "recommendations") {
        return None;
    }
    let title = before.trim_end_matches(|char: char| char.is_whitespace() || "-–—:|".contains(char));
    // "HMICS Recommendation" names who recommends, not a review.
    let is_title = title.split_whitespace().count() >= 3;
    Some((Column::Recommendation, is_title.then(|| title.trim().to_owned())))
}

/// Headings with a word more: "Progress update September 2023", "Revised target (if any)".
fn looser(words: &str) -> Option<Column> {
    let list: Vec<&str> = words.split(' ').collect();
    if list.len() > 6 || list.len() < 2 {
        return None;
    }
    let has = |wanted: &[&str]| wanted.iter().any(|word| list.contains(word));
    let dated = has(&["target", "date", "timescale", "deadline"]);
    if dated && has(&["revised", "extended"]) {
        Some(Column::RevisedTarget)
    } else if dated && has(&["initial", "original"]) {
        Some(Column::FirstTarget)
    } else if has(&["update", "updates"]) || list[0] == "progress" {
        Some(Column::Update)
    } else if list[0] == "target" || (has(&["due", "completion"]) && has(&["date"])) {
        Some(Column::Target)
    } else if list[list.len() - 1] == "owner" {
        Some(Column::Owner)
    } else if matches!(list[0], "action" | "actions") && has(&["taken", "planned", "required"]) {
        Some(Column::Action)
    } else {
        None
    }
}

fn bare(words: &str) -> String {
    let spaced: String = words.chars().map(|char| if char.is_alphanumeric() { char } else { ' ' }).collect();
    spaced.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// How many different columns the cells would head.
pub(crate) fn known<'a>(cells: impl Iterator<Item = &'a str>) -> usize {
    cells.filter_map(column).map(|(column, _)| column).collect::<BTreeSet<_>>().len()
}

/// A heading row that was found.
#[derive(Debug, Clone, Default)]
pub(crate) struct Headings {
    /// What each column holds.
    pub(crate) columns: BTreeMap<u32, Column>,
    /// The words over each column, known or not.
    pub(crate) words: BTreeMap<u32, String>,
    /// The title that stood in the heading.
    pub(crate) title: Option<String>,
}

impl Headings {
    /// The heading row that `row` is: it has a column of recommendations and at least one more, and most of its
    /// cells are headings.
    pub(crate) fn of(row: &[Cell]) -> Option<Self> {
        let mut headings = Self::default();
        for cell in row.iter().filter(|cell| cell.has_words()) {
            headings.words.insert(cell.column, cell.text.clone());
            let Some((column, title)) = column(&cell.text) else { continue };
            headings.title = headings.title.or(title);
            let again = headings.columns.values().any(|known| *known == column);
            if !again || column == Column::Update {
                headings.columns.insert(cell.column, column);
            }
        }
        let known = headings.columns.len();
        let found = headings.columns.values().any(|column| *column == Column::Recommendation);
        let others =
            headings.columns.values().filter(|it| !matches!(it, Column::Recommendation | Column::Reference));
        (found && others.count() > 0 && known * 2 >= headings.words.len()).then_some(headings)
    }

    /// Whether `row` is a second heading row that parts a column in two: "Target date" over "Initial" and
    /// "Revised". Then it is taken in.
    pub(crate) fn take_in(&mut self, row: &[Cell]) -> bool {
        let parts: Vec<(u32, Option<Column>)> = row
            .iter()
            .filter(|cell| cell.has_words())
            .map(|cell| (cell.column, column(&cell.text).map(|(column, _)| column)))
            .collect();
        let targets = |(_, column): &(u32, Option<Column>)| {
            matches!(column, Some(Column::FirstTarget | Column::RevisedTarget))
        };
        let is_second = !parts.is_empty() && parts.iter().all(targets);
        if is_second {
            for (at, column) in parts {
                self.columns.extend(column.map(|column| (at, column)));
                self.words
                    .extend(row.iter().filter(|cell| cell.column == at).map(|cell| (at, cell.text.clone())));
            }
        }
        is_second
    }
}

/// The headings that a person should look for, for a refusal.
pub(crate) const EXPECTED: &str = "“Recommendation” and at least one of “Risk exposure”, “Action to be taken”, “Owner”, \
     “Impact”, “Target date”, “Updates” or “Status”";

#[cfg(test)]
mod tests {
    use super::*;

    fn is(heading: &str) -> Option<Column> {
        column(heading).map(|(column, _)| column)
    }

    #[test]
    fn a_heading_is_known_by_its_words() {
        let cases = [
            ("Recommendation", Some(Column::Recommendation)),
            ("HMICS Recommendation", Some(Column::Recommendation)),
            ("RISK EXPOSURE", Some(Column::RiskExposure)),
            ("Action(s) to be taken", Some(Column::Action)),
            ("Target\nDate", Some(Column::Target)),
            ("Target date (month)", Some(Column::Target)),
            ("Initial target date", Some(Column::FirstTarget)),
            ("Revised target (if any)", Some(Column::RevisedTarget)),
            ("Progress update September 2023", Some(Column::Update)),
            ("Ref.", Some(Column::Reference)),
            ("#", Some(Column::Reference)),
            ("Action Owner", Some(Column::ActionOwner)),
            ("Business change owner", Some(Column::Owner)),
            ("Cost", None),
            ("The police should take the actions required by law and report them", None),
            ("", None),
        ];
        for (heading, expected) in cases {
            assert_eq!(is(heading), expected, "{heading}");
        }
    }

    #[test]
    fn the_title_may_stand_before_the_heading() {
        let (column, title) =
            column("Review of the Night Desk March 2021 - Recommendations").expect("a heading");
        assert_eq!(
            (column, title.as_deref()),
            (Column::Recommendation, Some("Review of the Night Desk March 2021"))
        );
    }
}
