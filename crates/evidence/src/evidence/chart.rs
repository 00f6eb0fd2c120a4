//! A figure’s chart as it was counted, with the days on which actions were done; and a small line of its values. Pure.

use jiff::civil::Date;
use journal::words::day;
use measure::chart::{
    drawing::{Drawing, draw},
    rules::chart,
};
use plan::recommendation::beside::Spark;
use serde::Serialize;

use super::{
    rules::Attached,
    verdict::{judge, series},
};

/// The size of the small line, and what is free around it.
const WIDTH: f64 = 120.0;
const HEIGHT: f64 = 28.0;
const FREE: f64 = 4.0;

/// Where words change the side of their line, so that they stay in the picture.
const MIDDLE: f64 = 380.0;

/// A day on which something was done, as it is drawn.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Mark {
    /// Its line, from the left.
    pub x: String,
    /// Its words, from the left.
    pub words_x: String,
    /// Its words, from the top.
    pub words_y: String,
    /// Whether the words end at the line.
    pub is_left: bool,
    /// What was done: "Action 3.1 done".
    pub words: String,
    /// The day, in words.
    pub day: String,
}

/// An action that was done: its number and the day.
pub type Done = (String, Date);

/// The chart of what was attached, and what was done in its time; nothing with fewer than two values.
pub fn drawn(attached: &Attached, done: &[Done]) -> Option<(Drawing, Vec<Mark>)> {
    let definition = attached.kept.definition();
    let chart = chart(&series(attached));
    let title = format!("{}, {} to {}", definition.name, day(attached.from), day(attached.until));
    let drawing = draw(&chart, &title, definition.target, |value| definition.told(Some(value)))?;
    let timeline = attached.timeline();
    let changes = timeline.changes(attached.from, attached.until);
    let drawing =
        drawing.marked(&chart, changes.map(|since| (since.from, format!("Version {}", since.version))));
    let at =
        |index: usize| Some((chart.points.get(index)?.date, drawing.dots.get(index)?.x.parse::<f64>().ok()?));
    let (first, last) = (at(0)?, at(chart.points.len().checked_sub(1)?)?);
    let marks = marks(first, last, done);
    Some((drawing, marks))
}

fn days(from: Date, until: Date) -> f64 {
    f64::from(from.until(until).map_or(0, |span| span.get_days()))
}

/// The days between the first and the last value, each where it lies; several of one day are one line.
fn marks((first, left): (Date, f64), (last, right): (Date, f64), done: &[Done]) -> Vec<Mark> {
    let mut within: Vec<(Date, Vec<&str>)> = Vec::new();
    let mut sorted: Vec<&Done> = done.iter().filter(|(_, on)| (first..=last).contains(on)).collect();
    sorted.sort_by_key(|(_, on)| *on);
    for (number, on) in sorted {
        match within.last_mut().filter(|(day, _)| day == on) {
            Some((_, numbers)) => numbers.push(number),
            None => within.push((*on, vec![number])),
        }
    }
    let mark = |(place, (on, numbers)): (usize, (Date, Vec<&str>))| {
        let x = left + (right - left) * days(first, on) / days(first, last).max(1.0);
        let is_left = x > MIDDLE;
        let line = f64::from(u8::try_from(place % 4).unwrap_or(0));
        let what = if numbers.len() == 1 { "Action" } else { "Actions" };
        Mark {
            x: format!("{x:.1}"),
            words_x: format!("{:.1}", if is_left { x - 5.0 } else { x + 5.0 }),
            words_y: format!("{:.1}", 22.0 + 14.0 * line),
            is_left,
            words: format!("{what} {} done", numbers.join(", ")),
            day: day(on),
        }
    };
    within.into_iter().enumerate().map(mark).collect()
}

/// The values of what was attached as a small line; nothing with fewer than two.
pub fn spark(attached: &Attached) -> Option<Spark> {
    let definition = attached.kept.definition();
    let points = series(attached).points;
    let (first, last) = (points.first()?, points.last()?);
    let lowest = points.iter().map(|point| point.value).fold(f64::INFINITY, f64::min);
    let highest = points.iter().map(|point| point.value).fold(f64::NEG_INFINITY, f64::max);
    let whole = days(first.date, last.date);
    if whole <= 0.0 {
        return None;
    }
    let x = |date: Date| FREE + (WIDTH - 2.0 * FREE) * days(first.date, date) / whole;
    let span = if highest > lowest { highest - lowest } else { 1.0 };
    let y = |value: f64| HEIGHT - FREE - (HEIGHT - 2.0 * FREE) * (value - lowest) / span;
    let line = points.iter().map(|point| format!("{:.1},{:.1}", x(point.date), y(point.value)));
    let (_, why) = judge(attached);
    Some(Spark {
        title: format!("{}, {} values", definition.name, points.len()),
        description: format!(
            "From {} on {} to {} on {}. {why}",
            definition.told(Some(first.value)),
            day(first.date),
            definition.told(Some(last.value)),
            day(last.date)
        ),
        points: line.collect::<Vec<_>>().join(" "),
        last_x: format!("{:.1}", x(last.date)),
        last_y: format!("{:.1}", y(last.value)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::rules_test::{attached, weeks};
    use jiff::civil::date;

    #[test]
    fn what_was_done_lies_on_its_day() {
        // Three weeks from Monday, 7 September 2026.
        let one = attached("failure_demand", &weeks(&[(30, 100), (20, 100), (10, 100)]));
        let done = [
            ("3.1".to_owned(), date(2026, 9, 14)),
            ("3.2".to_owned(), date(2026, 9, 14)),
            ("3.3".to_owned(), date(2026, 9, 21)),
            ("3.4".to_owned(), date(2026, 9, 6)),
            ("3.5".to_owned(), date(2026, 9, 22)),
        ];
        let (drawing, marks) = drawn(&one, &done).unwrap();
        let told: Vec<_> = marks.iter().map(|mark| (mark.words.as_str(), mark.x.as_str())).collect();
        let x = |index: usize| drawing.dots[index].x.as_str();
        assert_eq!(told, [("Actions 3.1, 3.2 done", x(1)), ("Action 3.3 done", x(2))]);
        assert!(marks[1].is_left && marks[1].day == "21 September 2026", "{marks:?}");
    }

    #[test]
    fn a_small_line_stays_in_its_picture_and_is_told_in_words() {
        for values in [&[(30, 100), (20, 100), (10, 100)][..], &[(5, 100), (5, 100)]] {
            let spark = spark(&attached("failure_demand", &weeks(values))).unwrap();
            for pair in spark.points.split(' ') {
                let (x, y) = pair.split_once(',').unwrap();
                let (x, y): (f64, f64) = (x.parse().unwrap(), y.parse().unwrap());
                assert!((0.0..=WIDTH).contains(&x) && (0.0..=HEIGHT).contains(&y), "{pair}");
            }
            assert!(spark.description.contains("on 7 September 2026"), "{spark:?}");
        }
        assert!(spark(&attached("failure_demand", &weeks(&[(5, 100)]))).is_none());
        assert!(drawn(&attached("failure_demand", &weeks(&[(5, 100)])), &[]).is_none());
    }
}
