//! What is said of a series: its phases with their limits, its points, and both icons. Pure.

#![expect(
    missing_docs,
    reason = "the names of the fields are those of the files; the document says what they are"
)]

use jiff::civil::Date;
use serde::Serialize;

/// A phase and its limits. A phase of one value has none.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Group {
    pub group: usize,
    pub start: Date,
    pub end: Date,
    pub n: usize,
    pub n_baseline: usize,
    pub mean: f64,
    pub amr_unscreened: Option<f64>,
    pub amr: Option<f64>,
    pub moving_ranges_excluded: usize,
    pub lpl: Option<f64>,
    pub upl: Option<f64>,
    pub near_lpl: Option<f64>,
    pub near_upl: Option<f64>,
    /// The limits are trial limits: there are fewer than 13 values.
    pub short: bool,
}

/// A rule that a point is part of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// Outside of the limits.
    Astronomical,
    /// Of seven that rise, or fall.
    Trend,
    /// Of three on one side, of which two are near its limit.
    TwoOfThree,
    /// Of seven on one side of the mean.
    Shift,
}

/// Why a point is special: the first of its rules, and which way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    CommonCause,
    AboveUpperLimit,
    BelowLowerLimit,
    TrendIncreasing,
    TrendDecreasing,
    TwoOfThreeAbove,
    TwoOfThreeBelow,
    ShiftAbove,
    ShiftBelow,
}

/// What a point says of the process.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PointType {
    CommonCause,
    SpecialCauseImprovement,
    SpecialCauseConcern,
    SpecialCauseNeutralHigh,
    SpecialCauseNeutralLow,
}

/// Whether the process changed, by its last point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Variation {
    CommonCause,
    ImprovementHigh,
    ImprovementLow,
    ConcernHigh,
    ConcernLow,
    NeutralHigh,
    NeutralLow,
}

/// Whether the process meets its target as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Assurance {
    ConsistentPass,
    ConsistentFail,
    Inconsistent,
}

/// A point and what is said of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Judged {
    pub date: Date,
    pub value: f64,
    pub group: usize,
    /// Above the mean 1, on it 0, below it -1.
    pub side: i8,
    pub outside: bool,
    pub near: bool,
    pub rules: Vec<Rule>,
    pub cause: Cause,
    pub point_type: PointType,
}

/// How many points of each type there are.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    pub common_cause: usize,
    pub special_cause_improvement: usize,
    pub special_cause_concern: usize,
    pub special_cause_neutral_high: usize,
    pub special_cause_neutral_low: usize,
}

/// All of it. With fewer than seven values there are no icons.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Chart {
    pub groups: Vec<Group>,
    pub points: Vec<Judged>,
    pub latest_point_type: Option<PointType>,
    pub variation_icon: Option<Variation>,
    pub assurance: Option<Assurance>,
    pub assurance_icon: Option<Assurance>,
    pub counts: Counts,
}
