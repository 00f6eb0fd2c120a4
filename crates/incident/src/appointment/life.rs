//! An appointment from its booking to its one outcome, and the chain of those that stand for one another. Pure.

#![expect(missing_docs, reason = "the variant says what its fields are; their names say the rest")]

use diary::place::{Gender, Mode, Place};
use jiff::Timestamp;
use journal::Private;
use serde::{Deserialize, Serialize};

use super::{
    choice::{Asked, Ground},
    definition::Family,
};
use crate::{grade::rules::By, response::rules::Response};

/// Whose doing it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Party {
    /// The local policing division.
    Police,
    /// Who was to be seen.
    Caller,
}

impl Party {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Police, Self::Caller];

    /// As a fact has it: "police".
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Police => "police",
            Self::Caller => "caller",
        }
    }

    /// As a page says it.
    pub fn words(self) -> &'static str {
        match self {
            Self::Police => "The police",
            Self::Caller => "The caller",
        }
    }

    /// What [`Self::as_str`] names.
    pub fn of(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == key)
    }
}

/// What was booked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Booking {
    /// A key of `definition::families()`: its standard holds for it.
    pub family: String,
    /// The unit whose diary it is.
    pub unit: String,
    pub station: String,
    pub place: Place,
    pub ends_at: Timestamp,
    pub mode: Mode,
    /// The officer’s gender, as the diary has it.
    pub gender: Option<Gender>,
    /// Why not the earliest, or not within the standard: the caller’s wish.
    pub why_later: Private<String>,
    pub at: Timestamp,
    pub by: By,
}

/// How an appointment ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Another stands for it: the one with that number.
    Rescheduled {
        at: Timestamp,
        by: Party,
        to: usize,
    },
    Cancelled {
        at: Timestamp,
        by: Party,
    },
    Missed {
        at: Timestamp,
        by: Party,
    },
    /// `at`: when officers were with them. `is_late`: later than the standard of its family has it. `as_asked`: whether by
    /// whom they asked for; nothing where they named no gender.
    Kept {
        at: Timestamp,
        late_by_minutes: i64,
        is_late: bool,
        as_asked: Option<bool>,
    },
    /// Officers are sent at once instead.
    Converted {
        at: Timestamp,
    },
}

impl Outcome {
    /// As a row and an address have it: the counts that HMICS CAM 2022 R1 asks for.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Rescheduled { by: Party::Police, .. } => "rescheduled_by_police",
            Self::Rescheduled { by: Party::Caller, .. } => "rescheduled_by_caller",
            Self::Cancelled { by: Party::Police, .. } => "cancelled_by_police",
            Self::Cancelled { by: Party::Caller, .. } => "cancelled_by_caller",
            Self::Missed { by: Party::Police, .. } => "missed_by_police",
            Self::Missed { by: Party::Caller, .. } => "missed_by_caller",
            Self::Kept { is_late: false, .. } => "kept",
            Self::Kept { .. } => "late",
            Self::Converted { .. } => "converted_to_dispatch",
        }
    }

    /// As a page says it.
    pub fn words(&self) -> &'static str {
        said(self.as_str())
    }

    /// When.
    pub fn at(&self) -> Timestamp {
        match self {
            Self::Rescheduled { at, .. }
            | Self::Cancelled { at, .. }
            | Self::Missed { at, .. }
            | Self::Kept { at, .. }
            | Self::Converted { at } => *at,
        }
    }

    /// Whether its place in the diary is used all the same: nobody else can be seen in it.
    pub fn keeps_place(&self) -> bool {
        matches!(self, Self::Missed { .. } | Self::Kept { .. })
    }
}

/// The outcomes as rows and addresses have them, with their words, in the order in which they are counted.
pub const OUTCOMES: [(&str, &str); 9] = [
    ("kept", "kept"),
    ("late", "kept, but late"),
    ("rescheduled_by_police", "rescheduled by police"),
    ("rescheduled_by_caller", "rescheduled by the caller"),
    ("cancelled_by_police", "cancelled by police"),
    ("cancelled_by_caller", "cancelled by the caller"),
    ("missed_by_police", "missed by police"),
    ("missed_by_caller", "missed by the caller"),
    ("converted_to_dispatch", "converted to dispatch"),
];

/// The words of an outcome; those of one that is still to come where there is none.
pub fn said(key: &str) -> &'static str {
    OUTCOMES.iter().find(|(one, _)| *one == key).map_or("to come", |(_, words)| words)
}

/// One appointment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Appointment {
    pub booking: Booking,
    /// Nothing while it is still to come, or its outcome is still to be told.
    pub outcome: Option<Outcome>,
}

/// The appointments of one incident, the first booked first. One is known by its place, from 0.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Appointments {
    pub asked: Option<Asked>,
    /// A supervisor’s exception: the gender that was specified is not kept to.
    pub excepted: Option<(Ground, Timestamp, By)>,
    /// How many re-bookings a supervisor allowed beyond the standard.
    pub allowed: usize,
    /// When it was said that none is wanted any more.
    pub not_wanted_at: Option<Timestamp>,
    pub all: Vec<Appointment>,
}

impl Appointments {
    /// The one whose outcome is still to come, with its number.
    pub fn pending(&self) -> Option<(usize, &Appointment)> {
        self.all.iter().enumerate().next_back().filter(|(_, last)| last.outcome.is_none())
    }

    /// The one that police missed or cancelled last, or for which officers were to be sent at once and nobody came; if
    /// nothing was done about it since: somebody is left waiting.
    pub fn left_waiting(&self, response: &Response) -> Option<&Outcome> {
        let last = self.all.last()?.outcome.as_ref()?;
        let is_left = match last {
            Outcome::Missed { by, .. } | Outcome::Cancelled { by, .. } => *by == Party::Police,
            Outcome::Converted { at } => !response.was_answered(*at),
            Outcome::Rescheduled { .. } | Outcome::Kept { .. } => false,
        };
        let is_settled = self.not_wanted_at.is_some_and(|at| at >= last.at());
        (is_left && !is_settled).then_some(last)
    }

    /// When the one that is to come was booked, where its incident turned out to be of a listed family since and nobody was
    /// asked by whom they want to be interviewed.
    pub fn unasked(&self, family: &Family) -> Option<Timestamp> {
        let is_owed = family.is_listed && self.asked.is_none() && self.excepted.is_none();
        self.pending().filter(|_| is_owed).map(|(_, pending)| pending.booking.at)
    }

    /// When the last that was kept was.
    pub fn kept_at(&self) -> Option<Timestamp> {
        self.all.iter().rev().find_map(|one| match one.outcome {
            Some(Outcome::Kept { at, .. }) => Some(at),
            _ => None,
        })
    }

    /// How often police moved or cancelled one that was still to come; or converted it, and nobody came.
    pub fn moves_by_police(&self, response: &Response) -> usize {
        let is_move = |one: &&Appointment| match &one.outcome {
            Some(Outcome::Rescheduled { by, .. } | Outcome::Cancelled { by, .. }) => *by == Party::Police,
            Some(Outcome::Converted { at }) => !response.was_answered(*at),
            _ => false,
        };
        self.all.iter().filter(is_move).count()
    }
}
