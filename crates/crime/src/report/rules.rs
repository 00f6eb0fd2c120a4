//! What may happen to a crime report. Pure.

#![expect(missing_docs, reason = "the variant says what its fields are; their names say the rest")]

use contact::{codes::known as is_known, unit};
use jiff::Timestamp;
use journal::{
    Id, Private, Refusal, day_of,
    words::{LINE, PARAGRAPH, moment, optional, required},
};
use serde::{Deserialize, Serialize};

use super::content::read;
pub use super::life::{
    Answer, Content, Ending, Enquired, Enquiry, Evidence, Export, Filing, Item, Person, Recorded, Report,
    Return, Said, Secured, State, apply,
};
use crate::definition::definitions;

/// What somebody wants to happen. Of a content only what it says is read: the version is the rule’s.
#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    Record { content: Box<Content>, override_reason: String },
    Amend { content: Box<Content>, override_reason: String, words: String },
    Return { unit: String, reason: String, words: String },
    Resubmit { content: Box<Content>, override_reason: String, words: String },
    Export { format: i64, json_sha256: String, csv_sha256: String },
    Acknowledge { reference: String },
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    Recorded(Box<Recorded>),
    /// What it says was changed while nobody had returned it. `overridden`: somebody turned out to be vulnerable.
    Amended {
        at: Timestamp,
        content: Box<Content>,
        overridden: Option<Private<String>>,
        words: Private<String>,
    },
    Returned {
        at: Timestamp,
        unit: String,
        reason: String,
        words: Private<String>,
    },
    Resubmitted {
        at: Timestamp,
        content: Box<Content>,
        overridden: Option<Private<String>>,
        words: Private<String>,
    },
    Exported(Export),
    Acknowledged {
        at: Timestamp,
        reference: String,
    },
}

impl journal::Fact for Fact {
    const NOUN: &'static str = "crime_report";
}

/// What the rule knows of the incident, read in the same transaction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct About {
    pub incident: Id,
    pub opened_at: Timestamp,
    pub is_closed: bool,
    /// The letter of its division; empty where its place is not known.
    pub division: String,
    /// The unit that has it.
    pub team: String,
    /// Whether vulnerability was identified; nothing where nobody has considered it.
    pub is_vulnerable: Option<bool>,
}

/// What else the rule knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    pub now: Timestamp,
    pub about: About,
    /// Whether whoever acts may record although somebody is vulnerable.
    pub may_override: bool,
}

/// What happens, or why not.
pub fn decide(known: &Known, was: Option<&Report>, command: Command) -> Result<Fact, Refusal> {
    match (was, command) {
        (None, Command::Record { content, override_reason }) => record(known, *content, &override_reason),
        (Some(_), Command::Record { .. }) => {
            Err(Refusal::of("report", "This is recorded already. Amend it instead."))
        }
        (None, _) => Err(Refusal::of("report", "There is no such crime report. Look for it in the list.")),
        (Some(was), command) => change(known, was, command),
    }
}

fn record(known: &Known, content: Content, override_reason: &str) -> Result<Fact, Refusal> {
    let about = &known.about;
    if about.is_closed {
        let sentence = "The incident is closed, so no crime is recorded on it. Open it again first.";
        return Err(Refusal::of("incident", sentence));
    }
    let overridden = unblocked(known, None, override_reason)?;
    Ok(Fact::Recorded(Box::new(Recorded {
        at: known.now,
        incident: about.incident.clone(),
        division: about.division.clone(),
        team: about.team.clone(),
        content: read(known, None, content)?,
        overridden,
    })))
}

fn change(known: &Known, was: &Report, command: Command) -> Result<Fact, Refusal> {
    let at = known.now;
    match command {
        Command::Amend { content, override_reason, words } => {
            if was.open_return().is_some() {
                let sentence = "It was returned: mend what it was returned for, and resubmit it.";
                return Err(Refusal::of("report", sentence));
            }
            let overridden = unblocked(known, Some(was), &override_reason)?;
            let content = changed(known, was, *content)?;
            let words = required("words", "What was changed", &words, PARAGRAPH)?.into();
            Ok(Fact::Amended { at, content, overridden, words })
        }
        Command::Return { unit, reason, words } => sent_back(known, was, unit, reason, &words),
        Command::Resubmit { content, override_reason, words } => {
            if was.open_return().is_none() {
                let sentence = "Nobody has returned it, so there is nothing to resubmit. Amend it instead.";
                return Err(Refusal::of("report", sentence));
            }
            let overridden = unblocked(known, Some(was), &override_reason)?;
            let content = Box::new(read(known, Some(was), *content)?);
            let words = required("words", "What was changed", &words, PARAGRAPH)?.into();
            Ok(Fact::Resubmitted { at, content, overridden, words })
        }
        Command::Export { format, json_sha256, csv_sha256 } => {
            can_be_exported(was)?;
            let number = i64::try_from(was.exports.len()).unwrap_or(i64::MAX).saturating_add(1);
            Ok(Fact::Exported(Export { number, at, format, json_sha256, csv_sha256 }))
        }
        Command::Acknowledge { reference } => {
            if was.state() != State::Exported {
                let sentence = "The crime system can only have taken what was exported and not changed since. Export it first.";
                return Err(Refusal::of("report", sentence));
            }
            let reference = required("reference", "The crime system’s reference", &reference, LINE)?;
            Ok(Fact::Acknowledged { at, reference })
        }
        Command::Record { .. } => Err(Refusal::of("report", "This is recorded already. Amend it instead.")),
    }
}

/// Recording directly is for those who are not vulnerable; a supervisor may say why it is right all the same.
fn unblocked(
    known: &Known,
    was: Option<&Report>,
    override_reason: &str,
) -> Result<Option<Private<String>>, Refusal> {
    match known.about.is_vulnerable {
        Some(false) => Ok(None),
        // It was said once, and holds.
        _ if was.is_some_and(|was| was.overridden.is_some()) => Ok(None),
        None => {
            let sentence = "Nobody has considered whether somebody is vulnerable. Assess the incident, then record the crime.";
            Err(Refusal::of("incident", sentence))
        }
        Some(true) if !known.may_override => {
            let sentence = "Vulnerability was identified, so the crime is not recorded by telephone. See that they are visited, or ask a supervisor, who may record it with a reason.";
            Err(Refusal::of("incident", sentence))
        }
        Some(true) => {
            let what = "Why it is recorded directly although somebody is vulnerable";
            Ok(Some(required("override_reason", what, override_reason, PARAGRAPH)?.into()))
        }
    }
}

fn changed(known: &Known, was: &Report, content: Content) -> Result<Box<Content>, Refusal> {
    let content = read(known, Some(was), content)?;
    if content == was.content {
        return Err(Refusal::of("account", "This is as it was. Change it, or go back."));
    }
    Ok(Box::new(content))
}

fn sent_back(
    known: &Known,
    was: &Report,
    unit: String,
    reason: String,
    words: &str,
) -> Result<Fact, Refusal> {
    if let Some(open) = was.open_return() {
        let sentence = format!("It was returned at {} and waits for its rework.", moment(open.at));
        return Err(Refusal::of("report", sentence));
    }
    let today = day_of(known.now);
    if !unit::valid(today).iter().any(|one| one.key == unit) {
        return Err(Refusal::of("unit", "Say which unit returns it: choose one of the list."));
    }
    if !is_known(&definitions().return_reason, &reason, today) {
        return Err(Refusal::of("reason", "Say why it is returned: choose one of the list."));
    }
    let words = required("words", "What has to be mended", words, PARAGRAPH)?.into();
    Ok(Fact::Returned { at: known.now, unit, reason, words })
}

/// Whether there is something to export.
pub fn can_be_exported(was: &Report) -> Result<(), Refusal> {
    let sentence = match was.state() {
        State::ToExport => return Ok(()),
        State::Returned => "It was returned. Resubmit it before it is exported.",
        State::Exported | State::Acknowledged => {
            "It was exported as it is. Fetch the file again by its receipt."
        }
    };
    Err(Refusal::of("report", sentence))
}

/// The words of whom it is told, where nothing has to be said.
pub(super) fn unsaid(field: &'static str, what: &str, words: &str) -> Result<Private<String>, Refusal> {
    Ok(optional(field, what, words, PARAGRAPH)?.into())
}
