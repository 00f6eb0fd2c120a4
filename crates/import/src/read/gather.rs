//! Gathers cells into sheets while a file is read, and stops at the limits.

use jiff::civil::Date;
use journal::Refusal;

use super::words::tidy;
use crate::kind::refuse;
use crate::{Cell, Line, Sheet, Unsure, limits};

/// How places are told.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Places {
    /// "Plan!C5"
    Workbook,
    /// "Table 1, row 3, column 2"
    Tables,
}

/// The sheets of one file, while they are read.
pub(crate) struct Gathering {
    places: Places,
    sheets: Vec<Gathered>,
    cells: usize,
    bytes: usize,
    merges: usize,
    /// Prose that no table has come after yet.
    prose: Vec<Line>,
    prose_lines: usize,
    prose_bytes: usize,
}

struct Gathered {
    name: String,
    heading: Option<String>,
    /// Rows by their number; mostly they come in order.
    rows: Vec<(u32, Vec<Cell>)>,
    merges: Vec<Merge>,
    notes: Vec<Unsure>,
    above: Vec<Line>,
}

/// A merged area, both ends included.
#[derive(Clone, Copy)]
pub(crate) struct Merge {
    pub(crate) top: u32,
    pub(crate) left: u32,
    pub(crate) bottom: u32,
}

impl Gathering {
    pub(crate) fn new(places: Places) -> Self {
        Self {
            places,
            sheets: Vec::new(),
            cells: 0,
            bytes: 0,
            merges: 0,
            prose: Vec::new(),
            prose_lines: 0,
            prose_bytes: 0,
        }
    }

    /// Opens a sheet; cells are added to it by the number returned.
    pub(crate) fn open(&mut self, name: Option<&str>, heading: Option<String>) -> Result<usize, Refusal> {
        if self.sheets.len() == limits::SHEETS {
            let what = if self.places == Places::Workbook { "sheets" } else { "tables" };
            return Err(too_many(limits::SHEETS, what));
        }
        let number = self.sheets.len() + 1;
        let name = name.map(|name| tidy(name).chars().take(limits::NAME_CHARS).collect());
        let name = name.unwrap_or_else(|| format!("Table {number}"));
        let heading = heading.and_then(|heading| shortened(&heading));
        let above = std::mem::take(&mut self.prose);
        let (rows, merges, notes) = (Vec::new(), Vec::new(), Vec::new());
        self.sheets.push(Gathered { name, heading, rows, merges, notes, above });
        Ok(number - 1)
    }

    /// The place of a cell of a sheet.
    pub(crate) fn at(&self, sheet: usize, row: u32, column: u32) -> String {
        at(self.places, &self.sheets[sheet].name, row, column)
    }

    /// Adds a cell; one without words is left out.
    pub(crate) fn add(
        &mut self,
        sheet: usize,
        row: u32,
        column: u32,
        words: &str,
        date: Option<Date>,
    ) -> Result<(), Refusal> {
        let text = tidy(words);
        if text.is_empty() {
            return Ok(());
        }
        self.bytes += text.len();
        if text.len() > limits::CELL_BYTES || self.bytes > limits::TEXT_BYTES {
            return Err(too_long(&self.at(sheet, row, column)));
        }
        let cell = Cell { at: self.at(sheet, row, column), column, text, date, merged_into: None };
        self.push(sheet, row, cell)
    }

    fn push(&mut self, sheet: usize, row: u32, cell: Cell) -> Result<(), Refusal> {
        self.cells += 1;
        if self.cells > limits::CELLS {
            return Err(too_many(limits::CELLS, "cells"));
        }
        let rows = &mut self.sheets[sheet].rows;
        let index = match rows.last() {
            Some((last, _)) if *last < row => Err(rows.len()),
            _ => rows.binary_search_by_key(&row, |(row, _)| *row),
        };
        match index {
            Ok(index) if rows[index].1.len() == limits::COLUMNS => {
                return Err(refuse(format!(
                    "has more than {} columns, at {}. Keep only the plan's table and import that.",
                    limits::COLUMNS,
                    cell.at
                )));
            }
            Ok(index) => rows[index].1.push(cell),
            Err(_) if rows.len() == limits::ROWS => return Err(too_many(limits::ROWS, "rows")),
            Err(index) => rows.insert(index, (row, vec![cell])),
        }
        Ok(())
    }

    /// Adds prose that stands outside tables; `line` is its number where lines are what a person can count.
    pub(crate) fn prose(&mut self, line: Option<usize>, words: &str) -> Result<(), Refusal> {
        let text = tidy(words);
        if text.is_empty() {
            return Ok(());
        }
        self.prose_lines += 1;
        self.prose_bytes += text.len();
        let at =
            line.map_or_else(|| format!("paragraph {}", self.prose_lines), |line| format!("line {line}"));
        if self.prose_lines > limits::PROSE_LINES {
            return Err(too_many(limits::PROSE_LINES, "lines of prose"));
        }
        if text.len() > limits::CELL_BYTES || self.prose_bytes > limits::PROSE_BYTES {
            return Err(too_long(&at));
        }
        self.prose.push(Line { at, text });
        Ok(())
    }

    /// Names a sheet by what stands over it.
    pub(crate) fn head(&mut self, sheet: usize, heading: &str) {
        self.sheets[sheet].heading = shortened(heading);
    }

    /// Marks one cell as covered by the merged cell that begins in the row `top`, unless it has words.
    pub(crate) fn cover_one(&mut self, sheet: usize, row: u32, column: u32, top: u32) -> Result<(), Refusal> {
        let has_words =
            |(last, cells): &(u32, Vec<Cell>)| *last == row && cells.iter().any(|it| it.column == column);
        if self.sheets[sheet].rows.last().is_some_and(has_words) {
            return Ok(());
        }
        let merged_into = Some(self.at(sheet, top, column));
        let at = self.at(sheet, row, column);
        self.push(sheet, row, Cell { at, column, text: String::new(), date: None, merged_into })
    }

    /// Adds a merged area.
    pub(crate) fn merge(&mut self, sheet: usize, merge: Merge) -> Result<(), Refusal> {
        self.merges += 1;
        if self.merges > limits::MERGES {
            return Err(too_many(limits::MERGES, "merged cells"));
        }
        if merge.bottom > merge.top {
            self.sheets[sheet].merges.push(merge);
        }
        Ok(())
    }

    /// Adds something that a reader of the draft should know about a sheet.
    pub(crate) fn note(&mut self, sheet: usize, at: String, text: &str, why: String) {
        self.sheets[sheet].notes.push(Unsure { at, text: text.to_owned(), why });
    }

    pub(crate) fn name(&self, sheet: usize) -> &str {
        &self.sheets[sheet].name
    }

    /// The sheets, with the cells that merged ones cover marked in every row that holds anything.
    pub(crate) fn finish(mut self) -> Result<Vec<Sheet>, Refusal> {
        for sheet in 0..self.sheets.len() {
            for merge in std::mem::take(&mut self.sheets[sheet].merges) {
                self.cover(sheet, merge)?;
            }
        }
        let finished = |sheet: Gathered| Sheet {
            name: sheet.name,
            heading: sheet.heading,
            notes: sheet.notes,
            rows: sheet.rows.into_iter().map(|(_, cells)| sorted(cells)).collect(),
            above: sheet.above,
            below: Vec::new(),
        };
        let mut sheets: Vec<Sheet> = self.sheets.into_iter().map(finished).collect();
        if let Some(last) = sheets.last_mut() {
            last.below = self.prose;
        }
        Ok(sheets)
    }

    fn cover(&mut self, sheet: usize, merge: Merge) -> Result<(), Refusal> {
        let into = self.at(sheet, merge.top, merge.left);
        let rows = &self.sheets[sheet].rows;
        let from = rows.partition_point(|(row, _)| *row <= merge.top);
        let to = rows.partition_point(|(row, _)| *row <= merge.bottom);
        for index in from..to {
            let (row, cells) = &self.sheets[sheet].rows[index];
            if cells.iter().any(|cell| cell.column == merge.left) {
                continue;
            }
            let row = *row;
            let cell = Cell {
                at: self.at(sheet, row, merge.left),
                column: merge.left,
                text: String::new(),
                date: None,
                merged_into: Some(into.clone()),
            };
            self.push(sheet, row, cell)?;
        }
        Ok(())
    }
}

/// A heading, not a chapter.
fn shortened(heading: &str) -> Option<String> {
    let heading: String = tidy(heading).chars().take(limits::HEADING_CHARS).collect();
    Some(heading).filter(|heading| !heading.is_empty())
}

fn sorted(mut cells: Vec<Cell>) -> Vec<Cell> {
    cells.sort_by_key(|cell| cell.column);
    cells
}

/// A refusal of more words than a plan can have.
pub(crate) fn too_long(at: &str) -> Refusal {
    refuse(format!(
        "has more words than a plan can have, at {at}. Keep only the plan's table and import that."
    ))
}

/// A refusal of more of something than a plan can have.
pub(crate) fn too_many(most: impl std::fmt::Display, what: &str) -> Refusal {
    refuse(format!("has more than {most} {what}. Keep only the plan's table and import that."))
}

fn at(places: Places, sheet: &str, row: u32, column: u32) -> String {
    match places {
        Places::Workbook => format!("{sheet}!{}{}", letters(column), u64::from(row) + 1),
        Places::Tables => format!("{sheet}, row {}, column {}", u64::from(row) + 1, u64::from(column) + 1),
    }
}

/// The letters of a column: A, Z, AA, XFD.
fn letters(column: u32) -> String {
    let mut letters = Vec::new();
    let mut left = u64::from(column) + 1;
    while left > 0 {
        letters.push(char::from(b'A' + u8::try_from((left - 1) % 26).unwrap_or_default()));
        left = (left - 1) / 26;
    }
    letters.iter().rev().collect()
}
