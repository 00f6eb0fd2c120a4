//! What a file holds once its format is forgotten: sheets of rows of cells, each cell knowing where it stood.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::Unsure;

/// One sheet of a workbook, or one table of a paper, a page or a text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Sheet {
    /// The sheet's own name ("Plan"), or "Table 1" where tables have none.
    pub name: String,
    /// The heading or caption that stood over the table, where the file has such a thing.
    pub heading: Option<String>,
    /// The rows that hold anything, from the top; cells that hold nothing are left out.
    pub rows: Vec<Vec<Cell>>,
    /// What a reader of the draft should know about the sheet: that it or some of its rows were hidden.
    pub notes: Vec<Unsure>,
    /// The prose between the table before and this one; a workbook and CSV have none.
    #[serde(default)]
    pub above: Vec<Line>,
    /// The prose below the last table of the file.
    #[serde(default)]
    pub below: Vec<Line>,
}

/// One line or paragraph of prose: it is no cell, but a paper may state its figures there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Where it stood: "line 23" of a text, "paragraph 7" of a paper or page.
    pub at: String,
    /// Its words.
    pub text: String,
}

/// One cell: its words, and where they stood.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Cell {
    /// Where it stood, as a person would look for it: "Plan!C5" or "Table 1, row 3, column 2".
    pub at: String,
    /// Its column, counted from 0.
    pub column: u32,
    /// Its words; several lines are kept, parted by `\n`. A date cell has the ISO date.
    pub text: String,
    /// The day, where the file says that the cell is a date (never guessed from words).
    pub date: Option<Date>,
    /// Where the words of this cell stand, when it is covered by a merged cell; its own text is then empty.
    pub merged_into: Option<String>,
}

impl Cell {
    /// Whether the cell has words of its own.
    #[must_use]
    pub fn has_words(&self) -> bool {
        !self.text.is_empty()
    }
}
