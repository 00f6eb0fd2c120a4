//! A chart in words: whether something changed, and whether the target will be met. Pure.

use super::life::{Assurance, Cause, Chart, Variation};

/// Whether the process changed: "Improving", "No significant change".
pub fn verdict(chart: &Chart) -> &'static str {
    let is_one_value = chart.points.windows(2).all(|two| two[0].value.to_bits() == two[1].value.to_bits());
    match chart.variation_icon {
        None => "Not enough data",
        Some(_) if is_one_value => "No variation recorded",
        Some(Variation::CommonCause) => "No significant change",
        Some(Variation::ImprovementHigh | Variation::ImprovementLow) => "Improving",
        Some(Variation::ConcernHigh | Variation::ConcernLow) => "Getting worse",
        Some(Variation::NeutralHigh) => "Changed, higher",
        Some(Variation::NeutralLow) => "Changed, lower",
    }
}

/// Whether the target will be met, as the process stood when its range was set; empty where there is no target.
pub fn assurance(chart: &Chart) -> &'static str {
    match chart.assurance {
        None => "",
        Some(Assurance::ConsistentPass) => {
            "Will keep meeting the target, as the process stood when the range was set"
        }
        Some(Assurance::ConsistentFail) => {
            "Will keep missing the target, as the process stood when the range was set"
        }
        Some(Assurance::Inconsistent) => {
            "May or may not meet the target, as the process stood when the range was set"
        }
    }
}

/// What has to be known before it is believed: a chart of ranges fits rare counts badly. Empty where nothing has.
pub fn caution(chart: &Chart) -> &'static str {
    let zeros = chart.points.iter().filter(|point| point.value == 0.0).count();
    // A guess for the threshold (MEASURES 2).
    if 4 * zeros > chart.points.len() {
        "More than a quarter of the values are 0: this chart fits rare counts badly, so look at the records"
    } else {
        ""
    }
}

/// Why a point is special: "one of seven that rise".
pub fn cause(cause: Cause) -> &'static str {
    match cause {
        Cause::CommonCause => "within the expected range",
        Cause::AboveUpperLimit => "above the upper limit",
        Cause::BelowLowerLimit => "below the lower limit",
        Cause::TrendIncreasing => "one of seven that rise",
        Cause::TrendDecreasing => "one of seven that fall",
        Cause::TwoOfThreeAbove => "one of two near the upper limit",
        Cause::TwoOfThreeBelow => "one of two near the lower limit",
        Cause::ShiftAbove => "one of seven above the mean",
        Cause::ShiftBelow => "one of seven below the mean",
    }
}

/// The sign of a verdict: which picture stands beside it.
pub fn change_sign(chart: &Chart) -> &'static str {
    match chart.variation_icon {
        None => "unknown",
        Some(Variation::CommonCause) => "none",
        Some(Variation::ImprovementHigh) => "better-high",
        Some(Variation::ImprovementLow) => "better-low",
        Some(Variation::ConcernHigh) => "worse-high",
        Some(Variation::ConcernLow) => "worse-low",
        Some(Variation::NeutralHigh) => "other-high",
        Some(Variation::NeutralLow) => "other-low",
    }
}

/// Why the last point says so: "The last value is one of seven above the mean"; empty where it says nothing.
pub fn because(chart: &Chart) -> String {
    let last = chart.points.last().filter(|_| chart.variation_icon.is_some());
    last.map_or_else(String::new, |last| format!("The last value is {}.", cause(last.cause)))
}

/// The sign of what is said of the target; empty where nothing is.
pub fn target_sign(chart: &Chart) -> &'static str {
    match chart.assurance {
        None => "",
        Some(Assurance::ConsistentPass) => "pass",
        Some(Assurance::ConsistentFail) => "fail",
        Some(Assurance::Inconsistent) => "maybe",
    }
}

/// What is said of the target in a cell; empty where there is none.
pub fn assurance_in_short(chart: &Chart, has_target: bool) -> &'static str {
    match chart.assurance {
        None if has_target => "Not judged yet",
        None => "",
        Some(Assurance::ConsistentPass) => "Will keep meeting",
        Some(Assurance::ConsistentFail) => "Will keep missing",
        Some(Assurance::Inconsistent) => "May or may not meet",
    }
}
