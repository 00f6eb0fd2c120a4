//! Pleasant ways to make the parts of a paper.

use super::{Align, Cell, Column, Content, CoverLine, Inline, List, Mark, Paragraph, Passage, Row, Table};

impl Inline {
    /// Words.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// Words that matter more.
    pub fn strong(text: impl Into<String>) -> Self {
        Self::Strong(text.into())
    }

    /// Words that lead to a whole address.
    pub fn link(text: impl Into<String>, href: impl Into<String>) -> Self {
        Self::Link { text: text.into(), href: href.into() }
    }

    /// A reference to the heading, paragraph, table or row with this anchor.
    pub fn see(anchor: impl Into<String>) -> Self {
        Self::Reference { to: anchor.into(), text: String::new() }
    }

    /// Words in another language.
    pub fn foreign(language: impl Into<String>, text: impl Into<String>) -> Self {
        Self::Foreign { language: language.into(), text: text.into() }
    }

    /// The words, whatever they are.
    pub fn words(&self) -> &str {
        match self {
            Self::Text(text)
            | Self::Strong(text)
            | Self::Link { text, .. }
            | Self::Reference { text, .. }
            | Self::Foreign { text, .. } => text,
        }
    }

    pub(super) fn words_mut(&mut self) -> &mut String {
        match self {
            Self::Text(text)
            | Self::Strong(text)
            | Self::Link { text, .. }
            | Self::Reference { text, .. }
            | Self::Foreign { text, .. } => text,
        }
    }
}

impl Content {
    /// The words without their emphasis and links.
    pub fn words(&self) -> String {
        self.0.iter().map(Inline::words).collect()
    }
}

impl From<&str> for Content {
    fn from(text: &str) -> Self {
        Self(vec![Inline::text(text)])
    }
}

impl From<String> for Content {
    fn from(text: String) -> Self {
        Self(vec![Inline::Text(text)])
    }
}

impl From<Vec<Inline>> for Content {
    fn from(inlines: Vec<Inline>) -> Self {
        Self(inlines)
    }
}

impl<const N: usize> From<[Inline; N]> for Content {
    fn from(inlines: [Inline; N]) -> Self {
        Self(inlines.into())
    }
}

impl From<Inline> for Content {
    fn from(inline: Inline) -> Self {
        Self(vec![inline])
    }
}

impl List {
    /// Bullets.
    pub fn bullets(items: impl IntoIterator<Item = impl Into<Content>>) -> Self {
        Self { ordered: false, items: items.into_iter().map(Into::into).collect() }
    }

    /// Steps in their order.
    pub fn steps(items: impl IntoIterator<Item = impl Into<Content>>) -> Self {
        Self { ordered: true, ..Self::bullets(items) }
    }
}

impl Paragraph {
    /// A paragraph without a number.
    pub fn plain(content: impl Into<Content>) -> Self {
        Self { number: None, anchor: None, content: content.into() }
    }
}

impl Passage {
    /// A paragraph in a cell.
    pub fn paragraph(content: impl Into<Content>) -> Self {
        Self::Paragraph(content.into())
    }

    /// What a person typed into a box: a paragraph for each line, and a list for lines that begin with "- ".
    pub fn typed(text: &str) -> Vec<Self> {
        let mut passages = Vec::new();
        for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
            match (line.strip_prefix("- ").or_else(|| line.strip_prefix("• ")), passages.last_mut()) {
                (Some(item), Some(Self::List(list))) => list.items.push(item.into()),
                (Some(item), _) => passages.push(Self::List(List::bullets([item]))),
                (None, _) => passages.push(Self::paragraph(line)),
            }
        }
        passages
    }
}

impl Cell {
    /// What a person typed into a box, or these words where they typed nothing: an empty cell looks like a mistake.
    pub fn typed(text: &str, or_else: &str) -> Self {
        let passages = Passage::typed(text);
        if passages.is_empty() { Self::from(or_else) } else { Self(passages) }
    }

    /// The cell with one more passage below.
    #[must_use]
    pub fn and(mut self, passage: Passage) -> Self {
        self.0.push(passage);
        self
    }
}

impl<C: Into<Content>> From<C> for Cell {
    fn from(content: C) -> Self {
        Self(vec![Passage::paragraph(content)])
    }
}

impl From<List> for Cell {
    fn from(list: List) -> Self {
        Self(vec![Passage::List(list)])
    }
}

impl Column {
    /// A column of words.
    pub fn words(heading: impl Into<String>, width_share: u16) -> Self {
        Self { heading: heading.into(), align: Align::Start, width_share }
    }

    /// A column of figures.
    pub fn figures(heading: impl Into<String>, width_share: u16) -> Self {
        Self { heading: heading.into(), align: Align::End, width_share }
    }
}

impl Table {
    /// A table whose first column names its rows. The draft gives it its number.
    pub fn new(caption: impl Into<String>, columns: impl Into<Vec<Column>>) -> Self {
        Self {
            number: String::new(),
            caption: caption.into(),
            anchor: String::new(),
            columns: columns.into(),
            row_headers: true,
            rows: Vec::new(),
        }
    }

    /// The same table, whose first column does not name its rows.
    #[must_use]
    pub fn without_row_headers(mut self) -> Self {
        self.row_headers = false;
        self
    }

    /// The same table with an anchor of its own, so that it can be referred to.
    #[must_use]
    pub fn anchored(mut self, anchor: impl Into<String>) -> Self {
        self.anchor = anchor.into();
        self
    }

    /// Adds a row.
    pub fn push(&mut self, cells: impl Into<Vec<Cell>>) -> &mut Self {
        self.rows.push(Row { mark: None, cells: cells.into() });
        self
    }

    /// Adds a row that can be referred to: `label` is how a reference names it ("R3").
    pub fn push_marked(
        &mut self,
        anchor: impl Into<String>,
        label: impl Into<String>,
        cells: impl Into<Vec<Cell>>,
    ) -> &mut Self {
        let mark = Some(Mark { anchor: anchor.into(), label: label.into() });
        self.rows.push(Row { mark, cells: cells.into() });
        self
    }
}

impl CoverLine {
    /// A line of the cover.
    pub fn new(label: impl Into<String>, text: impl Into<String>) -> Self {
        Self { label: label.into(), text: text.into() }
    }
}

impl From<&str> for Inline {
    fn from(text: &str) -> Self {
        Self::text(text)
    }
}

impl From<String> for Inline {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}
