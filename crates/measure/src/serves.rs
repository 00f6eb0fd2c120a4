//! Which recommendations a measure says that it serves: “HMICS CAM 2022 R3”, “HMICS Domestic Abuse 2023 action 5.2”. Pure.

use import::normal_reference;

use crate::catalogue::Definition;

/// What a line of a definition names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Served {
    /// The inspection's short name: "CAM22".
    pub code: String,
    /// The reference in its normal form: "3".
    pub reference: String,
    /// The number of an action; empty where all of it is meant.
    pub action: String,
}

/// Reads a line; nothing where it names no recommendation.
///
/// The short name of an inspection is its capitals, or the first letter of each word, and the last two digits of its year.
pub fn read(line: &str) -> Option<Served> {
    let words: Vec<&str> = line.split_whitespace().collect();
    let at =
        words.iter().position(|word| word.len() == 4 && word.chars().all(|sign| sign.is_ascii_digit()))?;
    let (name, year) = (words.get(1..at)?, words[at].get(2..)?);
    let letters = |word: &&str| {
        let is_short = word.chars().all(char::is_uppercase);
        word.chars().take(if is_short { word.len() } else { 1 }).collect::<String>()
    };
    let code = format!("{}{year}", name.iter().map(letters).collect::<String>());
    let (reference, action) = match words.get(at + 1..)? {
        ["action", number] => (number.split('.').next()?, (*number).to_owned()),
        [reference] => (*reference, String::new()),
        _ => return None,
    };
    Some(Served { code, reference: normal_reference(reference), action })
}

/// Whether a measure says that it serves the recommendation of that inspection.
pub fn is_served(definition: &Definition, code: &str, reference: &str) -> bool {
    let reference = normal_reference(reference);
    let served = definition.serves.iter().filter_map(|line| read(line));
    served.into_iter().any(|one| one.code == code && one.reference == reference)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::{all, definition};

    #[test]
    fn a_line_names_a_recommendation_or_an_action_of_it() {
        let told = |line: &str| read(line).map(|one| (one.code, one.reference, one.action));
        let of = |code: &str, reference: &str, action: &str| {
            Some((code.to_owned(), reference.to_owned(), action.to_owned()))
        };
        for (line, expected) in [
            ("HMICS CAM 2022 R3", of("CAM22", "3", "")),
            ("HMICS CAM 2022 action 3.5", of("CAM22", "3", "3.5")),
            ("HMICS Domestic Abuse 2023 R5", of("DA23", "5", "")),
            ("HMICS Domestic Abuse 2023 R05", of("DA23", "5", "")),
            ("The whole plan", None),
            ("HMICS CAM R3", None),
            ("HMICS CAM 2022", None),
            ("", None),
        ] {
            assert_eq!(told(line), expected, "{line}");
        }
    }

    #[test]
    fn every_measure_serves_something_that_can_be_named() {
        // What serves the register as a whole names none.
        for one in all().iter().filter(|one| one.key != "evidence_returned") {
            assert!(one.serves.iter().any(|line| read(line).is_some()), "{} serves nothing", one.key);
        }
        let failure = definition("failure_demand").unwrap();
        assert!(is_served(failure, "CAM22", "R03") && is_served(failure, "CAM22", "3"));
        assert!(!is_served(failure, "CAM22", "1") && !is_served(failure, "DA23", "3"));
    }
}
