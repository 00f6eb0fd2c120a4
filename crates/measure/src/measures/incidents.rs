//! Demand of three kinds that inspections ask for: domestic, mental health, missing persons. Pure (HMICS Mental Health 2023
//! R10, Domestic Abuse 2023 R13; DOMAIN B7).
//!
//! An incident may be of more than one kind, so they are three measures: their sum would be no number of incidents.

use incident::incident::rules::Kind;

use crate::{contribution::Contribution, gist::of::IncidentGist};

/// Domestic incidents.
pub const DOMESTIC: &str = "domestic_incidents";
/// Incidents to which somebody’s mental health belongs.
pub const MENTAL_HEALTH: &str = "mental_health_incidents";
/// Incidents in which somebody is missing.
pub const MISSING: &str = "missing_person_incidents";

/// The qualifier of an incident to which somebody’s mental health belongs.
const MENTAL_HEALTH_QUALIFIER: &str = "mental_health";
/// The qualifier of one in which somebody is missing, and the type that says the same.
const MISSING_QUALIFIER: &str = "missing";
const MISSING_TYPE: &str = "missing_person";

/// What an incident contributes as it is classified now, on the day on which it was opened, by its type: what is put right
/// moves the count.
pub fn contributions(incident: &IncidentGist) -> Vec<Contribution> {
    let of = |measure| Contribution {
        measure,
        at: incident.opened_at,
        division: incident.division.clone(),
        reason: incident.kind.incident_type.clone(),
        numerator: 1,
        denominator: 0,
    };
    kinds(&incident.kind).into_iter().map(of).collect()
}

fn kinds(kind: &Kind) -> Vec<&'static str> {
    let has = |key: &str| kind.qualifiers.iter().any(|one| one == key);
    let all = [
        (DOMESTIC, kind.is_domestic()),
        (MENTAL_HEALTH, has(MENTAL_HEALTH_QUALIFIER)),
        (MISSING, has(MISSING_QUALIFIER) || kind.incident_type == MISSING_TYPE),
    ];
    all.into_iter().filter(|(_, is_so)| *is_so).map(|(measure, _)| measure).collect()
}

#[cfg(test)]
mod tests {
    use incident::{codes, incident::rules::Fact, standing::Happened};

    use super::*;
    use crate::measures::testing::{at, counted, incident, kind, words};

    #[test]
    fn an_incident_is_of_each_kind_that_its_type_or_a_qualifier_says() {
        let cases: [(&str, &[&str], Vec<&str>); 7] = [
            ("theft", &[], vec![]),
            ("domestic_incident", &[], vec![DOMESTIC]),
            ("assault", &["domestic"], vec![DOMESTIC]),
            ("concern_for_person", &["mental_health", "alcohol"], vec![MENTAL_HEALTH]),
            ("missing_person", &[], vec![MISSING]),
            ("concern_for_person", &["missing"], vec![MISSING]),
            (
                "missing_person",
                &["missing", "mental_health", "domestic"],
                vec![DOMESTIC, MENTAL_HEALTH, MISSING],
            ),
        ];
        for (incident_type, qualifiers, expected) in cases {
            let told = contributions(&incident(incident_type, qualifiers, vec![]));
            let measures: Vec<&str> = told.iter().map(|one| one.measure).collect();
            assert_eq!(measures, expected, "{incident_type} {qualifiers:?}");
            let is_told = |one: &Contribution| {
                (one.at, one.division.as_str(), one.reason.as_str()) == (at("20:00"), "E", incident_type)
            };
            assert!(told.iter().all(is_told), "{told:?}");
        }
    }

    #[test]
    fn what_is_classified_otherwise_counts_as_it_is_now() {
        let to = |kind| Happened::Incident(Fact::Classified { at: at("20:30"), kind, reason: words() });
        let not_any_more = incident("assault", &["domestic"], vec![to(kind("assault", &[]))]);
        let newly = incident("assault", &[], vec![to(kind("assault", &["domestic"]))]);
        assert_eq!(counted(DOMESTIC, &contributions(&not_any_more)), []);
        assert_eq!(counted(DOMESTIC, &contributions(&newly)), [("assault".to_owned(), 1, 0)]);
    }

    #[test]
    fn the_keys_are_those_of_the_definitions() {
        let qualifiers = codes::qualifiers();
        for key in [MENTAL_HEALTH_QUALIFIER, MISSING_QUALIFIER] {
            assert!(qualifiers.iter().any(|one| one.key == key), "{key}");
        }
        assert!(codes::types().iter().any(|one| one.key == MISSING_TYPE));
    }
}
