//! A plan as a workbook, in the two shapes in which forces publish theirs.

use anyhow::{Context, Result};
use import::TargetDate;
use rust_xlsxwriter::{ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet};

use crate::{Plan, Recommendation};

/// How the plan's table is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Headings in the first row, one row for each recommendation, all its actions in one cell: the plan of
    /// March 2023.
    Plain,
    /// A title across the sheet, a row for each action with the rest merged down beside it, the columns in
    /// another order, the first target and the revised one apart.
    Titled,
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    Reference,
    Words,
    ReferenceAndWords,
    RiskExposure,
    RiskStatement,
    AllActions,
    ActionNumber,
    Action,
    Owner,
    Impact,
    Target,
    FirstTarget,
    RevisedTarget,
    Updates,
}

use Column::{
    Action, ActionNumber, AllActions, FirstTarget, Impact, Owner, Reference, ReferenceAndWords,
    RevisedTarget, RiskExposure, RiskStatement, Target, Updates, Words,
};

impl Shape {
    fn columns(self) -> &'static [Column] {
        match self {
            Self::Plain => {
                &[ReferenceAndWords, RiskExposure, RiskStatement, AllActions, Owner, Impact, Target, Updates]
            }
            Self::Titled => &[
                Reference,
                Owner,
                FirstTarget,
                RevisedTarget,
                Words,
                ActionNumber,
                Action,
                Impact,
                RiskExposure,
                RiskStatement,
                Updates,
            ],
        }
    }
}

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq)]
enum Value {
    Words(String),
    Day(jiff::civil::Date),
}

impl Column {
    fn heading(self) -> &'static str {
        match self {
            Reference => "Ref",
            Words | ReferenceAndWords => "Recommendation",
            RiskExposure => "Risk Exposure",
            RiskStatement => "Risk statement",
            AllActions | Action => "Action to be taken",
            ActionNumber => "Action no",
            Owner => "Owner",
            Impact => "Impact",
            Target => "Target Date",
            FirstTarget => "Initial target date",
            RevisedTarget => "Revised target date",
            Updates => "Updates",
        }
    }

    fn width(self) -> u16 {
        match self {
            Reference | ActionNumber | RiskExposure => 10,
            Target | FirstTarget | RevisedTarget => 16,
            Owner => 28,
            _ => 60,
        }
    }

    /// What it holds of the recommendation in the row of its `nth` action.
    fn value(self, of: &Recommendation, nth: usize) -> Value {
        let action = of.numbered_actions().nth(nth);
        let words = match self {
            Reference => of.reference.clone(),
            Words => of.text.clone(),
            ReferenceAndWords => format!("{} - {}", of.reference, of.text),
            RiskExposure => of.risk_exposure.clone(),
            RiskStatement => of.risk_statement.clone(),
            AllActions => {
                let actions: Vec<_> =
                    of.numbered_actions().map(|(number, text)| format!("{number} {text}")).collect();
                actions.join("\n")
            }
            ActionNumber => action.map_or_else(String::new, |(number, _)| number),
            Action => action.map_or_else(String::new, |(_, text)| text.to_owned()),
            Owner => of.owner.clone(),
            Impact => of.impact.clone(),
            Target => match (of.target, of.revised_target) {
                (Some(first), Some(revised)) => format!("{first} (revised to {revised})"),
                (only, _) => return date(only),
            },
            FirstTarget => return date(of.target),
            RevisedTarget => return date(of.revised_target),
            Updates => of.update.clone(),
        };
        Value::Words(words)
    }

    fn is_of_action(self) -> bool {
        matches!(self, ActionNumber | Action)
    }
}

/// A day is a date cell; a month is words, since a date cell would make it its first day.
fn date(target: Option<TargetDate>) -> Value {
    match target {
        Some(TargetDate::Day(day)) => Value::Day(day),
        Some(month) => Value::Words(month.to_string()),
        None => Value::Words(String::new()),
    }
}

/// The formats of a sheet.
struct Formats {
    title: Format,
    heading: Format,
    words: Format,
    day: Format,
}

impl Formats {
    fn new() -> Self {
        let words = Format::new().set_text_wrap().set_align(FormatAlign::Top).set_border(FormatBorder::Thin);
        Self {
            title: Format::new().set_bold().set_font_size(14),
            heading: words.clone().set_bold(),
            day: words.clone().set_num_format("dd/mm/yyyy").set_align(FormatAlign::Left),
            words,
        }
    }
}

/// The plan as an .xlsx file. A column that would be empty all the way down is left out.
pub fn workbook(plan: &Plan, shape: Shape) -> Result<Vec<u8>> {
    let has = |column: &Column| {
        let empty = Value::Words(String::new());
        plan.recommendations.iter().any(|one| column.value(one, 0) != empty)
    };
    let columns: Vec<Column> = shape.columns().iter().copied().filter(has).collect();
    let last = u16::try_from(columns.len().saturating_sub(1)).context("too many columns")?;
    let formats = Formats::new();
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("Improvement plan")?;
    let mut row = 0;
    if shape == Shape::Titled {
        let title = format!("{} inspection: improvement plan", plan.title);
        sheet.merge_range(0, 0, 0, last, &title, &formats.title)?;
        row = 2;
    }
    for (at, column) in (0..).zip(&columns) {
        sheet.set_column_width(at, column.width())?;
        sheet.write_string_with_format(row, at, column.heading(), &formats.heading)?;
    }
    row += 1;
    for one in &plan.recommendations {
        let rows = if shape == Shape::Titled { u32::try_from(one.actions.len())?.max(1) } else { 1 };
        for (at, column) in (0..).zip(&columns) {
            write(sheet, &formats, (row, at, rows), *column, one)?;
        }
        row += rows;
    }
    Ok(book.save_to_buffer()?)
}

/// Writes what `column` holds of one recommendation into its `rows` rows.
fn write(
    sheet: &mut Worksheet,
    formats: &Formats,
    (row, at, rows): (u32, u16, u32),
    column: Column,
    of: &Recommendation,
) -> Result<()> {
    if column.is_of_action() {
        for (nth, row) in (row..row + rows).enumerate() {
            put(sheet, formats, row, at, &column.value(of, nth))?;
        }
        return Ok(());
    }
    let value = column.value(of, 0);
    if rows > 1 {
        sheet.merge_range(row, at, row + rows - 1, at, "", &formats.words)?;
    }
    put(sheet, formats, row, at, &value)
}

fn put(sheet: &mut Worksheet, formats: &Formats, row: u32, at: u16, value: &Value) -> Result<()> {
    match value {
        Value::Words(words) => sheet.write_string_with_format(row, at, words, &formats.words)?,
        Value::Day(day) => {
            let (year, month, day) =
                (u16::try_from(day.year())?, u8::try_from(day.month())?, u8::try_from(day.day())?);
            let day = ExcelDateTime::from_ymd(year, month, day)?;
            sheet.write_datetime_with_format(row, at, day, &formats.day)?
        }
    };
    Ok(())
}
