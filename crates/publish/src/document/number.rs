//! The numbering pass: it gives every section, paragraph, table and appendix its number and its anchor, tidies
//! the words, and writes what each cross-reference says. Nobody types a number, so none can be wrong: the papers
//! had a reference to "2.6 above" on a page without numbers.

use super::{
    Block, Cell, Content, Figure, Heading, Inline, List, Paragraph, Passage, Table, Tree, each_block, words,
};
use std::collections::{BTreeMap, BTreeSet};

/// In a draft: this section wants a number.
pub const SECTION: &str = "";
/// In a draft: this section is an appendix and wants a letter.
pub const APPENDIX: &str = "Appendix";
/// In a draft: this paragraph wants a number.
pub const POINT: &str = "";

/// Numbers a draft and writes its references. A reference to nothing is left without words, for the check to find.
pub fn number(tree: &mut Tree) {
    tidy_particulars(tree);
    let mut counters = Counters::default();
    walk(&mut tree.blocks, &mut |block| counters.number(block));
    let names = names(tree);
    walk(&mut tree.blocks, &mut |block| {
        each_content(block, &mut |content| {
            for inline in &mut content.0 {
                if let Inline::Reference { to, text } = inline {
                    *text = names.get(to).cloned().unwrap_or_default();
                }
            }
        });
    });
}

fn tidy_particulars(tree: &mut Tree) {
    for text in [&mut tree.title, &mut tree.author, &mut tree.subject] {
        trim(text);
    }
    tree.classification.as_mut().map(trim);
    for line in &mut tree.cover {
        trim(&mut line.label);
        trim(&mut line.text);
    }
}

#[derive(Default)]
struct Counters {
    /// The number of the section we are in, if it has one: "2" or "A".
    section: Option<String>,
    sections: u32,
    appendices: u8,
    points: u32,
    tables: u32,
    figures: u32,
    anchors: BTreeSet<String>,
}

impl Counters {
    fn number(&mut self, block: &mut Block) {
        match block {
            Block::Heading(heading) => self.heading(heading),
            Block::Paragraph(paragraph) => self.paragraph(paragraph),
            Block::Table(table) => self.table(table),
            Block::Figure(figure) => self.figure(figure),
            Block::List(_) | Block::PageBreak | Block::Landscape(_) => {}
        }
        each_content(block, &mut tidy_content);
    }

    fn heading(&mut self, heading: &mut Heading) {
        trim(&mut heading.text);
        if heading.level == 1 {
            self.points = 0;
            self.section = None;
        }
        match heading.number.as_deref() {
            Some(SECTION) => {
                self.sections += 1;
                self.section = Some(self.sections.to_string());
                heading.number.clone_from(&self.section);
            }
            Some(APPENDIX) => {
                let letter = char::from(b'A' + self.appendices.min(25));
                self.appendices += 1;
                self.section = Some(letter.into());
                heading.number = Some(format!("{APPENDIX} {letter}"));
            }
            _ => {}
        }
        let own = match heading.number.as_deref() {
            Some(number) if number.starts_with(APPENDIX) => slug(number),
            Some(number) => format!("section-{number}"),
            None => slug(&heading.text),
        };
        self.anchor(&mut heading.anchor, &own);
    }

    fn paragraph(&mut self, paragraph: &mut Paragraph) {
        let (Some(number), Some(anchor)) = (&mut paragraph.number, &mut paragraph.anchor) else { return };
        let Some(section) = &self.section else { return };
        self.points += 1;
        *number = format!("{section}.{}", self.points);
        let own = format!("paragraph-{}", slug(number));
        self.anchor(anchor, &own);
    }

    fn table(&mut self, table: &mut Table) {
        self.tables += 1;
        table.number = self.tables.to_string();
        trim(&mut table.caption);
        for column in &mut table.columns {
            trim(&mut column.heading);
        }
        let own = format!("table-{}", table.number);
        self.anchor(&mut table.anchor, &own);
        for mark in table.rows.iter_mut().filter_map(|row| row.mark.as_mut()) {
            trim(&mut mark.label);
            self.anchors.insert(mark.anchor.clone());
        }
    }

    fn figure(&mut self, figure: &mut Figure) {
        self.figures += 1;
        figure.number = self.figures.to_string();
        trim(&mut figure.caption);
        trim(&mut figure.description);
        let own = format!("figure-{}", figure.number);
        self.anchor(&mut figure.anchor, &own);
    }

    /// Keeps an anchor that was given, and gives `own` where none was, with a count behind it where it is taken.
    fn anchor(&mut self, anchor: &mut String, own: &str) {
        if anchor.is_empty() {
            own.clone_into(anchor);
            let mut count = 1;
            while self.anchors.contains(anchor) {
                count += 1;
                *anchor = format!("{own}-{count}");
            }
        }
        self.anchors.insert(anchor.clone());
    }
}

/// What a reference to each anchor says.
fn names(tree: &Tree) -> BTreeMap<String, String> {
    let mut names = BTreeMap::new();
    each_block(&tree.blocks, &mut |block| match block {
        Block::Heading(heading) => {
            let name = match heading.number.as_deref() {
                Some(number) if number.starts_with(APPENDIX) => number.to_owned(),
                Some(number) => format!("section {number}"),
                None => format!("“{}”", heading.text),
            };
            names.insert(heading.anchor.clone(), name);
        }
        Block::Paragraph(Paragraph { number: Some(number), anchor: Some(anchor), .. }) => {
            names.insert(anchor.clone(), format!("paragraph {number}"));
        }
        Block::Table(table) => {
            names.insert(table.anchor.clone(), format!("Table {}", table.number));
            for mark in table.rows.iter().filter_map(|row| row.mark.as_ref()) {
                names.insert(mark.anchor.clone(), format!("{} in Table {}", mark.label, table.number));
            }
        }
        Block::Figure(figure) => {
            names.insert(figure.anchor.clone(), format!("Figure {}", figure.number));
        }
        Block::Paragraph(_) | Block::List(_) | Block::PageBreak | Block::Landscape(_) => {}
    });
    names
}

pub(super) fn walk(blocks: &mut [Block], visit: &mut impl FnMut(&mut Block)) {
    for block in blocks {
        visit(block);
        if let Block::Landscape(inner) = block {
            walk(inner, visit);
        }
    }
}

pub(super) fn each_content(block: &mut Block, visit: &mut impl FnMut(&mut Content)) {
    match block {
        Block::Paragraph(paragraph) => visit(&mut paragraph.content),
        Block::List(List { items, .. }) => items.iter_mut().for_each(visit),
        Block::Table(table) => {
            for Cell(passages) in table.rows.iter_mut().flat_map(|row| &mut row.cells) {
                for passage in passages {
                    match passage {
                        Passage::Paragraph(content) => visit(content),
                        Passage::List(list) => list.items.iter_mut().for_each(&mut *visit),
                    }
                }
            }
        }
        Block::Heading(_) | Block::Figure(_) | Block::PageBreak | Block::Landscape(_) => {}
    }
}

/// Tidies a paragraph: no space at its ends, none doubled where its pieces meet, no piece without words.
fn tidy_content(content: &mut Content) {
    let mut after_space = true;
    for inline in &mut content.0 {
        let tidied = words::tidy(inline.words());
        let text = if after_space { tidied.trim_start_matches(' ') } else { &tidied };
        if matches!(inline, Inline::Reference { .. }) {
            // Its words come later.
            after_space = false;
        } else if !text.is_empty() {
            after_space = text.ends_with(' ');
        }
        text.clone_into(inline.words_mut());
    }
    content.0.retain(|inline| matches!(inline, Inline::Reference { .. }) || !inline.words().is_empty());
    if let Some(last) = content.0.last_mut() {
        let end = last.words().trim_end_matches(' ').len();
        last.words_mut().truncate(end);
        if end == 0 && !matches!(last, Inline::Reference { .. }) {
            content.0.pop();
        }
    }
}

fn trim(text: &mut String) {
    let tidied = words::tidy(text);
    tidied.trim_matches(' ').clone_into(text);
}

/// "Domestic abuse 2023" as "domestic-abuse-2023".
fn slug(text: &str) -> String {
    let mut slug = String::new();
    for character in text.chars() {
        if character.is_ascii_alphanumeric() {
            slug.push(character.to_ascii_lowercase());
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    let slug = slug.trim_end_matches('-');
    if slug.is_empty() { "part".into() } else { slug.into() }
}
