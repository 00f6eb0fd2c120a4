//! The tables of a Word paper: what the paper shows, so words that were struck out with "track changes" are
//! left out and words put in are read. A table in a table is a sheet of its own.

use std::collections::BTreeMap;

use journal::Refusal;

use super::check_depth;
use super::gather::{Gathering, Places, too_long};
use crate::archive::{Archive, Part};
use crate::xml::{Element, Mark};
use crate::{Sheet, limits};

pub(crate) fn read(archive: &mut Archive<'_>, main: &str) -> Result<Vec<Sheet>, Refusal> {
    let gathering = Gathering::new(Places::Tables);
    let mut paper = Paper {
        gathering,
        tables: Vec::new(),
        paragraph: String::new(),
        heading: None,
        is_heading: false,
        words: false,
    };
    archive.part(main, |part| paper.read(part))?;
    paper.gathering.finish()
}

/// A table that is open.
#[derive(Default)]
struct Open {
    sheet: usize,
    row: Option<u32>,
    column: u32,
    cell: Option<OpenCell>,
    /// Columns in which a vertical merge is open, and the row in which it began.
    merging: BTreeMap<u32, u32>,
}

struct OpenCell {
    words: String,
    span: u32,
    /// Whether it starts a vertical merge (`Some(true)`) or goes on with one.
    merge: Option<bool>,
}

struct Paper {
    gathering: Gathering,
    tables: Vec<Open>,
    /// The paragraph that is open outside tables, to know the heading over a table.
    paragraph: String,
    heading: Option<String>,
    is_heading: bool,
    /// Whether a run of words is open.
    words: bool,
}

/// Elements whose contents the paper does not show, or shows elsewhere.
const SKIPPED: [&str; 5] = ["del", "moveFrom", "Fallback", "instrText", "delText"];
/// Wider than any table.
const WIDEST: u32 = 1_000;

impl Paper {
    fn read(&mut self, part: &mut Part<'_, '_>) -> Result<(), Refusal> {
        let mut skipping = 0_usize;
        loop {
            match part.next()? {
                Mark::Open(element) if SKIPPED.contains(&element.name()) => skipping += 1,
                Mark::Close(element) if SKIPPED.contains(&element.name()) => {
                    skipping = skipping.saturating_sub(1);
                }
                Mark::End => return self.end_paragraph(),
                Mark::Open(element) if skipping == 0 => self.open(&element)?,
                Mark::Close(element) if skipping == 0 => self.close(element.name())?,
                Mark::Words(words) if skipping == 0 && self.words => self.say(&words)?,
                _ => {}
            }
        }
    }

    fn say(&mut self, words: &str) -> Result<(), Refusal> {
        match self.tables.last_mut().map(|table| table.cell.as_mut()) {
            Some(Some(cell)) if cell.words.len() > limits::CELL_BYTES => return Err(too_long("one cell")),
            Some(Some(cell)) => cell.words.push_str(words),
            None if self.paragraph.len() > limits::CELL_BYTES => return Err(too_long("one paragraph")),
            None => self.paragraph.push_str(words),
            _ => {}
        }
        Ok(())
    }

    fn open(&mut self, element: &Element<'_>) -> Result<(), Refusal> {
        let number =
            |name: &str| element.value(name).and_then(|value| value.parse::<u32>().ok()).unwrap_or(0);
        match element.name() {
            "tbl" => {
                check_depth(self.tables.len() + 1)?;
                let sheet = self.gathering.open(None, self.heading.clone())?;
                self.tables.push(Open { sheet, ..Open::default() });
            }
            "tr" => {
                if let Some(table) = self.tables.last_mut() {
                    table.row = Some(table.row.map_or(0, |row| row + 1));
                    table.column = 0;
                }
            }
            "gridBefore" => self.in_table(|table| table.column = number("val").min(WIDEST)),
            "tc" => self
                .in_table(|table| table.cell = Some(OpenCell { words: String::new(), span: 1, merge: None })),
            "gridSpan" => self.in_cell(|cell| cell.span = number("val").clamp(1, WIDEST)),
            "vMerge" => {
                let restarts = element.value("val").as_deref() == Some("restart");
                self.in_cell(|cell| cell.merge = Some(restarts));
            }
            "p" if self.tables.is_empty() => {
                // A box in a paragraph has paragraphs of its own.
                self.end_paragraph()?;
                self.is_heading = false;
            }
            "pStyle" if self.tables.is_empty() => {
                let style = element.value("val").unwrap_or_default();
                self.is_heading = style.starts_with("Heading") || style.starts_with("Title");
            }
            "t" => self.words = true,
            "tab" => self.say("\t")?,
            "br" | "cr" => self.say("\n")?,
            "noBreakHyphen" => self.say("-")?,
            _ => {}
        }
        Ok(())
    }

    fn close(&mut self, name: &str) -> Result<(), Refusal> {
        match name {
            "tbl" => {
                self.tables.pop();
            }
            "tc" => self.end_cell()?,
            "p" if self.tables.is_empty() => {
                let said = self.is_heading && !self.paragraph.trim().is_empty();
                self.heading =
                    if said { Some(self.paragraph.trim().to_owned()) } else { self.heading.take() };
                self.end_paragraph()?;
            }
            "p" => self.in_cell(|cell| {
                if !cell.words.is_empty() {
                    cell.words.push('\n');
                }
            }),
            "t" => self.words = false,
            _ => {}
        }
        Ok(())
    }

    /// The paragraph outside tables ends.
    fn end_paragraph(&mut self) -> Result<(), Refusal> {
        let words = std::mem::take(&mut self.paragraph);
        self.gathering.prose(None, &words)
    }

    fn end_cell(&mut self) -> Result<(), Refusal> {
        let Some(table) = self.tables.last_mut() else { return Ok(()) };
        let Some(cell) = table.cell.take() else { return Ok(()) };
        let (sheet, row, column) = (table.sheet, table.row.unwrap_or(0), table.column);
        table.column = (column + cell.span).min(WIDEST);
        let began = match cell.merge {
            None => table.merging.remove(&column).and(None),
            Some(true) => table.merging.insert(column, row).and(None),
            Some(false) => table.merging.get(&column).copied(),
        };
        self.gathering.add(sheet, row, column, &cell.words, None)?;
        match began {
            Some(top) => self.gathering.cover_one(sheet, row, column, top),
            None => Ok(()),
        }
    }

    fn in_table(&mut self, change: impl FnOnce(&mut Open)) {
        if let Some(table) = self.tables.last_mut() {
            change(table);
        }
    }

    fn in_cell(&mut self, change: impl FnOnce(&mut OpenCell)) {
        self.in_table(|table| {
            if let Some(cell) = &mut table.cell {
                change(cell);
            }
        });
    }
}
