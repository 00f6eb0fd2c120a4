//! When a draft takes the place of another, and what happens where two people changed one record. Pure.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{Timestamp, ToSpan};
use journal::Refusal;
use serde::{Deserialize, Serialize};

/// The most that one draft may hold, in bytes: ten times the longest form.
pub const MOST: usize = 400_000;

/// Days after which a draft that nobody came back to is deleted. GUESS: no source gives a number.
pub const KEPT_DAYS: i64 = 7;

/// Seconds without a word from a page after which its person is taken to have left. A page speaks every 15.
pub const PRESENT_SECONDS: i64 = 40;

/// The page under which fields are kept that are no facts yet although the record was saved: those of an incident that
/// is not opened. It is no window's draft and is never offered as one.
pub const KEPT: &str = "kept";

/// The page under which is kept what was typed and stands nowhere: a life came first, or the incident was open already.
/// Like [`KEPT`] it is no window’s draft: the record’s own page shows it, until it is saved or thrown away.
pub const LEFT_OUT: &str = "left-out";

/// The fields of a form by their names.
pub type Fields = BTreeMap<String, String>;

/// What a page saves.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Save {
    /// The window: a random word of the page's own, kept over a reload.
    pub page: String,
    /// The page's count of its saves, from 1.
    pub number: i64,
    /// The subject's last entry when the page was opened.
    pub base_seq: i64,
    /// Everything typed in the form.
    pub fields: Fields,
    /// Where it was typed: a path of our own, to come back to.
    pub address: String,
}

/// A draft as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Draft {
    /// The window.
    pub page: String,
    /// The number of the save that wrote it.
    pub number: i64,
    /// The subject's last entry when the page was opened.
    pub base_seq: i64,
    /// What was typed.
    pub fields: Fields,
    /// Where it was typed.
    pub address: String,
    /// When it was saved.
    pub saved_at: Timestamp,
}

/// What a save does to what is there: the draft to keep, or nothing where a later one is there already.
pub fn save(was: Option<&Draft>, save: Save, now: Timestamp) -> Result<Option<Draft>, Refusal> {
    if save.page.is_empty()
        || save.page.len() > 64
        || !save.page.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    {
        return Err(Refusal::of(
            "page",
            "The page’s own word is missing or odd. Load the page again; what you typed is kept on your computer.",
        ));
    }
    let is_ours = save.address.starts_with('/') && !save.address.contains(['\\', '\t', '\n', '\r']);
    if !is_ours || save.address.starts_with("//") || save.address.len() > 200 {
        return Err(Refusal::of(
            "address",
            "The page’s address is missing or odd. Load the page again; what you typed is kept on your computer.",
        ));
    }
    let size: usize = save.fields.iter().map(|(name, value)| name.len() + value.len()).sum();
    if size > MOST {
        let sentence = format!(
            "The draft has {} characters; at most {} are kept. Shorten the longest text: it is still on your page.",
            journal::words::thousands(size),
            journal::words::thousands(MOST)
        );
        return Err(Refusal::of("fields", sentence));
    }
    if was.is_some_and(|was| was.number >= save.number) {
        return Ok(None);
    }
    let Save { page, number, base_seq, fields, address } = save;
    Ok(Some(Draft { page, number, base_seq, fields, address, saved_at: now }))
}

/// The moment before which drafts are forgotten.
pub fn forgotten_before(now: Timestamp) -> Timestamp {
    now.saturating_sub((KEPT_DAYS * 24).hours()).unwrap_or(Timestamp::UNIX_EPOCH)
}

/// The moment since which somebody is still taken to be there.
pub fn present_since(now: Timestamp) -> Timestamp {
    now.saturating_sub(PRESENT_SECONDS.seconds()).unwrap_or(Timestamp::UNIX_EPOCH)
}

/// A field that two people changed, in both versions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Both {
    /// The field’s name.
    pub field: String,
    /// As it is saved now.
    pub theirs: String,
    /// As this person typed it.
    pub mine: String,
    /// Whether this person changed it, too: a field of risk is shown where only the other did.
    pub i_changed: bool,
}

/// What comes of a form that was opened before somebody else saved.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Merged {
    /// The form with what can stand together; where both changed a field, mine.
    pub fields: Fields,
    /// What both changed, or what of risk the other changed: for this person to decide, never decided here.
    pub both: Vec<Both>,
    /// What only the other changed, taken over.
    pub taken_over: Vec<String>,
}

impl Merged {
    /// Whether it may be saved without asking.
    pub fn is_clear(&self) -> bool {
        self.both.is_empty()
    }

    /// The form where nobody can be asked, because a life comes first: what is disputed stays as it is stored.
    pub fn undisputed(&self) -> Fields {
        let theirs = self.both.iter().map(|both| (both.field.clone(), both.theirs.clone()));
        self.fields.clone().into_iter().chain(theirs).collect()
    }

    /// Of what is disputed, what this person typed.
    pub fn mine(&self) -> Fields {
        let both = self.both.iter().filter(|both| both.i_changed);
        both.map(|both| (both.field.clone(), both.mine.clone())).collect()
    }
}

/// Brings together what was there when the page was opened, what somebody else saved since, and what was typed.
///
/// A field that only one changed is taken as they changed it, unless it is a field of risk that the other changed:
/// that one is always shown (HOUSE 4: for risk fields never merge).
pub fn merge(base: &Fields, theirs: &Fields, mine: &Fields, is_risk: impl Fn(&str) -> bool) -> Merged {
    let mut merged = Merged::default();
    let names: BTreeSet<&String> = base.keys().chain(theirs.keys()).chain(mine.keys()).collect();
    let of = |fields: &Fields, name: &String| fields.get(name).cloned().unwrap_or_default();
    for name in names {
        let (was, theirs, mine) = (of(base, name), of(theirs, name), of(mine, name));
        let (they_did, i_did) = (theirs != was, mine != was);
        let together = match (they_did, i_did) {
            _ if theirs == mine => mine,
            (true, false) if !is_risk(name) => {
                merged.taken_over.push(name.clone());
                theirs
            }
            (true, _) => {
                merged.both.push(Both { field: name.clone(), theirs, mine: mine.clone(), i_changed: i_did });
                mine
            }
            (false, _) => mine,
        };
        merged.fields.insert(name.clone(), together);
    }
    merged
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(pairs: &[(&str, &str)]) -> Fields {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    fn saved(page: &str, number: i64, words: &str) -> Save {
        Save {
            page: page.into(),
            number,
            base_seq: 4,
            fields: fields(&[("narrative", words)]),
            address: "/contacts/1".into(),
        }
    }

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[test]
    fn where_a_life_comes_first_what_is_disputed_stays_as_it_is_stored() {
        let base = fields(&[("threat", "low"), ("name", "")]);
        let theirs = fields(&[("threat", "high"), ("name", "")]);
        let mine = fields(&[("threat", "low"), ("name", "Ailsa")]);
        let merged = merge(&base, &theirs, &mine, |name| name == "threat");
        assert!(!merged.is_clear());
        assert_eq!(merged.undisputed(), fields(&[("threat", "high"), ("name", "Ailsa")]));
        assert_eq!(merged.mine(), Fields::new(), "this person typed nothing of the threat");
        let mine = fields(&[("threat", "medium"), ("name", "")]);
        let merged = merge(&base, &theirs, &mine, |name| name == "threat");
        assert_eq!(merged.mine(), fields(&[("threat", "medium")]));
    }

    #[test]
    fn a_late_save_never_writes_over_a_later_one() {
        let first = save(None, saved("w", 2, "two"), at(2)).unwrap().unwrap();
        assert_eq!(first.fields["narrative"], "two");
        assert_eq!(save(Some(&first), saved("w", 1, "one"), at(3)).unwrap(), None);
        assert_eq!(save(Some(&first), saved("w", 2, "two again"), at(3)).unwrap(), None);
        assert_eq!(save(Some(&first), saved("w", 3, "three"), at(3)).unwrap().unwrap().number, 3);
    }

    #[test]
    fn what_cannot_be_kept_is_refused_and_told() {
        let long = "x".repeat(MOST + 1);
        let elsewhere = |address: &str| Save { address: address.into(), ..saved("w", 1, "a") };
        for (given, field) in [
            (elsewhere("//elsewhere.example"), "address"),
            (elsewhere("/\\elsewhere.example"), "address"),
            (elsewhere("/\t/elsewhere.example"), "address"),
            (elsewhere("https://elsewhere.example"), "address"),
            (saved("", 1, "a"), "page"),
            (saved("../x", 1, "a"), "page"),
            (saved("w", 1, &long), "fields"),
        ] {
            assert_eq!(save(None, given, at(1)).unwrap_err().field, field);
        }
    }

    type Typed = &'static [(&'static str, &'static str)];
    type Names = &'static [&'static str];
    type Case = (Typed, Typed, Names, Names, Typed);

    #[test]
    fn two_people_on_one_record() {
        let base = fields(&[("name", "Ailsa"), ("narrative", "Door kicked."), ("threat", "low")]);
        // (what the other saved, what this person typed, what both changed, what was taken over, the form)
        let cases: [Case; 6] = [
            (&[], &[("narrative", "Door kicked in.")], &[], &[], &[("narrative", "Door kicked in.")]),
            (
                &[("name", "Ailsa Reid")],
                &[("narrative", "More.")],
                &[],
                &["name"],
                &[("name", "Ailsa Reid"), ("narrative", "More.")],
            ),
            (&[("narrative", "A")], &[("narrative", "B")], &["narrative"], &[], &[("narrative", "B")]),
            (&[("narrative", "Same")], &[("narrative", "Same")], &[], &[], &[("narrative", "Same")]),
            (
                &[("threat", "high")],
                &[("narrative", "More.")],
                &["threat"],
                &[],
                &[("threat", "low"), ("narrative", "More.")],
            ),
            (&[("threat", "high")], &[], &["threat"], &[], &[("threat", "low")]),
        ];
        for (theirs, mine, both, taken_over, expected) in cases {
            let with = |changes: &[(&str, &str)]| {
                let mut all = base.clone();
                all.extend(fields(changes));
                all
            };
            let merged = merge(&base, &with(theirs), &with(mine), |name| name == "threat");
            let named: Vec<&str> = merged.both.iter().map(|one| one.field.as_str()).collect();
            assert_eq!(
                (named.as_slice(), merged.taken_over.as_slice()),
                (both, taken_over.iter().map(|one| (*one).to_owned()).collect::<Vec<_>>().as_slice()),
                "{theirs:?} {mine:?}"
            );
            assert_eq!(merged.fields, with(expected));
            assert_eq!(merged.is_clear(), both.is_empty());
        }
    }
}
