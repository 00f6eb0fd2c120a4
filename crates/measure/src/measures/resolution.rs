//! Incidents that the resolution team dealt with from its receipt to its end. Pure.
//!
//! “Incidents dealt with in their entirety by the resolution team” (HMICS CAM 2022, 4.3; DOMAIN 6): opened or received by
//! it, closed by it, with nobody sent, no appointment of a division, no transfer away, and not opened again within a
//! number of days that no source gives (`definitions/crime.toml`).

use incident::unit::{self, UnitKind};
use jiff::SignedDuration;

use crate::{
    contribution::Contribution,
    life::{Closing, IncidentLife},
};

/// Incidents that the team dealt with entirely, of those closed that it had.
pub const ENTIRELY: &str = "dealt_with_entirely_by_resolution_team";

/// Why one was not dealt with entirely, or that it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Judged {
    /// From its receipt to its end.
    Entirely,
    /// Officers were sent.
    Sent,
    /// An appointment of a division was booked.
    Booked,
    /// It passed to another unit.
    Passed,
    /// It was opened again too soon.
    Reopened,
}

impl Judged {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Entirely, Self::Sent, Self::Booked, Self::Passed, Self::Reopened];

    /// As a row and an address have it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Entirely => "entirely",
            Self::Sent => "sent",
            Self::Booked => "booked",
            Self::Passed => "passed",
            Self::Reopened => "reopened",
        }
    }

    /// As a page says it.
    pub fn words(self) -> &'static str {
        match self {
            Self::Entirely => "Entirely",
            Self::Sent => "Officers were sent",
            Self::Booked => "An appointment was booked",
            Self::Passed => "It passed to another unit",
            Self::Reopened => "It was opened again",
        }
    }

    /// The words of what [`Self::as_str`] names.
    pub fn told(key: &str) -> &str {
        Self::ALL.into_iter().find(|one| one.as_str() == key).map_or(key, |one| one.words())
    }
}

fn is_team(key: &str) -> bool {
    unit::of(key).is_some_and(|one| one.kind == UnitKind::ResolutionTeam)
}

/// How the last closing is judged; nothing for one that is open and was never opened again too soon, or that the team
/// never had. `within` is how soon is too soon.
pub fn judged(life: &IncidentLife, within: SignedDuration) -> Option<(&Closing, Judged)> {
    let received = life.held.iter().position(|key| is_team(key))?;
    let is_too_soon =
        |one: &&Closing| one.reopened_at.is_some_and(|again| again.duration_since(one.at) <= within);
    // Opened again too soon: it was not dealt with by that closing, whatever becomes of it later.
    if let Some(soon) = life.closings.iter().rev().find(is_too_soon) {
        return Some((soon, Judged::Reopened));
    }
    let last = life.closings.last()?;
    let is_passed = life.held.iter().skip(received).any(|key| !is_team(key));
    let judged = if !life.standing.response.sent.is_empty() {
        Judged::Sent
    } else if !life.standing.appointments.all.is_empty() {
        Judged::Booked
    } else if is_passed {
        Judged::Passed
    } else {
        Judged::Entirely
    };
    Some((last, judged))
}

/// What an incident contributes once it was closed, if the team ever had it.
pub fn contributions(life: &IncidentLife) -> Vec<Contribution> {
    let within = SignedDuration::from_hours(24 * crime::definition::limits().entirely_days);
    let Some((closing, judged)) = judged(life, within) else { return Vec::new() };
    vec![Contribution {
        measure: ENTIRELY,
        at: closing.at,
        division: life.division(),
        reason: judged.as_str().to_owned(),
        numerator: i64::from(judged == Judged::Entirely),
        denominator: 1,
    }]
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use incident::{
        incident::rules::{Incident, Kind},
        response::rules::{Response, Sent},
        standing::Standing,
    };
    use jiff::Timestamp;

    use super::*;

    fn day(day: i64) -> Timestamp {
        Timestamp::UNIX_EPOCH + SignedDuration::from_hours(24 * day)
    }

    fn life(held: &[&str], closings: &[(i64, Option<i64>)]) -> Box<IncidentLife> {
        let kind = Kind { incident_type: "theft".into(), qualifiers: vec![] };
        let incident = Incident {
            opened_at: day(0),
            kind,
            earlier: BTreeSet::new(),
            location: None,
            summary: String::new().into(),
            contacts: vec![],
            persons: vec![],
            warnings: vec![],
            linked: vec![],
            crimes: vec![],
            changed_at: day(0),
            lines: 0,
        };
        let closing =
            |(at, again): &(i64, Option<i64>)| Closing { at: day(*at), reopened_at: again.map(day) };
        Box::new(IncidentLife {
            standing: Standing::opened(incident),
            offers: vec![],
            held: held.iter().map(|one| (*one).to_owned()).collect(),
            closings: closings.iter().map(closing).collect(),
            endorsements: vec![],
        })
    }

    #[test]
    fn each_clause_of_the_definition_takes_one_out() {
        let within = SignedDuration::from_hours(24 * 28);
        let team = "resolution_team";
        let cases = [
            ("never the team’s", life(&["service_centre_west"], &[(1, None)]), None),
            ("open", life(&[team], &[]), None),
            ("opened and closed by it", life(&[team], &[(1, None)]), Some(Judged::Entirely)),
            ("received", life(&["service_centre_west", team], &[(1, None)]), Some(Judged::Entirely)),
            ("passed on", life(&[team, "division_d"], &[(1, None)]), Some(Judged::Passed)),
            ("passed and come back", life(&[team, "division_d", team], &[(1, None)]), Some(Judged::Passed)),
            ("opened on the last day", life(&[team], &[(1, Some(29))]), Some(Judged::Reopened)),
            ("and closed once more", life(&[team], &[(1, Some(29)), (30, None)]), Some(Judged::Reopened)),
            ("opened a day later", life(&[team], &[(1, Some(30)), (31, None)]), Some(Judged::Entirely)),
        ];
        for (what, life, expected) in cases {
            assert_eq!(judged(&life, within).map(|(_, judged)| judged), expected, "{what}");
        }
        let mut sent = life(&[team], &[(1, None)]);
        let one = Sent { call_sign: "DD1".into(), at: day(0), arrived_at: None, ended_at: None };
        sent.standing.response = Response { sent: vec![one], ..sent.standing.response };
        assert_eq!(judged(&sent, within).map(|(_, judged)| judged), Some(Judged::Sent));
        for one in Judged::ALL {
            assert_eq!(Judged::told(one.as_str()), one.words());
        }
        assert_eq!(Judged::told("lost"), "lost");
    }
}
