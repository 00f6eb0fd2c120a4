//! What every finished paper is held to.

use super::{
    Block, Cell, Content, Document, Figure, Heading, Inline, List, Passage, Table, Tree, each_block,
};
use std::collections::BTreeSet;
use std::fmt;

/// Something that a paper must not be published with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Where it is, in words.
    pub place: String,
    /// What is wrong and what to do, as a sentence.
    pub reason: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}: {}", self.place, self.reason)
    }
}

impl std::error::Error for Fault {}

/// The faults of a stored paper, as one error.
#[derive(Debug)]
pub struct Faults(pub Vec<Fault>);

impl fmt::Display for Faults {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let faults: Vec<_> = self.0.iter().map(Fault::to_string).collect();
        out.write_str(&faults.join("; "))
    }
}

/// Makes a document of a tree that has no fault. Rules here are for ever: a stored paper must stay readable.
pub fn check(tree: Tree) -> Result<Document, Vec<Fault>> {
    let mut inspection = Inspection::default();
    inspection.particulars(&tree);
    each_block(&tree.blocks, &mut |block| inspection.anchors(block));
    each_block(&tree.blocks, &mut |block| inspection.block(block));
    if inspection.faults.is_empty() { Ok(Document(tree)) } else { Err(inspection.faults) }
}

#[derive(Default)]
struct Inspection<'a> {
    place: String,
    level: u8,
    anchors: BTreeSet<&'a str>,
    faults: Vec<Fault>,
}

impl<'a> Inspection<'a> {
    fn fault(&mut self, reason: impl Into<String>) {
        self.faults.push(Fault { place: self.place.clone(), reason: reason.into() });
    }

    fn demand(&mut self, holds: bool, reason: &str) {
        if !holds {
            self.fault(reason);
        }
    }

    fn particulars(&mut self, tree: &Tree) {
        self.place = "Cover".into();
        self.demand(!tree.title.is_empty(), "The paper needs a title.");
        self.language(&tree.language);
        for line in &tree.cover {
            self.demand(
                !line.label.is_empty() && !line.text.is_empty(),
                "A line of the cover needs a label and words.",
            );
        }
    }

    fn language(&mut self, language: &str) {
        let mut parts = language.split('-');
        let primary = parts.next().is_some_and(|part| {
            (2..=3).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_lowercase())
        });
        let region = parts
            .next()
            .is_none_or(|part| part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_uppercase()));
        self.demand(primary && region && parts.next().is_none(), "A language is written as en-GB or gd.");
    }

    fn anchors(&mut self, block: &'a Block) {
        match block {
            Block::Heading(heading) => self.anchor(&heading.anchor),
            Block::Paragraph(paragraph) => {
                // One without a number yet is its own fault, below.
                if let Some(anchor) = paragraph.anchor.as_ref().filter(|anchor| !anchor.is_empty()) {
                    self.anchor(anchor);
                }
            }
            Block::Table(table) => {
                self.anchor(&table.anchor);
                for mark in table.rows.iter().filter_map(|row| row.mark.as_ref()) {
                    self.anchor(&mark.anchor);
                }
            }
            Block::Figure(figure) => self.anchor(&figure.anchor),
            Block::List(_) | Block::PageBreak | Block::Landscape(_) => {}
        }
    }

    fn anchor(&mut self, anchor: &'a str) {
        let plain = anchor.starts_with(|first: char| first.is_ascii_lowercase())
            && anchor.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
        if !plain {
            self.fault(format!("The anchor “{anchor}” must be small letters, digits and hyphens."));
        }
        if !self.anchors.insert(anchor) {
            self.fault(format!("The anchor “{anchor}” is used twice."));
        }
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Heading(heading) => self.heading(heading),
            Block::Paragraph(paragraph) => {
                if paragraph.number.as_deref() == Some("") {
                    self.fault("A numbered paragraph must stand in a numbered section.");
                }
                self.content(&paragraph.content);
            }
            Block::List(list) => self.list(list),
            Block::Table(table) => self.table(table),
            Block::Figure(figure) => self.figure(figure),
            Block::PageBreak => {}
            Block::Landscape(blocks) => {
                let nested = blocks.iter().any(|block| matches!(block, Block::Landscape(_)));
                self.demand(
                    !nested && !blocks.is_empty(),
                    "Landscape pages hold blocks, and no other landscape pages.",
                );
            }
        }
    }

    fn heading(&mut self, heading: &Heading) {
        self.place = format!("Heading “{}”", heading.text);
        self.demand(!heading.text.is_empty(), "A heading needs words.");
        if heading.level == 0 || heading.level > 5 || heading.level > self.level + 1 {
            self.fault(format!(
                "A heading of level {} cannot follow one of level {}.",
                heading.level, self.level
            ));
        }
        self.level = heading.level;
    }

    fn table(&mut self, table: &Table) {
        let outer = std::mem::replace(&mut self.place, format!("Table {} “{}”", table.number, table.caption));
        self.demand(!table.caption.is_empty(), "A table needs a caption.");
        self.demand(!table.columns.is_empty(), "A table needs columns.");
        self.demand(
            !table.rows.is_empty(),
            "A table needs rows; say in a paragraph that there is nothing to show.",
        );
        for column in &table.columns {
            self.demand(!column.heading.is_empty(), "A column needs a heading.");
            self.demand(column.width_share > 0, "A column needs a share of the width.");
        }
        for row in &table.rows {
            self.demand(row.cells.len() == table.columns.len(), "A row needs one cell for each column.");
            self.demand(
                row.mark.as_ref().is_none_or(|mark| !mark.label.is_empty()),
                "A row's mark needs words.",
            );
            row.cells.iter().for_each(|cell| self.cell(cell));
        }
        self.place = outer;
    }

    fn figure(&mut self, figure: &Figure) {
        let outer =
            std::mem::replace(&mut self.place, format!("Figure {} “{}”", figure.number, figure.caption));
        self.demand(!figure.caption.is_empty(), "A figure needs a caption.");
        self.demand(!figure.description.is_empty(), "A figure needs words for whoever does not see it.");
        self.demand(figure.is_drawable(), "A figure needs a size, and every shape a place in it.");
        self.place = outer;
    }

    fn cell(&mut self, cell: &Cell) {
        self.demand(!cell.0.is_empty(), "An empty cell looks like a mistake: write “none” or “–”.");
        for passage in &cell.0 {
            match passage {
                Passage::Paragraph(content) => self.content(content),
                Passage::List(list) => self.list(list),
            }
        }
    }

    fn list(&mut self, list: &List) {
        self.demand(!list.items.is_empty(), "A list needs items.");
        list.items.iter().for_each(|item| self.content(item));
    }

    fn content(&mut self, content: &Content) {
        self.demand(!content.0.is_empty(), "There are no words here.");
        for inline in &content.0 {
            match inline {
                Inline::Text(_) | Inline::Strong(_) => {}
                Inline::Link { text, href } => {
                    self.demand(!text.trim().is_empty(), "A link needs words that make sense on their own.");
                    if !is_whole_address(href) {
                        self.fault(format!("The link “{text}” must lead to a whole address (https://…)."));
                    }
                }
                Inline::Reference { to, text } => {
                    if !self.anchors.contains(to.as_str()) || text.is_empty() {
                        self.fault(format!("A reference leads to “{to}”, which is not in this paper."));
                    }
                }
                Inline::Foreign { language, .. } => self.language(language),
            }
        }
    }
}

/// Whether an address makes sense on paper, and is no script.
fn is_whole_address(href: &str) -> bool {
    let known = ["https://", "http://", "mailto:", "tel:"]
        .iter()
        .any(|scheme| href.strip_prefix(scheme).is_some_and(|rest| !rest.is_empty()));
    known && href.bytes().all(|byte| byte.is_ascii_graphic() && !b"\"<>\\^`{|}".contains(&byte))
}
