//! An update of an open recommendation: its targets and its risk are sentences in it, and are taken out.

use super::words::{bare, sentences};
use crate::TargetDate;

/// What an update says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Said {
    /// The words that are left.
    pub(crate) update: String,
    pub(crate) initial: Option<TargetDate>,
    pub(crate) revised: Option<TargetDate>,
    /// The sentences about the target, word for word.
    pub(crate) target_words: Vec<String>,
    pub(crate) risk: Option<String>,
    /// What a person has to look at: a sentence about the target that could not be read.
    pub(crate) doubts: Vec<String>,
}

impl Said {
    /// Whether nothing is said but what stands above.
    pub(crate) fn as_above(&self) -> bool {
        matches!(bare(&self.update).as_str(), "as above" | "see above")
    }
}

/// A longer sentence is no sentence about a date.
const LONGEST: usize = 600;

/// Beginnings of the sentences that say the target and nothing else.
const FIRST: [&str; 8] = [
    "the initial target",
    "initial target",
    "the original target",
    "original target",
    "the target date",
    "target date",
    "the target for",
    "the target is",
];
const REVISED: [&str; 8] = [
    "the revised target",
    "revised target",
    "the revised date",
    "revised date",
    "the revised timescale",
    "revised timescale",
    "the target was revised",
    "this was revised",
];

/// What one sentence says about the target.
enum Target {
    /// Nothing: it is part of the update.
    None,
    First(TargetDate, Option<TargetDate>),
    Revised(TargetDate),
    /// A new target is awaited.
    Awaited,
    /// The sentence says more than the target, and stays in the update.
    Within(TargetDate),
    /// It speaks of a target and of a year, but not so that a date can be read.
    Unread,
}

/// Reads an update.
pub(crate) fn read(words: &str) -> Said {
    let mut said = Said::default();
    let mut lines = Vec::new();
    let mut risks = Vec::new();
    let mut awaits_risk = false;
    for line in words.lines() {
        let mut kept = String::new();
        let mut left = sentences(line).into_iter();
        while let Some(sentence) = left.next() {
            if let Some(risk) = after_risk(sentence) {
                // The risk goes on to the end of its paragraph; where the word stands alone, it is the next one.
                let rest: String = std::iter::once(risk).chain(left.by_ref()).collect();
                awaits_risk = rest.trim().is_empty();
                risks.extend(Some(rest.trim().to_owned()).filter(|rest| !rest.is_empty()));
            } else if !said.takes(sentence) {
                kept.push_str(sentence);
            }
        }
        let kept = kept.trim();
        if awaits_risk && !kept.is_empty() {
            risks.push(kept.to_owned());
            awaits_risk = false;
        } else if !kept.is_empty() {
            lines.push(kept.to_owned());
        }
    }
    said.update = lines.join("\n");
    said.risk = Some(risks.join("\n")).filter(|risk| !risk.is_empty());
    said
}

/// The words after "Risk:".
fn after_risk(sentence: &str) -> Option<&str> {
    let start = sentence.get(..4).filter(|start| start.eq_ignore_ascii_case("risk"))?;
    let rest = &sentence[start.len()..];
    rest.strip_prefix(['s', 'S']).unwrap_or(rest).trim_start().strip_prefix(':')
}

impl Said {
    /// Takes in what a column of targets says beside the update; why it is unsure, if it is. What the update itself
    /// says is never changed for it.
    pub(crate) fn takes_column(&mut self, words: &str) -> Option<String> {
        if words.is_empty() {
            return None;
        }
        let said = self.revised.or(self.initial);
        let doubt = match (date(words), said) {
            (Some(date), Some(said)) if date == said => None,
            (Some(_), Some(said)) => Some(format!(
                "The column says {words}, and the update {said}. The update's was kept. Check which holds."
            )),
            (Some(date), None) => {
                self.initial = Some(date);
                None
            }
            (None, _) if names_a_year(words) => {
                Some("No date could be read from these words. Set the target yourself.".to_owned())
            }
            // "TBC", "Ongoing": there is none, and the words are kept.
            (None, _) => None,
        };
        self.target_words.push(format!("Target: {words}"));
        doubt
    }

    /// Takes in what a sentence says about the target; whether it leaves the update for it.
    fn takes(&mut self, sentence: &str) -> bool {
        let sentence = sentence.trim();
        let (first, revised, stays) = match target(sentence) {
            Target::None => return false,
            Target::Unread => {
                self.doubts.push(format!(
                    "No date could be read from the sentence “{sentence}”, so it stays in the update. Set the target yourself."
                ));
                return false;
            }
            Target::Awaited => (None, None, false),
            Target::First(first, revised) => (Some(first), revised, false),
            Target::Revised(revised) => (None, Some(revised), false),
            Target::Within(date) if self.initial.is_some() => (None, Some(date), true),
            Target::Within(date) => (Some(date), None, true),
        };
        let again =
            (first.is_some() && self.initial.is_some()) || (revised.is_some() && self.revised.is_some());
        if again {
            self.doubts.push(format!(
                "The update gives its target twice; “{sentence}” is the second, and stays in the update. Check which holds."
            ));
            return false;
        }
        self.initial = self.initial.or(first);
        self.revised = self.revised.or(revised);
        self.target_words.push(sentence.to_owned());
        !stays
    }
}

fn target(sentence: &str) -> Target {
    if sentence.len() > LONGEST {
        return Target::None;
    }
    let lower = sentence.to_lowercase();
    let begins = |words: &[&str]| words.iter().any(|word| lower.starts_with(word));
    let unread = || if names_a_year(&lower) { Target::Unread } else { Target::None };
    if begins(&FIRST) {
        let (first, revised) = match lower.split_once("revised to") {
            Some((first, revised)) => (first, Some(revised)),
            None => (lower.as_str(), None),
        };
        let first = after_verb(first).and_then(date);
        match (first, revised.map(date)) {
            (Some(first), None) => Target::First(first, None),
            (Some(first), Some(Some(revised))) => Target::First(first, Some(revised)),
            _ => unread(),
        }
    } else if begins(&REVISED) {
        match after_verb(&lower).and_then(date) {
            Some(revised) => Target::Revised(revised),
            None if lower.contains("awaited") => Target::Awaited,
            None => unread(),
        }
    } else {
        let within = lower.split_once("will be delivered by ").and_then(|(_, after)| date(after));
        within.map_or(Target::None, Target::Within)
    }
}

/// The words after the verb: "was 31 July 2025", "is now January 2026", ": March 2026", "to May 2026".
fn after_verb(words: &str) -> Option<&str> {
    let verbs = [" was ", " is ", " now ", ": ", " revised to "];
    let ends = verbs.iter().filter_map(|verb| words.find(verb).map(|at| at + verb.len()));
    ends.min().map(|at| words[at..].trim_start_matches("now "))
}

/// A date, with what stands in brackets after it left out: "30 June 2025 (imminent)".
fn date(words: &str) -> Option<TargetDate> {
    let words = words.split(['(', '[']).next().unwrap_or_default();
    TargetDate::read(words.trim_matches(|char: char| char.is_whitespace() || ",.;".contains(char)))
}

fn names_a_year(words: &str) -> bool {
    words
        .split(|char: char| !char.is_ascii_digit())
        .any(|digits| digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20")))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Initial target, revised target, sentences taken, what is left.
    fn told(words: &str) -> (String, String, usize, String) {
        let said = read(words);
        let iso = |target: Option<TargetDate>| target.map_or_else(String::new, |target| target.iso());
        (iso(said.initial), iso(said.revised), said.target_words.len(), said.update)
    }

    #[test]
    fn the_targets_are_taken_out_with_their_precision() {
        let cases = [
            (
                "The initial target date was 31 July 2025, revised to 31 March 2026.",
                ("2025-07-31", "2026-03-31", 1, ""),
            ),
            (
                "The initial target date was 31 January 2025, revised to 30 June 2025 (imminent).",
                ("2025-01-31", "2025-06-30", 1, ""),
            ),
            ("The target date for delivery is January 2026.", ("2026-01", "", 1, "")),
            (
                "The initial target for completion was Sept. 2022. Revised timescales are awaited.",
                ("2022-09", "", 2, ""),
            ),
            (
                "We act. The initial target for completion was Dec 2024. A group reviews.",
                ("2024-12", "", 1, "We act. A group reviews."),
            ),
            (
                "Initial target: May 2024\nRevised target date: 1 June 2025.\nWe act.",
                ("2024-05", "2025-06-01", 2, "We act."),
            ),
            (
                "The initial target for completion was June 2022. It is in the plan and will be delivered by March 2026.",
                ("2022-06", "2026-03", 2, "It is in the plan and will be delivered by March 2026."),
            ),
            ("It will be delivered by spring.", ("", "", 0, "It will be delivered by spring.")),
        ];
        for (words, (initial, revised, taken, left)) in cases {
            assert_eq!(told(words), (initial.into(), revised.into(), taken, left.into()), "{words}");
        }
    }

    #[test]
    fn a_sentence_without_a_date_is_left_as_it_is() {
        for words in [
            "The original target date of will not be met due to delays.",
            "The target date has now been extended to allow for tests.",
            "It has missed its target date of 30th June 2025 but will be late.",
        ] {
            let said = read(words);
            assert_eq!((said.update.as_str(), said.initial, said.doubts.len()), (words, None, 0), "{words}");
        }
    }

    #[test]
    fn a_target_that_cannot_be_read_or_stands_twice_is_doubted() {
        let said = read("The target date is spring 2026.");
        assert_eq!((said.update.as_str(), said.doubts.len()), ("The target date is spring 2026.", 1));
        let said = read("The target date is May 2026. The target date is June 2026.");
        assert_eq!((said.initial.map(|it| it.iso()), said.doubts.len()), (Some("2026-05".into()), 1));
        assert_eq!(said.update, "The target date is June 2026.");
    }

    #[test]
    fn the_risk_is_the_rest_of_its_paragraph() {
        let risk = |words: &str| {
            let said = read(words);
            (said.update, said.risk.unwrap_or_default())
        };
        let cases = [
            ("We act.\nRisk: Delay. And more.", "We act.", "Delay. And more."),
            ("We act. Risk: Delay.", "We act.", "Delay."),
            ("RISKS :\nDelay.\nWe act.", "We act.", "Delay."),
            ("At risk: nothing.", "At risk: nothing.", ""),
            ("Risky: no", "Risky: no", ""),
        ];
        for (words, update, expected) in cases {
            assert_eq!(risk(words), (update.into(), expected.into()), "{words}");
        }
    }

    #[test]
    fn as_above_is_told() {
        assert!(read("As above.\nThe initial target for completion was Dec 2022.\nRisk: None.").as_above());
        assert!(!read("As above, and more.").as_above());
    }
}
