//! What may happen to the appointments of an incident: asked for, booked, moved, cancelled, missed, kept. Pure.

#![expect(missing_docs, reason = "the variant says what its fields are; their names say the rest")]

use contact::{codes::known, preference::rules::Way};
use jiff::{SignedDuration, Timestamp};
use journal::{
    Private, Refusal,
    words::{PARAGRAPH, moment, optional},
};
use serde::{Deserialize, Serialize};

use super::{
    booking::{self, Wish},
    choice::{Asked, Ground, asked},
    definition,
    life::{Appointment, Appointments, Booking, Outcome, Party},
};
use crate::{
    codes,
    grade::rules::By,
    standing::Known,
    words::{happened, reason as why},
};

/// Why something became of it, and how they were told.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cause {
    /// Whose doing: a key of [`Party`].
    pub by: String,
    /// A key of `definition::reasons()`.
    pub reason: String,
    pub words: String,
    /// How they were told, a key of [`Way`]; needed where police move or cancel a protected one.
    pub told: String,
}

/// What somebody wants to happen.
#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    Ask {
        way: String,
        answer: String,
    },
    /// Only a supervisor may.
    Except {
        ground: String,
        reason: String,
    },
    /// Only a supervisor may.
    Allow {
        reason: String,
    },
    /// Books, or, where one is still to come, moves it: then `cause` says why.
    Book {
        wish: Wish,
        cause: Cause,
    },
    Cancel {
        cause: Cause,
    },
    Miss {
        cause: Cause,
    },
    Keep {
        at: Timestamp,
        as_asked: String,
        words: String,
    },
    Convert,
    NotWanted {
        reason: String,
    },
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    Asked(Asked),
    Excepted {
        at: Timestamp,
        ground: Ground,
        reason: Private<String>,
        by: By,
    },
    RebookingAllowed {
        at: Timestamp,
        reason: Private<String>,
        by: By,
    },
    Booked(Booking),
    /// `number` is moved to `booking`.
    Rescheduled {
        number: usize,
        because: Because,
        booking: Booking,
    },
    Cancelled {
        number: usize,
        because: Because,
    },
    Missed {
        number: usize,
        because: Because,
    },
    Kept {
        number: usize,
        at: Timestamp,
        late_by_minutes: i64,
        is_late: bool,
        as_asked: Option<bool>,
        words: Private<String>,
    },
    ConvertedToDispatch {
        number: usize,
        at: Timestamp,
    },
    NotWanted {
        at: Timestamp,
        reason: Private<String>,
    },
}

/// Whose doing it was, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Because {
    pub at: Timestamp,
    pub by: Party,
    /// A key of `definition::reasons()`.
    pub reason: String,
    pub words: Private<String>,
    /// How they were told; nothing where they did it themselves, or were not told.
    pub told: Option<Way>,
}

impl journal::Fact for Fact {
    const NOUN: &'static str = "appointment";

    fn happened_at(&self) -> Option<Timestamp> {
        match self {
            Self::Kept { at, .. } => Some(*at),
            _ => None,
        }
    }
}

/// What happens, or why not.
pub fn decide(known: &Known, was: &Appointments, command: Command) -> Result<Fact, Refusal> {
    let standing = known.open()?;
    let (at, by) = (known.now, known.by.clone());
    match command {
        Command::Ask { way, answer } => Ok(Fact::Asked(asked(known, &way, &answer)?)),
        Command::Except { ground, reason } => {
            if was.asked.as_ref().is_some_and(|asked| asked.answer.gender().is_none()) {
                let sentence = "They named no gender, so there is nothing to make an exception from.";
                return Err(Refusal::of("ground", sentence));
            }
            let ground = Ground::of(&ground).ok_or_else(|| {
                Refusal::of("ground", "Say on which of the two grounds of section 8 it is excepted.")
            })?;
            Ok(Fact::Excepted { at, ground, reason: why(&reason)?.into(), by })
        }
        Command::Allow { reason } => Ok(Fact::RebookingAllowed { at, reason: why(&reason)?.into(), by }),
        Command::Book { wish, cause } => match was.pending() {
            None => Ok(Fact::Booked(booking::booking(known, standing, was, &wish)?)),
            Some((number, pending)) => {
                let because = because(known, booking::is_protected(standing, &pending.booking), &cause)?;
                let booking = booking::rebooking(known, standing, was, &wish, because.by)?;
                Ok(Fact::Rescheduled { number, because, booking })
            }
        },
        Command::Cancel { cause } => {
            let (number, pending) = pending(was)?;
            let because = because(known, booking::is_protected(standing, &pending.booking), &cause)?;
            booking::may_move(known, (was, &standing.response), booking::family(standing), because.by)?;
            Ok(Fact::Cancelled { number, because })
        }
        Command::Miss { cause } => {
            let (number, pending) = pending(was)?;
            if pending.booking.place.starts_at > known.now {
                let sentence = format!(
                    "It is at {}, which is still to come. Cancel it, or move it.",
                    moment(pending.booking.place.starts_at)
                );
                return Err(Refusal::of("by", sentence));
            }
            Ok(Fact::Missed { number, because: because(known, false, &cause)? })
        }
        Command::Keep { at, as_asked, words } => keep(known, was, at, &as_asked, &words),
        Command::Convert => {
            let (number, _) = pending(was)?;
            Ok(Fact::ConvertedToDispatch { number, at })
        }
        Command::NotWanted { reason } => {
            if was.left_waiting(&standing.response).is_none() {
                let sentence =
                    "Nobody waits for another appointment. Cancel one that is still to come instead.";
                return Err(Refusal::of("incident", sentence));
            }
            Ok(Fact::NotWanted { at, reason: why(&reason)?.into() })
        }
    }
}

fn pending(was: &Appointments) -> Result<(usize, &Appointment), Refusal> {
    was.pending().ok_or_else(|| {
        let ended = was.all.last().and_then(|last| last.outcome.as_ref());
        let told = ended.map_or_else(
            || "It has no appointment. Book one first.".to_owned(),
            |outcome| {
                format!(
                    "Its last appointment ended at {}: {}. There is none to come.",
                    moment(outcome.at()),
                    outcome.words()
                )
            },
        );
        Refusal::of("incident", told)
    })
}

/// `must_tell`: whether they have to be told where it is the police’s doing.
fn because(known: &Known, must_tell: bool, cause: &Cause) -> Result<Because, Refusal> {
    let by = Party::of(&cause.by)
        .ok_or_else(|| Refusal::of("by", "Say whose doing it is: the police’s or the caller’s."))?;
    let reasons = definition::reasons();
    let is_theirs = reasons
        .iter()
        .any(|one| one.key == cause.reason && (one.kind == "either" || one.kind == by.as_str()));
    if !is_theirs || !known_code(known, &cause.reason) {
        let whose = by.words().to_lowercase();
        let sentence = format!("Choose the reason from those of the list that can be {whose}’s.");
        return Err(Refusal::of("reason", sentence));
    }
    let words = optional("words", "What happened", &cause.words, PARAGRAPH)?;
    if cause.reason == "other" && words.is_empty() {
        return Err(Refusal::of("words", "Say in words what the other reason is."));
    }
    let told = Way::of(&cause.told).filter(|way| *way != Way::Shown);
    if must_tell && by == Party::Police && told.is_none() {
        let sentence =
            "Who waits for it has to be told before it is moved or cancelled. Say how they were told.";
        return Err(Refusal::of("told", sentence));
    }
    Ok(Because { at: known.now, by, reason: cause.reason.clone(), words: words.into(), told })
}

fn known_code(at: &Known, key: &str) -> bool {
    known(definition::reasons(), key, codes::day_of(at.now))
}

fn keep(
    known: &Known,
    was: &Appointments,
    at: Timestamp,
    as_asked: &str,
    words: &str,
) -> Result<Fact, Refusal> {
    let (number, pending) = pending(was)?;
    let booked = &pending.booking;
    let at = happened("at", "The time", at, known.now, Some((booked.at, "it was booked")))?;
    let early = definition::limits().early_minutes;
    if booked.place.starts_at.duration_since(at) > SignedDuration::from_mins(early) {
        let sentence = format!(
            "It is at {}, more than {early} minutes later. Move it to when they were seen, or enter that time.",
            moment(booked.place.starts_at)
        );
        return Err(Refusal::of("at", sentence));
    }
    let gender = was.asked.as_ref().and_then(|asked| asked.answer.gender());
    let is_unasked = known.open().is_ok_and(|standing| was.unasked(booking::family(standing)).is_some());
    let as_asked = match (gender, as_asked) {
        (None, _) if is_unasked => Some(false),
        (None, _) => None,
        (Some(_), "yes") => Some(true),
        (Some(_), "no") => Some(false),
        (Some(gender), _) => {
            let asked = gender.words().to_lowercase();
            let sentence = format!("They asked for {asked}. Say whether they were interviewed by {asked}.");
            return Err(Refusal::of("as_asked", sentence));
        }
    };
    let words = optional("words", "What came of it", words, PARAGRAPH)?;
    if as_asked == Some(false) && was.excepted.is_none() && words.is_empty() {
        let sentence = if is_unasked {
            "Nobody asked them by whom they want to be interviewed. Ask them, or say why not, in words."
        } else {
            "They were not interviewed by whom they asked for. Say why, in words."
        };
        return Err(Refusal::of("words", sentence));
    }
    let late_by_minutes = at.duration_since(booked.place.starts_at).as_secs().max(0) / 60;
    let is_late =
        late_by_minutes > definition::standard(&booked.family, codes::day_of(booked.at)).on_time_minutes;
    Ok(Fact::Kept { number, at, late_by_minutes, is_late, as_asked, words: words.into() })
}

/// What they are after `fact`.
pub fn apply(was: Option<Appointments>, fact: &Fact) -> Appointments {
    let mut now = was.unwrap_or_default();
    let (number, outcome) = match fact.clone() {
        Fact::Asked(asked) => {
            now.asked = Some(asked);
            now.excepted = None;
            return now;
        }
        Fact::Excepted { at, ground, by, .. } => {
            now.excepted = Some((ground, at, by));
            return now;
        }
        Fact::RebookingAllowed { .. } => {
            now.allowed += 1;
            return now;
        }
        Fact::NotWanted { at, .. } => {
            now.not_wanted_at = Some(at);
            return now;
        }
        Fact::Booked(booking) => {
            now.all.push(Appointment { booking, outcome: None });
            return now;
        }
        Fact::Rescheduled { number, because, booking } => {
            let to = now.all.len();
            now.all.push(Appointment { booking, outcome: None });
            (number, Outcome::Rescheduled { at: because.at, by: because.by, to })
        }
        Fact::Cancelled { number, because } => {
            (number, Outcome::Cancelled { at: because.at, by: because.by })
        }
        Fact::Missed { number, because } => (number, Outcome::Missed { at: because.at, by: because.by }),
        Fact::Kept { number, at, late_by_minutes, is_late, as_asked, .. } => {
            (number, Outcome::Kept { at, late_by_minutes, is_late, as_asked })
        }
        Fact::ConvertedToDispatch { number, at } => (number, Outcome::Converted { at }),
    };
    if let Some(one) = now.all.get_mut(number) {
        one.outcome = Some(outcome);
    }
    now
}
