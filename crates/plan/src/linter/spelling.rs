//! How names are written: `definitions/spelling.toml`, and finding names in texts.

use std::{collections::BTreeMap, sync::LazyLock};

use serde::Deserialize;

use super::text::tokens;

static SPELLING: LazyLock<Spelling> = LazyLock::new(|| {
    Spelling::read(include_str!("../../../../definitions/spelling.toml"))
        .expect("definitions/spelling.toml is compiled in, and a test reads it")
});

/// The file, read and checked.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Spelling {
    name: Vec<Name>,
    either: Vec<Either>,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Name {
    right: String,
    wrong: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Either {
    names: Vec<String>,
    /// What each means, where they are two names that are easily mixed up; empty where they are one.
    #[serde(default)]
    meaning: String,
}

impl Spelling {
    /// The file that is compiled in.
    pub fn ours() -> &'static Self {
        &SPELLING
    }

    /// The file's text; the error says what does not fit.
    fn read(text: &str) -> Result<Self, String> {
        let read: Self = toml::from_str(text).map_err(|error| error.to_string())?;
        for name in &read.name {
            if let Some(both) =
                name.wrong.iter().find(|wrong| read.name.iter().any(|one| one.right == **wrong))
            {
                return Err(format!("{both:?} is wrong in one place and right in another"));
            }
            if name.wrong.is_empty() || name.wrong.iter().any(|wrong| tokens(wrong).next().is_none()) {
                return Err(format!("{:?} has no wrong form, or an empty one", name.right));
            }
        }
        if let Some(one) = read.either.iter().find(|either| either.names.len() < 2) {
            return Err(format!("{:?} is no choice", one.names));
        }
        Ok(read)
    }

    /// Every wrong form with the right one.
    pub fn wrong(&self) -> impl Iterator<Item = (&str, &str)> {
        self.name.iter().flat_map(|name| name.wrong.iter().map(|wrong| (wrong.as_str(), name.right.as_str())))
    }

    /// What the names of a group mean; empty where they are one name.
    pub fn meaning(&self, group: usize) -> &str {
        self.either.get(group).map_or("", |either| either.meaning.as_str())
    }

    /// Whether the file tells the two forms already: then two ways to write a name are told where they stand.
    pub fn is_choice(&self, one: &str, other: &str) -> bool {
        let has = |either: &Either, name: &str| either.names.iter().any(|own| own == name);
        self.either.iter().any(|either| has(either, one) && has(either, other))
    }

    /// Every form of which only one may be used, with the number of its group.
    pub fn either(&self) -> impl Iterator<Item = (&str, usize)> {
        self.either
            .iter()
            .enumerate()
            .flat_map(|(group, either)| either.names.iter().map(move |name| (name.as_str(), group)))
    }
}

/// Phrases laid out by their first word, so that a text is read once for all of them.
#[derive(Debug, Default)]
pub struct Phrases<'a> {
    by_first: BTreeMap<&'a str, Vec<(Vec<&'a str>, usize)>>,
    /// By byte, whether a first word begins with it: most words of a text begin with none of them.
    begins: Vec<bool>,
}

impl<'a> Phrases<'a> {
    /// Of phrases in order: a find is told by its place in that order.
    pub fn of(phrases: impl Iterator<Item = &'a str>) -> Self {
        let mut by_first: BTreeMap<&str, Vec<(Vec<&str>, usize)>> = BTreeMap::new();
        let mut begins = vec![false; 256];
        for (place, phrase) in phrases.enumerate() {
            let mut words = tokens(phrase);
            if let Some(first) = words.next() {
                begins[usize::from(first.as_bytes()[0])] = true;
                by_first.entry(first).or_default().push((words.collect(), place));
            }
        }
        Self { by_first, begins }
    }

    /// The places of the phrases that `text` holds as whole words, each once. One that is only part of a longer
    /// one is not held: "SPA PCC" does not speak of PCC.
    pub fn within(&self, text: &str) -> Vec<usize> {
        if self.by_first.is_empty() {
            return Vec::new();
        }
        let mut words = tokens(text).enumerate();
        let mut hits: Vec<(usize, usize, usize)> = Vec::new();
        while let Some((at, word)) = words.next() {
            if !self.begins[usize::from(word.as_bytes()[0])] {
                continue;
            }
            for (rest, place) in self.by_first.get(word).into_iter().flatten() {
                let mut after = words.clone().map(|(_, word)| word);
                if rest.iter().all(|word| after.next() == Some(word)) {
                    hits.push((at, at + 1 + rest.len(), *place));
                }
            }
        }
        let is_part = |(from, to, _): (usize, usize, usize)| {
            hits.iter().any(|(start, end, _)| *start <= from && to <= *end && end - start > to - from)
        };
        let mut found = Vec::new();
        for hit in hits.iter().copied().filter(|hit| !is_part(*hit)) {
            if !found.contains(&hit.2) {
                found.push(hit.2);
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_fits_together_and_a_bad_one_is_refused() {
        assert!(Spelling::ours().wrong().any(|pair| pair == ("HIMCS", "HMICS")));
        assert!(Spelling::ours().either().count() >= 2);
        let good = "[[name]]\nright = \"A\"\nwrong = [\"B\"]\n";
        for (text, part) in [
            (good.replace("[\"B\"]", "[]"), "no wrong form"),
            (good.replace("[\"B\"]", "[\" \"]"), "empty"),
            (format!("{good}[[name]]\nright = \"B\"\nwrong = [\"C\"]\n"), "right in another"),
            (format!("{good}[[either]]\nnames = [\"X\"]\n"), "no choice"),
            (format!("{good}colour = 1\n"), "colour"),
        ] {
            let refusal = Spelling::read(&text).unwrap_err();
            assert!(refusal.contains(part), "{refusal}");
        }
        assert!(Spelling::read(good).is_ok());
    }

    #[test]
    fn phrases_are_found_as_whole_words_with_their_capitals() {
        let phrases = Phrases::of(["Unifit", "SPA PCC", "HM/CS", "PCC"].into_iter());
        assert_eq!(phrases.within("the SPA PCC and HM/CS, again SPA PCC"), [1, 2]);
        assert_eq!(phrases.within("unifit, Unifits, SPA and PPC"), Vec::<usize>::new());
        assert_eq!(phrases.within("the PCC, which is the SPA PCC"), [3, 1], "by itself, and within a longer");
    }
}
