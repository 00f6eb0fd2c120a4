//! What happened to a referral, told in the words of its timeline.

use std::collections::BTreeMap;

use contact::codes::words;
use journal::{DatabaseError, Entry, words::moment};
use serde::Serialize;

use super::{
    rules::{Accepted, Consent, Fact},
    words::{answered, consent_words, minutes_words},
};
use crate::definition::{agency_name, definitions};

/// A moment of the timeline.
#[derive(Debug, Serialize)]
pub struct Moment {
    /// Its entry.
    pub entry: i64,
    /// What happened.
    pub title: String,
    /// Who, in which role.
    pub who: String,
    /// When, for programs.
    pub at: String,
    /// When, in words.
    pub when: String,
    /// More about it: names and words.
    pub details: Vec<(String, String)>,
    /// How it is marked.
    pub kind: &'static str,
}

/// One entry as a moment of the timeline. Who answers by a link has no account: it is told who gave the link out.
pub fn told(entry: &Entry, names: &BTreeMap<String, String>, kind: &str) -> Result<Moment, DatabaseError> {
    let fact = entry.fact::<Fact>()?;
    let name = names.get(&entry.actor.who).map_or(entry.actor.who.as_str(), String::as_str);
    let who = match &fact {
        Some(fact) if is_by_link(fact) => format!("The agency, by the link that {name} gave out"),
        _ => format!("{name}, {}", entry.actor.role.replace('_', " ")),
    };
    let (title, details, mark) =
        fact.map_or_else(|| (entry.kind.clone(), Vec::new(), "update"), |fact| of_fact(fact, kind));
    let details = details.into_iter().filter(|(_, words)| !words.trim().is_empty()).collect();
    let when = match entry.happened_at {
        Some(happened) if happened != entry.at => {
            format!("{}, recorded {}", moment(happened), moment(entry.at))
        }
        _ => moment(entry.at),
    };
    let at = entry.happened_at.unwrap_or(entry.at).to_string();
    Ok(Moment { entry: entry.seq, title, who, at, when, details, kind: mark })
}

fn is_by_link(fact: &Fact) -> bool {
    match fact {
        Fact::Accepted(Accepted { link, .. })
        | Fact::Declined { link, .. }
        | Fact::Finished { link, .. }
        | Fact::BouncedBack { link, .. } => link.is_some(),
        _ => false,
    }
}

fn pair(name: &str, words: impl Into<String>) -> (String, String) {
    (name.to_owned(), words.into())
}

fn of_fact(fact: Fact, kind: &str) -> (String, Vec<(String, String)>, &'static str) {
    let all = definitions();
    match fact {
        Fact::Sent(sent) => {
            let mut details =
                vec![pair("Consent", consent_words(&sent.consent)), pair("Reply by", moment(sent.reply_by))];
            if let Consent::Overridden { reason, .. } = &sent.consent {
                details.push(pair("Why without", reason.shown()));
            }
            (format!("Sent to {}", agency_name(&sent.agency)), details, "target")
        }
        Fact::Accepted(accepted) => {
            let details = vec![pair("By", accepted.by.shown()), pair("", accepted.words.shown())];
            ("Accepted".to_owned(), details, "done")
        }
        Fact::Declined { reason, words: said, .. } => {
            let details = vec![pair("Reason", words(&all.decline_reason, &reason)), pair("", said.shown())];
            ("Declined".to_owned(), details, "decision")
        }
        Fact::Finished { outcome, words: said, answers, minutes_saved, .. } => {
            let mut details = vec![pair("Outcome", words(&all.outcome, &outcome)), pair("", said.shown())];
            details.extend(answered(kind, &answers));
            if let Some(minutes) = minutes_saved {
                details.push(pair("Officers’ time saved", minutes_words(minutes)));
            }
            ("Finished".to_owned(), details, "done")
        }
        Fact::BouncedBack { reason, words: said, .. } => {
            let details = vec![pair("Reason", words(&all.bounce_reason, &reason)), pair("", said.shown())];
            ("Given back".to_owned(), details, "decision")
        }
        Fact::Withdrawn { reason, .. } => {
            ("Withdrawn by the police".to_owned(), vec![pair("Reason", reason.shown())], "decision")
        }
        Fact::Settled { words, .. } => {
            ("What was done instead".to_owned(), vec![pair("", words.shown())], "done")
        }
        Fact::LinkIssued { expires_at, .. } => {
            ("A link was given out".to_owned(), vec![pair("Until", moment(expires_at))], "update")
        }
        Fact::LinkRevoked { .. } => ("The link was revoked".to_owned(), Vec::new(), "update"),
    }
}
