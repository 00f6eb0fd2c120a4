//! Whether a figure shows what it is claimed to show: by the rules of the control chart, and by nobody's wish. Pure.

use measure::chart::{
    life::{Assurance, Chart, Variation},
    rules::chart,
    series::{Point, Series},
    words,
};
use measure::one::views::phases;

use super::rules::{Attached, Claim, Part};

/// Whether a claim is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It is.
    Shown,
    /// It is not.
    NotShown,
    /// There are too few values to say.
    TooEarly,
}

impl Verdict {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Shown, Self::NotShown, Self::TooEarly];

    /// The word of a row and an address.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Shown => "shown",
            Self::NotShown => "not_shown",
            Self::TooEarly => "too_early",
        }
    }

    /// As a page says it.
    pub fn words(self) -> &'static str {
        match self {
            Self::Shown => "Shown",
            Self::NotShown => "Not shown",
            Self::TooEarly => "Cannot be told yet",
        }
    }

    /// The verdict of a word.
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == word)
    }
}

/// The series of a figure: its whole periods in which something was counted, each on its first day. Where another version of
/// the definition counted otherwise, a new phase begins: a change of words is no change of what is counted.
pub fn series(attached: &Attached) -> Series {
    let definition = attached.kept.definition();
    let whole = attached.counted.parts.iter().filter(|part| part.is_whole);
    let point = |part: &Part| {
        let value = definition.value(part.numerator, part.denominator)?;
        Some(Point { date: part.from, value })
    };
    let points: Vec<Point> = whole.filter_map(point).collect();
    Series {
        rebase_dates: phases(&attached.timeline(), &points),
        points,
        direction: attached.kept.good,
        target: attached.kept.target,
        fix_after_n_points: None,
        screen_outliers: true,
    }
}

/// Whether it is shown, and why in a sentence.
pub fn judge(attached: &Attached) -> (Verdict, String) {
    if attached.claim == Claim::IsCounted {
        return counted(attached);
    }
    let chart = chart(&series(attached));
    let Some(variation) = chart.variation_icon else {
        let sentence = format!(
            "Something was counted in {}: a chart says nothing of fewer than seven.",
            journal::words::counted(chart.points.len(), "whole period", "whole periods")
        );
        return (Verdict::TooEarly, sentence);
    };
    match attached.claim {
        Claim::TargetMet => target(&chart),
        claim => changed(&chart, variation, claim == Claim::WentUp),
    }
}

fn counted(attached: &Attached) -> (Verdict, String) {
    let whole: Vec<&Part> = attached.counted.parts.iter().filter(|part| part.is_whole).collect();
    let is_counted = |part: &&&Part| part.numerator != 0 || part.denominator != 0;
    match whole.last() {
        None => (Verdict::TooEarly, "No whole period is over yet.".to_owned()),
        Some(last) if !is_counted(&last) => {
            (Verdict::NotShown, "Nothing was counted in the last whole period.".to_owned())
        }
        Some(_) => {
            let number = whole.iter().filter(is_counted).count();
            let sentence = format!(
                "It was counted in {number} of {} whole periods, the last one among them.",
                whole.len()
            );
            (Verdict::Shown, sentence)
        }
    }
}

fn target(chart: &Chart) -> (Verdict, String) {
    let verdict = match chart.assurance {
        Some(Assurance::ConsistentPass) => Verdict::Shown,
        _ => Verdict::NotShown,
    };
    let told = words::assurance(chart);
    let sentence = if told.is_empty() {
        "The chart says nothing of a target, as neither more nor less is better.".to_owned()
    } else {
        format!("{told}.")
    };
    (verdict, sentence)
}

/// A change is more than chance: a special cause at the last point, the way that is claimed.
fn changed(chart: &Chart, variation: Variation, is_up: bool) -> (Verdict, String) {
    let went_up = match variation {
        Variation::CommonCause => None,
        Variation::ImprovementHigh | Variation::ConcernHigh | Variation::NeutralHigh => Some(true),
        Variation::ImprovementLow | Variation::ConcernLow | Variation::NeutralLow => Some(false),
    };
    let last = chart.points.last().map_or("", |point| words::cause(point.cause));
    match went_up {
        None => {
            let sentence =
                "The last value is within the range that chance alone gives, so no change is shown.";
            (Verdict::NotShown, sentence.to_owned())
        }
        Some(up) => {
            let way = if up { "higher" } else { "lower" };
            let verdict = if up == is_up { Verdict::Shown } else { Verdict::NotShown };
            (verdict, format!("It changed to {way} values by more than chance: the last is {last}."))
        }
    }
}
