//! The actions in one cell: "1.1 Review the desk. 1.2 Train its people." A cell is split only where the
//! recommendation's own number stands with the next number under it, so "see 2.6 above" and "1.5 million" do
//! not split. Lines, bullets and letters split too, but are listed for a person to check.

use std::cmp::Reverse;
use std::collections::BTreeMap;

/// A cell of more lines than this is no list of actions: it is kept as one.
const MOST_LINES: usize = 200;

/// One action found in a cell.
#[derive(Debug, PartialEq)]
pub(crate) struct Found {
    /// Its number as printed, or the next one.
    pub(crate) number: String,
    pub(crate) text: String,
}

/// What a cell of actions holds.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Split {
    pub(crate) actions: Vec<Found>,
    /// What a person should check, in whole sentences.
    pub(crate) doubts: Vec<String>,
}

/// A number of an action, found in the words.
struct Marker {
    /// Where it starts, and where the words after it do.
    start: usize,
    after: usize,
    sub: u32,
    sure: Sure,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Sure {
    /// It reads like a cross-reference or a figure.
    No,
    /// It may be one: nothing before or after tells.
    Maybe,
    /// It stands before a capital letter.
    Capital,
    /// It begins a sentence.
    Sentence,
    /// It begins a line.
    Line,
}

/// Splits the words of a cell of the recommendation with the normal reference `key`, whose next action would
/// have the number `next` under it.
pub(crate) fn split(key: &str, next: u32, words: &str) -> Split {
    let markers = markers(key, words);
    let chosen = choose(&markers, next);
    if chosen.is_empty() {
        return unnumbered(key, next, words);
    }
    let mut split = Split::default();
    let lead = words[..chosen[0].start].trim();
    if !lead.is_empty() {
        split.doubts.push(format!(
            "The words “{}” stand before the first numbered action and are in none. Add them where they belong.",
            short(lead)
        ));
    }
    let mut expected = next;
    for (index, marker) in chosen.iter().enumerate() {
        let number = format!("{key}.{}", marker.sub);
        if marker.sub != expected {
            split.doubts.push(format!(
                "Action {number} follows where {key}.{expected} was expected. Check that no action is missing."
            ));
        } else if marker.sure == Sure::Maybe {
            split.doubts.push(format!(
                "Action {number} was taken to begin at “{}”. Check that it is not part of the action before.",
                short(&words[marker.start..])
            ));
        }
        let end = chosen.get(index + 1).map_or(words.len(), |next| next.start);
        let text = words[marker.after.min(end)..end].trim();
        if text.is_empty() {
            split.doubts.push(format!("Action {number} has no words. Add them, or remove the action."));
        }
        split.actions.push(Found { number, text: text.to_owned() });
        expected = marker.sub + 1;
    }
    split
}

/// The markers that begin actions: the expected one each time, the surest where it stands more than once; a
/// later number only at the beginning of a line or sentence.
fn choose(markers: &[Marker], next: u32) -> Vec<&Marker> {
    const WIDEST_GAP: u32 = 3;
    // Where each number stands, so that no long cell is searched again and again.
    let mut standing: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for (index, marker) in markers.iter().enumerate() {
        standing.entry(marker.sub).or_default().push(index);
    }
    let of = |sub: u32, from: usize, least: Sure| {
        let indexes = standing.get(&sub).map(Vec::as_slice).unwrap_or_default();
        indexes.iter().copied().filter(move |index| *index >= from && markers[*index].sure >= least)
    };
    let mut chosen: Vec<&Marker> = Vec::new();
    let (mut expected, mut from) = (next, 0);
    // A cell may begin with any number: a plan with a row for each action need not be in order.
    if let Some(first) = markers.first().filter(|it| it.start == 0 && it.sure == Sure::Line && it.sub != next)
    {
        chosen.push(first);
        (expected, from) = (first.sub + 1, 1);
    }
    loop {
        // The surest, and the first of those.
        let best =
            of(expected, from, Sure::Maybe).min_by_key(|index| (Reverse(markers[*index].sure), *index));
        let gap =
            || (1..=WIDEST_GAP).filter_map(|more| of(expected + more, from, Sure::Sentence).next()).min();
        let Some(best) = best.or_else(gap) else { return chosen };
        chosen.push(&markers[best]);
        (expected, from) = (markers[best].sub + 1, best + 1);
    }
}

/// Every place where a number of this recommendation stands as a word of its own.
fn markers(key: &str, words: &str) -> Vec<Marker> {
    let mut found = Vec::new();
    let mut boundary = true;
    // Where the line began, while there was nothing on it but a bullet.
    let mut line = Some(0);
    for (start, char) in words.char_indices() {
        let begins = boundary && char.is_ascii_alphanumeric();
        let found_here = if begins { number(key, &words[start..]) } else { None };
        if let Some((sub, after)) = found_here {
            let after = start + after;
            let sure = sure(&words[..start], &words[after..], line.is_some());
            found.push(Marker { start: line.unwrap_or(start), after, sub, sure });
        }
        boundary = char.is_whitespace() || "([;,.:•–—-".contains(char);
        line = match line {
            _ if char == '\n' => Some(start + 1),
            Some(from) if char.is_whitespace() || "•–—-*".contains(char) => Some(from),
            _ => None,
        };
    }
    found
}

/// "1.2", "R01.2", "1.2.", "1.2)" and "1.2:" at the front, of the recommendation `key`: the number under it,
/// and where the words after it start.
fn number(key: &str, words: &str) -> Option<(u32, usize)> {
    let bare = words.strip_prefix(['R', 'r']).unwrap_or(words);
    let bare = if key.starts_with('0') { bare } else { bare.trim_start_matches('0') };
    let own = bare.get(..key.len()).filter(|own| own.eq_ignore_ascii_case(key))?;
    let after = bare[own.len()..].strip_prefix('.')?;
    let digits = after.bytes().take_while(u8::is_ascii_digit).count();
    let sub = after.get(..digits).filter(|_| (1..=3).contains(&digits))?.parse().ok()?;
    let rest = &after[digits..];
    let rest = match rest.strip_prefix(['.', ')', ':']) {
        Some(unmarked) if unmarked.is_empty() || unmarked.starts_with(char::is_whitespace) => unmarked,
        _ => rest,
    };
    let apart = rest.is_empty()
        || rest.starts_with(|char: char| char.is_whitespace() || char.is_uppercase() || "-–—".contains(char));
    let rest = rest.trim_start_matches(|char: char| char.is_whitespace() || "-–—".contains(char));
    apart.then(|| (sub, words.len() - rest.len()))
}

/// Words after which a number is a cross-reference or a figure, and words before which it is a figure.
const REFERRING: [&str; 38] = [
    "see",
    "in",
    "at",
    "to",
    "of",
    "and",
    "or",
    "with",
    "under",
    "per",
    "by",
    "from",
    "than",
    "for",
    "as",
    "on",
    "about",
    "action",
    "actions",
    "section",
    "paragraph",
    "para",
    "recommendation",
    "point",
    "item",
    "version",
    "queried",
    "through",
    "via",
    "both",
    "completed",
    "complete",
    "is",
    "are",
    "was",
    "until",
    "after",
    "before",
];
const FIGURES: [&str; 19] = [
    "million", "m", "billion", "bn", "per", "percent", "hours", "days", "weeks", "months", "years",
    "minutes", "fte", "above", "below", "and", "or", "times", "%",
];

fn sure(before: &str, after: &str, line: bool) -> Sure {
    let follows =
        after.trim_start().split(|char: char| char.is_whitespace() || ",.;:)".contains(char)).next();
    let follows = follows.unwrap_or_default();
    if FIGURES.contains(&follows) {
        return Sure::No;
    }
    if line {
        return Sure::Line;
    }
    if follows.is_empty() {
        return Sure::No;
    }
    let before = before.trim_end();
    let last = before.split(char::is_whitespace).next_back().unwrap_or_default().to_lowercase();
    let unquoted = before.trim_end_matches([')', ']', '”', '"', '’']);
    let ends = unquoted.ends_with(['.', ';', ':', '!', '?', '•'])
        && !matches!(last.as_str(), "e.g." | "i.e." | "para." | "no.");
    if ends {
        return Sure::Sentence;
    }
    let begins = follows.starts_with(|char: char| char.is_uppercase() || "“\"‘'(".contains(char));
    let bare = last.trim_start_matches(|char: char| !char.is_alphanumeric());
    let refers = REFERRING.contains(&bare) || last.ends_with(['(', '£', ',', '-', '–']);
    match (refers, begins) {
        (true, false) => Sure::No,
        (false, true) => Sure::Capital,
        _ => Sure::Maybe,
    }
}

/// Lines, bullets and letters: split, numbered on, and listed.
fn unnumbered(key: &str, next: u32, words: &str) -> Split {
    let lines: Vec<&str> = words.split('\n').flat_map(|line| line.split('•')).map(str::trim).collect();
    let listed = words.contains('•') || lines.iter().any(|line| bullet(line).is_some());
    let mut texts: Vec<String> = Vec::new();
    for (index, line) in lines.iter().enumerate().filter(|(_, line)| !line.is_empty()) {
        let begins = !listed || bullet(line).is_some() || (words.contains('•') && index > 0);
        match texts.last_mut() {
            Some(last) if !begins => {
                last.push('\n');
                last.push_str(line);
            }
            _ => texts.push(bullet(line).unwrap_or(line).to_owned()),
        }
    }
    if texts.len() > MOST_LINES {
        texts = vec![words.trim().to_owned()];
    }
    let numbered = (next..).zip(texts).map(|(sub, text)| Found { number: format!("{key}.{sub}"), text });
    let actions: Vec<Found> = numbered.collect();
    let doubts = match &actions[..] {
        [] => Vec::new(),
        [one] => vec![format!("This action has no number and was given {}. Check its number.", one.number)],
        [first, .., last] => vec![format!(
            "These actions have no numbers of the recommendation's own; they were split by line and given {} to {}. \
             Check where each begins.",
            first.number, last.number
        )],
    };
    Split { actions, doubts }
}

/// A line without its "- ", "a) ", "(ii) " or "3. ", when it has one.
fn bullet(line: &str) -> Option<&str> {
    if let Some(rest) = line.strip_prefix(['-', '–', '—', '*', '·', '▪', '◦', '‣', '\u{f0b7}']) {
        return rest.starts_with(char::is_whitespace).then(|| rest.trim_start());
    }
    let inside = line.strip_prefix('(').unwrap_or(line);
    let length = inside.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let mark = &inside[..length];
    let letters =
        length == 1 || (length <= 4 && mark.bytes().all(|byte| b"ivx".contains(&byte.to_ascii_lowercase())));
    let is_mark =
        if mark.bytes().all(|byte| byte.is_ascii_digit()) { (1..=2).contains(&length) } else { letters };
    let rest = inside[length..].strip_prefix([')', '.'])?;
    (is_mark && rest.starts_with(char::is_whitespace)).then(|| rest.trim_start())
}

/// The first words, for a sentence.
pub(crate) fn short(words: &str) -> String {
    const MOST: usize = 60;
    // Only as much of a long cell as can be shown.
    let start: String = words.chars().take(MOST * 2).collect();
    let line = start.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= MOST {
        line
    } else {
        format!("{}…", line.chars().take(MOST).collect::<String>().trim_end())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(key: &str, words: &str) -> Vec<String> {
        split(key, 1, words).actions.into_iter().map(|it| format!("{}|{}", it.number, it.text)).collect()
    }

    #[test]
    fn a_cell_is_split_at_the_recommendations_own_next_number() {
        let cases: [(&str, &str, &[&str]); 12] = [
            ("1", "1.1 Walk. 1.2 Talk.", &["1.1|Walk.", "1.2|Talk."]),
            ("1", "1.1 Walk\n1.2 Talk\nslowly", &["1.1|Walk", "1.2|Talk\nslowly"]),
            ("2", "2.1 Walk all over C9 2.2 Talk", &["2.1|Walk all over C9", "2.2|Talk"]),
            ("2", "2.1 Walk as in 2.2 above. 2.2 Talk", &["2.1|Walk as in 2.2 above.", "2.2|Talk"]),
            (
                "1",
                "1.1 Save 1.2 million. 1.2 Spend 1.5 million.",
                &["1.1|Save 1.2 million.", "1.2|Spend 1.5 million."],
            ),
            (
                "7",
                "7.1 Do. (They queried 7.1, and 7.2.) 7.2 Mend it",
                &["7.1|Do. (They queried 7.1, and 7.2.)", "7.2|Mend it"],
            ),
            ("2a", "2a.1 Walk 2A.2 Talk", &["2a.1|Walk", "2a.2|Talk"]),
            ("2", "R02.1 - Walk; R02.2 - talk", &["2.1|Walk;", "2.2|talk"]),
            ("1", "1.1) Walk\n1.2) Talk", &["1.1|Walk", "1.2|Talk"]),
            ("1", "1.1. Walk 1.1.1 within 1.2. Talk", &["1.1|Walk 1.1.1 within", "1.2|Talk"]),
            ("1", "1.1Walk\n1.2Talk", &["1.1|Walk", "1.2|Talk"]),
            ("1", "• 1.1 Walk\n• 1.2 Talk", &["1.1|Walk", "1.2|Talk"]),
        ];
        for (key, words, expected) in &cases {
            assert_eq!(texts(key, words), *expected, "{words}");
            assert_eq!(split(key, 1, words).doubts, Vec::<String>::new(), "{words}");
        }
    }

    #[test]
    fn ten_actions_are_counted_on() {
        let words: Vec<String> = (1..=12).map(|sub| format!("3.{sub} Do thing number {sub}.")).collect();
        let split = split("3", 1, &words.join(" "));
        assert_eq!(split.actions.len(), 12);
        assert_eq!(
            (split.actions[9].number.as_str(), split.actions[9].text.as_str()),
            ("3.10", "Do thing number 10.")
        );
        assert!(split.doubts.is_empty());
    }

    #[test]
    fn lines_bullets_and_letters_are_split_and_listed() {
        let cases: [(&str, &[&str]); 6] = [
            ("Walk\nTalk", &["1.1|Walk", "1.2|Talk"]),
            ("- Walk\nslowly\n- Talk", &["1.1|Walk\nslowly", "1.2|Talk"]),
            ("a) Walk\nb) Talk", &["1.1|Walk", "1.2|Talk"]),
            ("• Walk • Talk", &["1.1|Walk", "1.2|Talk"]),
            ("1. Walk\n2. Talk", &["1.1|Walk", "1.2|Talk"]),
            ("Walk", &["1.1|Walk"]),
        ];
        for (words, expected) in cases {
            assert_eq!(texts("1", words), expected, "{words}");
            assert_eq!(split("1", 1, words).doubts.len(), 1, "{words}");
        }
    }

    #[test]
    fn what_is_not_certain_is_split_and_listed() {
        let gap = split("1", 1, "1.1 Walk. 1.3 Talk.");
        assert_eq!(gap.actions[1].number, "1.3");
        assert!(gap.doubts[0].contains("1.2 was expected"));
        let maybe = split("1", 1, "1.1 walk around 1.2 talk, then walk to 1.3 Rest");
        assert_eq!((maybe.actions.len(), maybe.doubts.len()), (3, 2));
        let lead = split("1", 1, "We will: 1.1 Walk");
        assert!(lead.doubts[0].contains("“We will:”"));
        let empty = split("1", 1, "1.1");
        assert!(empty.doubts[0].contains("no words"));
        assert_eq!(split("1", 1, " \n ").actions, []);
    }
}
