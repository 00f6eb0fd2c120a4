//! What happened to a message, told in the words of its timeline.

use std::collections::BTreeMap;

use contact::preference::rules::Way;
use journal::{DatabaseError, Entry, Private, words::moment};
use serde::Serialize;

use super::rules::{Carrier, Fact, Reason, Said};
use crate::definition::template_words;

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

/// One entry as a moment of the timeline: of the message’s own, and of its incident’s.
pub fn told(entry: &Entry, names: &BTreeMap<String, String>) -> Result<Moment, DatabaseError> {
    let who = if entry.actor.who == "service" {
        "The service".to_owned()
    } else {
        let name = names.get(&entry.actor.who).map_or(entry.actor.who.as_str(), String::as_str);
        format!("{name}, {}", entry.actor.role.replace('_', " "))
    };
    let fact = entry.fact::<Fact>()?;
    let (title, details, kind) = fact.map_or_else(|| (entry.kind.clone(), Vec::new(), "update"), of_fact);
    let details = details.into_iter().filter(|(_, words)| !words.trim().is_empty()).collect();
    let (at, when) = (entry.at.to_string(), moment(entry.at));
    Ok(Moment { entry: entry.seq, title, who, at, when, details, kind })
}

fn pair(name: &str, words: impl Into<String>) -> (String, String) {
    (name.to_owned(), words.into())
}

fn why(reason: Reason, why: &Private<String>) -> Vec<(String, String)> {
    vec![pair("", reason.words()), pair("Why", why.shown())]
}

fn composed(said: &Said) -> Vec<(String, String)> {
    let mut details = vec![
        pair("Way", said.way.map_or("None", Way::words)),
        pair("", said.origin.words()),
        pair("Not before", moment(said.not_before)),
    ];
    if said.language != said.wanted_language {
        details.push(pair("Language", "In English: there are no words in theirs"));
    }
    if said.is_discreet {
        details.push(pair("", "It does not say who it comes from"));
    }
    details
}

fn of_fact(fact: Fact) -> (String, Vec<(String, String)>, &'static str) {
    match fact {
        Fact::Queued(said) => {
            (format!("Composed: {}", template_words(&said.template)), composed(&said), "update")
        }
        Fact::Unreached { said, reason, why: words, .. } => {
            let title = format!("Not sent, held back: {}", template_words(&said.template));
            (title, why(reason, &words), "decision")
        }
        Fact::HeldBack { reason, why: words, .. } => {
            ("Not sent, held back".to_owned(), why(reason, &words), "decision")
        }
        Fact::Postponed { until } => ("Put off".to_owned(), vec![pair("Until", moment(until))], "update"),
        Fact::Taken { .. } => ("Passed the gate, and is handed over".to_owned(), Vec::new(), "update"),
        Fact::Sent { by, reference, .. } => {
            let title = match by {
                Carrier::Email => "Handed to the mail server",
                Carrier::Text => "Handed to the carrier of texts",
                Carrier::Post => "Posted",
                Carrier::Mailbox => "Kept in the local mailbox: nothing left",
            };
            (title.to_owned(), vec![pair("The carrier’s reference", reference)], "done")
        }
        Fact::Failed { why, again_at, .. } => {
            let details = vec![pair("Why", why.shown()), pair("Again at", moment(again_at))];
            ("Could not be delivered".to_owned(), details, "update")
        }
        Fact::GivenUp { why, .. } => {
            ("Given up: it could not be delivered".to_owned(), vec![pair("Why", why.shown())], "decision")
        }
        Fact::Withdrawn { reason, .. } => {
            ("Withdrawn".to_owned(), vec![pair("Reason", reason.shown())], "decision")
        }
        Fact::Settled { words, .. } => ("Told another way".to_owned(), vec![pair("", words.shown())], "done"),
    }
}
