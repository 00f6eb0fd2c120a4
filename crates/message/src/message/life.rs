//! What a message is, after what happened to it. Pure.

#![expect(missing_docs, reason = "the variant says what its fields are; their names say the rest")]

use contact::preference::rules::Way;
use jiff::Timestamp;
use journal::{Id, Private};
use serde::{Deserialize, Serialize};

use super::rules::Fact;

/// Who wanted it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// It follows from what happened: an appointment was booked.
    Automatic,
    /// Somebody chose it.
    ByHand,
}

impl Origin {
    /// As a row has it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Automatic => "automatic",
            Self::ByHand => "by_hand",
        }
    }

    /// As a page says it.
    pub fn words(self) -> &'static str {
        match self {
            Self::Automatic => "By itself",
            Self::ByHand => "By hand",
        }
    }

    /// The origin that [`Self::as_str`] names.
    pub fn of(key: &str) -> Option<Self> {
        [Self::Automatic, Self::ByHand].into_iter().find(|one| one.as_str() == key)
    }
}

/// What is said, to whom, and how.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Said {
    pub incident: Id,
    /// Whom it is for: whoever was in touch in this contact.
    pub contact: Option<Id>,
    /// What the incident is called on the telephone.
    pub reference: String,
    pub template: String,
    /// The version of the file that the words came from.
    pub version: i64,
    /// Nothing where there is no way that is safe.
    pub way: Option<Way>,
    /// The number or address as the way wants it; empty where there is none.
    pub to: Private<String>,
    /// The language of the words.
    pub language: String,
    /// The person’s own.
    pub wanted_language: String,
    pub subject: Private<String>,
    pub body: Private<String>,
    pub is_discreet: bool,
    pub is_urgent: bool,
    pub origin: Origin,
    pub not_before: Timestamp,
    /// When it is of no more use.
    pub not_after: Option<Timestamp>,
}

/// Why it did not go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// Every way that there is would be unsafe, or the one chosen has become so.
    Unsafe,
    /// Nobody knows a number or an address.
    NoAddress,
    /// It would come when it is of no more use.
    TooLate,
    /// It does not fit.
    TooLong,
    /// Nothing carries messages this way.
    NoCarrier,
    /// It was handed over, and nobody knows whether it left.
    Uncertain,
    /// The carrier would not have it, however often it was tried.
    Failed,
}

impl Reason {
    pub const ALL: [Self; 7] = [
        Self::Unsafe,
        Self::NoAddress,
        Self::TooLate,
        Self::TooLong,
        Self::NoCarrier,
        Self::Uncertain,
        Self::Failed,
    ];

    /// As a row has it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Unsafe => "unsafe",
            Self::NoAddress => "no_address",
            Self::TooLate => "too_late",
            Self::TooLong => "too_long",
            Self::NoCarrier => "no_carrier",
            Self::Uncertain => "uncertain",
            Self::Failed => "failed",
        }
    }

    /// As a page says it.
    pub fn words(self) -> &'static str {
        match self {
            Self::Unsafe => "No safe way",
            Self::NoAddress => "No number or address",
            Self::TooLate => "Too late to be of use",
            Self::TooLong => "Too long",
            Self::NoCarrier => "Nothing carries it this way",
            Self::Uncertain => "Not known whether it left",
            Self::Failed => "Could not be delivered",
        }
    }

    /// The reason that [`Self::as_str`] names.
    pub fn of(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == key)
    }
}

/// By what it left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Carrier {
    Email,
    Text,
    Post,
    /// Not at all: it is in the local mailbox only.
    Mailbox,
}

/// How it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// Until its hour, or until somebody posts it.
    Waiting,
    /// It is being handed over.
    Leaving,
    /// It could not be delivered, and is tried again.
    Retrying,
    /// It left.
    Sent,
    /// It is in the local mailbox; nothing left.
    Kept,
    /// It may not go: somebody has to call.
    HeldBack,
    /// It could not be delivered: somebody has to call.
    GivenUp,
    /// It was taken back before it left.
    Withdrawn,
    /// It did not go, and the person was told another way.
    Settled,
}

impl State {
    pub const ALL: [Self; 9] = [
        Self::HeldBack,
        Self::GivenUp,
        Self::Waiting,
        Self::Retrying,
        Self::Leaving,
        Self::Sent,
        Self::Kept,
        Self::Withdrawn,
        Self::Settled,
    ];

    /// As an address and a row have it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Leaving => "leaving",
            Self::Retrying => "failed",
            Self::Sent => "sent",
            Self::Kept => "kept",
            Self::HeldBack => "held_back",
            Self::GivenUp => "given_up",
            Self::Withdrawn => "withdrawn",
            Self::Settled => "settled",
        }
    }

    /// As a page says it.
    pub fn words(self) -> &'static str {
        match self {
            Self::Waiting => "Waiting",
            Self::Leaving => "Leaving",
            Self::Retrying => "Failed, tried again",
            Self::Sent => "Sent",
            Self::Kept => "In the local mailbox",
            Self::HeldBack => "Held back",
            Self::GivenUp => "Given up",
            Self::Withdrawn => "Withdrawn",
            Self::Settled => "Told another way",
        }
    }

    /// The state that [`Self::as_str`] names.
    pub fn of(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == key)
    }

    /// Whether somebody has to call.
    pub fn is_alarming(self) -> bool {
        matches!(self, Self::HeldBack | Self::GivenUp)
    }

    /// Whether it may still go.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Waiting | Self::Retrying)
    }
}

/// A message.
#[derive(Debug, Clone, PartialEq)]
pub struct Message {
    pub said: Said,
    pub state: State,
    /// From when on it may go, or is tried again.
    pub due_at: Timestamp,
    /// Until when nobody else takes it up.
    pub taken_until: Option<Timestamp>,
    /// How often it failed.
    pub tries: i64,
    pub reason: Option<Reason>,
    /// Why it did not go, in words.
    pub why: Option<Private<String>>,
    /// When it left or came to its end.
    pub ended_at: Option<Timestamp>,
}

fn begun(said: &Said) -> Message {
    Message {
        said: said.clone(),
        state: State::Waiting,
        due_at: said.not_before,
        taken_until: None,
        tries: 0,
        reason: None,
        why: None,
        ended_at: None,
    }
}

/// What it is after `fact`.
pub fn apply(was: Option<Message>, fact: &Fact) -> Message {
    let mut now = match (was, fact) {
        (_, Fact::Queued(said) | Fact::Unreached { said, .. }) => begun(said),
        (Some(was), _) => was,
        (None, _) => unreachable!("decide lets nothing happen to a message before it is composed"),
    };
    if !matches!(fact, Fact::Taken { .. }) {
        now.taken_until = None;
    }
    let ends = |now: &mut Message, state, at: Timestamp| {
        now.state = state;
        now.ended_at = Some(at);
    };
    match fact {
        Fact::Queued(_) => {}
        Fact::Unreached { reason, why, at, .. } | Fact::HeldBack { reason, why, at } => {
            (now.reason, now.why) = (Some(*reason), Some(why.clone()));
            ends(&mut now, State::HeldBack, *at);
        }
        Fact::Postponed { until } => now.due_at = *until,
        Fact::Taken { until } => {
            now.state = State::Leaving;
            now.taken_until = Some(*until);
        }
        Fact::Sent { by: Carrier::Mailbox, at, .. } => ends(&mut now, State::Kept, *at),
        Fact::Sent { at, .. } => ends(&mut now, State::Sent, *at),
        Fact::Failed { why, again_at, .. } => {
            (now.state, now.due_at, now.tries) = (State::Retrying, *again_at, now.tries + 1);
            now.why = Some(why.clone());
        }
        Fact::GivenUp { why, at } => {
            (now.reason, now.why, now.tries) = (Some(Reason::Failed), Some(why.clone()), now.tries + 1);
            ends(&mut now, State::GivenUp, *at);
        }
        Fact::Withdrawn { at, .. } => ends(&mut now, State::Withdrawn, *at),
        Fact::Settled { at, .. } => ends(&mut now, State::Settled, *at),
    }
    now
}
