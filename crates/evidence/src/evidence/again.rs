//! Counting a figure again as at the entry at which it was frozen, and what comes of it. Pure.

use super::rules::{Attached, Counted};

/// What came of counting it again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Again {
    /// To the last digit the same.
    Same,
    /// Not the same, though nothing says why it should not be.
    Different,
    /// What is counted, or of what, was defined anew since: the same cannot be expected.
    Redefined,
    /// The counting has not got so far: the measures are being counted anew.
    Behind,
}

impl Again {
    /// The word of data.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Different => "different",
            Self::Redefined => "redefined",
            Self::Behind => "behind",
        }
    }

    /// As a page says it.
    pub fn words(self) -> &'static str {
        match self {
            Self::Same => "The same, to the last digit, in every period",
            Self::Different => {
                "Different, though its definition is the same: do not rely on it, and tell the analysts"
            }
            Self::Redefined => {
                "The measures were defined anew since: by the definitions of now it is not the figure that was frozen"
            }
            Self::Behind => {
                "The measures are being counted anew and have not got as far as that entry. Run it again in a minute"
            }
        }
    }
}

/// Compares the figure that was frozen with the same counted again. `counted_to` is where the counting stands; `version` is
/// the version of the definition now, nothing where there is no such measure any more.
pub fn compare(attached: &Attached, again: &Counted, counted_to: i64, version: Option<i64>) -> Again {
    let was = &attached.counted;
    if counted_to < was.entry {
        return Again::Behind;
    }
    let sums = |one: &Counted| (one.numerator, one.denominator, one.records);
    if sums(was) == sums(again) && was.parts == again.parts && version == Some(attached.kept.version) {
        return Again::Same;
    }
    let is_redefined = version != Some(attached.kept.version) || was.edition != again.edition;
    if is_redefined { Again::Redefined } else { Again::Different }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::rules_test::{attached, weeks};

    #[test]
    fn the_same_is_the_same_in_every_period_by_the_same_definition() {
        let was = attached("failure_demand", &weeks(&[(3, 10), (4, 10), (5, 10)]));
        let same = was.counted.clone();
        let moved = Counted { parts: weeks(&[(4, 10), (3, 10), (5, 10)]), ..same.clone() };
        let more = Counted { numerator: same.numerator + 1, ..same.clone() };
        let fewer = Counted { records: same.records - 1, ..same.clone() };
        let by_others = Counted { edition: "other".into(), ..more.clone() };
        let (entry, version) = (same.entry, was.kept.version);
        for (again, counted_to, in_force, expected) in [
            (&same, entry, Some(version), Again::Same),
            (&same, entry + 9, Some(version), Again::Same),
            (&same, entry - 1, Some(version), Again::Behind),
            (&moved, entry, Some(version), Again::Different),
            (&more, entry, Some(version), Again::Different),
            (&fewer, entry, Some(version), Again::Different),
            (&by_others, entry, Some(version), Again::Redefined),
            (&same, entry, Some(version + 1), Again::Redefined),
            (&same, entry, None, Again::Redefined),
        ] {
            assert_eq!(compare(&was, again, counted_to, in_force), expected, "{again:?} {in_force:?}");
        }
    }
}
