//! The table of cases for an assessment.

use journal::Private;

use super::rules::*;

fn known() -> Known {
    Known { today: "2026-11-21".parse().unwrap(), before: None }
}

fn element(level: Level, narrative: &str) -> Considered {
    Considered { level, narrative: Private::Known(narrative.to_owned()) }
}

fn made(elements: &[Element], level: Level, narrative: &str) -> Assessment {
    let elements = elements.iter().map(|one| (*one, element(level, narrative))).collect();
    Assessment { elements, ..Assessment::default() }
}

fn whole() -> Assessment {
    made(&Element::ALL, Level::NoneIdentified, "")
}

fn assessed(was: Option<&Thrive>, made: Assessment) -> Result<Thrive, journal::Refusal> {
    decide(&known(), was, Command::Assess(made)).map(|fact| apply(was.cloned(), &fact))
}

fn changed(change: &str) -> Assessment {
    Assessment { change: change.to_owned().into(), ..made(&Element::ALL, Level::Low, "He has come back.") }
}

#[test]
fn six_considered_are_complete_and_none_identified_is_an_answer() {
    let thrive = assessed(None, whole()).unwrap();
    assert_eq!((thrive.latest.considered(), thrive.latest.is_complete(), thrive.versions), (6, true, 1));
    assert!(!thrive.latest.is_vulnerable());
    let five = assessed(None, made(&Element::ALL[..5], Level::Low, "Because.")).unwrap();
    assert_eq!((five.latest.considered(), five.latest.is_complete()), (5, false));
    assert!(five.latest.is_vulnerable());
}

#[test]
fn a_marker_alone_makes_vulnerable() {
    let alone = Assessment { markers: vec!["alone".into(), "alone".into()], ..whole() };
    let latest = assessed(None, alone).unwrap().latest;
    assert_eq!((latest.is_vulnerable(), latest.markers.len()), (true, 1));
}

#[test]
fn an_ambulance_request_is_complete_once_its_own_assessment_is_known() {
    for (answer, complete) in [(None, false), (Some(false), true), (Some(true), true)] {
        let asked = Assessment { for_want_of_ambulance: true, clinical_assessment_made: answer, ..whole() };
        assert_eq!(assessed(None, asked).unwrap().latest.is_complete(), complete, "{answer:?}");
    }
}

#[test]
fn a_second_assessment_says_what_changed_unless_the_first_was_not_complete() {
    let first = assessed(None, whole()).unwrap();
    assert!(assessed(Some(&first), changed(" ")).unwrap_err().sentence.contains("What changed"));
    // The first of an incident is a second one where its contact was assessed.
    let before = Known { before: Some(first.latest.clone()), ..known() };
    assert!(
        decide(&before, None, Command::Assess(changed(" "))).unwrap_err().sentence.contains("What changed")
    );
    assert!(decide(&before, None, Command::Assess(changed("He has come back."))).is_ok());
    let second = assessed(Some(&first), changed(" He has come back. ")).unwrap();
    assert_eq!((second.versions, second.latest.change.shown()), (2, "He has come back."));
    let same = Assessment { change: "Nothing else.".to_owned().into(), ..whole() };
    assert!(assessed(Some(&first), same).is_ok(), "considered again, and it is as it was");
    let begun = assessed(None, made(&Element::ALL[..2], Level::Low, "Because.")).unwrap();
    assert!(assessed(Some(&begun), changed("")).is_ok());
}

#[test]
fn the_version_of_the_wording_is_in_the_assessment() {
    let stale = Assessment { definition: -1, ..whole() };
    assert_eq!(assessed(None, stale).unwrap().latest.definition, 1);
}

#[test]
fn blank_stays_blank() {
    for (level, narrative, is) in [
        ("", "", None),
        (" ", "\n", None),
        ("none_identified", "", Some(element(Level::NoneIdentified, ""))),
        ("high", " He has a knife. ", Some(element(Level::High, "He has a knife."))),
    ] {
        assert_eq!(considered(Element::Threat, level, narrative).unwrap(), is, "{level:?} {narrative:?}");
    }
    for (level, narrative, field, told) in [
        ("", "He has a knife.", "threat", "no level"),
        ("huge", "He has a knife.", "threat", "not known"),
        ("high", " ", "threat_narrative", "without a reason"),
    ] {
        let refusal = considered(Element::Threat, level, narrative).unwrap_err();
        assert_eq!(refusal.field, field);
        assert!(refusal.sentence.contains(told), "{refusal}");
    }
}

#[test]
fn each_refusal_names_its_field() {
    let first = assessed(None, whole()).unwrap();
    let long = "x".repeat(20_001);
    let cases = [
        (None, made(&[Element::Harm], Level::Low, " "), "harm_narrative", "without a reason"),
        (None, made(&[Element::Risk], Level::High, &long), "risk_narrative", "has 20,001 characters"),
        (
            None,
            made(&[Element::Risk], Level::NoneIdentified, &long),
            "risk_narrative",
            "has 20,001 characters",
        ),
        (None, Assessment { markers: vec!["tall".into()], ..whole() }, "markers", "is not known"),
        (
            None,
            Assessment { clinical_assessment_made: Some(true), ..whole() },
            "clinical_assessment_made",
            "only where",
        ),
        (None, Assessment::default(), "threat", "Nothing is considered"),
        (Some(&first), whole(), "change", "stands as it is"),
        (Some(&first), changed(""), "change", "is missing"),
        (Some(&first), changed(&"x".repeat(4_001)), "change", "at most 4,000"),
    ];
    for (number, (was, made, field, told)) in cases.into_iter().enumerate() {
        let refusal = assessed(was, made).expect_err(&format!("{number}"));
        assert_eq!(refusal.field, field, "case {number}: {refusal}");
        assert!(refusal.sentence.contains(told), "case {number}: {refusal}");
    }
}
