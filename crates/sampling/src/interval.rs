//! How sure a share is.

/// The number of standard deviations that leaves 2.5 % on either side: for intervals of 95 %.
pub const Z95: f64 = 1.959_963_984_540_054;

/// Wilson’s score interval for `k` of `n`, each end between nought and one, without continuity correction.
///
/// (p + z²/2n ± z √(p(1−p)/n + z²/4n²)) ÷ (1 + z²/n), with p = k/n: E. B. Wilson, “Probable inference, the law of
/// succession, and statistical inference”, JASA 22, 1927; method 3 of R. G. Newcombe, “Two-sided confidence intervals for
/// the single proportion: comparison of seven methods”, Statistics in Medicine 17, 1998, pp. 857–872.
///
/// Of nothing, nothing is known: `0` of `0` is nought to one. Refused with a sentence: more than there are, or a `z` that
/// is not above nought.
pub fn wilson(k: u32, n: u32, z: f64) -> Result<(f64, f64), String> {
    if k > n {
        return Err(format!("{k} of {n} is more than there are: check both counts."));
    }
    if !z.is_finite() || z <= 0.0 {
        return Err(format!(
            "An interval of {z} standard deviations is none: give a number above nought, like {Z95:.2}."
        ));
    }
    if n == 0 {
        return Ok((0.0, 1.0));
    }
    let (share, all) = (f64::from(k) / f64::from(n), f64::from(n));
    let middle = share + z * z / (2.0 * all);
    let half = z * (share * (1.0 - share) / all + z * z / (4.0 * all * all)).sqrt();
    let whole = 1.0 + z * z / all;
    // At either end one limit is the share itself; floating point would miss it by a hair.
    let low = if k == 0 { 0.0 } else { (middle - half) / whole };
    let high = if k == n { 1.0 } else { (middle + half) / whole };
    Ok((low.max(0.0), high.min(1.0)))
}

#[cfg(test)]
#[path = "interval_test.rs"]
mod interval_test;
