//! Corrected rates, against published worked examples and by exact reasoning.

use super::*;
use crate::interval::Z95;

fn near(found: f64, printed: f64, within: f64) -> bool {
    (found - printed).abs() <= within
}

/// P. Olofsson and others, “Making better use of accuracy data in land change studies”, Remote Sensing of Environment 129,
/// 2013, as worked out in the manual of the R package mapac (`aa_card`): 828,837 of 33,896,120 map units were called
/// change; of samples of 436 each, 410 of those called change and 67 of the others were. Corrected share 0.1729063,
/// standard error 0.01687046.
#[test]
fn land_that_changed() {
    let coded = Coded { counted: 828_837, all: 828_837 + 33_067_283 };
    let sample = Twice { both: 410, first_only: 26, second_only: 67, neither: 369 };
    let found = corrected(coded, sample, Z95).unwrap();
    assert!(near(found.as_coded.unwrap(), 0.024_452_27, 5e-9), "{found:?}");
    assert!(near(found.rate.unwrap(), 0.172_906_3, 5e-8), "{found:?}");
    assert!(near(found.standard_error.unwrap(), 0.016_870_46, 5e-9), "{found:?}");
    // In large samples the interval is about ± 0.0330661, which the manual prints.
    let (low, high) = found.interval;
    assert!(near(high - low, 2.0 * 0.033_066, 0.001), "{found:?}");
}

/// R. G. Newcombe, “Interval estimation for the difference between independent proportions”, Statistics in Medicine 17,
/// 1998, pp. 873–890, table II, method 10: the same putting together, with one share taken away.
#[test]
fn newcombe_1998_table_ii() {
    let cases = [
        ((56, 70), (48, 80), (0.0524, 0.3339)),
        ((9, 10), (3, 10), (0.1705, 0.8090)),
        ((10, 10), (0, 20), (0.6791, 1.0)),
    ];
    for ((k, n), (other_k, other_n), (low, high)) in cases {
        let parts = [Part { weight: 1.0, k, n }, Part { weight: -1.0, k: other_k, n: other_n }];
        let found = together(&parts, Z95).unwrap();
        assert!(
            near(found.0, low, 5e-5) && near(found.1, high, 5e-5),
            "{k}/{n} − {other_k}/{other_n}: {found:?}"
        );
    }
}

#[test]
fn one_kind_only_is_wilson() {
    let sample = Twice { both: 15, first_only: 133, second_only: 0, neither: 0 };
    let found = corrected(Coded { counted: 9_000, all: 9_000 }, sample, Z95).unwrap();
    assert!(near(found.rate.unwrap(), 15.0 / 148.0, 1e-12));
    let (low, high) = wilson(15, 148, Z95).unwrap();
    assert!(near(found.interval.0, low, 1e-12) && near(found.interval.1, high, 1e-12), "{found:?}");
}

#[test]
fn coding_without_error_keeps_the_rate() {
    let sample = Twice { both: 30, first_only: 0, second_only: 0, neither: 70 };
    let found = corrected(Coded { counted: 300, all: 1_000 }, sample, Z95).unwrap();
    assert!(near(found.rate.unwrap(), 0.3, 1e-12) && near(found.standard_error.unwrap(), 0.0, 1e-12));
    let (low, high) = found.interval;
    assert!(low < 0.3 && high > 0.3, "that a hundred were right does not make all right: {found:?}");
}

#[test]
fn the_ends() {
    let none = Twice { both: 0, first_only: 0, second_only: 0, neither: 0 };
    let cases = [
        ("0 of 0", Coded { counted: 0, all: 0 }, none, None, None, (0.0, 1.0)),
        ("nothing sampled", Coded { counted: 3, all: 10 }, none, Some(0.3), None, (0.0, 1.0)),
        (
            "none of the counted sampled: they may be anything",
            Coded { counted: 100, all: 1_000 },
            Twice { neither: 50, ..none },
            Some(0.1),
            None,
            (0.0, 0.1 + 0.9 * wilson(0, 50, Z95).unwrap().1),
        ),
        (
            "0 of n",
            Coded { counted: 0, all: 500 },
            Twice { neither: 20, ..none },
            Some(0.0),
            Some(0.0),
            wilson(0, 20, Z95).unwrap(),
        ),
        (
            "n of n",
            Coded { counted: 500, all: 500 },
            Twice { both: 20, ..none },
            Some(1.0),
            Some(1.0),
            wilson(20, 20, Z95).unwrap(),
        ),
    ];
    for (name, coded, sample, as_coded, rate, (low, high)) in cases {
        let found = corrected(coded, sample, Z95).unwrap();
        assert_eq!(found.as_coded, as_coded, "{name}");
        assert_eq!(found.rate, rate, "{name}");
        assert_eq!(found.why_none.is_some(), rate.is_none(), "{name}");
        assert!(
            near(found.interval.0, low, 1e-12) && near(found.interval.1, high, 1e-12),
            "{name}: {found:?}"
        );
    }
}

/// Whatever the sample says, the rate lies in its interval and both between nought and one.
#[test]
fn every_interval_holds_its_rate() {
    for counted in [0, 7, 40, 93, 100] {
        let coded = Coded { counted, all: 100 };
        let most = counted.min(6);
        let others = (100 - counted).min(6);
        for both in 0..=most {
            for second_only in 0..=others {
                let sample =
                    Twice { both, first_only: most - both, second_only, neither: others - second_only };
                let found = corrected(coded, sample, Z95).unwrap();
                let (rate, (low, high)) = (found.rate.unwrap(), found.interval);
                assert!(
                    0.0 <= low && low <= rate && rate <= high && high <= 1.0,
                    "{coded:?} {sample:?} {found:?}"
                );
            }
        }
    }
}

#[test]
fn what_cannot_be_is_refused() {
    let none = Twice { both: 0, first_only: 0, second_only: 0, neither: 0 };
    let refusals = [
        (
            corrected(Coded { counted: 3, all: 2 }, none, Z95),
            "3 of 2 is more than there are: check both counts.",
        ),
        (
            corrected(Coded { counted: 3, all: 9 }, Twice { both: 3, first_only: 1, ..none }, Z95),
            "The sample has more records than the 3 of the first coding that it counts: check that it was drawn from them.",
        ),
        (
            corrected(Coded { counted: 3, all: 9 }, Twice { neither: 7, ..none }, Z95),
            "The sample has more records than the 6 of the first coding that it does not count: check that it was drawn from them.",
        ),
    ];
    for (refused, sentence) in refusals {
        assert_eq!(refused.unwrap_err(), sentence);
    }
    assert!(corrected(Coded { counted: 1, all: 2 }, none, 0.0).is_err());
}
