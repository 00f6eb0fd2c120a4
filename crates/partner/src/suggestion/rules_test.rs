//! Who is suggested: a table of cases.

use contact::thrive::rules::{Assessment, Considered, Element, Level};
use jiff::Timestamp;

use super::rules::{To, offers, open_words, suggest};
use crate::hours::Open;

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn assessed(markers: &[&str], levels: &[(Element, Level)]) -> Assessment {
    let considered = |level: Level| Considered { level, narrative: "Told so.".to_owned().into() };
    Assessment {
        markers: markers.iter().map(|one| (*one).to_owned()).collect(),
        elements: levels.iter().map(|(element, level)| (*element, considered(*level))).collect(),
        ..Assessment::default()
    }
}

#[test]
fn agencies_are_suggested_from_markers_levels_place_and_hour() {
    let (noon, night) = ("2026-11-26T12:00:00Z", "2026-11-26T22:00:00Z");
    let vulnerable = |level| vec![(Element::Vulnerability, level)];
    let cases = [
        (&["mental_health_crisis"][..], vec![], "G", noon, &["mental_health_hub", "distress_west"][..]),
        (&["mental_health_crisis"], vec![], "A", noon, &["mental_health_hub", "distress_north_east"]),
        (
            &["mental_health_crisis"],
            vec![],
            "",
            noon,
            &["mental_health_hub", "distress_west", "distress_north_east"],
        ),
        // More reasons come first.
        (
            &["mental_health_crisis", "alone"],
            vulnerable(Level::High),
            "G",
            noon,
            &["distress_west", "mental_health_hub"],
        ),
        (&[], vulnerable(Level::Low), "G", noon, &[]),
        (&[], vulnerable(Level::Medium), "G", noon, &["distress_west"]),
        (&[], vulnerable(Level::NoneIdentified), "G", noon, &[]),
        // By day social work is open, at night the service out of hours; who is closed comes last.
        (&["children"], vec![], "D", noon, &["social_work", "social_work_out_of_hours"]),
        (&["children"], vec![], "D", night, &["social_work_out_of_hours", "social_work"]),
        (&["older_person"], vec![], "D", night, &["fire_and_rescue", "social_work"]),
        (&["weapons"], vec![(Element::Threat, Level::High)], "D", noon, &[]),
        (&[], vec![], "D", noon, &[]),
    ];
    for (markers, levels, division, when, expected) in cases {
        let found = suggest(&assessed(markers, &levels), division, at(when));
        let keys: Vec<&str> = found.iter().map(|one| one.agency.key.as_str()).collect();
        assert_eq!(keys, expected, "{markers:?} {levels:?} in {division:?} at {when}");
        assert!(found.iter().all(|one| !one.reasons.is_empty() && !one.kinds.is_empty()));
    }
}

#[test]
fn each_has_its_reasons_and_says_when_it_opens() {
    let assessment = assessed(&["homeless", "exploited"], &[(Element::Risk, Level::High)]);
    let found = suggest(&assessment, "D", at("2026-11-26T22:00:00Z"));
    let night = &found[0];
    assert_eq!(night.agency.key, "social_work_out_of_hours");
    assert_eq!(night.reasons, ["Homeless or nowhere safe to go", "Exploited or trafficked", "Risk is high"]);
    assert_eq!(open_words(night.open), "Open now");
    let housing = found.iter().find(|one| one.agency.key == "housing_advice").unwrap();
    assert_eq!(housing.open, Open::From(at("2026-11-27T09:00:00Z")));
    assert_eq!(open_words(housing.open), "Opens 27 November 2026, 09:00");
}

#[test]
fn everything_may_be_chosen_and_what_is_suggested_stands_first() {
    let assessment = assessed(&["intoxicated"], &[]);
    let all = offers(&assessment, "G", at("2026-11-26T12:00:00Z"));
    assert_eq!(all[0].to, "alcohol_and_drugs.general");
    assert_eq!(all[0].reasons, ["Drink or drugs make them unable to look after themselves"]);
    assert!(all[1..].iter().all(|one| one.reasons.is_empty()));
    assert!(!all.iter().any(|one| one.to.starts_with("distress_north_east")), "it serves other divisions");
    for one in &all {
        assert_eq!(To::read(&one.to).unwrap().written(), one.to);
    }
    for odd in ["", ".", "distress_west", "distress_west.general", "nobody.general", "a.b.c"] {
        assert_eq!(To::read(odd), None, "{odd}");
    }
}
