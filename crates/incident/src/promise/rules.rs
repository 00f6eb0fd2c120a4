//! What may happen to the promises of an incident: made, fulfilled, withdrawn. Broken is derived. Pure.

#![expect(missing_docs, reason = "the variant says what its fields are; their names say the rest")]

use contact::{codes as code, preference::rules::Way};
use jiff::{RoundMode, SignedDuration, Timestamp, TimestampRound, Unit};
use journal::{
    Private, Refusal,
    words::{PARAGRAPH, moment, optional},
};
use serde::{Deserialize, Serialize};

use crate::{
    codes,
    grade::rules::By,
    standing::Known,
    words::{happened, reason as why},
};

/// One promise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Promise {
    /// A key of `codes::promises()`: "call_back", "update", …
    pub kind: String,
    pub made_at: Timestamp,
    pub by: By,
    pub due_at: Timestamp,
    /// What was promised, where the kind does not say it.
    pub words: Private<String>,
    /// How it ended; nothing while it is to be kept.
    pub ended: Option<Ended>,
}

/// How a promise ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ended {
    /// It was done at that time, in time or late.
    Fulfilled { at: Timestamp },
    /// It need not be kept any more: the person was told, or does not want it.
    Withdrawn { at: Timestamp },
}

/// How a promise stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum State {
    /// Its time is still to come.
    Due,
    /// Its time went by, and nothing was done.
    Broken,
    /// Done in time.
    Kept,
    /// Done, and too late: it was broken.
    KeptLate,
    /// Taken back in time.
    Withdrawn,
    /// Taken back after its time: it was broken.
    WithdrawnLate,
}

impl State {
    /// As a page says it.
    pub fn words(self) -> &'static str {
        match self {
            Self::Due => "to be kept",
            Self::Broken => "broken",
            Self::Kept => "kept",
            Self::KeptLate => "broken, kept late",
            Self::Withdrawn => "withdrawn",
            Self::WithdrawnLate => "broken, withdrawn late",
        }
    }

    /// Whether its time went by before anything was done: what failure demand is counted from (F03).
    pub fn is_broken(self) -> bool {
        matches!(self, Self::Broken | Self::KeptLate | Self::WithdrawnLate)
    }
}

/// A time is promised by the minute, and its minute is part of it.
const MINUTE: SignedDuration = SignedDuration::from_secs(60);

/// The last due time that is past at `now`: what was due then and is still to be kept is broken.
pub fn broken_until(now: Timestamp) -> Timestamp {
    now.saturating_sub(MINUTE).unwrap_or(Timestamp::MIN)
}

impl Promise {
    /// How it stands at `now`.
    pub fn state(&self, now: Timestamp) -> State {
        let is_past = |at: Timestamp| self.due_at <= broken_until(at);
        match self.ended {
            None if is_past(now) => State::Broken,
            None => State::Due,
            Some(Ended::Fulfilled { at }) if is_past(at) => State::KeptLate,
            Some(Ended::Fulfilled { .. }) => State::Kept,
            Some(Ended::Withdrawn { at }) if is_past(at) => State::WithdrawnLate,
            Some(Ended::Withdrawn { .. }) => State::Withdrawn,
        }
    }
}

/// The promises of one incident, the first made first. A promise is known by its place, from 0.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Promises(pub Vec<Promise>);

impl Promises {
    /// What is still to be kept, with its place.
    pub fn open(&self) -> impl Iterator<Item = (usize, &Promise)> {
        self.0.iter().enumerate().filter(|(_, promise)| promise.ended.is_none())
    }

    /// By when the next has to be kept.
    pub fn next_due_at(&self) -> Option<Timestamp> {
        self.open().map(|(_, promise)| promise.due_at).min()
    }
}

/// What somebody wants to happen.
#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    Make { kind: String, due_at: Timestamp, words: String },
    Fulfil { number: usize, at: Timestamp, way: String, words: String },
    Withdraw { number: usize, reason: String },
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    Made(Promise),
    /// `at`: when it was done, which may be before it was recorded. `way`: how the person was reached.
    Fulfilled {
        number: usize,
        at: Timestamp,
        way: Way,
        words: Private<String>,
    },
    Withdrawn {
        number: usize,
        at: Timestamp,
        reason: Private<String>,
    },
}

impl journal::Fact for Fact {
    const NOUN: &'static str = "promise";

    fn happened_at(&self) -> Option<Timestamp> {
        match self {
            Self::Fulfilled { at, .. } => Some(*at),
            Self::Made(_) | Self::Withdrawn { .. } => None,
        }
    }
}

/// What happens, or why not. A promise outlives the closing of its incident: it was made to a person.
pub fn decide(known: &Known, was: Option<&Promises>, command: Command) -> Result<Fact, Refusal> {
    known.any()?;
    let none = Promises::default();
    let was = was.unwrap_or(&none);
    match command {
        Command::Make { kind, due_at, words } => make(known, was, kind, due_at, &words),
        Command::Fulfil { number, at, way, words } => {
            let promise = to_be_kept(was, number)?;
            let way = Way::of(&way).filter(|way| *way != Way::Shown).ok_or_else(|| {
                Refusal::of("way", "Say how the person was reached: choose one of the list.")
            })?;
            // Who types a time leaves the seconds out.
            let to_the_minute = TimestampRound::new().smallest(Unit::Minute).mode(RoundMode::Trunc);
            let made_at = promise.made_at.round(to_the_minute).unwrap_or(promise.made_at);
            let at = happened("at", "The time", at, known.now, Some((made_at, "it was promised")))?;
            let words = optional("words", "What was said", &words, PARAGRAPH)?.into();
            Ok(Fact::Fulfilled { number, at, way, words })
        }
        Command::Withdraw { number, reason } => {
            to_be_kept(was, number)?;
            Ok(Fact::Withdrawn { number, at: known.now, reason: why(&reason)?.into() })
        }
    }
}

fn make(
    known: &Known,
    was: &Promises,
    kind: String,
    due_at: Timestamp,
    words: &str,
) -> Result<Fact, Refusal> {
    if !code::known(codes::promises(), &kind, codes::day_of(known.now)) {
        return Err(Refusal::of("kind", "Say what is promised: choose one of the list."));
    }
    if due_at <= known.now {
        let sentence = format!("{} is past. Promise a time that is still to come.", moment(due_at));
        return Err(Refusal::of("due_at", sentence));
    }
    let most = codes::limits().promise_days;
    if due_at.duration_since(known.now) > SignedDuration::from_hours(24 * most) {
        let sentence = format!(
            "{} is more than {most} days away. Promise an earlier time; it can be promised anew then.",
            moment(due_at)
        );
        return Err(Refusal::of("due_at", sentence));
    }
    if was.open().any(|(_, promise)| (&promise.kind, promise.due_at) == (&kind, due_at)) {
        return Err(Refusal::of("due_at", "That is promised already. Look at the promises again."));
    }
    let words = optional("words", "What was promised", words, PARAGRAPH)?.into();
    let by = known.by.clone();
    Ok(Fact::Made(Promise { kind, made_at: known.now, by, due_at, words, ended: None }))
}

fn to_be_kept(was: &Promises, number: usize) -> Result<&Promise, Refusal> {
    let promise = was.0.get(number).ok_or_else(|| {
        Refusal::of("number", "There is no such promise. Choose one of those that are to be kept.")
    })?;
    let (told, at) = match promise.ended {
        None => return Ok(promise),
        Some(Ended::Fulfilled { at }) => ("fulfilled", at),
        Some(Ended::Withdrawn { at }) => ("withdrawn", at),
    };
    Err(Refusal::of("number", format!("That promise was {told} at {}.", moment(at))))
}

/// What they are after `fact`.
pub fn apply(was: Option<Promises>, fact: &Fact) -> Promises {
    let mut now = was.unwrap_or_default();
    let (number, ended) = match fact.clone() {
        Fact::Made(promise) => {
            now.0.push(promise);
            return now;
        }
        Fact::Fulfilled { number, at, .. } => (number, Ended::Fulfilled { at }),
        Fact::Withdrawn { number, at, .. } => (number, Ended::Withdrawn { at }),
    };
    if let Some(promise) = now.0.get_mut(number) {
        promise.ended = Some(ended);
    }
    now
}
