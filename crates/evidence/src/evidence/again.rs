//! Counting a figure again as at the entry at which it was frozen, and what comes of it. Pure.

use measure::catalogue::Catalogue;

use super::rules::{Attached, Counted};

/// What came of counting it again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Again {
    /// To the last digit the same.
    Same,
    /// Not the same, though nothing says why it should not be.
    Different,
    /// A version by which it was counted is counted no more, so the same cannot be derived.
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
                "Different, though it was counted by the same versions: do not rely on it, and tell the analysts"
            }
            Self::Redefined => {
                "A version of the definition by which it was counted is counted no more: it cannot be derived again until the definitions have it back"
            }
            Self::Behind => {
                "The measures are being counted anew and have not got as far as that entry. Run it again in a minute"
            }
        }
    }
}

/// Compares the figure that was frozen with the same counted again by the versions that it carries. `counted_to` is where the
/// counting stands.
pub fn compare(catalogue: &Catalogue, attached: &Attached, again: &Counted, counted_to: i64) -> Again {
    let was = &attached.counted;
    if counted_to < was.entry {
        return Again::Behind;
    }
    if !attached.timeline().is_among(&catalogue.timeline(&attached.measure)) {
        return Again::Redefined;
    }
    if was == again { Again::Same } else { Again::Different }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::rules_test::{attached, weeks};

    #[test]
    fn the_same_is_the_same_in_every_period_by_the_same_definition() {
        let catalogue = Catalogue::published();
        let was = attached("failure_demand", &weeks(&[(3, 10), (4, 10), (5, 10)]));
        let same = was.counted.clone();
        let moved = Counted { parts: weeks(&[(4, 10), (3, 10), (5, 10)]), ..same.clone() };
        let more = Counted { numerator: same.numerator + 1, ..same.clone() };
        let fewer = Counted { records: same.records - 1, ..same.clone() };
        let entry = same.entry;
        for (again, counted_to, expected) in [
            (&same, entry, Again::Same),
            (&same, entry + 9, Again::Same),
            (&same, entry - 1, Again::Behind),
            (&moved, entry, Again::Different),
            (&more, entry, Again::Different),
            (&fewer, entry, Again::Different),
        ] {
            assert_eq!(compare(catalogue, &was, again, counted_to), expected, "{again:?}");
        }
        // What was attached before versions were carried is of the one that it kept.
        let before = |version: i64| {
            let mut one = was.clone();
            one.kept.version = version;
            one.counted.versions = None;
            compare(catalogue, &one, &one.counted.clone(), entry)
        };
        assert_eq!((before(was.kept.version), before(1)), (Again::Same, Again::Redefined));
        let unknown = super::super::rules::Attached { measure: "luck".into(), ..was.clone() };
        assert_eq!(compare(catalogue, &unknown, &same, entry), Again::Redefined);
    }
}
