//! Closing, endorsing, opening again. Pure.
//!
//! "All domestic incidents being closed SC02 No Crime or SC07 must be reviewed and endorsed by a supervisor" (S004,
//! Domestic Abuse R5). The four parts of the narrative and the conflict to be explained are the Scottish Crime
//! Recording Standard's.

#![expect(missing_docs, reason = "the variant says what its fields are; their names say the rest")]

use jiff::Timestamp;
use journal::{
    Private, Refusal,
    words::{PARAGRAPH, moment, optional, required},
};
use serde::{Deserialize, Serialize};

use crate::{
    codes::{self, TO_LOCAL_POLICING, closure_words},
    grade::rules::By,
    queue::rules::debts,
    standing::{Known, Standing},
    unit::{self, UnitKind},
    words::{NARRATIVE, reason as why},
};

/// How somebody wants to close it, or closed it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closing {
    pub at: Timestamp,
    /// A code of `definitions/incident.toml`: "SC01", "SC02", …
    pub code: String,
    pub overview: Private<String>,
    pub updates: Private<String>,
    pub action: Private<String>,
    pub outcome: Private<String>,
    /// The opening and the closing account differ.
    pub accounts_conflict: bool,
    /// Why; needed where they do.
    pub explanation: Private<String>,
    pub by: By,
}

/// Where its closing stands.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closure {
    /// Asked for, waiting for a second person. The incident is open.
    pub waiting: Option<Closing>,
    /// Closed. Nothing while it is open.
    pub closed: Option<Closing>,
    /// When and by whom it was endorsed, where that was needed.
    pub endorsed: Option<(Timestamp, By)>,
    pub times_sent_back: i64,
    pub times_reopened: i64,
    /// When it was last opened again: the clocks begin anew.
    pub reopened_at: Option<Timestamp>,
}

/// The form of a closing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Form {
    /// A code of `definitions/incident.toml`.
    pub code: String,
    pub overview: String,
    pub updates: String,
    pub action: String,
    pub outcome: String,
    pub accounts_conflict: bool,
    /// Needed where the accounts conflict.
    pub explanation: String,
}

/// What somebody wants to happen.
#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    Close(Form),
    Endorse { words: String },
    SendBack { reason: String },
    Reopen { reason: String },
}

/// What happened to it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    Closed(Closing),
    EndorsementAsked(Closing),
    Endorsed { at: Timestamp, by: By, words: Private<String> },
    SentBack { at: Timestamp, by: By, reason: Private<String> },
    Reopened { at: Timestamp, reason: Private<String> },
}

impl journal::Fact for Fact {
    const NOUN: &'static str = "closure";
}

/// What happens, or why not.
pub fn decide(known: &Known, was: Option<&Closure>, command: Command) -> Result<Fact, Refusal> {
    let (at, by) = (known.now, known.by.clone());
    let nothing = Closure::default();
    let was = was.unwrap_or(&nothing);
    match command {
        Command::Reopen { reason } => {
            known.any()?;
            if was.closed.is_none() {
                return Err(Refusal::of("incident", "It is open. There is nothing to open again."));
            }
            Ok(Fact::Reopened { at, reason: why(&reason)?.into() })
        }
        Command::Close(form) => {
            let standing = known.open()?;
            let closing = read(known, standing, &form)?;
            let code = codes::closure(&closing.code);
            let waits = standing.incident.was_domestic() && code.is_none_or(|code| code.endorse_domestic);
            Ok(if waits { Fact::EndorsementAsked(closing) } else { Fact::Closed(closing) })
        }
        Command::Endorse { words } => {
            let standing = known.open()?;
            endorse(known, standing, waiting(was)?)?;
            let words = optional("words", "The endorsement", &words, PARAGRAPH)?.into();
            Ok(Fact::Endorsed { at, by, words })
        }
        Command::SendBack { reason } => {
            known.open()?;
            waiting(was)?;
            Ok(Fact::SentBack { at, by, reason: why(&reason)?.into() })
        }
    }
}

fn waiting(was: &Closure) -> Result<&Closing, Refusal> {
    was.waiting.as_ref().ok_or_else(|| Refusal::of("incident", "No closing of it waits for endorsement."))
}

fn endorse(known: &Known, standing: &Standing, closing: &Closing) -> Result<(), Refusal> {
    if !known.by.is_second_to(&closing.by) {
        let sentence = "Who closed it cannot endorse it. Another person, in a session of their own, has to.";
        return Err(Refusal::of("endorsement", sentence));
    }
    let raised_at = standing.grade.as_ref().map(|graded| graded.graver_at);
    let changed_at =
        raised_at.map_or(standing.incident.changed_at, |at| at.max(standing.incident.changed_at));
    if changed_at > closing.at {
        let sentence = format!(
            "Something new was recorded at {}, after the closing was asked for. Send it back, so that it is closed with \
             that in mind.",
            moment(changed_at)
        );
        return Err(Refusal::of("endorsement", sentence));
    }
    may_end(standing, &closing.code)
}

/// Refuses to end what is still going on: officers out, an unanswered offer, paperwork owed, or a transfer to local
/// policing that no division has accepted.
fn may_end(standing: &Standing, code: &str) -> Result<(), Refusal> {
    if !standing.incident.crimes.is_empty() && codes::closure(code).is_some_and(|code| code.is_no_crime) {
        let sentence = format!(
            "A crime is recorded on it, so it is not closed as {}. Close it otherwise, or have the crime report withdrawn first.",
            closure_words(code)
        );
        return Err(Refusal::of("code", sentence));
    }
    if let Some(out) = standing.response.sent.iter().find(|sent| sent.ended_at.is_none()) {
        let sentence = format!("{} is still recorded as sent to it. Record the result first.", out.call_sign);
        return Err(Refusal::of("code", sentence));
    }
    let custody = standing.custody.as_ref();
    if let Some(offer) = custody.and_then(|custody| custody.offer.as_ref()) {
        let sentence = format!(
            "It is offered to {}. Wait for the answer, or withdraw the offer first.",
            unit::name(&offer.to)
        );
        return Err(Refusal::of("code", sentence));
    }
    if let Some((_, pending)) = standing.appointments.pending() {
        let sentence = format!(
            "It has an appointment at {}. Record what became of it first: booking closes nothing.",
            moment(pending.booking.place.starts_at)
        );
        return Err(Refusal::of("code", sentence));
    }
    if let Some(outcome) = standing.appointments.left_waiting(&standing.response) {
        let sentence = format!(
            "Police did not keep its appointment ({}, {}). Send officers or book another, or record that none is wanted any \
             more.",
            outcome.words(),
            moment(outcome.at())
        );
        return Err(Refusal::of("code", sentence));
    }
    if let Some(debt) = debts(standing).into_iter().next() {
        let sentence = format!("This is still owed: {}. Supply it first.", debt.words);
        return Err(Refusal::of("code", sentence));
    }
    let is_with_division = custody
        .and_then(|custody| unit::of(&custody.unit))
        .is_some_and(|unit| unit.kind == UnitKind::Division);
    if code == TO_LOCAL_POLICING && !is_with_division {
        let sentence = format!(
            "{} is for what a division has accepted. Offer it to the division first.",
            closure_words(TO_LOCAL_POLICING)
        );
        return Err(Refusal::of("code", sentence));
    }
    Ok(())
}

fn read(known: &Known, standing: &Standing, form: &Form) -> Result<Closing, Refusal> {
    let code = form.code.trim().to_owned();
    let day = codes::day_of(known.now);
    if !codes::closure(&code).is_some_and(|one| one.is_valid_on(day)) {
        let sentence =
            format!("“{code}” is not a closure code that may be chosen today. Choose one of the list.");
        return Err(Refusal::of("code", sentence));
    }
    may_end(standing, &code)?;
    let part = |field, what, words: &str| required(field, what, words, NARRATIVE).map(Private::from);
    let explanation = if form.accounts_conflict {
        let what = "The explanation why the opening and the closing account differ";
        required("explanation", what, &form.explanation, NARRATIVE)?
    } else {
        optional("explanation", "The explanation", &form.explanation, NARRATIVE)?
    };
    Ok(Closing {
        at: known.now,
        code,
        overview: part("overview", "The overview of the first call", &form.overview)?,
        updates: part("updates", "The account of the updates", &form.updates)?,
        action: part("action", "The account of the action taken", &form.action)?,
        outcome: part("outcome", "The outcome", &form.outcome)?,
        accounts_conflict: form.accounts_conflict,
        explanation: explanation.into(),
        by: known.by.clone(),
    })
}

/// What it is after `fact`.
pub fn apply(was: Option<Closure>, fact: &Fact) -> Closure {
    let mut now = was.unwrap_or_default();
    match fact.clone() {
        Fact::Closed(closing) => {
            now.waiting = None;
            now.endorsed = None;
            now.closed = Some(closing);
        }
        Fact::EndorsementAsked(closing) => now.waiting = Some(closing),
        Fact::Endorsed { at, by, .. } => {
            now.closed = now.waiting.take();
            now.endorsed = Some((at, by));
        }
        Fact::SentBack { .. } => {
            now.waiting = None;
            now.times_sent_back += 1;
        }
        Fact::Reopened { at, .. } => {
            now.closed = None;
            now.waiting = None;
            now.endorsed = None;
            now.times_reopened += 1;
            now.reopened_at = Some(at);
        }
    }
    now
}
