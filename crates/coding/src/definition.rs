//! How many contacts are drawn, and what a kappa is called, as data: `definitions/coding.toml`.

#![expect(missing_docs, reason = "the file says what its fields are; their names say the rest")]

use std::sync::LazyLock;

use jiff::civil::Date;
use serde::Deserialize;

static DEFINITIONS: LazyLock<Definitions> = LazyLock::new(|| {
    Definitions::read(include_str!("../../../definitions/coding.toml"))
        .expect("definitions/coding.toml is compiled in, and a test reads it")
});

/// All of the file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Definitions {
    pub guesses: Vec<String>,
    pub version: Vec<Version>,
    pub words: Vec<Called>,
}

/// The rules of sampling from a day on.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Version {
    pub number: i64,
    pub from: Date,
    pub contacts: usize,
    pub least_coded: u32,
}

/// What a kappa up to a number is called.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Called {
    pub up_to: f64,
    pub words: String,
}

impl Definitions {
    fn read(text: &str) -> Result<Self, String> {
        let read: Self = toml::from_str(text).map_err(|error| error.to_string())?;
        let is_in_order = read
            .version
            .windows(2)
            .all(|pair| pair[0].from < pair[1].from && pair[0].number < pair[1].number);
        if read.version.is_empty() || !is_in_order {
            return Err("the versions are none, or not in the order of their days and numbers".to_owned());
        }
        if let Some(odd) = read.version.iter().find(|one| one.contacts == 0 || one.number < 1) {
            return Err(format!("version {} draws nothing, or has no number", odd.number));
        }
        let rises = read.words.windows(2).all(|pair| pair[0].up_to < pair[1].up_to);
        let is_whole = read.words.last().is_some_and(|last| last.up_to >= 1.0);
        if !rises || !is_whole || read.words.iter().any(|one| one.words.trim().is_empty()) {
            return Err("the words for kappa do not rise to 1".to_owned());
        }
        if let Some(stray) =
            read.guesses.iter().find(|guess| !["contacts", "least_coded"].contains(&guess.as_str()))
        {
            return Err(format!("nothing is called {stray:?} that could be a guess"));
        }
        Ok(read)
    }
}

/// The version that holds for what begins on `day`; none before the first.
pub fn on(day: Date) -> Option<&'static Version> {
    DEFINITIONS.version.iter().rev().find(|one| one.from <= day)
}

/// The version of that number; the first, should the file have lost it.
pub fn version(number: i64) -> &'static Version {
    let all = &DEFINITIONS.version;
    all.iter().find(|one| one.number == number).unwrap_or(&all[0])
}

/// Whether what is drawn is a guess until the force sets it.
pub fn is_guess(what: &str) -> bool {
    DEFINITIONS.guesses.iter().any(|guess| guess == what)
}

/// What a kappa is called: "substantial".
pub fn called(kappa: f64) -> &'static str {
    let all = &DEFINITIONS.words;
    all.iter().find(|one| kappa <= one.up_to).or(all.last()).map_or("", |one| one.words.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHOLE: &str = include_str!("../../../definitions/coding.toml");

    #[test]
    fn the_file_is_read_and_a_broken_one_is_refused() {
        assert!(Definitions::read(WHOLE).is_ok());
        for (broken, told) in [
            (WHOLE.replacen("contacts = 40", "contacts = 0", 1), "draws nothing"),
            (WHOLE.replacen("number = 1", "number = 0", 1), "has no number"),
            (WHOLE.replacen("up_to = 0.4", "up_to = 0.1", 1), "do not rise"),
            (WHOLE.replacen("up_to = 1.0", "up_to = 0.9", 1), "do not rise"),
            (WHOLE.replacen("\"least_coded\"]", "\"words\"]", 1), "could be a guess"),
            (WHOLE.replacen("[[version]]", "[[version]]\ncolour = 1", 1), "colour"),
        ] {
            let refusal = Definitions::read(&broken).map(|_| ()).unwrap_err();
            assert!(refusal.contains(told), "{told}: {refusal}");
        }
    }

    #[test]
    fn a_version_holds_from_its_day_on() {
        assert_eq!(on(jiff::civil::date(2020, 10, 31)), None);
        assert_eq!(on(jiff::civil::date(2026, 11, 16)).map(|one| one.number), Some(1));
        assert_eq!((version(1).number, version(99).number), (1, 1));
    }

    #[test]
    fn a_kappa_is_called_by_the_band_it_is_in() {
        for (kappa, words) in [
            (-0.3, "no better than chance"),
            (0.0, "no better than chance"),
            (0.01, "slight"),
            (0.6, "moderate"),
            (0.61, "substantial"),
            (1.0, "almost perfect"),
        ] {
            assert_eq!(called(kappa), words, "{kappa}");
        }
    }
}
