//! The summary table: a row for each publication, and perhaps one of totals.

use super::paper::{PlanLink, SummaryRow};
use super::tables::SummaryColumns;
use super::words::{bare, join, plain};
use crate::place::ledger::{Ledger, NOWHERE, Number, Row};

/// The summary table as far as the walk has come.
#[derive(Default)]
pub(crate) struct Summary {
    /// Whether the paper has one.
    pub(crate) is_there: bool,
    /// Its rows, each with the cell with which it begins.
    pub(crate) rows: Vec<(SummaryRow, Number)>,
    /// Its row of totals.
    pub(crate) total: Option<(SummaryRow, Number)>,
}

const UNKNOWN: &str = "This column is not one that the summary has. Add these words where they belong.";
const UNREAD: &str =
    "This is not written as a figure or a link of the summary is. Add what it says yourself.";
const NO_NAME: &str = "This row of the summary names no publication. Add its words where they belong.";
const SECOND_TOTALS: &str =
    "This is a second row of totals, which was not kept. Compare it with the rows above.";

impl Summary {
    /// Places one row; a row without a publication goes on with the one above.
    pub(crate) fn place(&mut self, columns: SummaryColumns, row: Row<'_>, ledger: &mut Ledger<'_>) {
        let named = row.words().find(|(_, cell)| cell.column == columns.publication);
        let Some((first, cell)) = named else { return self.goes_on(columns, row, ledger) };
        let publication = plain(&cell.text);
        let is_total = is_total(&publication);
        if is_total && self.total.is_some() {
            return row.words().for_each(|(number, _)| ledger.doubt(number, NOWHERE, SECOND_TOTALS));
        }
        let label = if is_total { "Summary, total".to_owned() } else { format!("Summary, {publication}") };
        let mut kept = SummaryRow {
            publication,
            closed: None,
            open: None,
            delayed: None,
            links: Vec::new(),
            at: cell.at.clone(),
        };
        ledger.place(first, format!("{label}, {}", if is_total { "label" } else { "publication" }));
        for (number, cell) in row.words().filter(|(number, _)| *number != first) {
            match kept.read(columns, cell.column, &plain(&cell.text)) {
                Some((part, true)) => ledger.place(number, format!("{label}, {part}")),
                Some((_, false)) => ledger.doubt(number, NOWHERE, UNREAD),
                None => ledger.doubt(number, NOWHERE, UNKNOWN),
            }
        }
        if is_total {
            self.total = Some((kept, first));
        } else {
            self.rows.push((kept, first));
        }
    }

    /// The rest of a row that a page cut off: only links run over more than one line.
    fn goes_on(&mut self, columns: SummaryColumns, row: Row<'_>, ledger: &mut Ledger<'_>) {
        for (number, cell) in row.words() {
            let last = self.rows.last_mut().filter(|_| Some(cell.column) == columns.links);
            let area = last.as_ref().and_then(|(last, _)| last.links.last()).map(|link| link.area.clone());
            match (last, links(&plain(&cell.text), area.as_deref())) {
                (Some((last, _)), Some(more)) => {
                    ledger.place(number, format!("Summary, {}, links (continued)", last.publication));
                    last.links.extend(more);
                }
                _ => ledger.doubt(number, NOWHERE, NO_NAME),
            }
        }
    }
}

fn is_total(label: &str) -> bool {
    matches!(bare(label).as_str(), "total" | "totals" | "all" | "overall" | "overall total" | "grand total")
}

impl SummaryRow {
    /// Reads one cell: which part of the row it is and whether it could be read; nothing where the summary has no
    /// such column.
    fn read(&mut self, columns: SummaryColumns, column: u32, words: &str) -> Option<(&'static str, bool)> {
        if column == columns.closed {
            self.closed = count(words);
            Some(("closed", self.closed.is_some()))
        } else if column == columns.open {
            let (open, delayed) = open(words).unzip();
            self.open = open;
            self.delayed = self.delayed.or(delayed.flatten());
            Some(("open", open.is_some()))
        } else if Some(column) == columns.delayed {
            self.delayed = count(words);
            Some(("delayed", self.delayed.is_some()))
        } else if Some(column) == columns.links {
            let links = links(words, None);
            let is_read = links.is_some();
            self.links = links.unwrap_or_default();
            Some(("links", is_read))
        } else {
            None
        }
    }
}

fn count(words: &str) -> Option<u32> {
    let words = words.trim();
    (!words.is_empty() && words.bytes().all(|byte| byte.is_ascii_digit()))
        .then(|| words.parse().ok())
        .flatten()
}

/// "9 (9)", "1(1)", "10".
fn open(words: &str) -> Option<(u32, Option<u32>)> {
    match words.split_once('(') {
        None => count(words).map(|open| (open, None)),
        Some((open, delayed)) => {
            let delayed = delayed.trim_end().strip_suffix(')')?;
            count(open).zip(count(delayed)).map(|(open, delayed)| (open, Some(delayed)))
        }
    }
}

/// The milestones that words name: "Safer Communities 1.02 Supporting Victims 3.02, 3.13 & Less Crime 2.11".
fn links(words: &str, area: Option<&str>) -> Option<Vec<PlanLink>> {
    let mut links = Vec::new();
    if matches!(bare(words).as_str(), "none" | "n a" | "nil" | "no" | "") {
        return Some(links);
    }
    let mut area = area.unwrap_or_default().to_owned();
    let mut after_number = true;
    for word in words.split(|char: char| char.is_whitespace() || ",;&".contains(char)) {
        let is_number = word.starts_with(|char: char| char.is_ascii_digit())
            && word.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
        match word {
            "" | "and" => {}
            number if is_number => {
                if area.is_empty() {
                    return None;
                }
                links.push(PlanLink { area: area.clone(), number: number.trim_end_matches('.').to_owned() });
                after_number = true;
            }
            word => {
                if after_number {
                    area.clear();
                }
                join(&mut area, word);
                after_number = false;
            }
        }
    }
    after_number.then_some(links)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_read_as_the_summary_writes_them() {
        let cases = [
            ("9 (9)", Some((9, Some(9)))),
            ("1(1)", Some((1, Some(1)))),
            ("10", Some((10, None))),
            ("9 (", None),
            ("nine", None),
            ("-1", None),
            ("99999999999", None),
        ];
        for (words, expected) in cases {
            assert_eq!(open(words), expected, "{words}");
        }
    }

    #[test]
    fn links_are_milestones_each_with_its_area() {
        let told = |words: &str| {
            let links = links(words, None)?;
            Some(
                links
                    .iter()
                    .map(|link| format!("{} {}", link.area, link.number))
                    .collect::<Vec<_>>()
                    .join("; "),
            )
        };
        let cases = [
            ("Safer Communities 1.14", Some("Safer Communities 1.14")),
            (
                "Safer Nights 1.02 Calmer Days 3.02, 3.13 & Less Noise 2.11.",
                Some("Safer Nights 1.02; Calmer Days 3.02; Calmer Days 3.13; Less Noise 2.11"),
            ),
            ("None", Some("")),
            ("1.02", None),
            ("Safer Nights", None),
        ];
        for (words, expected) in cases {
            assert_eq!(told(words).as_deref(), expected, "{words}");
        }
        let more = links("3.17", Some("Calmer Days")).expect("links");
        assert_eq!(more[0].area, "Calmer Days");
    }
}
