//! Wilson’s interval, against published figures.

use super::*;

/// Newcombe 1998, table I, method 3 (score, without continuity correction), four decimals as printed there.
#[test]
fn newcombe_1998_table_i() {
    let cases = [
        ((81, 263), (0.2553, 0.3662)),
        ((15, 148), (0.0624, 0.1605)),
        ((0, 20), (0.0, 0.1611)),
        ((1, 29), (0.0061, 0.1718)),
    ];
    for ((k, n), (low, high)) in cases {
        let found = wilson(k, n, Z95).unwrap();
        assert!((found.0 - low).abs() < 0.000_05, "{k}/{n}: {found:?}");
        assert!((found.1 - high).abs() < 0.000_05, "{k}/{n}: {found:?}");
    }
}

#[test]
fn the_ends() {
    assert_eq!(wilson(0, 0, Z95).unwrap(), (0.0, 1.0), "of nothing nothing is known");
    for n in [1, 5, 20, 1_000_000] {
        let (low, high) = wilson(0, n, Z95).unwrap();
        let (other_low, other_high) = wilson(n, n, Z95).unwrap();
        assert!(low <= 0.0 && high > 0.0 && high < 1.0, "0/{n}");
        assert!(other_high >= 1.0 && other_low > 0.0 && other_low < 1.0, "{n}/{n}");
        assert!((high - (1.0 - other_low)).abs() < 1e-12, "{n}: one mirrors the other");
        // At nought the formula is z²/(n + z²).
        assert!((high - Z95 * Z95 / (f64::from(n) + Z95 * Z95)).abs() < 1e-12, "0/{n}");
    }
}

#[test]
fn every_interval_holds_its_share_and_narrows() {
    for n in 1..60 {
        for k in 0..=n {
            let (low, high) = wilson(k, n, Z95).unwrap();
            let share = f64::from(k) / f64::from(n);
            assert!((0.0..=share).contains(&low) && (share..=1.0).contains(&high), "{k}/{n}");
            let (more_low, more_high) = wilson(10 * k, 10 * n, Z95).unwrap();
            assert!(more_high - more_low < high - low, "{k}/{n}: ten times as many say more");
        }
    }
}

#[test]
fn what_is_no_share_is_refused() {
    assert_eq!(wilson(3, 2, Z95).unwrap_err(), "3 of 2 is more than there are: check both counts.");
    for z in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        assert!(wilson(1, 2, z).unwrap_err().contains("give a number above nought"), "{z}");
    }
}
