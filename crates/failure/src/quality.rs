//! How far the coding can be trusted: a seeded random sample is coded a second time by somebody who does not see the first
//! code; what is published is the agreement and a corrected rate with its interval (MEASURES 1, QA).

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::{
    code::{Class, Code},
    units::percent,
};

/// The quantile of the normal distribution for 95 per cent, both sides.
const Z: f64 = 1.959_963_984_540_054;

/// A contact of the sample.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Doubled {
    /// Which one.
    pub contact: String,
    /// The first coder’s reason; none: could not say.
    pub first: Option<Code>,
    /// The second coder’s.
    pub second: Option<Code>,
    /// The reason on which they settled.
    pub settled: Option<Code>,
}

/// A share with its Wilson interval, all in per cent.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Interval {
    /// How many of how many.
    pub part: u32,
    /// Of how many.
    pub whole: u32,
    /// The share.
    pub percent: f64,
    /// The lower end, at 95 per cent.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

/// Draws at most `size` contacts. The same seed draws the same ones, in whatever order the contacts come, so that anybody
/// can draw the sample again.
pub fn draw<'a>(contacts: impl IntoIterator<Item = &'a str>, seed: u64, size: usize) -> BTreeSet<&'a str> {
    let unique: BTreeSet<&str> = contacts.into_iter().collect();
    let mut ranked: Vec<(u64, &str)> =
        unique.into_iter().map(|contact| (lot(contact, seed), contact)).collect();
    ranked.sort_unstable();
    ranked.into_iter().take(size).map(|(_, contact)| contact).collect()
}

/// A number that looks random and is always the same for a contact and a seed (FNV-1a, stirred by SplitMix64).
fn lot(contact: &str, seed: u64) -> u64 {
    let start = 0xcbf2_9ce4_8422_2325_u64 ^ seed;
    let mut lot =
        contact.bytes().fold(start, |lot, byte| (lot ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    lot = lot.wrapping_add(0x9e37_79b9_7f4a_7c15);
    lot = (lot ^ (lot >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    lot = (lot ^ (lot >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    lot ^ (lot >> 31)
}

/// Cohen’s κ of two coders, from -1 to 1: how far they agree beyond chance. None without pairs, and where both always gave
/// the same single answer, which says nothing.
pub fn kappa<Answer: Ord>(pairs: &[(Answer, Answer)]) -> Option<f64> {
    let total = f64::from(u32::try_from(pairs.len()).ok()?);
    let (mut agreed, mut answers) = (0_u32, BTreeMap::<&Answer, (u32, u32)>::new());
    for (first, second) in pairs {
        agreed += u32::from(first == second);
        answers.entry(first).or_default().0 += 1;
        answers.entry(second).or_default().1 += 1;
    }
    let products = answers.values().map(|(first, second)| f64::from(*first) * f64::from(*second));
    let by_chance = products.sum::<f64>() / (total * total);
    let is_told = by_chance < 1.0;
    is_told.then(|| (f64::from(agreed) / total - by_chance) / (1.0 - by_chance))
}

/// κ over the reasons of a sample.
pub fn agreement(sample: &[Doubled]) -> Option<f64> {
    let pairs: Vec<(Option<Code>, Option<Code>)> = sample.iter().map(|one| (one.first, one.second)).collect();
    kappa(&pairs)
}

/// The rate in the sample by the settled reasons: what unit A would be if all were coded so. None without a sample.
pub fn corrected(sample: &[Doubled]) -> Option<Interval> {
    let failures = sample.iter().filter(|one| one.settled.map(Code::class) == Some(Class::Failure)).count();
    wilson(failures, sample.len())
}

/// A share and its Wilson interval at 95 per cent. None of nothing, and where the part is more than the whole.
pub fn wilson(part: usize, whole: usize) -> Option<Interval> {
    let share = percent(part, whole)? / 100.0;
    let part = u32::try_from(part).ok()?;
    let whole = u32::try_from(whole).ok().filter(|whole| part <= *whole)?;
    let count = f64::from(whole);
    let spread = Z * Z / count;
    let middle = (share + spread / 2.0) / (1.0 + spread);
    let half = Z * (share * (1.0 - share) / count + spread / (4.0 * count)).sqrt() / (1.0 + spread);
    let (low, high) = ((middle - half).max(0.0) * 100.0, (middle + half).min(1.0) * 100.0);
    Some(Interval { part, whole, percent: share * 100.0, low, high })
}
