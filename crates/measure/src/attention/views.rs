//! What needs attention, as a matrix and as a table.

use askama::Template;
use jiff::civil::Date;
use journal::words::day as told_day;
use serde::Serialize;
use users::User;
use web::{Frame, Section};

use super::rules::{Change, Target, days, judged};
use crate::{
    asked::Step,
    catalogue::{Catalogue, Definition, Versions, all},
    chart::{
        sparkline::{Sparkline, sparkline},
        words,
    },
    figure::rows::Sum,
    one::views::in_all,
};

/// One measure.
#[derive(Debug, Clone, Serialize)]
pub struct Row {
    /// Where it is, with the same periods.
    pub address: String,
    /// Its key.
    pub key: String,
    /// What it is called.
    pub name: String,
    /// Its figure in all of those periods.
    pub told: String,
    /// The same as a number.
    pub value: Option<f64>,
    /// Of how many; empty of a plain count.
    pub of_how_many: String,
    /// Its target in words; empty where it has none.
    pub wanted: String,
    /// Whether it changes.
    pub change: Change,
    /// That in words.
    pub verdict: &'static str,
    /// Whether it will meet its target.
    pub target: Target,
    /// That in words.
    pub assurance: &'static str,
    /// What has to be known before it is believed; empty where nothing has.
    pub caution: &'static str,
    /// The signs of both.
    #[serde(skip)]
    pub signs: (&'static str, &'static str),
    /// How it went; nothing with fewer than two periods.
    pub sparkline: Option<Sparkline>,
    /// By what it is counted.
    pub versions: Versions,
}

/// A line of the matrix: its measures in each column.
#[derive(Debug, Serialize)]
pub struct Line {
    /// Whether they change.
    pub change: Change,
    /// That in words.
    pub words: &'static str,
    /// The measures of each column.
    pub cells: Vec<Vec<Row>>,
}

/// The page.
#[derive(Debug, Template, Serialize)]
#[template(path = "attention/attention.html")]
pub struct AttentionPage {
    /// The frame.
    #[serde(skip)]
    pub frame: Frame,
    /// The periods in words: "12 whole weeks, 31 August 2026 to 22 November 2026".
    pub period: String,
    /// Whether they are months.
    pub is_by_month: bool,
    /// The columns in words; one that has no measure is left out.
    #[serde(skip)]
    pub columns: Vec<&'static str>,
    /// The matrix; a line that has no measure is left out.
    #[serde(skip)]
    pub lines: Vec<Line>,
    /// The measures, what needs attention first.
    pub rows: Vec<Row>,
    /// The entry at which the counting stands.
    pub counted_to: i64,
}

fn row(definition: &'static Definition, step: Step, today: Date, found: &[(String, Sum)]) -> Row {
    let of = found.iter().filter(|(key, _)| *key == definition.key);
    let by_day: Vec<Sum> = of.map(|(_, sum)| sum.clone()).collect();
    let chart = judged(definition, step, today, &by_day);
    let (from, until) = days(step, today);
    let by = if step == Step::Month { "&by=month" } else { "" };
    let (numerator, denominator) = in_all(&by_day);
    let value = definition.value(numerator, denominator);
    Row {
        address: format!("/measures/{}?from={from}&until={until}{by}", definition.key),
        key: definition.key.clone(),
        name: definition.name.clone(),
        told: definition.told(value),
        value,
        of_how_many: definition.of_how_many(numerator, denominator),
        wanted: definition.target.map_or_else(String::new, |target| definition.told(Some(target))),
        change: Change::of(&chart),
        verdict: words::verdict(&chart),
        target: Target::of(&chart, definition.target),
        assurance: words::assurance_in_short(&chart, definition.target.is_some()),
        caution: words::caution(&chart),
        signs: (words::change_sign(&chart), words::target_sign(&chart)),
        sparkline: sparkline(&chart, &definition.name, |value| definition.told(Some(value))),
        versions: Catalogue::published().carried(&definition.key).within(from, until),
    }
}

/// The page of what was found for each measure and day.
pub fn page(who: &User, step: Step, today: Date, found: &[(String, Sum)], counted_to: i64) -> AttentionPage {
    let (from, until) = days(step, today);
    let mut rows: Vec<Row> = all().iter().map(|definition| row(definition, step, today, found)).collect();
    rows.sort_by_key(|row| (row.change, row.target));
    let columns: Vec<_> =
        Target::ALL.into_iter().filter(|(target, _)| rows.iter().any(|row| row.target == *target)).collect();
    let line = |(change, words): (Change, &'static str)| {
        let cell = |target: Target| {
            let of = rows.iter().filter(|row| row.change == change && row.target == target);
            of.cloned().collect::<Vec<Row>>()
        };
        let cells: Vec<Vec<Row>> = columns.iter().map(|(target, _)| cell(*target)).collect();
        Line { change, words, cells }
    };
    let lines = Change::ALL.into_iter().map(line);
    let lines = lines.filter(|line| line.cells.iter().any(|cell| !cell.is_empty())).collect();
    let periods = if step == Step::Month { "months" } else { "weeks" };
    AttentionPage {
        frame: Frame::of("What needs attention", Section::Measures).seen_by(who.signed()),
        period: format!("12 whole {periods}, {} to {}", told_day(from), told_day(until)),
        is_by_month: step == Step::Month,
        columns: columns.iter().map(|(_, words)| *words).collect(),
        lines,
        rows,
        counted_to,
    }
}

/// The measures as a file, with a byte order mark so that Excel reads it as UTF-8.
pub fn csv(page: &AttentionPage) -> Result<Vec<u8>, String> {
    let mut writer = ::csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
    let head = [
        "Measure",
        "Name",
        "Value",
        "Wanted",
        "Change",
        "Target",
        "Version",
        "Organisation version",
        "Calendar version",
    ];
    writer.write_record(head).map_err(|error| error.to_string())?;
    for row in &page.rows {
        let value = row.value.map_or_else(String::new, |value| value.to_string());
        let (organisation, calendar) =
            (row.versions.organisation.to_string(), row.versions.calendar.to_string());
        let version = row.versions.definition.words(Date::MIN, Date::MAX);
        let cells = [
            row.key.as_str(),
            &row.name,
            &value,
            &row.wanted,
            row.verdict,
            row.assurance,
            &version,
            &organisation,
            &calendar,
        ];
        writer.write_record(cells).map_err(|error| error.to_string())?;
    }
    writer.into_inner().map_err(|error| error.to_string())
}
