//! What one subject contributes to the measures, and what of it changes with a fact. Pure.

use std::collections::BTreeMap;

use jiff::{Timestamp, civil::Date};
use journal::{day_of, scotland};

/// So much of a numerator and a denominator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contribution {
    /// A key of the catalogue.
    pub measure: &'static str,
    /// The moment at which it is counted: its day in Scotland.
    pub at: Timestamp,
    /// The letter of the division; empty where none is known.
    pub division: String,
    /// A key of the measure’s reasons; empty where there is none.
    pub reason: String,
    /// Of the numerator.
    pub numerator: i64,
    /// Of the denominator.
    pub denominator: i64,
}

impl Contribution {
    /// The day on which it is counted.
    pub fn day(&self) -> Date {
        day_of(self.at)
    }

    /// The hour of that day, from 0: on the day on which the clocks go back two hours are the same one.
    pub fn hour(&self) -> i64 {
        i64::from(self.at.to_zoned(scotland()).hour())
    }
}

/// A measure, a version of it, and the place among what a subject contributes to that.
pub type Key = (&'static str, i64, i64);

/// Contributions of one subject, each by its measure, the version of it, and its place among those.
pub type Numbered = BTreeMap<Key, Contribution>;

/// Numbers what a subject contributes to versions of measures, in the order in which it is told.
pub fn numbered(all: Vec<(i64, Contribution)>) -> Numbered {
    let mut numbered = Numbered::new();
    let mut next: BTreeMap<(&'static str, i64), i64> = BTreeMap::new();
    for (version, one) in all {
        // As a row has it: what is read back is the same, wherever the counting paused.
        let at = Timestamp::from_microsecond(one.at.as_microsecond()).unwrap_or(one.at);
        let one = Contribution { at, ..one };
        let number = next.entry((one.measure, version)).or_insert(0);
        numbered.insert((one.measure, version, *number), one);
        *number += 1;
    }
    numbered
}

/// What ended and what began between `before` and `after`: what is the same is left alone.
pub fn changes(before: &Numbered, after: &Numbered) -> (Numbered, Numbered) {
    let only = |mine: &Numbered, other: &Numbered| {
        let differ = mine.iter().filter(|(key, one)| other.get(*key) != Some(*one));
        differ.map(|(key, one)| (*key, one.clone())).collect()
    };
    (only(before, after), only(after, before))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(measure: &'static str, numerator: i64) -> Contribution {
        Contribution {
            measure,
            at: "2026-03-29T00:30:00Z".parse().unwrap(),
            division: "E".into(),
            reason: String::new(),
            numerator,
            denominator: 1,
        }
    }

    #[test]
    fn only_what_differs_ends_and_begins() {
        let before = numbered(vec![(1, one("a", 1)), (1, one("a", 0)), (2, one("a", 1)), (1, one("b", 1))]);
        let after = numbered(vec![(1, one("a", 1)), (1, one("a", 1)), (2, one("a", 1)), (1, one("c", 1))]);
        let (ended, began) = changes(&before, &after);
        assert_eq!(ended.keys().copied().collect::<Vec<_>>(), [("a", 1, 1), ("b", 1, 0)]);
        assert_eq!(began.keys().copied().collect::<Vec<_>>(), [("a", 1, 1), ("c", 1, 0)]);
        assert_eq!(changes(&after, &after), (Numbered::new(), Numbered::new()));
    }

    #[test]
    fn a_day_is_scotlands() {
        let late = Contribution { at: "2026-06-30T23:30:00Z".parse().unwrap(), ..one("a", 1) };
        assert_eq!(
            (one("a", 1).day().to_string(), late.day().to_string()),
            ("2026-03-29".into(), "2026-07-01".into())
        );
    }
}
