//! Reading people's sentences: words, phrases, quotations, and which texts are one.

/// The longest quotation in a finding.
const QUOTED: usize = 140;

/// The sentences of a text: up to a full stop, a question or exclamation mark, or a line's end.
pub fn sentences(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        while !rest.is_empty() {
            let end = sentence_end(rest);
            let (sentence, after) = rest.split_at(end);
            rest = after;
            if !sentence.trim().is_empty() {
                return Some(sentence.trim());
            }
        }
        None
    })
}

fn sentence_end(text: &str) -> usize {
    let bytes = text.as_bytes();
    for (at, byte) in bytes.iter().enumerate() {
        let ends = match byte {
            b'\n' => true,
            b'.' | b'?' | b'!' => bytes.get(at + 1).is_none_or(u8::is_ascii_whitespace),
            _ => false,
        };
        if ends {
            return at + 1;
        }
    }
    text.len()
}

/// The runs of letters and digits.
pub fn tokens(text: &str) -> impl Iterator<Item = &str> + Clone {
    text.split(|c: char| !c.is_alphanumeric()).filter(|token| !token.is_empty())
}

/// Whether `text` holds `phrase` as whole words; both in the same case.
pub fn has(text: &str, phrase: &str) -> bool {
    let outside = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    !phrase.is_empty()
        && text.match_indices(phrase).any(|(at, found)| {
            outside(text[..at].chars().next_back()) && outside(text[at + found.len()..].chars().next())
        })
}

/// Whether `text` holds any of `phrases` as whole words.
pub fn has_any(text: &str, phrases: &[&str]) -> bool {
    phrases.iter().any(|phrase| has(text, phrase))
}

/// A quotation, cut where it is long. What it quotes itself stands in single marks.
pub fn quoted(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let whole = words.join(" ").replace('“', "‘").replace('”', "’");
    if whole.chars().count() <= QUOTED {
        return format!("“{whole}”");
    }
    let cut: String = whole.chars().take(QUOTED).collect();
    let cut = cut.rsplit_once(' ').map_or(cut.as_str(), |(words, _)| words);
    format!("“{}…”", cut.trim_end_matches([',', ';', ':', '–', '-']))
}

/// "R1", "R1 and R5", "R1, R5 and R7"; of more than twelve the first ten.
pub fn listed<S: AsRef<str>>(names: &[S]) -> String {
    let joined = |names: &[S]| names.iter().map(AsRef::as_ref).collect::<Vec<_>>().join(", ");
    match names {
        [] => String::new(),
        [one] => one.as_ref().to_owned(),
        many if many.len() > 12 => format!("{} and {} more", joined(&many[..10]), many.len() - 10),
        [before @ .., last] => format!("{} and {}", joined(before), last.as_ref()),
    }
}

/// The same number for texts that differ only in case, white space and punctuation.
pub fn sameness(text: &str) -> u64 {
    // FNV-1a: quick on short words, and the same in every run.
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut take = |c: char| hash = (hash ^ u64::from(u32::from(c))).wrapping_mul(0x0100_0000_01b3);
    let mut within = false;
    for c in text.chars() {
        if c.is_ascii_alphanumeric() {
            take(c.to_ascii_lowercase());
            within = true;
        } else if c.is_alphanumeric() {
            c.to_lowercase().for_each(&mut take);
            within = true;
        } else if within {
            take(' ');
            within = false;
        }
    }
    if within {
        take(' ');
    }
    hash
}

/// In how many letters two words differ: those to insert, delete or change; at most `most`, or nothing.
pub fn distance(a: &str, b: &str, most: usize) -> Option<usize> {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len().abs_diff(b.len()) > most {
        return None;
    }
    let mut above: Vec<usize> = (0..=b.len()).collect();
    for (row, left) in a.iter().enumerate() {
        let mut line = vec![row + 1];
        for (column, right) in b.iter().enumerate() {
            let changed = above[column] + usize::from(left != right);
            line.push(changed.min(above[column + 1] + 1).min(line[column] + 1));
        }
        if line.iter().all(|distance| *distance > most) {
            return None;
        }
        above = line;
    }
    above.last().copied().filter(|distance| *distance <= most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_has_sentences_and_a_sentence_words() {
        let text = "It is done (see 3.2). Is it?\n\n– Yes!  The end";
        assert_eq!(
            sentences(text).collect::<Vec<_>>(),
            ["It is done (see 3.2).", "Is it?", "– Yes!", "The end"]
        );
        assert_eq!(tokens("SPA’s R2, 3.4 –").collect::<Vec<_>>(), ["SPA", "s", "R2", "3", "4"]);
        assert!(has("it was delayed again", "delayed") && !has("undelayed", "delayed") && !has("it", ""));
        assert!(has("àn delay", "delay") && has_any("it will", &["may", "will"]));
    }

    #[test]
    fn long_quotations_are_cut_and_lists_end_with_and() {
        assert_eq!(quoted(" a\n b "), "“a b”");
        assert_eq!(quoted("“Imminent”, though past."), "“‘Imminent’, though past.”");
        let long = quoted(&"word ".repeat(60));
        assert!(long.ends_with("word…”") && long.chars().count() < 145, "{long}");
        let names: Vec<String> = (1..=13).map(|n| format!("R{n}")).collect();
        assert_eq!(listed(&names[..3]), "R1, R2 and R3");
        assert!(listed(&names).ends_with("R10 and 3 more"));
        assert_eq!((listed::<&str>(&[]), listed(&["R1"])), (String::new(), "R1".into()));
    }

    #[test]
    fn texts_and_names_are_compared() {
        assert_eq!(sameness("No progress,\nyet."), sameness("no  PROGRESS yet"));
        assert_ne!(sameness("noprogress"), sameness("no progress"));
        let cases = [
            ("himcs", "hmics", Some(2)),
            ("ppww", "ppcw", Some(1)),
            ("a", "abcd", None),
            ("x", "x", Some(0)),
        ];
        for (a, b, expected) in cases {
            assert_eq!(distance(a, b, 2), expected, "{a} {b}");
        }
        assert_eq!(distance("kitten", "sitting", 2), None);
    }
}
