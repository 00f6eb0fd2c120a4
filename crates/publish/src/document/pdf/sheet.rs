//! A paper as the data that the template reads.

use super::columns;
use super::world::Fittings;
use crate::document::{
    Block, Cell, Content, CoverLine, Document, Figure, Inline, List, Passage, Row, Table,
    picture::{Look, svg},
    words,
};
use serde_json::{Value, json};

/// The width of a line, in points, on a portrait page and on a landscape one.
const PORTRAIT: f64 = 481.0;
const LANDSCAPE: f64 = 728.0;
/// The width of the labels of the cover, in points, as in the template.
const LABEL: f64 = 158.0;
/// What the number of a paragraph takes of its line, in points, as in the template.
const INDENT: f64 = 34.0;
/// The largest letters of all are those of the title.
const LARGEST: f64 = 2.1;

/// What a caption, headings and a first row take of a page beside the lines of the caption and of the headings,
/// and one more such line, in points: without so much they go to the next page together.
const ROOM: f64 = 60.0;
const LINE: f64 = 15.0;

/// A line on which eight of any letter fit, in points.
const WIDE: f64 = 100.0;

/// The data of one paper.
pub fn sheet(document: &Document, fittings: &Fittings) -> Value {
    let press = Press { fittings, line: PORTRAIT - INDENT };
    let (language, region) = document.language.split_once('-').unwrap_or((&document.language, ""));
    let cover = document.whole_cover();
    let line =
        |line: &CoverLine| [press.fit(&line.label, LABEL), press.fit(&line.text, PORTRAIT - LABEL - 16.0)];
    let cover: Vec<_> = cover.iter().map(line).collect();
    json!({
        "families": fittings.families(),
        "title": press.fit(&document.title, PORTRAIT / LARGEST),
        "language": language,
        "region": region,
        "author": document.author,
        "subject": document.subject,
        "date": [document.date.year(), i16::from(document.date.month()), i16::from(document.date.day())],
        "classification": document.classification.as_deref().map(|marking| press.print(marking)),
        "counted": document.counted_at.map(|seq| format!("Figures counted at {}", words::entry(seq))),
        "cover": cover,
        "blocks": press.blocks(&document.blocks),
    })
}

/// Prints words with the characters that the fonts have.
struct Press<'a> {
    fittings: &'a Fittings,
    /// The width of what is printed on, in points: a page, or a column.
    line: f64,
}

impl Press<'_> {
    fn blocks(&self, blocks: &[Block]) -> Vec<Value> {
        blocks.iter().map(|block| self.block(block)).collect()
    }

    fn block(&self, block: &Block) -> Value {
        match block {
            Block::Heading(heading) => json!({
                "is": "heading", "level": heading.level, "number": words::heading_number(heading),
                "text": self.fit(&heading.text, self.line / LARGEST), "anchor": heading.anchor,
            }),
            Block::Paragraph(paragraph) => json!({
                "is": "paragraph", "number": paragraph.number, "anchor": paragraph.anchor,
                "content": self.content(&paragraph.content),
            }),
            Block::List(list) => self.list(list),
            Block::Table(table) => self.table(table),
            Block::Figure(figure) => self.figure(figure),
            Block::PageBreak => json!({ "is": "page break" }),
            Block::Landscape(inner) => {
                let turned = Press { line: LANDSCAPE - INDENT, ..*self };
                json!({ "is": "landscape", "blocks": turned.blocks(inner) })
            }
        }
    }

    fn list(&self, list: &List) -> Value {
        let items: Vec<_> = list.items.iter().map(|item| self.content(item)).collect();
        json!({ "is": "list", "ordered": list.ordered, "items": items })
    }

    fn figure(&self, figure: &Figure) -> Value {
        let family = self.fittings.families().first().copied().unwrap_or_default();
        let caption = format!("{} {}", words::figure_number(figure), self.print(&figure.caption));
        json!({
            "is": "figure", "caption": caption, "anchor": figure.anchor,
            "alt": self.printable(&figure.description), "picture": svg(figure, Look::Print(family)),
        })
    }

    fn table(&self, table: &Table) -> Value {
        let widths = columns::widths(table, self.line + INDENT, self.fittings);
        let press = |width: &f64| Press { line: width - columns::EDGES, ..*self };
        let presses: Vec<_> = widths.iter().map(press).collect();
        let columns = || table.columns.iter().zip(&presses);
        let rows: Vec<_> = table.rows.iter().map(|row| row_of(row, &presses)).collect();
        let headings: Vec<_> = columns().map(|(column, press)| press.print(&column.heading)).collect();
        let caption = format!("{} {}", words::table_number(table), self.print(&table.caption));
        let heading = presses.iter().zip(&headings).map(|(press, heading)| press.lines_of(heading)).max();
        let above = self.lines_of(&caption) + heading.unwrap_or(1);
        json!({
            "is": "table", "caption": caption, "room": ROOM + LINE * f64::from(above),
            "anchor": table.anchor, "row_headers": names_its_rows(table), "rows": rows,
            "repeats": repeats(&headings), "headings": headings,
            "aligns": columns().map(|(column, _)| column.align).collect::<Vec<_>>(),
            "widths": widths,
        })
    }

    /// How many lines of print `text` takes, in bold.
    fn lines_of(&self, text: &str) -> u32 {
        let space = self.fittings.width(" ");
        let (lines, _) = text.split(' ').fold((1, 0.0), |(lines, used), word| {
            let width = self.fittings.width(word);
            if used > 0.0 && used + space + width > self.line {
                (lines + 1, width)
            } else {
                (lines, used + space + width)
            }
        });
        lines
    }

    fn cell(&self, cell: &Cell) -> Vec<Value> {
        let passage = |passage: &Passage| match passage {
            Passage::Paragraph(content) => json!({ "is": "paragraph", "content": self.content(content) }),
            Passage::List(list) => self.list(list),
        };
        cell.0.iter().map(passage).collect()
    }

    fn content(&self, content: &Content) -> Vec<Value> {
        let piece = |inline: &Inline| {
            let words = self.print(inline.words());
            match inline {
                Inline::Text(_) => json!(["text", words]),
                Inline::Strong(_) => json!(["strong", words]),
                Inline::Link { href, .. } => json!(["link", words, href]),
                Inline::Reference { to, .. } => json!(["reference", words, to]),
                Inline::Foreign { language, .. } => {
                    json!(["foreign", words, language.split('-').next().unwrap_or_default()])
                }
            }
        };
        content.0.iter().map(piece).collect()
    }

    /// The text with its unprintable characters as codes, and with places to break words that may not fit.
    fn print(&self, text: &str) -> String {
        self.fit(text, self.line)
    }

    fn fit(&self, text: &str, width: f64) -> String {
        let printable = self.printable(text);
        let words = printable.split(' ').map(|word| {
            if self.fittings.width(word) < width { word.to_owned() } else { breakable(word, width) }
        });
        words.collect::<Vec<_>>().join(" ")
    }

    fn printable(&self, text: &str) -> String {
        let mut printed = String::with_capacity(text.len());
        for character in text.chars() {
            match character {
                c if self.fittings.prints(c) => printed.push(c),
                // A hyphen or space that holds words together looks like the ordinary one.
                '\u{2010}' | '\u{2011}' => printed.push('-'),
                c if joins(c) => {}
                c => printed.extend(["[U+", &format!("{:04X}", u32::from(c)), "]"]),
            }
        }
        printed
    }
}

/// Whether the names of rows are headers in the PDF. In a table with one or two rows, or of a name and one cell,
/// there is nothing to tell apart, and checkers take so many headers over so little for a mistake.
fn names_its_rows(table: &Table) -> bool {
    let headers = table.columns.len() + table.rows.len();
    let cells = table.columns.len().saturating_sub(1) * table.rows.len();
    table.row_headers && cells >= headers
}

/// Whether the headings of a table that goes over pages are printed again on each.
///
/// There they are furniture that is not read out. A line of furniture with eight words, four of them in small
/// letters, is taken for prose that a reader would miss, so such a row of headings stands once. No table of a
/// committee's paper has one.
fn repeats(headings: &[String]) -> bool {
    const PROSE: usize = 8;
    const SMALL: usize = 4;
    let words: Vec<&str> = headings.iter().flat_map(|one| one.split_whitespace()).collect();
    let small = words.iter().filter(|word| word.trim_start_matches('(').starts_with(char::is_lowercase));
    words.len() < PROSE || small.count() < SMALL
}

/// Marks that only shape what stands before them; without a font for it they have nothing to shape.
fn joins(character: char) -> bool {
    matches!(character, '\u{200b}'..='\u{200d}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

fn row_of(row: &Row, presses: &[Press]) -> Value {
    let cells: Vec<_> = row.cells.iter().zip(presses).map(|(cell, press)| press.cell(cell)).collect();
    json!({ "anchor": row.mark.as_ref().map(|mark| &mark.anchor), "cells": cells })
}

/// A long word, such as an address, with a place to break after each of its marks and every few letters.
fn breakable(word: &str, width: f64) -> String {
    let mut broken = String::with_capacity(word.len() * 2);
    let (mut run, every) = (0, if width < WIDE { 2 } else { 8 });
    let mut characters = word.chars().peekable();
    while let Some(character) = characters.next() {
        broken.push(character);
        run += 1;
        let here =
            run >= every || matches!(character, '/' | '-' | '_' | '.' | '@' | '?' | '&' | '=' | ',' | ';');
        if here && characters.peek().is_some_and(|next| next.is_alphanumeric() || next.is_ascii()) {
            broken.push('\u{200b}');
            run = 0;
        }
    }
    broken
}

#[cfg(test)]
mod tests {
    use super::repeats;

    #[test]
    fn a_row_of_headings_that_reads_like_prose_stands_once() {
        let cases: [(&[&str], bool); 4] = [
            (&["Recommendation", "What we are doing"], true),
            (&["Publication", "Named", "Still to be met", "Without an action"], false),
            (&["Publication", "Made", "Closed", "Proposed", "Open (delayed)", "Business plan links"], true),
            (&["Was, on 1 June 2026", "Now, on 1 July 2026", "Open", "Risk Statement"], true),
        ];
        for (headings, expected) in cases {
            let headings: Vec<String> = headings.iter().map(|one| (*one).to_owned()).collect();
            assert_eq!(repeats(&headings), expected, "{headings:?}");
        }
    }
}
