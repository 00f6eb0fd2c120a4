//! Incidents that the resolution team dealt with from its receipt to its end. Pure.
//!
//! “Incidents dealt with in their entirety by the resolution team” (HMICS CAM 2022, 4.3; DOMAIN 6): opened or received by
//! it, closed by it, with nobody sent, no appointment of a division, no transfer away, and not opened again within a
//! number of days that no source gives (`definitions/crime.toml`).

use incident::unit::{self, UnitKind};
use jiff::SignedDuration;

use crate::{contribution::Contribution, gist::of::IncidentGist, life::Closing};

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
pub fn judged(incident: &IncidentGist, within: SignedDuration) -> Option<(&Closing, Judged)> {
    let received = incident.held.iter().position(|key| is_team(key))?;
    let is_too_soon =
        |one: &&Closing| one.reopened_at.is_some_and(|again| again.duration_since(one.at) <= within);
    // Opened again too soon: it was not dealt with by that closing, whatever becomes of it later.
    if let Some(soon) = incident.closings.iter().rev().find(is_too_soon) {
        return Some((soon, Judged::Reopened));
    }
    let last = incident.closings.last()?;
    let is_passed = incident.held.iter().skip(received).any(|key| !is_team(key));
    let judged = if incident.is_sent {
        Judged::Sent
    } else if !incident.appointments.is_empty() {
        Judged::Booked
    } else if is_passed {
        Judged::Passed
    } else {
        Judged::Entirely
    };
    Some((last, judged))
}

/// What an incident contributes once it was closed, if the team ever had it.
pub fn contributions(incident: &IncidentGist) -> Vec<Contribution> {
    let within = SignedDuration::from_hours(24 * crime::definition::limits().entirely_days);
    let Some((closing, judged)) = judged(incident, within) else { return Vec::new() };
    vec![Contribution {
        measure: ENTIRELY,
        at: closing.at,
        division: incident.division.clone(),
        reason: judged.as_str().to_owned(),
        numerator: i64::from(judged == Judged::Entirely),
        denominator: 1,
    }]
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::measures::testing::incident;

    fn day(day: i64) -> Timestamp {
        Timestamp::UNIX_EPOCH + SignedDuration::from_hours(24 * day)
    }

    fn had(held: &[&str], closings: &[(i64, Option<i64>)]) -> IncidentGist {
        let closing =
            |(at, again): &(i64, Option<i64>)| Closing { at: day(*at), reopened_at: again.map(day) };
        IncidentGist {
            held: held.iter().map(|one| (*one).to_owned()).collect(),
            closings: closings.iter().map(closing).collect(),
            ..incident("theft", &[], vec![])
        }
    }

    #[test]
    fn each_clause_of_the_definition_takes_one_out() {
        let within = SignedDuration::from_hours(24 * 28);
        let team = "resolution_team";
        let cases = [
            ("never the team’s", had(&["service_centre_west"], &[(1, None)]), None),
            ("open", had(&[team], &[]), None),
            ("opened and closed by it", had(&[team], &[(1, None)]), Some(Judged::Entirely)),
            ("received", had(&["service_centre_west", team], &[(1, None)]), Some(Judged::Entirely)),
            ("passed on", had(&[team, "division_d"], &[(1, None)]), Some(Judged::Passed)),
            ("passed and come back", had(&[team, "division_d", team], &[(1, None)]), Some(Judged::Passed)),
            ("opened on the last day", had(&[team], &[(1, Some(29))]), Some(Judged::Reopened)),
            ("and closed once more", had(&[team], &[(1, Some(29)), (30, None)]), Some(Judged::Reopened)),
            ("opened a day later", had(&[team], &[(1, Some(30)), (31, None)]), Some(Judged::Entirely)),
        ];
        for (what, had, expected) in cases {
            assert_eq!(judged(&had, within).map(|(_, judged)| judged), expected, "{what}");
        }
        let sent = IncidentGist { is_sent: true, ..had(&[team], &[(1, None)]) };
        assert_eq!(judged(&sent, within).map(|(_, judged)| judged), Some(Judged::Sent));
        for one in Judged::ALL {
            assert_eq!(Judged::told(one.as_str()), one.words());
        }
        assert_eq!(Judged::told("lost"), "lost");
    }
}
