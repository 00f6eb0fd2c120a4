//! What may happen to a post. Pure.

#![expect(missing_docs, reason = "the variant says what its fields are; their names say the rest")]

use std::collections::BTreeMap;

use journal::{Id, Refusal};
use serde::{Deserialize, Serialize};

use crate::{
    register::rules::Register,
    words::{LINE, PARAGRAPH, required},
};

/// A post as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Post {
    /// Its title, as owners are written in the register.
    pub title: String,
    /// Who acts for it, in the order in which they took it.
    pub holders: Vec<Holder>,
    /// The account that the last fact was about: whose row is to be saved.
    pub touched: Option<Id>,
}

/// Somebody who acts for a post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    /// Their account.
    pub account: Id,
    /// Whether they only stand in for the holder.
    pub alternate: bool,
}

/// What somebody wants to happen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// A post that the register may name.
    Create { title: String },
    /// Somebody acts for it from now on.
    Give { account: Option<Id>, alternate: bool },
    /// Somebody acts for it no more.
    Release { account: Option<Id>, reason: String },
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    /// It exists from now on.
    Created { title: String },
    /// Somebody acts for it.
    Held { account: Id, alternate: bool },
    /// Somebody acts for it no more.
    Released { account: Id, reason: String },
}

impl journal::Fact for Fact {
    const NOUN: &'static str = "post";
}

/// Whether an account can hold a post.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Standing {
    /// There is no such account.
    #[default]
    Unknown,
    /// It is closed.
    Closed,
    /// Its role may not read the improvement plan.
    MayNotRead,
    /// It can.
    Fit,
}

/// What else the rule knows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Known {
    /// The keys of the titles that are taken.
    pub taken: Vec<String>,
    /// Whether the account in question can hold a post.
    pub account: Standing,
}

/// What happens, or why not.
pub fn decide(known: &Known, was: Option<&Post>, command: Command) -> Result<Fact, Refusal> {
    match (was, command) {
        (None, Command::Create { title }) => {
            let title = required("title", "The title of the post", &title, LINE)?;
            let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
            if known.taken.contains(&key(&title)) {
                let sentence =
                    format!("“{title}” is a post already. Open it in the list and say who holds it.");
                return Err(Refusal::of("title", sentence));
            }
            Ok(Fact::Created { title })
        }
        (Some(was), Command::Create { .. }) => {
            Err(Refusal::of("title", format!("“{}” is a post already.", was.title)))
        }
        (None, _) => Err(Refusal::of("title", "There is no such post. Add it first.")),
        (Some(was), Command::Give { account, alternate }) => give(known, was, account, alternate),
        (Some(was), Command::Release { account, reason }) => {
            let account = account
                .filter(|account| was.of(account).is_some())
                .ok_or_else(|| Refusal::of("account", "Choose somebody who holds the post now."))?;
            Ok(Fact::Released { account, reason: required("reason", "The reason", &reason, PARAGRAPH)? })
        }
    }
}

fn give(known: &Known, was: &Post, account: Option<Id>, alternate: bool) -> Result<Fact, Refusal> {
    let refuse = |sentence: &'static str| Err(Refusal::of("account", sentence));
    let Some(account) = account else { return refuse("Choose the person who is to hold the post.") };
    match known.account {
        Standing::Unknown => return refuse("Choose the person from the list: there is no such account."),
        Standing::Closed => {
            return refuse("This account is closed. Choose somebody else, or have an account opened.");
        }
        Standing::MayNotRead => {
            return refuse(
                "This person’s role may not read the improvement plan. Choose somebody else, or have an administrator change the role.",
            );
        }
        Standing::Fit => {}
    }
    if was.of(&account).is_some_and(|held| held.alternate == alternate) {
        return refuse("This person holds the post so already. Choose somebody else, or go back.");
    }
    Ok(Fact::Held { account, alternate })
}

/// What it is after `fact`.
pub fn apply(was: Option<Post>, fact: &Fact) -> Post {
    let mut post = was.unwrap_or_else(|| Post { title: String::new(), holders: Vec::new(), touched: None });
    match fact.clone() {
        Fact::Created { title } => {
            post.title = title;
            post.touched = None;
        }
        Fact::Held { account, alternate } => {
            post.holders.retain(|holder| holder.account != account);
            post.holders.push(Holder { account: account.clone(), alternate });
            post.touched = Some(account);
        }
        Fact::Released { account, .. } => {
            post.holders.retain(|holder| holder.account != account);
            post.touched = Some(account);
        }
    }
    post
}

impl Post {
    /// How `account` acts for it, if it does.
    pub fn of(&self, account: &Id) -> Option<&Holder> {
        self.holders.iter().find(|holder| holder.account == *account)
    }

    /// Who is told what concerns the post: its holders; where none of them can be told, the alternates.
    pub fn told(&self, can_be_told: impl Fn(&Id) -> bool) -> Vec<&Id> {
        let of = |alternate: bool| -> Vec<&Id> {
            let wanted = self.holders.iter().filter(|holder| holder.alternate == alternate);
            wanted.map(|holder| &holder.account).filter(|account| can_be_told(account)).collect()
        };
        let holders = of(false);
        if holders.is_empty() { of(true) } else { holders }
    }
}

/// What a title is known by: two that differ in case or spaces only are one post.
pub fn key(title: &str) -> String {
    title.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// A title that the register names as an owner, and how much it owns.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Named {
    /// The title, as it is first written.
    pub title: String,
    /// Open recommendations that it owns.
    pub recommendations: usize,
    /// Unfinished actions of open recommendations that name it.
    pub actions: usize,
}

/// Every title that occurs as an owner in the register, by its key.
pub fn named_in(register: &Register) -> BTreeMap<String, Named> {
    let mut all: BTreeMap<String, Named> = BTreeMap::new();
    let mut note = |title: &str, recommendations: bool, actions: usize| {
        if title.trim().is_empty() {
            return;
        }
        let named =
            all.entry(key(title)).or_insert_with(|| Named { title: title.into(), ..Named::default() });
        named.recommendations += usize::from(recommendations);
        named.actions += actions;
    };
    for item in &register.items {
        note(&item.recommendation.owner_post, item.is_open(), 0);
        note(&item.classification.strategic_owner, item.is_open(), 0);
        for action in &item.actions {
            note(&action.owner, false, usize::from(item.is_open() && action.done_on.is_none()));
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;

    fn id(second: i64) -> Id {
        Id::new(Timestamp::from_second(second).unwrap())
    }

    fn held(was: Option<Post>, account: &Id, alternate: bool) -> Post {
        apply(was, &Fact::Held { account: account.clone(), alternate })
    }

    #[test]
    fn what_may_happen_to_a_post() {
        use Standing::*;
        let (anna, ben) = (id(1), id(2));
        let post = apply(None, &Fact::Created { title: "Superintendent CERP".into() });
        let holding = held(Some(post.clone()), &anna, false);
        let create = |title: &str| Command::Create { title: title.into() };
        let give = |account: &Id, alternate| Command::Give { account: Some(account.clone()), alternate };
        let release = |account: &Id, reason: &str| Command::Release {
            account: Some(account.clone()),
            reason: reason.into(),
        };
        let cases = [
            (None, Fit, create("Head of Training"), None),
            (None, Fit, create("  head  of DIARIES "), Some(("title", "is a post already"))),
            (None, Fit, create(" "), Some(("title", "is missing"))),
            (Some(&post), Fit, create("Another"), Some(("title", "is a post already"))),
            (None, Fit, give(&anna, false), Some(("title", "Add it first"))),
            (Some(&post), Fit, give(&anna, false), None),
            (Some(&post), Unknown, give(&anna, false), Some(("account", "no such account"))),
            (Some(&post), Closed, give(&anna, false), Some(("account", "is closed"))),
            (Some(&post), MayNotRead, give(&anna, false), Some(("account", "may not read"))),
            (Some(&post), Fit, Command::Give { account: None, alternate: true }, Some(("account", "Choose"))),
            (Some(&holding), Fit, give(&anna, false), Some(("account", "so already"))),
            (Some(&holding), Fit, give(&anna, true), None),
            (Some(&holding), Fit, give(&ben, false), None),
            (Some(&holding), Fit, release(&anna, "Moved on."), None),
            (Some(&holding), Fit, release(&anna, " "), Some(("reason", "is missing"))),
            (Some(&holding), Fit, release(&ben, "Moved on."), Some(("account", "holds the post now"))),
        ];
        for (was, account, command, refused) in cases {
            let known = Known { taken: vec!["head of diaries".into()], account };
            let told = decide(&known, was, command.clone());
            match refused {
                None => assert!(told.is_ok(), "{command:?}: {told:?}"),
                Some((field, words)) => {
                    let refusal = told.unwrap_err();
                    assert_eq!(refusal.field, field, "{command:?}");
                    assert!(refusal.sentence.contains(words), "{refusal}");
                }
            }
        }
    }

    #[test]
    fn an_alternate_becomes_the_holder_and_is_not_there_twice() {
        let anna = id(1);
        let post = held(None, &anna, true);
        let post = held(Some(post), &anna, false);
        assert_eq!(post.holders, [Holder { account: anna.clone(), alternate: false }]);
        let post = apply(Some(post), &Fact::Released { account: anna, reason: "Moved on.".into() });
        assert!(post.holders.is_empty());
    }

    #[test]
    fn alternates_are_told_only_where_no_holder_can_be() {
        let (anna, ben) = (id(1), id(2));
        let post = held(Some(held(None, &ben, true)), &anna, false);
        assert_eq!(post.told(|_| true), [&anna]);
        assert_eq!(post.told(|account| *account != anna), [&ben]);
        assert!(post.told(|_| false).is_empty());
    }
}
