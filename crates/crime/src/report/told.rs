//! What happened to a crime report, told in the words of its timeline.

use std::collections::BTreeMap;

use contact::codes::words;
use journal::{DatabaseError, Entry, words::moment};
use serde::Serialize;

use super::{
    rules::{Content, Fact, Revised},
    words::unit_words,
};
use crate::definition::{crime_words, definitions};

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

/// One entry as a moment of the timeline.
pub fn told(entry: &Entry, names: &BTreeMap<String, String>) -> Result<Moment, DatabaseError> {
    let name = names.get(&entry.actor.who).map_or(entry.actor.who.as_str(), String::as_str);
    let who = format!("{name}, {}", entry.actor.role.replace('_', " "));
    let (title, details, kind) =
        entry.fact::<Fact>()?.map_or_else(|| (entry.kind.clone(), Vec::new(), "update"), of_fact);
    let details = details.into_iter().filter(|(_, words)| !words.trim().is_empty()).collect();
    Ok(Moment {
        entry: entry.seq,
        title,
        who,
        at: entry.at.to_string(),
        when: moment(entry.at),
        details,
        kind,
    })
}

fn pair(name: &str, words: impl Into<String>) -> (String, String) {
    (name.to_owned(), words.into())
}

fn says(content: &Content) -> String {
    format!("{}, {}", crime_words(&content.crime_type), content.ending.words().to_lowercase())
}

fn of_revised(revised: &Revised) -> Vec<(String, String)> {
    let although = revised.overridden.as_ref().map_or("", |reason| reason.shown());
    vec![
        pair("", revised.words.shown()),
        pair("It says now", says(&revised.content)),
        pair("Although somebody is vulnerable", although),
    ]
}

fn of_fact(fact: Fact) -> (String, Vec<(String, String)>, &'static str) {
    match fact {
        Fact::Recorded(recorded) => {
            let although = recorded.overridden.as_ref().map_or("", |reason| reason.shown());
            let details = vec![
                pair("", says(&recorded.content)),
                pair("Team", unit_words(&recorded.team)),
                pair("Although somebody is vulnerable", although),
            ];
            ("Recorded".to_owned(), details, "target")
        }
        Fact::Amended(revised) => ("Amended".to_owned(), of_revised(&revised), "update"),
        Fact::Returned { unit, reason, words: said, .. } => {
            let reason = words(&definitions().return_reason, &reason);
            let details = vec![pair("Reason", reason), pair("", said.shown()), pair("By", unit_words(&unit))];
            ("Returned for rework".to_owned(), details, "decision")
        }
        Fact::Resubmitted(revised) => ("Reworked and resubmitted".to_owned(), of_revised(&revised), "done"),
        Fact::Exported(export) => {
            let details = vec![pair("SHA-256 of the JSON file", export.json_sha256)];
            (format!("Exported, receipt {}", export.number), details, "update")
        }
        Fact::Acknowledged { export, reference, .. } => {
            let details =
                vec![pair("Its reference there", reference), pair("Of the receipt", export.to_string())];
            ("Taken by the crime system".to_owned(), details, "done")
        }
        Fact::Withdrawn { words, .. } => {
            ("Withdrawn".to_owned(), vec![pair("Why", words.shown())], "decision")
        }
    }
}
