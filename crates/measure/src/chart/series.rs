//! A series as it comes in, and what is said of it: the shapes of `answerable measure xmr`. Pure.

#![expect(
    missing_docs,
    reason = "the names of the fields are those of the files; the document says what they are"
)]

use jiff::civil::Date;
use journal::Refusal;
use serde::{Deserialize, Serialize};

/// Which way is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    Increase,
    Decrease,
    Neutral,
}

impl Direction {
    /// As a page says it.
    pub fn words(self) -> &'static str {
        match self {
            Self::Increase => "More is better",
            Self::Decrease => "Less is better",
            Self::Neutral => "Neither more nor less is better",
        }
    }
}

/// One value.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Point {
    pub date: Date,
    pub value: f64,
}

/// A series, and how it is looked at.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Series {
    pub points: Vec<Point>,
    pub direction: Direction,
    #[serde(default)]
    pub target: Option<f64>,
    /// The days on which a new phase begins; one on which there is no value begins none.
    #[serde(default)]
    pub rebase_dates: Vec<Date>,
    /// The limits are those of the first so many values of a phase; nothing means all of them.
    #[serde(default)]
    pub fix_after_n_points: Option<usize>,
    /// Whether moving ranges that stick out are left out of the limits.
    #[serde(default = "yes")]
    pub screen_outliers: bool,
}

fn yes() -> bool {
    true
}

/// The fewest values after which limits may be frozen.
const LEAST_BASELINE: usize = 12;

/// The largest value, either way: sums and ranges of a few thousand such values can be told apart from infinity.
const MOST: f64 = 1e300;

impl Series {
    /// Reads a series written as JSON; what is wrong with it is named by field and row.
    pub fn read(text: &str) -> Result<Self, Refusal> {
        let unreadable = |error: serde_json::Error| {
            let sentence = format!(
                "It cannot be read ({error}). Give an object with points (each a date and a value), direction, and what else there is."
            );
            Refusal::of("series", sentence)
        };
        let mut all: serde_json::Value = serde_json::from_str(text).map_err(unreadable)?;
        if let Some(rows) = all.get("points").and_then(serde_json::Value::as_array) {
            for (number, row) in (1..).zip(rows) {
                Point::deserialize(row).map_err(|error| {
                    let sentence = format!(
                        "Row {number} cannot be read ({error}). Give a date as 2026-11-26 and a value."
                    );
                    Refusal::of("points", sentence)
                })?;
            }
        }
        let series = Self::deserialize(all.take()).map_err(unreadable)?;
        series.check()?;
        Ok(series)
    }

    /// What is wrong with it: the field, the row where there is one, and the mend.
    pub fn check(&self) -> Result<(), Refusal> {
        let mut days: Vec<Date> = self.points.iter().map(|point| point.date).collect();
        days.sort_unstable();
        if let Some(two) = days.windows(2).find(|two| two[0] == two[1]) {
            let row = self.points.iter().rposition(|point| point.date == two[0]).map_or(0, |at| at + 1);
            let sentence = format!("Row {row}: {} is there twice. Give one value for each date.", two[0]);
            return Err(Refusal::of("points", sentence));
        }
        if let Some(row) = self.points.iter().position(|point| !point.value.is_finite()) {
            let sentence =
                format!("Row {}: the value is no number. Give one, or leave the row out.", row + 1);
            return Err(Refusal::of("points", sentence));
        }
        let huge = |value: f64| value.abs() > MOST;
        if let Some(row) = self.points.iter().position(|point| huge(point.value)) {
            let sentence = format!(
                "Row {}: the value is too large to be counted with. Give it in a larger unit.",
                row + 1
            );
            return Err(Refusal::of("points", sentence));
        }
        if self.target.is_some_and(|target| !target.is_finite() || huge(target)) {
            return Err(Refusal::of("target", "The target is no number. Give one, or leave it out."));
        }
        if let Some(few) = self.fix_after_n_points.filter(|number| *number < LEAST_BASELINE) {
            let sentence = format!(
                "Limits cannot be frozen after {few} values. Give at least {LEAST_BASELINE}, or leave it out."
            );
            return Err(Refusal::of("fix_after_n_points", sentence));
        }
        Ok(())
    }

    /// Refuses a phase that begins on a day without a value: a page says so, a file may have one.
    pub fn check_phases(&self) -> Result<(), Refusal> {
        let is_there = |day: &&Date| self.points.iter().any(|point| point.date == **day);
        match self.rebase_dates.iter().find(|day| !is_there(day)) {
            Some(day) => {
                let sentence =
                    format!("Nothing is counted on {day}, so no phase begins there. Choose another day.");
                Err(Refusal::of("rebase_dates", sentence))
            }
            None => Ok(()),
        }
    }
}
