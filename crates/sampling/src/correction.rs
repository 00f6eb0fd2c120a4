//! What a rate would be had everything been coded the second time.
//!
//! The second coding is taken as right; what it corrects is the first. Of the records that the first coding counted, some
//! should not have been; of those that it did not count, some should have been. The sample says how many of each, and
//! the counts of everything say how much each weighs:
//!
//! rate = W₁ p₁ + W₀ p₀
//!
//! W₁ is the share of all that the first coding counted and W₀ the rest; p₁ and p₀ are the shares of the sample of each
//! that the second coding counts. That is the estimate of A. Tenenbein, “A double sampling scheme for estimating from
//! binomial data with misclassifications”, JASA 65, 1970, with everything coded once; the same as the post-stratified
//! estimate of D. H. Card, “Using known map category marginal frequencies to improve estimates of thematic map accuracy”,
//! Photogrammetric Engineering and Remote Sensing 48, 1982. It needs no sensitivity or specificity from elsewhere, and
//! unlike the estimate of Rogan and Gladen (1978) never leaves nought to one.
//!
//! The interval puts the two Wilson intervals together: from the rate, √(W₁² (p₁ − l₁)² + W₀² (p₀ − l₀)²) down and
//! √(W₁² (u₁ − p₁)² + W₀² (u₀ − p₀)²) up, by G. Y. Zou, W. Huang and X. Zhang, “A note on confidence interval estimation
//! for a linear function of binomial proportions”, Computational Statistics and Data Analysis 53, 2009. It treats the
//! sample as small beside the whole, and so is too wide rather than too narrow where it is not.

use crate::interval::wilson;

/// The first coding of everything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Coded {
    /// Records that it counts.
    pub counted: u32,
    /// All records.
    pub all: u32,
}

/// The sample that was coded twice, by what each coding says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Twice {
    /// Both count it.
    pub both: u32,
    /// The first counts it, the second does not.
    pub first_only: u32,
    /// The second counts it, the first does not.
    pub second_only: u32,
    /// Neither counts it.
    pub neither: u32,
}

/// A rate corrected for what the sample found.
#[derive(Clone, Debug, PartialEq)]
pub struct Corrected {
    /// The rate by the first coding; none if there is nothing.
    pub as_coded: Option<f64>,
    /// The corrected rate; none where the sample says nothing of a part of the records.
    pub rate: Option<f64>,
    /// √(W₁² p₁(1−p₁)/(n₁−1) + W₀² p₀(1−p₀)/(n₀−1)); none where a part has fewer than two in the sample.
    pub standard_error: Option<f64>,
    /// Between what the rate lies, with the confidence that was asked for. Nought to one where nothing is known.
    pub interval: (f64, f64),
    /// Why there is no rate, in a sentence.
    pub why_none: Option<String>,
}

/// One part of the records: those that the first coding counted, or those that it did not.
struct Part {
    weight: f64,
    k: u32,
    n: u32,
}

/// Corrects the rate of a first coding by a random sample of it that was coded twice; `z` standard deviations either side
/// ([`crate::Z95`] for 95 %).
///
/// Refused with a sentence: more counted than there are, a sample with more records than there are of that kind, a `z`
/// that is not above nought.
pub fn corrected(coded: Coded, sample: Twice, z: f64) -> Result<Corrected, String> {
    // Refuses a `z` that is none, and says so once.
    wilson(0, 0, z)?;
    let Some(rest) = coded.all.checked_sub(coded.counted) else {
        return Err(format!("{} of {} is more than there are: check both counts.", coded.counted, coded.all));
    };
    if coded.all == 0 {
        return Ok(nothing(None, "Nothing was coded, so that there is no rate.", (0.0, 1.0)));
    }
    let share = |count: u32| f64::from(count) / f64::from(coded.all);
    let counted =
        part(share(coded.counted), coded.counted, [sample.both, sample.first_only], "that it counts")?;
    let others = part(share(rest), rest, [sample.second_only, sample.neither], "that it does not count")?;
    let parts: Vec<Part> = [counted, others].into_iter().filter(|part| part.weight > 0.0).collect();
    let as_coded = Some(share(coded.counted));
    let (low, high) = together(&parts, z)?;
    let interval = (low.max(0.0), high.min(1.0));
    if parts.iter().any(|part| part.n == 0) {
        let why = "The sample has no record of one of the two kinds (counted, not counted) that there are: draw more.";
        return Ok(nothing(as_coded, why, interval));
    }
    let rate = parts.iter().map(|part| part.weight * f64::from(part.k) / f64::from(part.n)).sum();
    Ok(Corrected {
        as_coded,
        rate: Some(rate),
        standard_error: standard_error(&parts),
        interval,
        why_none: None,
    })
}

fn nothing(as_coded: Option<f64>, why: &str, interval: (f64, f64)) -> Corrected {
    Corrected { as_coded, rate: None, standard_error: None, interval, why_none: Some(why.to_owned()) }
}

fn part(weight: f64, all: u32, [k, others]: [u32; 2], which: &str) -> Result<Part, String> {
    match k.checked_add(others) {
        Some(n) if n <= all => Ok(Part { weight, k, n }),
        _ => Err(format!(
            "The sample has more records than the {all} of the first coding {which}: check that it was drawn from them."
        )),
    }
}

/// Adds weighted Wilson intervals up: what each adds to the distance is squared, summed and rooted. A part of which
/// nothing is known may be anything, and adds all of its weight.
fn together(parts: &[Part], z: f64) -> Result<(f64, f64), String> {
    let (mut rate, mut unknown, mut down, mut up) = (0.0, 0.0, 0.0, 0.0);
    for part in parts {
        if part.n == 0 {
            unknown += part.weight;
            continue;
        }
        let share = f64::from(part.k) / f64::from(part.n);
        let (low, high) = wilson(part.k, part.n, z)?;
        // A part that is taken away moves the other way.
        let (low, high) = if part.weight < 0.0 { (high, low) } else { (low, high) };
        rate += part.weight * share;
        down += (part.weight * (share - low)).powi(2);
        up += (part.weight * (high - share)).powi(2);
    }
    Ok((rate - down.sqrt(), rate + unknown + up.sqrt()))
}

fn standard_error(parts: &[Part]) -> Option<f64> {
    let mut variance = 0.0;
    for part in parts {
        let free = part.n.checked_sub(1).filter(|free| *free > 0)?;
        let share = f64::from(part.k) / f64::from(part.n);
        variance += part.weight.powi(2) * share * (1.0 - share) / f64::from(free);
    }
    Some(variance.sqrt())
}

#[cfg(test)]
#[path = "correction_test.rs"]
mod correction_test;
