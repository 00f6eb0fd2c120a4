//! Figures, what is said of them, and what of them changed between two editions. Pure.

use std::collections::BTreeMap;

use jiff::{ToSpan, civil::Date};
use measure::{
    catalogue::{Definition, Timeline, Versions},
    chart::{
        drawing::{Drawing, draw},
        life::Chart,
        rules::chart,
        series::{Point, Series},
        words,
    },
    figure::rows::Sum,
    one::views::phases,
};
use serde::{Deserialize, Serialize};

use crate::period::rules::{Kind, Period, Span};

/// So much of a numerator and a denominator.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Count {
    /// How much.
    pub numerator: i64,
    /// Of how much.
    pub denominator: i64,
}

/// A measure in a report.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// Its key.
    pub measure: String,
    /// The version of its definition that is in force on the last day.
    pub version: i64,
    /// By which versions it was counted: it is derived again by them. What was frozen before they were kept has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub versions: Option<Versions>,
    /// In the period.
    pub period: Count,
    /// In the one before.
    pub before: Count,
    /// From the beginning of the year.
    pub year_to_date: Count,
    /// In the same period last year.
    pub last_year: Count,
    /// Whether it is expected to change still.
    pub is_provisional: bool,
    /// In the period by division; empty where the report is of one.
    pub divisions: BTreeMap<String, Count>,
    /// In each month of a quarter that is published, by its first day and by division: what lies behind the quarter when
    /// later reports are held against it. Empty otherwise.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub months: BTreeMap<Date, BTreeMap<String, Count>>,
    /// Periods that are over, the earliest first, from the first in which anything was counted.
    pub series: Vec<(Date, Count)>,
}

/// What a report was counted from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Counted {
    /// The entry of the journal at which the counting stood.
    pub at: i64,
    /// The day.
    pub on: Date,
    /// The definitions it was counted with.
    pub definitions: String,
    /// The figures, in the order of the pack.
    pub figures: Vec<Figure>,
}

/// Everything that was summed for a report, as measure and sum.
#[derive(Debug, Clone, Default)]
pub struct Sums {
    /// Of the period, by division.
    pub period: Vec<(String, Sum)>,
    /// Of the one before, by division.
    pub before: Vec<(String, Sum)>,
    /// Of the year to date, by division.
    pub year_to_date: Vec<(String, Sum)>,
    /// Of the same period last year, by division.
    pub last_year: Vec<(String, Sum)>,
    /// By day, over the periods of the chart.
    pub days: Vec<(String, Sum)>,
    /// Of each month of a quarter that is published, by division.
    pub months: Vec<(Date, Vec<(String, Sum)>)>,
}

impl Count {
    /// Whether nothing was counted.
    pub fn is_nothing(self) -> bool {
        self == Self::default()
    }

    /// Its value.
    pub fn value(self, definition: &Definition) -> Option<f64> {
        if self.is_nothing() { None } else { definition.value(self.numerator, self.denominator) }
    }

    /// Its value in words: "83.3%", and "Nothing counted" where nothing was, never 0%.
    pub fn told(self, definition: &Definition) -> String {
        definition.told(self.value(definition))
    }

    /// Of how many it is: "5 of 6"; empty of a plain count and where nothing was counted.
    pub fn of_how_many(self, definition: &Definition) -> String {
        definition.of_how_many(self.numerator, self.denominator)
    }

    /// Both together: "83.3% (5 of 6)".
    pub fn whole(self, definition: &Definition) -> String {
        let (told, of) = (self.told(definition), self.of_how_many(definition));
        if of.is_empty() { told } else { format!("{told} ({of})") }
    }

    fn and(self, sum: &Sum) -> Self {
        let (numerator, denominator) = (self.numerator + sum.numerator, self.denominator + sum.denominator);
        Self { numerator, denominator }
    }
}

/// How many periods a chart shows (a guess: `definitions/reports.toml` says so).
pub fn shown(kind: Kind) -> usize {
    match kind {
        Kind::Day => 28,
        Kind::Week => 26,
        Kind::Month => 24,
        Kind::Quarter => 16,
    }
}

/// The days of the chart.
pub fn chart_span(period: Period) -> Span {
    let from = period.and_before(shown(period.kind))[0].from;
    Span { from, until: period.until }
}

fn total<'a>(of: &'a [(String, Sum)], measure: &'a str) -> Count {
    let own = of.iter().filter(|(key, _)| key == measure);
    own.fold(Count::default(), |count, (_, sum)| count.and(sum))
}

/// A figure of what was summed.
pub fn figure(
    (definition, versions): (&Definition, Option<Versions>),
    period: Period,
    today: Date,
    is_of_one: bool,
    sums: &Sums,
) -> Figure {
    let key = definition.key.as_str();
    let divisions = if is_of_one { BTreeMap::new() } else { by_division(key, &sums.period) };
    let settled = today.saturating_sub(definition.settles_after_days.days());
    Figure {
        measure: key.to_owned(),
        version: definition.version,
        versions,
        period: total(&sums.period, key),
        before: total(&sums.before, key),
        year_to_date: total(&sums.year_to_date, key),
        last_year: total(&sums.last_year, key),
        is_provisional: !period.is_over(today) || period.until > settled,
        divisions,
        months: sums.months.iter().map(|(month, all)| (*month, by_division(key, all))).collect(),
        series: series(key, period, today, &sums.days),
    }
}

fn by_division(key: &str, sums: &[(String, Sum)]) -> BTreeMap<String, Count> {
    let mut divisions: BTreeMap<String, Count> = BTreeMap::new();
    for (_, sum) in sums.iter().filter(|(of, _)| of == key) {
        let count = divisions.entry(sum.of.clone()).or_default();
        *count = count.and(sum);
    }
    divisions
}

fn series(key: &str, period: Period, today: Date, days: &[(String, Sum)]) -> Vec<(Date, Count)> {
    let over = period.and_before(shown(period.kind)).into_iter().filter(|one| one.is_over(today));
    let of = |one: Period| {
        let own = days.iter().filter(|(of, sum)| of == key && one.span().has(&sum.of));
        (one.from, own.fold(Count::default(), |count, (_, sum)| count.and(sum)))
    };
    // Before the record began nobody counted anything: that is no run of noughts.
    over.map(of).skip_while(|(_, count)| count.is_nothing()).collect()
}

impl Figure {
    /// When which version of its definition was in force as it was counted.
    pub fn timeline(&self) -> Timeline {
        let kept = self.versions.as_ref().map(|carried| carried.definition.clone());
        kept.unwrap_or_else(|| Timeline::of_one(self.version))
    }

    /// Its control chart: a new phase begins where another version counts otherwise.
    fn chart(&self, definition: &Definition) -> Chart {
        let value = |count: Count| definition.value(count.numerator, count.denominator);
        let points =
            self.series.iter().filter_map(|(date, count)| Some(Point { date: *date, value: value(*count)? }));
        let points: Vec<Point> = points.collect();
        chart(&Series {
            rebase_dates: phases(&self.timeline(), &points),
            points,
            direction: definition.good,
            target: definition.target,
            fix_after_n_points: None,
            screen_outliers: true,
        })
    }

    /// Whether it changed and whether it will meet its target, in words.
    pub fn verdict(&self, definition: &Definition) -> (&'static str, &'static str) {
        let chart = self.chart(definition);
        (words::verdict(&chart), words::assurance(&chart))
    }

    /// Its chart, drawn; nothing with fewer than two values.
    pub fn drawing(&self, definition: &Definition, title: &str) -> Option<Drawing> {
        let chart = self.chart(definition);
        let drawing = draw(&chart, title, definition.target, |value| definition.told(Some(value)))?;
        let (first, last) = (self.series.first()?.0, self.series.last()?.0);
        let timeline = self.timeline();
        let changes = timeline.changes(first, last);
        Some(drawing.marked(&chart, changes.map(|since| (since.from, format!("Version {}", since.version)))))
    }
}

/// Against what a figure stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Which {
    /// The period.
    Period,
    /// The one before.
    Before,
    /// The year to date.
    YearToDate,
    /// The same period last year.
    LastYear,
    /// The period in this division.
    Division(String),
}

/// A figure that another edition has otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The key of the measure.
    pub measure: String,
    /// Which of its figures.
    pub which: Which,
    /// As it was; nothing where that edition did not have it.
    pub was: Option<Count>,
    /// As it is; nothing where this edition does not have it.
    pub now: Option<Count>,
}

/// Every figure that differs between two editions, in the order of the later one.
pub fn changes(was: &Counted, now: &Counted) -> Vec<Change> {
    let find = |of: &Counted, key: &str| of.figures.iter().find(|one| one.measure == key).map(parts);
    let gone = was.figures.iter().filter(|one| find(now, &one.measure).is_none());
    let mut all = Vec::new();
    for figure in now.figures.iter().chain(gone) {
        let (before, after) = (find(was, &figure.measure), find(now, &figure.measure));
        let keys = after.iter().chain(&before).flatten().map(|(which, _)| which.clone());
        let mut seen: Vec<Which> = Vec::new();
        for which in keys {
            let of = |parts: &Option<Vec<(Which, Count)>>| {
                // A division in which nothing was counted is not there.
                let zero = matches!(which, Which::Division(_)).then(Count::default);
                let found = |parts: &Vec<(Which, Count)>| {
                    parts.iter().find(|(one, _)| *one == which).map(|(_, count)| *count).or(zero)
                };
                parts.as_ref().and_then(found)
            };
            let (was, now) = (of(&before), of(&after));
            if was != now && !seen.contains(&which) {
                all.push(Change { measure: figure.measure.clone(), which: which.clone(), was, now });
            }
            seen.push(which);
        }
    }
    all
}

fn parts(figure: &Figure) -> Vec<(Which, Count)> {
    let whole = [
        (Which::Period, figure.period),
        (Which::Before, figure.before),
        (Which::YearToDate, figure.year_to_date),
        (Which::LastYear, figure.last_year),
    ];
    let divisions = figure.divisions.iter().map(|(letter, count)| (Which::Division(letter.clone()), *count));
    whole.into_iter().chain(divisions).collect()
}

#[cfg(test)]
#[path = "rules_test.rs"]
mod tests;
