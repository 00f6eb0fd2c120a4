//! A web page as a stream of tags and words, in one pass and in no more memory than the page itself.
//!
//! Not a whole HTML parser on purpose: html5ever compares each attribute of a tag with all before it (a 4 MB
//! tag costs hours) and its tree of four million tags costs gigabytes. A table needs only its tags.

use std::borrow::Cow;

use quick_xml::escape::resolve_html5_entity;

use super::words::windows_1252;

/// A piece of a page.
#[derive(Debug, PartialEq)]
pub(crate) enum Mark<'a> {
    /// A tag that opens: its name and the source of its attributes.
    Open(&'a str, &'a str),
    /// A tag that closes.
    Close(&'a str),
    /// Words, references not yet resolved.
    Words(&'a str),
}

/// The pieces of a page, in order.
pub(crate) struct Marks<'a> {
    rest: &'a str,
}

/// Elements whose contents are not words of the page.
const RAW: [&str; 7] = ["script", "style", "title", "textarea", "xmp", "iframe", "noframes"];

impl<'a> Marks<'a> {
    pub(crate) fn of(page: &'a str) -> Self {
        Self { rest: page }
    }

    fn take(&mut self, bytes: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at(bytes);
        self.rest = rest;
        taken
    }

    /// Passes over everything up to and with `end`, or over all.
    fn skip_to(&mut self, end: &str) {
        let bytes = self.rest.find(end).map_or(self.rest.len(), |at| at + end.len());
        self.take(bytes);
    }

    fn skip_raw(&mut self, name: &str) {
        loop {
            match self.rest.find("</") {
                None => break self.rest = "",
                Some(at) => {
                    let closing = self.rest.as_bytes()[at + 2..].get(..name.len());
                    if closing.is_some_and(|closing| closing.eq_ignore_ascii_case(name.as_bytes())) {
                        break self.rest = &self.rest[at..];
                    }
                    self.rest = &self.rest[at + 2..];
                }
            }
        }
    }
}

impl<'a> Iterator for Marks<'a> {
    type Item = Mark<'a>;

    fn next(&mut self) -> Option<Mark<'a>> {
        loop {
            if self.rest.is_empty() {
                return None;
            }
            let words = tag_start(self.rest).unwrap_or(self.rest.len());
            if words > 0 {
                return Some(Mark::Words(self.take(words)));
            }
            if self.rest.starts_with("<!--") {
                self.skip_to("-->");
            } else if self.rest.starts_with("<!") || self.rest.starts_with("<?") {
                self.skip_to(">");
            } else {
                let tag = self.take(tag_length(self.rest));
                let inside = tag.trim_start_matches('<').trim_end_matches(['>', '/']);
                let (closes, inside) =
                    inside.strip_prefix('/').map_or((false, inside), |inside| (true, inside));
                let end = inside
                    .find(|char: char| char.is_ascii_whitespace() || char == '/')
                    .unwrap_or(inside.len());
                let (name, attributes) = inside.split_at(end);
                if closes {
                    return Some(Mark::Close(name));
                }
                if RAW.iter().any(|raw| name.eq_ignore_ascii_case(raw)) {
                    self.skip_raw(name);
                }
                return Some(Mark::Open(name, attributes));
            }
        }
    }
}

/// Where the next tag, comment or declaration starts; a `<` before anything else is a word.
fn tag_start(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    (0..bytes.len()).find(|&at| {
        bytes[at] == b'<'
            && match bytes.get(at + 1) {
                Some(b'/') => bytes.get(at + 2).is_some_and(u8::is_ascii_alphabetic),
                Some(next) => next.is_ascii_alphabetic() || matches!(next, b'!' | b'?'),
                None => false,
            }
    })
}

/// How long the tag at the front is; a `>` in a quoted value does not end it.
fn tag_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut at = 1;
    let mut after_equals = false;
    while at < bytes.len() {
        match bytes[at] {
            b'>' => return at + 1,
            quote @ (b'"' | b'\'') if after_equals => {
                match bytes[at + 1..].iter().position(|byte| *byte == quote) {
                    Some(length) => at += length + 1,
                    // Never closed: then it is no quote.
                    None => after_equals = false,
                }
            }
            b'=' => after_equals = true,
            byte if byte.is_ascii_whitespace() => {}
            _ => after_equals = false,
        }
        if matches!(bytes[at], b'"' | b'\'') {
            after_equals = false;
        }
        at += 1;
    }
    bytes.len()
}

/// A number given as an attribute: `rowspan="2"`.
pub(crate) fn number(attributes: &str, name: &str) -> Option<u32> {
    let bytes = attributes.as_bytes();
    let at = bytes.windows(name.len()).position(|window| window.eq_ignore_ascii_case(name.as_bytes()))?;
    let value = attributes.get(at + name.len()..)?.trim_start().strip_prefix('=')?.trim_start();
    let value = value.trim_start_matches(['"', '\'']);
    let digits = value.bytes().take_while(u8::is_ascii_digit).count();
    value[..digits.min(9)].parse().ok()
}

/// Words with their references resolved and each run of white space made one space, as a browser shows them.
pub(crate) fn shown<'a>(words: &'a str, into: &mut String) {
    let mut rest: &'a str = words;
    while let Some(char) = rest.chars().next() {
        if char.is_ascii_whitespace() {
            if !into.ends_with([' ', '\n']) {
                into.push(' ');
            }
            rest = rest.trim_start_matches(|char: char| char.is_ascii_whitespace());
        } else if let Some((resolved, length)) = reference(rest) {
            into.push_str(&resolved);
            rest = &rest[length..];
        } else {
            into.push(char);
            rest = &rest[char.len_utf8()..];
        }
    }
}

/// The reference at the front, resolved, and its length.
fn reference(text: &str) -> Option<(Cow<'static, str>, usize)> {
    const LONGEST: usize = 34;
    if !text.starts_with('&') {
        return None;
    }
    let end = text.bytes().take(LONGEST).position(|byte| byte == b';')?;
    let name = &text[1..end];
    let resolved = match name.strip_prefix('#') {
        Some(number) => {
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16),
                None => number.parse(),
            };
            let char = match code.ok()? {
                0 => return None,
                // What Word writes as &#150; is a dash of Windows-1252.
                code @ 0x80..=0x9F => windows_1252(u8::try_from(code).ok()?),
                code => char::from_u32(code)?,
            };
            Cow::Owned(char.to_string())
        }
        None => Cow::Borrowed(resolve_html5_entity(name)?),
    };
    Some((resolved, end + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_tags_and_words() {
        let page = "<!DOCTYPE html><!-- <td> --><P class='a>b'>1 < 2<br/><script>if (a</b) '<td>'</SCRIPT>x</p ><![if !x]>";
        let marks: Vec<_> = Marks::of(page).collect();
        let expected = [
            Mark::Open("P", " class='a>b'"),
            Mark::Words("1 < 2"),
            Mark::Open("br", ""),
            Mark::Open("script", ""),
            Mark::Close("SCRIPT"),
            Mark::Words("x"),
            Mark::Close("p"),
        ];
        assert_eq!(marks, expected);
    }

    #[test]
    fn a_broken_page_comes_to_an_end() {
        for page in
            ["<", "</", "<a", "<a b='", "<a b=\"x><td>", "<!--", "<script>", "<script></", "</é>", "<a é>"]
        {
            assert!(Marks::of(page).count() < 4, "{page}");
        }
    }

    #[test]
    fn references_and_white_space_are_shown_as_in_a_browser() {
        let mut words = String::new();
        shown("a \n\t b&nbsp;&amp;&#8211;&#x2019;&#150; R&D &unknown; &#0; &eacute;", &mut words);
        assert_eq!(words, "a b\u{a0}&–’– R&D &unknown; &#0; é");
    }

    #[test]
    fn spans_are_read_from_attributes() {
        assert_eq!(number(" class=x ROWSPAN = \"3\"", "rowspan"), Some(3));
        assert_eq!(number(" rowspan=12>", "rowspan"), Some(12));
        assert_eq!(number(" rowspan='x'", "rowspan"), None);
        assert_eq!(number(" rowspan=99999999999", "rowspan"), Some(999_999_999));
        assert_eq!(number("", "rowspan"), None);
    }
}
