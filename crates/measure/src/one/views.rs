//! One measure: its figure, its periods, by division and by reason, and its definition.

use askama::Template;
use jiff::{ToSpan, civil::Date};
use journal::{DatabaseError, words::day as told_day};
use serde::Serialize;
use users::User;
use web::{Choice, Frame, Section};

use crate::{
    asked::{Period, Query, Step},
    catalogue::Definition,
    chart::{
        drawing::{Drawing, draw},
        rules::chart,
        series::{Point, Series},
        words,
    },
    definition::pages::ADDRESS,
    figure::rows::{NONE, Sum},
    measures::{failure_demand::FAILURE_DEMAND, reason_words},
};

/// A figure that opens to its records.
#[derive(Debug, Clone, Serialize)]
pub struct Figure {
    /// Of what: a period, a division, a reason.
    pub of: String,
    /// Its value in words.
    pub told: String,
    /// Its value.
    pub value: Option<f64>,
    /// The numerator.
    pub numerator: i64,
    /// The denominator; nothing of a plain count.
    pub denominator: i64,
    /// The records that it counts; empty where there are none.
    pub address: String,
    /// Of how many it is, in words; empty of a plain count and where nothing is counted.
    pub of_how_many: String,
    /// Whether it is expected to change still.
    pub is_provisional: bool,
}

/// What was found.
#[derive(Debug, Clone, Copy)]
pub struct Found<'a> {
    /// By day.
    pub by_day: &'a [Sum],
    /// By division.
    pub by_division: &'a [Sum],
    /// By reason.
    pub by_reason: &'a [Sum],
    /// The entry at which the counting stands.
    pub seq: i64,
}

/// The page.
#[derive(Debug, Template, Serialize)]
#[template(path = "one/show.html")]
pub struct ShowPage {
    /// The frame.
    #[serde(skip)]
    pub frame: Frame,
    /// Its definition.
    pub definition: &'static Definition,
    /// What is asked.
    pub query: Query,
    /// The period in words.
    pub period: String,
    /// The whole of it.
    pub whole: Figure,
    /// Period by period, the earliest first.
    pub periods: Vec<Figure>,
    /// Its control chart; nothing with fewer than two whole periods in which something was counted.
    pub drawing: Option<Drawing>,
    /// Whether it changed, in words.
    pub verdict: &'static str,
    /// Whether it will meet its target, in words; empty where it has none.
    pub assurance: &'static str,
    /// By division.
    pub divisions: Vec<Figure>,
    /// By reason.
    pub reasons: Vec<Figure>,
    /// Whether the measure is a plain count.
    pub is_count: bool,
    /// The entry at which the counting stands.
    pub counted_to: i64,
    /// The address of the file.
    pub csv: String,
    /// Whether anything narrows it.
    pub is_filtered: bool,
    /// Choices of the filter: name, words, choices.
    #[serde(skip)]
    pub filters: Vec<(&'static str, &'static str, Vec<Choice>)>,
    /// The day from which values are not settled, in words.
    pub settled_until: String,
    /// Where its definition is published in full; empty where it is all here.
    pub published: &'static str,
}

/// The sums of each period, the earliest first; one in which nothing was counted has none.
pub fn periods(period: &Period, by_day: &[Sum]) -> Vec<(Date, Date, i64, i64)> {
    let asked = &period.asked;
    let starts = period.step.between(asked.from, asked.until);
    let of = |start: Date| {
        let end = period.step.end(start).min(asked.until);
        let (first, last) = (start.max(asked.from).to_string(), end.to_string());
        let days = by_day.iter().filter(|sum| first <= sum.of && sum.of <= last);
        let (n, d) = days.fold((0, 0), |(n, d), sum| (n + sum.numerator, d + sum.denominator));
        (start.max(asked.from), end, n, d)
    };
    starts.into_iter().map(of).collect()
}

/// The series of a measure: its whole periods in which something was counted, each on its first day.
pub fn series(definition: &Definition, period: &Period, by_day: &[Sum]) -> Series {
    let whole = |start: Date, end: Date| {
        start == period.step.start(start) && end == period.step.end(start) && end < period.today
    };
    let of = periods(period, by_day).into_iter().filter(|(start, end, ..)| whole(*start, *end));
    let points = of.filter_map(|(start, _, numerator, denominator)| {
        let value = definition.value(numerator, denominator)?;
        Some(Point { date: start, value })
    });
    Series {
        points: points.collect(),
        direction: definition.good,
        target: definition.target,
        rebase_dates: Vec::new(),
        fix_after_n_points: None,
        screen_outliers: true,
    }
}

fn figure(
    definition: &Definition,
    of: String,
    (numerator, denominator): (i64, i64),
    address: String,
) -> Figure {
    let value = definition.value(numerator, denominator);
    let is_empty = numerator == 0 && denominator == 0;
    Figure {
        of,
        told: definition.told(value),
        value,
        numerator,
        denominator,
        address: if is_empty { String::new() } else { address },
        of_how_many: definition.of_how_many(numerator, denominator),
        is_provisional: false,
    }
}

fn name(step: Step, start: Date, end: Date) -> String {
    match step {
        Step::Day => told_day(start),
        Step::Week => format!("{} to {}", told_day(start), told_day(end)),
        Step::Month => start.strftime("%B %Y").to_string(),
    }
}

/// The page of what was found.
pub fn page(
    who: &User,
    definition: &'static Definition,
    query: Query,
    period: &Period,
    found: &Found<'_>,
) -> ShowPage {
    let asked = &period.asked;
    let here = format!("/measures/{}", definition.key);
    let behind = format!("{here}/records");
    let query = Query { as_at: String::new(), after: String::new(), ..query };
    let whole_period =
        Query { from: asked.from.to_string(), until: asked.until.to_string(), ..query.clone() };
    let settled = period.today.saturating_sub(definition.settles_after_days.days());
    let each = periods(period, found.by_day).into_iter().map(|(start, end, n, d)| {
        let of = Query { from: start.to_string(), until: end.to_string(), ..query.clone() };
        let one = figure(definition, name(period.step, start, end), (n, d), of.address(&behind));
        Figure { is_provisional: end > settled, ..one }
    });
    let division = |sum: &Sum| {
        let of = Query { division: asked_as(&sum.of), ..whole_period.clone() };
        figure(definition, division_words(&sum.of), (sum.numerator, sum.denominator), of.address(&behind))
    };
    let reason = |sum: &Sum| {
        let of = Query { reason: asked_as(&sum.of), ..whole_period.clone() };
        let words = reason_words(&definition.key, &sum.of);
        figure(definition, words, (sum.numerator, sum.denominator), of.address(&behind))
    };
    let all = found.by_day.iter().fold((0, 0), |(n, d), sum| (n + sum.numerator, d + sum.denominator));
    let told_period = format!("{} to {}", told_day(asked.from), told_day(asked.until));
    let chart = chart(&series(definition, period, found.by_day));
    let title = format!("{}, {told_period}", definition.name);
    ShowPage {
        drawing: draw(&chart, &title, definition.target, |value| definition.told(Some(value))),
        verdict: words::verdict(&chart),
        assurance: words::assurance(&chart),
        frame: Frame::of(definition.name.clone(), Section::Measures).seen_by(who.signed()),
        definition,
        whole: figure(definition, told_period.clone(), all, whole_period.address(&behind)),
        period: told_period,
        periods: each.collect(),
        divisions: found.by_division.iter().map(division).collect(),
        reasons: found.by_reason.iter().map(reason).collect(),
        is_count: definition.denominator.is_empty(),
        counted_to: found.seq,
        csv: query.address(&format!("{here}/series.csv")),
        is_filtered: query != Query::default(),
        filters: filters(&query, definition, found.by_reason),
        settled_until: told_day(settled),
        published: if definition.key == FAILURE_DEMAND { ADDRESS } else { "" },
        query,
    }
}

fn asked_as(key: &str) -> String {
    if key.is_empty() { NONE.to_owned() } else { key.to_owned() }
}

/// "E Edinburgh", or that none is known.
pub fn division_words(letter: &str) -> String {
    let unit = contact::unit::all().iter().find(|unit| !unit.letter.is_empty() && unit.letter == letter);
    unit.map_or_else(|| "Division not known".to_owned(), |unit| format!("{letter} {}", unit.name))
}

fn filters(
    query: &Query,
    definition: &Definition,
    reasons: &[Sum],
) -> Vec<(&'static str, &'static str, Vec<Choice>)> {
    let steps = Step::ALL
        .map(|(_, key, words)| Choice::of(key, words, if query.by.is_empty() { "week" } else { &query.by }));
    let divisions = contact::unit::all().iter().filter(|unit| !unit.letter.is_empty());
    let divisions =
        divisions.map(|unit| Choice::of(&unit.letter, division_words(&unit.letter), &query.division));
    let divisions = std::iter::once(Choice::of("", "All", &query.division)).chain(divisions).collect();
    let mut keys: Vec<&str> =
        reasons.iter().map(|sum| if sum.of.is_empty() { NONE } else { &sum.of }).collect();
    if !query.reason.is_empty() && !keys.contains(&query.reason.as_str()) {
        keys.push(&query.reason);
    }
    let one = |key: &&str| Choice::of(*key, reason_words(&definition.key, key), &query.reason);
    let chosen = std::iter::once(Choice::of("", "All", &query.reason)).chain(keys.iter().map(one)).collect();
    vec![
        ("by", "Periods", steps.to_vec()),
        ("division", "Division", divisions),
        ("reason", "Counted for", chosen),
    ]
}

/// The periods as a file, with a byte order mark so that Excel reads it as UTF-8.
pub fn csv(definition: &Definition, period: &Period, by_day: &[Sum]) -> Result<Vec<u8>, DatabaseError> {
    let broken = |error: &dyn std::fmt::Display| DatabaseError::Encode(format!("CSV: {error}").into());
    let mut writer = ::csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
    let head = ["Measure", "Version", "From", "Until", "Numerator", "Denominator", "Value"];
    writer.write_record(head).map_err(|error| broken(&error))?;
    for (start, end, numerator, denominator) in periods(period, by_day) {
        let value =
            definition.value(numerator, denominator).map_or_else(String::new, |value| value.to_string());
        let cells = [
            definition.key.clone(),
            definition.version.to_string(),
            start.to_string(),
            end.to_string(),
            numerator.to_string(),
            denominator.to_string(),
            value,
        ];
        writer.write_record(cells).map_err(|error| broken(&error))?;
    }
    writer.into_inner().map_err(|error| broken(&error))
}
