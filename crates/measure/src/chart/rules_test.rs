//! The worked examples, tables of cases for each rule, and what holds of every series.

use serde_json::Value;

use super::{
    life::{Cause, PointType, Rule, Variation},
    rules::chart,
    series::{Direction, Point, Series},
    words,
};

fn series(values: &[f64]) -> Series {
    let first = jiff::civil::date(2026, 1, 1);
    let point = |(number, value): (i64, &f64)| Point {
        date: first.saturating_add(jiff::Span::new().days(number)),
        value: *value,
    };
    Series {
        points: (0_i64..).zip(values).map(point).collect(),
        direction: Direction::Increase,
        target: None,
        rebase_dates: vec![],
        fix_after_n_points: None,
        screen_outliers: true,
    }
}

/// Alike, numbers to a billionth.
fn alike(told: &Value, expected: &Value, path: &str) {
    match (told, expected) {
        (Value::Object(told), Value::Object(expected)) => {
            assert_eq!(told.keys().collect::<Vec<_>>(), expected.keys().collect::<Vec<_>>(), "{path}");
            for (key, value) in expected {
                alike(&told[key], value, &format!("{path}.{key}"));
            }
        }
        (Value::Array(told), Value::Array(expected)) => {
            assert_eq!(told.len(), expected.len(), "{path}");
            for (at, (told, expected)) in told.iter().zip(expected).enumerate() {
                alike(told, expected, &format!("{path}[{at}]"));
            }
        }
        (Value::Number(told), Value::Number(expected)) => {
            let (told, expected) = (told.as_f64().unwrap(), expected.as_f64().unwrap());
            assert!((told - expected).abs() <= 1e-9 * expected.abs().max(1.0), "{path}: {told} {expected}");
        }
        _ => assert_eq!(told, expected, "{path}"),
    }
}

#[test]
fn the_worked_examples_match() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/xmr");
    let mut seen = 0;
    for file in std::fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        if path.extension().is_none_or(|ending| ending != "json") {
            continue;
        }
        let example: Value = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
        let series: Series = serde_json::from_value(example["input"].clone()).unwrap();
        series.check().unwrap();
        alike(&serde_json::to_value(chart(&series)).unwrap(), &example["expected"], path.to_str().unwrap());
        seen += 1;
    }
    assert!(seen >= 9, "only {seen} examples");
}

#[test]
fn seven_make_a_trend_and_a_tie_breaks_it() {
    let noise = [5.0, 1.0, 5.0, 1.0, 5.0, 1.0, 5.0, 1.0];
    let with = |run: &[f64]| {
        let values: Vec<f64> = noise.iter().chain(run).chain(&noise).copied().collect();
        chart(&series(&values)).points
    };
    let marked = |run: &[f64]| with(run).iter().filter(|one| one.rules.contains(&Rule::Trend)).count();
    // The 1 before the run goes on with it, the 5 after it does not fall below its last.
    assert_eq!(marked(&[1.1, 1.2, 1.3, 1.4, 1.5]), 7, "six rises and the 5 that follows");
    assert_eq!(marked(&[1.1, 1.2, 1.3, 1.4]), 0, "five rises and the 5 that follows make six points");
    assert_eq!(marked(&[1.1, 1.2, 1.2, 1.3, 1.4, 1.5]), 0, "a tie");
    let told = with(&[1.1, 1.2, 1.3, 1.4, 1.5]);
    assert!(told[7..13].iter().all(|one| one.cause == Cause::TrendIncreasing), "{told:?}");
}

#[test]
fn seven_on_one_side_make_a_shift_and_one_on_the_mean_breaks_it() {
    let shifted = |high: &[f64]| {
        let mut values = vec![0.0, 2.0, 0.0, 2.0, 0.0, 2.0, 0.0, 2.0, 0.0, 2.0, 0.0, 2.0];
        values.extend(high);
        let told = chart(&Series { fix_after_n_points: Some(12), ..series(&values) });
        told.points.iter().filter(|one| one.rules.contains(&Rule::Shift)).count()
    };
    // The last of the baseline is above the mean, too.
    assert_eq!(shifted(&[1.2, 1.3, 1.2, 1.3, 1.2, 1.3]), 7);
    assert_eq!(shifted(&[1.2, 1.3, 1.2, 1.3, 1.2]), 0);
    assert_eq!(shifted(&[1.2, 1.3, 1.2, 1.0, 1.2, 1.3, 1.2]), 0, "one lies on the mean");
}

#[test]
fn two_of_three_are_near_and_on_one_side() {
    let of = |last: [f64; 3]| {
        let mut values = vec![0.0, 2.0, 0.0, 2.0, 0.0, 2.0, 0.0, 2.0, 0.0, 2.0, 0.0, 2.0, 0.0];
        values.extend(last);
        let told = chart(&Series { fix_after_n_points: Some(12), ..series(&values) });
        let marked = told.points[13..].iter().map(|one| one.rules.contains(&Rule::TwoOfThree));
        (told.groups[0].near_upl.unwrap(), marked.collect::<Vec<_>>())
    };
    let (near, _) = of([0.0; 3]);
    assert!(near > 4.5 && near < 4.6, "{near}");
    assert_eq!(of([5.0, 1.5, 5.0]).1, [true, false, true]);
    assert_eq!(of([5.0, 5.0, 0.5]).1, [false; 3], "the third is on the other side");
    assert_eq!(of([5.0, 1.5, 1.5]).1, [false; 3], "only one is near");
    assert_eq!(of([9.0, 1.5, 5.0]).1, [false; 3], "outside is not near");
}

#[test]
fn nothing_crosses_a_phase() {
    let mut two = series(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0]);
    two.rebase_dates = vec![two.points[4].date, jiff::civil::date(1999, 1, 1)];
    let told = chart(&two);
    assert_eq!(told.groups.iter().map(|group| (group.group, group.n)).collect::<Vec<_>>(), [(0, 4), (1, 4)]);
    assert!(told.points.iter().all(|one| one.rules.is_empty()), "four are no run");
    assert!(two.check_phases().unwrap_err().sentence.contains("1999-01-01"));
    let first = Series { rebase_dates: vec![two.points[0].date], ..two.clone() };
    assert_eq!(chart(&first).groups[0].group, 1, "a phase that begins with the first value is number 1");
}

#[test]
fn short_and_constant_series_say_so() {
    let told = chart(&series(&[4.0; 10]));
    let group = &told.groups[0];
    assert_eq!((group.amr, group.lpl, group.upl, group.short), (Some(0.0), Some(4.0), Some(4.0), true));
    assert_eq!(words::verdict(&told), "No variation recorded");
    assert!(told.points.iter().all(|one| one.point_type == PointType::CommonCause));
    let told = chart(&series(&[4.0, 5.0, 4.0, 5.0, 4.0, 5.0]));
    assert_eq!((told.variation_icon, words::verdict(&told)), (None, "Not enough data"));
    let one = chart(&series(&[4.0]));
    assert_eq!((one.groups[0].amr, one.groups[0].upl), (None, None));
    assert!(chart(&series(&[])).groups.is_empty());
}

#[test]
fn limits_that_are_the_mean_are_limits() {
    // A rare count: the one range that is none of the others' is screened out.
    let mut rare = vec![0.0; 18];
    rare[9] = 5.0;
    let told = chart(&series(&rare));
    assert_eq!((told.groups[0].amr, told.groups[0].moving_ranges_excluded), (Some(0.0), 2));
    assert!(told.points.iter().all(|one| one.outside), "each differs from the mean");
    assert!(words::caution(&told).contains("rare counts"));
    // A baseline that never varied, and another level after it.
    let values: Vec<f64> = [0.1; 12].into_iter().chain([40.0; 8]).collect();
    let told = chart(&Series { fix_after_n_points: Some(12), ..series(&values) });
    assert!(told.points[..12].iter().all(|one| one.rules.is_empty()), "rounding is no signal");
    assert!(told.points[12..].iter().all(|one| one.cause == Cause::AboveUpperLimit));
    assert_eq!((words::verdict(&told), words::caution(&told)), ("Improving", ""));
}

#[test]
fn icons_say_which_way_is_better() {
    let values = [0.0, 2.0, 0.0, 2.0, 0.0, 2.0, 0.0, 2.0, 0.0, 2.0, 0.0, 2.0, 40.0];
    for (direction, high, low) in [
        (Direction::Increase, Variation::ImprovementHigh, Variation::ConcernLow),
        (Direction::Decrease, Variation::ConcernHigh, Variation::ImprovementLow),
        (Direction::Neutral, Variation::NeutralHigh, Variation::NeutralLow),
    ] {
        let up = Series { direction, ..series(&values) };
        assert_eq!(chart(&up).variation_icon, Some(high));
        let down: Vec<f64> = values.iter().map(|value| -value).collect();
        assert_eq!(chart(&Series { direction, ..series(&down) }).variation_icon, Some(low));
    }
    for (direction, target, told) in [
        (Direction::Increase, 99.0, "Will keep missing"),
        (Direction::Decrease, 99.0, "Will keep meeting"),
        (Direction::Increase, -99.0, "Will keep meeting"),
        (Direction::Decrease, -99.0, "Will keep missing"),
        (Direction::Increase, 1.0, "May or may not"),
        (Direction::Neutral, 1.0, ""),
    ] {
        let one = Series { direction, target: Some(target), ..series(&values[..12]) };
        assert!(words::assurance(&chart(&one)).starts_with(told), "{target} {direction:?}");
    }
}

#[test]
fn the_order_of_the_rows_does_not_matter_and_a_bad_row_is_named() {
    let ordered = series(&[3.0, 1.0, 4.0, 1.0, 5.0, 9.0, 2.0, 6.0, 5.0, 3.0, 5.0, 8.0, 9.0, 7.0]);
    let mut turned = ordered.clone();
    turned.points.reverse();
    turned.points.swap(2, 9);
    assert_eq!(chart(&ordered), chart(&turned));
    let moved = Series {
        points: ordered.points.iter().map(|one| Point { value: one.value + 100.0, ..*one }).collect(),
        ..ordered.clone()
    };
    let (before, after) = (chart(&ordered), chart(&moved));
    assert!((before.groups[0].upl.unwrap() + 100.0 - after.groups[0].upl.unwrap()).abs() < 1e-9);
    let mut twice = ordered.clone();
    twice.points[5].date = twice.points[2].date;
    let mut odd = ordered.clone();
    odd.points[3].value = f64::NAN;
    let few = Series { fix_after_n_points: Some(11), ..ordered.clone() };
    let mut huge = ordered.clone();
    huge.points[0].value = -1e308;
    let no_target = Series { target: Some(f64::INFINITY), ..ordered };
    for (series, field, told) in [
        (twice, "points", "Row 6: 2026-01-03 is there twice"),
        (odd, "points", "Row 4"),
        (huge, "points", "Row 1: the value is too large"),
        (few, "fix_after_n_points", "at least 12"),
        (no_target, "target", "no number"),
    ] {
        let refusal = series.check().unwrap_err();
        assert!(refusal.field == field && refusal.sentence.contains(told), "{refusal}");
    }
}
