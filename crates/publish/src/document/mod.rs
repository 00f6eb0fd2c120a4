//! One document tree, free of any format.
//!
//! The shape is that of the authority's committee papers: a cover (Meeting, Date, Location, Title of paper,
//! Presented by, Recommendation to members, Appendix attached), PURPOSE, numbered sections with numbered
//! paragraphs, RECOMMENDATIONS and appendices. Real papers lost headings and flattened their tables on the way
//! to the web ("tables are not available as accessible content"), so what the tree cannot say cannot be lost:
//! a table always has a caption, column headings and whole rows, a heading always has its level, and a number
//! or a cross-reference is given by the tree and never typed.

mod check;
mod compose;
mod draft;
mod figure;
mod fill;
mod html;
mod links;
mod number;
mod pdf;
mod picture;
mod stored;
mod text;
mod words;

pub use check::Fault;
pub use draft::Draft;
pub use figure::{Figure, Mark as FigureMark, Place, Shape, Stroke};
pub use html::html;
pub use pdf::{PdfError, Typesetter};

pub use text::{Part, text};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::ops::Deref;

/// A finished paper: its tree is numbered, its references resolve and its headings never skip a level.
///
/// Only [`Draft::finish`] and reading a stored paper make one, and both check the tree, so a rendition never
/// meets a broken one. It is stored as JSON with the number of its schema, and is read back for ever.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "stored::Stored", into = "stored::Stored")]
pub struct Document(Tree);

impl Deref for Document {
    type Target = Tree;

    fn deref(&self) -> &Tree {
        &self.0
    }
}

/// Everything a paper says, and nothing about how it looks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Tree {
    /// The title of the paper.
    pub title: String,
    /// The language of the paper, as `en-GB`.
    pub language: String,
    /// Who presents the paper; kept in the properties of the PDF.
    pub author: String,
    /// What the paper is about in one line; kept in the properties of the PDF.
    pub subject: String,
    /// The date of the meeting, or of the paper where there is none.
    pub date: Date,
    /// The protective marking, as `OFFICIAL`; also at the head of every printed page.
    pub classification: Option<String>,
    /// The last journal entry that the figures of this paper count.
    pub counted_at: Option<i64>,
    /// The lines of the cover, in the order of the authority's form.
    pub cover: Vec<CoverLine>,
    /// The paper itself.
    pub blocks: Vec<Block>,
}

/// One line of the cover: what it is, and what it says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CoverLine {
    /// "Meeting", "Presented by".
    pub label: String,
    /// "Policing Performance Committee".
    pub text: String,
}

/// One block of a paper.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Block {
    /// The heading of a section.
    Heading(Heading),
    /// A paragraph, numbered or not.
    Paragraph(Paragraph),
    /// Bullets or steps.
    List(List),
    /// A table.
    Table(Table),
    /// A chart, told in words as well.
    Figure(Figure),
    /// What follows starts on a new page of the PDF.
    PageBreak,
    /// Blocks on pages turned sideways: a wide table, usually an appendix.
    Landscape(Vec<Block>),
}

/// The heading of a section.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heading {
    /// 1 is a section, 2 a part of a section. The title of the paper stands above them all.
    pub level: u8,
    /// "1" or "Appendix A"; none for PURPOSE and RECOMMENDATIONS.
    pub number: Option<String>,
    /// The words of the heading, without its number.
    pub text: String,
    /// Where a link to this heading leads.
    pub anchor: String,
}

/// A paragraph. Those with a number can be cited ("paragraph 2.6") and have an anchor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paragraph {
    /// "2.6".
    pub number: Option<String>,
    /// Where a link to this paragraph leads.
    pub anchor: Option<String>,
    /// What it says.
    pub content: Content,
}

/// Bullets, or steps in their order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct List {
    /// Whether the items are numbered 1, 2, 3.
    pub ordered: bool,
    /// The items.
    pub items: Vec<Content>,
}

/// A table: a caption, column headings, and rows with a cell for each column. Cells are never merged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// "1", counted through the paper.
    pub number: String,
    /// What the table shows.
    pub caption: String,
    /// Where a link to this table leads.
    pub anchor: String,
    /// The columns.
    pub columns: Vec<Column>,
    /// Whether the first cell of a row names the row.
    pub row_headers: bool,
    /// The rows.
    pub rows: Vec<Row>,
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// What the column holds.
    pub heading: String,
    /// Where its cells line up.
    pub align: Align,
    /// How much of the width it takes, in proportion to the shares of the others.
    pub width_share: u16,
}

/// Where the cells of a column line up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Align {
    /// Words: at the start of the line.
    Start,
    /// Figures: at the end of the line.
    End,
}

/// A row of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// What can be cited, where the row can be: "R3".
    pub mark: Option<Mark>,
    /// One cell for each column.
    pub cells: Vec<Cell>,
}

/// The name by which a row is cited, and where a link to it leads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// Where a link to this row leads.
    pub anchor: String,
    /// How a reference names it.
    pub label: String,
}

/// A cell of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Cell(pub Vec<Passage>);

/// What a cell may hold: paragraphs and lists, never a heading or another table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Passage {
    /// A paragraph.
    Paragraph(Content),
    /// A list.
    List(List),
}

/// A run of words, some of them strong, linked or in another language.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Content(pub Vec<Inline>);

/// A piece of a paragraph.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Inline {
    /// Words.
    Text(String),
    /// Words that matter more.
    Strong(String),
    /// Words that lead elsewhere; they must make sense on their own.
    Link {
        /// The words.
        text: String,
        /// Where they lead: a whole address, because a printed paper has left the house.
        href: String,
    },
    /// A reference to something in this paper. Finishing the draft writes the words: "paragraph 2.6".
    Reference {
        /// The anchor of what is meant.
        to: String,
        /// The words, empty until the draft is finished.
        text: String,
    },
    /// Words in another language than the paper's.
    Foreign {
        /// The language, as `gd`.
        language: String,
        /// The words.
        text: String,
    },
}

/// One line of a list of contents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ContentsLine<'a> {
    /// The level of the heading.
    pub level: u8,
    /// "1" or "Appendix A".
    pub number: Option<&'a str>,
    /// The words of the heading.
    pub text: &'a str,
    /// Where the heading is.
    pub anchor: &'a str,
}

impl Document {
    /// The headings of the paper in their order, for a list of contents beside it.
    pub fn contents(&self) -> Vec<ContentsLine<'_>> {
        let mut lines = Vec::new();
        each_block(&self.blocks, &mut |block| {
            if let Block::Heading(Heading { level, number, text, anchor }) = block {
                lines.push(ContentsLine { level: *level, number: number.as_deref(), text, anchor });
            }
        });
        lines
    }

    /// The lines of the cover as every rendition prints them, with what the tree itself knows at the end.
    pub(crate) fn whole_cover(&self) -> Vec<CoverLine> {
        let own = [
            self.classification.as_ref().map(|marking| ("Classification", marking.clone())),
            self.counted_at.map(|entry| ("Figures counted at", words::entry(entry))),
        ];
        let own = own.into_iter().flatten().map(|(label, text)| CoverLine { label: label.into(), text });
        self.cover.iter().cloned().chain(own).collect()
    }
}

/// Visits every block in reading order, those on landscape pages too.
fn each_block<'a>(blocks: &'a [Block], visit: &mut impl FnMut(&'a Block)) {
    for block in blocks {
        visit(block);
        if let Block::Landscape(inner) = block {
            each_block(inner, visit);
        }
    }
}
