//! The words around what was found, with the found letters marked. Pure.

use serde::Serialize;

use super::fold::fold_char;

/// How much of a text is shown, in characters, and how much of it before the first thing found.
const SHOWN: usize = 150;
const BEFORE: usize = 40;

/// A piece of a text, found or not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Part {
    /// The piece.
    pub text: String,
    /// Whether it is what was looked for.
    pub found: bool,
}

/// What of `text` is shown, and in it the beginnings of words that `needles` (as [`super::fold::needles`]
/// gives them) found.
pub fn snippet(text: &str, needles: &[String]) -> Vec<Part> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let marks = marks(&text, needles);
    let (from, to) = window(&text, marks.first().map_or(0, |mark| mark.0));
    let mut parts = Vec::new();
    let mut at = from;
    if from > 0 {
        push(&mut parts, "… ", false);
    }
    for (start, end) in marks.into_iter().filter(|(start, end)| *start >= from && *end <= to) {
        push(&mut parts, &text[at..start], false);
        push(&mut parts, &text[start..end], true);
        at = end;
    }
    push(&mut parts, &text[at..to], false);
    if to < text.len() {
        push(&mut parts, " …", false);
    }
    parts
}

/// The whole of `text` with nothing found in it.
pub fn plain(text: &str) -> Vec<Part> {
    vec![Part { text: text.to_owned(), found: false }]
}

fn push(parts: &mut Vec<Part>, text: &str, found: bool) {
    if text.is_empty() {
        return;
    }
    match parts.last_mut().filter(|last| last.found == found) {
        Some(last) => last.text.push_str(text),
        None => parts.push(Part { text: text.to_owned(), found }),
    }
}

/// Where in `text` what was found begins and ends, in order and apart.
fn marks(text: &str, needles: &[String]) -> Vec<(usize, usize)> {
    // The folded text, and for each byte of it where the letter that it comes from begins and ends.
    let mut folded = String::from(" ");
    let mut whence = vec![(0, 0)];
    for (at, c) in text.char_indices() {
        let before = folded.len();
        fold_char(c, &mut folded);
        whence.extend(std::iter::repeat_n((at, at + c.len_utf8()), folded.len() - before));
    }
    let found = |needle: &String| {
        folded.match_indices(needle.as_str()).map(|(at, _)| (at + 1, at + needle.len())).collect::<Vec<_>>()
    };
    let mut marks: Vec<(usize, usize)> = needles
        .iter()
        .flat_map(found)
        .filter_map(|(first, end)| Some((whence.get(first)?.0, whence.get(end - 1)?.1)))
        .collect();
    marks.sort_unstable();
    marks.dedup();
    marks
}

/// From where to where `text` is shown, so that what is at `first` is seen; cut between words.
fn window(text: &str, first: usize) -> (usize, usize) {
    let before = text[..first].chars().count();
    let from = if before <= BEFORE {
        0
    } else {
        let back = text[..first].char_indices().rev().nth(BEFORE - 1).map_or(0, |(at, _)| at);
        text[back..first].find(' ').map_or(first, |space| back + space + 1)
    };
    let Some((end, _)) = text[from..].char_indices().nth(SHOWN) else { return (from, text.len()) };
    let end = from + end;
    let between = text[from..end].rfind(' ').map(|space| from + space);
    (from, between.filter(|space| *space > first).unwrap_or(end))
}

#[cfg(test)]
mod tests {
    use super::{super::fold::needles, *};

    /// The parts in one line, what was found between square brackets.
    fn told(text: &str, words: &str) -> String {
        let part = |part: Part| if part.found { format!("[{}]", part.text) } else { part.text };
        snippet(text, &needles(words)).into_iter().map(part).collect()
    }

    #[test]
    fn the_found_letters_are_marked_in_their_words() {
        let cases = [
            ("Train the trainers.", "train", "[Train] the [train]ers."),
            ("Mòrag’s appointments", "morags app", "[Mòrag’s] [app]ointments"),
            ("Count  failure\n demand", "dem", "Count failure [dem]and"),
            ("CAM22-R3", "r3", "CAM22-[R3]"),
            ("Constrain it", "train", "Constrain it"),
            ("Straße", "stras", "[Straß]e"),
            ("", "a", ""),
        ];
        for (text, words, expected) in cases {
            assert_eq!(told(text, words), expected, "{text}, {words}");
        }
    }

    #[test]
    fn a_long_text_is_shown_around_what_was_found() {
        let long = format!("{} needle {}", "hay ".repeat(100), "straw ".repeat(100));
        let shown = told(&long, "needle");
        assert!(shown.starts_with("… hay") && shown.contains("hay [needle] straw"), "{shown}");
        assert!(shown.ends_with("straw …") && shown.chars().count() < SHOWN + 10, "{shown}");
        let early = told(&long, "hay");
        assert!(early.starts_with("[hay] [hay]") && early.ends_with('…'), "{early}");
        let one_word = told(&"à".repeat(400), "b");
        assert_eq!(one_word.chars().filter(|c| *c == 'à').count(), SHOWN, "{one_word}");
    }
}
