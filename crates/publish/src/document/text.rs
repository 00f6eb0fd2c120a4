//! A paper as plain text, table by table: what every rendition must say.

use super::{Block, Cell, Content, Document, Heading, List, Passage, Table, words};
use std::fmt;

/// One part of the plain text of a paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// A title, heading, paragraph or item, with its number before it.
    Prose(String),
    /// A table, or the cover: its rows, the row of headings first. The caption is the prose before it.
    Table(Vec<Vec<String>>),
}

impl fmt::Display for Part {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Prose(text) => writeln!(out, "{text}"),
            Self::Table(rows) => rows.iter().try_for_each(|row| writeln!(out, "{}", row.join("\t"))),
        }
    }
}

/// The plain text of a paper.
pub fn text(document: &Document) -> Vec<Part> {
    let mut parts = vec![Part::Prose(document.title.clone())];
    let cover = document.whole_cover();
    if !cover.is_empty() {
        parts.push(Part::Table(cover.into_iter().map(|line| vec![line.label, line.text]).collect()));
    }
    blocks(&document.blocks, &mut parts);
    parts
}

fn blocks(blocks_: &[Block], parts: &mut Vec<Part>) {
    for block in blocks_ {
        match block {
            Block::Heading(heading) => parts.push(Part::Prose(heading_line(heading))),
            Block::Paragraph(paragraph) => {
                parts.push(Part::Prose(numbered(paragraph.number.as_deref(), &paragraph.content.words())));
            }
            Block::List(list) => parts.extend(list_lines(list).map(Part::Prose)),
            Block::Table(table) => {
                parts.push(Part::Prose(format!("{} {}", words::table_number(table), table.caption)));
                parts.push(Part::Table(grid(table)));
            }
            Block::Figure(figure) => {
                parts.push(Part::Prose(format!("{} {}", words::figure_number(figure), figure.caption)));
            }
            Block::PageBreak => {}
            Block::Landscape(inner) => blocks(inner, parts),
        }
    }
}

fn heading_line(heading: &Heading) -> String {
    numbered(words::heading_number(heading).as_deref(), &heading.text)
}

fn numbered(number: Option<&str>, text: &str) -> String {
    number.map_or_else(|| text.to_owned(), |number| format!("{number} {text}"))
}

fn list_lines(list: &List) -> impl Iterator<Item = String> {
    let line = |(position, item): (usize, &Content)| {
        let label = if list.ordered { format!("{}.", position + 1) } else { "•".into() };
        format!("{label} {}", item.words())
    };
    list.items.iter().enumerate().map(line)
}

fn grid(table: &Table) -> Vec<Vec<String>> {
    let headings = table.columns.iter().map(|column| column.heading.clone()).collect();
    let rows = table.rows.iter().map(|row| row.cells.iter().map(cell).collect());
    std::iter::once(headings).chain(rows).collect()
}

fn cell(cell: &Cell) -> String {
    let lines = cell.0.iter().flat_map(|passage| match passage {
        Passage::Paragraph(content) => vec![content.words()],
        Passage::List(list) => list_lines(list).collect(),
    });
    lines.collect::<Vec<_>>().join(" ")
}
