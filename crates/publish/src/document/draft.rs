//! A paper being composed.
//!
//! ```
//! use jiff::civil::date;
//! use publish::document::{Column, Draft, Inline, Table};
//!
//! let mut draft = Draft::new("HMICS improvement plans", date(2026, 11, 24)).cover("Meeting", "Performance Committee");
//! draft.heading("Purpose").paragraph("Members are invited to discuss the progress in this paper.");
//! draft.section("Background");
//! draft.point(["The delays are explained in ".into(), Inline::see("delays"), ".".into()]);
//! draft.section("Open recommendations");
//! draft.point_at("delays", "Two of the three wait for a partner.");
//! let mut counts = Table::new("Recommendations by inspection", [Column::words("Inspection", 3), Column::figures("Open", 1)]);
//! counts.push(["Hate crime".into(), "1".into()]);
//! draft.table(counts);
//! let paper = draft.finish().expect("this paper is whole");
//! assert!(publish::document::html(&paper).contains("paragraph 2.1"));
//! ```

use super::check::{self, Fault};
use super::{
    Block, Cell, Content, CoverLine, Document, Figure, Heading, List, Paragraph, Passage, Table, Tree, number,
};
use jiff::civil::Date;

/// A paper being composed. Numbers are given, and everything is checked, when it is finished.
#[derive(Clone, Debug)]
pub struct Draft(Tree);

impl Draft {
    /// A draft in British English.
    pub fn new(title: impl Into<String>, date: Date) -> Self {
        Self(Tree {
            title: title.into(),
            language: "en-GB".into(),
            author: String::new(),
            subject: String::new(),
            date,
            classification: None,
            counted_at: None,
            cover: Vec::new(),
            blocks: Vec::new(),
        })
    }

    /// Sets the language of the paper, as `gd`.
    #[must_use]
    pub fn language(mut self, language: impl Into<String>) -> Self {
        self.0.language = language.into();
        self
    }

    /// Sets who presents the paper.
    #[must_use]
    pub fn author(mut self, author: impl Into<String>) -> Self {
        self.0.author = author.into();
        self
    }

    /// Sets what the paper is about, in one line.
    #[must_use]
    pub fn subject(mut self, subject: impl Into<String>) -> Self {
        self.0.subject = subject.into();
        self
    }

    /// Sets the protective marking.
    #[must_use]
    pub fn classification(mut self, marking: impl Into<String>) -> Self {
        self.0.classification = Some(marking.into());
        self
    }

    /// Sets the last journal entry that the figures count.
    #[must_use]
    pub fn counted_at(mut self, entry: i64) -> Self {
        self.0.counted_at = Some(entry);
        self
    }

    /// Adds a line to the cover.
    #[must_use]
    pub fn cover(mut self, label: impl Into<String>, text: impl Into<String>) -> Self {
        self.0.cover.push(CoverLine::new(label, text));
        self
    }

    /// A section without a number: PURPOSE, RECOMMENDATIONS.
    pub fn heading(&mut self, text: impl Into<String>) -> &mut Self {
        self.head(1, None, "", text.into())
    }

    /// A part of a section, without a number.
    pub fn subheading(&mut self, text: impl Into<String>) -> &mut Self {
        self.head(2, None, "", text.into())
    }

    /// A heading without a number at a level of your own.
    pub fn heading_at_level(&mut self, level: u8, text: impl Into<String>) -> &mut Self {
        self.head(level, None, "", text.into())
    }

    /// A numbered section.
    pub fn section(&mut self, text: impl Into<String>) -> &mut Self {
        self.head(1, Some(number::SECTION), "", text.into())
    }

    /// A numbered section that can be referred to by this anchor.
    pub fn section_at(&mut self, anchor: &str, text: impl Into<String>) -> &mut Self {
        self.head(1, Some(number::SECTION), anchor, text.into())
    }

    /// An appendix, that can be referred to by this anchor.
    pub fn appendix(&mut self, anchor: &str, text: impl Into<String>) -> &mut Self {
        self.head(1, Some(number::APPENDIX), anchor, text.into())
    }

    /// A numbered paragraph.
    pub fn point(&mut self, content: impl Into<Content>) -> &mut Self {
        self.point_at("", content)
    }

    /// A numbered paragraph that can be referred to by this anchor.
    pub fn point_at(&mut self, anchor: &str, content: impl Into<Content>) -> &mut Self {
        let number = Some(number::POINT.into());
        let paragraph = Paragraph { number, anchor: Some(anchor.into()), content: content.into() };
        self.block(Block::Paragraph(paragraph))
    }

    /// A paragraph without a number.
    pub fn paragraph(&mut self, content: impl Into<Content>) -> &mut Self {
        self.block(Block::Paragraph(Paragraph::plain(content)))
    }

    /// What a person typed into a box: a paragraph for each line, and bullets for lines that begin with "- ".
    pub fn typed(&mut self, text: &str) -> &mut Self {
        for passage in Passage::typed(text) {
            match passage {
                Passage::Paragraph(content) => self.paragraph(content),
                Passage::List(list) => self.list(list),
            };
        }
        self
    }

    /// Bullets or steps.
    pub fn list(&mut self, list: List) -> &mut Self {
        self.block(Block::List(list))
    }

    /// Bullets.
    pub fn bullets(&mut self, items: impl IntoIterator<Item = impl Into<Content>>) -> &mut Self {
        self.list(List::bullets(items))
    }

    /// A table.
    pub fn table(&mut self, table: Table) -> &mut Self {
        self.block(Block::Table(table))
    }

    /// A figure.
    pub fn figure(&mut self, figure: Figure) -> &mut Self {
        self.block(Block::Figure(figure))
    }

    /// What follows starts on a new page.
    pub fn page_break(&mut self) -> &mut Self {
        self.block(Block::PageBreak)
    }

    /// What `compose` adds stands on pages turned sideways.
    pub fn landscape(&mut self, compose: impl FnOnce(&mut Self)) -> &mut Self {
        let before = std::mem::take(&mut self.0.blocks);
        compose(self);
        let turned = std::mem::replace(&mut self.0.blocks, before);
        self.block(Block::Landscape(turned))
    }

    /// Numbers the paper, writes its references and checks it.
    ///
    /// # Errors
    /// Every fault of the draft, in reading order.
    pub fn finish(mut self) -> Result<Document, Vec<Fault>> {
        number::number(&mut self.0);
        check::check(self.0)
    }

    fn head(&mut self, level: u8, number: Option<&str>, anchor: &str, text: String) -> &mut Self {
        let number = number.map(str::to_owned);
        self.block(Block::Heading(Heading { level, number, text, anchor: anchor.into() }))
    }

    fn block(&mut self, block: Block) -> &mut Self {
        self.0.blocks.push(block);
        self
    }
}

impl Cell {
    /// The words of the cell, passage after passage.
    pub fn words(&self) -> String {
        let words: Vec<_> = self.0.iter().map(Passage::words).collect();
        words.join(" ")
    }
}

impl Passage {
    /// The words of the passage.
    pub fn words(&self) -> String {
        match self {
            Self::Paragraph(content) => content.words(),
            Self::List(list) => list.items.iter().map(Content::words).collect::<Vec<_>>().join(" "),
        }
    }
}
