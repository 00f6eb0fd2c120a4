//! Adding up what was counted. Pure.

use std::collections::BTreeMap;

use crate::report::rules::{Ending, State};

/// Whose reports, and where.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Of {
    /// A key of a unit.
    pub team: String,
    /// The letter of a division; empty where the place is not known.
    pub division: String,
}

/// So many were recorded with that ending.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    /// By whom, and where.
    pub of: Of,
    /// How they go on.
    pub ending: Ending,
    /// How many.
    pub number: i64,
}

/// So many were returned for a reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Returned {
    /// Whose reports, and where.
    pub of: Of,
    /// A key of the reasons.
    pub reason: String,
    /// How many returns.
    pub number: i64,
    /// How many of them wait for their rework.
    pub open: i64,
    /// Minutes of rework of those that were resubmitted.
    pub minutes: i64,
}

/// What is counted of a team in a division, or of all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Count {
    /// How many were recorded with each ending, in the order of [`Ending::ALL`].
    pub endings: [i64; 3],
    /// How many returns.
    pub returned: i64,
    /// How many returns wait for their rework.
    pub open: i64,
    /// Minutes of rework of those that were resubmitted.
    pub minutes: i64,
}

impl Count {
    /// How many were recorded.
    pub fn recorded(&self) -> i64 {
        self.endings.iter().sum()
    }

    /// How many returns were resubmitted.
    pub fn resubmitted(&self) -> i64 {
        self.returned - self.open
    }

    /// The mean of the minutes of rework, rounded down; nothing where none was resubmitted.
    pub fn mean_minutes(&self) -> Option<i64> {
        self.minutes.checked_div(self.resubmitted())
    }
}

/// All counts together.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    /// Each team in each division that has any.
    pub by_place: BTreeMap<Of, Count>,
    /// Returns by reason.
    pub by_reason: BTreeMap<String, Count>,
    /// All of them.
    pub all: Count,
}

/// Adds up what was recorded and what was returned.
pub fn add_up(recorded: &[Recorded], returned: &[Returned]) -> Counts {
    let mut counts = Counts::default();
    for line in recorded {
        let place = Ending::ALL.iter().position(|one| *one == line.ending).unwrap_or_default();
        for count in [counts.by_place.entry(line.of.clone()).or_default(), &mut counts.all] {
            count.endings[place] += line.number;
        }
    }
    for line in returned {
        let by_place = counts.by_place.entry(line.of.clone()).or_default();
        let by_reason = counts.by_reason.entry(line.reason.clone()).or_default();
        for count in [by_place, by_reason, &mut counts.all] {
            count.returned += line.number;
            count.open += line.open;
            count.minutes += line.minutes;
        }
    }
    counts
}

/// How many are in each state, each state once.
pub fn by_state(found: &[(State, i64)]) -> Vec<(State, i64)> {
    let of = |state: State| found.iter().filter(|(one, _)| *one == state).map(|(_, number)| number).sum();
    State::ALL.map(|state| (state, of(state))).to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(team: &str, division: &str) -> Of {
        Of { team: team.into(), division: division.into() }
    }

    #[test]
    fn places_and_reasons_add_up_to_all() {
        let recorded = |team, ending, number| Recorded { of: of(team, "D"), ending, number };
        let returned = |team, reason: &str, number, open, minutes| Returned {
            of: of(team, "D"),
            reason: reason.into(),
            number,
            open,
            minutes,
        };
        let counts = add_up(
            &[
                recorded("a", Ending::Attend, 2),
                recorded("b", Ending::RecordAndFile, 3),
                recorded("a", Ending::RecordAndFile, 1),
            ],
            &[returned("a", "duplicate", 2, 1, 90), returned("c", "wrong_crime", 1, 1, 0)],
        );
        let a = &counts.by_place[&of("a", "D")];
        assert_eq!((a.recorded(), a.endings, a.returned, a.resubmitted()), (3, [2, 0, 1], 2, 1));
        assert_eq!((a.mean_minutes(), counts.by_place[&of("c", "D")].mean_minutes()), (Some(90), None));
        assert_eq!((counts.all.recorded(), counts.all.returned, counts.all.open), (6, 3, 2));
        let reasons: i64 = counts.by_reason.values().map(|one| one.returned).sum();
        assert_eq!(reasons, counts.all.returned);
    }

    #[test]
    fn each_state_is_there_once() {
        let found = [(State::Returned, 2), (State::ToExport, 1)];
        let all = by_state(&found);
        assert_eq!(all.len(), State::ALL.len());
        assert_eq!(all[0], (State::ToExport, 1));
        assert_eq!(all[3], (State::Returned, 2));
        assert_eq!(all[1], (State::Exported, 0));
    }
}
