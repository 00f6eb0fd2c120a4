//! A small chart beside a figure: how it went, with the points that mean something marked by their shape. Pure.

use journal::words::day;
use serde::Serialize;

use super::{
    drawing::{Dot, kind, place},
    life::Chart,
    words,
};

/// The picture’s size, and what is left free around the values: a mark must not be cut.
const WIDTH: f64 = 132.0;
const HEIGHT: f64 = 26.0;
const FREE: f64 = 5.0;

/// The picture.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Sparkline {
    /// Its title.
    pub title: String,
    /// What it shows, for whoever does not see it.
    pub description: String,
    /// The line through the values: "x,y x,y".
    pub path: String,
    /// Where the mean of the last phase lies.
    pub mean: String,
    /// The points that are special, and the last one.
    pub dots: Vec<Dot>,
}

/// The picture of a chart; nothing where there are fewer than two values. `told` gives a value in its unit.
pub fn sparkline(chart: &Chart, title: &str, told: impl Fn(f64) -> String) -> Option<Sparkline> {
    let (first, last) = (chart.points.first()?, chart.points.last()?);
    if chart.points.len() < 2 {
        return None;
    }
    let mean = chart.groups.last()?.mean;
    let values = chart.points.iter().map(|point| point.value).chain([mean]);
    let (lowest, highest) = values.fold((f64::INFINITY, f64::NEG_INFINITY), |(lowest, highest), value| {
        (lowest.min(value), highest.max(value))
    });
    let days = first.date.until(last.date).map_or(1, |span| span.get_days().max(1));
    let x = |date: jiff::civil::Date| {
        let passed = first.date.until(date).map_or(0, |span| span.get_days());
        FREE + (WIDTH - 2.0 * FREE) * f64::from(passed) / f64::from(days)
    };
    // What never varies lies in the middle.
    let y = |value: f64| {
        let part = if highest > lowest { (highest - value) / (highest - lowest) } else { 0.5 };
        FREE + (HEIGHT - 2.0 * FREE) * part
    };
    let ends = chart.points.iter().map(|point| format!("{},{}", place(x(point.date)), place(y(point.value))));
    let is_marked = |at: usize| at + 1 == chart.points.len() || kind(chart.points[at].point_type) != "common";
    let dot = |at: usize| {
        let point = &chart.points[at];
        Dot {
            x: place(x(point.date)),
            y: place(y(point.value)),
            kind: kind(point.point_type),
            told: format!("{}: {}, {}", day(point.date), told(point.value), words::cause(point.cause)),
        }
    };
    Some(Sparkline {
        title: title.to_owned(),
        description: format!(
            "{} values from {} to {}: the first {}, the last {}, mean {}. {}.",
            chart.points.len(),
            day(first.date),
            day(last.date),
            told(first.value),
            told(last.value),
            told(mean),
            words::verdict(chart)
        ),
        path: ends.collect::<Vec<_>>().join(" "),
        mean: place(y(mean)),
        dots: (0..chart.points.len()).filter(|at| is_marked(*at)).map(dot).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::{
        rules::chart,
        series::{Direction, Point, Series},
    };

    fn drawn(values: &[f64]) -> Option<Sparkline> {
        let first = jiff::civil::date(2026, 3, 2);
        let point = |(number, value): (i64, &f64)| Point {
            date: first.saturating_add(jiff::Span::new().days(7 * number)),
            value: *value,
        };
        let series = Series {
            points: (0_i64..).zip(values).map(point).collect(),
            direction: Direction::Decrease,
            target: None,
            rebase_dates: vec![],
            fix_after_n_points: None,
            screen_outliers: true,
        };
        sparkline(&chart(&series), "E Edinburgh", |value| format!("{value:.1}%"))
    }

    #[test]
    fn every_value_lies_in_the_picture_and_only_what_means_something_is_marked() {
        let values = [20.0, 22.0, 19.0, 17.0, 20.0, 22.0, 19.0, 21.0, 20.0, 22.0, 19.0, 5.0, 21.0];
        let drawn = drawn(&values).unwrap();
        let ends: Vec<(f64, f64)> = drawn
            .path
            .split(' ')
            .filter_map(|end| end.split_once(','))
            .map(|(x, y)| (x.parse().unwrap(), y.parse().unwrap()))
            .collect();
        assert_eq!(ends.len(), values.len());
        for (x, y) in &ends {
            assert!((FREE..=WIDTH - FREE).contains(x) && (FREE..=HEIGHT - FREE).contains(y), "{x}, {y}");
        }
        assert!(ends.windows(2).all(|two| two[0].0 < two[1].0), "from left to right: {ends:?}");
        let lowest = ends.iter().map(|(_, y)| *y).fold(0.0, f64::max);
        assert!((lowest - ends[11].1).abs() < f64::EPSILON, "the least value is the lowest: {ends:?}");
        let kinds: Vec<&str> = drawn.dots.iter().map(|dot| dot.kind).collect();
        assert_eq!(kinds, ["improvement", "common"], "the fall, and the last");
        assert_eq!(drawn.dots[0].told, "18 May 2026: 5.0%, below the lower limit");
        assert_eq!(
            drawn.description,
            "13 values from 2 March 2026 to 25 May 2026: the first 20.0%, the last 21.0%, mean 19.0%. \
             No significant change."
        );
    }

    #[test]
    fn what_is_short_or_constant_is_drawn_and_one_value_is_not() {
        for (case, values, there) in [
            ("nothing", &[][..], false),
            ("one", &[4.0], false),
            ("two", &[4.0, 6.0], true),
            ("constant", &[4.0; 9], true),
            ("only zeros", &[0.0; 3], true),
        ] {
            assert_eq!(drawn(values).is_some(), there, "{case}");
        }
        let constant = drawn(&[4.0; 9]).unwrap();
        assert!(constant.description.ends_with("No variation recorded."), "{}", constant.description);
        assert!(constant.mean == "13.0" && !constant.path.contains("NaN"), "{constant:?}");
        let short = drawn(&[4.0, 6.0]).unwrap();
        assert!(short.description.ends_with("Not enough data."), "{}", short.description);
    }
}
