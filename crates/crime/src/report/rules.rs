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
    Answer, Content, Ending, Enquired, Enquiry, Evidence, Export, Filing, Item, Overridden, Person, Recorded,
    Report, Return, Revised, Said, Secured, State, apply,
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
    Withdraw { words: String },
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    Recorded(Box<Recorded>),
    /// What it says was changed while nobody had returned it.
    Amended(Box<Revised>),
    Returned {
        at: Timestamp,
        unit: String,
        reason: String,
        words: Private<String>,
    },
    Resubmitted(Box<Revised>),
    Exported(Export),
    /// The crime system has taken the export with that number.
    Acknowledged {
        at: Timestamp,
        export: i64,
        reference: String,
    },
    /// It should never have been there, as one that was recorded twice; it is kept, and counts as what it was.
    Withdrawn {
        at: Timestamp,
        words: Private<String>,
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
    pub place: Private<String>,
    /// The unit that has it.
    pub team: String,
    /// Whether vulnerability was ever identified; nothing where nobody has considered it.
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
        (Some(was), command) => {
            if let Some(at) = was.withdrawn_at {
                let sentence = format!("It was withdrawn at {}. Record the crime anew.", moment(at));
                return Err(Refusal::of("report", sentence));
            }
            change(known, was, command)
        }
    }
}

fn record(known: &Known, content: Content, override_reason: &str) -> Result<Fact, Refusal> {
    let about = &known.about;
    is_open(known)?;
    let overridden = unblocked(known, None, content.ending, override_reason)?;
    Ok(Fact::Recorded(Box::new(Recorded {
        at: known.now,
        incident: about.incident.clone(),
        division: about.division.clone(),
        team: about.team.clone(),
        place: about.place.clone(),
        content: read(known, None, content)?,
        overridden,
    })))
}

fn is_open(known: &Known) -> Result<(), Refusal> {
    if known.about.is_closed {
        let sentence = "The incident is closed, so no crime is recorded on it. Open it again first.";
        return Err(Refusal::of("incident", sentence));
    }
    Ok(())
}

fn change(known: &Known, was: &Report, command: Command) -> Result<Fact, Refusal> {
    let at = known.now;
    match command {
        Command::Amend { content, override_reason, words } => {
            if was.open_return().is_some() {
                let sentence = "It was returned: mend what it was returned for, and resubmit it.";
                return Err(Refusal::of("report", sentence));
            }
            let revised = revised(known, was, *content, &override_reason, &words)?;
            if revised.content == was.content {
                return Err(Refusal::of("account", "This is as it was. Change it, or go back."));
            }
            Ok(Fact::Amended(Box::new(revised)))
        }
        Command::Return { unit, reason, words } => sent_back(known, was, unit, reason, &words),
        Command::Resubmit { content, override_reason, words } => {
            if was.open_return().is_none() {
                let sentence = "Nobody has returned it, so there is nothing to resubmit. Amend it instead.";
                return Err(Refusal::of("report", sentence));
            }
            revised(known, was, *content, &override_reason, &words)
                .map(|one| Fact::Resubmitted(Box::new(one)))
        }
        Command::Export { format, json_sha256, csv_sha256 } => {
            can_be_exported(known, was)?;
            let number = i64::try_from(was.exports.len()).unwrap_or(i64::MAX).saturating_add(1);
            Ok(Fact::Exported(Export { number, at, format, json_sha256, csv_sha256 }))
        }
        Command::Acknowledge { reference } => acknowledged(known, was, &reference),
        Command::Withdraw { words } => {
            let words = required("words", "Why it is withdrawn", &words, PARAGRAPH)?.into();
            Ok(Fact::Withdrawn { at, words })
        }
        Command::Record { .. } => Err(Refusal::of("report", "This is recorded already. Amend it instead.")),
    }
}

fn revised(
    known: &Known,
    was: &Report,
    content: Content,
    override_reason: &str,
    words: &str,
) -> Result<Revised, Refusal> {
    if known.about.is_closed && content.ending == Ending::Attend {
        let sentence = "The incident is closed, so nobody would go. Open it again first.";
        return Err(Refusal::of("ending", sentence));
    }
    Ok(Revised {
        at: known.now,
        division: known.about.division.clone(),
        place: known.about.place.clone(),
        overridden: unblocked(known, Some(was), content.ending, override_reason)?,
        content: read(known, Some(was), content)?,
        words: required("words", "What was changed", words, PARAGRAPH)?.into(),
    })
}

/// Recording directly is for those who are not vulnerable; a supervisor may say why it is right all the same. What was
/// said holds for the ending it was said of; that officers go there after all needs no reason.
fn unblocked(
    known: &Known,
    was: Option<&Report>,
    ending: Ending,
    override_reason: &str,
) -> Result<Option<Private<String>>, Refusal> {
    match (known.about.is_vulnerable, was) {
        (Some(false), _) | (None, Some(_)) => Ok(None),
        (_, Some(was)) if ending == Ending::Attend || was.is_overridden_for(ending) => Ok(None),
        (None, None) => {
            let sentence = "Nobody has considered whether somebody is vulnerable. Assess the incident, then record the crime.";
            Err(Refusal::of("incident", sentence))
        }
        (Some(true), _) if !known.may_override => {
            let sentence = "Vulnerability was identified, so the crime is not dealt with by telephone. See that they are visited, or ask a supervisor, who may record it with a reason.";
            Err(Refusal::of("incident", sentence))
        }
        (Some(true), _) => {
            let what = "Why it is dealt with by telephone although somebody is vulnerable";
            Ok(Some(required("override_reason", what, override_reason, PARAGRAPH)?.into()))
        }
    }
}

/// What would be refused whatever was typed: nothing is recorded, or revised, as things are.
pub fn barred(known: &Known, was: Option<&Report>) -> Option<Refusal> {
    let is_barred = if was.is_none() { is_open(known) } else { Ok(()) };
    let ending = was.map_or(Ending::RecordAndFile, |was| was.content.ending);
    is_barred.and_then(|()| unblocked(known, was, ending, "A reason").map(drop)).err()
}

/// Whether somebody who may has to say why it is dealt with by telephone.
pub fn asks_for_a_reason(known: &Known, was: Option<&Report>) -> bool {
    let is_said = |was: &Report| was.is_overridden_for(was.content.ending);
    known.about.is_vulnerable == Some(true) && known.may_override && !was.is_some_and(is_said)
}

fn acknowledged(known: &Known, was: &Report, reference: &str) -> Result<Fact, Refusal> {
    let (State::Exported, Some(last)) = (was.state(), was.exports.last()) else {
        let sentence =
            "The crime system can only have taken what was exported and not changed since. Export it first.";
        return Err(Refusal::of("report", sentence));
    };
    let reference = required("reference", "The crime system’s reference", reference, LINE)?;
    if !reference.chars().all(|one| one.is_alphanumeric() || "/-. ".contains(one)) {
        let sentence =
            "A reference has letters, digits, strokes, dots and hyphens. Enter only the reference.";
        return Err(Refusal::of("reference", sentence));
    }
    Ok(Fact::Acknowledged { at: known.now, export: last.number, reference })
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

/// Whether there is something to export, and nothing against it.
pub fn can_be_exported(known: &Known, was: &Report) -> Result<(), Refusal> {
    let is_unsaid = known.about.is_vulnerable == Some(true)
        && was.content.ending != Ending::Attend
        && !was.is_overridden_for(was.content.ending);
    let sentence = match was.state() {
        State::ToExport if is_unsaid => {
            "Somebody turned out to be vulnerable. Amend it: officers attend, or a supervisor says why not. Then export it."
        }
        State::ToExport => return Ok(()),
        State::Returned => "It was returned. Resubmit it before it is exported.",
        State::Withdrawn => "It was withdrawn: nothing is exported.",
        State::Exported | State::Acknowledged => {
            "It was exported as it is. Fetch the file again by its receipt; if it cannot be fetched, amend the report first."
        }
    };
    Err(Refusal::of("report", sentence))
}

/// The words of whom it is told, where nothing has to be said.
pub(super) fn unsaid(field: &'static str, what: &str, words: &str) -> Result<Private<String>, Refusal> {
    Ok(optional(field, what, words, PARAGRAPH)?.into())
}
