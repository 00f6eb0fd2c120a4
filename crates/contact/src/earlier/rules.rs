//! Why an earlier contact is shown, and in which order. Pure.

use std::collections::{BTreeMap, BTreeSet};

use deunicode::deunicode;
use journal::Id;
use serde::Serialize;

use crate::{contact::rules::Contact, name};

/// How many are shown: more than a person reads while somebody speaks is none at all.
pub const MOST: usize = 8;

/// The fewest letters of an address by which anything is looked for.
const ADDRESS_LETTERS: usize = 6;

/// What an earlier contact has in common, the strongest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Evidence {
    /// The number called from, or the one to call back on.
    Number,
    /// The same place of the gazetteer.
    Place,
    /// The address as it was typed.
    Address,
    /// The same name, whatever its order and accents.
    Name,
    /// A name written alike.
    Alike,
}

impl Evidence {
    /// As the row of a key has it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Place => "place",
            Self::Address => "address",
            Self::Name => "name",
            Self::Alike => "alike",
        }
    }

    /// The evidence that [`Self::as_str`] names.
    pub fn of(key: &str) -> Option<Self> {
        [Self::Number, Self::Place, Self::Address, Self::Name, Self::Alike]
            .into_iter()
            .find(|one| one.as_str() == key)
    }

    /// As a page says it.
    pub fn words(self) -> &'static str {
        match self {
            Self::Number => "same number",
            Self::Place => "same place",
            Self::Address => "same address as typed",
            Self::Name => "same name",
            Self::Alike => "name written alike",
        }
    }

    /// A number is one household's, an address perhaps a close's; a name alone is many people's.
    fn weight(self) -> u32 {
        match self {
            Self::Number => 8,
            Self::Place => 6,
            Self::Address => 5,
            Self::Name => 3,
            Self::Alike => 1,
        }
    }
}

/// What is looked for: what stands in the form.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Asked {
    /// Numbers as typed or presented.
    pub numbers: Vec<String>,
    /// The caller's name.
    pub name: String,
    /// The address as typed.
    pub address: String,
    /// The gazetteer's place, where one was chosen.
    pub place: String,
    /// The contact that asks: it is not its own earlier one.
    pub but: Option<Id>,
}

/// One key that matched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// The contact.
    pub subject: Id,
    /// What matched.
    pub evidence: Evidence,
    /// The entry of the contact: the later, the greater.
    pub seq: i64,
}

/// An earlier contact and why it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Found {
    /// The contact.
    pub subject: Id,
    /// What it has in common, the strongest first.
    pub evidence: Vec<Evidence>,
}

impl Found {
    /// "same number, name written alike".
    pub fn words(&self) -> String {
        self.evidence.iter().map(|one| one.words()).collect::<Vec<_>>().join(", ")
    }
}

/// The contacts that matched, those with the most in common first, then the latest.
pub fn rank(hits: &[Hit]) -> Vec<Found> {
    let mut by_subject: BTreeMap<&Id, (BTreeSet<Evidence>, i64)> = BTreeMap::new();
    for hit in hits {
        let (evidence, seq) = by_subject.entry(&hit.subject).or_default();
        evidence.insert(hit.evidence);
        *seq = (*seq).max(hit.seq);
    }
    let mut all: Vec<_> = by_subject.into_iter().collect();
    let weight = |evidence: &BTreeSet<Evidence>| -> u32 {
        // The same name is written alike, too: it counts once.
        let alike = evidence.contains(&Evidence::Name) && evidence.contains(&Evidence::Alike);
        evidence.iter().map(|one| one.weight()).sum::<u32>() - u32::from(alike)
    };
    all.sort_by(|(_, (a, a_seq)), (_, (b, b_seq))| (weight(b), b_seq).cmp(&(weight(a), a_seq)));
    all.truncate(MOST);
    all.into_iter()
        .map(|(subject, (mut evidence, _))| {
            if evidence.contains(&Evidence::Name) {
                evidence.remove(&Evidence::Alike);
            }
            if evidence.contains(&Evidence::Place) {
                evidence.remove(&Evidence::Address);
            }
            Found { subject: subject.clone(), evidence: evidence.into_iter().collect() }
        })
        .collect()
}

/// The keys by which a contact is found again, beside its numbers.
pub fn keys(contact: &Contact) -> BTreeSet<(Evidence, String)> {
    let mut keys = BTreeSet::new();
    if let Some(name) = contact.caller.as_ref().and_then(|caller| caller.name.known()) {
        let name = name::read(name);
        // One word alone ("Mary") would find half the country.
        if name.plain.contains(' ') {
            keys.insert((Evidence::Name, name.plain));
        }
        if !name.alike.is_empty() {
            keys.insert((Evidence::Alike, name.alike));
        }
    }
    if let Some(location) = &contact.location {
        if let Some(place) = location.place.known().filter(|place| !place.is_empty()) {
            keys.insert((Evidence::Place, place.clone()));
        }
        if let Some(address) = location.words.known().and_then(|words| address(words)) {
            keys.insert((Evidence::Address, address));
        }
    }
    keys
}

/// An address as it is compared, or nothing where too little is typed to mean one: it needs a number or a name of a
/// street and at least six letters.
pub fn address(typed: &str) -> Option<String> {
    let plain = deunicode(typed).to_lowercase();
    let words: Vec<&str> = plain
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(whole)
        .collect();
    let folded: String = words.join(" ").chars().take(80).collect();
    let letters = folded.chars().filter(char::is_ascii_alphabetic).count();
    (letters >= ADDRESS_LETTERS).then_some(folded)
}

/// The whole word of what is often shortened.
fn whole(word: &str) -> &str {
    match word {
        "st" => "street",
        "rd" => "road",
        "ave" | "av" => "avenue",
        "ct" => "court",
        "cres" => "crescent",
        "dr" => "drive",
        "gdns" => "gardens",
        "ln" => "lane",
        "pl" => "place",
        "sq" => "square",
        "ter" | "terr" => "terrace",
        word => word,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(second: i64) -> Id {
        Id::new(jiff::Timestamp::from_second(second).unwrap())
    }

    #[test]
    fn the_most_in_common_comes_first_and_the_later_of_equals() {
        let (number, name, both, late) = (id(1), id(2), id(3), id(4));
        let hit = |subject: &Id, evidence, seq| Hit { subject: subject.clone(), evidence, seq };
        let found = rank(&[
            hit(&name, Evidence::Name, 90),
            hit(&name, Evidence::Alike, 90),
            hit(&number, Evidence::Number, 10),
            hit(&both, Evidence::Number, 5),
            hit(&both, Evidence::Alike, 5),
            hit(&both, Evidence::Place, 5),
            hit(&both, Evidence::Address, 5),
            hit(&late, Evidence::Number, 11),
        ]);
        let told: Vec<(Id, String)> = found.iter().map(|one| (one.subject.clone(), one.words())).collect();
        assert_eq!(
            told,
            [
                (both, "same number, same place, name written alike".to_owned()),
                (late, "same number".to_owned()),
                (number, "same number".to_owned()),
                (name, "same name".to_owned()),
            ]
        );
        let many: Vec<Hit> = (10..40).map(|second| hit(&id(second), Evidence::Name, second)).collect();
        assert_eq!(rank(&many).len(), MOST);
    }

    #[test]
    fn an_address_is_compared_however_it_is_shortened() {
        let cases = [
            ("14 Rowan Court, Kinmuir", Some("14 rowan court kinmuir")),
            ("14 rowan ct  kinmuir", Some("14 rowan court kinmuir")),
            ("Flat 2/1, 7 Ùir Rd.", Some("flat 2 1 7 uir road")),
            ("14 Ro", None),
            ("", None),
            ("12345678", None),
        ];
        for (typed, expected) in cases {
            assert_eq!(address(typed).as_deref(), expected, "{typed}");
        }
    }
}
