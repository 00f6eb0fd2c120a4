//! The target in a cell: one date, or the one first set and the one it was moved to.

use crate::{Cell, TargetDate};

/// What a cell says about the target.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Said {
    One(TargetDate),
    /// The first target and the revised one.
    Moved(TargetDate, TargetDate),
    /// Words that are no date.
    Words,
}

/// Words that part a first target from a revised one.
const MOVED: [&str; 6] = ["revised", "extended", "→", "->", "moved to", "now"];
/// Words that may stand around either.
const LABELS: [&str; 9] =
    ["initial", "original", "target", "date", "to", "timescale", "completion", "due", "is"];

pub(crate) fn read(cell: &Cell) -> Said {
    if let Some(date) = cell.date {
        return Said::One(TargetDate::Day(date));
    }
    if let Some(target) = TargetDate::read(&cell.text) {
        return Said::One(target);
    }
    let lower = cell.text.to_lowercase();
    let parts = MOVED.iter().find_map(|word| lower.split_once(word));
    match parts.and_then(|(first, revised)| bare(first).zip(bare(revised))) {
        Some((first, revised)) => Said::Moved(first, revised),
        None => bare(&lower).map_or(Said::Words, Said::One),
    }
}

/// A date with its labels and brackets taken off.
fn bare(words: &str) -> Option<TargetDate> {
    let words: Vec<&str> = words
        .split(|char: char| char.is_whitespace() || "():;,[]".contains(char))
        .filter(|word| !word.is_empty() && !LABELS.contains(word))
        .collect();
    TargetDate::read(&words.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_may_hold_the_first_target_and_the_revised_one() {
        let said = |text: &str| {
            let cell =
                Cell { at: String::new(), column: 0, text: text.into(), date: None, merged_into: None };
            match read(&cell) {
                Said::One(target) => target.iso(),
                Said::Moved(first, revised) => format!("{} to {}", first.iso(), revised.iso()),
                Said::Words => "words".to_owned(),
            }
        };
        let cases = [
            ("November 2023", "2023-11"),
            ("Target: November 2023", "2023-11"),
            ("Initial target: Nov 2023\nRevised target: May 2024", "2023-11 to 2024-05"),
            ("31-1-25 (revised to 30-6-25)", "2025-01-31 to 2025-06-30"),
            ("Nov 2023 → May 2024", "2023-11 to 2024-05"),
            ("Spring", "words"),
            ("Nov 2023, revised date awaited", "words"),
            ("Nov 2023 and May 2024", "words"),
        ];
        for (text, expected) in cases {
            assert_eq!(said(text), expected, "{text}");
        }
    }
}
