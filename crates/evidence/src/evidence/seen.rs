//! What of a figure is shown to whom. Pure.
//!
//! Whoever may read measures sees all of it and opens its records. Whoever only reads the plan, as the committee and the
//! inspectorate do, sees the figure and its chart and no record; and no count below five, since so small a number could
//! point to a person. Where one period has such a count, no period is shown: it could be worked out from the others.

use super::rules::{Attached, Part};
use measure::catalogue::{Definition, Unit};

/// The fewest that are told to everybody.
const FEW: i64 = 5;

/// What is said instead of a small count.
pub const FEWER: &str = "fewer than 5";

/// Why something is not shown.
pub const WHY_HIDDEN: &str = "A count below 5 could point to a person, so the periods and the chart are shown only to those who may read measures.";

fn is_few(count: i64) -> bool {
    (1..FEW).contains(&count)
}

/// Whether so much of a numerator and a denominator tells a small count: counted, not counted, or of how many.
pub fn tells_few(unit: Unit, numerator: i64, denominator: i64) -> bool {
    match unit {
        Unit::Count => is_few(numerator),
        Unit::Percent => is_few(numerator) || is_few(denominator) || is_few(denominator - numerator),
        _ => is_few(denominator),
    }
}

/// A figure in words, and of how many it is.
pub fn figure(definition: &Definition, (n, d): (i64, i64), may_see_all: bool) -> (String, String) {
    if !may_see_all && tells_few(definition.unit, n, d) {
        return match definition.unit {
            Unit::Count => (FEWER.to_owned(), String::new()),
            _ => ("Not shown".to_owned(), format!("one of its counts is {FEWER}")),
        };
    }
    (definition.told(definition.value(n, d)), definition.of_how_many(n, d))
}

/// Whether its periods and its chart are shown.
pub fn shows_parts(attached: &Attached, may_see_all: bool) -> bool {
    let tells = |part: &Part| tells_few(attached.kept.unit, part.numerator, part.denominator);
    let whole = &attached.counted;
    may_see_all
        || !(tells_few(attached.kept.unit, whole.numerator, whole.denominator)
            || whole.parts.iter().any(tells))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::rules_test::{attached, weeks};
    use measure::catalogue::definition;

    #[test]
    fn a_count_below_five_is_told_to_nobody_who_may_not_read_measures() {
        for (key, numerator, denominator, told, of) in [
            ("contacts", 4, 0, FEWER, ""),
            ("contacts", 5, 0, "5", ""),
            ("contacts", 0, 0, "0", ""),
            ("failure_demand", 4, 100, "Not shown", "one of its counts is fewer than 5"),
            ("failure_demand", 5, 100, "5.0%", "5 of 100"),
            ("failure_demand", 0, 100, "0.0%", "0 of 100"),
            ("failure_demand", 96, 100, "Not shown", "one of its counts is fewer than 5"),
            ("failure_demand", 100, 100, "100.0%", "100 of 100"),
            ("failure_demand", 0, 4, "Not shown", "one of its counts is fewer than 5"),
            ("answer_wait", 3, 60, "0.1 s", "of 60"),
            ("answer_wait", 300, 4, "Not shown", "one of its counts is fewer than 5"),
        ] {
            let one = definition(key).unwrap();
            let shown = figure(one, (numerator, denominator), false);
            assert_eq!(shown, (told.to_owned(), of.to_owned()), "{key} {numerator} of {denominator}");
            let whole = figure(one, (numerator, denominator), true);
            assert_eq!(whole.0, one.told(one.value(numerator, denominator)));
        }
    }

    #[test]
    fn one_small_period_hides_all_of_them() {
        let plain = attached("failure_demand", &weeks(&[(10, 100), (20, 100)]));
        let small = attached("failure_demand", &weeks(&[(10, 100), (4, 100)]));
        let small_whole = attached("failure_demand", &weeks(&[(100, 100), (0, 3)]));
        let complement = attached("failure_demand", &weeks(&[(100, 100), (96, 100)]));
        assert!(shows_parts(&plain, false));
        for one in [small, small_whole, complement] {
            assert!(!shows_parts(&one, false) && shows_parts(&one, true), "{:?}", one.counted);
        }
    }
}
