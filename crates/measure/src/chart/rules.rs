//! From a series to its chart (MEASURES 2, after NHSRplotthedots 0.2.2). Pure.

use std::collections::BTreeSet;

use super::{
    life::{Assurance, Cause, Chart, Counts, Group, Judged, PointType, Rule, Variation},
    series::{Direction, Point, Series},
};

/// The limits are the mean and so many average moving ranges.
const LIMIT: f64 = 2.66;
/// A moving range of so many average ones or more is screened out.
const SCREEN: f64 = 3.267;
/// Points of a trend, and of a shift.
const RUN: usize = 7;
/// A phase with fewer values has trial limits.
const SHORT: usize = 13;
/// With fewer values there are no icons.
const LEAST: usize = 7;

/// The chart of a series that was checked.
pub fn chart(series: &Series) -> Chart {
    let mut points = series.points.clone();
    points.sort_by_key(|point| point.date);
    let (mut groups, mut judged) = (Vec::new(), Vec::new());
    for (number, phase) in phases(&points, series) {
        let group = limits(number, phase, series);
        judged.extend(judge(&group, phase, series.direction));
        groups.push(group);
    }
    let is_enough = judged.len() >= LEAST;
    let last = judged.last().map(|point: &Judged| point.point_type);
    let variation = last.map(|last| variation(last, series.direction)).filter(|_| is_enough);
    let assurance = groups.last().and_then(|group| assurance(group, series)).filter(|_| is_enough);
    Chart {
        counts: counts(&judged),
        groups,
        points: judged,
        latest_point_type: last,
        variation_icon: variation,
        assurance,
        assurance_icon: assurance,
    }
}

/// The phases, each with its number: one that begins with the first value is number 1.
fn phases<'a>(points: &'a [Point], series: &Series) -> Vec<(usize, &'a [Point])> {
    let begins: BTreeSet<_> = series.rebase_dates.iter().copied().collect();
    let (mut all, mut number, mut start) = (Vec::new(), 0, 0);
    for (at, point) in points.iter().enumerate() {
        if begins.contains(&point.date) {
            if at > start {
                all.push((number, &points[start..at]));
            }
            (number, start) = (number + 1, at);
        }
    }
    if start < points.len() {
        all.push((number, &points[start..]));
    }
    all
}

#[expect(clippy::cast_precision_loss, reason = "a series has far fewer than 2^52 values")]
fn mean(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
}

fn limits(number: usize, phase: &[Point], series: &Series) -> Group {
    let n_baseline = series.fix_after_n_points.map_or(phase.len(), |most| most.min(phase.len()));
    let baseline: Vec<f64> = phase[..n_baseline].iter().map(|point| point.value).collect();
    let first = baseline.first().copied().unwrap_or_default();
    // The mean of equal values is that value, and not what rounding makes of it: else each would lie beside it.
    let is_flat = baseline.iter().all(|value| value.to_bits() == first.to_bits());
    let middle = if is_flat { first } else { mean(&baseline).unwrap_or_default() };
    let ranges: Vec<f64> = baseline.windows(2).map(|two| (two[1] - two[0]).abs()).collect();
    let unscreened = mean(&ranges);
    let kept: Vec<f64> = match unscreened.filter(|_| series.screen_outliers) {
        Some(all) => ranges.iter().copied().filter(|range| *range < SCREEN * all).collect(),
        None => ranges.clone(),
    };
    // Where every range is nothing all are screened out: the limits are the mean, and what differs from it is outside.
    let amr = unscreened.map(|_| mean(&kept).unwrap_or_default());
    let at = |ranges: f64| amr.map(|amr| middle + ranges * amr);
    let near = 2.0 * LIMIT / 3.0;
    Group {
        group: number,
        start: phase[0].date,
        end: phase[phase.len() - 1].date,
        n: phase.len(),
        n_baseline,
        mean: middle,
        amr_unscreened: unscreened,
        amr,
        moving_ranges_excluded: ranges.len() - kept.len(),
        lpl: at(-LIMIT),
        upl: at(LIMIT),
        near_lpl: at(-near),
        near_upl: at(near),
        short: phase.len() < SHORT,
    }
}

fn side(value: f64, middle: f64) -> i8 {
    if value > middle {
        1
    } else if value < middle {
        -1
    } else {
        0
    }
}

fn judge(group: &Group, phase: &[Point], direction: Direction) -> Vec<Judged> {
    let is_above = |value: f64, limit: Option<f64>| limit.is_some_and(|limit| value > limit);
    let is_below = |value: f64, limit: Option<f64>| limit.is_some_and(|limit| value < limit);
    let values: Vec<f64> = phase.iter().map(|point| point.value).collect();
    let sides: Vec<i8> = values.iter().map(|value| side(*value, group.mean)).collect();
    let outside: Vec<bool> =
        values.iter().map(|value| is_above(*value, group.upl) || is_below(*value, group.lpl)).collect();
    let near: Vec<bool> = values
        .iter()
        .zip(&outside)
        .map(|(value, outside)| {
            let is_near = is_above(*value, group.near_upl) || is_below(*value, group.near_lpl);
            !outside && is_near
        })
        .collect();
    let (trend, two, shift) = (trends(&values), two_of_three(&sides, &near), shifts(&sides));
    let judged = (0..values.len()).map(|at| {
        let of = [
            (Rule::Astronomical, outside[at]),
            (Rule::Trend, trend[at]),
            (Rule::TwoOfThree, two[at]),
            (Rule::Shift, shift[at]),
        ];
        let rules: Vec<Rule> = of.into_iter().filter(|(_, holds)| *holds).map(|(rule, _)| rule).collect();
        let cause = cause(rules.first().copied(), sides[at], || step(&values, &trend, at));
        Judged {
            date: phase[at].date,
            value: values[at],
            group: group.group,
            side: sides[at],
            outside: outside[at],
            near: near[at],
            rules,
            cause,
            point_type: point_type(cause, direction),
        }
    });
    judged.collect()
}

/// Marks every point of a run of at least [`RUN`]; `goes_on` says whether a point goes on with the run before it.
fn runs(length: usize, goes_on: impl Fn(usize) -> bool, counts: impl Fn(usize) -> bool) -> Vec<bool> {
    let mut marked = vec![false; length];
    let mut start = 0;
    for at in 1..=length {
        if at < length && goes_on(at) {
            continue;
        }
        if at - start >= RUN && counts(start) {
            marked[start..at].iter_mut().for_each(|mark| *mark = true);
        }
        start = at;
    }
    marked
}

/// Seven that rise strictly, or fall; the point between two runs is of both.
fn trends(values: &[f64]) -> Vec<bool> {
    let steps: Vec<i8> = values.windows(2).map(|two| side(two[1], two[0])).collect();
    let mut marked = vec![false; values.len()];
    let mut start = 0;
    for at in 1..=steps.len() {
        if at < steps.len() && steps[at] == steps[start] {
            continue;
        }
        if !steps.is_empty() && steps[start] != 0 && at - start >= RUN - 1 {
            marked[start..=at].iter_mut().for_each(|mark| *mark = true);
        }
        start = at;
    }
    marked
}

fn shifts(sides: &[i8]) -> Vec<bool> {
    runs(sides.len(), |at| sides[at] == sides[at - 1], |at| sides[at] != 0)
}

/// Three on one side, of which at least two are near its limit: those two are marked.
fn two_of_three(sides: &[i8], near: &[bool]) -> Vec<bool> {
    let mut marked = vec![false; sides.len()];
    for start in 0..sides.len().saturating_sub(2) {
        let three = start..start + 3;
        let is_one_side = sides[start] != 0 && sides[three.clone()].iter().all(|one| *one == sides[start]);
        if is_one_side && near[three.clone()].iter().filter(|one| **one).count() >= 2 {
            three.filter(|at| near[*at]).for_each(|at| marked[at] = true);
        }
    }
    marked
}

/// Which way a point of a trend goes: to the next one, where that is of a trend, too; else from the one before.
fn step(values: &[f64], trend: &[bool], at: usize) -> i8 {
    if trend.get(at + 1).copied().unwrap_or_default() {
        side(values[at + 1], values[at])
    } else if at > 0 {
        side(values[at], values[at - 1])
    } else {
        0
    }
}

fn cause(rule: Option<Rule>, side: i8, step: impl Fn() -> i8) -> Cause {
    match (rule, side > 0) {
        (None, _) => Cause::CommonCause,
        (Some(Rule::Astronomical), true) => Cause::AboveUpperLimit,
        (Some(Rule::Astronomical), false) => Cause::BelowLowerLimit,
        // No step reads as a fall: the convention has it so.
        (Some(Rule::Trend), _) if step() > 0 => Cause::TrendIncreasing,
        (Some(Rule::Trend), _) => Cause::TrendDecreasing,
        (Some(Rule::TwoOfThree), true) => Cause::TwoOfThreeAbove,
        (Some(Rule::TwoOfThree), false) => Cause::TwoOfThreeBelow,
        (Some(Rule::Shift), true) => Cause::ShiftAbove,
        (Some(Rule::Shift), false) => Cause::ShiftBelow,
    }
}

fn point_type(cause: Cause, direction: Direction) -> PointType {
    let is_high = match cause {
        Cause::CommonCause => return PointType::CommonCause,
        Cause::AboveUpperLimit | Cause::TrendIncreasing | Cause::TwoOfThreeAbove | Cause::ShiftAbove => true,
        Cause::BelowLowerLimit | Cause::TrendDecreasing | Cause::TwoOfThreeBelow | Cause::ShiftBelow => false,
    };
    match (direction, is_high) {
        (Direction::Neutral, true) => PointType::SpecialCauseNeutralHigh,
        (Direction::Neutral, false) => PointType::SpecialCauseNeutralLow,
        (Direction::Increase, true) | (Direction::Decrease, false) => PointType::SpecialCauseImprovement,
        (Direction::Increase, false) | (Direction::Decrease, true) => PointType::SpecialCauseConcern,
    }
}

fn variation(last: PointType, direction: Direction) -> Variation {
    let is_up = direction == Direction::Increase;
    match last {
        PointType::CommonCause => Variation::CommonCause,
        PointType::SpecialCauseImprovement if is_up => Variation::ImprovementHigh,
        PointType::SpecialCauseImprovement => Variation::ImprovementLow,
        PointType::SpecialCauseConcern if is_up => Variation::ConcernLow,
        PointType::SpecialCauseConcern => Variation::ConcernHigh,
        PointType::SpecialCauseNeutralHigh => Variation::NeutralHigh,
        PointType::SpecialCauseNeutralLow => Variation::NeutralLow,
    }
}

/// By the limits of the last phase: beyond them the process as it is always meets its target, or never does.
fn assurance(group: &Group, series: &Series) -> Option<Assurance> {
    let target = series.target?;
    let (lower, upper) = (group.lpl?, group.upl?);
    let is_up = match series.direction {
        Direction::Increase => true,
        Direction::Decrease => false,
        Direction::Neutral => return None,
    };
    Some(if target > upper {
        if is_up { Assurance::ConsistentFail } else { Assurance::ConsistentPass }
    } else if target < lower {
        if is_up { Assurance::ConsistentPass } else { Assurance::ConsistentFail }
    } else {
        Assurance::Inconsistent
    })
}

fn counts(points: &[Judged]) -> Counts {
    let mut counts = Counts::default();
    for point in points {
        let of = match point.point_type {
            PointType::CommonCause => &mut counts.common_cause,
            PointType::SpecialCauseImprovement => &mut counts.special_cause_improvement,
            PointType::SpecialCauseConcern => &mut counts.special_cause_concern,
            PointType::SpecialCauseNeutralHigh => &mut counts.special_cause_neutral_high,
            PointType::SpecialCauseNeutralLow => &mut counts.special_cause_neutral_low,
        };
        *of += 1;
    }
    counts
}
