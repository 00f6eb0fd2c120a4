//! How well two coders agree, beyond what chance would give.

use std::collections::BTreeMap;

/// Cohen’s kappa and what it is made of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Agreement {
    /// How many records both coded.
    pub pairs: u32,
    /// The share that both coded alike.
    pub observed: f64,
    /// The share that they would have coded alike by chance, each keeping to how often they use each code.
    pub expected: f64,
    /// (observed − expected) ÷ (1 − expected): 1 is full agreement, 0 is chance, below is worse than chance.
    pub kappa: f64,
    /// Its standard error in large samples. Nought where they agree in everything, which says nothing of the next record.
    pub standard_error: f64,
}

/// Kappa, or why there is none.
#[derive(Clone, Debug, PartialEq)]
pub enum Kappa {
    /// There is one.
    Found(Agreement),
    /// There is none, and this sentence says why.
    Undefined {
        /// How many records both coded.
        pairs: u32,
        /// The share that both coded alike, if there are any.
        observed: Option<f64>,
        /// Why there is none.
        why: String,
    },
}

/// Cohen’s kappa of the codes that two coders gave to the same records.
///
/// J. Cohen, “A coefficient of agreement for nominal scales”, Educational and Psychological Measurement 20, 1960. The
/// standard error is the one of J. L. Fleiss, J. Cohen and B. S. Everitt, “Large sample standard errors of kappa and
/// weighted kappa”, Psychological Bulletin 72, 1969: √((A + B − C) ÷ n) ÷ (1 − expected), where
/// A = Σ pᵢᵢ (1 − (pᵢ. + p.ᵢ)(1 − κ))², B = (1 − κ)² Σ pᵢⱼ (p.ᵢ + pⱼ.)² over i ≠ j, and
/// C = (κ − expected (1 − κ))².
///
/// Undefined where there are no pairs, and where both used one and the same code for everything: chance would then give
/// full agreement too.
pub fn kappa<Code: Ord>(pairs: &[(Code, Code)]) -> Kappa {
    let Ok(many) = u32::try_from(pairs.len()) else {
        let why = "There are more pairs than can be counted: draw a sample.".to_owned();
        return Kappa::Undefined { pairs: u32::MAX, observed: None, why };
    };
    if many == 0 {
        let why = "No record was coded twice, so that nothing can be said of agreement.".to_owned();
        return Kappa::Undefined { pairs: 0, observed: None, why };
    }
    let shares = Shares::of(pairs, f64::from(many));
    let observed = shares.both.iter().filter(|((one, other), _)| one == other).map(|(_, share)| share).sum();
    if shares.first.len() == 1 && shares.first.keys().eq(shares.second.keys()) {
        let why = format!(
            "Both coders gave all {many} records the same one code: chance would agree as well, so that kappa says \
             nothing."
        );
        return Kappa::Undefined { pairs: many, observed: Some(1.0), why };
    }
    let expected = shares.expected();
    let kappa = (observed - expected) / (1.0 - expected);
    let variance = shares.variance(kappa, expected) / f64::from(many);
    // What is nought in exact arithmetic may come out a hair below.
    let standard_error = variance.max(0.0).sqrt() / (1.0 - expected);
    Kappa::Found(Agreement { pairs: many, observed, expected, kappa, standard_error })
}

/// How often each code, and each pair of codes, was given, of all.
struct Shares<'a, Code> {
    both: BTreeMap<(&'a Code, &'a Code), f64>,
    first: BTreeMap<&'a Code, f64>,
    second: BTreeMap<&'a Code, f64>,
}

impl<'a, Code: Ord> Shares<'a, Code> {
    fn of(pairs: &'a [(Code, Code)], many: f64) -> Self {
        // Counted first and divided then: adding shares up would gather what each division loses.
        let mut counts: BTreeMap<(&Code, &Code), f64> = BTreeMap::new();
        for (one, other) in pairs {
            *counts.entry((one, other)).or_default() += 1.0;
        }
        let mut shares = Self { both: BTreeMap::new(), first: BTreeMap::new(), second: BTreeMap::new() };
        for ((one, other), count) in &counts {
            *shares.first.entry(one).or_default() += count;
            *shares.second.entry(other).or_default() += count;
        }
        for share in shares.first.values_mut().chain(shares.second.values_mut()) {
            *share /= many;
        }
        shares.both = counts.into_iter().map(|(pair, count)| (pair, count / many)).collect();
        shares
    }

    fn first(&self, code: &Code) -> f64 {
        self.first.get(code).copied().unwrap_or_default()
    }

    fn second(&self, code: &Code) -> f64 {
        self.second.get(code).copied().unwrap_or_default()
    }

    fn expected(&self) -> f64 {
        self.first.iter().map(|(code, share)| share * self.second(code)).sum()
    }

    /// A + B − C.
    fn variance(&self, kappa: f64, expected: f64) -> f64 {
        let beyond = 1.0 - kappa;
        let parts = self.both.iter().map(|((one, other), share)| {
            if one == other {
                share * (1.0 - (self.first(one) + self.second(one)) * beyond).powi(2)
            } else {
                beyond.powi(2) * share * (self.second(one) + self.first(other)).powi(2)
            }
        });
        parts.sum::<f64>() - (kappa - expected * beyond).powi(2)
    }
}

#[cfg(test)]
#[path = "agreement_test.rs"]
mod agreement_test;
