//! What may happen to a message. Pure. Nothing leaves but by a fact that only the gate gives.

#![expect(missing_docs, reason = "the variant says what its fields are; their names say the rest")]

use contact::preference::rules::{Preference, Way};
use jiff::{SignedDuration, Timestamp};
use journal::{
    Id, Private, Refusal,
    words::{PARAGRAPH, moment, optional, required},
};
use serde::{Deserialize, Serialize};

pub use super::life::{Carrier, Message, Origin, Reason, Said, State, apply};
use crate::{
    compose::{Values, compose, fits},
    definition::{Quiet, Template, definitions, template},
    route::{Chosen, Reach, choose, is_discreet, offer, opening, where_to},
};

/// What somebody or something wants to say.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    pub incident: Id,
    pub contact: Option<Id>,
    pub reference: String,
    pub template: String,
    pub values: Values,
    pub reach: Reach,
    /// The person’s own.
    pub language: String,
    /// The way that somebody chose; nothing where the person’s wishes choose.
    pub way: Option<Way>,
    pub is_urgent: bool,
    pub not_after: Option<Timestamp>,
}

/// What somebody wants to happen.
#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    Say(Box<Draft>),
    /// It is its time: the gate is asked again, and it is taken up, put off or held back. `is_carried`: whether
    /// anything carries messages this way.
    Release {
        is_carried: bool,
    },
    /// The carrier took it.
    Send {
        by: Carrier,
        reference: String,
    },
    /// The carrier did not take it, or nobody knows whether it did.
    Fail {
        why: String,
        is_certain: bool,
    },
    /// A letter was posted.
    Post,
    Withdraw {
        reason: String,
    },
    /// It did not go; the person was told another way.
    Settle {
        words: String,
    },
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    Queued(Box<Said>),
    /// It was to be said, and there is no way by which it may be.
    Unreached {
        said: Box<Said>,
        reason: Reason,
        why: Private<String>,
        at: Timestamp,
    },
    /// Its way was not safe any more when it was to leave, or it cannot go for another reason.
    HeldBack {
        reason: Reason,
        why: Private<String>,
        at: Timestamp,
    },
    /// The person may not be reached at this hour any more.
    Postponed {
        until: Timestamp,
    },
    Taken {
        until: Timestamp,
    },
    Sent {
        by: Carrier,
        reference: String,
        at: Timestamp,
    },
    Failed {
        why: Private<String>,
        again_at: Timestamp,
        at: Timestamp,
    },
    GivenUp {
        why: Private<String>,
        at: Timestamp,
    },
    Withdrawn {
        reason: Private<String>,
        at: Timestamp,
    },
    Settled {
        words: Private<String>,
        at: Timestamp,
    },
}

impl journal::Fact for Fact {
    const NOUN: &'static str = "message";
}

/// What else the rule knows, read in the same transaction.
#[derive(Debug, Clone, PartialEq)]
pub struct Known {
    pub now: Timestamp,
    /// All that is known of how the person may be reached.
    pub preferences: Vec<Preference>,
}

/// What happens, or why not.
pub fn decide(known: &Known, was: Option<&Message>, command: Command) -> Result<Fact, Refusal> {
    match (was, command) {
        (None, Command::Say(draft)) => say(known, &draft),
        (Some(_), Command::Say(_)) => {
            Err(Refusal::of("message", "This was said already. Look at it, and say it anew if need be."))
        }
        (None, _) => Err(Refusal::of("message", "There is no such message. Look for it in the list.")),
        (Some(was), command) => change(known, was, command),
    }
}

fn quiet(is_urgent: bool) -> Option<Quiet> {
    (!is_urgent).then_some(definitions().quiet)
}

/// The template of a draft.
fn meant(key: &str) -> Result<&'static Template, Refusal> {
    template(key).ok_or_else(|| {
        Refusal::of("template", "There is no such message. Choose one of the list of messages.")
    })
}

fn say(known: &Known, draft: &Draft) -> Result<Fact, Refusal> {
    let template = meant(&draft.template)?;
    let is_discreet = is_discreet(&known.preferences);
    let composed = compose(template, &draft.language, &draft.values, is_discreet)?;
    let (is_urgent, now) = (draft.is_urgent || template.urgent, known.now);
    let quiet = quiet(is_urgent);
    let fits = |way| fits(way, &composed.body);
    let chosen = match draft.way {
        Some(way) if !template.ways.contains(&way) => {
            return Err(Refusal::of("way", "This message does not go that way. Choose one that is offered."));
        }
        // Somebody is there to choose another way: what is refused is refused, and nothing is kept of it.
        Some(way) => {
            fits(way)?;
            Ok(offer(&known.preferences, way, &draft.reach, now, quiet)?)
        }
        None => choose(&known.preferences, &template.ways, &draft.reach, now, quiet, fits),
    };
    let is_late = |chosen: &Chosen| draft.not_after.is_some_and(|until| chosen.at > until);
    let held = match &chosen {
        Ok(chosen) if is_late(chosen) => Some((Reason::TooLate, too_late(chosen.at))),
        Ok(_) => None,
        Err(refusal) => Some((reason_of(refusal, template, &composed.body), refusal.sentence.to_string())),
    };
    let (way, to, not_before) =
        chosen.map_or((None, String::new(), now), |chosen| (Some(chosen.way), chosen.to, chosen.at));
    let said = Box::new(Said {
        incident: draft.incident.clone(),
        contact: draft.contact.clone(),
        reference: draft.reference.clone(),
        template: template.key.clone(),
        version: definitions().version,
        way,
        to: to.into(),
        language: composed.language,
        wanted_language: draft.language.clone(),
        subject: composed.subject.into(),
        body: composed.body.into(),
        is_discreet,
        is_urgent,
        origin: if draft.way.is_some() { Origin::ByHand } else { Origin::Automatic },
        not_before,
        not_after: draft.not_after,
    });
    Ok(match held {
        None => Fact::Queued(said),
        Some((reason, why)) => Fact::Unreached { said, reason, why: why.into(), at: now },
    })
}

fn too_late(at: Timestamp) -> String {
    format!("It may go from {} on, when it is of no more use. Call them.", moment(at))
}

/// What a refusal of every way is called in a row.
fn reason_of(refusal: &Refusal, template: &Template, body: &str) -> Reason {
    if refusal.field == "to" {
        Reason::NoAddress
    } else if template.ways.iter().all(|way| fits(*way, body).is_err()) {
        Reason::TooLong
    } else {
        Reason::Unsafe
    }
}

fn change(known: &Known, was: &Message, command: Command) -> Result<Fact, Refusal> {
    let at = known.now;
    match command {
        Command::Release { is_carried } => release(known, was, is_carried),
        Command::Send { by, reference } => {
            is_leaving(was)?;
            // A carrier’s word for it is theirs: one short line.
            let reference = reference.chars().filter(|c| !c.is_control()).take(100).collect();
            Ok(Fact::Sent { by, reference, at })
        }
        Command::Fail { why, is_certain } => {
            is_leaving(was)?;
            Ok(fail(known, was, &why, is_certain))
        }
        Command::Post => post(known, was),
        Command::Withdraw { reason } => {
            is_open(was)?;
            let reason = required("reason", "The reason", &reason, PARAGRAPH)?.into();
            Ok(Fact::Withdrawn { reason, at })
        }
        Command::Settle { words } => {
            if !was.state.is_alarming() {
                let sentence = "This message did not fail, so there is nothing to settle. Look at its state.";
                return Err(Refusal::of("message", sentence));
            }
            let words = required("words", "How they were told", &words, PARAGRAPH)?.into();
            Ok(Fact::Settled { words, at })
        }
        Command::Say(_) => Err(Refusal::of("message", "This was said already. Look at it.")),
    }
}

fn is_open(was: &Message) -> Result<(), Refusal> {
    if was.state.is_open() {
        return Ok(());
    }
    let sentence = match was.ended_at {
        Some(at) => format!(
            "This message is not waiting any more ({}, {}). Say it anew if need be.",
            was.state.words().to_lowercase(),
            moment(at)
        ),
        None => "This message is leaving at this moment. Look again in a minute.".to_owned(),
    };
    Err(Refusal::of("message", sentence))
}

fn is_leaving(was: &Message) -> Result<(), Refusal> {
    if was.state == State::Leaving {
        return Ok(());
    }
    Err(Refusal::of("message", "Nobody took this message up, so nothing can have become of it."))
}

/// The gate, right before it leaves.
fn release(known: &Known, was: &Message, is_carried: bool) -> Result<Fact, Refusal> {
    let (now, said) = (known.now, &was.said);
    let held = |reason, why: String| Ok(Fact::HeldBack { reason, why: why.into(), at: now });
    if was.state == State::Leaving && was.taken_until.is_some_and(|until| until <= now) {
        let why = "It was handed over, and nobody knows whether it left. Call them.";
        return held(Reason::Uncertain, why.to_owned());
    }
    is_open(was)?;
    let Some(way) = said.way.filter(|way| *way != Way::Letter) else {
        return Err(Refusal::of("way", "A letter leaves when somebody posts it."));
    };
    if was.due_at > now {
        return Err(Refusal::of("at", format!("It may go from {} on. Wait until then.", moment(was.due_at))));
    }
    if said.not_after.is_some_and(|until| now > until) {
        return held(Reason::TooLate, too_late(now));
    }
    let to = where_to(&said.to);
    if to.is_empty() || said.body.known().is_none() {
        return held(Reason::NoAddress, "The number, the address or the words were erased.".to_owned());
    }
    // What was said in the clear while nobody was in danger does not go to somebody who now is.
    if is_discreet(&known.preferences) && !said.is_discreet {
        let why = "Since it was written, a way to reach them was said to be unsafe, and it says who it comes from. Say it anew, or call them.";
        return held(Reason::Unsafe, why.to_owned());
    }
    match opening(&known.preferences, way, to, now, quiet(said.is_urgent)) {
        Err(refusal) => held(Reason::Unsafe, refusal.sentence.to_string()),
        Ok(at) if at > now => Ok(Fact::Postponed { until: at }),
        Ok(_) if !is_carried => {
            held(Reason::NoCarrier, format!("Nothing is set up that carries this ({}).", way.words()))
        }
        Ok(_) => Ok(Fact::Taken { until: later(now, definitions().delivery.lease_minutes) }),
    }
}

fn later(now: Timestamp, minutes: i64) -> Timestamp {
    now.saturating_add(SignedDuration::from_mins(minutes)).unwrap_or(Timestamp::MAX)
}

fn fail(known: &Known, was: &Message, why: &str, is_certain: bool) -> Fact {
    let at = known.now;
    let why: String = why.chars().map(|c| if c.is_control() { ' ' } else { c }).take(500).collect();
    let why = Private::from(optional("why", "Why", &why, PARAGRAPH).unwrap_or_default());
    if !is_certain {
        return Fact::HeldBack { reason: Reason::Uncertain, why, at };
    }
    let waits = &definitions().delivery.again_after_minutes;
    match usize::try_from(was.tries).ok().and_then(|tries| waits.get(tries)) {
        Some(minutes) => Fact::Failed { why, again_at: later(at, *minutes), at },
        None => Fact::GivenUp { why, at },
    }
}

/// A letter goes into the post if it may still go there.
fn post(known: &Known, was: &Message) -> Result<Fact, Refusal> {
    is_open(was)?;
    if was.said.way != Some(Way::Letter) {
        return Err(Refusal::of("way", "This is no letter: it leaves by itself."));
    }
    may_be_printed(&known.preferences, was, known.now)?;
    Ok(Fact::Sent { by: Carrier::Post, reference: String::new(), at: known.now })
}

/// Whether a letter may be put on paper: paper leaves, too.
pub fn may_be_printed(preferences: &[Preference], was: &Message, now: Timestamp) -> Result<(), Refusal> {
    let to = where_to(&was.said.to);
    if to.is_empty() {
        return Err(Refusal::of("to", "The address was erased: there is nowhere to send it."));
    }
    if is_discreet(preferences) && !was.said.is_discreet {
        let sentence = "Since it was written, a way to reach them was said to be unsafe, and it says who it comes from. Withdraw it and write anew.";
        return Err(Refusal::of("way", sentence));
    }
    opening(preferences, Way::Letter, to, now, None).map(drop)
}
