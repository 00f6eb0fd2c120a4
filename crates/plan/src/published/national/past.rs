//! What the register knew before the paper. Pure.
//!
//! A paper may be older than the register: then its update, its risk and its target are not carried, for they would
//! stand above newer ones as if they were of today. What an earlier paper brought in is as old as that paper, not
//! as the day on which somebody imported it; so papers may be imported one after another on one day.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{Timestamp, civil::Date};
use journal::Id;

use crate::{
    register::rules::{Item, scottish_day},
    words::day,
};

/// What was carried in and said before.
#[derive(Debug, Clone, Default)]
pub struct Past {
    /// The inspections into which this very file was carried before.
    pub seen: BTreeSet<Id>,
    /// When each paper was carried in, and the day of its meeting.
    pub papers: BTreeMap<Timestamp, Date>,
    /// When the risk of each recommendation was last stated.
    pub risks: BTreeMap<Id, Timestamp>,
}

/// What the register has of a recommendation that is newer than the paper, with its day.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Newer {
    pub(super) update: Option<Date>,
    pub(super) risk: Option<Date>,
    pub(super) target: Option<Date>,
}

impl Past {
    /// What is newer than a paper of `paper`; nothing where the paper gives no day.
    pub(super) fn newer(&self, item: &Item, paper: Option<Date>) -> Newer {
        let Some(paper) = paper else { return Newer::default() };
        let newer = |at: Timestamp| Some(self.day_of(at)).filter(|day| *day > paper);
        Newer {
            update: item.updates.last().and_then(|said| newer(said.at)),
            risk: self.risks.get(&item.id).and_then(|at| newer(*at)),
            target: item.targets.last().and_then(|given| newer(given.at)),
        }
    }

    /// The day that a fact tells of: that of the paper which brought it, or else that of its recording.
    fn day_of(&self, at: Timestamp) -> Date {
        self.papers.get(&at).copied().unwrap_or_else(|| scottish_day(at))
    }
}

/// "Not carried, because the register is newer: its update is of 13 November 2026."
pub(super) fn why_kept(kept: &[(&str, Date)]) -> Option<String> {
    let tell = |(what, on): &(&str, Date)| format!("its {} is of {}", what.to_lowercase(), day(*on));
    let told: Vec<String> = kept.iter().map(tell).collect();
    (!told.is_empty()).then(|| format!("Not carried, because the register is newer: {}.", told.join(", ")))
}
