//! Comments as a recommendation's page shows them: on their card, and on the timeline.

use std::collections::BTreeMap;

use journal::{DatabaseError, Entry, Id};
use serde::Serialize;
use users::User;

use super::{rows::Comment, rules::Fact};
use crate::{recommendation::timeline::Moment, register::rules::Item, words};

/// The card.
#[derive(Debug, Serialize)]
pub struct Card {
    /// How many are shown, in words.
    #[serde(skip)]
    pub count: String,
    /// The comments, oldest first.
    pub comments: Vec<Shown>,
    /// Whether this person may add one now.
    #[serde(skip)]
    pub may_add: bool,
}

/// One comment.
#[derive(Debug, Serialize)]
pub struct Shown {
    /// Its entry.
    pub entry: i64,
    /// Who made it.
    pub who: String,
    /// When, for machines.
    pub at: String,
    /// When, for people.
    #[serde(skip)]
    pub at_words: String,
    /// What it says; nothing once it is withdrawn.
    pub text: Option<String>,
    /// "Withdrawn by …, 21 November 2026", once it is.
    pub withdrawn: Option<String>,
    /// Why it was withdrawn.
    pub reason: String,
    /// Where this person may withdraw it.
    #[serde(skip)]
    pub withdraw: Option<String>,
}

/// The card of `item`, for `who`; nothing may be changed while one looks back.
pub fn card(
    comments: &[Comment],
    names: &BTreeMap<String, String>,
    item: &Item,
    who: &User,
    is_past: bool,
) -> Card {
    let may = who.may_do("plan.comment") && !is_past;
    let shown = |comment: &Comment| {
        let may_withdraw = may
            && comment.struck.is_none()
            && (comment.who == who.id.as_str() || who.may_do("plan.register"));
        Shown {
            entry: comment.seq,
            who: name(names, &comment.who),
            at: comment.at.to_string(),
            at_words: words::moment(comment.at),
            text: comment.struck.is_none().then(|| comment.text.shown().to_owned()),
            withdrawn: comment.struck.as_ref().map(|struck| {
                format!("Withdrawn by {}, {}", name(names, &struck.by), words::moment(struck.at))
            }),
            reason: comment.struck.as_ref().map_or_else(String::new, |struck| struck.reason.clone()),
            withdraw: may_withdraw.then(|| withdrawal(&item.id, comment.seq)),
        }
    };
    let standing = comments.iter().filter(|comment| comment.struck.is_none()).count();
    Card {
        count: if standing == 0 { String::new() } else { words::counted(standing, "comment", "comments") },
        comments: comments.iter().map(shown).collect(),
        may_add: may && item.is_open(),
    }
}

/// Where the comment of `entry` is withdrawn.
pub fn withdrawal(id: &Id, entry: i64) -> String {
    format!("/recommendations/{id}/comments/{entry}")
}

fn name(names: &BTreeMap<String, String>, who: &str) -> String {
    names.get(who).cloned().unwrap_or_else(|| "Somebody".to_owned())
}

/// The moment of the timeline that `entry` is; nothing if it is about no comment.
pub fn tell(entry: &Entry, comments: &[Comment]) -> Result<Option<Moment>, DatabaseError> {
    let Some(fact) = entry.fact::<Fact>()? else { return Ok(None) };
    let (title, particulars) = match fact {
        Fact::Said { text } => {
            let struck = comments.iter().find(|one| one.seq == entry.seq).and_then(|one| one.struck.as_ref());
            match struck {
                Some(struck) => ("Comment, withdrawn".to_owned(), vec![("Reason", struck.reason.clone())]),
                None => ("Comment".to_owned(), vec![("", text.shown().to_owned())]),
            }
        }
        Fact::Struck { entry, reason } => {
            let number = words::thousands(usize::try_from(entry).unwrap_or(0));
            (format!("Comment of entry {number} withdrawn"), vec![("Reason", reason)])
        }
    };
    Ok(Some(Moment {
        seq: entry.seq,
        kind: "",
        title,
        particulars,
        who: entry.actor.who.clone(),
        role: entry.actor.role.clone(),
        at: entry.at.to_string(),
        at_words: words::moment(entry.at),
    }))
}
