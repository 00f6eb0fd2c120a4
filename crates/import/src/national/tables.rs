//! The tables of a national paper, told by the words over their columns.

use super::words::{bare, plain};
use crate::Cell;

/// Which table of recommendations it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    /// "Recommendation | What we did and the impact"
    Closures,
    /// "Recommendation | What we are doing"
    Open,
}

/// The columns of a table of recommendations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Columns {
    pub(crate) kind: Kind,
    pub(crate) recommendation: u32,
    pub(crate) words: u32,
    /// Where the reference stands in a column of its own.
    pub(crate) reference: Option<u32>,
    /// Where the target does.
    pub(crate) target: Option<u32>,
}

impl Columns {
    /// The columns that the table has.
    pub(crate) fn all(self) -> impl Iterator<Item = u32> {
        [Some(self.recommendation), Some(self.words), self.reference, self.target].into_iter().flatten()
    }

    /// Whether a row begins in the column: with its reference, or with what is recommended.
    pub(crate) fn begins_in(self, column: u32) -> bool {
        column == self.recommendation || Some(column) == self.reference
    }
}

/// The columns of the summary table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct SummaryColumns {
    pub(crate) publication: u32,
    pub(crate) closed: u32,
    pub(crate) open: u32,
    pub(crate) delayed: Option<u32>,
    pub(crate) links: Option<u32>,
}

/// The words over a column of references.
const REFERENCE: [&str; 11] = [
    "ref",
    "ref no",
    "ref number",
    "reference",
    "reference no",
    "reference number",
    "rec",
    "rec no",
    "no",
    "number",
    "recommendation number",
];
/// The words over a column of targets.
const TARGET: [&str; 9] = [
    "target",
    "target date",
    "target for delivery",
    "target date for delivery",
    "revised target",
    "revised target date",
    "due",
    "due date",
    "delivery date",
];
/// A heading longer than this is a sentence.
const LONGEST_HEADING: usize = 120;

/// The words of the cells that have any, bare, by column; nothing where one is too long for a heading.
fn headings(row: &[Cell]) -> Option<Vec<(u32, String)>> {
    let cells = row.iter().filter(|cell| cell.has_words());
    cells
        .map(|cell| (cell.text.len() <= LONGEST_HEADING).then(|| (cell.column, bare(&plain(&cell.text)))))
        .collect()
}

/// The heading row of a table of recommendations that `row` is.
pub(crate) fn columns(row: &[Cell]) -> Option<Columns> {
    let headings = headings(row)?;
    let recommendation =
        headings.iter().find(|(_, words)| matches!(words.as_str(), "recommendation" | "recommendations"))?.0;
    let kind = |words: &str| {
        let starts = |beginnings: &[&str]| beginnings.iter().any(|beginning| words.starts_with(beginning));
        if starts(&["what we did", "what we have done", "what has been done", "what was done"]) {
            Some(Kind::Closures)
        } else if starts(&["what we are doing", "what we re doing", "what is being done"]) {
            Some(Kind::Open)
        } else {
            None
        }
    };
    let (words, kind) =
        headings.iter().find_map(|(column, words)| kind(words).map(|kind| (*column, kind)))?;
    let find = |known: &[&str]| {
        headings.iter().find(|(_, words)| known.contains(&words.as_str())).map(|(column, _)| *column)
    };
    Some(Columns { kind, recommendation, words, reference: find(&REFERENCE), target: find(&TARGET) })
}

/// The heading row of the summary table that `row` is.
pub(crate) fn summary_columns(row: &[Cell]) -> Option<SummaryColumns> {
    let headings = headings(row)?;
    let find = |known: &[&str]| {
        let begins = |words: &str| known.iter().any(|known| words.starts_with(known));
        headings.iter().find(|(_, words)| begins(words)).map(|(column, _)| *column)
    };
    Some(SummaryColumns {
        publication: find(&["publication", "inspection", "report"])?,
        closed: find(&["closed"])?,
        open: find(&["open"])?,
        delayed: find(&["delayed"]),
        links: find(&["business plan"]),
    })
}

/// Whether every cell of the row is short enough for a heading.
pub(crate) fn could_be_headings(row: &[Cell]) -> bool {
    headings(row).is_some()
}

/// The one cell that has words, where the row has only one.
pub(crate) fn only_cell(row: &[Cell]) -> Option<&Cell> {
    let mut words = row.iter().filter(|cell| cell.has_words());
    words.next().filter(|_| words.next().is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(cells: &[&str]) -> Vec<Cell> {
        let cell = |(column, text): (u32, &&str)| Cell {
            at: String::new(),
            column,
            text: (*text).to_owned(),
            date: None,
            merged_into: None,
        };
        (0..).zip(cells).map(cell).collect()
    }

    #[test]
    fn the_tables_are_told_by_their_headings() {
        let closures = columns(&row(&["<b>Recommendation</b>", "What we did and the impact"]));
        let bare =
            Columns { kind: Kind::Closures, recommendation: 0, words: 1, reference: None, target: None };
        assert_eq!(closures, Some(bare));
        let open = columns(&row(&["", "Recommendations", "What we’re doing:"]));
        assert_eq!(open, Some(Columns { kind: Kind::Open, recommendation: 1, words: 2, ..bare }));
        let wide = columns(&row(&["Ref.", "Recommendation", "Target date", "What we are doing"]));
        let expected =
            Columns { kind: Kind::Open, recommendation: 1, words: 3, reference: Some(0), target: Some(2) };
        assert_eq!(wide, Some(expected));
        assert_eq!(columns(&row(&["Recommendation", "Owner"])), None);
        assert_eq!(columns(&row(&["R1 Recommendation", "What we did"])), None);
        let summary = summary_columns(&row(&[
            "Publication",
            "Closed",
            "Open (Delayed)",
            "Business Plan Link (direct)",
        ]));
        let expected = SummaryColumns { publication: 0, closed: 1, open: 2, delayed: None, links: Some(3) };
        assert_eq!(summary, Some(expected));
        assert_eq!(summary_columns(&row(&["Publication", "Closed"])), None);
    }
}
