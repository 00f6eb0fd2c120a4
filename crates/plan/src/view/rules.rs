//! What may happen to a saved view. Pure.

#![expect(missing_docs, reason = "the variant says what its fields are; their names say the rest")]

use std::collections::BTreeSet;

use journal::{AsAt, Refusal};
use serde::{Deserialize, Serialize};

use crate::{
    register::list::Query,
    words::{LINE, required, thousands},
};

/// How many views one person may keep. GUESS: more names than this in a row are no shorter than a search.
pub const MOST: usize = 50;

/// The longest list that is kept, in characters of its address. No filter of the page comes near it.
const QUERY: usize = 4_000;

/// A saved view as it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct View {
    /// The account that saved it.
    pub owner: String,
    /// What it is called.
    pub name: String,
    /// The list, as its address has it after the question mark.
    pub query: String,
    /// Whether everybody sees it who may read the plan.
    pub shared: bool,
    /// Whether its owner has deleted it.
    pub is_deleted: bool,
}

/// What somebody wants to happen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// Keep this list under a name.
    Save { name: String, query: String, shared: bool },
    /// Call it otherwise, show another list by it, share it or share it no more.
    Change { name: String, query: String, shared: bool },
    /// Keep it no longer.
    Delete,
}

/// What happened to a view.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    /// It was saved.
    Saved { owner: String, name: String, query: String, shared: bool },
    /// It was called or shared otherwise, or shows another list.
    Changed { name: String, query: String, shared: bool },
    /// It was deleted.
    Deleted { name: String },
}

impl journal::Fact for Fact {
    const NOUN: &'static str = "view";
}

/// What else the rule knows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Known {
    /// The account that acts.
    pub who: String,
    /// The names of its other views, as [`name_key`] has them.
    pub names: BTreeSet<String>,
}

/// What happens, or why not.
pub fn decide(known: &Known, was: Option<&View>, command: Command) -> Result<Fact, Refusal> {
    match (was, command) {
        (None, Command::Save { name, query, shared }) => {
            if known.names.len() >= MOST {
                let sentence =
                    format!("You have {} saved views. Delete one that you need no more.", thousands(MOST));
                return Err(Refusal::of("name", sentence));
            }
            let (name, query) = (free_name(known, &name)?, read_list(&query)?);
            Ok(Fact::Saved { owner: known.who.clone(), name, query, shared })
        }
        (Some(_), Command::Save { .. }) => Err(Refusal::of("name", "It is saved already. Change it.")),
        (None, _) => Err(Refusal::of("name", "There is no such view. Save one from the register.")),
        (Some(was), Command::Change { name, query, shared }) => {
            still_own(known, was)?;
            let (name, query) = (free_name(known, &name)?, read_list(&query)?);
            if name == was.name && query == was.query && shared == was.shared {
                return Err(Refusal::of("name", "This is as it was. Change it, or go back."));
            }
            Ok(Fact::Changed { name, query, shared })
        }
        (Some(was), Command::Delete) => {
            still_own(known, was)?;
            Ok(Fact::Deleted { name: was.name.clone() })
        }
    }
}

fn still_own(known: &Known, was: &View) -> Result<(), Refusal> {
    if was.is_deleted {
        return Err(Refusal::of("name", "It was deleted. Save the list again from the register."));
    }
    if was.owner != known.who {
        let sentence = "Only the person who saved it may change it. Save the list under a name of your own.";
        return Err(Refusal::of("name", sentence));
    }
    Ok(())
}

fn free_name(known: &Known, typed: &str) -> Result<String, Refusal> {
    let name = required("name", "The name", &typed.split_whitespace().collect::<Vec<_>>().join(" "), LINE)?;
    if known.names.contains(&name_key(&name)) {
        let sentence = format!("You have a view called “{name}” already. Give another name.");
        return Err(Refusal::of("name", sentence));
    }
    Ok(name)
}

/// A name for comparing: "Overdue" and "overdue" are one.
pub fn name_key(name: &str) -> String {
    name.to_lowercase()
}

/// The list that `typed` means, written as its own address writes it, without the page one was on.
fn read_list(typed: &str) -> Result<String, Refusal> {
    let damaged = || Refusal::of("query", "This list cannot be read. Start from the register again.");
    let query: Query =
        serde_html_form::from_str(typed.trim().trim_start_matches('?')).map_err(|_| damaged())?;
    AsAt::read(&query.as_at).map_err(|refusal| Refusal::of("query", refusal.sentence))?;
    let list = written(&query);
    if list.is_empty() {
        let sentence = "This is the whole register. Filter, sort or group it first, then save the view.";
        return Err(Refusal::of("query", sentence));
    }
    if list.chars().count() > QUERY {
        let sentence = "This list has too many conditions to be kept. Take some away.";
        return Err(Refusal::of("query", sentence));
    }
    Ok(list)
}

/// A list as an address has it after the question mark: two lists are the same if this is.
pub fn written(query: &Query) -> String {
    query.address(|_| {}).split_once('?').map_or_else(String::new, |(_, list)| list.to_owned())
}

/// What it is after `fact`.
pub fn apply(was: Option<View>, fact: &Fact) -> View {
    match (was, fact.clone()) {
        (_, Fact::Saved { owner, name, query, shared }) => {
            View { owner, name, query, shared, is_deleted: false }
        }
        (Some(was), Fact::Changed { name, query, shared }) => View { name, query, shared, ..was },
        (Some(was), Fact::Deleted { .. }) => View { is_deleted: true, ..was },
        (None, Fact::Changed { .. } | Fact::Deleted { .. }) => {
            unreachable!("decide lets nothing happen to a view before it is saved")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(who: &str, names: &[&str]) -> Known {
        Known { who: who.into(), names: names.iter().map(|name| name_key(name)).collect() }
    }

    fn save(name: &str, query: &str) -> Command {
        Command::Save { name: name.into(), query: query.into(), shared: false }
    }

    fn change(name: &str, query: &str, shared: bool) -> Command {
        Command::Change { name: name.into(), query: query.into(), shared }
    }

    fn view() -> View {
        View {
            owner: "morag".into(),
            name: "Delayed".into(),
            query: "flag=delayed".into(),
            shared: false,
            is_deleted: false,
        }
    }

    #[test]
    fn a_list_is_saved_as_its_address_has_it() {
        let cases = [
            ("flag=delayed", "flag=delayed"),
            ("?flag=delayed&page=3", "flag=delayed"),
            ("status=open&status=returned&words=a+%26+b", "words=a+%26+b&status=open&status=returned"),
            ("group=owner&sort=-target", "group=owner&sort=-target"),
            ("as_at=2025-09-16&unheard=of", "as_at=2025-09-16"),
        ];
        for (typed, kept) in cases {
            let fact = decide(&known("morag", &[]), None, save("  My\n list ", typed)).unwrap();
            let expected = Fact::Saved {
                owner: "morag".into(),
                name: "My list".into(),
                query: kept.into(),
                shared: false,
            };
            assert_eq!(fact, expected, "{typed}");
        }
    }

    #[test]
    fn a_view_needs_a_name_of_its_own_and_a_list() {
        let own = known("morag", &["Delayed"]);
        let many: Vec<String> = (0..MOST).map(|number| number.to_string()).collect();
        let many = known("morag", &many.iter().map(String::as_str).collect::<Vec<_>>());
        let long = format!("words={}", "a".repeat(QUERY));
        let cases = [
            (&own, save("", "flag=delayed"), "name", "missing"),
            (&own, save(" \t", "flag=delayed"), "name", "missing"),
            (&own, save(&"a".repeat(LINE + 1), "flag=delayed"), "name", "Shorten"),
            (&own, save("DELAYED", "flag=delayed"), "name", "already"),
            (&own, save("All", ""), "query", "whole register"),
            (&own, save("All", "page=2&unheard=of"), "query", "whole register"),
            (&own, save("Odd", "page=two"), "query", "cannot be read"),
            (&own, save("Odd", "as_at=last+Tuesday"), "query", "not a moment"),
            (&own, save("Long", &long), "query", "too many conditions"),
            (&many, save("One more", "flag=delayed"), "name", "Delete one"),
        ];
        for (known, command, field, told) in cases {
            let words = format!("{command:?}");
            let refusal = decide(known, None, command).unwrap_err();
            assert_eq!(refusal.field, field, "{words}");
            assert!(refusal.sentence.contains(told), "{words}: {refusal}");
        }
    }

    #[test]
    fn only_its_owner_changes_a_view() {
        let was = view();
        let (morag, iain) = (known("morag", &["Stale"]), known("iain", &[]));
        let gone = View { is_deleted: true, ..view() };
        let cases = [
            (&iain, &was, change("Mine", "flag=delayed", false), Err("Only the person")),
            (&iain, &was, Command::Delete, Err("Only the person")),
            (&morag, &was, change("stale", "flag=delayed", false), Err("already")),
            (&morag, &was, change("Delayed", "flag=delayed", false), Err("as it was")),
            (&morag, &was, save("Delayed", "flag=delayed"), Err("saved already")),
            (&morag, &gone, change("Delayed", "flag=stale", false), Err("was deleted")),
            (&morag, &gone, Command::Delete, Err("was deleted")),
            (&morag, &was, change("delayed", "flag=delayed", false), Ok(("delayed", "flag=delayed", false))),
            (&morag, &was, change("Delayed", "flag=stale", true), Ok(("Delayed", "flag=stale", true))),
        ];
        for (known, was, command, expected) in cases {
            let words = format!("{command:?}");
            match (decide(known, Some(was), command), expected) {
                (Ok(fact), Ok((name, query, shared))) => {
                    let now = apply(Some(was.clone()), &fact);
                    assert_eq!(
                        (now.name.as_str(), now.query.as_str(), now.shared),
                        (name, query, shared),
                        "{words}"
                    );
                    assert_eq!(now.owner, "morag");
                }
                (Err(refusal), Err(told)) => assert!(refusal.sentence.contains(told), "{words}: {refusal}"),
                (found, expected) => panic!("{words}: {found:?}, not {expected:?}"),
            }
        }
        assert!(decide(&morag, None, Command::Delete).is_err());
        let fact = decide(&morag, Some(&was), Command::Delete).unwrap();
        assert_eq!(fact, Fact::Deleted { name: "Delayed".into() });
        assert!(apply(Some(was), &fact).is_deleted);
    }
}
