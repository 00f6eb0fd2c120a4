//! Where the words of a paper lead.

use super::{Block, Content, Document, Inline, List, Passage, each_block};

impl Document {
    /// The words of every link out of the paper and where each leads, in reading order.
    pub fn links(&self) -> Vec<(&str, &str)> {
        let mut links = Vec::new();
        each_block(&self.blocks, &mut |block| match block {
            Block::Paragraph(paragraph) => take(&paragraph.content, &mut links),
            Block::List(list) => take_all(list, &mut links),
            Block::Table(table) => {
                let cells = table.rows.iter().flat_map(|row| &row.cells);
                for passage in cells.flat_map(|cell| &cell.0) {
                    match passage {
                        Passage::Paragraph(content) => take(content, &mut links),
                        Passage::List(list) => take_all(list, &mut links),
                    }
                }
            }
            Block::Heading(_) | Block::Figure(_) | Block::PageBreak | Block::Landscape(_) => {}
        });
        links
    }
}

fn take_all<'a>(list: &'a List, links: &mut Vec<(&'a str, &'a str)>) {
    list.items.iter().for_each(|item| take(item, links));
}

fn take<'a>(content: &'a Content, links: &mut Vec<(&'a str, &'a str)>) {
    links.extend(content.0.iter().filter_map(|inline| match inline {
        Inline::Link { text, href } => Some((text.as_str(), href.as_str())),
        _ => None,
    }));
}
