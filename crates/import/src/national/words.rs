//! The words of a cell as the paper shows them: a flattened paper still has the tags of the page it was, and a
//! cell that a page cut in two stands in two rows.

use crate::read::html_marks::shown;

/// Tags at which a new line begins.
const LINES: [&str; 14] =
    ["p", "br", "li", "ul", "ol", "div", "h1", "h2", "h3", "h4", "h5", "h6", "dt", "dd"];
/// Tags that change how words look and nothing else.
const LOOKS: [&str; 10] = ["b", "strong", "i", "em", "u", "span", "sup", "sub", "font", "a"];

/// The words without tags: one line for each paragraph or item, and each run of white space made one space. What
/// only looks like a tag ("fewer than <5 calls") stays.
pub(crate) fn plain(words: &str) -> String {
    let mut shown_so_far = String::new();
    let mut tagged = false;
    let (mut from, mut at) = (0, 0);
    while let Some(found) = words[at..].find('<').map(|found| at + found) {
        if let Some((name, length)) = tag(&words[found..]) {
            said(&words[from..found], tagged, &mut shown_so_far);
            if LINES.iter().any(|line| name.eq_ignore_ascii_case(line)) {
                tagged = true;
                shown_so_far.push('\n');
            }
            at = found + length;
            from = at;
        } else {
            at = found + 1;
        }
    }
    said(&words[from..], tagged, &mut shown_so_far);
    let lines: Vec<&str> = shown_so_far.split('\n').map(str::trim).filter(|line| !line.is_empty()).collect();
    lines.join("\n")
}

/// Words between tags. Where paragraphs have tags, the line ends of the source mean nothing; where none has, they
/// part the paragraphs.
fn said(words: &str, tagged: bool, into: &mut String) {
    if tagged {
        return shown(words, into);
    }
    for (number, line) in words.split('\n').enumerate() {
        if number > 0 {
            into.push('\n');
        }
        shown(line, into);
    }
}

/// The name of the tag at the front and its length, where it is one that papers use and not a word in brackets.
fn tag(text: &str) -> Option<(&str, usize)> {
    const LONGEST: usize = 400;
    let inside = &text[1..];
    let inside = inside.strip_prefix('/').unwrap_or(inside);
    let name_length = inside.bytes().take(LONGEST).take_while(u8::is_ascii_alphanumeric).count();
    let (name, attributes) = inside.split_at(name_length);
    if !LINES.iter().chain(&LOOKS).any(|known| name.eq_ignore_ascii_case(known)) {
        return None;
    }
    let end = attributes.bytes().take(LONGEST).position(|byte| matches!(byte, b'<' | b'>'))?;
    let said = attributes[..end].trim().trim_end_matches('/');
    let is_tag = attributes[end..].starts_with('>') && (said.is_empty() || said.contains('='));
    is_tag.then(|| (name, text.len() - attributes.len() + end + 1))
}

/// Marks that may stand after the last stop of a sentence.
const CLOSING: [char; 7] = [')', ']', '"', '\'', '”', '’', '*'];

/// Whether the words come to an end, rather than being cut off in the middle of a sentence.
pub(crate) fn ended(words: &str) -> bool {
    words.trim_end_matches(CLOSING).ends_with(['.', '!', '?', '…'])
}

/// Joins the rest of a cell that was cut to the words above it.
pub(crate) fn join(above: &mut String, below: &str) {
    if above.is_empty() || below.is_empty() {
        // Nothing to part.
    } else if ended(above) || above.ends_with([':', ';']) {
        above.push('\n');
    } else if !above.ends_with('-') || above.ends_with(" -") {
        above.push(' ');
    }
    above.push_str(below);
}

/// Words in lower case with everything but letters and digits made one space.
pub(crate) fn bare(words: &str) -> String {
    let spaced: String = words.chars().map(|char| if char.is_alphanumeric() { char } else { ' ' }).collect();
    spaced.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The sentences of one line, each with the white space after it, so that together they are the line.
pub(crate) fn sentences(line: &str) -> Vec<&str> {
    let mut sentences = Vec::new();
    let mut from = 0;
    for (at, mark) in line.char_indices().filter(|(_, char)| matches!(char, '.' | '!' | '?')) {
        let after = &line[at + mark.len_utf8()..];
        let after_quotes = after.trim_start_matches(['"', '\'', '”', '’', ')']);
        let next = after_quotes.trim_start();
        let parted = next.len() < after_quotes.len();
        let begins = next.starts_with(|char: char| {
            char.is_uppercase() || char.is_ascii_digit() || "“\"'‘(".contains(char)
        });
        if parted && begins && !is_short(&line[from..at]) {
            let end = line.len() - next.len();
            sentences.push(&line[from..end]);
            from = end;
        }
    }
    if from < line.len() {
        sentences.push(&line[from..]);
    }
    sentences
}

/// Whether the stop ends a shortened month ("Sept. 2022") or the number of a paragraph ("3. Mandate"), not a
/// sentence.
fn is_short(before: &str) -> bool {
    const SHORT: [&str; 13] =
        ["jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "no"];
    let last = before.rsplit(|char: char| !char.is_alphanumeric()).next().unwrap_or_default();
    SHORT.contains(&last.to_lowercase().as_str())
        || before.trim_start().bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_shown_without_its_tags() {
        let cases = [
            ("<p>One &amp; all.</p> <p>Two  three</p>", "One & all.\nTwo three"),
            ("<b>Meeting</b>", "Meeting"),
            (
                "<p>R8 should:</p> <ul style=\"a: b\"> <li>ask</li> <li>• tell</li> </ul>",
                "R8 should:\nask\n• tell",
            ),
            ("line\nend\n\nhere", "line\nend\nhere"),
            ("<p>line\nend</p>", "line end"),
            ("a<br/>b<BR >c", "a\nb\nc"),
            ("fewer than <5 calls> a <b and c> & <i", "fewer than <5 calls> a <b and c> & <i"),
            ("<unknown>words</unknown>", "<unknown>words</unknown>"),
            ("", ""),
        ];
        for (words, expected) in cases {
            assert_eq!(plain(words), expected, "{words}");
        }
    }

    #[test]
    fn a_cut_cell_is_joined_as_it_was() {
        let cases = [
            ("improve the response to", "appointments.", "improve the response to appointments."),
            ("The course is written.", "Risk: Delay.", "The course is written.\nRisk: Delay."),
            ("whilst also:", "one", "whilst also:\none"),
            ("co-", "ordinated", "co-ordinated"),
            ("calls -", "and more", "calls - and more"),
            ("", "words", "words"),
            ("words", "", "words"),
        ];
        for (above, below, expected) in cases {
            let mut joined = above.to_owned();
            join(&mut joined, below);
            assert_eq!(joined, expected);
        }
    }

    #[test]
    fn a_line_is_its_sentences() {
        let cases: [(&str, &[&str]); 5] = [
            ("The target was Sept. 2022. We act. ", &["The target was Sept. 2022. ", "We act. "]),
            ("1. Do 1.5 of it. 13 remain.", &["1. Do 1.5 of it. ", "13 remain."]),
            ("He said “stop.” Then (at last.) He left", &["He said “stop.” ", "Then (at last.) ", "He left"]),
            ("e.g. recording v.2", &["e.g. recording v.2"]),
            ("", &[]),
        ];
        for (line, expected) in cases {
            assert_eq!(sentences(line), expected);
            assert_eq!(sentences(line).concat(), line);
        }
    }
}
