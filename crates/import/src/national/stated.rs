//! The figures that the prose of a paper states: only those that stand in a sentence which leaves no doubt what is
//! counted. "Approximately a quarter" is none.

use std::collections::BTreeMap;

use super::paper::{Measure, Named, StatedFigure};
use super::words::{bare, plain, sentences};
use crate::{Line, Sheet, Unsure};

/// A longer sentence is none.
const LONGEST: usize = 2_000;
/// Words before a figure that make it a guess.
const HEDGES: [&str; 12] = [
    "about",
    "approximately",
    "around",
    "over",
    "nearly",
    "almost",
    "roughly",
    "circa",
    "than",
    "least",
    "most",
    "some",
];

/// The figures in the prose of all sheets, and what has to be looked at.
pub(crate) fn read(sheets: &[Sheet]) -> (Vec<StatedFigure>, Vec<Unsure>) {
    let lines: Vec<&Line> = sheets.iter().flat_map(|sheet| sheet.above.iter().chain(&sheet.below)).collect();
    let mut stated: Vec<StatedFigure> = Vec::new();
    let mut doubts = Vec::new();
    // Where each figure was first stated.
    let mut first: BTreeMap<(Measure, Option<String>), usize> = BTreeMap::new();
    for (index, line) in lines.iter().enumerate() {
        let words = plain(&line.text);
        for sentence in sentences(unnumbered(&words)).into_iter().map(str::trim) {
            for (measure, figure) in figures(sentence) {
                let of = of(measure, sentence);
                let lists = measure == Measure::InspectionsUnderWay;
                let named = if lists { named(&lines[index + 1..], figure) } else { Vec::new() };
                let before = *first.entry((measure, of.clone())).or_insert(stated.len());
                let (words, at) = (sentence.to_owned(), line.at.clone());
                stated.push(StatedFigure { measure, figure, of, named, words, at });
                let why = doubt(&stated[stated.len() - 1], &stated[before]);
                doubts.extend(why.map(|why| Unsure { at: line.at.clone(), text: sentence.to_owned(), why }));
            }
        }
    }
    (stated, doubts)
}

/// What is unsure about a figure: it was another one before, or its list is not as long.
fn doubt(stated: &StatedFigure, before: &StatedFigure) -> Option<String> {
    let figure = stated.figure;
    if figure != before.figure {
        Some(format!(
            "The paper gives this figure as {} at {} and as {figure} here. Check which it is.",
            before.figure, before.at
        ))
    } else if stated.measure == Measure::InspectionsUnderWay && stated.named.len() as u64 != u64::from(figure)
    {
        Some(format!(
            "The paper says that {figure} inspections take place and names {} with their kind below. Check which they are.",
            stated.named.len()
        ))
    } else {
        None
    }
}

/// A line without its bullet and the number of its paragraph: "- 1.1 There are".
fn unnumbered(line: &str) -> &str {
    let line = line.trim_start_matches(['-', '–', '•', '*', '#', ' ', '\u{a0}', '\t']);
    let number = line.bytes().take_while(|byte| byte.is_ascii_digit() || *byte == b'.').count();
    let rest = &line[number..];
    if line[..number].contains('.') && rest.starts_with(char::is_whitespace) {
        rest.trim_start()
    } else {
        line
    }
}

/// The figures of one sentence and what they count.
fn figures(sentence: &str) -> Vec<(Measure, u32)> {
    const SEEN: usize = 7;
    if sentence.len() > LONGEST {
        return Vec::new();
    }
    let words: Vec<String> = sentence
        .split_whitespace()
        .map(|word| word.trim_matches(|char: char| !char.is_alphanumeric() && char != '%').to_lowercase())
        .collect();
    let one = bare(sentence).contains("responsible for");
    let mut figures = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let hedged = at > 0 && HEDGES.contains(&words[at - 1].as_str());
        let after = words[at + 1..words.len().min(at + 1 + SEEN)].join(" ");
        let (per_cent, word) = match word.strip_suffix('%') {
            Some(figure) => (true, figure),
            None => (after.starts_with("per cent ") || after.starts_with("% "), word.as_str()),
        };
        if let Some(figure) = figure(word).filter(|_| !hedged) {
            figures.extend(measure(&after, per_cent, one).map(|measure| (measure, figure)));
        }
    }
    figures
}

/// What a figure counts, by the words right after it.
fn measure(after: &str, per_cent: bool, one: bool) -> Option<Measure> {
    let begins = |beginnings: &[&str]| beginnings.iter().any(|beginning| after.starts_with(beginning));
    if per_cent {
        return after.contains("recommendations were added").then_some(Measure::PercentAddedLately);
    }
    if begins(&["open recommendations", "open recommendation "]) {
        Some(if one { Measure::OpenOfOne } else { Measure::Open })
    } else if begins(&["improvement plans", "separate improvement plans", "different improvement plans"]) {
        Some(if one { Measure::PlansOfOne } else { Measure::Plans })
    } else if begins(&["recommendations have been fully addressed", "recommendations have been addressed"]) {
        Some(Measure::Addressed)
    } else if begins(&[
        "proposed for closure",
        "recommendations proposed for closure",
        "are proposed for closure",
    ]) {
        Some(Measure::ProposedForClosure)
    } else if begins(&["recommendations were closed", "recommendation was closed"]) {
        Some(Measure::ClosedInPeriod)
    } else if begins(&[
        "inspections are taking place",
        "inspections are under way",
        "inspections are underway",
        "inspections are in progress",
        "inspection is taking place",
    ]) {
        Some(Measure::InspectionsUnderWay)
    } else {
        None
    }
}

/// "104", "1,204", "five".
fn figure(word: &str) -> Option<u32> {
    const WORDS: [&str; 13] = [
        "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
        "twelve",
    ];
    if word.starts_with(|char: char| char.is_ascii_digit()) {
        let whole = word.split(',').skip(1).all(|group| group.len() == 3);
        let digits: String = word.chars().filter(|char| *char != ',').collect();
        return digits.parse().ok().filter(|_| whole);
    }
    WORDS.iter().position(|known| *known == word).and_then(|number| u32::try_from(number).ok())
}

/// Whose figure it is, or since when.
fn of(measure: Measure, sentence: &str) -> Option<String> {
    let words = match measure {
        Measure::OpenOfOne | Measure::PlansOfOne => {
            let verb = [" are responsible for", " is responsible for"];
            verb.iter().find_map(|verb| sentence.split_once(verb)).map(|(who, _)| who)
        }
        Measure::PercentAddedLately => {
            let (_, after) = sentence.split_once("recommendations were added")?;
            after.split_once('(').and_then(|(_, inside)| inside.split_once(')')).map(|(inside, _)| inside)
        }
        _ => None,
    };
    words.map(|words| words.trim().to_owned()).filter(|words| !words.is_empty())
}

/// A list is no longer.
const MOST: usize = 50;

/// The list right below a figure, as long as each line is a title and, in brackets, a kind.
fn named(below: &[&Line], most: u32) -> Vec<Named> {
    let item = |line: &&Line| {
        let words = plain(&line.text);
        let words = words.trim_start_matches(['-', '–', '•', '*', ' ']).trim_end_matches(['.', ';', ',']);
        let (title, kind) = words.strip_suffix(')')?.rsplit_once('(')?;
        let (title, kind) = (title.trim().to_owned(), kind.trim().to_owned());
        let short = !title.is_empty() && !kind.is_empty() && words.len() <= 200;
        short.then(|| Named { title, kind, at: line.at.clone() })
    };
    let most = usize::try_from(most).map_or(MOST, |most| most.min(MOST));
    below.iter().map_while(item).take(most).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_is_read_where_its_sentence_leaves_no_doubt() {
        use Measure::{
            Addressed, ClosedInPeriod, Open, OpenOfOne, PercentAddedLately, Plans, PlansOfOne,
            ProposedForClosure,
        };
        let cases: [(&str, &[(Measure, u32)]); 10] = [
            (
                "There are 104 open recommendations being addressed through 22 separate improvement plans.",
                &[(Open, 104), (Plans, 22)],
            ),
            (
                "The desk are responsible for 24 open recommendations within 4 improvement plans.",
                &[(OpenOfOne, 24), (PlansOfOne, 4)],
            ),
            (
                "So far, 1,580 recommendations have been fully addressed with a further 5 proposed for closure.",
                &[(Addressed, 1580), (ProposedForClosure, 5)],
            ),
            ("Over the period ten recommendations were closed.", &[(ClosedInPeriod, 10)]),
            ("76% of the recommendations were added in the last 2 years.", &[(PercentAddedLately, 76)]),
            ("76 per cent of the recommendations were added lately.", &[(PercentAddedLately, 76)]),
            ("Approximately 104 open recommendations remain.", &[]),
            ("More than 10 recommendations were closed.", &[]),
            ("A quarter of the 12 is custody.", &[]),
            ("1,4 open recommendations", &[]),
        ];
        for (sentence, expected) in cases {
            assert_eq!(figures(sentence), expected, "{sentence}");
        }
    }

    #[test]
    fn a_line_is_told_without_its_number() {
        let cases = [
            ("- 1.1 There are 4", "There are 4"),
            ("3.2 With", "With"),
            ("12 calls", "12 calls"),
            ("1.", "1."),
        ];
        for (line, expected) in cases {
            assert_eq!(unnumbered(line), expected);
        }
    }
}
