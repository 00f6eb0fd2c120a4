//! What may happen to a referral. Pure: that nobody replied in time is derived and never stored.

#![expect(missing_docs, reason = "the variant says what its fields are; their names say the rest")]

use contact::codes::known as is_known;
use jiff::{SignedDuration, Timestamp};
use journal::{
    Id, Private, Refusal, day_of,
    words::{LINE, PARAGRAPH, moment, optional, required},
};
use serde::{Deserialize, Serialize};

pub use super::life::{Accepted, Answer, Consent, End, Link, Referral, Said, Sent, State, apply};
use super::sending::{self, Sending, happened};
use crate::definition::{Stage, definitions, limits};

/// What somebody wants to happen. `at` is when it happened, where that was not just now.
#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    Send(Box<Sending>),
    Accept {
        at: Option<Timestamp>,
        by: String,
        words: String,
    },
    Decline {
        at: Option<Timestamp>,
        reason: String,
        words: String,
    },
    Finish {
        at: Option<Timestamp>,
        outcome: String,
        words: String,
        answers: Vec<Answer>,
    },
    BounceBack {
        reason: String,
        words: String,
    },
    Withdraw {
        reason: String,
    },
    /// The police say what they did instead of what was declined or given back.
    Settle {
        words: String,
    },
    IssueLink {
        link: Id,
        hash: String,
    },
    RevokeLink {
        link: Id,
    },
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    Sent(Box<Sent>),
    Accepted(Accepted),
    Declined {
        at: Timestamp,
        reason: String,
        words: Private<String>,
        link: Option<Id>,
    },
    Finished {
        at: Timestamp,
        outcome: String,
        words: Private<String>,
        answers: Vec<Answer>,
        minutes_saved: Option<i64>,
        link: Option<Id>,
    },
    BouncedBack {
        at: Timestamp,
        reason: String,
        words: Private<String>,
        link: Option<Id>,
    },
    Withdrawn {
        at: Timestamp,
        reason: Private<String>,
    },
    /// What the police did instead.
    Settled {
        at: Timestamp,
        words: Private<String>,
    },
    /// Its hash, never its secret. One that lived before is replaced.
    LinkIssued {
        link: Id,
        hash: String,
        at: Timestamp,
        expires_at: Timestamp,
    },
    LinkRevoked {
        link: Id,
        at: Timestamp,
    },
}

impl journal::Fact for Fact {
    const NOUN: &'static str = "referral";

    fn happened_at(&self) -> Option<Timestamp> {
        match self {
            Self::Accepted(Accepted { at, .. }) | Self::Declined { at, .. } | Self::Finished { at, .. } => {
                Some(*at)
            }
            _ => None,
        }
    }
}

/// What else the rule knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    pub now: Timestamp,
    /// The link that acts; nothing where the police do.
    pub link: Option<Id>,
    /// What the incident was referred to and is not ended: agency and kind.
    pub open: Vec<(String, String)>,
}

/// What happens, or why not.
pub fn decide(known: &Known, was: Option<&Referral>, command: Command) -> Result<Fact, Refusal> {
    match (was, command) {
        (None, Command::Send(sending)) => {
            sending::send(known, *sending).map(|sent| Fact::Sent(Box::new(sent)))
        }
        (Some(_), Command::Send(_)) => {
            Err(Refusal::of("referral", "This was sent already. Look at it, and refer anew if need be."))
        }
        (None, _) => Err(Refusal::of("referral", "There is no such referral. Look for it in the list.")),
        (Some(was), command) => {
            acts_by_a_live_link(known, was)?;
            change(known, was, command)
        }
    }
}

fn change(known: &Known, was: &Referral, command: Command) -> Result<Fact, Refusal> {
    let link = known.link.clone();
    match command {
        Command::Accept { at, by, words } => {
            waits_for_a_reply(was)?;
            let at = replied(known, was, at)?;
            let by = required("by", "Who took it on", &by, LINE)?.into();
            let words = optional("words", "What was said", &words, PARAGRAPH)?.into();
            Ok(Fact::Accepted(Accepted { at, by, words, link }))
        }
        Command::Decline { at, reason, words } => {
            waits_for_a_reply(was)?;
            let at = replied(known, was, at)?;
            let reason = chosen(known, &definitions().decline_reason, reason, "Say why it is declined")?;
            let words = optional("words", "What was said", &words, PARAGRAPH)?.into();
            Ok(Fact::Declined { at, reason, words, link })
        }
        Command::Finish { at, outcome, words, answers } => {
            let accepted = is_taken_on(was, "finished")?;
            finish(known, was, accepted, Finish { at, outcome, words, answers })
        }
        Command::BounceBack { reason, words } => {
            is_taken_on(was, "given back")?;
            let reason = chosen(known, &definitions().bounce_reason, reason, "Say why it is given back")?;
            let words = optional("words", "What was said", &words, PARAGRAPH)?.into();
            Ok(Fact::BouncedBack { at: known.now, reason, words, link })
        }
        Command::Withdraw { reason } => {
            is_not_ended(was)?;
            let reason = required("reason", "The reason", &reason, PARAGRAPH)?.into();
            Ok(Fact::Withdrawn { at: known.now, reason })
        }
        Command::Settle { words } => {
            is_to_be_settled(was)?;
            let words = required("words", "What was done instead", &words, PARAGRAPH)?.into();
            Ok(Fact::Settled { at: known.now, words })
        }
        Command::IssueLink { link, hash } => {
            is_not_ended(was)?;
            let lives = SignedDuration::from_hours(24 * limits().link_days);
            let expires_at = known.now.saturating_add(lives).unwrap_or(Timestamp::MAX);
            Ok(Fact::LinkIssued { link, hash, at: known.now, expires_at })
        }
        Command::RevokeLink { link } => match was.links.iter().find(|one| one.id == link) {
            Some(one) if one.is_live(known.now) => Ok(Fact::LinkRevoked { link, at: known.now }),
            _ => Err(Refusal::of("link", "That link opens nothing any more: there is nothing to revoke.")),
        },
        Command::Send(_) => Err(Refusal::of("referral", "This was sent already. Look at it.")),
    }
}

/// A link acts only while it lives, and never as the police: it cannot withdraw, nor give out links.
fn acts_by_a_live_link(known: &Known, was: &Referral) -> Result<(), Refusal> {
    let Some(link) = &known.link else { return Ok(()) };
    if was.live_link(known.now).is_some_and(|live| live.id == *link) {
        return Ok(());
    }
    let sentence = format!(
        "This link has ended, so nothing was changed. Ring {} and ask for {}.",
        limits().police_phone,
        limits().police_ask_for
    );
    Err(Refusal::of("referral", sentence))
}

/// What happened to one that ended, and when.
pub fn ended_words(end: &End, at: Timestamp) -> String {
    let happened = match end {
        End::Declined { .. } => "declined by the agency",
        End::Finished { .. } => "finished",
        End::BouncedBack { .. } => "given back by the agency",
        End::Withdrawn => "withdrawn by the police",
    };
    format!("This referral was {happened} at {}.", moment(at))
}

fn is_not_ended(was: &Referral) -> Result<(), Refusal> {
    match &was.ended {
        None => Ok(()),
        Some((end, at)) => {
            let sentence = format!("{} Nothing more can be recorded; refer anew.", ended_words(end, *at));
            Err(Refusal::of("referral", sentence))
        }
    }
}

/// Only what an agency declined or gave back is the police's to deal with again, once.
fn is_to_be_settled(was: &Referral) -> Result<(), Refusal> {
    match (&was.ended, was.settled_at) {
        (Some((End::Declined { .. } | End::BouncedBack { .. }, _)), None) => Ok(()),
        (Some((End::Declined { .. } | End::BouncedBack { .. }, _)), Some(at)) => {
            let sentence = format!("What was done instead was said at {}. Look at its timeline.", moment(at));
            Err(Refusal::of("referral", sentence))
        }
        (Some((end, at)), _) => {
            let sentence = format!("{} Nothing has to be done instead.", ended_words(end, *at));
            Err(Refusal::of("referral", sentence))
        }
        (None, _) => Err(Refusal::of(
            "referral",
            "The agency has not declined it and has not given it back, so nothing is done instead. Withdraw it first.",
        )),
    }
}

fn waits_for_a_reply(was: &Referral) -> Result<(), Refusal> {
    is_not_ended(was)?;
    match &was.accepted {
        None => Ok(()),
        Some(accepted) => {
            let sentence =
                format!("This referral was accepted at {}. Finish it, or give it back.", moment(accepted.at));
            Err(Refusal::of("referral", sentence))
        }
    }
}

fn is_taken_on<'a>(was: &'a Referral, what: &str) -> Result<&'a Accepted, Refusal> {
    is_not_ended(was)?;
    was.accepted.as_ref().ok_or_else(|| {
        Refusal::of(
            "referral",
            format!("Nobody has accepted it yet, so it cannot be {what}. Accept it first."),
        )
    })
}

/// When the agency replied: not before it could.
fn replied(known: &Known, was: &Referral, at: Option<Timestamp>) -> Result<Timestamp, Refusal> {
    let (began, told) = was.sent.began();
    happened("at", "The reply", at.unwrap_or(known.now), known.now, (began, told))
}

struct Finish {
    at: Option<Timestamp>,
    outcome: String,
    words: String,
    answers: Vec<Answer>,
}

fn finish(known: &Known, was: &Referral, accepted: &Accepted, typed: Finish) -> Result<Fact, Refusal> {
    let outcome = chosen(known, &definitions().outcome, typed.outcome, "Say what came of it")
        .map_err(|refusal| Refusal { field: "outcome".into(), ..refusal })?;
    let answers = sending::answers(&was.sent.kind, Stage::Finish, &typed.answers, known.now)?;
    let released = sending::moment_of(&answers, sending::RELEASED);
    let field = if released.is_some() { sending::RELEASED } else { "at" };
    let at = released.or(typed.at).unwrap_or(known.now);
    let after = (sending::to_the_minute(accepted.at), "it was accepted");
    let at = happened(field, "The end", at, known.now, after)?;
    let words = optional("words", "What came of it", &typed.words, PARAGRAPH)?.into();
    let minutes_saved = released.and_then(|released| sending::minutes_saved(&was.sent, released));
    Ok(Fact::Finished { at, outcome, words, answers, minutes_saved, link: known.link.clone() })
}

fn chosen(known: &Known, codes: &[contact::codes::Code], key: String, what: &str) -> Result<String, Refusal> {
    if is_known(codes, &key, day_of(known.now)) {
        Ok(key)
    } else {
        Err(Refusal::of("reason", format!("{what}: choose one of the list.")))
    }
}
