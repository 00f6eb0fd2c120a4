//! Agreement and rates in words. Pure.

use sampling::{Corrected, Kappa, Z95};
use serde::Serialize;

use crate::{definition::called, sample::rules::UNKNOWN};

/// A kappa as a page says it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct KappaTold {
    /// Itself, for programs.
    pub kappa: Option<f64>,
    /// Its 95 % interval, for programs.
    pub interval: Option<(f64, f64)>,
    /// The share of pairs that are alike.
    pub observed: Option<f64>,
    /// "0.64", or "None".
    pub told: String,
    /// What it is called, between what it lies, or why there is none.
    pub words: String,
}

/// A kappa with its interval in words; a warning where fewer than `least` were coded twice.
pub fn kappa_told(kappa: &Kappa, least: u32) -> KappaTold {
    let found = match kappa {
        Kappa::Found(found) => found,
        Kappa::Undefined { observed, why, .. } => {
            let told = "None".to_owned();
            return KappaTold { kappa: None, interval: None, observed: *observed, told, words: why.clone() };
        }
    };
    let reach = Z95 * found.standard_error;
    let (low, high) = ((found.kappa - reach).max(-1.0), (found.kappa + reach).min(1.0));
    let sure = if found.standard_error == 0.0 {
        "they agree in everything, so that no interval can be given".to_owned()
    } else if called(low) == called(high) {
        format!("with 95% confidence between {low:.2} and {high:.2}")
    } else {
        let (from, to) = (called(low), called(high));
        format!("with 95% confidence between {low:.2} and {high:.2}: from {from} to {to}")
    };
    let few = if found.pairs < least {
        format!(". Only {} were coded twice: this says little", found.pairs)
    } else {
        String::new()
    };
    let words = format!("{}; {sure}{few}", called(found.kappa));
    KappaTold {
        kappa: Some(found.kappa),
        interval: (found.standard_error > 0.0).then_some((low, high)),
        observed: Some(found.observed),
        told: format!("{:.2}", found.kappa),
        words,
    }
}

/// "12.5%"; "None" where there is none.
pub fn percent(share: Option<f64>) -> String {
    share.map_or_else(|| "None".to_owned(), |share| format!("{:.1}%", 100.0 * share))
}

/// "with 95% confidence between 10.1% and 15.2%", or why there is no rate.
pub fn rate_words(rate: &Corrected) -> String {
    let (low, high) = rate.interval;
    let between = format!("with 95% confidence between {} and {}", percent(Some(low)), percent(Some(high)));
    rate.why_none.as_ref().map_or(between.clone(), |why| format!("{why} It lies {between}."))
}

/// A code in words: "F02 Appointment missed", or that it cannot be told.
pub fn code_words(key: &str) -> String {
    if key == UNKNOWN { "Cannot be told".to_owned() } else { measure::measures::failure_demand::told(key) }
}

/// A derived code in words, or that it is not known.
pub fn derived_words(key: &str) -> String {
    measure::measures::failure_demand::told(key)
}

#[cfg(test)]
mod tests {
    use sampling::kappa;

    use super::*;

    #[test]
    fn a_kappa_is_told_with_its_interval_or_with_why_there_is_none() {
        let pairs = |of: &[(char, char, usize)]| -> Vec<(char, char)> {
            of.iter().flat_map(|(one, other, many)| std::iter::repeat_n((*one, *other), *many)).collect()
        };
        for (of, told, part) in [
            (
                &[('a', 'a', 20), ('a', 'b', 5), ('b', 'a', 10), ('b', 'b', 15)][..],
                "0.40",
                "fair; with 95% confidence between 0.15 and 0.65: from slight to substantial",
            ),
            (&[('a', 'a', 20), ('b', 'b', 20)][..], "1.00", "almost perfect; they agree in everything"),
            (&[('a', 'a', 3), ('b', 'a', 3), ('b', 'b', 3)][..], "0.40", "Only 9 were coded twice"),
            (&[('a', 'a', 9)][..], "None", "same one code"),
            (&[][..], "None", "No record was coded twice"),
        ] {
            let found = kappa_told(&kappa(&pairs(of)), 30);
            assert!(found.told == told && found.words.contains(part), "{found:?}");
        }
    }

    #[test]
    fn codes_are_told_in_the_words_of_the_definition() {
        assert_eq!(
            (code_words(UNKNOWN), derived_words(UNKNOWN)),
            ("Cannot be told".into(), "Not known".into())
        );
        assert!(code_words("F02").starts_with("F02 "));
        assert_eq!((percent(Some(0.125)), percent(None)), ("12.5%".into(), "None".into()));
    }
}
