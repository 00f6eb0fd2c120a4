//! The tables of a web page, or of a workbook or paper saved as one. A table in a table is a sheet of its own.

use std::collections::BTreeMap;

use journal::Refusal;

use super::check_depth;
use super::gather::{Gathering, Merge, Places, too_many};
use super::html_marks::{Mark, Marks, number, shown};
use crate::{Sheet, limits};

/// A table that is open.
struct Open {
    sheet: usize,
    /// The row that is open, or the next one.
    row: u32,
    column: u32,
    /// The words of the cell that is open, and how far it spans.
    cell: Option<(String, u32, u32)>,
    /// Columns that a cell above spans into, and for how many more rows.
    spanned: BTreeMap<u32, u32>,
}

/// Tags that end no paragraph.
const INLINE: [&str; 16] = [
    "a", "abbr", "b", "code", "em", "font", "i", "mark", "s", "small", "span", "strong", "sub", "sup",
    "time", "u",
];

/// A row wider than this is no plan's.
const WIDEST: u32 = 200;

struct Page {
    gathering: Gathering,
    tables: Vec<Open>,
    /// The last heading or caption, and whether one is open.
    heading: String,
    in_heading: bool,
    /// The paragraph outside tables that is open.
    prose: String,
}

pub(crate) fn read(source: &str) -> Result<Vec<Sheet>, Refusal> {
    let gathering = Gathering::new(Places::Tables);
    let (tables, heading, prose) = (Vec::new(), String::new(), String::new());
    let mut page = Page { gathering, tables, heading, in_heading: false, prose };
    for mark in Marks::of(source) {
        match mark {
            Mark::Open(name, attributes) => page.open(&name.to_ascii_lowercase(), attributes)?,
            Mark::Close(name) => page.close(&name.to_ascii_lowercase())?,
            Mark::Words(words) => page.words(words)?,
        }
    }
    page.paragraph()?;
    while !page.tables.is_empty() {
        page.close("table")?;
    }
    page.gathering.finish()
}

impl Page {
    fn open(&mut self, name: &str, attributes: &str) -> Result<(), Refusal> {
        if !INLINE.contains(&name) {
            self.paragraph()?;
        }
        match name {
            "table" => {
                check_depth(self.tables.len() + 1)?;
                let heading = Some(self.heading.trim().to_owned()).filter(|heading| !heading.is_empty());
                let sheet = self.gathering.open(None, heading)?;
                let spanned = BTreeMap::new();
                self.tables.push(Open { sheet, row: 0, column: 0, cell: None, spanned });
            }
            "tr" => self.end_row()?,
            "td" | "th" => self.start_cell(attributes)?,
            "caption" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" if !self.in_cell() => {
                self.heading.clear();
                self.in_heading = true;
            }
            _ => self.line(name),
        }
        Ok(())
    }

    fn close(&mut self, name: &str) -> Result<(), Refusal> {
        if !INLINE.contains(&name) {
            self.paragraph()?;
        }
        match name {
            "table" => {
                self.end_row()?;
                self.tables.pop();
            }
            "tr" => self.end_row()?,
            "td" | "th" => self.end_cell()?,
            "caption" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" if !self.in_cell() => {
                self.in_heading = false;
                if let Some(table) = self.tables.last() {
                    self.gathering.head(table.sheet, &self.heading);
                }
            }
            _ => self.line(name),
        }
        Ok(())
    }

    fn in_cell(&self) -> bool {
        self.tables.last().is_some_and(|table| table.cell.is_some())
    }

    fn words(&mut self, words: &str) -> Result<(), Refusal> {
        match self.tables.last_mut() {
            Some(Open { cell: Some((cell, ..)), .. }) => shown(words, cell),
            _ if self.in_heading => shown(words, &mut self.heading),
            _ => {}
        }
        if self.tables.is_empty() {
            shown(words, &mut self.prose);
        }
        if self.prose.len() > limits::CELL_BYTES { self.paragraph() } else { Ok(()) }
    }

    /// The paragraph outside tables ends.
    fn paragraph(&mut self) -> Result<(), Refusal> {
        let words = std::mem::take(&mut self.prose);
        self.gathering.prose(None, &words)
    }

    /// Tags at which a browser begins a new line.
    fn line(&mut self, name: &str) {
        let breaks = matches!(
            name,
            "br" | "p"
                | "div"
                | "li"
                | "ul"
                | "ol"
                | "h1"
                | "h2"
                | "h3"
                | "h4"
                | "h5"
                | "h6"
                | "blockquote"
                | "dt"
                | "dd"
        );
        if let (true, Some((cell, ..))) =
            (breaks, self.tables.last_mut().and_then(|table| table.cell.as_mut()))
        {
            let kept = cell.trim_end_matches(' ').len();
            cell.truncate(kept);
            if !cell.is_empty() && (name == "br" || !cell.ends_with('\n')) {
                cell.push('\n');
            }
        }
    }

    fn start_cell(&mut self, attributes: &str) -> Result<(), Refusal> {
        self.end_cell()?;
        let Some(table) = self.tables.last_mut() else { return Ok(()) };
        while table.spanned.contains_key(&table.column) {
            table.column += 1;
        }
        let columns = number(attributes, "colspan").unwrap_or(1).clamp(1, WIDEST);
        // A span of 0 goes down to the end of the table.
        let rows = match number(attributes, "rowspan") {
            Some(0) => u32::from(u16::MAX),
            rows => rows.unwrap_or(1).min(u32::from(u16::MAX)),
        };
        table.cell = Some((String::new(), columns, rows));
        Ok(())
    }

    fn end_cell(&mut self) -> Result<(), Refusal> {
        let Some(table) = self.tables.last_mut() else { return Ok(()) };
        let Some((words, columns, rows)) = table.cell.take() else { return Ok(()) };
        let (sheet, row, column) = (table.sheet, table.row, table.column);
        table.column = (column + columns).min(WIDEST);
        if rows > 1 {
            table.spanned.extend((column..table.column).map(|column| (column, rows)));
        }
        self.gathering.add(sheet, row, column, &words, None)?;
        let bottom = row.saturating_add(rows - 1);
        if rows > 1 { self.gathering.merge(sheet, Merge { top: row, left: column, bottom }) } else { Ok(()) }
    }

    fn end_row(&mut self) -> Result<(), Refusal> {
        self.end_cell()?;
        let Some(table) = self.tables.last_mut() else { return Ok(()) };
        if table.column > 0 {
            table.row += 1;
            if table.row > limits::PAGE_ROWS {
                return Err(too_many(limits::PAGE_ROWS, "rows"));
            }
            table.column = 0;
            table.spanned.retain(|_, rows| {
                *rows -= 1;
                *rows > 0
            });
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(page: &str) -> Vec<Vec<Vec<String>>> {
        let rows = |sheet: Sheet| -> Vec<Vec<String>> {
            sheet
                .rows
                .into_iter()
                .map(|row| row.into_iter().map(|cell| format!("{}{}", cell.column, cell.text)).collect())
                .collect()
        };
        read(page).expect("read").into_iter().map(rows).collect()
    }

    #[test]
    fn a_table_is_read_with_its_spans() {
        let read = texts(
            "<h2>The <b>plan</b></h2><table><thead><tr><th colspan=2>A<th>B</thead>\
             <tr><td rowspan=2>1<td>x<td>y</tr><tr><td>z<td>w</table>",
        );
        // The "1" covers the first cell of the last row, which is marked and has no words.
        assert_eq!(read, [vec![vec!["0A", "2B"], vec!["01", "1x", "2y"], vec!["0", "1z", "2w"]]]);
    }

    #[test]
    fn the_heading_over_a_table_is_kept() {
        let read = super::read("<h2>The <b>plan</b></h2><p>Words<table><tr><td>A</table>").expect("read");
        assert_eq!(read[0].heading.as_deref(), Some("The plan"));
        let read = super::read("<table><caption>Said\nhere</caption><tr><td>A</table>").expect("read");
        assert_eq!(read[0].heading.as_deref(), Some("Said here"));
    }

    #[test]
    fn prose_is_kept_beside_the_tables() {
        let page = "<title>x</title><h2>2. <b>Closed</b></h2><ul><li>One &amp; all<li>Two</ul>\
                    <table>stray<tr><td>A<p>B</table>After<script>no</script>";
        let sheets = super::read(page).expect("read");
        let told = |lines: &[crate::Line]| -> Vec<String> {
            lines.iter().map(|line| format!("{}: {}", line.at, line.text)).collect()
        };
        assert_eq!(
            told(&sheets[0].above),
            ["paragraph 1: 2. Closed", "paragraph 2: One & all", "paragraph 3: Two"]
        );
        assert_eq!(told(&sheets[0].below), ["paragraph 4: After"]);
    }

    #[test]
    fn lines_in_a_cell_are_kept_and_a_table_in_a_cell_is_its_own() {
        let read =
            texts("<table><tr><td><p>one</p><p>two<br>three</p> <table><tr><td>inner</table>four</table>");
        assert_eq!(read, [vec![vec!["0one\ntwo\nthree\nfour"]], vec![vec!["0inner"]]]);
    }
}
