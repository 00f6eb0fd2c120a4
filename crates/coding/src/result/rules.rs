//! What a closed sample says. Pure.
//!
//! Agreement is of the codes as they are: one that “cannot be told” agrees with a derived code that is not known. What the
//! second coding cannot tell is not counted as failure demand, as the measure does not count what is not known.

#![expect(missing_docs, reason = "the names of the fields say it")]

use std::collections::BTreeMap;

use failure::code::Code;
use journal::Refusal;
use sampling::{Coded, Corrected, Kappa, Twice, Z95, corrected, kappa};

use crate::sample::rules::{is_failure, read_code};

/// How many contacts were derived as the one and coded as the other, each as a row has it.
pub type Cells = BTreeMap<(String, String), u32>;

/// The first coding of a whole week.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Week {
    pub contacts: u32,
    pub failures: u32,
}

/// What a sample says.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// How many were coded twice.
    pub pairs: u32,
    /// How many of them alike.
    pub alike: u32,
    /// How many the second person could not tell.
    pub untold: u32,
    /// Agreement in the code.
    pub by_code: Kappa,
    /// Agreement in whether it is failure demand.
    pub by_class: Kappa,
    /// The rate of failure demand, as counted and corrected.
    pub rate: Corrected,
}

/// The outcome of what was coded twice.
pub fn outcome(week: Week, cells: &Cells) -> Result<Outcome, Refusal> {
    let (mut codes, mut classes) = (Vec::new(), Vec::new());
    let mut twice = Twice { both: 0, first_only: 0, second_only: 0, neither: 0 };
    let (mut alike, mut untold) = (0, 0);
    for ((derived, second), number) in cells {
        let pair = (read(derived)?, read(second)?);
        let class = (is_failure(pair.0), is_failure(pair.1));
        codes.extend(std::iter::repeat_n(pair, usize::try_from(*number).unwrap_or(0)));
        classes.extend(std::iter::repeat_n(class, usize::try_from(*number).unwrap_or(0)));
        *match class {
            (true, true) => &mut twice.both,
            (true, false) => &mut twice.first_only,
            (false, true) => &mut twice.second_only,
            (false, false) => &mut twice.neither,
        } += number;
        if pair.0 == pair.1 {
            alike += number;
        }
        if pair.1.is_none() {
            untold += number;
        }
    }
    let first = Coded { counted: week.failures, all: week.contacts };
    let rate = corrected(first, twice, Z95).map_err(|told| Refusal::of("sample", told))?;
    Ok(Outcome {
        pairs: cells.values().sum(),
        alike,
        untold,
        by_code: kappa(&codes),
        by_class: kappa(&classes),
        rate,
    })
}

fn read(key: &str) -> Result<Option<Code>, Refusal> {
    read_code(key)
}

/// The codes that stand in a table, derived or coded, in the order of the definition; what is not known is last.
pub fn codes(cells: &Cells) -> (Vec<String>, Vec<String>) {
    let sorted = |side: fn(&(String, String)) -> &String| {
        let mut keys: Vec<String> = cells.keys().map(|pair| side(pair).clone()).collect();
        keys.sort_by_key(|key| read_code(key).ok().flatten().map_or((1, None), |code| (0, Some(code))));
        keys.dedup();
        keys
    };
    (sorted(|pair| &pair.0), sorted(|pair| &pair.1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(of: &[(&str, &str, u32)]) -> Cells {
        of.iter().map(|(one, other, number)| (((*one).to_owned(), (*other).to_owned()), *number)).collect()
    }

    #[test]
    fn a_sample_is_added_up_by_hand() {
        // 40 of 200 counted; the sample has 8 of them, of which the second coding counts 6, and of 32 others counts 4.
        let cells = cells(&[
            ("F02", "F02", 5),
            ("F02", "F05", 1),
            ("F02", "V1", 2),
            ("V1", "V1", 20),
            ("V1", "F04", 4),
            ("V1", "unknown", 1),
            ("unknown", "unknown", 3),
            ("unknown", "X1", 4),
        ]);
        let outcome = outcome(Week { contacts: 200, failures: 40 }, &cells).unwrap();
        assert_eq!((outcome.pairs, outcome.alike, outcome.untold), (40, 28, 4));
        // 0.2 × 6/8 + 0.8 × 4/32
        assert!((outcome.rate.rate.unwrap() - 0.25).abs() < 1e-12);
        assert!((outcome.rate.as_coded.unwrap() - 0.2).abs() < 1e-12);
        let (low, high) = outcome.rate.interval;
        assert!(low < 0.25 && 0.25 < high);
        let Kappa::Found(class) = outcome.by_class else { panic!("there is one") };
        // Alike in 34 of 40; by chance (8×10 + 32×30)/1600 = 0.65.
        assert!((class.observed - 0.85).abs() < 1e-12 && (class.expected - 0.65).abs() < 1e-12);
        assert!((class.kappa - 0.2 / 0.35).abs() < 1e-12);
        let Kappa::Found(code) = outcome.by_code else { panic!("there is one") };
        assert!((code.observed - 0.7).abs() < 1e-12);
    }

    #[test]
    fn what_cannot_be_computed_is_said() {
        let week = Week { contacts: 50, failures: 10 };
        let one_sided = outcome(week, &cells(&[("V1", "V1", 9)])).unwrap();
        assert!(matches!(&one_sided.by_code, Kappa::Undefined { why, .. } if why.contains("same one code")));
        assert!(one_sided.rate.rate.is_none() && one_sided.rate.why_none.unwrap().contains("draw more"));
        let none = outcome(week, &Cells::new()).unwrap();
        assert!(matches!(none.by_class, Kappa::Undefined { pairs: 0, .. }));
        let all_alike_in_class = outcome(week, &cells(&[("V1", "V2", 2), ("X1", "V1", 2)])).unwrap();
        assert!(matches!(all_alike_in_class.by_code, Kappa::Found(_)));
        assert!(matches!(all_alike_in_class.by_class, Kappa::Undefined { pairs: 4, .. }));
        assert_eq!(outcome(week, &cells(&[("F99", "V1", 1)])).unwrap_err().field, "code");
        let too_many = outcome(week, &cells(&[("F01", "F01", 11)])).unwrap_err();
        assert!(too_many.sentence.contains("more records than the 10"), "{too_many}");
    }

    #[test]
    fn a_table_has_the_codes_that_occur_in_the_order_of_the_definition() {
        let cells =
            cells(&[("unknown", "F05", 1), ("X1", "unknown", 1), ("F10", "F02", 1), ("F02", "F02", 3)]);
        assert_eq!(
            codes(&cells),
            (
                ["F02", "F10", "X1", "unknown"].map(str::to_owned).to_vec(),
                ["F02", "F05", "unknown"].map(str::to_owned).to_vec()
            )
        );
    }
}
