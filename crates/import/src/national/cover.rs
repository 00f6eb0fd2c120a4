//! The block at the top of a paper to a committee, and the summary table of its publications.

use super::paper::{Cover, PlanLink, SummaryRow};
use super::tables::SummaryColumns;
use super::words::{bare, join, plain};
use crate::place::ledger::{Ledger, NOWHERE, Row};
use crate::{Cell, TargetDate};

/// The labels of the block.
const LABELS: [&str; 8] = [
    "meeting",
    "date",
    "location",
    "title of paper",
    "presented by",
    "recommendation to members",
    "appendix attached",
    "agenda item",
];

fn label(row: &Row<'_>) -> Option<&'static str> {
    let (_, cell) = row.words().next()?;
    let words = if cell.text.len() > 80 { return None } else { bare(&plain(&cell.text)) };
    LABELS.into_iter().find(|label| *label == words)
}

/// Whether the rows are the cover: at least three labels that covers have, and most rows with one.
pub(crate) fn is_cover(rows: &[Row<'_>]) -> bool {
    let labelled = rows.iter().filter(|row| label(row).is_some()).count();
    labelled >= 3 && labelled * 2 >= rows.len()
}

/// Places the cover.
pub(crate) fn place(cover: &mut Cover, rows: &[Row<'_>], ledger: &mut Ledger<'_>) {
    for row in rows {
        let mut cells = row.words();
        let (Some(label), Some((number, cell))) = (label(row), cells.next()) else {
            for (number, _) in row.words() {
                let why = "This row of the cover has no label that covers have. Check whether its words are needed.";
                ledger.doubt(number, NOWHERE, why);
            }
            continue;
        };
        cover.at.get_or_insert_with(|| cell.at.clone());
        ledger.place(number, "Cover, label");
        let Some((number, cell)) = cells.next() else { continue };
        let words = plain(&cell.text);
        if label == "date" {
            cover.date = match TargetDate::read(&words) {
                _ if cell.date.is_some() => cell.date,
                Some(TargetDate::Day(day)) => Some(day),
                _ => {
                    let why = "The date of the meeting is no day. Give it as “16 September 2025”.";
                    ledger.doubt(number, NOWHERE, why);
                    None
                }
            };
        }
        let field = match label {
            "meeting" => &mut cover.meeting,
            "location" => &mut cover.location,
            "title of paper" => &mut cover.title,
            "presented by" => &mut cover.presented_by,
            "recommendation to members" => &mut cover.recommendation_to_members,
            "appendix attached" => &mut cover.appendix_attached,
            "agenda item" => &mut cover.agenda_item,
            _ => &mut None,
        };
        *field = Some(words);
        ledger.place(number, format!("Cover, {label}"));
        for (number, _) in cells {
            let why = "The cover gives this label a second value. Check which of them is needed.";
            ledger.doubt(number, NOWHERE, why);
        }
    }
}

/// Places one row of the summary table; a row without a publication goes on with the one above.
pub(crate) fn summary_row(
    summary: &mut Vec<SummaryRow>,
    columns: SummaryColumns,
    row: Row<'_>,
    ledger: &mut Ledger<'_>,
) {
    let named = row.words().find(|(_, cell)| cell.column == columns.publication);
    let Some((first, publication)) = named else { return goes_on(summary, columns, row, ledger) };
    let publication = (plain(&publication.text), publication.at.clone());
    if matches!(bare(&publication.0).as_str(), "total" | "totals" | "all") {
        for (number, _) in row.words() {
            let why =
                "This is a row of totals, which are counted and not kept. Compare them with the rows above.";
            ledger.doubt(number, NOWHERE, why);
        }
        return;
    }
    let mut kept = SummaryRow {
        publication: publication.0,
        closed: None,
        open: None,
        delayed: None,
        links: Vec::new(),
        at: publication.1,
    };
    let what = |field: &str| format!("Summary, {}, {field}", kept.publication);
    let places: Vec<String> = ["publication", "closed", "open", "delayed", "links"].map(what).to_vec();
    ledger.place(first, &*places[0]);
    for (number, cell) in row.words().filter(|(number, _)| *number != first) {
        let words = plain(&cell.text);
        let (place, read) = if cell.column == columns.closed {
            kept.closed = count(&words);
            (&places[1], kept.closed.is_some())
        } else if cell.column == columns.open {
            let (open, delayed) = open(&words).unzip();
            kept.open = open;
            kept.delayed = kept.delayed.or(delayed.flatten());
            (&places[2], open.is_some())
        } else if Some(cell.column) == columns.delayed {
            kept.delayed = count(&words);
            (&places[3], kept.delayed.is_some())
        } else if Some(cell.column) == columns.links {
            let links = links(&words, None);
            let read = links.is_some();
            kept.links = links.unwrap_or_default();
            (&places[4], read)
        } else {
            ledger.doubt(number, NOWHERE, UNKNOWN);
            continue;
        };
        placed(ledger, number, place, read);
    }
    summary.push(kept);
}

const UNKNOWN: &str = "This column is not one that the summary has. Add these words where they belong.";

fn placed(ledger: &mut Ledger<'_>, number: usize, place: &str, read: bool) {
    if read {
        ledger.place(number, place);
    } else {
        ledger.doubt(
            number,
            NOWHERE,
            "This is not written as a figure or a link of the summary is. Add what it says yourself.",
        );
    }
}

/// The rest of a row that a page cut off: only links run over more than one line.
fn goes_on(summary: &mut [SummaryRow], columns: SummaryColumns, row: Row<'_>, ledger: &mut Ledger<'_>) {
    for (number, cell) in row.words() {
        let last = summary.last_mut().filter(|_| Some(cell.column) == columns.links);
        let area = last.as_ref().and_then(|last| last.links.last()).map(|link| link.area.clone());
        match (last, links(&plain(&cell.text), area.as_deref())) {
            (Some(last), Some(more)) => {
                ledger.place(number, format!("Summary, {}, links (continued)", last.publication));
                last.links.extend(more);
            }
            _ => ledger.doubt(
                number,
                NOWHERE,
                "This row of the summary names no publication. Add its words where they belong.",
            ),
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

/// The cells of a row that are in none of the columns, doubted; what is left is known.
pub(crate) fn beside(row: Row<'_>, known: &[u32], ledger: &mut Ledger<'_>) {
    let strange = |cell: &Cell| !known.contains(&cell.column);
    for (number, _) in row.words().filter(|(_, cell)| strange(cell)) {
        let why = "This column has no heading of such a table. Add these words where they belong.";
        ledger.doubt(number, NOWHERE, why);
    }
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
