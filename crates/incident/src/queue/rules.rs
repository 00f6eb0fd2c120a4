//! Which queue an open incident is in, and by when something has to happen. Pure.
//!
//! Nothing of it is stored: stored clocks go wrong when an incident is transferred, graded anew or opened again.

use std::collections::BTreeMap;

use contact::grade::Grade;
use jiff::Timestamp;
use serde::Serialize;

use super::clocks::View;
use crate::{
    grade::rules::Graded,
    response::rules::{Response, Sent},
    standing::{Assessed, Standing},
    unit::{self, UnitKind},
};

/// What an incident waits for: exactly one at any time while it is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Waits {
    /// For officers to be sent.
    Dispatch,
    /// For officers under way or at the scene.
    Attendance,
    /// For an appointment.
    Appointment,
    /// For the resolution team or a desk.
    Resolution,
    /// For a second person to endorse its closing or its downgrade.
    Endorsement,
    /// For another unit to accept it.
    Acceptance,
}

impl Waits {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 6] = [
        Self::Dispatch,
        Self::Attendance,
        Self::Appointment,
        Self::Resolution,
        Self::Endorsement,
        Self::Acceptance,
    ];

    /// As an address and a row have it: "dispatch".
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Dispatch => "dispatch",
            Self::Attendance => "attendance",
            Self::Appointment => "appointment",
            Self::Resolution => "resolution",
            Self::Endorsement => "endorsement",
            Self::Acceptance => "acceptance",
        }
    }

    /// As a page says it.
    pub fn words(self) -> &'static str {
        match self {
            Self::Dispatch => "Officers to be sent",
            Self::Attendance => "Officers sent",
            Self::Appointment => "Appointment",
            Self::Resolution => "Resolution",
            Self::Endorsement => "Endorsement",
            Self::Acceptance => "Another unit to accept",
        }
    }

    /// What [`Self::as_str`] names.
    pub fn of(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == key)
    }
}

/// What a second person is asked to endorse.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Endorsement {
    /// Its closing.
    Closing,
    /// A lower grade.
    Downgrade,
}

/// The one queue of an open incident.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Queued {
    /// Whose queue: a key of `unit`.
    pub unit: String,
    /// What it waits for.
    pub waits: Waits,
    /// Since when it is with that unit.
    pub since: Timestamp,
    /// The grade in force.
    pub grade: Grade,
    /// By when, and what: "officers to be sent", "a supervisor’s review".
    pub clock: Option<Clock>,
    /// What is still owed and by when, where life at risk passed first.
    pub debts: Vec<Debt>,
    /// The unit that has to accept it. Until then it is in the queue of the unit that offers it.
    pub offered_to: Option<String>,
    /// What a second person is asked for, whatever queue it is in: officers may have still to be sent.
    pub endorsement: Option<Endorsement>,
    /// By when they have to answer: the clock of their own list.
    pub endorse_by: Option<Clock>,
    /// By when the next promise to a person has to be kept: beside the clock, so that it never hides that of officers.
    pub promised: Option<Clock>,
}

impl Queued {
    /// Whether it is an emergency already: Immediate, with who sends officers, who are called for or out, and nothing that
    /// waits for a second person to make it less. To say it again would only start its clocks anew.
    pub fn is_emergency(&self) -> bool {
        let is_called = matches!(self.waits, Waits::Dispatch | Waits::Attendance);
        let is_with_senders = unit::of(&self.unit).is_some_and(|unit| unit.kind == UnitKind::ControlRoom);
        self.grade == Grade::Immediate && is_called && is_with_senders && self.endorsement.is_none()
    }
}

/// By when something has to happen. Nothing is stored: it is counted anew from the facts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Clock {
    /// What has to happen.
    pub words: &'static str,
    /// By when.
    pub due_at: Timestamp,
}

/// Whether a clock has run out.
pub fn is_late(clock: Option<&Clock>, now: Timestamp) -> bool {
    clock.is_some_and(|clock| clock.due_at < now)
}

/// What is owed because something graver went first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Debt {
    /// What: "THRIVE assessment, 3 of 6 considered".
    pub words: String,
    /// By when.
    pub due_at: Timestamp,
}

/// The queue of an incident; nothing once it is closed.
pub fn queued(standing: &Standing) -> Option<Queued> {
    queued_as_assessed(standing, standing.assessed())
}

/// The same, of a row: it has its assessment’s figures and not its words.
pub(crate) fn queued_as_assessed(standing: &Standing, assessed: Option<Assessed>) -> Option<Queued> {
    if !standing.is_open() {
        return None;
    }
    let custody = standing.custody.as_ref();
    let view = View::of(standing, assessed);
    let waits = view.waits();
    let endorsement = if standing.closure.waiting.is_some() {
        Some(Endorsement::Closing)
    } else {
        standing.grade.as_ref().and_then(|graded| graded.waiting.as_ref()).map(|_| Endorsement::Downgrade)
    };
    Some(Queued {
        unit: custody
            .map_or_else(|| unit::leading_control_room().key.clone(), |custody| custody.unit.clone()),
        waits,
        since: custody.map_or(standing.incident.opened_at, |custody| custody.since),
        grade: view.grade,
        clock: view.clocks(waits).into_iter().min_by_key(|clock| clock.due_at),
        debts: view.debts(),
        offered_to: custody.and_then(|custody| custody.offer.as_ref()).map(|offer| offer.to.clone()),
        endorsement,
        endorse_by: view.endorsement(),
        promised: standing
            .promises
            .next_due_at()
            .map(|due_at| Clock { words: "a promise to be kept", due_at }),
    })
}

/// What is owed on an incident, the first due first.
pub fn debts(standing: &Standing) -> Vec<Debt> {
    View::of(standing, standing.assessed()).debts()
}

impl Response {
    /// Whether officers are out: under way or there.
    pub fn is_out(&self) -> bool {
        self.sent.iter().any(|sent| sent.ended_at.is_none())
    }

    /// Whether officers were there at `since` or later.
    pub fn was_there(&self, since: Timestamp) -> bool {
        let is_after = |at: &Timestamp| *at >= since;
        let was_seen = |sent: &Sent| sent.arrived_at.is_some() && sent.ended_at.as_ref().is_none_or(is_after);
        self.sent.iter().any(was_seen)
    }

    /// Whether officers were there since, or it was decided since that none are sent.
    pub fn was_answered(&self, since: Timestamp) -> bool {
        let decided = self.attendance.as_ref().filter(|decided| !decided.is_excepted);
        self.was_there(since) || decided.is_some_and(|decided| decided.at >= since)
    }

    /// Whether officers are on their way.
    pub fn is_under_way(&self) -> bool {
        self.sent.iter().any(|sent| sent.ended_at.is_none() && sent.arrived_at.is_none())
    }

    /// Whether officers are there.
    pub fn is_there(&self) -> bool {
        self.sent.iter().any(|sent| sent.ended_at.is_none() && sent.arrived_at.is_some())
    }
}

impl Graded {
    /// The grade in force.
    pub fn grade(&self) -> Grade {
        self.in_force.grade
    }
}

/// What stands in one queue of one unit.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// How many.
    pub count: usize,
    /// How many of them are past their clock.
    pub overdue: usize,
    /// How many owe something.
    pub owing: usize,
    /// Since when the one that is with the unit longest is there.
    pub longest_since: Option<Timestamp>,
}

/// The counts of each queue, by unit and by what is waited for.
pub fn tally<'a>(
    queued: impl IntoIterator<Item = &'a Queued>,
    now: Timestamp,
) -> BTreeMap<(String, Waits), Tally> {
    let mut tallies: BTreeMap<(String, Waits), Tally> = BTreeMap::new();
    for one in queued {
        let tally = tallies.entry((one.unit.clone(), one.waits)).or_default();
        tally.count += 1;
        tally.overdue += usize::from(is_late(one.clock.as_ref(), now));
        tally.owing += usize::from(!one.debts.is_empty());
        tally.longest_since = Some(tally.longest_since.map_or(one.since, |longest| longest.min(one.since)));
    }
    tallies
}
