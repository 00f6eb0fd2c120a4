//! The matrix of all measures: change by target (LOOK 6: the icon grid of NHS boards). Pure.

use jiff::{ToSpan, civil::Date};
use journal::Refusal;
use serde::Serialize;

use crate::{
    asked::{Period, Step},
    catalogue::{Catalogue, Definition},
    chart::{
        life::{Assurance, Chart, Variation},
        rules::chart,
    },
    figure::rows::{Asked, Sum},
    one::views::series,
};

/// Whole periods that are judged.
pub const PERIODS: i64 = 12;

/// Whether a measure changes: the rows of the matrix, what needs attention first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// For the worse.
    Worse,
    /// Not more than it always does.
    None,
    /// For the better.
    Better,
    /// It changed, and neither more nor less is better.
    Other,
    /// There are too few whole periods to say.
    TooLittle,
}

impl Change {
    /// All, in their order, with their words.
    pub const ALL: [(Self, &'static str); 5] = [
        (Self::Worse, "Getting worse"),
        (Self::None, "No significant change"),
        (Self::Better, "Improving"),
        (Self::Other, "Changed, neither better nor worse"),
        (Self::TooLittle, "Not enough data"),
    ];

    /// That of a chart.
    pub fn of(chart: &Chart) -> Self {
        match chart.variation_icon {
            None => Self::TooLittle,
            Some(Variation::CommonCause) => Self::None,
            Some(Variation::ImprovementHigh | Variation::ImprovementLow) => Self::Better,
            Some(Variation::ConcernHigh | Variation::ConcernLow) => Self::Worse,
            Some(Variation::NeutralHigh | Variation::NeutralLow) => Self::Other,
        }
    }
}

/// Whether it will meet its target: the columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Target {
    /// As the process is.
    KeepsMissing,
    /// By chance.
    MayOrMayNot,
    /// As the process is.
    KeepsMeeting,
    /// There is a target, and too few whole periods to say.
    NotJudged,
    /// There is no target.
    None,
}

impl Target {
    /// All, in their order, with their words.
    pub const ALL: [(Self, &'static str); 5] = [
        (Self::KeepsMissing, "Will keep missing its target"),
        (Self::MayOrMayNot, "May or may not meet it"),
        (Self::KeepsMeeting, "Will keep meeting it"),
        (Self::NotJudged, "Target not judged yet"),
        (Self::None, "No target"),
    ];

    /// That of a chart.
    pub fn of(chart: &Chart, target: Option<f64>) -> Self {
        match (target, chart.assurance) {
            (None, _) => Self::None,
            (Some(_), None) => Self::NotJudged,
            (Some(_), Some(Assurance::ConsistentFail)) => Self::KeepsMissing,
            (Some(_), Some(Assurance::ConsistentPass)) => Self::KeepsMeeting,
            (Some(_), Some(Assurance::Inconsistent)) => Self::MayOrMayNot,
        }
    }
}

/// How periods are asked for: weeks, or months.
pub fn step(by: &str) -> Result<Step, Refusal> {
    match by {
        "" | "week" => Ok(Step::Week),
        "month" => Ok(Step::Month),
        other => Err(Refusal::of("by", format!("Nothing is judged by “{other}”. Choose week or month."))),
    }
}

/// The first and the last day of the last whole periods before that of today.
pub fn days(step: Step, today: Date) -> (Date, Date) {
    let this = step.start(today);
    let first = match step {
        Step::Month => this.saturating_sub(PERIODS.months()),
        Step::Week => this.saturating_sub((7 * PERIODS).days()),
        Step::Day => this.saturating_sub(PERIODS.days()),
    };
    (first, this.saturating_sub(1.day()))
}

/// The chart of a measure in its last whole periods.
pub fn judged(definition: &Definition, step: Step, today: Date, by_day: &[Sum]) -> Chart {
    let (from, until) = days(step, today);
    let (division, reason) = (String::new(), String::new());
    let asked = Asked { measure: definition.key.clone(), from, until, division, reason, version: 0 };
    let timeline = Catalogue::published().timeline(&definition.key);
    chart(&series(definition, &timeline, &Period { asked, step, today }, by_day))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{catalogue::all, chart::series::Direction};

    fn date(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn only_whole_periods_are_judged() {
        for (case, step, today, from, until) in [
            ("a Thursday", Step::Week, "2026-11-26", "2026-08-31", "2026-11-22"),
            ("a Monday", Step::Week, "2026-11-23", "2026-08-31", "2026-11-22"),
            ("a Sunday", Step::Week, "2026-11-22", "2026-08-24", "2026-11-15"),
            ("months over a leap day", Step::Month, "2028-02-29", "2027-02-01", "2028-01-31"),
            ("the first of a month", Step::Month, "2026-11-01", "2025-11-01", "2026-10-31"),
        ] {
            assert_eq!(days(step, date(today)), (date(from), date(until)), "{case}");
            let whole = step.between(date(from), date(until));
            assert_eq!((whole.len(), whole[0]), (12, date(from)), "{case}");
        }
        assert!(step("hour").unwrap_err().sentence.contains("week or month"));
    }

    /// A measure of that direction and target, with such values in its last weeks.
    fn place(good: Direction, target: Option<f64>, values: &[i64]) -> (Change, Target) {
        let definition = Definition { good, target, ..all()[0].clone() };
        let (from, _) = days(Step::Week, date("2026-11-26"));
        let day = |week: i64| from.saturating_add((7 * week).days()).to_string();
        let sums: Vec<Sum> =
            (0..).zip(values).map(|(week, n)| Sum { of: day(week), numerator: *n, denominator: 0 }).collect();
        let chart = judged(&definition, Step::Week, date("2026-11-26"), &sums);
        (Change::of(&chart), Target::of(&chart, target))
    }

    #[test]
    fn a_measure_has_its_place_in_the_matrix() {
        let (more, less, neither) = (Direction::Increase, Direction::Decrease, Direction::Neutral);
        let steady = [20, 22, 19, 21, 20, 22, 20, 21, 20, 22, 19, 21];
        let rising = [20, 21, 20, 22, 19, 25, 27, 29, 31, 33, 35, 37];
        for (case, good, target, values, expected) in [
            ("steady", less, Some(20.0), steady, (Change::None, Target::MayOrMayNot)),
            ("steady above its target", less, Some(5.0), steady, (Change::None, Target::KeepsMissing)),
            ("steady below its target", less, Some(90.0), steady, (Change::None, Target::KeepsMeeting)),
            ("rising, and less is better", less, None, rising, (Change::Worse, Target::None)),
            ("rising, and more is better", more, None, rising, (Change::Better, Target::None)),
            ("rising, and it is all the same", neither, None, rising, (Change::Other, Target::None)),
            ("constant", less, Some(3.0), [4; 12], (Change::None, Target::KeepsMissing)),
        ] {
            assert_eq!(place(good, target, &values), expected, "{case}");
        }
    }

    #[test]
    fn a_rate_that_was_counted_in_too_few_weeks_is_not_judged() {
        let rate = all().iter().find(|one| !one.denominator.is_empty() && one.target.is_some()).unwrap();
        let few = |weeks: i64| {
            let (from, _) = days(Step::Week, date("2026-11-26"));
            let day = |week: i64| from.saturating_add((7 * week).days()).to_string();
            let sum = |week| Sum { of: day(week), numerator: 4 + week % 2, denominator: 6 };
            judged(rate, Step::Week, date("2026-11-26"), &(0..weeks).map(sum).collect::<Vec<_>>())
        };
        for (weeks, change, is_judged) in
            [(0, Change::TooLittle, false), (6, Change::TooLittle, false), (7, Change::None, true)]
        {
            let chart = few(weeks);
            assert_eq!(Change::of(&chart), change, "{weeks} weeks");
            assert_eq!(Target::of(&chart, rate.target) != Target::NotJudged, is_judged, "{weeks} weeks");
        }
    }
}
