//! What was attached, in words. Pure.

use journal::words::day;
use measure::one::views::division_words;

use super::{
    rules::{Attached, Claim},
    verdict::Verdict,
};

/// What is claimed, and whether it is shown, in a sentence.
pub fn claimed(attached: &Attached, verdict: Verdict) -> String {
    let claim = match attached.claim {
        Claim::WentUp => "is claimed to have gone up",
        Claim::WentDown => "is claimed to have gone down",
        Claim::TargetMet => "is claimed to meet its target",
        Claim::IsCounted => "is claimed to be counted now",
    };
    let verdict = verdict.words().to_lowercase();
    format!("“{}”, {}, {claim}: {verdict}.", attached.kept.name, period(attached))
}

/// The period in words.
pub fn period(attached: &Attached) -> String {
    format!("{} to {}", day(attached.from), day(attached.until))
}

/// A division in words; all of them where none is named.
pub fn division(attached: &Attached) -> String {
    if attached.division.is_empty() { "All divisions".to_owned() } else { division_words(&attached.division) }
}
