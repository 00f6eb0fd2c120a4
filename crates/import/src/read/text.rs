//! Text: CSV, or rows with tabs between their cells, which may stand in the middle of a whole pasted paper.
//!
//! A line with a tab begins or continues a table; a line without one continues it only while no blank line has
//! parted them. Everything else is prose and no cell; it is kept beside the tables, for the figures it may state.

use std::borrow::Cow;

use journal::Refusal;

use super::csv;
use super::gather::{Gathering, Places};
use crate::place::headings;
use crate::{Sheet, limits};

pub(crate) fn read(text: &str) -> Result<Vec<Sheet>, Refusal> {
    // The hint that Excel understands: "sep=;".
    let first = text.lines().next().unwrap_or_default();
    if let Some(hint) = first.trim().strip_prefix("sep=").filter(|hint| hint.len() == 1) {
        let rest = &text[first.len()..];
        return if hint == "\t" { tabs(rest) } else { csv::read(rest, hint.as_bytes()[0]) };
    }
    match separator(text) {
        b'\t' => tabs(text),
        separator => csv::read(text, separator),
    }
}

/// The separator under which some line reads most like a heading row; failing that, the one used most in the
/// first line that has any.
fn separator(text: &str) -> u8 {
    const LONGEST_HEADING_ROW: usize = 2_000;
    let mut best = (1, None);
    let lines = text.lines().filter(|line| !line.trim().is_empty()).take(limits::ROWS);
    for line in lines.filter(|line| line.len() <= LONGEST_HEADING_ROW) {
        for separator in ['\t', ';', ','] {
            let cells = line.split(separator).map(|cell| cell.trim_matches([' ', '"', '\u{feff}']));
            let known = if line.contains(separator) { headings::known(cells) } else { 0 };
            if known > best.0 {
                best = (known, Some(separator));
            }
        }
    }
    let counted = || {
        text.lines()
            .flat_map(|line| ['\t', ';', ','].into_iter().map(move |it| (line.matches(it).count(), it)))
            .find(|(count, _)| *count > 0)
            .map_or('\t', |(_, separator)| separator)
    };
    u8::try_from(best.1.unwrap_or_else(counted)).unwrap_or(b'\t')
}

/// A longer line is prose.
const LONGEST_TITLE: usize = 200;

fn tabs(text: &str) -> Result<Vec<Sheet>, Refusal> {
    let mut gathering = Gathering::new(Places::Tables);
    let mut rest = text;
    // The sheet that is open, and its next row.
    let mut open: Option<(usize, u32)> = None;
    // The line right above, which may be what the table is called.
    let mut above: Option<String> = None;
    let mut line = 0;
    while !rest.is_empty() {
        let (cells, after) = row(rest);
        let number = line + 1;
        line += rest[..rest.len() - after.len()].lines().count().max(1);
        rest = after;
        let blank = cells.iter().all(|(_, cell)| cell.trim().is_empty());
        let (sheet, row) = match open {
            // A row of tabs alone is a row of the table, though an empty one.
            Some(_) if blank && cells.len() == 1 => {
                open = None;
                continue;
            }
            Some(open) => open,
            None if cells.len() == 1 || blank => {
                let words = cells.first().map_or("", |(_, cell)| cell.trim());
                gathering.prose(Some(number), words)?;
                above = Some(words.to_owned()).filter(|words| (1..=LONGEST_TITLE).contains(&words.len()));
                continue;
            }
            None => (gathering.open(None, above.take())?, 0),
        };
        for (column, cell) in &cells {
            gathering.add(sheet, row, *column, cell, None)?;
        }
        open = Some((sheet, row + 1));
    }
    gathering.finish()
}

/// The cells of the first row of `text` with their columns, and the text after it. A spreadsheet quotes a cell that has a line end
/// or a tab in it; other quotation marks are the words' own.
fn row(text: &str) -> (Vec<(u32, Cow<'_, str>)>, &str) {
    let mut cells = Vec::new();
    let (mut filled, mut column) = (0, 0);
    let mut rest = text;
    loop {
        let (cell, after) = quoted(rest).unwrap_or_else(|| {
            let end = rest.find(['\t', '\n', '\r']).unwrap_or(rest.len());
            (Cow::Borrowed(&rest[..end]), &rest[end..])
        });
        let words = !cell.trim().is_empty();
        filled += usize::from(words);
        // One row of a million tabs would cost a million cells, of which the table's limits count none; and a row
        // with too many words is refused by the first that is too many.
        if (words && filled <= limits::COLUMNS + 1) || cells.len() <= limits::COLUMNS {
            cells.push((column, cell));
        }
        column += 1;
        match after.strip_prefix('\t') {
            Some(after) => rest = after,
            None => {
                return (
                    cells,
                    after.strip_prefix("\r\n").or_else(|| after.strip_prefix(['\r', '\n'])).unwrap_or(after),
                );
            }
        }
    }
}

/// A cell in quotes, its doubled quotes made single, when the closing quote ends the cell.
fn quoted(text: &str) -> Option<(Cow<'_, str>, &str)> {
    let inside = text.strip_prefix('"')?;
    let mut from = 0;
    loop {
        let quote = from + inside[from..].find('"')?;
        let after = &inside[quote + 1..];
        if after.starts_with('"') {
            from = quote + 2;
        } else if after.is_empty() || after.starts_with(['\t', '\n', '\r']) {
            return Some((inside[..quote].replace("\"\"", "\"").into(), after));
        } else {
            return None;
        }
        if from > limits::CELL_BYTES {
            return None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<Vec<Vec<String>>> {
        let rows = |sheet: Sheet| -> Vec<Vec<String>> {
            sheet.rows.into_iter().map(|row| row.into_iter().map(|cell| cell.text).collect()).collect()
        };
        read(text).expect("read").into_iter().map(rows).collect()
    }

    #[test]
    fn prose_around_a_table_is_no_cell() {
        let read = texts(
            "A paper, with commas, in it\n\nMore.\n\nRecommendation\tOwner\n1 - Act\tA chief\n\nThe end.",
        );
        assert_eq!(read, [[["Recommendation", "Owner"], ["1 - Act", "A chief"]]]);
    }

    #[test]
    fn prose_is_kept_beside_the_tables_with_its_lines() {
        let read = read(
            "A paper.\n\nRecommendation\tOwner\n\"1 - Act\nnow\"\tA\n\nBetween.\n\n2 - Ask\tB\n\nThe end.",
        );
        let sheets = read.expect("read");
        let told = |lines: &[crate::Line]| -> Vec<String> {
            lines.iter().map(|line| format!("{}: {}", line.at, line.text)).collect()
        };
        assert_eq!(told(&sheets[0].above), ["line 1: A paper."]);
        assert_eq!(told(&sheets[1].above), ["line 7: Between."]);
        assert_eq!(told(&sheets[1].below), ["line 11: The end."]);
    }

    #[test]
    fn a_line_right_below_a_row_is_not_lost() {
        let read = texts("Recommendation\tUpdates\n1 - Act\tBegun\nand going on\n\nProse\nProse");
        assert_eq!(
            read,
            [vec![vec!["Recommendation", "Updates"], vec!["1 - Act", "Begun"], vec!["and going on"]]]
        );
    }

    #[test]
    fn quotation_marks_are_taken_off_only_where_a_spreadsheet_put_them() {
        let read = texts("Recommendation\tOwner\n\"1 - Act\nnow \"\"please\"\"\"\t\"Gold\" command\n\"x\ty");
        assert_eq!(read[0][1], ["1 - Act\nnow \"please\"", "\"Gold\" command"]);
        assert_eq!(read[0][2], ["\"x", "y"]);
    }

    #[test]
    fn the_separator_is_the_one_that_makes_a_heading_row() {
        for text in [
            "Plan, of sorts, here\nRecommendation;Owner\n1 - Act, now;A",
            "Recommendation,Owner\n\"1 - Act, now\",A",
            "sep=;\nRecommendation;Owner\n1 - Act, now;A",
            "\"Recommendation\"\t\"Owner\"\r\n1 - Act, now\tA\r\n",
        ] {
            let read = texts(text);
            assert_eq!(read[0].last().expect("a row"), &["1 - Act, now", "A"], "{text}");
        }
    }
}
