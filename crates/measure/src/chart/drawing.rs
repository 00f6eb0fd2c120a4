//! A chart as it is drawn: where each thing lies in a picture of fixed size. Pure; the template draws.

use jiff::civil::Date;
use journal::words::day;
use serde::Serialize;

use super::{
    life::{Chart, PointType},
    words,
};

/// The picture’s size, and what is left free around the values.
const WIDTH: f64 = 760.0;
const HEIGHT: f64 = 250.0;
const LEFT: f64 = 64.0;
const RIGHT: f64 = 30.0;
const TOP: f64 = 12.0;
const BOTTOM: f64 = 34.0;

/// A point.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Dot {
    /// From the left.
    pub x: String,
    /// From the top.
    pub y: String,
    /// The shape that says what it is: "common", "improvement", "concern", "neutral".
    pub kind: &'static str,
    /// What it says, in words.
    pub told: String,
}

/// A line from left to right: a mean, a limit, the target.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Line {
    /// Where it begins.
    pub from: String,
    /// Where it ends.
    pub to: String,
    /// From the top.
    pub y: String,
    /// "mean", "limit" or "target".
    pub kind: &'static str,
}

/// A word at an axis.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Tick {
    /// Where, along the axis.
    pub at: String,
    /// What.
    pub words: String,
}

/// The picture.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Drawing {
    /// Its title.
    pub title: String,
    /// What it shows, for whoever does not see it.
    pub description: String,
    /// The points, the earliest first.
    pub dots: Vec<Dot>,
    /// The line through them, a phase a part: "x,y x,y".
    pub paths: Vec<String>,
    /// Means, limits and the target.
    pub lines: Vec<Line>,
    /// Whether one of the lines is a target.
    pub has_target: bool,
    /// Words below.
    pub days: Vec<Tick>,
    /// Words at the left.
    pub values: Vec<Tick>,
    /// Days from which it is counted otherwise, across the picture.
    pub marks: Vec<Mark>,
    /// Days from which the work was done otherwise, as people said.
    pub changes: Vec<Mark>,
}

/// A day from which something is otherwise: an upright line with its words.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Mark {
    /// The line, from the left.
    pub x: String,
    /// Its words, from the left.
    pub words_x: String,
    /// Whether the words end at the line, so that they stay in the picture.
    pub is_left: bool,
    /// What.
    pub words: String,
    /// The day, in words.
    pub day: String,
}

/// The picture of a chart; nothing where there are fewer than two values. `told` gives a value in its unit.
pub fn draw(
    chart: &Chart,
    title: &str,
    target: Option<f64>,
    told: impl Fn(f64) -> String,
) -> Option<Drawing> {
    if chart.points.len() < 2 {
        return None;
    }
    let scale = Scale::of(chart, target);
    let dots = chart.points.iter().map(|point| Dot {
        x: place(scale.x(point.date)),
        y: place(scale.y(point.value)),
        kind: kind(point.point_type),
        told: format!("{}: {}, {}", day(point.date), told(point.value), words::cause(point.cause)),
    });
    let paths = chart.groups.iter().map(|group| {
        let of = chart.points.iter().filter(|point| point.group == group.group);
        let ends = of.map(|point| format!("{},{}", place(scale.x(point.date)), place(scale.y(point.value))));
        ends.collect::<Vec<_>>().join(" ")
    });
    Some(Drawing {
        title: title.to_owned(),
        description: description(chart, target, &told),
        dots: dots.collect(),
        paths: paths.collect(),
        lines: lines(chart, target, &scale),
        has_target: target.is_some(),
        days: scale.days(chart),
        values: scale.values(&told),
        marks: Vec::new(),
        changes: Vec::new(),
    })
}

impl Drawing {
    /// The same with marks on those days that lie within the values of the chart: from each it is counted otherwise.
    #[must_use]
    pub fn marked(mut self, chart: &Chart, marks: impl Iterator<Item = (Date, String)>) -> Self {
        self.marks = within(chart, marks);
        self.tell(|drawing| &drawing.marks)
    }

    /// The same with what was changed on those days: from each the work was done otherwise.
    #[must_use]
    pub fn noted(mut self, chart: &Chart, changes: impl Iterator<Item = (Date, String)>) -> Self {
        self.changes = within(chart, changes);
        self.tell(|drawing| &drawing.changes)
    }

    fn tell(mut self, which: impl Fn(&Self) -> &Vec<Mark>) -> Self {
        let told: Vec<String> =
            which(&self).iter().map(|mark| format!("{} from {}.", mark.words, mark.day)).collect();
        self.description = std::iter::once(self.description).chain(told).collect::<Vec<_>>().join(" ");
        self
    }
}

fn within(chart: &Chart, marks: impl Iterator<Item = (Date, String)>) -> Vec<Mark> {
    let (Some(first), Some(last)) = (chart.points.first(), chart.points.last()) else { return Vec::new() };
    let scale = Scale::of(chart, None);
    let mark = |(on, words): (Date, String)| {
        let x = scale.x(on);
        let is_left = x > WIDTH / 2.0;
        let words_x = if is_left { x - 5.0 } else { x + 5.0 };
        Mark { x: place(x), words_x: place(words_x), is_left, words, day: day(on) }
    };
    marks.filter(|(on, _)| (first.date..=last.date).contains(on)).map(mark).collect()
}

fn description(chart: &Chart, target: Option<f64>, told: impl Fn(f64) -> String) -> String {
    let (first, last) = (&chart.points[0], &chart.points[chart.points.len() - 1]);
    let mut sentences = vec![format!(
        "{} values from {} to {}, the last {}.",
        chart.points.len(),
        day(first.date),
        day(last.date),
        told(last.value)
    )];
    if let Some((group, lower, upper)) =
        chart.groups.last().and_then(|group| Some((group, group.lpl?, group.upl?)))
    {
        let trial = if group.short { " (a trial range)" } else { "" };
        sentences.push(format!(
            "Mean {}, expected between {} and {}{trial}.",
            told(group.mean),
            told(lower),
            told(upper)
        ));
    }
    sentences.push(format!("{}.", words::verdict(chart)));
    let caution = words::caution(chart);
    if !caution.is_empty() {
        sentences.push(format!("{caution}."));
    }
    if let Some(target) = target {
        sentences.push(format!("Target {}.", told(target)));
    }
    let assurance = words::assurance(chart);
    if !assurance.is_empty() {
        sentences.push(format!("{assurance}."));
    }
    sentences.join(" ")
}

/// The shape that says what a point is.
pub fn kind(of: PointType) -> &'static str {
    match of {
        PointType::CommonCause => "common",
        PointType::SpecialCauseImprovement => "improvement",
        PointType::SpecialCauseConcern => "concern",
        PointType::SpecialCauseNeutralHigh | PointType::SpecialCauseNeutralLow => "neutral",
    }
}

fn lines(chart: &Chart, target: Option<f64>, scale: &Scale) -> Vec<Line> {
    let mut all = Vec::new();
    for group in &chart.groups {
        let (from, to) = (place(scale.x(group.start)), place(scale.x(group.end)));
        let of = [("mean", Some(group.mean)), ("limit", group.lpl), ("limit", group.upl)];
        all.extend(of.into_iter().filter_map(|(kind, value)| {
            Some(Line { from: from.clone(), to: to.clone(), y: place(scale.y(value?)), kind })
        }));
    }
    all.extend(target.map(|target| Line {
        from: place(LEFT),
        to: place(WIDTH - RIGHT),
        y: place(scale.y(target)),
        kind: "target",
    }));
    all
}

pub(crate) fn place(at: f64) -> String {
    format!("{at:.1}")
}

/// Where days and values lie.
struct Scale {
    first: Date,
    days: f64,
    least: f64,
    most: f64,
}

impl Scale {
    fn of(chart: &Chart, target: Option<f64>) -> Self {
        let values = chart.points.iter().map(|point| point.value);
        let limits = chart.groups.iter().flat_map(|group| [group.lpl, group.upl]).flatten();
        let all: Vec<f64> = values.chain(limits).chain(target).collect();
        let least = all.iter().copied().fold(f64::INFINITY, f64::min);
        let most = all.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let room = if most > least { (most - least) * 0.06 } else { 1.0 };
        let (first, end) = (chart.points[0].date, chart.points[chart.points.len() - 1].date);
        Self {
            first,
            days: f64::from(first.until(end).map_or(1, |span| span.get_days().max(1))),
            least: least - room,
            most: most + room,
        }
    }

    fn x(&self, date: Date) -> f64 {
        let days = self.first.until(date).map_or(0, |span| span.get_days());
        LEFT + (WIDTH - LEFT - RIGHT) * f64::from(days) / self.days
    }

    fn y(&self, value: f64) -> f64 {
        TOP + (HEIGHT - TOP - BOTTOM) * (self.most - value) / (self.most - self.least)
    }

    /// At most six days, the first and the last among them.
    fn days(&self, chart: &Chart) -> Vec<Tick> {
        let last = chart.points.len() - 1;
        let parts = last.min(5);
        let at = |part: usize| &chart.points[part * last / parts];
        let tick = |date: Date| Tick { at: place(self.x(date)), words: date.strftime("%-d %b").to_string() };
        (0..=parts).map(|part| tick(at(part).date)).collect()
    }

    /// A few values at round distances.
    fn values(&self, told: impl Fn(f64) -> String) -> Vec<Tick> {
        let rough = (self.most - self.least) / 6.0;
        let power = 10_f64.powf(rough.log10().floor());
        let step = [1.0, 2.0, 5.0, 10.0].into_iter().map(|of| of * power).find(|step| *step >= rough);
        let mut step = step.unwrap_or(rough);
        // Of what is told in whole numbers there is no line between two of them.
        while step < 1.0 && told(step) == told(0.0) {
            step *= 2.0;
        }
        let first = (self.least / step).ceil();
        (0..8_u8)
            .map(|number| (first + f64::from(number)) * step)
            .filter(|value| *value <= self.most)
            .map(|value| Tick { at: place(self.y(value)), words: told(value) })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::{
        rules::chart,
        series::{Direction, Point, Series},
    };

    fn series(values: &[f64]) -> Series {
        let first = jiff::civil::date(2026, 9, 7);
        let point = |(number, value): (i64, &f64)| Point {
            date: first.saturating_add(jiff::Span::new().days(7 * number)),
            value: *value,
        };
        Series {
            points: (0_i64..).zip(values).map(point).collect(),
            direction: Direction::Decrease,
            target: Some(10.0),
            rebase_dates: vec![],
            fix_after_n_points: None,
            screen_outliers: true,
        }
    }

    #[test]
    fn everything_lies_in_the_picture_and_is_told_in_words() {
        let values = [20.0, 22.0, 19.0, 21.0, 20.0, 22.0, 20.0, 5.0];
        let drawn =
            draw(&chart(&series(&values)), "Waits <b>", Some(10.0), |value| format!("{value:.0} s")).unwrap();
        assert_eq!((drawn.dots.len(), drawn.paths.len()), (8, 1));
        for dot in &drawn.dots {
            let (x, y): (f64, f64) = (dot.x.parse().unwrap(), dot.y.parse().unwrap());
            assert!((LEFT..=WIDTH - RIGHT).contains(&x) && (TOP..=HEIGHT - BOTTOM).contains(&y), "{dot:?}");
        }
        assert_eq!(drawn.dots[7].kind, "improvement");
        assert!(
            drawn.dots[7].told.ends_with("26 October 2026: 5 s, below the lower limit"),
            "{}",
            drawn.dots[7].told
        );
        assert!(
            drawn.description.contains("8 values from 7 September 2026")
                && drawn.description.contains("Improving.")
        );
        assert!(drawn.days.len() == 6 && (3..=8).contains(&drawn.values.len()), "{drawn:?}");
        assert_eq!(drawn.lines.iter().filter(|line| line.kind == "target").count(), 1);
    }

    #[test]
    fn a_line_that_is_told_as_another_is_not_drawn() {
        for (values, expected) in [([0.0; 3], &["-1", "0", "1"][..]), ([3.0, 3.0, 4.0], &["2", "3", "4"])] {
            let drawn =
                draw(&chart(&series(&values)), "Contacts", None, |value| format!("{value:.0}")).unwrap();
            let words: Vec<&str> = drawn.values.iter().map(|tick| tick.words.as_str()).collect();
            assert_eq!(words, expected, "{values:?}");
        }
    }

    #[test]
    fn a_mark_lies_on_its_day_and_one_outside_is_none() {
        let chart = chart(&series(&[20.0, 22.0, 19.0]));
        let drawn = draw(&chart, "Waits", None, |value| value.to_string()).unwrap();
        let on = |text: &str| (text.parse::<Date>().unwrap(), "Version 2".to_owned());
        let days = ["2026-09-06", "2026-09-07", "2026-09-14", "2026-09-21", "2026-09-22"].map(on);
        let marked = drawn.clone().marked(&chart, days.into_iter());
        let xs: Vec<&str> = marked.marks.iter().map(|mark| mark.x.as_str()).collect();
        assert_eq!(xs, drawn.dots.iter().map(|dot| dot.x.as_str()).collect::<Vec<_>>());
        assert!(!marked.marks[0].is_left && marked.marks[2].is_left);
        assert!(marked.description.ends_with("Version 2 from 21 September 2026."), "{}", marked.description);
        let change = |text: &str| (text.parse::<Date>().unwrap(), "Change 1".to_owned());
        let noted = marked.noted(&chart, ["2026-09-10", "2026-09-30"].map(change).into_iter());
        assert_eq!((noted.marks.len(), noted.changes.len()), (3, 1));
        assert!(noted.description.ends_with("Change 1 from 10 September 2026."), "{}", noted.description);
    }

    /// The picture alone, as a page has it.
    #[derive(askama::Template)]
    #[template(path = "chart/chart.html")]
    struct Alone {
        drawing: Drawing,
    }

    #[test]
    fn words_in_a_picture_are_words() {
        let title = "</title><script>alert(1)</script>\"'&";
        let drawing =
            draw(&chart(&series(&[4.0, 5.0, 4.0])), title, Some(10.0), |value| format!("<b>{value}"))
                .unwrap();
        let drawn = askama::Template::render(&Alone { drawing }).unwrap();
        assert!(!drawn.contains("<script") && !drawn.contains("<b>"), "{drawn}");
        assert!(
            drawn.contains("&#60;script&#62;alert(1)") && drawn.matches("<circle").count() == 3,
            "{drawn}"
        );
        assert!(!drawn.contains("style=") && drawn.matches("<g ").count() == drawn.matches("</g>").count());
    }

    #[test]
    fn what_never_varies_is_drawn_and_one_value_is_not() {
        let drawn = draw(&chart(&series(&[4.0; 9])), "Waits", None, |value| value.to_string()).unwrap();
        assert!(drawn.dots.iter().all(|dot| dot.y == drawn.dots[0].y && dot.y != "NaN"), "{drawn:?}");
        assert!(drawn.description.contains("No variation recorded"));
        assert!(draw(&chart(&series(&[4.0])), "Waits", None, |value| value.to_string()).is_none());
    }
}
