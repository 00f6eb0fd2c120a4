//! The agenda of a meeting: what the register gives a group to talk about, of the plans that it looks after. Pure; it is made when it is looked
//! at, and each of its parts counts what the register’s own filters would.

use plan::{
    recommendation::status::Status,
    register::rules::{Item, Register, scottish_day},
};
use serde::Serialize;

use super::rules::Sitting;
use crate::group::rules::Terms;

/// Why a recommendation is on the agenda.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// It is with the inspectorate.
    ProposedForClosure,
    /// The inspectorate wants more.
    Returned,
    /// On the day of the meeting its current target is past.
    Overdue,
    /// Its current target is reached on the day of the meeting or later, before the next meeting.
    Due,
    /// It waits for something that is still open.
    Waiting,
    /// Nobody has said anything since the meeting before; with none before, for the days that make it stale.
    WithoutUpdate,
}

impl Reason {
    /// All, in the order of the agenda.
    pub const ALL: [Self; 6] = [
        Self::ProposedForClosure,
        Self::Returned,
        Self::Overdue,
        Self::Due,
        Self::Waiting,
        Self::WithoutUpdate,
    ];

    /// The words of the agenda.
    pub fn words(self) -> &'static str {
        match self {
            Self::ProposedForClosure => "Proposed for closure",
            Self::Returned => "Returned by the inspectorate",
            Self::Overdue => "Past the current target",
            Self::Due => "Due before the next meeting",
            Self::Waiting => "Waiting for something else",
            Self::WithoutUpdate => "Without an update",
        }
    }

    /// Whether it is so of `item` at the meeting.
    pub fn holds(self, sitting: Sitting, item: &Item) -> bool {
        if !item.is_open() {
            return false;
        }
        let status = item.recommendation.status;
        let target = item.current_target().map(|target| target.last_day());
        match self {
            Self::ProposedForClosure => status == Status::ProposedForClosure,
            Self::Returned => status == Status::Returned,
            Self::Overdue => target.is_some_and(|last| last < sitting.on),
            Self::Due => target.is_some_and(|last| sitting.on <= last && last < sitting.next),
            Self::Waiting => item.is_blocked,
            Self::WithoutUpdate => match sitting.previous {
                Some(previous) => item.updates.last().is_none_or(|said| scottish_day(said.at) < previous),
                None => item.is_stale(sitting.on),
            },
        }
    }
}

/// Each part of the agenda with the recommendations that the group looks after, the nearest target first; a part
/// may be empty.
pub fn agenda<'a>(register: &'a Register, terms: &Terms, sitting: Sitting) -> Vec<(Reason, Vec<&'a Item>)> {
    let of = |reason: Reason| {
        let own = register.items.iter().filter(|item| terms.looks_after(&item.recommendation.inspection));
        let mut items: Vec<&Item> = own.filter(|item| reason.holds(sitting, item)).collect();
        items.sort_by_key(|item| (item.current_target().is_none(), item.current_target()));
        (reason, items)
    };
    Reason::ALL.into_iter().map(of).collect()
}
