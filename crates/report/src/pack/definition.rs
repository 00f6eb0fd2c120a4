//! The packs as they are published: `definitions/reports.toml`.

use std::sync::LazyLock;

use measure::catalogue::{Definition, definition};
use serde::Deserialize;

use crate::period::rules::{Kind, Year};

static PACKS: LazyLock<Packs> = LazyLock::new(|| {
    Packs::read(include_str!("../../../../definitions/reports.toml"))
        .expect("definitions/reports.toml is compiled in, and a test reads it")
});

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Packs {
    version: i64,
    guesses: Vec<String>,
    year: Year,
    pack: Vec<Pack>,
}

/// Of what a pack is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// The whole service.
    National,
    /// One division.
    Division,
}

/// A pack of measures.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pack {
    /// What a fact holds.
    pub key: String,
    /// What a person reads.
    pub name: String,
    /// Raised with each change of what stands in it.
    pub version: i64,
    /// What it is for.
    pub about: String,
    /// How long its periods are.
    pub kind: Kind,
    /// Of what it is.
    pub scope: Scope,
    /// Whether it has a table by division.
    #[serde(default)]
    pub by_division: bool,
    /// Whether it is for publication: small numbers are suppressed for those who may not read measures.
    #[serde(default)]
    pub is_published: bool,
    /// What changed, version by version.
    pub changes: Vec<String>,
    /// Its sections, in their order.
    pub section: Vec<Section>,
}

/// A section of a pack.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Section {
    /// Its heading.
    pub title: String,
    /// Keys of measures, in their order.
    pub measures: Vec<String>,
}

impl Section {
    /// Its measures as they are defined.
    pub fn definitions(&self) -> impl Iterator<Item = &'static Definition> + '_ {
        self.measures.iter().filter_map(|key| definition(key))
    }
}

impl Pack {
    /// All its measures, in their order.
    pub fn measures(&self) -> impl Iterator<Item = &'static Definition> + '_ {
        self.section.iter().flat_map(Section::definitions)
    }

    fn check(&self) -> Result<(), String> {
        let key = &self.key;
        let words = [&self.key, &self.name, &self.about];
        if words.iter().any(|words| words.trim().is_empty()) || self.section.is_empty() {
            return Err(format!("the pack {key:?} is not all there"));
        }
        if self.version < 1 || i64::try_from(self.changes.len()) != Ok(self.version) {
            return Err(format!("the pack {key:?} does not say what changed in each of its versions"));
        }
        let mut seen = Vec::new();
        for section in &self.section {
            if section.title.trim().is_empty() || section.measures.is_empty() {
                return Err(format!("a section of the pack {key:?} has no title or no measure"));
            }
            for measure in &section.measures {
                if definition(measure).is_none() || seen.contains(&measure) {
                    return Err(format!(
                        "the pack {key:?} names {measure:?}, which is no measure or there twice"
                    ));
                }
                seen.push(measure);
            }
        }
        if self.by_division && self.scope == Scope::Division {
            return Err(format!("the pack {key:?} is of one division: it has no table of all of them"));
        }
        // Editions are held against each other by months (see `crate::publication`).
        if self.is_published && (!self.by_division || !matches!(self.kind, Kind::Month | Kind::Quarter)) {
            return Err(format!(
                "the pack {key:?} is published: it must be national, by division, and of months"
            ));
        }
        Ok(())
    }
}

impl Packs {
    fn read(text: &str) -> Result<Self, String> {
        let read: Self = toml::from_str(text).map_err(|error| error.to_string())?;
        if read.version < 1 || read.guesses.is_empty() || !read.year.is_whole() {
            return Err("the packs have no version, no guesses, or a year that begins on no day".to_owned());
        }
        for (index, pack) in read.pack.iter().enumerate() {
            pack.check()?;
            if read.pack[..index].iter().any(|other| other.key == pack.key) {
                return Err(format!("the pack {:?} is there twice", pack.key));
            }
        }
        Ok(read)
    }
}

/// Every pack, in the order in which they are shown.
pub fn all() -> &'static [Pack] {
    &PACKS.pack
}

/// The pack of that key.
pub fn pack(key: &str) -> Option<&'static Pack> {
    all().iter().find(|pack| pack.key == key)
}

/// The year that "year to date" counts from.
pub fn year() -> Year {
    PACKS.year
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHOLE: &str = include_str!("../../../../definitions/reports.toml");

    #[test]
    fn the_file_fits_the_measures_and_a_broken_one_is_refused() {
        assert!(all().len() >= 6 && all().iter().any(|pack| pack.is_published));
        for kind in Kind::ALL {
            assert!(all().iter().any(|pack| pack.kind == kind), "no pack is {kind:?}");
        }
        for (broken, told) in [
            (WHOLE.replacen("\"contacts\"", "\"calls\"", 1), "which is no measure"),
            (WHOLE.replacen("\"answer_wait\"", "\"contacts\"", 1), "there twice"),
            (
                WHOLE.replacen("key = \"control_room_weekly\"", "key = \"control_room_daily\"", 1),
                "is there twice",
            ),
            (WHOLE.replacen("begins_day = 1", "begins_day = 31", 1), "begins on no day"),
            (WHOLE.replacen("version = 1\nabout", "version = 2\nabout", 1), "what changed"),
            (WHOLE.replacen("kind = \"quarter\"", "kind = \"week\"", 1), "of months"),
            (
                WHOLE.replacen("scope = \"division\"", "scope = \"division\"\nby_division = true", 1),
                "of one division",
            ),
            (WHOLE.replacen("title = \"Demand\"", "title = \" \"", 1), "no title"),
            (WHOLE.replacen("about = \"What came", "about = \"\" #", 1), "not all there"),
        ] {
            let refusal = Packs::read(&broken).map(|_| ()).unwrap_err();
            assert!(refusal.contains(told), "{told}: {refusal}");
        }
    }
}
