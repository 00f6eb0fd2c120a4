//! What became of contacts: by which channel they came, which way they were dealt with, and how that ended. Pure.
//!
//! The ways are those of the Contact Assessment Model (HMICS CAM 2022): immediate or prompt dispatch, a local policing
//! appointment, the resolution team, a partner agency. Each contact has one way, so that the flow adds up to the contacts.

use contact::{codes as contact_codes, grade::Grade};
use incident::codes::closure_words;

use crate::{
    contribution::Contribution,
    gist::of::{AboutGist, HeardGist},
};

/// Contacts, by channel, way and end.
pub const ROUTES: &str = "contact_routes";

/// The end of what has none yet.
const OPEN: &str = "open";

/// A way in which a contact is dealt with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Route {
    /// Officers at once.
    Immediate,
    /// Officers soon.
    Prompt,
    /// Officers at a time that was agreed.
    Appointment,
    /// By telephone.
    ResolutionTeam,
    /// By somebody who can help better.
    PartnerAgency,
    /// An incident of none of these yet.
    NotDecided,
    /// Added or linked to an incident that there was.
    EarlierIncident,
    /// Dealt with in the contact itself.
    NoIncident,
}

impl Route {
    /// All of them, in the order in which they are drawn.
    pub const ALL: [Self; 8] = [
        Self::Immediate,
        Self::Prompt,
        Self::Appointment,
        Self::ResolutionTeam,
        Self::PartnerAgency,
        Self::NotDecided,
        Self::EarlierIncident,
        Self::NoIncident,
    ];

    /// What a row holds.
    pub fn key(self) -> &'static str {
        match self {
            Self::Immediate => "immediate",
            Self::Prompt => "prompt",
            Self::Appointment => "appointment",
            Self::ResolutionTeam => "resolution_team",
            Self::PartnerAgency => "partner_agency",
            Self::NotDecided => "not_decided",
            Self::EarlierIncident => "earlier_incident",
            Self::NoIncident => "no_incident",
        }
    }

    /// As a page says it.
    pub fn words(self) -> &'static str {
        match self {
            Self::Immediate => "Immediate dispatch",
            Self::Prompt => "Prompt dispatch",
            Self::Appointment => "Local policing appointment",
            Self::ResolutionTeam => "Resolution team",
            Self::PartnerAgency => "Partner agency",
            Self::NotDecided => "Not decided yet",
            Self::EarlierIncident => "An incident that there was",
            Self::NoIncident => "Dealt with in the contact",
        }
    }

    /// That of a key.
    pub fn read(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.key() == key)
    }
}

/// The way of an incident: officers before an appointment, an appointment before the telephone, whatever came first.
fn of_incident(about: &AboutGist) -> Route {
    match about.grade {
        _ if !about.is_first => Route::EarlierIncident,
        Some(Grade::Immediate) => Route::Immediate,
        Some(Grade::Prompt) => Route::Prompt,
        _ if about.is_booked => Route::Appointment,
        _ if about.is_referred => Route::PartnerAgency,
        Some(Grade::OtherResolution) => Route::ResolutionTeam,
        _ if about.is_with_the_team => Route::ResolutionTeam,
        _ => Route::NotDecided,
    }
}

/// What a contact contributes, as its issue is told.
pub fn contribution(heard: &HeardGist) -> Contribution {
    let (route, end) = match &heard.about {
        None => (Route::NoIncident, &heard.outcome),
        Some(about) => (of_incident(about), &about.closed),
    };
    let end = end.as_deref().unwrap_or(OPEN);
    Contribution {
        measure: ROUTES,
        at: heard.arrived_at,
        division: heard.division.clone(),
        reason: format!("{}.{}.{end}", heard.channel.as_str(), route.key()),
        numerator: 1,
        denominator: 0,
    }
}

/// A reason taken apart: channel, way and end.
pub fn parts(key: &str) -> Option<(&str, Route, &str)> {
    let mut parts = key.splitn(3, '.');
    let (channel, route, end) = (parts.next()?, parts.next()?, parts.next()?);
    Some((channel, Route::read(route)?, end))
}

/// A channel as a page says it.
pub fn channel_words(key: &str) -> String {
    contact_codes::words(contact_codes::channels(), key).to_owned()
}

/// An end as a page says it: of an incident its closing code, of a contact alone what came of it.
pub fn end_words(route: Route, key: &str) -> String {
    match (route, key) {
        (Route::NoIncident, OPEN) => "With the advisor".to_owned(),
        (_, OPEN) => "Open".to_owned(),
        (Route::NoIncident, key) => contact_codes::words(contact_codes::contact_outcomes(), key).to_owned(),
        (_, key) => closure_words(key),
    }
}

/// A reason as a page says it: "101 – Resolution team – SC02 No crime".
pub fn told(key: &str) -> String {
    parts(key).map_or_else(
        || "Not known".to_owned(),
        |(channel, route, end)| {
            format!("{} – {} – {}", channel_words(channel), route.words(), end_words(route, end))
        },
    )
}

#[cfg(test)]
mod tests {
    use contact::grade::Grade;

    use super::*;
    use crate::demand::testing::*;

    #[test]
    fn every_contact_has_one_way_and_one_end() {
        let second = (2, "21:00", None, received("21:00"));
        let of = |steps: &[Step], number: u8| {
            let heard = HeardGist::all(&story(steps));
            contribution(&heard[&id(number).to_string()]).reason
        };
        for (case, steps, number, expected) in [
            ("alone", begun(&[])[..1].to_vec(), 1, "non_emergency.no_incident.open"),
            ("not graded so that anybody comes", begun(&[]), 1, "non_emergency.not_decided.open"),
            (
                "officers at once",
                begun(&[(INCIDENT, "20:00", None, graded("20:00", Grade::Immediate, ""))]),
                1,
                "non_emergency.immediate.open",
            ),
            (
                "by telephone",
                begun(&[(INCIDENT, "20:00", None, graded("20:00", Grade::OtherResolution, ""))]),
                1,
                "non_emergency.resolution_team.open",
            ),
            (
                "another contact beside it",
                begun(std::slice::from_ref(&second)),
                2,
                "non_emergency.no_incident.open",
            ),
            (
                "another contact added to it",
                begun(&[second, (2, "21:01", None, attached())]),
                2,
                "non_emergency.earlier_incident.open",
            ),
        ] {
            assert_eq!(of(&steps, number), expected, "{case}");
        }
    }

    #[test]
    fn a_reason_is_told_in_words_and_a_spoilt_one_is_not_known() {
        let closed = told("non_emergency.resolution_team.SC02");
        assert!(closed.ends_with("– Resolution team – SC02 No crime"), "{closed}");
        let advice = told("emergency.no_incident.advice");
        assert!(advice.ends_with("– Dealt with in the contact – Advice or guidance given"), "{advice}");
        for spoilt in ["", "emergency", "emergency.immediate", "emergency.teleport.open"] {
            assert_eq!(told(spoilt), "Not known", "{spoilt}");
        }
        let keys: std::collections::BTreeSet<_> = Route::ALL.map(Route::key).into_iter().collect();
        assert_eq!(keys.len(), Route::ALL.len());
    }
}
