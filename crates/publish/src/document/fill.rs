//! Putting in what a stored paper does not keep: a name that may be erased, an address that may change.

use super::{
    Document, Inline,
    number::{each_content, walk},
};

impl Document {
    /// The paper with each `mark` replaced by its words: where the author or a line of the cover is the mark,
    /// and where an address begins with it. Nothing that a person wrote elsewhere is touched.
    #[must_use]
    pub fn filled(&self, marks: &[(&str, &str)]) -> Self {
        let mut filled = self.clone();
        let tree = &mut filled.0;
        for (mark, words) in marks {
            let particulars =
                std::iter::once(&mut tree.author).chain(tree.cover.iter_mut().map(|line| &mut line.text));
            particulars.filter(|text| text.as_str() == *mark).for_each(|text| (*words).clone_into(text));
        }
        walk(&mut tree.blocks, &mut |block| {
            each_content(block, &mut |content| {
                for inline in &mut content.0 {
                    if let Inline::Link { href, .. } = inline {
                        fill_address(href, marks);
                    }
                }
            });
        });
        filled
    }
}

fn fill_address(href: &mut String, marks: &[(&str, &str)]) {
    let filled = marks.iter().find_map(|(mark, words)| {
        href.strip_prefix(mark).filter(|rest| rest.starts_with('/')).map(|rest| format!("{words}{rest}"))
    });
    if let Some(filled) = filled {
        *href = filled;
    }
}
